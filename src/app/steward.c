/* steward — the methods by which staff keep order: people, and the board as a whole. */
#include "app/call.h"

#include "base/time.h"
#include "wire/names.h"

#define DAY_MS UINT64_C(86400000)

/* A method on a person with a reason. */
struct subject {
    struct call call;
    uint32_t person;
    enum reason reason;
};

static void begin_subject(struct subject *subject, const struct rpc_request *request)
{
    call_begin(&subject->call, request);
    subject->person =
        (uint32_t)params_uint(&subject->call.params, "person", 1, LIMIT_PEOPLE, REQUIRED);
    struct view name = params_string(&subject->call.params, "reason", OPTIONAL);

    subject->reason = REASON_OTHER;
    if (name.len && !reason_of_name(name, &subject->reason)) {
        params_wrong(&subject->call.params, "reason");
    }
}

static struct act *end_subject(struct subject *subject, struct client *client,
                               struct rpc_request *request, struct app_board *board,
                               enum command_kind kind)
{
    struct act *act = call_end(&subject->call, client, request, board, answer_version);

    if (act) {
        act->staff = true;
        act->command.kind = kind;
        act->command.target = subject->person;
        act->command.reason = subject->reason;
    }
    return act;
}

/* Until when; a day from now when nothing is said. */
static uint64_t read_until(struct params *params)
{
    struct view until = params_string(params, "until", OPTIONAL);
    uint64_t now_ms = time_now_ms();
    uint64_t until_ms = now_ms + DAY_MS;

    if (until.ptr && (!time_parse(until, &until_ms) || until_ms <= now_ms ||
                      until_ms > now_ms + LIMIT_SUSPEND_DAYS * DAY_MS)) {
        params_wrong(params, "until");
    }
    return until_ms;
}

void method_person_suspend(struct client *client, struct rpc_request *request,
                           struct app_board *board)
{
    struct subject subject;

    begin_subject(&subject, request);
    uint64_t until_ms = read_until(&subject.call.params);
    struct view note = view_trim(params_string(&subject.call.params, "note", OPTIONAL));
    struct act *act = end_subject(&subject, client, request, board, CMD_SUSPEND);

    if (!act) {
        return;
    }
    act->field = "until";
    act->command.until_ms = until_ms;
    if (text_graphemes(note) > LIMIT_NOTE_MAX_GRAPHEMES) {
        act_refuse(act, ERR_TOO_LONG, 0);
    } else if (!note.len || call_add_text(act, note, false, &act->command.text)) {
        act_run(act);
    }
}

static void run_subject(struct client *client, struct rpc_request *request,
                        struct app_board *board, enum command_kind kind)
{
    struct subject subject;

    begin_subject(&subject, request);
    struct act *act = end_subject(&subject, client, request, board, kind);

    if (act) {
        act_run(act);
    }
}

void method_person_restore(struct client *client, struct rpc_request *request,
                           struct app_board *board)
{
    run_subject(client, request, board, CMD_UNSUSPEND);
}

void method_person_unname(struct client *client, struct rpc_request *request,
                          struct app_board *board)
{
    run_subject(client, request, board, CMD_UNNAME);
}

void method_board_announce(struct client *client, struct rpc_request *request,
                           struct app_board *board)
{
    struct call call;

    call_begin(&call, request);
    struct view text = view_trim(params_string(&call.params, "text", OPTIONAL));
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (!act) {
        return;
    }
    act->staff = true;
    act->command.kind = CMD_ANNOUNCE;
    if (text_graphemes(text) > LIMIT_NOTE_MAX_GRAPHEMES) {
        act_refuse(act, ERR_TOO_LONG, 0);
    } else if (!text.len || call_add_text(act, text, false, &act->command.text)) {
        act_run(act);
    }
}

void method_board_freeze(struct client *client, struct rpc_request *request,
                         struct app_board *board)
{
    struct call call;

    call_begin(&call, request);
    bool frozen = params_bool(&call.params, "frozen", REQUIRED);
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (act) {
        act->staff = true;
        act->command.kind = CMD_FREEZE;
        act->command.on = frozen;
        act_run(act);
    }
}

/* {on, from?, until?}: minutes of the day in UTC; both or none. */
void method_board_premoderate(struct client *client, struct rpc_request *request,
                              struct app_board *board)
{
    enum {
        LAST_MINUTE = 24 * 60 - 1
    };
    struct call call;

    call_begin(&call, request);
    bool on = params_bool(&call.params, "on", REQUIRED);
    bool hours = params_has(&call.params, "from") || params_has(&call.params, "until");
    enum need need = hours ? REQUIRED : OPTIONAL;
    uint64_t from = params_uint(&call.params, "from", 0, LAST_MINUTE, need);
    uint64_t until = params_uint(&call.params, "until", 0, LAST_MINUTE, need);
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (act) {
        act->staff = true;
        act->command.kind = CMD_PREMODERATE;
        act->command.on = on;
        act->command.from_minute = (uint32_t)from;
        act->command.until_minute = (uint32_t)until;
        act_run(act);
    }
}
