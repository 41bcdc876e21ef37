/*
 * result — what a round came to, whether that holds, and how the ranking came about.
 *
 * The last two are read out of the log again, and kept until the rounds change; of a round
 * that goes on they may be INSIGHT_US old.
 */
#include "app/refold.h"

#include "base/time.h"
#include "core/round.h"
#include "export/flow.h"
#include "export/holds.h"
#include "export/result.h"

#define INSIGHT_US UINT64_C(30000000)
#define RESULT_US  UINT64_C(1000000)

/* A board.history that waits until the log is read. */
struct waiter {
    struct list link;
    struct app *app;
    uint64_t client_id;
    struct buf id;
    uint64_t from;
    uint64_t to;
};

/* What is read out of the log. */
struct insight {
    struct app_board *board; /* NULL: nobody waits for it any more */
    struct entry_id until;
    uint64_t rounds_version; /* of the latest change of a round */
    uint64_t begun_us;
    bool ready;
    struct list waiting;
    struct holds holds;
    struct flow flow;
};

static void answer(struct waiter *waiter, const struct insight *insight)
{
    struct client *client = client_find(waiter->app, waiter->client_id);
    AUTO_BUF result = {0};

    if (client && insight) {
        flow_write(&result, &insight->flow, waiter->from, waiter->to);
        client_reply(client, buf_view(&waiter->id), buf_view(&result));
    } else if (client) {
        client_refuse(client, buf_view(&waiter->id), ERR_UNAVAILABLE, NULL);
    }
    list_remove(&waiter->link);
    waiter->app->owed--;
    buf_finish(&waiter->id);
    mem_free(waiter);
}

/* insight NULL: it could not be read. */
static void answer_all(struct list *waiting, const struct insight *insight)
{
    while (!list_is_empty(waiting)) {
        answer(LIST_ITEM(waiting->next, struct waiter, link), insight);
    }
}

static void insight_destroy(struct insight *insight)
{
    answer_all(&insight->waiting, NULL);
    holds_finish(&insight->holds);
    flow_finish(&insight->flow);
    mem_free(insight);
}

void insight_forget(struct app_board *board)
{
    struct insight *insight = board->insight;

    board->insight = NULL;
    if (!insight) {
        return;
    }
    if (insight->ready) {
        insight_destroy(insight);
    } else {
        insight->board = NULL; /* its reading ends by itself */
        answer_all(&insight->waiting, NULL);
    }
}

static void on_entry(void *user, const struct entry *entry)
{
    struct insight *insight = user;

    if (insight->board) {
        holds_apply(&insight->holds, entry);
        flow_apply(&insight->flow, entry);
    }
}

static void on_done(void *user, enum err err)
{
    struct insight *insight = user;

    insight->ready = true;
    if (!err && insight->board) {
        answer_all(&insight->waiting, insight);
    }
    if (!insight->board) {
        insight_destroy(insight);
    } else if (err) {
        insight_forget(insight->board); /* who asks again has it read again */
    }
}

/* Up to here everybody may know everything. */
static struct entry_id public_until(const struct board *board)
{
    struct viewer everybody = {.board = board, .role = ROLE_PARTICIPANT};

    return view_shows_scores(&everybody) || !board->round
               ? board->last
               : board->rounds[board->round - 1].opened_id;
}

static uint64_t rounds_version(const struct board *board)
{
    uint64_t latest = 0;

    for (uint32_t i = 0; i < board->definition.rounds_count; i++) {
        if (board->rounds[i].members_version > latest) {
            latest = board->rounds[i].members_version;
        }
    }
    return latest;
}

static bool is_fresh(const struct insight *insight, const struct board *board)
{
    struct entry_id until = public_until(board);

    return insight->rounds_version == rounds_version(board) &&
           (entry_id_compare(insight->until, until) == 0 ||
            time_monotonic_us() - insight->begun_us < INSIGHT_US);
}

static struct insight *insight_of(struct app_board *board)
{
    if (board->insight && !is_fresh(board->insight, board->fold)) {
        insight_forget(board);
    }
    if (!board->insight) {
        struct insight *insight = mem_alloc(sizeof *insight);

        *insight = (struct insight){.board = board,
                                    .until = public_until(board->fold),
                                    .rounds_version = rounds_version(board->fold),
                                    .begun_us = time_monotonic_us()};
        list_init(&insight->waiting);
        holds_init(&insight->holds, board->fold);
        flow_init(&insight->flow, board->fold);
        board->insight = insight;
        refold(board, insight->until, on_entry, on_done, insight);
    }
    return board->insight;
}

/* A closed round as it closed; the present one, where its scores may be seen, as it stands. */
static bool shows(const struct viewer *viewer, uint32_t number)
{
    const struct board *board = viewer->board;

    if (number > board->round) {
        return false;
    }
    return board->rounds[number - 1].closed_version
               ? view_shows_result(viewer, number)
               : number == board->round && view_shows_scores(viewer);
}

/* The result as JSON: made once for a closed round, and at most once in RESULT_US for one
   that goes on, for a final is drawn thousands of times. */
static struct view result_of(struct app_board *board, uint32_t number)
{
    const struct round *round = &board->fold->rounds[number - 1];
    struct kept_result *kept = &board->results[number - 1];
    uint64_t version = round->closed_version ? round->members_version : board->fold->version;
    uint64_t now_us = time_monotonic_us();
    bool fresh = kept->version == version ||
                 (!round->closed_version && kept->members_version == round->members_version &&
                  now_us - kept->made_us < RESULT_US);

    if (!kept->json.len || !fresh) {
        buf_clear(&kept->json);
        (void)result_write_round(&kept->json, board->fold, number);
        kept->json.len -= kept->json.len != 0; /* the end of the line */
        kept->version = version;
        kept->members_version = round->members_version;
        kept->made_us = now_us;
    }
    return buf_view(&kept->json);
}

void results_forget(struct app_board *board)
{
    for (size_t i = 0; i < LIMIT_ROUNDS; i++) {
        buf_finish(&board->results[i].json);
        board->results[i] = (struct kept_result){0};
    }
}

/* Whether it holds can be said of a final that everybody may see; what an extension changed,
   of any such round. null: it is not asked, or being read. */
static void write_holds(struct buf *to, struct app_board *board, uint32_t number)
{
    const struct round *round = &board->fold->rounds[number - 1];
    bool revealed = round->state == ROUND_REVEALED;
    bool final = revealed && board->fold->definition.rounds[number - 1].final;
    bool extended = revealed && round->extended;
    const struct insight *insight = final || extended ? insight_of(board) : NULL;
    bool ready = insight && insight->ready;

    buf_add_text(to, ",\"holds\":");
    if (final && ready) {
        holds_write(to, &insight->holds);
    } else {
        buf_add_text(to, "null");
    }
    buf_add_text(to, ",\"schedule\":");
    if (extended && ready) {
        holds_write_schedule(to, &insight->holds);
    } else {
        buf_add_text(to, "null");
    }
}

bool result_first_place(struct app_board *board, uint32_t number, uint32_t *out)
{
    const struct round_result *result = round_result(board->fold, number);
    struct kept_result *kept = &board->results[number - 1];
    uint64_t version = board->fold->rounds[number - 1].members_version;

    if (!result || !result->final || !result->verdict.winner) {
        return false;
    }
    if (kept->first_place_version != version) {
        uint32_t *firsts = mem_array(result->selection.count, sizeof *firsts);
        uint32_t resamples =
            final_stability(&result->selection, FINAL_SEED, FINAL_RESAMPLES, firsts);

        kept->first_place = resamples ? (200 * firsts[0] + resamples) / (2 * resamples) : 0;
        kept->first_place_version = version;
        mem_free(firsts);
    }
    *out = kept->first_place;
    return true;
}

const struct holds *result_holds(struct app_board *board, uint32_t number)
{
    bool final = board->fold->definition.rounds[number - 1].final &&
                 board->fold->rounds[number - 1].state == ROUND_REVEALED;
    const struct insight *insight = final ? insight_of(board) : NULL;

    return insight && insight->ready ? &insight->holds : NULL;
}

static void write_result(struct buf *to, struct app_board *board, const struct viewer *viewer,
                         uint32_t number)
{
    bool shown = shows(viewer, number);

    buf_printf(to, "{\"closed\":%s,\"result\":", shown ? "false" : "true");
    if (shown) {
        buf_add_view(to, result_of(board, number));
    } else {
        buf_add_text(to, "null");
    }
    write_holds(to, board, number);
    buf_add_text(to, ",\"round\":");
    round_write(to, viewer, number);
    buf_add_char(to, '}');
}

void method_round_result(struct client *client, struct rpc_request *request,
                         struct app_board *board)
{
    struct params params;
    struct viewer viewer = board_viewer(board, client->session);
    AUTO_BUF result = {0};

    params_init(&params, request->params);
    (void)params_string(&params, "board", REQUIRED);
    uint32_t number = (uint32_t)params_uint(&params, "round", 1,
                                            board->fold->definition.rounds_count, REQUIRED);

    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
        return;
    }
    write_result(&result, board, &viewer, number);
    client_reply(client, buf_view(&request->id), buf_view(&result));
}

static struct waiter *waiter_create(struct client *client, const struct rpc_request *request)
{
    struct waiter *waiter = mem_alloc(sizeof *waiter);

    *waiter = (struct waiter){.app = client->app, .client_id = client->id};
    buf_add_view(&waiter->id, buf_view(&request->id));
    waiter->app->owed++;
    return waiter;
}

/* How the ranking came about; answered when the log is read. */
void method_board_history(struct client *client, struct rpc_request *request,
                          struct app_board *board)
{
    struct params params;

    params_init(&params, request->params);
    (void)params_string(&params, "board", REQUIRED);
    uint64_t from = params_uint(&params, "from", 0, UINT32_MAX, OPTIONAL);
    uint64_t to = params_uint(&params, "to", 0, UINT32_MAX, OPTIONAL);

    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
        return;
    }
    struct insight *insight = insight_of(board);
    struct waiter *waiter = waiter_create(client, request);

    waiter->from = from;
    waiter->to = to ? to : UINT64_MAX;
    list_add(&insight->waiting, &waiter->link);
    if (insight->ready) {
        answer_all(&insight->waiting, insight);
    }
}
