/* followup — the methods about what becomes of an idea, and who wants to know it. */
#include "app/call.h"

#include "base/time.h"
#include "wire/names.h"

void method_idea_follow(struct client *client, struct rpc_request *request,
                        struct app_board *board)
{
    struct call call;

    call_begin(&call, request);
    uint32_t idea = (uint32_t)params_uint(&call.params, "idea", 1, LIMIT_IDEAS, REQUIRED);
    const json_t *on = params_any(&call.params, "on");

    if (on && !json_is_boolean(on)) {
        params_wrong(&call.params, "on");
    }
    bool follows = !on || json_is_true(on);
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (act) {
        act->command.kind = CMD_FOLLOW;
        act->command.idea = idea;
        act->command.on = follows;
        act_run(act);
    }
}

/* What is to be said, once it was read. */
struct saying {
    uint32_t idea;
    enum followup_status status;
    struct view answer;
    uint32_t next_by;
};

static struct saying read_saying(struct params *params)
{
    struct saying saying = {0};
    struct view next_by = params_string(params, "next_by", OPTIONAL);

    saying.idea = (uint32_t)params_uint(params, "idea", 1, LIMIT_IDEAS, REQUIRED);
    saying.answer = view_trim(params_string(params, "answer", OPTIONAL));
    if (!followup_status_of_name(params_string(params, "status", REQUIRED), &saying.status)) {
        params_wrong(params, "status");
    }
    if (next_by.ptr && !date_parse(next_by, &saying.next_by)) {
        params_wrong(params, "next_by");
    }
    return saying;
}

void method_idea_status(struct client *client, struct rpc_request *request,
                        struct app_board *board)
{
    struct call call;

    call_begin(&call, request);
    struct saying saying = read_saying(&call.params);
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (!act) {
        return;
    }
    act->staff = true;
    act->command.kind = CMD_STATUS;
    act->command.idea = saying.idea;
    act->command.status = saying.status;
    act->command.next_by = saying.next_by;
    if (!saying.answer.len || call_add_text(act, saying.answer, false, &act->command.text)) {
        act_run(act);
    }
}
