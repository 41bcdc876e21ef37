/* Goal: tables open safely in a spreadsheet, and nobody can be found again in the ballots. */
#include "base/formula.h"
#include "export/csv.h"

#include "unit/export/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void expect_field(const char *text, const char *field)
{
    AUTO_BUF out = {0};

    export_csv_field(&out, view_of(text));
    assert_string_equal(out.bytes ? out.bytes : "", field);
}

static void quotes_only_what_must_be(void **state)
{
    (void)state;
    expect_field("", "");
    expect_field("plain words", "plain words");
    expect_field("a,b", "\"a,b\"");
    expect_field("say \"yes\"", "\"say \"\"yes\"\"\"");
    expect_field("two\nlines", "\"two\nlines\"");
    expect_field(" edge", "\" edge\"");
}

static void disarms_formulas(void **state)
{
    (void)state;
    expect_field("=1+1", "\"'=1+1\"");
    expect_field("+1", "\"'+1\"");
    expect_field("-1", "\"'-1\"");
    expect_field("@a", "\"'@a\"");
    expect_field("\tx", "\"'\tx\"");
    expect_field("\rx", "\"'\rx\"");
    expect_field("\nx", "\"'\nx\"");
    expect_field("＝1", "\"'＝1\"");
    expect_field("＠a", "\"'＠a\"");
    expect_field("1=1", "1=1");
}

/* What a reader of RFC 4180 takes a field for, without its quotes. */
static void read_field(struct view field, struct buf *to)
{
    bool quoted = field.len && field.ptr[0] == '"';

    for (size_t i = quoted; i + quoted < field.len; i++) {
        buf_add_char(to, field.ptr[i]);
        i += quoted && field.ptr[i] == '"';
    }
}

/* Whatever a text begins with, it comes back from its guarded field as it was. */
static void what_was_guarded_comes_back(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",    "plain", "=1+1",   "'=1+1",   "''=1+1",  "'plain", "''",       "'",
        "+33", "-5",    "@all",   "\ttab",   "\rcr",    "\nlf",   "＝1",      "'＠a",
        "−5",  "a;b",   "\"=1\"", "'\"=1\"", "= \"x\"", "1=1",    "''−minus", "; =1"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        AUTO_BUF field = {0};
        AUTO_BUF read = {0};

        export_csv_field(&field, view_of(texts[i]));
        read_field(buf_view(&field), &read);
        assert_true(view_is(text_rearmed(buf_view(&read)), texts[i]));
        assert_null(memchr("=+-@\t\r\n", read.len ? read.bytes[0] : 'x', 7));
    }
}

static void ideas_have_one_row_each(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_SINK out = {0};

    sample_init(&sample);
    export_ideas_csv(sample.history.board, &sample.texts, (struct export_options){0}, &out);
    static const char header[] =
        "n,text,theme,kind,parent,with,root,depth,author,at,state,seed,"
        "source_system,source_id,agree,disagree,pass,score,rank,proxy,"
        "source_title,source_url,source_place,source_result\r\n";

    assert_int_equal(memcmp(out.buf.bytes, header, strlen(header)), 0);
    assert_non_null(
        strstr(out.buf.bytes, "\r\n1,\"'=SUM(A1), \"\"oui\"\"\nnon\",,idea,,,1,0,1,"));
    assert_non_null(strstr(out.buf.bytes, ",shown,false,,,2,1,0,581197,1,false,,,,\r\n"));
    assert_non_null(strstr(out.buf.bytes, "\r\n2,\"Oui, mais\",,counter,1,,1,1,3,"));
    assert_non_null(strstr(out.buf.bytes, "\r\n3,,,idea,"));
    assert_non_null(strstr(out.buf.bytes, ",hidden,false,,,0,0,1,,,false,,,,\r\n"));
    assert_non_null(strstr(out.buf.bytes, "\r\n4,Des bus,Mobilité,idea,"));
}

static void closed_scores_leave_their_columns_empty(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_SINK out = {0};

    sample_init(&sample);
    export_ideas_csv(sample.history.board, &sample.texts,
                     (struct export_options){.closed = true}, &out);
    assert_non_null(strstr(out.buf.bytes, ",shown,false,,,,,,,,false,,,,\r\n"));
    assert_null(strstr(out.buf.bytes, "581197"));
}

static void own_ballots_are_left_out_of_the_ballots(void **state)
{
    (void)state;
    struct digest seed = {{1}};
    AUTO_SAMPLE sample = {0};
    AUTO_SINK out = {0};
    size_t lines = 0;

    sample_init(&sample);
    export_ballots_csv(sample.history.board, &seed, &out);
    for (size_t i = 0; i < out.buf.len; i++) {
        lines += out.buf.bytes[i] == '\n';
    }
    assert_int_equal(lines, 4); /* the header, and three of the four ballots */
    assert_int_equal(memcmp(out.buf.bytes, "voter,idea,choice\r\n1,", 21), 0);
    assert_non_null(strstr(out.buf.bytes, ",1,disagree\r\n"));
    assert_non_null(strstr(out.buf.bytes, ",3,pass\r\n"));
}

/* The number under which whoever disagreed appears. */
static char voter_of(const struct board *board, unsigned char chance)
{
    struct digest seed = {{chance}};
    AUTO_SINK out = {0};

    export_ballots_csv(board, &seed, &out);
    const char *found = strstr(out.buf.bytes, ",1,disagree\r\n");

    assert_non_null(found);
    return found[-1];
}

static void voters_are_numbered_anew_by_each_seed(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    bool seen[128] = {false};

    sample_init(&sample);
    for (unsigned char chance = 0; chance < 40; chance++) {
        char voter = voter_of(sample.history.board, chance);

        assert_int_equal(voter, voter_of(sample.history.board, chance));
        seen[(unsigned char)voter] = true;
    }
    assert_true(seen['1']);
    assert_true(seen['2']);
    assert_true(seen['3']); /* few authors: every ballot has a number of its own */
    assert_false(seen['4']);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_only_what_must_be),
        cmocka_unit_test(disarms_formulas),
        cmocka_unit_test(what_was_guarded_comes_back),
        cmocka_unit_test(ideas_have_one_row_each),
        cmocka_unit_test(closed_scores_leave_their_columns_empty),
        cmocka_unit_test(own_ballots_are_left_out_of_the_ballots),
        cmocka_unit_test(voters_are_numbered_anew_by_each_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
