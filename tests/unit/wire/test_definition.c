/* Goal: a board's definition has one spelling in its log. */
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
        {"\"draft\":true", "\"draft\":1"},
        {"\"draft\":true", "\"draft\":false"},
        {"\"counts\":\"fresh\"", "\"counts\":\"standing\""},
        {"\"counts\":\"fresh\"", "\"counts\":\"stale\""},
        {"\"reveal\":\"by-lead\"", "\"reveal\":\"at-close\""},
        {"\"reveal\":\"by-lead\"", "\"reveal\":null"},
        {"\"final\":true", "\"final\":false"},
        {"\"final\":true", "\"final\":1"},
        {"\"minutes\":10", "\"minutes\":0"},
        {"\"minutes\":10", "\"minutes\":null"},
        {"\"minutes\":10", "\"minutes\":100001"},
        {"\"opens_at\":17", "\"opens_at\":-17"},
        {"\"opens_at\":17", "\"opens_at\":1799999999"},
        {"\"opens_at\":1795428000010", "\"opens_at\":null"},
        {"\"closes_at\":1795514400010", "\"closes_at\":\"2026-11-24T10:00:00.010Z\""},
        {"{\"share\":0.055}", "{\"share\":0.0550}"},
        {"{\"share\":0.055}", "{\"share\":55e-3}"},
        {"{\"share\":0.055}", "{\"share\":1.0}"},
        {"{\"share\":0.055}", "{ \"share\":0.055}"},
        {"{\"share\":0.055}", "{\"top\":0}"},
        {"\"theme\":3", "\"theme\":4"},
        {"\"theme\":3", "\"theme\":0"},
        {"\"theme\":3", "\"theme\":1"},
        {"\"theme\":3", "\"theme\":\"Mobilité\""},
        {"\"keep\":null,", ""},
        {"\"quota\":[]", "\"quota\":null"},
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

static void first_boards_are_spelled_as_they_were(void **state)
{
    (void)state;
    static const char bytes[] =
        "{\"about\":null,\"b\":\"abcdefghijkl\",\"entry\":\"open\",\"groups\":[],\"idea_max\":"
        "280,"
        "\"idea_min\":5,\"lang\":\"fr\",\"own_ballots\":false,\"publish_log\":false,"
        "\"question\":null,\"rounds\":[{\"allows\":[\"post\",\"build\",\"vote\"],\"ballots\":"
        "\"any\",\"compete\":[\"idea\",\"expand\",\"adapt\"],\"posts_per_person\":0,\"prompt\":"
        "null,"
        "\"scores\":\"live\",\"serving_s\":600,\"title\":null,\"votes_per_person\":0}],"
        "\"slug\":"
        "\"foret\",\"staff_ballots\":false,\"themes\":[],\"title\":null,\"visibility\":"
        "\"public\"}";
    struct definition *definition = mem_alloc(sizeof *definition);
    struct round_definition expected;

    round_definition_init(&expected);
    expected.rule_hash = hash_blake2b(view_of("null"), view_of(""), view_of(""));
    assert_int_equal(definition_parse(view_of(bytes), definition), OK);
    assert_memory_equal(&definition->rounds[0], &expected, sizeof expected);
    assert_false(definition->draft);
    mem_free(definition);
}

static void a_licence_is_written_where_it_is_another(void **state)
{
    (void)state;
    struct definition *definition = mem_alloc(sizeof *definition);
    struct definition *again = mem_alloc(sizeof *again);
    AUTO_BUF bytes = {0};

    definition_init(definition);
    definition->rounds_count = 1;
    round_definition_init(&definition->rounds[0]);
    definition_write(&bytes, definition);
    assert_null(strstr(bytes.bytes, "licence"));
    buf_clear(&bytes);
    definition->licence = LICENCE_CC0;
    definition_write(&bytes, definition);
    assert_non_null(strstr(bytes.bytes, ",\"licence\":\"CC0-1.0\",\"own_ballots\""));
    assert_int_equal(definition_parse(buf_view(&bytes), again), OK);
    assert_int_equal(again->licence, LICENCE_CC0);
    mem_free(definition);
    mem_free(again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back_as_it_was),
        cmocka_unit_test(refuses_every_other_spelling),
        cmocka_unit_test(refuses_what_is_no_definition),
        cmocka_unit_test(first_boards_are_spelled_as_they_were),
        cmocka_unit_test(a_licence_is_written_where_it_is_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
