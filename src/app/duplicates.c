/*
 * duplicates — ideas of a board that say much the same, all against all.
 *
 * Looked for once somebody of the staff asks, a few milliseconds at a time so that nobody
 * else waits for it; from then on ideas that come are looked at when it is asked again.
 */
#include "app/state.h"

#include "base/time.h"
#include "wire/json.h"

#include <stdlib.h>

enum {
    PAIRS_KEPT = 500,
    PAIRS_ROOM = 2 * PAIRS_KEPT,
    PAIRS_SHOWN = 50,
    LIKE = 4,     /* the likest of an idea that are looked at */
    LIKELY = 700, /* thousandths: what two people may have written of the same */
    PAUSE_MS = 4
};

#define SLICE_US UINT64_C(2000)

struct pair {
    uint32_t first; /* the earlier idea */
    uint32_t second;
    uint32_t thousandths;
};

struct duplicates {
    uint32_t looked_at; /* ideas up to that number */
    struct pair pairs[PAIRS_ROOM];
    size_t count;
};

void duplicates_forget(struct app_board *board)
{
    mem_free(board->duplicates);
    board->duplicates = NULL;
}

/* The likest first, of equal ones the earlier. */
static int compare_pairs(const void *a, const void *b)
{
    const struct pair *left = a;
    const struct pair *right = b;

    if (left->thousandths != right->thousandths) {
        return left->thousandths > right->thousandths ? -1 : 1;
    }
    if (left->first != right->first) {
        return left->first < right->first ? -1 : 1;
    }
    return (left->second > right->second) - (left->second < right->second);
}

static void keep(struct duplicates *duplicates, struct pair pair)
{
    if (duplicates->count == PAIRS_ROOM) {
        qsort(duplicates->pairs, duplicates->count, sizeof *duplicates->pairs, compare_pairs);
        duplicates->count = PAIRS_KEPT;
    }
    duplicates->pairs[duplicates->count++] = pair;
}

/* Pairs with earlier ideas: each is found from its later one. */
static void look_at(struct app_board *board, const struct idea *idea)
{
    struct view text = texts_find(&board->texts, idea->text);
    struct likeness found[LIKE];
    size_t count = idea->state == IDEA_SHOWN && text.ptr
                       ? similar_find(&board->similarity.index, text, found, LIKE)
                       : 0;

    for (size_t i = 0; i < count; i++) {
        if (found[i].idea < idea->number && found[i].thousandths >= LIKELY) {
            keep(board->duplicates,
                 (struct pair){found[i].idea, idea->number, found[i].thousandths});
        }
    }
}

static bool is_done(const struct app_board *board)
{
    return !board->duplicates || board->duplicates->looked_at >= board->fold->ideas_count;
}

static void look(struct app_board *board, uint64_t until_us)
{
    struct duplicates *duplicates = board->duplicates;

    while (!is_done(board) && time_monotonic_us() < until_us) {
        look_at(board, board_idea(board->fold, ++duplicates->looked_at));
    }
}

void duplicates_run(struct app *app)
{
    bool more = false;

    for (size_t i = 0; i < app->boards_count; i++) {
        look(app->boards[i], time_monotonic_us() + SLICE_US);
        more = more || !is_done(app->boards[i]);
    }
    if (more) {
        uv_timer_start(&app->looking, app->looking.timer_cb, PAUSE_MS, 0);
    }
}

/* Both still stand for themselves, and no text has changed so much as to be another. */
static bool still_stands(const struct app_board *board, const struct pair *pair)
{
    return board_idea(board->fold, pair->first)->state == IDEA_SHOWN &&
           board_idea(board->fold, pair->second)->state == IDEA_SHOWN;
}

static void write_pair(struct buf *to, const struct viewer *viewer, const struct pair *pair)
{
    buf_add_text(to, "{\"ideas\":[");
    idea_write(to, viewer, board_idea(viewer->board, pair->first));
    buf_add_char(to, ',');
    idea_write(to, viewer, board_idea(viewer->board, pair->second));
    buf_printf(to, "],\"likeness\":%u.%03u}", pair->thousandths / 1000,
               pair->thousandths % 1000);
}

static void write_pairs(struct buf *to, struct app_board *board, const struct viewer *viewer)
{
    struct duplicates *duplicates = board->duplicates;
    size_t written = 0;

    qsort(duplicates->pairs, duplicates->count, sizeof *duplicates->pairs, compare_pairs);
    buf_add_text(to, "{\"pairs\":[");
    for (size_t i = 0; i < duplicates->count && written < PAIRS_SHOWN; i++) {
        if (still_stands(board, &duplicates->pairs[i])) {
            buf_add_text(to, written++ ? "," : "");
            write_pair(to, viewer, &duplicates->pairs[i]);
        }
    }
    size_t ideas = board->fold->ideas_count;

    buf_printf(to, "],\"progress\":%.3f}",
               ideas ? (double)duplicates->looked_at / (double)ideas : 1.0);
}

void method_mod_duplicates(struct client *client, struct rpc_request *request,
                           struct app_board *board)
{
    struct params params;
    struct viewer viewer = board_viewer(board, client->session);
    AUTO_BUF result = {0};

    params_init(&params, request->params);
    (void)params_string(&params, "board", REQUIRED);
    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
        return;
    }
    if (!board->duplicates) {
        board->duplicates = mem_alloc(sizeof *board->duplicates);
    }
    duplicates_run(client->app);
    write_pairs(&result, board, &viewer);
    client_reply(client, buf_view(&request->id), buf_view(&result));
}
