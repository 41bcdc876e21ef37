/* Goal: a forecast is the same every time, adds up, and is better where more people judge. */
#include "core/plan.h"
#include "support/expect.h"

static struct forecast forecast(struct plan plan)
{
    struct forecast out;

    plan_forecast(&plan, &out);
    return out;
}

static const struct plan usual = {.people = 120,
                                  .minutes = 10,
                                  .ideas = 60,
                                  .seconds = 30,
                                  .cap = 30,
                                  .seats = 5,
                                  .min_judges = 8,
                                  .seed = 1};

static void the_same_question_has_the_same_answer(void **state)
{
    (void)state;
    struct forecast a = forecast(usual);
    struct forecast b = forecast(usual);

    assert_memory_equal(&a, &b, sizeof a);
    assert_int_equal(a.opinions_a_person, 20);
    assert_int_equal(a.per_idea_tenths, 400);
    assert_int_equal(a.lacking, 0);
    assert_int_equal(a.least, 8);
    assert_in_range(a.worlds, PLAN_WORLDS_MIN, PLAN_WORLDS_MAX);
    assert_in_range(a.best_promoted, 60, 100);
    assert_in_range(a.winner_top5, 60, 100);
    assert_in_range(a.best_wins, 20, 95);
    assert_in_range(a.right_seats, 40, 95);
    assert_true(a.best_wins <= a.best_promoted && a.best_wins <= a.winner_top5);
}

static void too_little_time_leaves_ideas_behind(void **state)
{
    (void)state;
    struct plan plan = usual;

    plan.minutes = 1; /* two opinions each: four an idea */
    struct forecast little = forecast(plan);

    assert_int_equal(little.opinions_a_person, 2);
    assert_int_equal(little.per_idea_tenths, 40);
    assert_int_equal(little.least, 4);
    assert_int_equal(little.lacking, 60);
    assert_int_equal(little.best_promoted, 0); /* nobody has enough judges for a seat */
    assert_int_equal(little.best_wins, 0);
}

static void more_people_find_more(void **state)
{
    (void)state;
    struct plan plan = usual;
    struct forecast some = forecast(plan);

    plan.people = 2000;
    struct forecast many = forecast(plan);

    assert_true(many.best_wins > some.best_wins);
    assert_true(many.right_seats > some.right_seats);
    assert_true(many.winner_top5 >= 95);
}

static void nobody_judges_twice_or_more_than_there_is(void **state)
{
    (void)state;
    struct plan plan = usual;

    plan.ideas = 3;
    plan.people = 2;
    plan.min_judges = 0;
    struct forecast few = forecast(plan);

    assert_int_equal(few.opinions_a_person, 3);
    assert_int_equal(few.per_idea_tenths, 20);
    assert_int_equal(few.best_promoted, 100); /* there are more seats than ideas */
    plan.cap = 1;
    assert_int_equal(forecast(plan).opinions_a_person, 1);
}

static void very_many_ideas_are_played_in_small(void **state)
{
    (void)state;
    struct plan plan = usual;

    plan.ideas = 20000;
    plan.people = 20000;
    plan.min_judges = 4;
    struct forecast large = forecast(plan);

    assert_int_equal(large.per_idea_tenths, 200);
    assert_int_equal(large.lacking, 0);
    assert_in_range(large.worlds, PLAN_WORLDS_MIN, PLAN_WORLDS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_question_has_the_same_answer),
        cmocka_unit_test(too_little_time_leaves_ideas_behind),
        cmocka_unit_test(more_people_find_more),
        cmocka_unit_test(nobody_judges_twice_or_more_than_there_is),
        cmocka_unit_test(very_many_ideas_are_played_in_small),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
