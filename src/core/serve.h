/*
 * serve — which ideas a person is asked to judge next.
 *
 * Pure: the choice is a function of the board and the person, so that a log that holds
 * servings can be checked. Fewest exposures first (judged, or shown and not answered
 * yet); ties in an order of the person's own, drawn from the round's seed.
 */
#ifndef CORE_SERVE_H
#define CORE_SERVE_H

#include "core/board.h"

enum {
    SERVE_CAP = 30 /* servings a person and round where the round has no budget of votes */
};

/* At most count (1..LIMIT_SERVE_COUNT) idea numbers, best first; returns how many. */
uint32_t serve_choose(const struct board *board, const struct person *person, uint32_t count,
                      uint32_t *out);

/* How many more the cap of the open round leaves them. */
uint32_t serve_cap_left(const struct board *board, const struct person *person);

/* How many more they may be served: what the cap leaves, or the candidates if fewer. */
uint32_t serve_left(const struct board *board, const struct person *person);

/* The idea may be shown to the person to be judged now. */
bool serve_may(const struct board *board, const struct person *person, const struct idea *idea);

/* The person's tie-break among equally exposed ideas. */
uint64_t serve_hash(uint64_t seed, uint32_t person, uint32_t idea);

#endif
