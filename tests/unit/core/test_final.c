/* Goal: in a final plain share decides, the winner's majority is put to three tests, and how
   sure the first place is comes out the same for the same seed. */
#include "core/final.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    MOST = 2147483647
};

static const struct final_tests usual = {FINAL_GROUP_MIN, FINAL_TRIM_PPM};

static void add(struct selection *selection, uint32_t idea, struct tally tally)
{
    selection_add(selection, idea, 0, &tally);
}

static void the_higher_share_wins_then_more_judges_then_the_lower_number(void **state)
{
    (void)state;
    struct selection s = {0};

    add(&s, 5, (struct tally){5, 5, 0});
    add(&s, 4, (struct tally){5, 5, 0});
    add(&s, 3, (struct tally){10, 5, 5});
    add(&s, 2, (struct tally){1, 0, 0}); /* judged by too few */
    add(&s, 1, (struct tally){3, 1, 1});
    final_rank(&s, 5);
    for (size_t i = 0; i < s.count; i++) {
        static const uint32_t order[] = {1, 3, 4, 5, 2};

        assert_int_equal(s.items[i].idea, order[i]);
        assert_int_equal(s.items[i].rank, i + 1);
        assert_int_equal(s.items[i].enough, i < 4);
        assert_int_equal(s.items[i].outcome, i ? OUTCOME_FINALIST : OUTCOME_WINNER);
    }
    assert_int_equal(s.items[0].score, 600000);
    assert_int_equal(s.items[1].low, 2993);
    assert_int_equal(s.items[1].high, 7007);
    selection_finish(&s);
}

static void nobody_wins_whom_nobody_judged(void **state)
{
    (void)state;
    struct selection s = {0};
    struct verdict verdict;
    uint32_t first[2] = {7, 7};

    final_rank(&s, 0);
    final_verdict(&s, NULL, 0, &usual, &verdict);
    assert_int_equal(verdict.winner, 0);
    add(&s, 2, (struct tally){0, 0, 0});
    add(&s, 1, (struct tally){0, 0, 0});
    final_rank(&s, 0);
    assert_int_equal(s.items[0].idea, 1);
    assert_int_equal(s.items[0].outcome, OUTCOME_FINALIST);
    assert_int_equal(s.items[0].score, 0);
    final_verdict(&s, NULL, 0, &usual, &verdict);
    assert_int_equal(verdict.winner, 0);
    assert_false(verdict.robust);
    assert_int_equal(final_stability(&s, 1, 100, first), 0);
    assert_int_equal(first[0] + first[1], 0);
    selection_finish(&s);
}

static struct verdict verdict_on(struct tally tally, const struct group_tally *groups,
                                 size_t count)
{
    struct selection s = {0};
    struct verdict verdict;

    add(&s, 9, tally);
    final_rank(&s, 1);
    final_verdict(&s, groups, count, &usual, &verdict);
    selection_finish(&s);
    return verdict;
}

static void a_clear_majority_everywhere_is_robust(void **state)
{
    (void)state;
    static const struct group_tally groups[] = {{1, 40, 60}, {2, 16, 30}, {3, 0, 29}};
    struct verdict verdict = verdict_on((struct tally){75, 25, 0}, groups, 3);

    assert_int_equal(verdict.winner, 9);
    assert_true(verdict.robust);
    assert_int_equal(verdict.interval, TEST_PASSED);
    assert_int_equal(verdict.groups, TEST_PASSED); /* the third is too small to be asked */
    assert_int_equal(verdict.trim, TEST_PASSED);
    assert_int_equal(verdict.trimmed, 4); /* 3.75, upwards */
}

static void one_group_against_it_is_enough_to_fail(void **state)
{
    (void)state;
    static const struct group_tally groups[] = {{1, 60, 60}, {2, 15, 30}};
    struct verdict verdict = verdict_on((struct tally){75, 25, 0}, groups, 2);

    assert_int_equal(verdict.groups, TEST_FAILED);
    assert_false(verdict.robust);
    assert_true(final_group_has_majority(&groups[0]));
    assert_false(final_group_has_majority(&groups[1])); /* half is none */
    assert_true(final_group_is_tested(&groups[1], 30));
    assert_false(final_group_is_tested(&groups[1], 31));
}

static void a_narrow_majority_fails_where_it_could_be_chance(void **state)
{
    (void)state;
    /* of 100, 59 is within the interval of a half and 60 is not */
    assert_int_equal(verdict_on((struct tally){59, 41, 0}, NULL, 0).interval, TEST_FAILED);
    assert_int_equal(verdict_on((struct tally){60, 40, 0}, NULL, 0).interval, TEST_PASSED);
    assert_int_equal(verdict_on((struct tally){20, 80, 0}, NULL, 0).interval, TEST_FAILED);
    assert_int_equal(verdict_on((struct tally){50, 50, 0}, NULL, 0).interval, TEST_FAILED);
    assert_int_equal(verdict_on((struct tally){60, 40, 0}, NULL, 0).groups, TEST_SKIPPED);
    /* 51 - 3 of 100 - 3 is no majority */
    assert_int_equal(verdict_on((struct tally){51, 49, 0}, NULL, 0).trim, TEST_FAILED);
    assert_int_equal(verdict_on((struct tally){MOST, 0, 0}, NULL, 0).trim, TEST_PASSED);
    assert_int_equal(verdict_on((struct tally){MOST, 0, 0}, NULL, 0).interval, TEST_PASSED);
}

/* The counts of the published case, which were computed apart from this program. */
static void stability_is_that_of_the_published_stream(void **state)
{
    (void)state;
    struct selection s = {0};
    uint32_t first[2];

    add(&s, 1, (struct tally){20, 80, 0});
    add(&s, 2, (struct tally){10, 90, 0});
    final_rank(&s, 1);
    assert_int_equal(final_stability(&s, FINAL_SEED, FINAL_RESAMPLES, first), 2000);
    assert_int_equal(first[0], 1958);
    assert_int_equal(first[1], 42);
    selection_finish(&s);
}

/* Computed apart from this program: two ideas drawn by sums, one ballot by ballot. */
static void many_ballots_are_drawn_at_once(void **state)
{
    (void)state;
    static const uint32_t expected[] = {771, 696, 533};
    struct selection s = {0};
    uint32_t first[3];

    add(&s, 1, (struct tally){151, 149, 0});
    add(&s, 2, (struct tally){150, 150, 0});
    add(&s, 3, (struct tally){130, 126, 0});
    final_rank(&s, 1);
    assert_int_equal(final_stability(&s, 5, 2000, first), 2000);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(first[i], expected[i]);
    }
    selection_finish(&s);
}

static void every_resample_has_one_first(void **state)
{
    (void)state;
    struct selection s = {0};
    uint32_t first[6];
    uint32_t again[6];

    add(&s, 6, (struct tally){128, 128, 0}); /* drawn ballot by ballot */
    add(&s, 1, (struct tally){129, 128, 0}); /* the first that isn't */
    add(&s, 3, (struct tally){5000, 4990, 10});
    add(&s, 2, (struct tally){MOST / 2, MOST / 2, 0});
    add(&s, 4, (struct tally){0, 300, 0}); /* cannot come first */
    add(&s, 5, (struct tally){2, 0, 0});   /* judged by too few */
    final_rank(&s, 100);
    assert_int_equal(final_stability(&s, UINT64_MAX, 500, first), 500);
    assert_int_equal(final_stability(&s, UINT64_MAX, 500, again), 500);
    uint32_t sum = 0;

    for (size_t i = 0; i < s.count; i++) {
        assert_int_equal(first[i], again[i]);
        assert_true(first[i] == 0 || s.items[i].enough);
        assert_true(first[i] == 0 || s.items[i].tally.agree > 0);
        sum += first[i];
    }
    assert_int_equal(sum, 500);
    assert_int_equal(final_stability(&s, 1, 0, first), 0);
    assert_int_equal(first[0], 0);
    selection_finish(&s);
}

/* Where all agree there is nothing to draw; the sum of draws must not leave 0..n. */
static void draws_stay_within_the_ballots(void **state)
{
    (void)state;
    struct selection s = {0};
    uint32_t first[2];

    add(&s, 1, (struct tally){1000, 0, 0});
    add(&s, 2, (struct tally){999, 1, 0});
    final_rank(&s, 1);
    final_stability(&s, 3, 400, first);
    assert_int_equal(first[0], 400); /* an equal share of equally many: the lower number */
    selection_finish(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_higher_share_wins_then_more_judges_then_the_lower_number),
        cmocka_unit_test(nobody_wins_whom_nobody_judged),
        cmocka_unit_test(a_clear_majority_everywhere_is_robust),
        cmocka_unit_test(one_group_against_it_is_enough_to_fail),
        cmocka_unit_test(a_narrow_majority_fails_where_it_could_be_chance),
        cmocka_unit_test(stability_is_that_of_the_published_stream),
        cmocka_unit_test(many_ballots_are_drawn_at_once),
        cmocka_unit_test(every_resample_has_one_first),
        cmocka_unit_test(draws_stay_within_the_ballots),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
