/* Goal: a person's ballots and latest answers are found again, and none that were never given.
 */
#include "core/person.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void finds_the_ballots_of_many_ideas(void **state)
{
    (void)state;
    struct person person = {0};
    enum {
        COUNT = 5000,
        STEP = 37
    };

    assert_null(person_ballot(&person, 1));
    for (uint32_t i = 1; i <= COUNT; i++) {
        struct ballot *ballot = person_ballot_get(&person, i * STEP);

        assert_int_equal(ballot->idea, i * STEP);
        assert_int_equal(ballot->choice, CHOICE_NONE);
        ballot->version = i;
    }
    assert_int_equal(person.ballots_count, COUNT);
    for (uint32_t i = 1; i <= COUNT; i++) {
        assert_int_equal(person_ballot(&person, i * STEP)->version, i);
        assert_null(person_ballot(&person, i * STEP + 1));
        assert_int_equal(person_ballot_get(&person, i * STEP)->version, i);
    }
    assert_int_equal(person.ballots_count, COUNT);
    person_finish(&person);
}

static void holds_a_ballot_on_the_last_idea_of_the_largest_board(void **state)
{
    (void)state;
    struct person person = {0};

    person_ballot_get(&person, LIMIT_IDEAS)->choice = CHOICE_PASS;
    assert_int_equal(person_ballot(&person, LIMIT_IDEAS)->choice, CHOICE_PASS);
    assert_int_equal(person_ballot(&person, LIMIT_IDEAS)->idea, LIMIT_IDEAS);
    person_finish(&person);
}

static void a_ballot_takes_eight_bytes(void **state)
{
    (void)state;
    assert_int_equal(sizeof(struct ballot), 8);
}

static struct op op_of(uint64_t n)
{
    return (struct op){.high = n << 16, .low = n * 3};
}

static void remembers_the_latest_answers_only(void **state)
{
    (void)state;
    struct person person = {0};

    assert_null(person_answer(&person, op_of(1)));
    for (uint64_t n = 1; n <= 1000; n++) {
        person_remember(&person, op_of(n), n, n % 2 ? OK : ERR_FULL);
        uint64_t oldest = n > LIMIT_OPS_REMEMBERED ? n - LIMIT_OPS_REMEMBERED + 1 : 1;

        assert_int_equal(person_answer(&person, op_of(n))->version, n);
        assert_int_equal(person_answer(&person, op_of(oldest))->version, oldest);
        assert_int_equal(person_answer(&person, op_of(oldest))->err,
                         oldest % 2 ? OK : ERR_FULL);
        assert_null(person_answer(&person, op_of(oldest - 1)));
        assert_null(person_answer(&person, op_of(n + 1)));
    }
    person_finish(&person);
}

static void keeps_the_numbers_of_own_ideas_in_order(void **state)
{
    (void)state;
    struct person person = {0};

    for (uint32_t i = 1; i <= 100; i++) {
        person_add_own(&person, i * i);
    }
    assert_int_equal(person.own_count, 100);
    for (uint32_t i = 1; i <= 100; i++) {
        assert_int_equal(person.own[i - 1], i * i);
    }
    person_finish(&person);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_ballots_of_many_ideas),
        cmocka_unit_test(holds_a_ballot_on_the_last_idea_of_the_largest_board),
        cmocka_unit_test(a_ballot_takes_eight_bytes),
        cmocka_unit_test(remembers_the_latest_answers_only),
        cmocka_unit_test(keeps_the_numbers_of_own_ideas_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
