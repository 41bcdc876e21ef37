#include "app/refold.h"

enum {
    SLICE = 500
};

struct refold {
    struct app_board *board;
    struct entry_id position;
    struct entry_id until;
    refold_entry *each;
    refold_done *done;
    void *user;
};

static void finish(struct refold *refold, enum err err)
{
    refold->board->app->owed--;
    refold->done(refold->user, err);
    mem_free(refold);
}

static void on_slice(void *user, enum err err, const struct stored_entry *entries, size_t count)
{
    struct refold *refold = user;
    bool past = false;

    for (size_t i = 0; !err && i < count && !past; i++) {
        past = entries[i].poisoned || entry_id_compare(entries[i].entry.id, refold->until) > 0;
        if (!past) {
            refold->each(refold->user, &entries[i].entry);
            refold->position = entries[i].entry.id;
        }
    }
    if (err || past || count < SLICE) {
        finish(refold, err);
    } else {
        store_read(refold->board->app->store, refold->board->key, refold->position, SLICE,
                   on_slice, refold);
    }
}

void refold(struct app_board *board, struct entry_id until, refold_entry *each,
            refold_done *done, void *user)
{
    struct refold *refold = mem_alloc(sizeof *refold);

    *refold = (struct refold){
        .board = board, .until = until, .each = each, .done = done, .user = user};
    board->app->owed++;
    store_read(board->app->store, board->key, refold->position, SLICE, on_slice, refold);
}

/* The plain fold of a prefix. */
struct prefix {
    struct board *fold;
    struct effects effects;
    refold_folded *done;
    void *user;
};

static void fold_one(void *user, const struct entry *entry)
{
    struct prefix *prefix = user;

    board_apply(prefix->fold, entry, &prefix->effects);
}

static void fold_done(void *user, enum err err)
{
    struct prefix *prefix = user;

    prefix->done(prefix->user, err, prefix->fold);
    board_destroy(prefix->fold);
    effects_finish(&prefix->effects);
    mem_free(prefix);
}

void refold_board(struct app_board *board, struct entry_id until, refold_folded *done,
                  void *user)
{
    struct prefix *prefix = mem_alloc(sizeof *prefix);

    *prefix = (struct prefix){.fold = board_create(), .done = done, .user = user};
    effects_init(&prefix->effects);
    refold(board, until, fold_one, fold_done, prefix);
}
