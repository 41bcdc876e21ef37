/* Goal: a board as JSON has the shape that other programs read, and hides what is hidden. */
#include "export/json.h"
#include "export/result.h"

#include "unit/export/sample.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static json_t *load(const struct buf *text)
{
    json_t *json = json_loadb(text->bytes, text->len, JSON_REJECT_DUPLICATES, NULL);

    assert_non_null(json);
    return json;
}

static json_t *export_as(const struct sample *sample, struct export_options options)
{
    AUTO_SINK text = {0};

    export_json(sample->history.board, &sample->texts, options, &text);
    return load(&text.buf);
}

static const json_t *idea_of(const json_t *json, size_t number)
{
    return json_array_get(json_object_get(json, "ideas"), number - 1);
}

static const char *string(const json_t *json, const char *key)
{
    return json_string_value(json_object_get(json, key));
}

static json_int_t integer(const json_t *json, const char *key)
{
    assert_true(json_is_integer(json_object_get(json, key)));
    return json_integer_value(json_object_get(json, key));
}

static void expect_keys(const json_t *object, const char *const *keys, size_t count)
{
    assert_int_equal(json_object_size(object), count);
    for (size_t i = 0; i < count; i++) {
        assert_non_null(json_object_get(object, keys[i]));
    }
}

static void has_the_keys_of_its_format(void **state)
{
    (void)state;
    static const char *const top[] = {"format",  "board", "totals", "epoch",
                                      "version", "head",  "rounds", "ideas"};
    static const char *const idea[] = {"n",      "text",  "theme",  "kind", "parent", "with",
                                       "root",   "depth", "author", "at",   "state",  "seed",
                                       "source", "tally", "score",  "rank"};
    static const char *const board[] = {"slug", "title", "question", "lang", "licence"};
    AUTO_SAMPLE sample = {0};

    sample_init(&sample);
    json_auto_t *json = export_as(&sample, (struct export_options){0});

    expect_keys(json, top, 8);
    expect_keys(json_object_get(json, "board"), board, 5);
    expect_keys(idea_of(json, 1), idea, 16);
    assert_string_equal(string(json, "format"), "pinson.board/1");
    assert_int_equal(strlen(string(json, "head")), 64);
    assert_int_equal(integer(json, "version"), (json_int_t)sample.history.board->version);
}

static void counts_people_with_an_act_and_ballots_on_hidden_ideas(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};

    sample_init(&sample);
    json_auto_t *json = export_as(&sample, (struct export_options){0});
    const json_t *totals = json_object_get(json, "totals");

    assert_int_equal(integer(totals, "ideas"), 4);
    assert_int_equal(integer(totals, "ballots"), 4);
    assert_int_equal(integer(totals, "people"), 5); /* the lead has done nothing */
    assert_int_equal(integer(json_object_get(idea_of(json, 3), "tally"), "pass"), 1);
}

static void ranks_what_competes_and_nothing_else(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};

    sample_init(&sample);
    json_auto_t *json = export_as(&sample, (struct export_options){0});
    /* Shrunk toward (2 + 5) / (3 + 10): (2·13 + 6·7) / (9·13) and (6·7) / (6·13). */
    assert_int_equal(integer(idea_of(json, 1), "score"), 581197);
    assert_int_equal(integer(idea_of(json, 1), "rank"), 1);
    assert_int_equal(integer(idea_of(json, 4), "score"), 538462);
    assert_int_equal(integer(idea_of(json, 4), "rank"), 2);
    assert_true(json_is_null(json_object_get(idea_of(json, 2), "rank")));
    assert_true(json_is_null(json_object_get(idea_of(json, 3), "score")));
}

static void scores_are_of_all_ballots_and_not_of_the_last_refresh(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_BUF ranking = {0};

    sample_init(&sample);
    sample.history.board->pool = (struct pool){.agree = 0, .judged = 100};
    json_auto_t *json = export_as(&sample, (struct export_options){0});

    assert_true(result_write_round(&ranking, sample.history.board, 0));
    json_auto_t *ranked = load(&ranking);

    assert_int_equal(integer(idea_of(json, 1), "score"), 581197);
    assert_int_equal(integer(idea_of(ranked, 1), "score"), 581197);
}

static void shows_where_an_idea_hangs(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};

    sample_init(&sample);
    json_auto_t *json = export_as(&sample, (struct export_options){0});

    assert_string_equal(string(idea_of(json, 2), "kind"), "counter");
    assert_int_equal(integer(idea_of(json, 2), "parent"), 1);
    assert_int_equal(integer(idea_of(json, 2), "depth"), 1);
    assert_int_equal(integer(idea_of(json, 2), "author"), 3);
    assert_true(json_is_null(json_object_get(idea_of(json, 1), "parent")));
    assert_string_equal(string(idea_of(json, 4), "theme"), "Mobilité");
}

static void gives_hidden_texts_to_staff_only(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};

    sample_init(&sample);
    json_auto_t *all = export_as(&sample, (struct export_options){0});
    json_auto_t *staff = export_as(&sample, (struct export_options){.staff = true});

    assert_true(json_is_null(json_object_get(idea_of(all, 3), "text")));
    assert_string_equal(string(idea_of(all, 3), "state"), "hidden");
    assert_string_equal(string(idea_of(staff, 3), "text"), "Secret");
    assert_string_equal(string(idea_of(all, 1), "text"), "=SUM(A1), \"oui\"\nnon");
}

static void closed_scores_leave_out_what_could_tell(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};

    sample_init(&sample);
    json_auto_t *json = export_as(&sample, (struct export_options){.closed = true});

    assert_true(json_is_null(json_object_get(idea_of(json, 1), "tally")));
    assert_true(json_is_null(json_object_get(idea_of(json, 1), "score")));
    assert_true(json_is_null(json_object_get(idea_of(json, 1), "rank")));
}

static void rounds_carry_their_rule_and_what_came_of_it(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};

    sample_init(&sample);
    sample.history.board->definition.rounds[0].rule =
        (struct rule){.keep = KEEP_TOP, .top = 1, .min_judges = 1};
    struct command close = history_round_command(&sample.history, CMD_CLOSE, LEAD, 1);

    assert_int_equal(history_add(&sample.history, &close).err, OK);
    json_auto_t *json = export_as(&sample, (struct export_options){0});
    const json_t *round = json_array_get(json_object_get(json, "rounds"), 0);
    const json_t *results = json_object_get(round, "results");

    assert_string_equal(string(round, "state"), "revealed");
    assert_int_equal(integer(json_object_get(round, "rule"), "min_judges"), 1);
    assert_int_equal(json_array_size(results), 2);
    assert_int_equal(integer(json_array_get(results, 0), "idea"), 1);
    assert_string_equal(string(json_array_get(results, 0), "outcome"), "promoted");
    assert_string_equal(string(json_array_get(results, 1), "reason"), "too_few_judges");
    assert_int_equal(integer(idea_of(json, 1), "rank"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_the_keys_of_its_format),
        cmocka_unit_test(counts_people_with_an_act_and_ballots_on_hidden_ideas),
        cmocka_unit_test(ranks_what_competes_and_nothing_else),
        cmocka_unit_test(scores_are_of_all_ballots_and_not_of_the_last_refresh),
        cmocka_unit_test(shows_where_an_idea_hangs),
        cmocka_unit_test(gives_hidden_texts_to_staff_only),
        cmocka_unit_test(closed_scores_leave_out_what_could_tell),
        cmocka_unit_test(rounds_carry_their_rule_and_what_came_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
