/* Goal: rounds that do not go together are refused by the place of what is wrong. */
#include "wire/rounds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "wire/definition.h"

static enum err parse(const char *text, struct definition *definition, struct field *field)
{
    struct round_words words[LIMIT_ROUNDS];
    json_auto_t *json = json_loads(text, JSON_DECODE_ANY, NULL);

    definition_init(definition);
    definition->themes_count = 1;
    memcpy(definition->themes[0], "Eau", sizeof "Eau");
    field_clear(field);
    return rounds_parse(json, definition, words, field);
}

static void what_goes_together_is_taken(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "[{}]",
        "[{},{\"final\":true}]",
        "[{},{\"final\":true,\"allows\":[\"vote\"]}]",
        "[{},{\"final\":true,\"allows\":[\"vote\",\"build\"],\"rule\":{\"min_judges\":5}}]",
        "[{\"opens_at\":\"2026-11-23T10:00:00Z\"},{\"opens_at\":\"2026-11-23T10:00:00Z\"}]",
        "[{\"opens_at\":\"2026-11-23T10:00:00Z\",\"closes_at\":\"2026-11-23T10:00:00.001Z\"},"
        "{},{\"opens_at\":\"2026-11-24T10:00:00Z\"}]",
    };
    struct definition *definition = mem_alloc(sizeof *definition);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct field field;

        assert_int_equal(parse(cases[i], definition, &field), OK);
        assert_string_equal(field.path, "");
    }
    assert_int_equal(definition->rounds_count, 3);
    mem_free(definition);
}

static void what_does_not_is_refused_by_its_place(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"null", "rounds"},
        {"{}", "rounds"},
        {"[]", "rounds"},
        {"[{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}]", "rounds"},
        {"[{},7]", "rounds[2]"},
        {"[{},{\"rule\":{\"keep\":{\"top\":0}}}]", "rounds[2].rule.keep.top"},
        {"[{\"rule\":{\"keep\":{\"top\":1},\"quota\":[{\"theme\":\"Air\",\"at_least\":1}]}}]",
         "rounds[1].rule.quota[1].theme"},
        {"[{\"final\":true,\"allows\":[\"vote\"]}]", "rounds[1].final"},
        {"[{},{\"final\":true,\"allows\":[\"vote\"]},{}]", "rounds[2].final"},
        {"[{},{\"final\":true,\"allows\":[\"post\"]}]", "rounds[2].allows"},
        {"[{},{\"final\":true,\"allows\":[\"vote\"],\"rule\":{\"keep\":{\"top\":1}}}]",
         "rounds[2].rule.keep"},
        {"[{\"opens_at\":\"2026-11-23T10:00:00Z\",\"closes_at\":\"2026-11-23T10:00:00Z\"}]",
         "rounds[1].closes_at"},
        {"[{\"opens_at\":\"2026-11-23T10:00:00Z\"},{},{\"opens_at\":\"2026-11-23T09:59:59Z\"}]",
         "rounds[3].opens_at"},
    };
    struct definition *definition = mem_alloc(sizeof *definition);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct field field;

        assert_int_equal(parse(cases[i][0], definition, &field), ERR_PARAMS);
        assert_string_equal(field.path, cases[i][1]);
    }
    mem_free(definition);
}

static void a_theme_that_is_gone_is_missed(void **state)
{
    (void)state;
    struct definition *definition = mem_alloc(sizeof *definition);
    struct field field;

    assert_int_equal(parse("[{\"rule\":{\"keep\":{\"top\":1},\"quota\":[{\"theme\":\"Eau\","
                           "\"at_least\":1}]}}]",
                           definition, &field),
                     OK);
    definition->themes_count = 0;
    assert_int_equal(rounds_check(definition, &field), ERR_PARAMS);
    assert_string_equal(field.path, "rounds[1].rule.quota");
    mem_free(definition);
}

static void fill(char (*names)[LIMIT_THEME_MAX_BYTES + 1], uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        memset(names[i], 'x', LIMIT_THEME_MAX_BYTES);
    }
}

/* The most of everything, with as many quotas in each round. */
static void define_large(struct definition *definition, uint32_t quotas)
{
    definition_init(definition);
    definition->rounds_count = LIMIT_ROUNDS;
    definition->themes_count = LIMIT_THEMES;
    definition->groups_count = LIMIT_GROUPS;
    fill(definition->themes, LIMIT_THEMES);
    fill(definition->groups, LIMIT_GROUPS);
    for (int i = 0; i < LIMIT_ROUNDS; i++) {
        round_definition_init(&definition->rounds[i]);
        definition->rounds[i].rule.keep = quotas ? KEEP_TOP : KEEP_ALL;
        definition->rounds[i].rule.quotas_count = quotas;
        for (uint32_t j = 0; j < quotas; j++) {
            definition->rounds[i].rule.quotas[j] = (struct quota){j + 1, 1};
        }
    }
}

static void what_passes_fits_an_entry(void **state)
{
    (void)state;
    struct definition *definition = mem_alloc(sizeof *definition);
    struct text_use text = {.ref = {{1}}, .length = UINT32_MAX};
    struct field field;
    uint32_t quotas = 0;

    define_large(definition, quotas);
    assert_int_equal(rounds_check(definition, &field), OK);
    do {
        define_large(definition, quotas++);
    } while (!rounds_check(definition, &field) && quotas <= LIMIT_THEMES);
    assert_true(quotas < LIMIT_THEMES);
    assert_string_equal(field.path, "rounds");

    AUTO_BUF bytes = {0};

    define_large(definition, quotas - 2);
    definition->title = definition->question = definition->about = text;
    for (int i = 0; i < LIMIT_ROUNDS; i++) {
        definition->rounds[i].title = definition->rounds[i].prompt = text;
    }
    definition_write(&bytes, definition);
    assert_true(bytes.len + 200 <= LIMIT_ENTRY_MAX_BYTES);
    mem_free(definition);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_together_is_taken),
        cmocka_unit_test(what_does_not_is_refused_by_its_place),
        cmocka_unit_test(a_theme_that_is_gone_is_missed),
        cmocka_unit_test(what_passes_fits_an_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
