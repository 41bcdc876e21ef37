#include "core/ranking.h"

#include <stdlib.h>

__extension__ typedef __int128 wide;

enum {
    PRIOR_AGREE = 5,
    PRIOR_JUDGED = 10,
    Z2 = 38414588, /* z² · 10^7 */
    Z2_UNIT = 10000000,
    TEN_THOUSAND = 10000
};

static wide sum_agree(struct pool pool)
{
    return (wide)pool.agree + PRIOR_AGREE;
}

static wide sum_judged(struct pool pool)
{
    return (wide)pool.judged + PRIOR_JUDGED;
}

/* X of p = X / ((n + k0)·SN). */
static wide support(struct pool pool, const struct tally *tally)
{
    return tally->agree * sum_judged(pool) + RANK_K0 * sum_agree(pool);
}

static wide weight(const struct tally *tally)
{
    return (wide)tally_judged(tally) + RANK_K0;
}

int rank_compare(struct pool pool, const struct ranked *a, const struct ranked *b)
{
    wide left = support(pool, &a->tally) * weight(&b->tally);
    wide right = support(pool, &b->tally) * weight(&a->tally);
    uint32_t judged_a = tally_judged(&a->tally);
    uint32_t judged_b = tally_judged(&b->tally);

    if (left != right) {
        return left > right ? -1 : 1;
    }
    if (judged_a != judged_b) {
        return judged_a > judged_b ? -1 : 1;
    }
    return a->idea == b->idea ? 0 : (a->idea < b->idea ? -1 : 1);
}

static void sift(struct pool pool, struct ranked *items, size_t root, size_t count)
{
    for (size_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
        if (child + 1 < count && rank_compare(pool, &items[child], &items[child + 1]) < 0) {
            child++;
        }
        if (rank_compare(pool, &items[root], &items[child]) >= 0) {
            return;
        }
        struct ranked moved = items[root];

        items[root] = items[child];
        items[child] = moved;
        root = child;
    }
}

/* Heapsort (Williams 1964): the order depends on the pool, which qsort cannot be given. */
void rank_sort(struct pool pool, struct ranked *items, size_t count)
{
    for (size_t i = count / 2; i > 0; i--) {
        sift(pool, items, i - 1, count);
    }
    for (size_t end = count; end > 1; end--) {
        struct ranked moved = items[0];

        items[0] = items[end - 1];
        items[end - 1] = moved;
        sift(pool, items, 0, end - 1);
    }
}

uint32_t rank_score(struct pool pool, const struct tally *tally)
{
    wide y = weight(tally) * sum_judged(pool);

    return (uint32_t)((2 * support(pool, tally) * PPM + y) / (2 * y));
}

/* The Wilson bound rounded to four decimals is at least k ten-thousandths. */
static int reaches(wide a, wide n, wide k)
{
    const wide q = (wide)2 * TEN_THOUSAND;
    wide c = 2 * k - 1;
    wide distance = a * q - n * c;

    return k == 0 ||
           (distance >= 0 && distance * distance * Z2_UNIT >= (wide)Z2 * n * c * (q - c));
}

static uint32_t lower_bound(uint32_t a, uint32_t n)
{
    uint32_t low = 0;
    uint32_t high = TEN_THOUSAND;

    while (low < high) {
        uint32_t middle = low + (high - low + 1) / 2;

        if (reaches(a, n, middle)) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

void rank_interval(uint32_t a, uint32_t n, uint32_t *low, uint32_t *high)
{
    *low = n ? lower_bound(a, n) : 0;
    *high = n ? TEN_THOUSAND - lower_bound(n - a, n) : TEN_THOUSAND;
}
