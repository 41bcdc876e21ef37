/* Goal: a published rule decides who goes on and why, exactly, whatever order ideas came in;
   and the line it draws is called uncertain where it is. */
#include "core/selection.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/mem.h"

enum {
    MOST = 2147483647,
    WATER = 1,
    ENERGY = 2
};

struct given {
    uint32_t idea;
    uint32_t theme;
    struct tally tally;
};

/* Six ideas of two themes, best first; the sixth was judged by few. */
static const struct given town[] = {
    {1, WATER, {90, 10, 0}},  {2, WATER, {85, 15, 0}},  {3, WATER, {80, 20, 0}},
    {4, ENERGY, {40, 60, 0}}, {5, ENERGY, {30, 70, 0}}, {6, 0, {3, 1, 0}},
};

enum {
    TOWN = sizeof town / sizeof *town
};

static void select_town(struct selection *out, const struct rule *rule)
{
    *out = (struct selection){0};
    for (size_t i = 0; i < TOWN; i++) {
        selection_add(out, town[i].idea, town[i].theme, &town[i].tally);
    }
    selection_run(out, rule, RANK_K0);
}

static const struct standing *standing_of(const struct selection *selection, uint32_t idea)
{
    for (size_t i = 0; i < selection->count; i++) {
        if (selection->items[i].idea == idea) {
            return &selection->items[i];
        }
    }
    fail_msg("no idea %u", idea);
    return NULL;
}

static void expect(const struct selection *selection, uint32_t idea, enum outcome outcome,
                   enum ground ground)
{
    assert_int_equal(standing_of(selection, idea)->outcome, outcome);
    assert_int_equal(standing_of(selection, idea)->ground, ground);
}

static void the_best_with_enough_judges_go_on(void **state)
{
    (void)state;
    struct rule rule = {.keep = KEEP_TOP, .top = 2, .min_judges = 10, .carry_over = true};
    struct selection s;

    select_town(&s, &rule);
    expect(&s, 1, OUTCOME_PROMOTED, GROUND_RANK);
    expect(&s, 2, OUTCOME_PROMOTED, GROUND_RANK);
    expect(&s, 3, OUTCOME_ELIMINATED, GROUND_BELOW_CUT);
    expect(&s, 6, OUTCOME_CARRIED_OVER, GROUND_TOO_FEW_JUDGES);
    assert_int_equal(standing_of(&s, 6)->rank, 4);
    assert_false(standing_of(&s, 6)->enough);
    assert_true(s.limited);
    assert_int_equal(s.seats, 2);
    assert_int_equal(s.pool.agree, 328);
    assert_int_equal(s.pool.judged, 504);
    assert_true(s.cut.drawn);
    assert_int_equal(s.cut.last_in, 2);
    assert_int_equal(s.cut.first_out, 3);
    assert_int_equal(s.cut.ppm, 814973);
    assert_int_equal(s.cut.uncertain_in, 1);
    assert_int_equal(s.cut.uncertain_out, 1);
    assert_true(standing_of(&s, 2)->uncertain);
    assert_true(standing_of(&s, 3)->uncertain);
    selection_finish(&s);
}

static void too_few_judges_end_an_idea_where_nothing_is_carried_over(void **state)
{
    (void)state;
    struct rule rule = {.keep = KEEP_TOP, .top = 6, .min_judges = 10};
    struct selection s;

    select_town(&s, &rule);
    expect(&s, 6, OUTCOME_ELIMINATED, GROUND_TOO_FEW_JUDGES);
    assert_false(s.cut.drawn); /* nobody able is left out */
    assert_int_equal(s.cut.first_out, 0);
    assert_int_equal(s.cut.last_in, 5);
    selection_finish(&s);
}

static void a_quota_takes_seats_first(void **state)
{
    (void)state;
    struct rule rule = {.keep = KEEP_TOP,
                        .top = 3,
                        .min_judges = 10,
                        .carry_over = true,
                        .quotas = {{ENERGY, 1}, {WATER, 1}},
                        .quotas_count = 2};
    struct selection s;

    select_town(&s, &rule);
    expect(&s, 2, OUTCOME_PROMOTED, GROUND_RANK);
    expect(&s, 3, OUTCOME_ELIMINATED, GROUND_DISPLACED_BY_QUOTA);
    expect(&s, 4, OUTCOME_PROMOTED, GROUND_QUOTA);
    expect(&s, 5, OUTCOME_ELIMINATED, GROUND_BELOW_CUT);
    assert_int_equal(s.quota_got[0], 1);
    assert_int_equal(s.quota_got[1], 2);
    selection_finish(&s);
}

/* Also when without any quota it would have had a seat. */
static void who_ranks_after_one_left_out_is_in_by_quota(void **state)
{
    (void)state;
    struct rule rule = {.keep = KEEP_TOP,
                        .top = 4,
                        .min_judges = 10,
                        .quotas = {{ENERGY, 2}},
                        .quotas_count = 1};
    struct selection s;

    select_town(&s, &rule);
    expect(&s, 2, OUTCOME_PROMOTED, GROUND_RANK);
    expect(&s, 3, OUTCOME_ELIMINATED, GROUND_DISPLACED_BY_QUOTA);
    expect(&s, 4, OUTCOME_PROMOTED, GROUND_QUOTA); /* among the best four */
    expect(&s, 5, OUTCOME_PROMOTED, GROUND_QUOTA);
    assert_int_equal(s.cut.last_in, 2);
    assert_int_equal(s.cut.first_out, 3);
    selection_finish(&s);
}

static void quotas_share_the_seats_there_are_in_their_order(void **state)
{
    (void)state;
    struct rule rule = {
        .keep = KEEP_TOP, .top = 2, .quotas = {{ENERGY, 2}, {WATER, 2}}, .quotas_count = 2};
    struct selection s;

    select_town(&s, &rule);
    expect(&s, 1, OUTCOME_ELIMINATED, GROUND_DISPLACED_BY_QUOTA);
    expect(&s, 4, OUTCOME_PROMOTED, GROUND_QUOTA);
    expect(&s, 5, OUTCOME_PROMOTED, GROUND_QUOTA);
    assert_int_equal(s.quota_got[0], 2);
    assert_int_equal(s.quota_got[1], 0);
    assert_false(s.cut.drawn); /* nobody came in by rank */
    selection_finish(&s);
}

static void a_share_is_rounded_half_up_and_is_at_least_one(void **state)
{
    (void)state;
    struct rule rule = {.keep = KEEP_SHARE, .ppm = 250000}; /* of six: one and a half */
    struct selection s;

    select_town(&s, &rule);
    assert_int_equal(s.seats, 2);
    selection_finish(&s);
    rule.ppm = 249999;
    select_town(&s, &rule);
    assert_int_equal(s.seats, 1);
    selection_finish(&s);
    rule.ppm = 0;
    select_town(&s, &rule);
    assert_int_equal(s.seats, 1);
    selection_finish(&s);
}

static void support_is_compared_with_the_line_itself(void **state)
{
    (void)state;
    struct rule rule = {.keep = KEEP_AT_LEAST, .ppm = 500000};
    struct selection s = {0};

    selection_add(&s, 1, 0, &(struct tally){5, 5, 0});
    selection_add(&s, 2, 0, &(struct tally){50, 50, 0});
    selection_add(&s, 3, 0, &(struct tally){0, 0, 0});
    selection_run(&s, &rule, 10);
    for (uint32_t idea = 1; idea <= 3; idea++) {
        expect(&s, idea, OUTCOME_PROMOTED, GROUND_SUPPORT); /* half is enough, exactly */
    }
    assert_false(s.limited);
    assert_true(s.cut.drawn);
    assert_int_equal(s.cut.ppm, 500000);
    assert_int_equal(s.cut.last_in, 3);
    rule.ppm = 500001;
    rule.quotas[0] = (struct quota){.theme = 0, .at_least = 0};
    selection_run(&s, &rule, 10); /* again, with another rule */
    expect(&s, 2, OUTCOME_ELIMINATED, GROUND_BELOW_CUT);
    assert_int_equal(s.cut.last_in, 0);
    assert_int_equal(s.cut.first_out, 2);
    selection_finish(&s);
}

static void a_quota_brings_in_what_is_below_the_line(void **state)
{
    (void)state;
    struct rule rule = {
        .keep = KEEP_AT_LEAST, .ppm = 700000, .quotas = {{ENERGY, 5}}, .quotas_count = 1};
    struct selection s;

    select_town(&s, &rule);
    expect(&s, 3, OUTCOME_PROMOTED, GROUND_SUPPORT);
    expect(&s, 4, OUTCOME_PROMOTED, GROUND_QUOTA);
    expect(&s, 6, OUTCOME_ELIMINATED, GROUND_BELOW_CUT);
    assert_int_equal(s.quota_got[0], 2);
    selection_finish(&s);
}

static void without_a_rule_ideas_are_only_ranked(void **state)
{
    (void)state;
    struct rule rule = {.keep = KEEP_ALL};
    struct selection s;

    select_town(&s, &rule);
    assert_int_equal(s.items[0].idea, 1);
    assert_int_equal(s.items[0].score, 885728);
    assert_int_equal(s.items[0].low, 8256);
    assert_int_equal(s.items[0].high, 9448);
    expect(&s, 1, OUTCOME_NONE, GROUND_NONE);
    assert_false(s.cut.drawn);
    selection_finish(&s);
}

static void the_line_lies_half_way(void **state)
{
    (void)state;
    struct rule rule = {.keep = KEEP_ALL};
    struct selection s;
    uint32_t ppm = 0;

    select_town(&s, &rule);
    assert_true(selection_line(&s, 2, &ppm));
    assert_int_equal(ppm, (838558 + 791388) / 2);
    assert_false(selection_line(&s, 0, &ppm));
    assert_false(selection_line(&s, TOWN, &ppm));
    assert_false(selection_line(&s, UINT64_MAX, &ppm));
    selection_finish(&s);
}

static void nothing_is_selected_of_nothing(void **state)
{
    (void)state;
    struct rule rule = {.keep = KEEP_SHARE, .ppm = 200000};
    struct selection s = {0};

    selection_run(&s, &rule, RANK_K0);
    assert_int_equal(s.count, 0);
    assert_int_equal(s.seats, 1);
    assert_false(s.cut.drawn);
    selection_finish(&s);
}

static void the_largest_counts_are_exact(void **state)
{
    (void)state;
    struct rule rule = {.keep = KEEP_AT_LEAST, .ppm = 999999};
    struct selection s = {0};

    selection_add(&s, 1, 0, &(struct tally){MOST, 0, 0});
    selection_add(&s, 2, 0, &(struct tally){MOST - 1, 1, 0});
    selection_add(&s, 3, 0, &(struct tally){0, MOST, 0});
    selection_run(&s, &rule, 65535);
    assert_int_equal(s.items[0].idea, 1);
    assert_int_equal(s.items[1].idea, 2);
    assert_int_equal(s.items[2].idea, 3);
    assert_false(s.items[0].uncertain);
    assert_int_equal(s.items[2].high, 0);
    selection_finish(&s);
}

static void the_order_of_adding_decides_nothing(void **state)
{
    (void)state;
    enum {
        COUNT = 300
    };
    struct rule rule = {.keep = KEEP_SHARE,
                        .ppm = 300000,
                        .min_judges = 3,
                        .quotas = {{1, 30}, {2, 40}},
                        .quotas_count = 2};
    struct selection forward = {0};
    struct selection backward = {0};

    for (uint32_t i = 0; i < COUNT; i++) {
        for (int way = 0; way < 2; way++) {
            uint32_t idea = way ? COUNT - i : i + 1;
            uint32_t chance = (uint32_t)hash_mix(idea);
            struct tally tally = {chance % 5, (chance >> 8) % 5, (chance >> 16) % 2};

            selection_add(way ? &backward : &forward, idea, (chance >> 24) % 3, &tally);
        }
    }
    selection_run(&forward, &rule, RANK_K0);
    selection_run(&backward, &rule, RANK_K0);
    assert_memory_equal(forward.items, backward.items, COUNT * sizeof *forward.items);
    assert_memory_equal(&forward.cut, &backward.cut, sizeof forward.cut);
    for (size_t i = 1; i < COUNT; i++) {
        assert_true(forward.items[i - 1].score >= forward.items[i].score);
    }
    assert_int_equal(forward.seats, 90);
    assert_true(forward.quota_got[0] >= 30 && forward.quota_got[1] >= 40);
    selection_finish(&forward);
    selection_finish(&backward);
}

/* So many ballots at the same share, and the interval no longer holds the line: one fewer, and
   it does. */
static void says_how_many_ballots_would_settle_it(void **state)
{
    (void)state;
    static const struct rule rule = {.keep = KEEP_AT_LEAST, .ppm = 500000};
    struct selection selection = {0};

    selection_add(&selection, 1, 0, &(struct tally){6, 4, 0});
    selection_run(&selection, &rule, RANK_K0);
    uint64_t missing = selection_ballots_to_settle(&selection);

    assert_int_equal(missing, 87); /* z²·0.25/0.1² = 96.04, so 97 in all */
    selection_add(&selection, 2, 0, &(struct tally){5, 5, 0});
    selection_run(&selection, &rule, RANK_K0);
    assert_int_equal(selection_ballots_to_settle(&selection), 87 + SELECTION_SETTLE_MAX);
    selection_finish(&selection);

    selection_add(&selection, 1, 0, &(struct tally){58, 39, 0});
    selection_add(&selection, 2, 0, &(struct tally){90, 10, 0});
    selection_run(&selection, &rule, RANK_K0);
    assert_int_equal(selection.cut.uncertain_in, 1); /* 58 of 97 is still under 60 % */
    assert_true(selection_ballots_to_settle(&selection) > 0);
    selection_finish(&selection);
    assert_int_equal(selection_ballots_to_settle(&selection), 0);
}

static void the_largest_counts_settle_too(void **state)
{
    (void)state;
    static const struct rule rule = {.keep = KEEP_AT_LEAST, .ppm = 500000};
    struct selection selection = {0};

    selection_add(&selection, 1, 0, &(struct tally){MOST / 2 + 1, MOST / 2, 0});
    selection_run(&selection, &rule, RANK_K0);
    assert_int_equal(selection_ballots_to_settle(&selection), SELECTION_SETTLE_MAX);
    selection_finish(&selection);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_with_enough_judges_go_on),
        cmocka_unit_test(too_few_judges_end_an_idea_where_nothing_is_carried_over),
        cmocka_unit_test(a_quota_takes_seats_first),
        cmocka_unit_test(who_ranks_after_one_left_out_is_in_by_quota),
        cmocka_unit_test(quotas_share_the_seats_there_are_in_their_order),
        cmocka_unit_test(a_share_is_rounded_half_up_and_is_at_least_one),
        cmocka_unit_test(support_is_compared_with_the_line_itself),
        cmocka_unit_test(a_quota_brings_in_what_is_below_the_line),
        cmocka_unit_test(without_a_rule_ideas_are_only_ranked),
        cmocka_unit_test(the_line_lies_half_way),
        cmocka_unit_test(nothing_is_selected_of_nothing),
        cmocka_unit_test(the_largest_counts_are_exact),
        cmocka_unit_test(the_order_of_adding_decides_nothing),
        cmocka_unit_test(says_how_many_ballots_would_settle_it),
        cmocka_unit_test(the_largest_counts_settle_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
