/* Goal: a board's definition has one spelling in its log, and rounds that people write are
   taken with their defaults or refused by name. */
#include "wire/definition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "support/samples.h"

static void comes_back_as_it_was(void **state)
{
    (void)state;
    struct definition *before = mem_alloc(sizeof *before);
    struct definition *after = mem_alloc(sizeof *after);
    AUTO_BUF bytes = {0};

    sample_definition(before);
    definition_write(&bytes, before);
    assert_int_equal(definition_parse(buf_view(&bytes), after), OK);
    assert_memory_equal(before, after, sizeof *before);
    mem_free(before);
    mem_free(after);
}

static void the_largest_fits_an_entry(void **state)
{
    (void)state;
    struct definition *definition = mem_alloc(sizeof *definition);
    AUTO_BUF bytes = {0};

    sample_definition(definition);
    definition->rounds_count = LIMIT_ROUNDS;
    for (int i = 0; i < LIMIT_ROUNDS; i++) {
        definition->rounds[i] = definition->rounds[0];
    }
    definition->themes_count = LIMIT_THEMES;
    for (int i = 0; i < LIMIT_THEMES; i++) {
        memset(definition->themes[i], 'x', LIMIT_THEME_MAX_BYTES);
    }
    definition->groups_count = LIMIT_GROUPS;
    for (int i = 0; i < LIMIT_GROUPS; i++) {
        memset(definition->groups[i], 'y', LIMIT_THEME_MAX_BYTES);
    }
    definition_write(&bytes, definition);
    assert_true(bytes.len + 200 < LIMIT_ENTRY_MAX_BYTES);
    mem_free(definition);
}

/* The sample's bytes with one piece replaced must not parse. */
static void expect_refused(const char *piece, const char *instead)
{
    struct definition *definition = mem_alloc(sizeof *definition);
    AUTO_BUF bytes = {0};
    AUTO_BUF changed = {0};

    sample_definition(definition);
    definition_write(&bytes, definition);
    const char *at = strstr(bytes.bytes, piece);

    assert_non_null(at);
    buf_add(&changed, bytes.bytes, (size_t)(at - bytes.bytes));
    buf_add_text(&changed, instead);
    buf_add_text(&changed, at + strlen(piece));
    if (!definition_parse(buf_view(&changed), definition)) {
        fail_msg("accepted: %s", changed.bytes);
    }
    mem_free(definition);
}

static void refuses_every_other_spelling(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"{\"about\"", " {\"about\""},
        {",\"b\":", ", \"b\":"},
        {"\"b\":\"k7n2abcdefgh\"", "\"b\":\"k7n2abcdefgh-more\""},
        {"\"b\":\"k7n2abcdefgh\",", ""},
        {"\"b\":\"k7n2abcdefgh\"", "\"b\":7"},
        {"\"entry\":\"ticket\"", "\"entry\":\"tickets\""},
        {"\"entry\":\"ticket\"", "\"entry\":\"ticket\",\"extra\":1"},
        {"\"visibility\":\"private\"", "\"visibility\":null"},
        {"\"groups\":[\"Nord\"]", "\"groups\":{}"},
        {"\"groups\":[\"Nord\"]", "\"groups\":[1]"},
        {"\"groups\":[\"Nord\"]", "\"groups\":[\"Nord\",\"Nord\"],\"groups\":[]"},
        {"Mobilité", "Mobilit\\u00e9"},
        {"\"idea_max\":2000", "\"idea_max\":2001"},
        {"\"idea_max\":2000", "\"idea_max\":-1"},
        {"\"idea_max\":2000", "\"idea_max\":2000.0"},
        {"\"own_ballots\":true", "\"own_ballots\":1"},
        {"\"rounds\":[", "\"rounds\":[{},"},
        {"\"rounds\":[", "\"rounds\":[7,"},
        {"\"rounds\":[{\"allows\":[\"post\",", "\"rounds\":[{\"allows\":[\"fly\","},
        {"[\"post\",\"vote\"]", "[\"vote\",\"post\"]"},
        {"[\"post\",\"vote\"]", "7"},
        {"[\"adapt\",\"explore\"]", "[\"adapt\",\"adapt\",\"explore\"]"},
        {"[\"adapt\",\"explore\"]", "[\"merge\"]"},
        {"\"scores\":\"closed\"", "\"scores\":\"open\""},
        {"\"ballots\":\"served\"", "\"ballots\":0"},
        {"\"serving_s\":90", "\"serving_s\":0"},
        {"\"serving_s\":90", "\"serving_s\":86401"},
        {"\"posts_per_person\":5", "\"posts_per_person\":null"},
        {"\"votes_per_person\":30", "\"votes_per_person\":1000001"},
        {",2000],\"b\"", ",2000,0],\"b\""},
        {",2000],\"b\"", ",\"2000\"],\"b\""},
        {"0303030303", "ZZ03030303"},
        {"fcfcfcfc", "FCFCFCFC"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_refused(cases[i][0], cases[i][1]);
    }
}

static void refuses_what_is_no_definition(void **state)
{
    (void)state;
    static const char *const cases[] = {"", "null", "[]", "{}", "7", "{\"rounds\":[]}"};
    struct definition *out = mem_alloc(sizeof *out);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(definition_parse(view_of(cases[i]), out), ERR_PARSE);
    }
    mem_free(out);
}

static enum err parse_round(const char *text, struct round_definition *out, char *field)
{
    struct view title = {NULL, 0};
    struct view prompt = {NULL, 0};
    json_auto_t *json = json_loads(text, JSON_DECODE_ANY, NULL);

    field[0] = '\0';
    return round_parse(json, out, &title, &prompt, field);
}

static void a_round_has_defaults(void **state)
{
    (void)state;
    struct round_definition round;
    struct round_definition expected;
    char field[32];

    round_definition_init(&expected);
    assert_int_equal(parse_round("{}", &round, field), OK);
    assert_memory_equal(&round, &expected, sizeof round);
    assert_int_equal(
        parse_round("{\"posts_per_person\":null,\"votes_per_person\":null}", &round, field),
        OK);
    assert_memory_equal(&round, &expected, sizeof round);
}

static void a_round_is_taken_as_people_write_it(void **state)
{
    (void)state;
    struct round_definition round;
    struct view title;
    struct view prompt;
    char field[32];
    json_auto_t *json =
        json_loads("{\"title\":\"Tour 1\",\"prompt\":\"Et ?\",\"allows\":[\"vote\"],"
                   "\"compete\":[\"idea\"],\"ballots\":\"served\",\"scores\":\"closed\","
                   "\"posts_per_person\":3,\"votes_per_person\":7,\"serving_s\":1}",
                   0, NULL);

    assert_int_equal(round_parse(json, &round, &title, &prompt, field), OK);
    assert_true(view_is(title, "Tour 1"));
    assert_true(view_is(prompt, "Et ?"));
    assert_int_equal(round.allows, ALLOW_VOTE);
    assert_int_equal(round.compete, 1 << RELATION_IDEA);
    assert_int_equal(round.ballots, BALLOTS_SERVED);
    assert_int_equal(round.scores, SCORES_CLOSED);
    assert_int_equal(round.posts_per_person, 3);
    assert_int_equal(round.votes_per_person, 7);
    assert_int_equal(round.serving_s, 1);
}

static void a_wrong_round_is_refused_by_the_name_of_its_field(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"[]", "rounds"},
        {"null", "rounds"},
        {"{\"title\":1}", "title"},
        {"{\"prompt\":null}", "prompt"},
        {"{\"allows\":[\"fly\"]}", "allows"},
        {"{\"allows\":\"post\"}", "allows"},
        {"{\"compete\":[1]}", "compete"},
        {"{\"compete\":null}", "compete"},
        {"{\"ballots\":\"all\"}", "ballots"},
        {"{\"scores\":null}", "scores"},
        {"{\"posts_per_person\":-1}", "posts_per_person"},
        {"{\"votes_per_person\":\"1\"}", "votes_per_person"},
        {"{\"serving_s\":0}", "serving_s"},
        {"{\"serving_s\":null}", "serving_s"},
        {"{\"a_field_whose_name_is_longer_than_what_holds_it\":1}",
         "a_field_whose_name_is_longer_th"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct round_definition round;
        char field[32];

        assert_int_equal(parse_round(cases[i][0], &round, field), ERR_PARAMS);
        assert_string_equal(field, cases[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back_as_it_was),
        cmocka_unit_test(the_largest_fits_an_entry),
        cmocka_unit_test(refuses_every_other_spelling),
        cmocka_unit_test(refuses_what_is_no_definition),
        cmocka_unit_test(a_round_has_defaults),
        cmocka_unit_test(a_round_is_taken_as_people_write_it),
        cmocka_unit_test(a_wrong_round_is_refused_by_the_name_of_its_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
