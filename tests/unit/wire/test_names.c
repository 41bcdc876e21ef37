/* Goal: names of the protocol and values of enums stand for each other, and pseudonyms for one
   person each. */
#include "wire/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/map.h"
#include "wire/pseudonym.h"

/* Every value up to last comes back from its name; parts of names, other cases and nothing do
   not. */
#define CHECK_NAMES(what, type, first, last)                                                   \
    static void every_##what##_comes_back_from_its_name(void **state)                          \
    {                                                                                          \
        (void)state;                                                                           \
        for (unsigned i = first; i <= last; i++) {                                             \
            struct view name = view_of(name_of_##what((type)i));                               \
            type value = (type)77;                                                             \
                                                                                               \
            assert_true(what##_of_name(name, &value));                                         \
            assert_int_equal(value, i);                                                        \
            value = (type)77;                                                                  \
            assert_false(what##_of_name((struct view){name.ptr, name.len - 1}, &value));       \
            assert_false(what##_of_name((struct view){"X", 1}, &value));                       \
            assert_false(what##_of_name((struct view){NULL, 0}, &value));                      \
            assert_int_equal(value, 77);                                                       \
        }                                                                                      \
    }

CHECK_NAMES(choice, enum choice, CHOICE_AGREE, CHOICE_PASS)
CHECK_NAMES(relation, enum relation, 0, RELATION_EXPLORE)
CHECK_NAMES(reason, enum reason, REASON_OFF_TOPIC, REASON_OTHER)
CHECK_NAMES(role, enum role, 0, ROLE_ADMIN)
CHECK_NAMES(assurance, enum assurance, 0, ASSURANCE_PROXY)
CHECK_NAMES(ballots, enum ballots, 0, BALLOTS_SERVED)
CHECK_NAMES(scores, enum scores, 0, SCORES_CLOSED)
CHECK_NAMES(counts, enum counts, 0, COUNTS_FRESH)
CHECK_NAMES(reveal, enum reveal, 0, REVEAL_BY_LEAD)
CHECK_NAMES(visibility, enum visibility, 0, VISIBILITY_PRIVATE)
CHECK_NAMES(entry_rule, enum entry_rule, 0, ENTRY_TICKET)
CHECK_NAMES(followup_status, enum followup_status, 0, FOLLOWUP_DONE)
CHECK_NAMES(erasure, enum erasure, 0, ERASURE_ANONYMOUS)
CHECK_NAMES(allow, unsigned, 0, 2)

static void no_choice_and_no_reason_are_not_read(void **state)
{
    (void)state;
    enum choice choice = CHOICE_PASS;
    enum reason reason = REASON_SPAM;

    assert_false(choice_of_name(view_of(name_of_choice(CHOICE_NONE)), &choice));
    assert_false(reason_of_name(view_of(name_of_reason(REASON_NONE)), &reason));
}

static void states_have_the_names_of_the_protocol(void **state)
{
    (void)state;

    assert_string_equal(name_of_idea_state(IDEA_WITHDRAWN), "withdrawn");
    assert_string_equal(name_of_board_state(BOARD_ARCHIVED), "archived");
    assert_string_equal(name_of_round_state(ROUND_REVEALED), "revealed");
    assert_string_equal(name_of_allow(1), "build");
    assert_string_equal(name_of_scores(SCORES_AFTER_VOTE), "after-vote");
    assert_string_equal(name_of_relation(RELATION_COUNTER), "counter");
}

static void pseudonyms_of_ten_thousand_people_differ(void **state)
{
    (void)state;
    static const char *const langs[] = {"fr", "en", "de", ""};

    for (size_t i = 0; i < 4; i++) {
        struct map seen;

        map_init(&seen);
        for (uint32_t number = 1; number <= 10000; number++) {
            AUTO_BUF name = {0};

            pseudonym_write(&name, number, langs[i]);
            assert_true(text_is_clean_name(buf_view(&name)));
            uint64_t hash = hash_fnv1a(buf_view(&name));

            assert_null(map_find(&seen, hash));
            map_put(&seen, hash, number);
        }
        map_finish(&seen);
    }
}

static void pseudonyms_stay_as_they_were_given(void **state)
{
    (void)state;
    AUTO_BUF name = {0};

    pseudonym_write(&name, 1, "fr");
    assert_string_equal(name.bytes, "Renard 1");
    buf_clear(&name);
    pseudonym_write(&name, 1, "en-GB");
    assert_string_equal(name.bytes, "Fox 1");
    buf_clear(&name);
    pseudonym_write(&name, 300, "fr-FR");
    assert_string_equal(name.bytes, "Salamandre 13");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_choice_comes_back_from_its_name),
        cmocka_unit_test(every_relation_comes_back_from_its_name),
        cmocka_unit_test(every_reason_comes_back_from_its_name),
        cmocka_unit_test(every_role_comes_back_from_its_name),
        cmocka_unit_test(every_assurance_comes_back_from_its_name),
        cmocka_unit_test(every_ballots_comes_back_from_its_name),
        cmocka_unit_test(every_scores_comes_back_from_its_name),
        cmocka_unit_test(every_counts_comes_back_from_its_name),
        cmocka_unit_test(every_reveal_comes_back_from_its_name),
        cmocka_unit_test(every_visibility_comes_back_from_its_name),
        cmocka_unit_test(every_entry_rule_comes_back_from_its_name),
        cmocka_unit_test(every_followup_status_comes_back_from_its_name),
        cmocka_unit_test(every_erasure_comes_back_from_its_name),
        cmocka_unit_test(every_allow_comes_back_from_its_name),
        cmocka_unit_test(no_choice_and_no_reason_are_not_read),
        cmocka_unit_test(states_have_the_names_of_the_protocol),
        cmocka_unit_test(pseudonyms_of_ten_thousand_people_differ),
        cmocka_unit_test(pseudonyms_stay_as_they_were_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
