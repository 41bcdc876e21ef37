/*
 * selection — the published rule, applied: who goes on, why, and how certain the line is.
 *
 * Pure; over plain tallies, so that a live board, a replay and a public archive are given
 * the same answer by the same lines. Nothing is decided by floating point. Intervals are
 * Wilson's (1927) at 95 %; the score is that of core/ranking.h.
 */
#ifndef CORE_SELECTION_H
#define CORE_SELECTION_H

#include "core/ranking.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a closed round made of an idea. */
enum outcome {
    OUTCOME_NONE,
    OUTCOME_PROMOTED,
    OUTCOME_CARRIED_OVER, /* too few people judged it: it stays in */
    OUTCOME_ELIMINATED,
    OUTCOME_WINNER,
    OUTCOME_FINALIST,
    OUTCOME_EXCLUDED /* hidden when the round closed */
};

/* Why. */
enum ground {
    GROUND_NONE,
    GROUND_RANK,
    GROUND_SUPPORT,
    GROUND_QUOTA,
    GROUND_BELOW_CUT,
    GROUND_DISPLACED_BY_QUOTA,
    GROUND_TOO_FEW_JUDGES,
    GROUND_HIDDEN
};

/* One idea in the ranking. idea, theme and tally are given, the rest is computed. */
struct standing {
    uint32_t idea;
    uint32_t theme; /* 0: none */
    struct tally tally;
    uint32_t rank;  /* from 1 */
    uint32_t score; /* millionths; in a final the plain share A/n */
    uint32_t low;   /* 95 % interval of A/n, ten-thousandths */
    uint32_t high;
    bool enough;    /* judged by enough people */
    bool seated;    /* has a seat */
    bool uncertain; /* its interval straddles the line: more ballots could move it across */
    enum outcome outcome;
    enum ground ground;
};

/* The line between the last idea that went on and the first that did not. */
struct cut {
    bool drawn;
    uint32_t last_in;   /* idea; 0: none */
    uint32_t first_out; /* likewise */
    uint32_t ppm;
    uint32_t uncertain_in; /* ideas with a seat that straddle it */
    uint32_t uncertain_out;
};

/* init/finish on the caller's memory. Zeroed is an empty one. */
struct selection {
    struct standing *items; /* owned; best first */
    size_t count;
    size_t room;
    struct pool pool;
    bool limited; /* seats are: by top or share */
    uint32_t seats;
    struct cut cut;
    uint32_t quota_got[LIMIT_THEMES]; /* seated ideas of the theme of the rule's n-th quota */
};

void selection_finish(struct selection *selection);

/* Before it is run. An idea once only. */
void selection_add(struct selection *selection, uint32_t idea, uint32_t theme,
                   const struct tally *tally);

/* Sums the pool, ranks, scores; rule->keep decides outcomes (KEEP_ALL: none). k0 1..65535. */
void selection_run(struct selection *selection, const struct rule *rule, uint32_t k0);

/* Half way between the scores of the places-th and the next idea of a selection that was
   run; false: there is no next one, or places is 0. */
bool selection_line(const struct selection *selection, uint64_t places, uint32_t *ppm);

/* How many more ballots would probably settle the uncertain ideas of a selection that was run:
   for each, until its interval leaves the line at its present share; at most
   SELECTION_SETTLE_MAX an idea, which one right on the line would never reach. */
uint64_t selection_ballots_to_settle(const struct selection *selection);

enum {
    SELECTION_SETTLE_MAX = 100000
};

#endif
