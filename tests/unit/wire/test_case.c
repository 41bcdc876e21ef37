/* Goal: a case is read as it was meant or refused with a sentence that names the field;
   numbers are exact, and the result is canonical. */
#include "wire/case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "wire/intern.h"

static void expect_wrong(enum case_kind kind, const char *json, const char *sentence)
{
    AUTO_BUF out = {0};
    AUTO_BUF expected = {0};

    assert_int_equal(case_run(kind, view_of(json), &out), ERR_PARAMS);
    buf_printf(&expected, "{\"error\":\"%s\"}\n", sentence);
    assert_string_equal(out.bytes, expected.bytes);
}

/* The result has this in it. */
static void expect_part(enum case_kind kind, const char *json, const char *part)
{
    AUTO_BUF out = {0};

    assert_int_equal(case_run(kind, view_of(json), &out), OK);
    if (!strstr(out.bytes, part)) {
        fail_msg("no %s in %s", part, out.bytes);
    }
}

#define RULES "\"rules\":{\"keep\":{\"top\":1}}"
#define IDEA  "\"ideas\":[{\"id\":1}]"
#define SERVE "\"participant\":\"u\",\"seed\":1,\"n_min\":1,\"places\":1"

static void names_what_is_wrong(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", "the case must be JSON, and is none in line 1"},
        {"{\n\n1.5e}", "the case must be JSON, and is none in line 3"},
        {"{\"k0\":01.5}", "the case must be JSON, and is none in line 1"},
        {"{\"k0\":1,\"k0\":1}", "the case must be JSON, and is none in line 1"},
        {"[1.5]", "the case must be an object"},
        {"{}", "ideas must be a list"},
        {"{\"k0\":65536,\"ideas\":[]," RULES "}", "k0 must be 1..65535"},
        {"{\"ideas\":[{\"id\":0}]," RULES "}", "ideas[0].id must be 1..4294967295"},
        {"{\"ideas\":[{\"id\":1},{\"id\":1}]," RULES "}", "ideas[1].id must be unique"},
        {"{\"ideas\":[3]," RULES "}", "ideas[0] must be an object"},
        {"{\"ideas\":[{\"id\":1,\"theme\":3}]}", "ideas[0].theme must be text"},
        {"{\"ideas\":[{\"id\":1,\"hidden\":0}]}", "ideas[0].hidden must be true or false"},
        {"{" IDEA ",\"ballots\":[[\"u\",1]]}",
         "ballots[0] must be [participant, idea, choice]"},
        {"{" IDEA ",\"ballots\":[[\"u\",1,\"yes\"]]}",
         "ballots[0] must have the choice agree, disagree, pass or withdraw"},
        {"{" IDEA ",\"counts\":[{\"i\":2,\"a\":1}]}", "counts[0].i must be one of the ideas"},
        {"{" IDEA ",\"counts\":[{\"i\":1,\"a\":2147483648}]}",
         "counts[0].a must be 0..2147483647"},
        {"{" IDEA ",\"ballots\":[[\"u\",1,\"pass\"]],\"counts\":[{\"i\":1,\"a\":2147483647}]}",
         "counts[0] must bring the ballots on its idea to at most 2147483647"},
        {"{" IDEA "}", "rules must be an object"},
        {"{" IDEA ",\"rules\":{}}", "rules.keep must be one of top, share and at_least"},
        {"{" IDEA ",\"rules\":{\"keep\":{\"top\":0}}}", "rules.keep.top must be 1..4294967295"},
        {"{" IDEA ",\"rules\":{\"keep\":{\"most\":1}}}",
         "rules.keep.most must be left out: a rule has no such field"},
        {"{" IDEA ",\"rules\":{\"keep\":{\"top\":1},\"min_judges\":-1}}",
         "rules.min_judges must be 0..4294967295"},
        {"{" IDEA ",\"rules\":{\"keep\":{\"top\":1},\"quota\":[{\"at_least\":1}]}}",
         "rules.quota[0].theme must be text"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_wrong(CASE_RANK, cases[i][0], cases[i][1]);
    }
    expect_wrong(CASE_FINAL, "{\"ideas\":[],\"groups\":{\"u\":\"g\"}}",
                 "groups must be lists of names by participant");
    expect_wrong(CASE_FINAL, "{\"ideas\":[],\"groups\":{\"u\":[\"g\",1]}}",
                 "groups must be lists of names by participant");
    expect_wrong(CASE_FINAL, "{\"ideas\":[],\"resamples\":100001}",
                 "resamples must be 0..100000");
    expect_wrong(CASE_SERVE, "{}", "participant must be text");
    expect_wrong(CASE_SERVE, "{" SERVE ",\"judged\":[\"a\"]," IDEA "}",
                 "judged[0] must be an idea");
}

static void decimals_are_exact(void **state)
{
    (void)state;
    static const char *const good[][2] = {
        {"0.5", "500000"},  {"0.500000", "500000"}, {"1", "1000000"},     {"1.0", "1000000"},
        {"0", "0"},         {"1e-05", "10"},        {"5.5E-1", "550000"}, {"0.000001", "1"},
        {"0.29", "290000"}, {"0.001e+2", "100000"}, {"1e0", "1000000"},   {"0.0e3", "0"},
    };
    static const char *const bad[] = {
        "1.000001", "0.0000001", "0.5000000", "-0.1", "2",  "1e-7",
        "1e3",      "1e999999",  "\"0.5\"",   "true", "-1", "99999999999999999999"};

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        AUTO_BUF json = {0};
        AUTO_BUF part = {0};

        buf_printf(&json, "{" IDEA ",\"rules\":{\"keep\":{\"at_least\":%s}}}", good[i][0]);
        buf_printf(&part, "\"score_ppm\":%s,\"uncertain\"", good[i][1]);
        expect_part(CASE_RANK, json.bytes, part.bytes);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        AUTO_BUF json = {0};

        buf_printf(&json, "{" IDEA ",\"rules\":{\"keep\":{\"share\":%s}}}", bad[i]);
        expect_wrong(CASE_RANK, json.bytes,
                     "rules.keep.share must be 0..1 with at most 6 digits after the point");
    }
}

static void seeds_have_all_their_64_bits(void **state)
{
    (void)state;
    const char *ideas = "\"n_min\":9,\"places\":1,\"participant\":\"u\","
                        "\"ideas\":[{\"id\":1},{\"id\":2},{\"id\":3},{\"id\":4},{\"id\":5}]";
    static const char *const seeds[] = {"9223372036854775807", "9223372036854775808",
                                        "18446744073709551614", "18446744073709551615"};
    AUTO_BUF last = {0};

    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        AUTO_BUF json = {0};
        AUTO_BUF out = {0};

        buf_printf(&json, "{\"seed\":%s,%s}", seeds[i], ideas);
        assert_int_equal(case_run(CASE_SERVE, buf_view(&json), &out), OK);
        assert_true(!last.bytes || strcmp(last.bytes, out.bytes) != 0);
        buf_clear(&last);
        buf_add_view(&last, buf_view(&out));
    }
    expect_wrong(CASE_FINAL, "{\"ideas\":[],\"seed\":18446744073709551616}",
                 "seed must be 0..18446744073709551615");
}

static void ballots_are_ignored_for_the_first_reason_there_is(void **state)
{
    (void)state;

    expect_part(CASE_RANK,
                "{\"ideas\":[{\"id\":1,\"author\":\"u\",\"hidden\":true},"
                "{\"id\":2,\"author\":\"u\"}],\"ballots\":[[\"u\",1,\"agree\"],"
                "[\"u\",2,\"agree\"],[\"u\",2,\"withdraw\"],[\"u\",-3,\"pass\"],"
                "[\"v\",2,\"agree\"],[\"v\",2,\"withdraw\"]],"
                "\"counts\":[{\"i\":1,\"a\":5}]," RULES "}",
                "\"ignored\":{\"hidden_idea\":1,\"own_idea\":2,\"unknown_idea\":1},"
                "\"pool\":{\"agree\":0,\"ideas\":1,\"n\":0}");
}

static void groups_are_those_of_people_and_of_counts_by_name(void **state)
{
    (void)state;

    expect_part(CASE_FINAL,
                "{\"ideas\":[{\"id\":1},{\"id\":2}],\"group_min\":1,\"resamples\":1,"
                "\"ballots\":[[\"u\",1,\"agree\"],[\"v\",1,\"pass\"],[\"w\",2,\"pass\"]],"
                "\"groups\":{\"u\":[\"b\",\"a\",\"b\"],\"v\":[\"b\"],\"w\":[\"\\u00e9\"]},"
                "\"counts\":[{\"i\":1,\"a\":2,\"g\":\"c\\r\"},{\"i\":2,\"d\":9,\"g\":\"a\"}]}",
                "\"groups\":[{\"agree\":1,\"group\":\"a\",\"majority\":true,\"n\":1,"
                "\"tested\":true},{\"agree\":1,\"group\":\"b\",\"majority\":false,\"n\":2,"
                "\"tested\":true},{\"agree\":2,\"group\":\"c\\r\",\"majority\":true,\"n\":2,"
                "\"tested\":true},{\"agree\":0,\"group\":\"é\",\"majority\":false,\"n\":0,"
                "\"tested\":false}]");
}

static void says_why_nothing_is_served(void **state)
{
    (void)state;

    expect_part(CASE_SERVE,
                "{" SERVE ",\"served\":30,\"ideas\":[{\"id\":1},{\"id\":2,\"a\":3}]}",
                "{\"cut_ppm\":679487,\"next\":null,\"order\":[],\"stage\":\"cap\"}\n");
    expect_part(CASE_SERVE, "{" SERVE ",\"judged\":[1,7]," IDEA "}",
                "{\"cut_ppm\":null,\"next\":null,\"order\":[],\"stage\":\"nothing_left\"}\n");
}

static void a_theme_nobody_has_is_not_met(void **state)
{
    (void)state;

    expect_part(CASE_RANK,
                "{" IDEA ",\"rules\":{\"keep\":{\"top\":1},\"quota\":"
                "[{\"theme\":\"\\u0001\\b\\f\",\"at_least\":1}]}}",
                "\"quota\":[{\"at_least\":1,\"got\":0,\"met\":false,"
                "\"theme\":\"\\u0001\\b\\f\"}],\"seats\":1}\n");
}

static void too_much_is_refused(void **state)
{
    (void)state;
    AUTO_BUF out = {0};
    size_t len = (size_t)CASE_MAX_BYTES + 1;
    char *bytes = mem_alloc(len);

    assert_int_equal(case_run(CASE_RANK, (struct view){bytes, len}, &out), ERR_PARAMS);
    assert_string_equal(out.bytes, "{\"error\":\"the case must be at most 64 MiB\"}\n");
    mem_free(bytes);
}

static void kinds_have_names(void **state)
{
    (void)state;
    enum case_kind kind = CASE_RANK;

    assert_true(case_kind_of_name(view_of("serve"), &kind));
    assert_int_equal(kind, CASE_SERVE);
    assert_false(case_kind_of_name(view_of("ranks"), &kind));
}

static void texts_are_numbered_by_their_bytes(void **state)
{
    (void)state;
    struct intern intern = {0};

    assert_int_equal(intern_find(&intern, view_of("a")), 0);
    for (int again = 0; again < 2; again++) {
        assert_int_equal(intern_add(&intern, view_of("a")), 1);
        assert_int_equal(intern_add(&intern, view_of("")), 2);
        assert_int_equal(intern_add(&intern, (struct view){"a\0b", 3}), 3);
    }
    /* two texts of one FNV-1a hash */
    assert_int_equal(intern_add(&intern, view_of("8yn0iYCKYHlIj4-BwPqk")), 4);
    assert_int_equal(intern_add(&intern, view_of("GReLUrM4wMqfg9yzV3KQ")), 5);
    assert_int_equal(intern_find(&intern, view_of("8yn0iYCKYHlIj4-BwPqk")), 4);
    assert_int_equal(intern_find(&intern, view_of("GReLUrM4wMqfg9yzV3KQ")), 5);
    assert_true(view_is(intern_text(&intern, 1), "a"));
    intern_finish(&intern);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_what_is_wrong),
        cmocka_unit_test(decimals_are_exact),
        cmocka_unit_test(seeds_have_all_their_64_bits),
        cmocka_unit_test(ballots_are_ignored_for_the_first_reason_there_is),
        cmocka_unit_test(groups_are_those_of_people_and_of_counts_by_name),
        cmocka_unit_test(says_why_nothing_is_served),
        cmocka_unit_test(a_theme_nobody_has_is_not_met),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(kinds_have_names),
        cmocka_unit_test(texts_are_numbered_by_their_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
