/* Goal: a rule has one spelling, which its hash is of, keeps every millionth that was written,
   and is refused where it cannot be followed. */
#include "wire/rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

static struct definition *definition; /* of two themes */

static int with_themes(void **state)
{
    (void)state;
    definition = mem_alloc(sizeof *definition);
    definition_init(definition);
    definition->themes_count = 2;
    memcpy(definition->themes[0], "Eau", sizeof "Eau");
    memcpy(definition->themes[1], "Mobilité", sizeof "Mobilité");
    return 0;
}

static int without_themes(void **state)
{
    (void)state;
    mem_free(definition);
    return 0;
}

static enum err parse(const char *text, const struct definition *themes, struct rule *out,
                      struct field *field)
{
    json_auto_t *json = json_loads(text, JSON_DECODE_ANY, NULL);

    return rule_parse(json, themes, out, field);
}

static void expect_written(const char *text, const char *named, const char *numbered)
{
    struct rule rule;
    struct rule again;
    struct field field;
    AUTO_BUF by_name = {0};
    AUTO_BUF by_number = {0};

    assert_int_equal(parse(text, definition, &rule, &field), OK);
    rule_write(&by_name, &rule, definition);
    assert_string_equal(by_name.bytes, named);
    rule_write(&by_number, &rule, NULL);
    assert_string_equal(by_number.bytes, numbered);
    assert_int_equal(parse(by_name.bytes, definition, &again, &field), OK);
    assert_memory_equal(&again, &rule, sizeof rule);
    assert_int_equal(parse(by_number.bytes, NULL, &again, &field), OK);
    assert_memory_equal(&again, &rule, sizeof rule);

    struct digest hash = rule_hash(&rule);
    struct digest expected =
        hash_blake2b(view_of(numbered), (struct view){NULL, 0}, (struct view){NULL, 0});
    assert_memory_equal(&hash, &expected, sizeof hash);
}

static void a_rule_is_written_in_one_spelling(void **state)
{
    (void)state;

    expect_written("null", "null", "null");
    expect_written("{}", "null", "null");
    expect_written("{\"keep\":null,\"quota\":null,\"carry_over\":true}", "null", "null");
    expect_written("{\"min_judges\":5}",
                   "{\"carry_over\":true,\"keep\":null,\"min_judges\":5,\"quota\":[]}",
                   "{\"carry_over\":true,\"keep\":null,\"min_judges\":5,\"quota\":[]}");
    expect_written(
        "{\"keep\":{\"top\":10},\"carry_over\":false}",
        "{\"carry_over\":false,\"keep\":{\"top\":10},\"min_judges\":0,\"quota\":[]}",
        "{\"carry_over\":false,\"keep\":{\"top\":10},\"min_judges\":0,\"quota\":[]}");
    expect_written(
        "{\"quota\":[{\"theme\":\"Mobilité\",\"at_least\":1},{\"at_least\":3,\"theme\":"
        "\"Eau\"}],\"min_judges\":12,\"keep\":{\"share\":2e-1}}",
        "{\"carry_over\":true,\"keep\":{\"share\":0.2},\"min_judges\":12,\"quota\":[{\"at_"
        "least\":1,\"theme\":\"Mobilité\"},{\"at_least\":3,\"theme\":\"Eau\"}]}",
        "{\"carry_over\":true,\"keep\":{\"share\":0.2},\"min_judges\":12,\"quota\":[{\"at_"
        "least\":1,\"theme\":2},{\"at_least\":3,\"theme\":1}]}");
}

static void every_millionth_is_kept(void **state)
{
    (void)state;

    for (uint32_t ppm = 1; ppm <= 1000000; ppm += ppm % 1000 == 0 ? 7919 : 1) {
        struct rule rule = {.keep = KEEP_SHARE, .ppm = ppm, .carry_over = true};
        struct rule again;
        struct field field;
        AUTO_BUF bytes = {0};

        rule_write(&bytes, &rule, NULL);
        assert_int_equal(parse(bytes.bytes, NULL, &again, &field), OK);
        assert_int_equal(again.ppm, ppm);
    }
}

static void decimals_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t ppm;
    } cases[] = {
        {"{\"keep\":{\"at_least\":0}}", 0},
        {"{\"keep\":{\"at_least\":0.55}}", 550000},
        {"{\"keep\":{\"at_least\":1}}", 1000000},
        {"{\"keep\":{\"at_least\":1.0}}", 1000000},
        {"{\"keep\":{\"share\":0.000001}}", 1},
        {"{\"keep\":{\"share\":0.333333}}", 333333},
        {"{\"keep\":{\"share\":0.2000000}}", 200000},
        {"{\"keep\":{\"share\":1e-6}}", 1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rule rule;
        struct field field;

        assert_int_equal(parse(cases[i].text, definition, &rule, &field), OK);
        assert_int_equal(rule.ppm, cases[i].ppm);
    }
}

static void a_rule_that_cannot_be_followed_is_refused_where_it_cannot(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"7", ""},
        {"[]", ""},
        {"{\"kept\":{\"top\":1}}", "kept"},
        {"{\"min_judges\":-1}", "min_judges"},
        {"{\"min_judges\":1.5}", "min_judges"},
        {"{\"min_judges\":1000001}", "min_judges"},
        {"{\"min_judges\":null}", "min_judges"},
        {"{\"carry_over\":null}", "carry_over"},
        {"{\"carry_over\":1}", "carry_over"},
        {"{\"keep\":10}", "keep"},
        {"{\"keep\":{}}", "keep"},
        {"{\"keep\":{\"top\":1,\"share\":0.1}}", "keep"},
        {"{\"keep\":{\"best\":1}}", "keep.best"},
        {"{\"keep\":{\"top\":0}}", "keep.top"},
        {"{\"keep\":{\"top\":-1}}", "keep.top"},
        {"{\"keep\":{\"top\":2.0}}", "keep.top"},
        {"{\"keep\":{\"top\":\"2\"}}", "keep.top"},
        {"{\"keep\":{\"top\":1048577}}", "keep.top"},
        {"{\"keep\":{\"share\":0}}", "keep.share"},
        {"{\"keep\":{\"share\":0.0}}", "keep.share"},
        {"{\"keep\":{\"share\":-0.1}}", "keep.share"},
        {"{\"keep\":{\"share\":1.000001}}", "keep.share"},
        {"{\"keep\":{\"share\":0.2000001}}", "keep.share"},
        {"{\"keep\":{\"share\":1e-7}}", "keep.share"},
        {"{\"keep\":{\"share\":\"0.2\"}}", "keep.share"},
        {"{\"keep\":{\"share\":null}}", "keep.share"},
        {"{\"keep\":{\"at_least\":1.1}}", "keep.at_least"},
        {"{\"keep\":{\"at_least\":2}}", "keep.at_least"},
        {"{\"keep\":{\"at_least\":0.1234567}}", "keep.at_least"},
        {"{\"keep\":{\"top\":1},\"quota\":{}}", "quota"},
        {"{\"keep\":{\"top\":1},\"quota\":[7]}", "quota[1]"},
        {"{\"keep\":{\"top\":1},\"quota\":[{\"theme\":\"Air\",\"at_least\":1}]}",
         "quota[1].theme"},
        {"{\"keep\":{\"top\":1},\"quota\":[{\"theme\":1,\"at_least\":1}]}", "quota[1].theme"},
        {"{\"keep\":{\"top\":1},\"quota\":[{\"at_least\":1}]}", "quota[1].theme"},
        {"{\"keep\":{\"top\":1},\"quota\":[{\"theme\":\"Eau\",\"at_least\":1},"
         "{\"theme\":\"Eau\",\"at_least\":2}]}",
         "quota[2].theme"},
        {"{\"keep\":{\"top\":1},\"quota\":[{\"theme\":\"Eau\"}]}", "quota[1].at_least"},
        {"{\"keep\":{\"top\":1},\"quota\":[{\"theme\":\"Eau\",\"at_least\":0}]}",
         "quota[1].at_least"},
        {"{\"keep\":{\"top\":1},\"quota\":[{\"theme\":\"Eau\",\"at_least\":1,\"max\":2}]}",
         "quota[1].max"},
        {"{\"quota\":[{\"theme\":\"Eau\",\"at_least\":1}]}", "quota"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rule rule;
        struct field field;

        assert_int_equal(parse(cases[i][0], definition, &rule, &field), ERR_PARAMS);
        assert_string_equal(field.path, cases[i][1]);
    }
}

static void a_rule_has_no_more_quotas_than_a_board_has_themes(void **state)
{
    (void)state;
    json_auto_t *json = json_pack("{s:{s:i}, s:[]}", "keep", "top", 1, "quota");
    struct rule rule;
    struct field field;

    for (int i = 1; i <= LIMIT_THEMES; i++) {
        json_array_append_new(json_object_get(json, "quota"),
                              json_pack("{s:i, s:i}", "theme", i, "at_least", 1));
    }
    assert_int_equal(rule_parse(json, NULL, &rule, &field), OK);
    assert_int_equal(rule.quotas_count, LIMIT_THEMES);
    json_array_append_new(json_object_get(json, "quota"),
                          json_pack("{s:i, s:i}", "theme", 1, "at_least", 1));
    assert_int_equal(rule_parse(json, NULL, &rule, &field), ERR_PARAMS);
    assert_string_equal(field.path, "quota");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_is_written_in_one_spelling),
        cmocka_unit_test(every_millionth_is_kept),
        cmocka_unit_test(decimals_are_read),
        cmocka_unit_test(a_rule_that_cannot_be_followed_is_refused_where_it_cannot),
        cmocka_unit_test(a_rule_has_no_more_quotas_than_a_board_has_themes),
    };
    return cmocka_run_group_tests(tests, with_themes, without_themes);
}
