/* Goal: what a round came to is written as other programs read it, an open one as if it closed
   now, a closed one as it closed. */
#include "export/result.h"

#include "unit/export/sample.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static json_t *result_of(const struct board *board, uint32_t round)
{
    AUTO_BUF text = {0};

    assert_true(result_write_round(&text, board, round));
    json_t *json = json_loadb(text.bytes, text.len, JSON_REJECT_DUPLICATES, NULL);

    assert_non_null(json);
    return json;
}

/* The values of a path of keys, as compact JSON. */
static void expect(const json_t *json, const char *key, const char *value)
{
    json_auto_t *expected = json_loads(value, JSON_DECODE_ANY, NULL);
    char *found = json_dumps(json_object_get(json, key), JSON_COMPACT | JSON_ENCODE_ANY);

    if (!json_equal(json_object_get(json, key), expected)) {
        assert_string_equal(found ? found : "none", value);
    }
    mem_free(found);
}

static void expect_keys(json_t *object, const char *keys)
{
    const char *key = NULL;
    json_t *value = NULL;
    AUTO_BUF found = {0};

    json_object_foreach(object, key, value)
    {
        buf_printf(&found, found.len ? " %s" : "%s", key);
    }
    assert_string_equal(found.bytes, keys);
}

static json_t *idea_at(const json_t *json, size_t rank)
{
    return json_array_get(json_object_get(json, "ideas"), rank - 1);
}

static void without_a_rule_nothing_becomes_of_ideas(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};

    sample_init(&sample);
    json_auto_t *json = result_of(sample.history.board, 0);

    expect_keys(json, "round pool seats promoted cut quota judges participants short settle "
                      "ideas");
    expect(json, "round", "1");
    expect(json, "pool", "{\"agree\":2,\"n\":3}");
    expect(json, "seats", "null");
    expect(json, "promoted", "[]");
    expect(json, "cut", "null");
    expect(json, "judges", "3");
    expect(json, "settle", "null");
    expect_keys(idea_at(json, 1), "n source agree disagree pass judged score rank low high "
                                  "outcome reason");
    expect(idea_at(json, 1), "low", "2077"); /* Wilson of 2 in 3 */
    expect(idea_at(json, 1), "high", "9385");
    expect(idea_at(json, 1), "outcome", "null");
}

static void a_rule_seats_and_draws_its_line(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};

    sample_init(&sample);
    sample.history.board->definition.rounds[0].rule = (struct rule){
        .keep = KEEP_TOP, .top = 1, .quotas = {{.theme = 1, .at_least = 1}}, .quotas_count = 1};
    json_auto_t *json = result_of(sample.history.board, 1);

    expect(json, "seats", "1");
    expect(json, "promoted", "[4]");
    expect(json, "quota", "[{\"theme\":\"Mobilité\",\"at_least\":1,\"got\":1,\"met\":true}]");
    expect(idea_at(json, 1), "reason", "\"displaced_by_quota\"");
    expect(idea_at(json, 2), "reason", "\"quota\"");
}

static void says_how_many_ballots_would_settle_the_line(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};

    sample_init(&sample);
    sample.history.board->definition.rounds[0].rule =
        (struct rule){.keep = KEEP_AT_LEAST, .ppm = 500000, .min_judges = 1};
    json_auto_t *json = result_of(sample.history.board, 1);

    /* 2 of 3: over z²·0.25/(1/6)² = 34.57, so 35, of which three are there. */
    expect(json, "settle", "{\"ballots\":32}");
    expect(json, "short", "1");
    expect(json, "cut",
           "{\"last_in\":1,\"first_out\":null,\"score_ppm\":500000,\"uncertain\":[1],"
           "\"uncertain_in\":1,\"uncertain_out\":0}");
}

static void a_final_has_a_winner_and_its_verdict(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};

    sample_init(&sample);
    sample.history.board->definition.rounds[0].final = true;
    json_auto_t *json = result_of(sample.history.board, 1);

    expect_keys(json, "round pool seats promoted cut quota judges participants short settle "
                      "winner verdict resamples ideas");
    expect(json, "winner", "1");
    expect(json, "verdict",
           "{\"robust\":false,\"passed\":[],\"failed\":[\"interval\",\"trim\"],\"skipped\":"
           "[\"groups\"],\"groups\":[],\"trimmed_ballots\":1}");
    expect(json, "resamples", "2000");
    expect(idea_at(json, 1), "score", "666667");
    expect(idea_at(json, 1), "first_place", "2000");
    expect(idea_at(json, 2), "outcome", "\"finalist\"");
}

static void a_closed_round_stays_what_it_came_to(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};

    sample_init(&sample);
    assert_int_equal(history_close(&sample.history, 1), OK);
    assert_true(result_write_round(&before, sample.history.board, 1));
    assert_int_equal(history_hide(&sample.history, STAFF, 1), OK);
    assert_true(result_write_round(&after, sample.history.board, 1));
    assert_string_equal(before.bytes, after.bytes);
}

static void what_was_never_opened_has_none(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_BUF text = {0};

    sample_init(&sample);
    assert_false(result_write_round(&text, sample.history.board, 2));
    assert_int_equal(text.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_rule_nothing_becomes_of_ideas),
        cmocka_unit_test(a_rule_seats_and_draws_its_line),
        cmocka_unit_test(says_how_many_ballots_would_settle_the_line),
        cmocka_unit_test(a_final_has_a_winner_and_its_verdict),
        cmocka_unit_test(a_closed_round_stays_what_it_came_to),
        cmocka_unit_test(what_was_never_opened_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
