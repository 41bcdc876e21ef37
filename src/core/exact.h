/*
 * exact — the integers that rankings and selections are decided by.
 *
 * Pure. Counts are at most 2^31 - 1, k0 at most 65535 and a round has at most 2^20 ideas:
 * then x and y are below 2^84, and no product below leaves a signed 128-bit word.
 */
#ifndef CORE_EXACT_H
#define CORE_EXACT_H

#include "core/ranking.h"

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef __int128 wide;

enum {
    Z2 = 38414588, /* z² of a 95 % interval, in units of 1/Z2_UNIT */
    Z2_UNIT = 10000000
};

/* The score of one idea as a fraction: p = x / y. */
struct exact {
    wide x;          /* A·SN + k0·SA */
    wide y;          /* (n + k0)·SN */
    uint64_t digits; /* the first 40 binary digits of p, where exact_add_digits put them */
    uint32_t weight; /* n + k0 */
    uint32_t judged;
    uint32_t idea;
};

struct exact exact_of(struct pool pool, uint32_t k0, const struct ranked *item);

/* Below 0 when a ranks before b; both of one pool and k0. */
int exact_compare(const struct exact *a, const struct exact *b);

/* A division once, so that most of the comparisons of a sort need no long product:
   different digits decide alone. */
void exact_add_digits(struct exact *exact);

uint32_t exact_score(const struct exact *exact); /* millionths, rounded half up */
bool exact_is_at_least(const struct exact *exact, uint32_t ppm);

/* The largest r with r² <= n. */
uint32_t exact_root(uint64_t n);

#endif
