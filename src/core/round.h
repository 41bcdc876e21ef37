/*
 * round — which ideas a round ranks, and what it comes to.
 *
 * Pure. A round is closed by an entry of the log: what it came to is then part of the board
 * and does not change any more, whatever happens to its ideas and ballots.
 */
#ifndef CORE_ROUND_H
#define CORE_ROUND_H

#include "core/board.h"

/* The present round as if it closed now; exact, in one walk over its ideas (and over the
   people, in a final). finish releases it. */
void round_result_now(const struct board *board, struct round_result *out);
void round_result_finish(struct round_result *result);

/* What the round came to, if it is closed, or NULL. Borrowed. number from 1. */
const struct round_result *round_result(const struct board *board, uint32_t number);

/* The ideas of the present round for a ranking of them: selection_add of each. */
void round_candidates(const struct board *board, struct selection *out);

/* Puts them in the live order: with the mean of the last refresh; a final by plain share. */
void round_order(const struct board *board, struct selection *selection);

/* Seats of the rule with so many candidates; 0: as many as are over a line. */
uint32_t round_seats(const struct rule *rule, size_t candidates);

/* Until when, if it is scheduled and not there yet: when the round is to open or to close
   without anybody doing it; 0: not by itself. Milliseconds since 1970. */
uint64_t round_opens_ms(const struct board *board, uint32_t number);
uint64_t round_closes_ms(const struct board *board, uint32_t number);

/* Changes; for the acts of core/ alone. */
void round_enter(struct board *board); /* candidates of a new round */
/* Of one that is opened again; what was posted since it closed, in that version, takes part. */
void round_enter_again(struct board *board, uint64_t closed_version);
void round_recount(struct board *board, uint64_t version); /* tallies by what it counts */
void round_close(struct board *board);                     /* result, outcomes */

#endif
