/* Goal: an export of a person has all that a board holds about them, and is theirs alone. */
#include "export/person.h"

#include "unit/export/sample.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static json_t *exported(const struct sample *sample, uint64_t key)
{
    struct viewer viewer = {.board = sample->history.board,
                            .texts = &sample->texts,
                            .person = history_who(&sample->history, key),
                            .role = ROLE_PARTICIPANT};
    AUTO_BUF out = {0};

    export_person(&viewer, &out);
    json_t *json = json_loadb(out.bytes, out.len, JSON_REJECT_DUPLICATES, NULL);

    assert_non_null(json);
    return json;
}

static const char *string(const json_t *json, const char *key)
{
    return json_string_value(json_object_get(json, key));
}

static void it_has_what_the_person_wrote_and_judged(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};

    sample_init(&sample);
    struct command follow = history_command(&sample.history, CMD_FOLLOW, OTHER);
    struct command report = history_command(&sample.history, CMD_REPORT, OTHER);

    follow.idea = report.idea = 4;
    report.text = history_text(&sample.history, 4);
    texts_put(&sample.texts, report.text.ref, mem_copy_text("Note", 4));
    history_add(&sample.history, &follow);
    history_add(&sample.history, &report);
    json_auto_t *json = exported(&sample, OTHER);
    const json_t *ideas = json_object_get(json, "ideas");

    assert_string_equal(string(json, "slug"), "foret");
    assert_string_equal(string(json_object_get(json, "person"), "assurance"), "guest");
    assert_int_equal(json_array_size(ideas), 2);
    assert_string_equal(string(json_array_get(ideas, 0), "text"), "Oui, mais");
    assert_string_equal(string(json_array_get(ideas, 0), "kind"), "counter");
    assert_string_equal(string(json_array_get(ideas, 1), "text"),
                        "Secret"); /* theirs, hidden */
    assert_string_equal(string(json_array_get(ideas, 1), "state"), "hidden");
    assert_string_equal(string(json_object_get(json, "ballots"), "1"), "disagree");
    assert_int_equal(json_object_size(json_object_get(json, "ballots")), 1);
    assert_int_equal(json_integer_value(json_array_get(json_object_get(json, "follows"), 0)),
                     4);
    assert_int_equal(json_integer_value(json_array_get(json_object_get(json, "reports"), 0)),
                     4);
    assert_string_equal(json_string_value(json_array_get(json_object_get(json, "notes"), 0)),
                        "Note");
}

static void words_that_were_erased_are_not_in_it(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};

    sample_init(&sample);
    history_on(&sample.history, CMD_WITHDRAW, THIRD, 4);
    texts_remove(&sample.texts, history_idea(&sample.history, 4)->text);
    json_auto_t *json = exported(&sample, THIRD);
    const json_t *idea = json_array_get(json_object_get(json, "ideas"), 0);

    assert_true(json_is_null(json_object_get(idea, "text")));
    assert_string_equal(string(idea, "state"), "withdrawn");
}

static void it_says_what_the_log_holds_in_both_languages(void **state)
{
    (void)state;
    AUTO_BUF french = {0};
    AUTO_BUF english = {0};

    export_person_note(true, &french);
    export_person_note(false, &english);
    assert_non_null(strstr(french.bytes, "sous un numéro"));
    assert_non_null(strstr(english.bytes, "under a number"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_has_what_the_person_wrote_and_judged),
        cmocka_unit_test(words_that_were_erased_are_not_in_it),
        cmocka_unit_test(it_says_what_the_log_holds_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
