/* Goal: a round that people write is taken with its defaults or refused by the place of what is
   wrong, and comes back from the log as it was. */
#include "wire/round.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "support/samples.h"
#include "wire/rule.h"

static struct definition *sample;

static int with_sample(void **state)
{
    (void)state;
    sample = mem_alloc(sizeof *sample);
    sample_definition(sample);
    return 0;
}

static int without_sample(void **state)
{
    (void)state;
    mem_free(sample);
    return 0;
}

static void comes_back_from_the_log_as_it_was(void **state)
{
    (void)state;

    for (uint32_t i = 0; i < sample->rounds_count; i++) {
        struct round_definition after;
        AUTO_BUF bytes = {0};

        round_definition_write(&bytes, &sample->rounds[i]);
        assert_int_equal(round_definition_parse(buf_view(&bytes), &after), OK);
        assert_memory_equal(&after, &sample->rounds[i], sizeof after);
        assert_true(round_themes_exist(&after, sample));
        buf_add_char(&bytes, ' ');
        assert_int_equal(round_definition_parse(buf_view(&bytes), &after), ERR_PARSE);
    }
}

static void is_written_in_the_log_as_documented(void **state)
{
    (void)state;
    AUTO_BUF bytes = {0};
    struct round_definition round = sample->rounds[0];

    round.title = round.prompt = (struct text_use){0};
    round_definition_write(&bytes, &round);
    assert_string_equal(
        bytes.bytes,
        "{\"allows\":[\"post\",\"vote\"],\"ballots\":\"served\",\"closes_at\":1795514400010,"
        "\"compete\":[\"adapt\",\"explore\"],\"counts\":\"fresh\",\"minutes\":10,\"opens_at\":"
        "1795428000010,\"posts_per_person\":5,\"prompt\":null,\"reveal\":\"by-lead\",\"rule\":{"
        "\"carry_over\":false,\"keep\":{\"share\":0.055},\"min_judges\":12,\"quota\":[{\"at_"
        "least\":2,\"theme\":3},{\"at_least\":1,\"theme\":1}]},\"scores\":\"after-vote\","
        "\"serving_s\":90,\"title\":null,\"votes_per_person\":30}");
}

static void what_is_no_round_of_a_log_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {"", "null", "[]", "7", "{}", "{\"title\":\"Tour\"}"};
    struct round_definition out;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(round_definition_parse(view_of(cases[i]), &out), ERR_PARSE);
    }
}

static void themes_that_a_board_does_not_have_are_seen(void **state)
{
    (void)state;
    struct definition *fewer = mem_alloc(sizeof *fewer);

    *fewer = *sample;
    fewer->themes_count = 2;
    assert_false(round_themes_exist(&fewer->rounds[0], fewer));
    assert_true(round_themes_exist(&fewer->rounds[1], fewer));
    mem_free(fewer);
}

static enum err parse(const char *text, struct round_definition *out, struct field *field)
{
    struct round_words words;
    json_auto_t *json = json_loads(text, JSON_DECODE_ANY, NULL);

    return round_parse(json, sample, out, &words, field);
}

static void a_round_has_defaults(void **state)
{
    (void)state;
    struct round_definition round;
    struct round_definition expected;
    struct field field;

    round_definition_init(&expected);
    expected.rule_hash = rule_hash(&expected.rule);
    assert_int_equal(parse("{}", &round, &field), OK);
    assert_memory_equal(&round, &expected, sizeof round);
    assert_int_equal(parse("{\"posts_per_person\":null,\"votes_per_person\":null,\"opens_at\":"
                           "null,\"closes_at\":null,\"minutes\":null,\"rule\":null}",
                           &round, &field),
                     OK);
    assert_memory_equal(&round, &expected, sizeof round);
}

static void a_round_is_taken_as_people_write_it(void **state)
{
    (void)state;
    struct round_definition round;
    struct round_definition expected = sample->rounds[0];
    struct round_words words;
    struct field field;
    json_auto_t *json = json_loads(
        "{\"title\":\" Tour 1\",\"prompt\":\"Et ?\",\"allows\":[\"vote\",\"post\"],\"compete\":"
        "[\"explore\",\"adapt\"],\"ballots\":\"served\",\"scores\":\"after-vote\",\"counts\":"
        "\"fresh\",\"reveal\":\"by-lead\",\"final\":true,\"posts_per_person\":5,\"votes_per_"
        "person\":30,\"serving_s\":90,\"opens_at\":\"2026-11-23T11:00:00.010+01:00\","
        "\"closes_at\":\"2026-11-24T10:00:00.010Z\",\"minutes\":10,\"rule\":{\"keep\":{"
        "\"share\":0.055},\"min_judges\":12,\"carry_over\":false,\"quota\":[{\"theme\":"
        "\"森林\","
        "\"at_least\":2},{\"theme\":\"Mobilité\",\"at_least\":1}]}}",
        0, NULL);

    expected.title = expected.prompt = (struct text_use){0};
    expected.final = true;
    assert_int_equal(round_parse(json, sample, &round, &words, &field), OK);
    assert_true(view_is(words.title, "Tour 1"));
    assert_true(view_is(words.prompt, "Et ?"));
    assert_memory_equal(&round, &expected, sizeof round);
}

static void a_revision_changes_what_it_names_alone(void **state)
{
    (void)state;
    struct round_definition round = sample->rounds[0];
    struct round_definition expected = round;
    struct round_words words;
    struct field field;
    json_auto_t *nothing = json_object();
    json_auto_t *wrong = json_loads("{\"serving_s\":7,\"minutes\":0}", 0, NULL);
    json_auto_t *some = json_loads("{\"minutes\":null,\"posts_per_person\":null,\"closes_at\":"
                                   "null,\"prompt\":\"\",\"rule\":{\"keep\":{\"top\":3}}}",
                                   0, NULL);

    assert_int_equal(round_revise(nothing, sample, &round, &words, &field), OK);
    assert_memory_equal(&round, &expected, sizeof round);
    assert_null(words.title.ptr);
    assert_int_equal(round_revise(wrong, sample, &round, &words, &field), ERR_PARAMS);
    assert_string_equal(field.path, "minutes");
    assert_memory_equal(&round, &expected, sizeof round);

    expected.minutes = expected.posts_per_person = 0;
    expected.closes_at_ms = 0;
    expected.rule = (struct rule){.keep = KEEP_TOP, .top = 3, .carry_over = true};
    expected.rule_hash = rule_hash(&expected.rule);
    assert_int_equal(round_revise(some, sample, &round, &words, &field), OK);
    assert_memory_equal(&round, &expected, sizeof round);
    assert_null(words.title.ptr);
    assert_non_null(words.prompt.ptr);
}

static void a_wrong_round_is_refused_by_the_place_of_what_is_wrong(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"[]", ""},
        {"null", ""},
        {"{\"title\":1}", "title"},
        {"{\"title\":\"\\u202e\"}", "title"},
        {"{\"prompt\":null}", "prompt"},
        {"{\"allows\":[\"fly\"]}", "allows"},
        {"{\"allows\":\"post\"}", "allows"},
        {"{\"compete\":[1]}", "compete"},
        {"{\"compete\":null}", "compete"},
        {"{\"ballots\":\"all\"}", "ballots"},
        {"{\"scores\":null}", "scores"},
        {"{\"counts\":\"served\"}", "counts"},
        {"{\"counts\":1}", "counts"},
        {"{\"reveal\":true}", "reveal"},
        {"{\"reveal\":\"now\"}", "reveal"},
        {"{\"final\":null}", "final"},
        {"{\"final\":1}", "final"},
        {"{\"posts_per_person\":-1}", "posts_per_person"},
        {"{\"votes_per_person\":\"1\"}", "votes_per_person"},
        {"{\"serving_s\":0}", "serving_s"},
        {"{\"serving_s\":86401}", "serving_s"},
        {"{\"serving_s\":null}", "serving_s"},
        {"{\"minutes\":0}", "minutes"},
        {"{\"minutes\":100001}", "minutes"},
        {"{\"minutes\":1.5}", "minutes"},
        {"{\"opens_at\":1795428000000}", "opens_at"},
        {"{\"opens_at\":\"\"}", "opens_at"},
        {"{\"opens_at\":\"1970-01-01T00:00:00Z\"}", "opens_at"},
        {"{\"opens_at\":\"9999-12-31T23:00:00-02:00\"}", "opens_at"},
        {"{\"closes_at\":\"tomorrow\"}", "closes_at"},
        {"{\"rule\":[]}", "rule"},
        {"{\"rule\":{\"keep\":{\"top\":0}}}", "rule.keep.top"},
        {"{\"rule\":{\"keep\":{\"top\":1},\"quota\":[{\"theme\":3,\"at_least\":1}]}}",
         "rule.quota[1].theme"},
        {"{\"min_judges\":3}", "min_judges"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct round_definition round;
        struct field field;

        assert_int_equal(parse(cases[i][0], &round, &field), ERR_PARAMS);
        assert_string_equal(field.path, cases[i][1]);
    }
}

static void words_have_a_bound(void **state)
{
    (void)state;

    for (size_t len = 199; len <= 201; len++) {
        struct round_definition round;
        struct field field;
        AUTO_BUF text = {0};

        buf_add_text(&text, "{\"title\":\"");
        for (size_t i = 0; i < len; i++) {
            buf_add_text(&text, "é");
        }
        buf_add_text(&text, "\"}");
        assert_int_equal(parse(text.bytes, &round, &field), len > 200 ? ERR_PARAMS : OK);
    }
}

/* A name as long as somebody likes stays UTF-8 and in its place. */
static void a_long_name_is_cut_between_two_characters(void **state)
{
    (void)state;

    for (size_t shift = 0; shift < 4; shift++) {
        struct round_definition round;
        struct field field;
        AUTO_BUF text = {0};

        buf_add_text(&text, "{\"rule\":{\"");
        buf_add(&text, "abcd", shift);
        for (int i = 0; i < 100; i++) {
            buf_add_text(&text, "森");
        }
        buf_add_text(&text, "\":1}}");
        assert_int_equal(parse(text.bytes, &round, &field), ERR_PARAMS);
        struct view path = view_of(field.path);

        assert_true(path.len > FIELD_BYTES - 5 && path.len < FIELD_BYTES);
        assert_true(text_is_utf8(path));
        assert_memory_equal(field.path, "rule.", 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back_from_the_log_as_it_was),
        cmocka_unit_test(is_written_in_the_log_as_documented),
        cmocka_unit_test(what_is_no_round_of_a_log_is_refused),
        cmocka_unit_test(themes_that_a_board_does_not_have_are_seen),
        cmocka_unit_test(a_round_has_defaults),
        cmocka_unit_test(a_round_is_taken_as_people_write_it),
        cmocka_unit_test(a_revision_changes_what_it_names_alone),
        cmocka_unit_test(a_wrong_round_is_refused_by_the_place_of_what_is_wrong),
        cmocka_unit_test(words_have_a_bound),
        cmocka_unit_test(a_long_name_is_cut_between_two_characters),
    };
    return cmocka_run_group_tests(tests, with_sample, without_sample);
}
