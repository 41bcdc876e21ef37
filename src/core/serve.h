/*
 * serve — which ideas a person is asked to judge next.
 *
 * Pure: the choice is a function of the board, the person and the moment, so that a log
 * that holds servings can be checked. The order is that of core/queue.h: the least exposed
 * first (judged, or shown and not answered yet) until each has the judges that the rule
 * asks for, then the most undecided; in a final all finalists, in an order of one's own.
 */
#ifndef CORE_SERVE_H
#define CORE_SERVE_H

#include "core/board.h"

enum {
    SERVE_CAP = 30, /* servings a person and round where the round has no budget of votes */
    /* Commands until the line is looked at again: so many, or a quarter of the candidates,
       whichever is more, so that its cost does not grow with the board. */
    SERVE_LINE_AGE = 256
};

/* At most count (1..LIMIT_SERVE_COUNT) idea numbers, best first; returns how many. What the
   person was shown and has not answered is left out until it has expired at now_ms. */
uint32_t serve_choose(const struct board *board, const struct person *person, uint64_t now_ms,
                      uint32_t count, uint32_t *out);

/* All candidates of the round in the person's own order: how a final shows them. out has room
   for as many as the board has ideas. */
size_t serve_order(const struct board *board, const struct person *person, uint32_t *out);

/* How many more the cap of the round leaves them. */
uint32_t serve_cap_left(const struct board *board, const struct person *person);

/* How many more they may be served: what the cap leaves, or the candidates if fewer. */
uint32_t serve_left(const struct board *board, const struct person *person);

/* The idea may be shown to the person to be judged: in the round, not theirs, not judged. */
bool serve_may(const struct board *board, const struct person *person, const struct idea *idea);

/* Changes; for the acts of core/ alone. */
void serve_draw_line(struct board *board);    /* looks at the line now */
void serve_look_at_line(struct board *board); /* if it is time for that */

#endif
