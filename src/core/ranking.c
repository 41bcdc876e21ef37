#include "core/ranking.h"

#include "core/exact.h"

#include <stdbool.h>
#include <stdlib.h>

enum {
    TEN_THOUSAND = 10000
};

int rank_compare(struct pool pool, uint32_t k0, const struct ranked *a, const struct ranked *b)
{
    struct exact left = exact_of(pool, k0, a);
    struct exact right = exact_of(pool, k0, b);

    return exact_compare(&left, &right);
}

static void sift(struct pool pool, struct ranked *items, size_t root, size_t count)
{
    for (size_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
        if (child + 1 < count &&
            rank_compare(pool, RANK_K0, &items[child], &items[child + 1]) < 0) {
            child++;
        }
        if (rank_compare(pool, RANK_K0, &items[root], &items[child]) >= 0) {
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

uint32_t rank_score(struct pool pool, uint32_t k0, const struct tally *tally)
{
    struct exact exact = exact_of(pool, k0, &(struct ranked){.tally = *tally});

    return exact_score(&exact);
}

/* The Wilson bound rounded to four decimals is at least k ten-thousandths. */
static bool reaches(int64_t a, int64_t n, int64_t k)
{
    const int64_t q = INT64_C(2) * TEN_THOUSAND;
    int64_t c = 2 * k - 1;
    int64_t spread = c * (q - c);
    int64_t distance = a * q - n * c;

    return k == 0 ||
           (distance >= 0 && (wide)distance * distance * Z2_UNIT >= (wide)(Z2 * n) * spread);
}

/* The bound is (2a + z² - sqrt(z²·(4ab/n + z²))) / 2(n + z²), b = n - a: here in binary
   fractions, under the root in coarser ones, which is near enough to begin from. */
static int64_t near_lower_bound(uint64_t a, uint64_t n)
{
    const uint64_t fine = 1 << 13;
    const uint64_t coarse = 1 << 8;
    const uint64_t z2 = Z2 * fine / Z2_UNIT;
    uint64_t spread = 4 * a * (n - a);
    uint64_t inner = spread / n * coarse + spread % n * coarse / n + Z2 * coarse / Z2_UNIT;
    uint64_t root = exact_root(inner * (Z2 * (fine * fine / coarse) / Z2_UNIT));
    uint64_t above = 2 * a * fine + z2;
    uint64_t below = n * fine + z2;

    return above > root ? (int64_t)(((above - root) * (TEN_THOUSAND / 2) + below / 2) / below)
                        : 0;
}

static uint32_t lower_bound(uint32_t a, uint32_t n)
{
    int64_t k = near_lower_bound(a, n);

    while (k > 0 && !reaches(a, n, k)) {
        k--;
    }
    while (k < TEN_THOUSAND && reaches(a, n, k + 1)) {
        k++;
    }
    return (uint32_t)k;
}

void rank_interval(uint32_t a, uint32_t n, uint32_t *low, uint32_t *high)
{
    *low = n ? lower_bound(a, n) : 0;
    *high = n ? TEN_THOUSAND - lower_bound(n - a, n) : TEN_THOUSAND;
}
