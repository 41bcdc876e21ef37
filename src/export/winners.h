/*
 * winners — the ideas that a board has chosen, as far as that may be told: of its last round
 * with a result the winner of a final, or else those that qualified. Pure.
 */
#ifndef EXPORT_WINNERS_H
#define EXPORT_WINNERS_H

#include "export/json.h"

/* Borrowed from the board; zeroed: nothing is decided. */
struct winners {
    uint32_t round; /* in which it was decided; 0: in none yet */
    const struct round_result *result;
};

/* The last round whose result may be told. */
struct winners winners_of(const struct board *board, struct export_options options);
/* The next of them after that one (first: NULL), best first; NULL: there are no more. */
const struct standing *winners_next(const struct winners *winners,
                                    const struct standing *after);

#endif
