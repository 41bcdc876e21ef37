/*
 * ranking — scores and their order, exactly: no floating point decides anything.
 *
 * Pure. The score of an idea is its share of support shrunk toward the mean of the
 * round, p = (A + k0·m) / (n + k0) with m = (ΣA + 5) / (Σn + 10): a Beta prior of
 * weight k0 (Gelman et al., Bayesian Data Analysis, 3rd ed., 2.4). Counts are at most
 * 2^31 - 1, so that every product fits in a signed 128-bit word.
 */
#ifndef CORE_RANKING_H
#define CORE_RANKING_H

#include "core/tally.h"

#include <stddef.h>
#include <stdint.h>

enum {
    RANK_K0 = 6,
    PPM = 1000000
};

/* What a round's ideas have together, without the prior's +5 and +10. */
struct pool {
    uint64_t agree;
    uint64_t judged;
};

/* One idea to be ranked. */
struct ranked {
    uint32_t idea;
    struct tally tally;
};

/* The k0 of a board is RANK_K0; the published cases have others, of 1..65535. */

/* Below 0 when a ranks before b: score, then number of judges, then lower number. */
int rank_compare(struct pool pool, uint32_t k0, const struct ranked *a, const struct ranked *b);
void rank_sort(struct pool pool, struct ranked *items, size_t count);

/* In millionths, rounded half up. */
uint32_t rank_score(struct pool pool, uint32_t k0, const struct tally *tally);

/* 95 % Wilson interval of a out of n, in ten-thousandths (Wilson 1927, z² = 3.8414588). */
void rank_interval(uint32_t a, uint32_t n, uint32_t *low, uint32_t *high);

#endif
