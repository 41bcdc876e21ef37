/*
 * participation — who takes part in a board, and how evenly: what its lead steers by.
 *
 * Pure; counts only, never a direction, so that it can be told while scores are closed. One
 * walk over ideas and people. Who came and only read is not in the fold, and so not in here.
 *
 * A declared group of fewer people than PARTICIPATION_GROUP_MIN is not told by itself: its
 * people are in `rest`, with those who declared nothing, so that no few can be told apart.
 */
#ifndef CORE_PARTICIPATION_H
#define CORE_PARTICIPATION_H

#include "core/board.h"

enum {
    PARTICIPATION_GROUP_MIN = 30,
    PARTICIPATION_ENOUGH = 5,   /* ideas judged: more than a look */
    PARTICIPATION_JUDGES = 1023 /* so many and more judges of an idea are told as one */
};

/* People, and the ballots of theirs that stand. */
struct share_of {
    uint32_t people;
    uint64_t ballots;
};

struct theme_share {
    uint32_t ideas; /* shown */
    uint64_t ballots;
    uint32_t candidates; /* of the present round */
    uint32_t lacking;    /* of them, judged by fewer than the rule asks for */
};

/* How many people judged a candidate of the present round. */
struct exposure {
    uint32_t candidates;
    uint32_t least;
    uint32_t quarter; /* a quarter of them have at most so many */
    uint32_t middle;
    uint32_t three_quarters;
    uint32_t most;
    uint32_t wanted;  /* by the rule */
    uint32_t lacking; /* candidates that have fewer */
};

struct participation {
    uint32_t people; /* with an act */
    uint32_t ideas;  /* shown */
    uint64_t ballots;
    struct exposure exposure;
    struct theme_share themes[LIMIT_THEMES + 1]; /* 0: of none */
    struct share_of groups[LIMIT_GROUPS];        /* zero: too few to be told */
    struct share_of rest;                        /* who is in none of those */
    struct share_of by_assurance[ASSURANCE_PROXY + 1];
    /* each is part of the one before */
    uint32_t judged;         /* people who have judged an idea */
    uint32_t enough;         /* at least PARTICIPATION_ENOUGH */
    uint32_t finished;       /* of those: they say that they have finished a round */
    struct share_of busiest; /* the busiest hundredth of those who judged, at least one */
};

void participation_count(const struct board *board, struct participation *out);

#endif
