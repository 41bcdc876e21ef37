#include "app/refold.h"

enum {
    SLICE = 200 /* entries: some fold each of them many times, all in one turn */
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
