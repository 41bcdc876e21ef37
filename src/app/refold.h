/*
 * refold — a board's log read again, for questions that today's fold does not answer:
 * how the ranking came about, whether a result holds.
 *
 * Asynchronous, a slice of entries a turn of the loop, so that nobody waits for it. Private
 * to app/.
 */
#ifndef APP_REFOLD_H
#define APP_REFOLD_H

#include "app/state.h"

typedef void refold_entry(void *user, const struct entry *entry);
typedef void refold_done(void *user, enum err err);

/* Every entry up to and with `until`, in order. ERR_UNAVAILABLE: the store is away. */
void refold(struct app_board *board, struct entry_id until, refold_entry *each,
            refold_done *done, void *user);

#endif
