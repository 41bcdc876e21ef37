/* Goal: people are offered the least seen idea first, then the most undecided, each in an
   order of their own. */
#include "core/queue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hash.h"

static void compares_field_by_field(void **state)
{
    (void)state;
    /* each before the next */
    static const struct queue_key order[] = {
        {.stage = 0, .skipped = 0, .distance = 9, .exposures = 9, .hash = 9, .idea = 9},
        {.stage = 0, .skipped = 1, .distance = 0, .exposures = 9, .hash = 9, .idea = 9},
        {.stage = 0, .skipped = 1, .distance = 1, .exposures = 0, .hash = 9, .idea = 9},
        {.stage = 0, .skipped = 1, .distance = 1, .exposures = 1, .hash = 0, .idea = 9},
        {.stage = 0, .skipped = 1, .distance = 1, .exposures = 1, .hash = 1, .idea = 1},
        {.stage = 0, .skipped = 1, .distance = 1, .exposures = 1, .hash = 1, .idea = 2},
        {.stage = 1, .skipped = 0, .distance = 0, .exposures = 0, .hash = 0, .idea = 0},
    };
    const size_t count = sizeof order / sizeof *order;

    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            assert_int_equal(queue_is_before(&order[i], &order[j]), i < j);
        }
    }
}

static void keeps_the_best_in_order(void **state)
{
    (void)state;
    static const uint32_t exposures[] = {5, 3, 9, 1, 7, 2, 8};
    struct queue_key keys[3];
    uint32_t count = 0;

    for (uint32_t i = 0; i < sizeof exposures / sizeof *exposures; i++) {
        struct queue_key key = {.exposures = exposures[i], .idea = i};

        count = queue_insert(keys, count, 3, &key);
        assert_int_equal(count, i < 2 ? i + 1 : 3);
    }
    assert_int_equal(keys[0].exposures, 1);
    assert_int_equal(keys[1].exposures, 2);
    assert_int_equal(keys[2].exposures, 3);
}

static void keeps_nothing_where_there_is_no_room(void **state)
{
    (void)state;
    struct queue_key key = {.idea = 1};

    assert_int_equal(queue_insert(NULL, 0, 0, &key), 0);
}

static void ties_fall_in_an_order_of_ones_own(void **state)
{
    (void)state;
    uint64_t name = hash_fnv1a(view_of("u1"));

    assert_true(queue_hash(7, view_of("u1"), 3) == hash_mix(hash_mix(hash_mix(7) ^ name) ^ 3));
    assert_true(queue_hash(7, view_of("u1"), 3) != queue_hash(7, view_of("u2"), 3));
    assert_true(queue_hash(7, view_of("u1"), 3) != queue_hash(8, view_of("u1"), 3));
    assert_true(queue_hash(7, view_of("u1"), 3) != queue_hash(7, view_of("u1"), 4));
}

/* Computed apart from this program, with integers of any size. */
static void distances_are_quarters_of_a_deviation(void **state)
{
    (void)state;
    static const struct {
        uint32_t score;
        uint32_t cut;
        uint64_t judged;
        uint32_t k0;
        uint32_t distance;
    } cases[] = {
        {500000, 500000, 40, 6, 0},
        {600000, 500000, 40, 6, 5},
        {400000, 500000, 40, 6, 5},
        {0, 500000, 10, 6, 8246},       /* held within 1..999999 */
        {1000000, 500000, 10, 6, 8246}, /* on both sides */
        {0, 0, 10, 6, 0},
        {1, 1000000, 2147483647, 65535, 185366535},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(
            queue_distance(cases[i].score, cases[i].cut, cases[i].judged, cases[i].k0),
            cases[i].distance);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_field_by_field),
        cmocka_unit_test(keeps_the_best_in_order),
        cmocka_unit_test(keeps_nothing_where_there_is_no_room),
        cmocka_unit_test(ties_fall_in_an_order_of_ones_own),
        cmocka_unit_test(distances_are_quarters_of_a_deviation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
