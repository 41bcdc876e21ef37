/*
 * standings — where each idea of a board stands in its present round: as it closed, or as if
 * it closed now. Pure; init/finish on the caller's memory.
 */
#ifndef EXPORT_STANDINGS_H
#define EXPORT_STANDINGS_H

#include "core/board.h"

struct standings {
    struct round_result now;         /* of a round that is not closed */
    const struct round_result *of;   /* that, or the closed one; borrowed */
    const struct standing **by_idea; /* of idea n at n - 1; NULL: outside the ranking; owned */
};

void standings_init(struct standings *standings, const struct board *board);
void standings_finish(struct standings *standings);

#endif
