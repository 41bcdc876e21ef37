/* Goal: every template is a list of rounds that a board takes, the same in both languages but
   for its words. */
#include "wire/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "wire/rounds.h"

static struct definition *define(json_t *list, struct round_words *words)
{
    struct definition *definition = mem_alloc(sizeof *definition);
    struct field field;

    definition_init(definition);
    if (rounds_parse(list, definition, words, &field)) {
        fail_msg("%s", field.path);
    }
    return definition;
}

static void every_template_is_the_same_in_both_languages(void **state)
{
    (void)state;

    for (size_t i = 0; template_name(i); i++) {
        struct view name = view_of(template_name(i));
        struct round_words french[LIMIT_ROUNDS];
        struct round_words english[LIMIT_ROUNDS];
        json_auto_t *fr = template_rounds(name, view_of("fr"));
        json_auto_t *en = template_rounds(name, view_of("en"));
        struct definition *a = define(fr, french);
        struct definition *b = define(en, english);

        assert_memory_equal(a, b, sizeof *a);
        for (uint32_t j = 0; j < a->rounds_count; j++) {
            assert_true(french[j].title.len && french[j].prompt.len);
            assert_true(english[j].title.len && english[j].prompt.len);
            assert_false(view_equal(french[j].prompt, english[j].prompt));
        }
        mem_free(a);
        mem_free(b);
    }
}

static void every_template_ends_with_a_final_of_what_was_judged(void **state)
{
    (void)state;

    for (size_t i = 0; template_name(i); i++) {
        struct round_words words[LIMIT_ROUNDS];
        json_auto_t *list = template_rounds(view_of(template_name(i)), view_of(""));
        struct definition *definition = define(list, words);
        const struct round_definition *final =
            &definition->rounds[definition->rounds_count - 1];
        const struct round_definition *heat = final - 1;

        assert_true(definition->rounds_count >= 2);
        assert_true(final->final);
        assert_int_equal(final->scores, SCORES_CLOSED);
        assert_int_equal(final->counts, COUNTS_STANDING);
        assert_int_equal(heat->ballots, BALLOTS_SERVED);
        assert_int_equal(heat->rule.keep, KEEP_TOP);
        assert_true(heat->rule.min_judges > 0);
        assert_false(heat->rule.carry_over);
        mem_free(definition);
    }
}

static void templates_have_names(void **state)
{
    (void)state;
    AUTO_BUF names = {0};

    template_write_names(&names);
    assert_string_equal(names.bytes, "atelier, consultation, mmowgli");
    assert_null(template_rounds(view_of("ateliers"), view_of("fr")));
    assert_null(template_rounds(view_of(""), view_of("fr")));
    assert_null(template_name(3));
}

static void another_language_is_french(void **state)
{
    (void)state;
    json_auto_t *fr = template_rounds(view_of("mmowgli"), view_of("fr"));
    json_auto_t *de = template_rounds(view_of("mmowgli"), view_of("de"));
    json_auto_t *en = template_rounds(view_of("mmowgli"), view_of("en"));

    assert_true(json_equal(fr, de));
    assert_false(json_equal(fr, en));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_template_is_the_same_in_both_languages),
        cmocka_unit_test(every_template_ends_with_a_final_of_what_was_judged),
        cmocka_unit_test(templates_have_names),
        cmocka_unit_test(another_language_is_french),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
