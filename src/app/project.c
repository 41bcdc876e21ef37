/*
 * project — writes what others read without folding: scores, tallies, chain heads.
 *
 * Only the node that holds the board's lease writes, a slice at a time; the store refuses
 * a slice from a node without the lease or of an older version.
 */
#include "app/state.h"

#include "base/log.h"
#include "core/round.h"
#include "export/json.h"

#include <string.h>

enum {
    SLICE = 500,
    LEASE_MS = 10000,
    RENEW_TICKS = 6
};

#define PROJECT_US UINT64_C(100000)

/* Of a closed round what it came to; of the present one what it would come to. */
static const struct round_result *closed_result(const struct app_board *board)
{
    return board->projected_round < board->fold->round
               ? round_result(board->fold, board->projected_round)
               : NULL;
}

static void project_closed(const struct round_result *result, struct projected *out,
                           size_t count)
{
    struct map places = {0};

    for (size_t i = 0; i < count; i++) {
        out[i] = (struct projected){.idea = out[i].idea};
        map_put(&places, out[i].idea, i);
    }
    for (size_t i = 0; i < result->selection.count; i++) {
        const struct standing *item = &result->selection.items[i];
        const uint64_t *place = map_find(&places, item->idea);

        if (place) {
            out[*place].ranked = true;
            out[*place].score = item->score;
            out[*place].tally = item->tally;
        }
    }
    map_finish(&places);
}

static void project_present(const struct board *board, struct projected *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct idea *idea = board_idea(board, out[i].idea);

        out[i].ranked = board_competes(board, idea);
        out[i].score = board_score(board, idea);
        out[i].tally = idea->tally;
    }
}

/* Takes up to SLICE ideas out of those that wait. */
static size_t take_slice(struct app_board *board, struct projected *out)
{
    const struct round_result *result = closed_result(board);
    size_t count = 0;

    for (size_t i = 0; i < board->unprojected.room && count < SLICE; i++) {
        if (board->unprojected.slots[i].used) {
            out[count++].idea = (uint32_t)board->unprojected.slots[i].key;
        }
    }
    for (size_t i = 0; i < count; i++) {
        map_remove(&board->unprojected, out[i].idea);
    }
    if (result) {
        project_closed(result, out, count);
    } else {
        project_present(board->fold, out, count);
    }
    return count;
}

static void all_again(struct app_board *board)
{
    for (size_t i = 1; i <= board->fold->ideas_count; i++) {
        map_put(&board->unprojected, i, 1);
    }
}

static void forget_heads(struct app_board *board, size_t count)
{
    board->heads_count -= count;
    if (board->heads_count) {
        memmove(board->heads, board->heads + count, board->heads_count * sizeof *board->heads);
    }
}

static void on_projected(void *user, enum err err)
{
    struct app_board *board = user;

    board->projecting = false;
    if (!err) {
        forget_heads(board, board->heads_sent);
    }
    board->heads_sent = 0;
    if (err == ERR_CONFLICT) {
        board->leased = false;
    }
    if (err) {
        board->projected_known = false; /* what stands there must be looked at again */
    }
}

static bool has_work(const struct app_board *board)
{
    return board->leased && board->projected_known && !board->projecting && board->live &&
           (board->unprojected.count || board->projected_version != board->fold->version);
}

uint64_t project_run(struct app_board *board, uint64_t now_us)
{
    struct projected ideas[SLICE];
    AUTO_BUF summary = {0};

    if (!has_work(board)) {
        return 0;
    }
    if (board->projected_round > board->fold->round && board->fold->round) {
        board->projected_round = board->fold->round; /* a step back */
        all_again(board);
    } else if (!board->unprojected.count && board->projected_round < board->fold->round) {
        board->projected_round++;
        all_again(board);
    }
    /* A slice is one more write that the next vote's would wait behind. */
    if (board->unprojected.count < SLICE && now_us - board->projected_at_us < PROJECT_US) {
        return PROJECT_US - (now_us - board->projected_at_us);
    }
    board->projected_at_us = now_us;
    size_t heads = board->heads_count < SLICE ? board->heads_count : SLICE;
    const struct round_result *closed = closed_result(board);
    struct projection projection = {
        .round = board->projected_round,
        .version = board->fold->version,
        .last = board->fold->last,
        .head = board->fold->head,
        .pool = closed ? closed->selection.pool : board->fold->pool,
        .ideas = ideas,
        .ideas_count = take_slice(board, ideas),
        .heads = board->heads,
        .heads_count = heads,
    };

    export_summary(board->fold, &board->texts, &summary);
    projection.summary = buf_view(&summary);
    projection.pending =
        (uint32_t)board->unprojected.count + (board->projected_round < board->fold->round);
    board->projecting = true;
    board->projected_version = projection.pending ? 0 : board->fold->version;
    store_project(board->app->store, board->key, board->app->node, &projection, on_projected,
                  board);
    board->heads_sent = heads;
    return 0;
}

/* What the store says of this very version must be what the log says; it is not overwritten
   then, so that whoever verifies still sees what was there. */
static void on_read(void *user, enum err err, const struct projection_read *read)
{
    struct app_board *board = user;

    board->projecting = false;
    if (err) {
        return;
    }
    const struct projection *stored = &read->projection;
    bool same = stored->version == board->fold->version && stored->pending == 0;

    if (same && memcmp(&stored->head, &board->fold->head, sizeof stored->head) != 0) {
        log_event(LOG_ERROR, "chain-departs", "board=%s version=%llu", board->key.id,
                  (unsigned long long)stored->version);
    }
    board->projected_known = true;
    board->projected_version = same ? stored->version : 0;
    map_finish(&board->unprojected);
    board->projected_round = same ? board->fold->round : 1;
    if (!same) {
        all_again(board);
    }
}

static void on_lease(void *user, enum err err)
{
    struct app_board *board = user;

    board->leased = err == OK;
    if (!board->leased) {
        board->projected_known = false;
        map_finish(&board->unprojected);
        return;
    }
    words_settle(board);
    if (!board->projected_known && !board->projecting && board->live) {
        board->projecting = true;
        store_read_projection(board->app->store, board->key, board->fold->round, on_read,
                              board);
    }
}

void project_tick(struct app_board *board)
{
    if (board->live &&
        (!board->leased || board->app->ticks % RENEW_TICKS == 0 || !board->projected_known)) {
        store_lease(board->app->store, board->key, board->app->node, LEASE_MS, on_lease, board);
    }
}
