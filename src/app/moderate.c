/* moderate — the methods by which staff take ideas out, bring them back and unite them. */
#include "app/call.h"

#include "wire/names.h"

#include <string.h>

/* A method on an idea with a reason and a note for its author, both optional. */
static struct act *moderation(struct client *client, struct rpc_request *request,
                              struct app_board *board, enum command_kind kind)
{
    struct call call;
    enum reason reason = REASON_OTHER;

    call_begin(&call, request);
    uint32_t idea = (uint32_t)params_uint(&call.params, "idea", 1, LIMIT_IDEAS, REQUIRED);
    struct view note = view_trim(params_string(&call.params, "note", OPTIONAL));
    struct view name = params_string(&call.params, "reason", OPTIONAL);

    if (name.len && !reason_of_name(name, &reason)) {
        params_wrong(&call.params, "reason");
    }
    if (text_graphemes(note) > LIMIT_NOTE_MAX_GRAPHEMES) {
        params_wrong(&call.params, "note");
    }
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (!act) {
        return NULL;
    }
    act->staff = true;
    act->command.kind = kind;
    act->command.idea = idea;
    act->command.reason = reason;
    return !note.len || kind != CMD_HIDE || call_add_text(act, note, false, &act->command.text)
               ? act
               : NULL;
}

void method_mod_hide(struct client *client, struct rpc_request *request,
                     struct app_board *board)
{
    struct act *act = moderation(client, request, board, CMD_HIDE);

    if (act) {
        act_run(act);
    }
}

void method_mod_restore(struct client *client, struct rpc_request *request,
                        struct app_board *board)
{
    struct act *act = moderation(client, request, board, CMD_RESTORE);

    if (act) {
        act_run(act);
    }
}

/* How many people are behind the idea now that its parts are counted together. */
static void answer_merged(const struct act *act, uint64_t version, struct buf *result)
{
    const struct idea *into = board_idea(act->board->fold, act->command.idea);
    struct viewer viewer = board_viewer(act->board, act->session);

    buf_printf(result, "{\"version\":%llu,\"supporters\":", (unsigned long long)version);
    if (into && view_shows_scores(&viewer)) {
        buf_add_uint(result, into->tally.agree);
    } else {
        buf_add_text(result, "null");
    }
    buf_add_char(result, '}');
}

void method_mod_merge(struct client *client, struct rpc_request *request,
                      struct app_board *board)
{
    struct call call;
    uint32_t ideas[LIMIT_MERGE_COUNT];

    call_begin(&call, request);
    uint32_t into = (uint32_t)params_uint(&call.params, "into", 1, LIMIT_IDEAS, REQUIRED);
    const json_t *list = params_any(&call.params, "ideas");
    size_t count = json_array_size(list);

    if (!count || count > LIMIT_MERGE_COUNT) {
        params_wrong(&call.params, "ideas");
        count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        json_int_t number = json_integer_value(json_array_get(list, i));

        if (number < 1 || number > LIMIT_IDEAS) {
            params_wrong(&call.params, "ideas");
        }
        ideas[i] = (uint32_t)number;
    }
    struct act *act = call_end(&call, client, request, board, answer_merged);

    if (act) {
        act->staff = true;
        act->field = "ideas";
        act->command.kind = CMD_MERGE;
        act->command.idea = into;
        act->command.ideas_count = (uint32_t)count;
        memcpy(act->command.ideas, ideas, count * sizeof *ideas);
        act_run(act);
    }
}

void method_mod_unmerge(struct client *client, struct rpc_request *request,
                        struct app_board *board)
{
    struct call call;

    call_begin(&call, request);
    uint32_t into = (uint32_t)params_uint(&call.params, "into", 1, LIMIT_IDEAS, REQUIRED);
    uint32_t number = (uint32_t)params_uint(&call.params, "idea", 1, LIMIT_IDEAS, REQUIRED);
    const struct idea *idea = board_idea(board->fold, number);

    if (idea && idea->state == IDEA_MERGED &&
        board_survivor(board->fold, idea)->number != into) {
        params_wrong(&call.params, "into");
    }
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (act) {
        act->staff = true;
        act->command.kind = CMD_UNMERGE;
        act->command.idea = number;
        act_run(act);
    }
}
