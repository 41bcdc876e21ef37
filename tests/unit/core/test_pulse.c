/* Goal: what happened when is kept in a fixed number of spans, and nothing of it is lost. */
#include "core/pulse.h"
#include "support/expect.h"

static const struct pulse_span one = {.people = 1, .guests = 2, .ideas = 3, .ballots = 4};

static struct pulse_span sum_of(const struct pulse *pulse)
{
    struct pulse_span sum = {0};

    for (uint32_t i = 0; i < PULSE_SPANS; i++) {
        sum.people += pulse->spans[i].people;
        sum.guests += pulse->spans[i].guests;
        sum.ideas += pulse->spans[i].ideas;
        sum.ballots += pulse->spans[i].ballots;
    }
    return sum;
}

static void it_begins_with_what_happens_first(void **state)
{
    (void)state;
    struct pulse pulse = {0};

    pulse_add(&pulse, 1000000, &one);
    pulse_add(&pulse, 1000000 + PULSE_FIRST_MS, &one);
    pulse_add(&pulse, 5, &one); /* before it */
    assert_int_equal(pulse.begin_ms, 1000000);
    assert_int_equal(pulse.step_ms, PULSE_FIRST_MS);
    assert_int_equal(pulse.count, 2);
    assert_int_equal(pulse.spans[0].ideas, 6);
    assert_int_equal(pulse.spans[1].ideas, 3);
}

static void a_full_one_halves_its_resolution_and_loses_nothing(void **state)
{
    (void)state;
    struct pulse pulse = {0};

    for (uint64_t i = 0; i < 1000; i++) {
        pulse_add(&pulse, 1000000 + i * PULSE_FIRST_MS, &one);
    }
    assert_int_equal(pulse.step_ms, 32 * (uint64_t)PULSE_FIRST_MS);
    assert_int_equal(pulse.count, 32);
    assert_int_equal(sum_of(&pulse).people, 1000);
    assert_int_equal(sum_of(&pulse).guests, 2000);
    assert_int_equal(sum_of(&pulse).ballots, 4000);
    assert_int_equal(pulse.spans[0].people, 32);
    assert_int_equal(pulse.spans[31].people, 1000 - 31 * 32);
    pulse_add(&pulse, UINT64_C(1) << 60, &one); /* whatever is asked for, it ends */
    assert_int_equal(sum_of(&pulse).people, 1001);
}

static void the_latest_minutes_are_known_one_by_one(void **state)
{
    (void)state;
    struct pulse pulse = {0};
    const uint64_t minute = 60000;

    for (uint64_t i = 0; i < 100; i++) {
        pulse_add(&pulse, (1000 + i) * minute, &one);
    }
    assert_int_equal(pulse_between(&pulse, 1099 * minute, 1100 * minute).people, 1);
    assert_int_equal(pulse_between(&pulse, 1095 * minute, 1100 * minute).ballots, 20);
    assert_int_equal(pulse_between(&pulse, 1090 * minute, 1095 * minute).people, 5);
    assert_int_equal(pulse_between(&pulse, 1095 * minute, 1200 * minute).people, 5);
    assert_int_equal(pulse_between(&pulse, 1150 * minute, 1200 * minute).people, 0);
    /* longer ago: by span, and all of it in the end */
    assert_int_equal(pulse_between(&pulse, 0, 1200 * minute).people, 100);
    assert_int_equal(pulse_between(&pulse, 0, 999 * minute).people, 0);
    pulse_add(&pulse, 1020 * minute, &one); /* too late for its minute */
    assert_int_equal(pulse_between(&pulse, 1095 * minute, 1200 * minute).people, 5);
    pulse_add(&pulse, 1098 * minute, &one);
    assert_int_equal(pulse_between(&pulse, 1095 * minute, 1200 * minute).people, 6);
    pulse_add(&pulse, 1110 * minute, &one); /* minutes in which nothing was */
    assert_int_equal(pulse_between(&pulse, 1100 * minute, 1111 * minute).people, 1);
    assert_int_equal(pulse_between(&pulse, 1095 * minute, 1111 * minute).people, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_begins_with_what_happens_first),
        cmocka_unit_test(a_full_one_halves_its_resolution_and_loses_nothing),
        cmocka_unit_test(the_latest_minutes_are_known_one_by_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
