/*
 * words — the texts that nobody may read any more leave the store, and then its disk.
 *
 * The holder of a board's lease deletes them. Whatever could not be deleted yet – the lease
 * was another's, the store was away, a process died – is deleted when the lease comes.
 */
#include "app/state.h"

#include "base/log.h"
#include "base/time.h"

#include <string.h>

enum {
    DROP_COUNT = 500, /* in one call */
    COMPACT_TRIES = 5
};

#define COMPACT_AFTER_US UINT64_C(2000000)  /* what else is deleted goes with it */
#define COMPACT_EACH_US  UINT64_C(20000000) /* it reads and writes everything that is kept */

/* Texts on their way out. */
struct drop {
    struct app_board *board;
    size_t count;
    struct ref refs[DROP_COUNT];
};

static void keep(struct app_board *board, const struct ref *refs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        board->undropped = mem_reserve(board->undropped, board->undropped_count,
                                       &board->undropped_room, sizeof *board->undropped);
        board->undropped[board->undropped_count++] = refs[i];
    }
}

static void on_dropped(void *user, enum err err)
{
    struct drop *drop = user;

    if (err) {
        log_event(LOG_WARN, "text-not-dropped", "board=%s count=%zu", drop->board->key.id,
                  drop->count);
        keep(drop->board, drop->refs, drop->count);
    }
    mem_free(drop);
}

static void drop_now(struct app_board *board, const struct ref *refs, size_t count)
{
    struct drop *drop = mem_alloc(sizeof *drop);

    drop->board = board;
    drop->count = count;
    memcpy(drop->refs, refs, count * sizeof *refs);
    store_drop_texts(board->app->store, board->key, drop->refs, count, on_dropped, drop);
}

void words_drop(struct app_board *board, const struct ref *refs, size_t count)
{
    if (!board->leased) {
        keep(board, refs, count);
        return;
    }
    for (size_t from = 0; from < count; from += DROP_COUNT) {
        drop_now(board, refs + from, count - from < DROP_COUNT ? count - from : DROP_COUNT);
    }
}

void words_settle(struct app_board *board)
{
    size_t count = board->undropped_count;
    struct ref *refs = board->undropped;

    if (!count) {
        return;
    }
    board->undropped = NULL;
    board->undropped_count = board->undropped_room = 0;
    words_drop(board, refs, count);
    words_compact_soon(board->app); /* an erasure may be among what waited */
    mem_free(refs);
}

void words_compact_soon(struct app *app)
{
    uint64_t soon_us = time_monotonic_us() + COMPACT_AFTER_US;
    uint64_t next_us = app->compacted_us ? app->compacted_us + COMPACT_EACH_US : 0;

    app->compact_us = soon_us > next_us ? soon_us : next_us;
    app->compact_tries = 0;
}

/* A rewriting that is under way may have begun before the texts were deleted. */
static void on_compacted(void *user, enum err err)
{
    struct app *app = user;

    if (err) {
        log_event(LOG_WARN, "store-not-compacted", "try=%u", app->compact_tries);
    }
    if (err && app->compact_tries < COMPACT_TRIES && !app->compact_us) {
        app->compact_us = time_monotonic_us() + COMPACT_EACH_US / 2;
    }
}

void words_tick(struct app *app)
{
    uint64_t now_us = time_monotonic_us();

    if (!app->compact_us || now_us < app->compact_us || !app->available) {
        return;
    }
    app->compact_us = 0;
    app->compacted_us = now_us;
    app->compact_tries++;
    store_compact(app->store, on_compacted, app);
}
