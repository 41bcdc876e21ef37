/* Goal: scores, orders and intervals are exactly those of the published arithmetic, whatever
   the size of the counts. */
#include "core/ranking.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum {
    MOST = 2147483647 /* of any count */
};

/* Computed apart from this program, with integers of any size. */
static void scores_are_shares_drawn_to_the_mean(void **state)
{
    (void)state;
    static const struct {
        struct pool pool;
        struct tally tally;
        uint32_t score;
    } cases[] = {
        {{0, 0}, {0, 0, 0}, 500000},
        {{10, 10}, {10, 0, 0}, 906250},
        {{0, 10}, {0, 10, 0}, 93750},
        {{0, 10}, {0, 0, 10}, 93750}, /* no opinion counts against */
        {{1, 3}, {1, 0, 1}, 471154},
        {{328, 504}, {3, 1, 0}, 688716},
        {{MOST * UINT64_C(1000), MOST * UINT64_C(1001)}, {MOST, 0, 0}, 1000000},
        {{MOST * UINT64_C(1048576), MOST * UINT64_C(1048576)}, {0, MOST, 0}, 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(rank_score(cases[i].pool, RANK_K0, &cases[i].tally), cases[i].score);
    }
}

static void intervals_are_wilsons(void **state)
{
    (void)state;
    static const uint32_t cases[][4] = {
        /* of, agree, low, high */
        {0, 0, 0, 10000},           {1, 0, 0, 7935},
        {1, 1, 2065, 10000},        {3, 1, 615, 7923},
        {9, 7, 4526, 9368},         {10, 5, 2366, 7634},
        {100, 50, 4038, 5962},      {MOST, 0, 0, 0},
        {MOST, MOST, 10000, 10000}, {MOST, 1073741823, 5000, 5000},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t low = 77;
        uint32_t high = 77;

        rank_interval(cases[i][1], cases[i][0], &low, &high);
        assert_int_equal(low, cases[i][2]);
        assert_int_equal(high, cases[i][3]);
    }
}

static void equal_scores_go_by_judges_then_by_number(void **state)
{
    (void)state;
    const struct pool half = {80, 160};
    const struct ranked few = {1, {5, 5, 0}};
    const struct ranked many = {2, {50, 50, 0}};
    const struct ranked same = {3, {50, 0, 50}};
    const struct ranked better = {9, {6, 4, 0}};

    assert_true(rank_compare(half, RANK_K0, &many, &few) < 0);
    assert_true(rank_compare(half, RANK_K0, &few, &many) > 0);
    assert_true(rank_compare(half, RANK_K0, &many, &same) < 0);
    assert_true(rank_compare(half, RANK_K0, &same, &many) > 0);
    assert_true(rank_compare(half, RANK_K0, &better, &many) < 0);
    assert_true(rank_compare(half, RANK_K0, &many, &better) > 0);
    assert_int_equal(rank_compare(half, RANK_K0, &many, &many), 0);
}

/* Two shares that differ by less than a double can tell. */
static void tells_apart_what_floating_point_cannot(void **state)
{
    (void)state;
    const struct pool pool = {MOST * UINT64_C(2), MOST * UINT64_C(4)};
    const struct ranked a = {2, {1073741823, 1073741823, 0}};
    const struct ranked b = {1, {1073741823, 1073741824, 0}};

    assert_true(rank_compare(pool, RANK_K0, &a, &b) < 0);
    assert_int_equal(rank_score(pool, RANK_K0, &a.tally), rank_score(pool, RANK_K0, &b.tally));
}

static void sorts_any_order_alike(void **state)
{
    (void)state;
    enum {
        COUNT = 300
    };
    struct ranked sorted[COUNT];
    struct ranked shuffled[COUNT];
    const struct pool pool = {1000, 2100};

    for (uint32_t i = 0; i < COUNT; i++) {
        sorted[i] = (struct ranked){i + 1, {i % 7, i % 5, i % 3}};
    }
    rank_sort(pool, sorted, COUNT);
    for (size_t i = 1; i < COUNT; i++) {
        assert_true(rank_compare(pool, RANK_K0, &sorted[i - 1], &sorted[i]) < 0);
    }
    for (uint32_t seed = 1; seed <= 20; seed++) {
        memcpy(shuffled, sorted, sizeof sorted);
        for (size_t i = COUNT - 1; i > 0; i--) {
            size_t k = (size_t)(hash_mix(seed * UINT64_C(1000) + i) % (i + 1));
            struct ranked moved = shuffled[i];

            shuffled[i] = shuffled[k];
            shuffled[k] = moved;
        }
        rank_sort(pool, shuffled, COUNT);
        assert_memory_equal(shuffled, sorted, sizeof sorted);
    }
}

static void sorts_nothing_and_one(void **state)
{
    (void)state;
    struct ranked one = {1, {2, 3, 4}};

    rank_sort((struct pool){0, 0}, NULL, 0);
    rank_sort((struct pool){0, 0}, &one, 1);
    assert_int_equal(one.idea, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_are_shares_drawn_to_the_mean),
        cmocka_unit_test(intervals_are_wilsons),
        cmocka_unit_test(equal_scores_go_by_judges_then_by_number),
        cmocka_unit_test(tells_apart_what_floating_point_cannot),
        cmocka_unit_test(sorts_any_order_alike),
        cmocka_unit_test(sorts_nothing_and_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
