/*
 * urn — ballots for the public: numbered and shuffled so that nobody is found again.
 *
 * Pure. Opinions are political data, and who wrote which idea may be known. On a board where
 * everyone judged everything, the one voter without a ballot on an idea would be its author:
 * so whoever wrote an idea gets a number of their own for each of their ballots, and the
 * others keep one over all rounds. With fewer than URN_AUTHORS_MIN people to hide among,
 * every ballot has a number of its own. Numbers and the order of rows are drawn anew each
 * time, from chance that the caller uses once.
 */
#ifndef EXPORT_URN_H
#define EXPORT_URN_H

#include "base/hash.h"
#include "core/board.h"

enum {
    URN_AUTHORS_MIN = 10
};

struct urn_ballot {
    uint32_t person; /* given */
    uint32_t voter;  /* computed, from 1 */
    uint32_t idea;
    enum choice choice;
    uint32_t round; /* rows are given back in the order of their rounds */
};

/* init/finish on the caller's memory; zeroed is an empty one. */
struct urn {
    struct urn_ballot *rows; /* owned */
    size_t count;
    size_t room;
};

void urn_add(struct urn *urn, const struct urn_ballot *row);
void urn_finish(struct urn *urn);

/* Numbers the voters and shuffles the rows. The board says who wrote an idea. */
void urn_draw(struct urn *urn, const struct board *board, const struct digest *seed);

#endif
