/* moderate — the methods by which staff take ideas out, bring them back and unite them, and
   authors answer. */
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
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (!act) {
        return NULL;
    }
    if (text_graphemes(note) > LIMIT_NOTE_MAX_GRAPHEMES) {
        act_refuse(act, ERR_TOO_LONG, 0);
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

static void run_moderation(struct client *client, struct rpc_request *request,
                           struct app_board *board, enum command_kind kind)
{
    struct act *act = moderation(client, request, board, kind);

    if (act) {
        act_run(act);
    }
}

void method_mod_hide(struct client *client, struct rpc_request *request,
                     struct app_board *board)
{
    run_moderation(client, request, board, CMD_HIDE);
}

void method_mod_restore(struct client *client, struct rpc_request *request,
                        struct app_board *board)
{
    run_moderation(client, request, board, CMD_RESTORE);
}

void method_mod_approve(struct client *client, struct rpc_request *request,
                        struct app_board *board)
{
    run_moderation(client, request, board, CMD_APPROVE);
}

/* An idea and words about it. */
static void run_with_words(struct client *client, struct rpc_request *request,
                           struct app_board *board, enum command_kind kind, size_t most)
{
    struct call call;

    call_begin(&call, request);
    uint32_t idea = (uint32_t)params_uint(&call.params, "idea", 1, LIMIT_IDEAS, REQUIRED);
    struct view text = view_trim(params_string(&call.params, "text", REQUIRED));
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (!act) {
        return;
    }
    act->staff = kind == CMD_REDACT;
    act->command.kind = kind;
    act->command.idea = idea;
    act->command.reason = kind == CMD_REDACT ? REASON_PERSONAL_DATA : REASON_NONE;
    if (text_graphemes(text) > most) {
        act_refuse(act, ERR_TOO_LONG, 0);
    } else if (call_add_text(act, text, false, &act->command.text)) {
        act_run(act);
    }
}

/* Words are taken out of an idea for one reason only: they tell who somebody is. */
void method_mod_redact(struct client *client, struct rpc_request *request,
                       struct app_board *board)
{
    run_with_words(client, request, board, CMD_REDACT, LIMIT_TEXT_MAX_GRAPHEMES);
}

void method_idea_appeal(struct client *client, struct rpc_request *request,
                        struct app_board *board)
{
    run_with_words(client, request, board, CMD_APPEAL, LIMIT_NOTE_MAX_GRAPHEMES);
}

void method_mod_retheme(struct client *client, struct rpc_request *request,
                        struct app_board *board)
{
    struct call call;

    call_begin(&call, request);
    uint32_t idea = (uint32_t)params_uint(&call.params, "idea", 1, LIMIT_IDEAS, REQUIRED);
    struct view name = params_string(&call.params, "theme", OPTIONAL);
    uint32_t theme = definition_theme(&board->fold->definition, name);

    if (name.len && !theme) {
        params_wrong(&call.params, "theme");
    }
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (act) {
        act->staff = true;
        act->command.kind = CMD_RETHEME;
        act->command.idea = idea;
        act->command.theme = theme;
        act_run(act);
    }
}

void method_report_resolve(struct client *client, struct rpc_request *request,
                           struct app_board *board)
{
    struct call call;
    enum resolution resolution = RESOLUTION_NONE;

    call_begin(&call, request);
    uint64_t report = params_uint(&call.params, "report", 1, LIMIT_REPORTS, REQUIRED);

    if (!resolution_of_name(params_string(&call.params, "action", REQUIRED), &resolution)) {
        params_wrong(&call.params, "action");
    }
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (act) {
        act->staff = true;
        act->field = "report";
        act->command.kind = CMD_RESOLVE;
        act->command.target = report;
        act->command.resolution = resolution;
        act_run(act);
    }
}

/* The latest decision on an idea, or the one on a report. */
void method_mod_undo(struct client *client, struct rpc_request *request,
                     struct app_board *board)
{
    struct call call;

    call_begin(&call, request);
    uint32_t idea = (uint32_t)params_uint(&call.params, "idea", 1, LIMIT_IDEAS, OPTIONAL);
    uint64_t report = params_uint(&call.params, "report", 1, LIMIT_REPORTS, OPTIONAL);

    if (!idea == !report) {
        params_wrong(&call.params, "idea");
    }
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (act) {
        act->staff = true;
        act->field = "report";
        act->command.kind = CMD_UNDO;
        act->command.idea = idea;
        act->command.target = report;
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

/* Numbers of ideas, at most LIMIT_MERGE_COUNT; returns how many. */
static size_t read_ideas(struct params *params, uint32_t *out)
{
    const json_t *list = params_any(params, "ideas");
    size_t count = json_array_size(list);

    if (!count || count > LIMIT_MERGE_COUNT) {
        params_wrong(params, "ideas");
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        json_int_t number = json_integer_value(json_array_get(list, i));

        if (number < 1 || number > LIMIT_IDEAS) {
            params_wrong(params, "ideas");
        }
        out[i] = (uint32_t)number;
    }
    return count;
}

/* What the united tally would be, before anything is done. */
void method_mod_union(struct client *client, struct rpc_request *request,
                      struct app_board *board)
{
    struct params params;
    struct command trial = {.kind = CMD_MERGE, .epoch = board->fold->epoch};
    struct viewer viewer = board_viewer(board, client->session);
    AUTO_BUF result = {0};

    params_init(&params, request->params);
    (void)params_string(&params, "board", REQUIRED);
    trial.idea = (uint32_t)params_uint(&params, "into", 1, LIMIT_IDEAS, REQUIRED);
    trial.ideas_count = (uint32_t)read_ideas(&params, trial.ideas);
    enum err err = params_done(&params);

    err = err ? err : board_check(board->fold, &trial);
    if (err) {
        client_refuse(client, buf_view(&request->id), err,
                      err == ERR_PARAMS ? (params.field ? params.field : "ideas") : NULL);
        return;
    }
    trial.ideas[trial.ideas_count] = trial.idea;
    struct tally tally = board_union(board->fold, trial.ideas, trial.ideas_count + 1u);

    if (view_shows_scores(&viewer)) {
        buf_printf(&result, "{\"agree\":%u,\"disagree\":%u,\"pass\":%u,\"judged\":%u}",
                   tally.agree, tally.disagree, tally.pass, tally_judged(&tally));
    } else {
        buf_add_text(&result,
                     "{\"agree\":null,\"disagree\":null,\"pass\":null,\"judged\":null}");
    }
    client_reply(client, buf_view(&request->id), buf_view(&result));
}

void method_mod_merge(struct client *client, struct rpc_request *request,
                      struct app_board *board)
{
    struct call call;
    uint32_t ideas[LIMIT_MERGE_COUNT];

    call_begin(&call, request);
    uint32_t into = (uint32_t)params_uint(&call.params, "into", 1, LIMIT_IDEAS, REQUIRED);
    size_t count = read_ideas(&call.params, ideas);
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
