#include "core/exact.h"

enum {
    PRIOR_AGREE = 5,
    PRIOR_JUDGED = 10,
    DIGITS = 40
};

struct exact exact_of(struct pool pool, uint32_t k0, const struct ranked *item)
{
    wide agree = (wide)pool.agree + PRIOR_AGREE;
    wide judged = (wide)pool.judged + PRIOR_JUDGED;
    uint32_t n = tally_judged(&item->tally);

    return (struct exact){
        .x = item->tally.agree * judged + k0 * agree,
        .y = ((wide)n + k0) * judged,
        .weight = n + k0,
        .judged = n,
        .idea = item->idea,
    };
}

int exact_compare(const struct exact *a, const struct exact *b)
{
    wide left = a->x * b->weight;
    wide right = b->x * a->weight;

    if (left != right) {
        return left > right ? -1 : 1;
    }
    if (a->judged != b->judged) {
        return a->judged > b->judged ? -1 : 1;
    }
    return a->idea == b->idea ? 0 : (a->idea < b->idea ? -1 : 1);
}

void exact_add_digits(struct exact *exact)
{
    exact->digits = (uint64_t)((exact->x << DIGITS) / exact->y);
}

uint32_t exact_score(const struct exact *exact)
{
    return (uint32_t)((2 * exact->x * PPM + exact->y) / (2 * exact->y));
}

bool exact_is_at_least(const struct exact *exact, uint32_t ppm)
{
    return exact->x * PPM >= ppm * exact->y;
}

/* Digit by digit in base 4, as on paper. */
uint32_t exact_root(uint64_t n)
{
    uint64_t root = 0;
    uint64_t bit = UINT64_C(1) << 62;

    while (bit > n) {
        bit >>= 2;
    }
    for (; bit; bit >>= 2) {
        uint64_t trial = root + bit;

        root >>= 1;
        if (n >= trial) {
            n -= trial;
            root += bit;
        }
    }
    return (uint32_t)root;
}
