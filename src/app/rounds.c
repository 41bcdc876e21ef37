/*
 * rounds — the methods by which a lead steers a board, and the clock that does it for them.
 *
 * The holder of a board's lease appends what is due; the fold takes the first such entry
 * and refuses every other, so that two nodes cannot open a round twice.
 */
#include "app/call.h"

#include "base/time.h"
#include "core/round.h"
#include "export/result.h"
#include "wire/definition.h"
#include "wire/entry.h"
#include "wire/names.h"
#include "wire/round.h"
#include "wire/rounds.h"

#include <string.h>

#define TURN_AGAIN_US UINT64_C(1000000)

/* The round that the entry of that version closed; 0: none. */
static uint32_t closed_by(const struct board *board, uint64_t version)
{
    for (uint32_t n = 1; n <= board->definition.rounds_count; n++) {
        if (board->rounds[n - 1].closed_version == version) {
            return n;
        }
    }
    return 0;
}

static void answer_results(const struct act *act, uint64_t version, struct buf *result)
{
    const struct board *board = act->board->fold;
    uint32_t closed = closed_by(board, version);
    const struct round_result *came_to = closed ? round_result(board, closed) : NULL;

    buf_printf(result, "{\"version\":%llu,\"results\":", (unsigned long long)version);
    result_write_outcomes(result, came_to);
    buf_add_char(result, '}');
}

/* By which rule the present round would close: the entry says so, and the fold compares. */
static void name_rule(struct command *command, const struct board *board)
{
    bool closes = board->round && !board->rounds[board->round - 1].closed_version;

    if (closes) {
        command->rule_hash = board->definition.rounds[board->round - 1].rule_hash;
    }
}

/* A method on a round of the board: {board, round, op}. */
static struct act *round_call(struct call *call, struct client *client,
                              struct rpc_request *request, struct app_board *board,
                              enum command_kind kind)
{
    uint32_t round = (uint32_t)params_uint(&call->params, "round", 1,
                                           board->fold->definition.rounds_count, REQUIRED);
    struct act *act = call_end(call, client, request, board, answer_results);

    if (act) {
        act->staff = true;
        act->field = "round";
        act->command.kind = kind;
        act->command.round = round;
        if (kind == CMD_OPEN || kind == CMD_CLOSE) {
            name_rule(&act->command, board->fold);
        }
    }
    return act;
}

static void run_round_call(struct client *client, struct rpc_request *request,
                           struct app_board *board, enum command_kind kind)
{
    struct call call;

    call_begin(&call, request);
    struct act *act = round_call(&call, client, request, board, kind);

    if (act) {
        act_run(act);
    }
}

void method_round_open(struct client *client, struct rpc_request *request,
                       struct app_board *board)
{
    run_round_call(client, request, board, CMD_OPEN);
}

void method_round_pause(struct client *client, struct rpc_request *request,
                        struct app_board *board)
{
    run_round_call(client, request, board, CMD_PAUSE);
}

void method_round_close(struct client *client, struct rpc_request *request,
                        struct app_board *board)
{
    run_round_call(client, request, board, CMD_CLOSE);
}

void method_round_reopen(struct client *client, struct rpc_request *request,
                         struct app_board *board)
{
    run_round_call(client, request, board, CMD_REOPEN);
}

void method_round_reveal(struct client *client, struct rpc_request *request,
                         struct app_board *board)
{
    run_round_call(client, request, board, CMD_REVEAL);
}

void method_round_extend(struct client *client, struct rpc_request *request,
                         struct app_board *board)
{
    struct call call;

    call_begin(&call, request);
    uint32_t minutes =
        (uint32_t)params_uint(&call.params, "minutes", 1, LIMIT_ROUND_MINUTES, REQUIRED);
    struct act *act = round_call(&call, client, request, board, CMD_EXTEND);

    if (act) {
        act->command.minutes = minutes;
        act_run(act);
    }
}

/* A round as it would be. */
struct edit {
    uint32_t number;
    struct definition definition;
    struct round_words words;
    struct field field; /* what is wrong with it */
};

/* What is not among the parameters stays as it is. */
static enum err read_edit(const struct rpc_request *request, const struct board *board,
                          struct edit *edit)
{
    json_auto_t *given = json_copy(json_object_get(request->root, "params"));
    struct round_definition *round = &edit->definition.rounds[edit->number - 1];

    json_object_del(given, "board");
    json_object_del(given, "round");
    json_object_del(given, "op");
    edit->definition = board->definition;
    enum err err = round_revise(given, &edit->definition, round, &edit->words, &edit->field);

    return err ? err : rounds_check(&edit->definition, &edit->field);
}

/* Takes the act, like act_run. */
static void run_edit(struct act *act, const struct edit *edit)
{
    struct definition *revision = mem_alloc(sizeof *revision);
    struct round_definition *round = &revision->rounds[0];

    definition_init(revision);
    *round = edit->definition.rounds[edit->number - 1];
    round->title = (struct text_use){0};
    round->prompt = (struct text_use){0};
    act->command.definition = revision;
    if (edit->words.title.len && !call_add_text(act, edit->words.title, false, &round->title)) {
        return;
    }
    if (edit->words.prompt.len &&
        !call_add_text(act, edit->words.prompt, false, &round->prompt)) {
        return;
    }
    act_run(act);
}

void method_round_edit(struct client *client, struct rpc_request *request,
                       struct app_board *board)
{
    struct params params;
    struct edit edit = {0};

    params_init(&params, request->params);
    edit.number = (uint32_t)params_uint(&params, "round", 1,
                                        board->fold->definition.rounds_count, REQUIRED);
    struct op op = params_op(&params);

    if (params.field) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
    } else if (read_edit(request, board->fold, &edit)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, edit.field.path);
    } else {
        struct act *act = act_create(client, request, board, CMD_REVISE, answer_version);

        act->staff = true;
        act->field = "round";
        act->command.op = op;
        act->command.round = edit.number;
        run_edit(act, &edit);
    }
}

void method_person_done(struct client *client, struct rpc_request *request,
                        struct app_board *board)
{
    struct call call;

    call_begin(&call, request);
    struct act *act = round_call(&call, client, request, board, CMD_DONE);

    if (act) {
        act->staff = false;
        act->answer = answer_version;
        act_run(act);
    }
}

static uint32_t group_of(const struct definition *definition, struct view name)
{
    for (uint32_t i = 0; i < definition->groups_count; i++) {
        if (view_is(name, definition->groups[i])) {
            return i + 1;
        }
    }
    return 0;
}

void method_person_declare(struct client *client, struct rpc_request *request,
                           struct app_board *board)
{
    struct call call;
    uint32_t groups[LIMIT_GROUPS];

    call_begin(&call, request);
    const json_t *list = params_any(&call.params, "groups");
    size_t count = json_array_size(list);

    if (!json_is_array(list) || count > LIMIT_GROUPS) {
        params_wrong(&call.params, "groups");
        count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        groups[i] = group_of(&board->fold->definition, json_view(json_array_get(list, i)));
        if (!groups[i]) {
            params_wrong(&call.params, "groups");
        }
    }
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (act) {
        act->command.kind = CMD_DECLARE;
        act->command.ideas_count = (uint32_t)count;
        memcpy(act->command.ideas, groups, count * sizeof *groups);
        act_run(act);
    }
}

/* Previews. */

static void write_preview(struct buf *to, const struct app_board *board)
{
    result_write_present(to, board->fold);
}

static void answer_preview(const struct act *act, uint64_t version, struct buf *result)
{
    (void)version;
    write_preview(result, act->board);
}

static bool keeps_closed(const struct board *board)
{
    const struct round_definition *round = board_round(board);

    return board_is_open(board) && round->scores != SCORES_LIVE;
}

/* While scores are closed, whoever looks leaves a trace that is public afterwards. */
void method_round_preview(struct client *client, struct rpc_request *request,
                          struct app_board *board)
{
    struct call call;
    bool logged = keeps_closed(board->fold);
    AUTO_BUF result = {0};

    params_init(&call.params, request->params);
    (void)params_string(&call.params, "board", REQUIRED);
    call.op = (struct op){0, 0};
    if (logged || params_has(&call.params, "op")) {
        call.op = params_op(&call.params);
    }
    if (logged) {
        struct act *act = call_end(&call, client, request, board, answer_preview);

        if (act) {
            act->staff = true;
            act->once = true;
            act->command.kind = CMD_PREVIEW;
            act->command.round = board->fold->round;
            act_run(act);
        }
    } else if (params_done(&call.params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, call.params.field);
    } else if (!board->fold->round) {
        client_refuse(client, buf_view(&request->id), ERR_NOT_ALLOWED_NOW, NULL);
    } else {
        write_preview(&result, board);
        client_reply(client, buf_view(&request->id), buf_view(&result));
    }
}

/* The clock. */

static void on_due(void *user, enum err err, struct entry_id id)
{
    struct app_board *board = user;

    (void)err;
    (void)id;
    board->turning = false;
}

/* What should have happened by now, the first of it: the rest follows when it is folded. */
static bool is_due(const struct app_board *board, uint64_t now_ms, struct command *out)
{
    const struct board *fold = board->fold;
    uint64_t closes_ms = round_closes_ms(fold, fold->round);
    uint64_t opens_ms = round_opens_ms(fold, fold->round + 1);
    bool closes = closes_ms && closes_ms <= now_ms;
    bool opens = opens_ms && opens_ms <= now_ms;

    if (!closes && !opens) {
        return false;
    }
    closes = closes && !(opens && opens_ms < closes_ms);
    *out = (struct command){.kind = closes ? CMD_CLOSE : CMD_OPEN,
                            .epoch = fold->epoch,
                            .round = closes ? fold->round : fold->round + 1};
    name_rule(out, fold);
    return true;
}

void rounds_tick(struct app_board *board)
{
    struct command command;
    AUTO_BUF bytes = {0};

    uint64_t now_us = time_monotonic_us();

    /* An entry that was refused, for the store's clock is behind this one, is tried again. */
    if (!board->live || !board->leased || board->turning || !board->app->available ||
        now_us < board->turn_after_us || !is_due(board, time_now_ms(), &command)) {
        return;
    }
    board->turning = true;
    board->turn_after_us = now_us + TURN_AGAIN_US;
    entry_write(&bytes, &command);
    store_append(board->app->store, board->key, buf_view(&bytes), NULL, 0, on_due, board);
}

void rounds_turned(struct app_board *board)
{
    board->turn_after_us = 0;
    rounds_tick(board);
}
