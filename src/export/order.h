/*
 * order — the ideas that a board ranks, best first, by their exact scores: with the mean of
 * all its ballots, not that of the last refresh. Pure; init/finish on the caller's memory.
 */
#ifndef EXPORT_ORDER_H
#define EXPORT_ORDER_H

#include "core/board.h"

struct order {
    struct ranked *items; /* owned, best first */
    size_t count;
    uint32_t *ranks; /* of idea n at n - 1, from 1; 0: outside the ranking; owned */
};

void order_init(struct order *order, const struct board *board);
void order_finish(struct order *order);

#endif
