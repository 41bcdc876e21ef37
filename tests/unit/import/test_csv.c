/* Goal: a table of values is read as RFC 4180 says, and what breaks it is named with its line.
 */
#include "import/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define expect_field(csv, i, text) assert_true(view_is((csv)->fields[i], text))

static void expect_bad(const char *text, size_t line, const char *why)
{
    struct csv csv;
    enum csv_result result = CSV_ROW;

    csv_init(&csv, view_of(text));
    while (result == CSV_ROW) {
        result = csv_next(&csv);
    }
    assert_int_equal(result, CSV_BAD);
    assert_int_equal(csv.line, line);
    assert_string_equal(csv.why, why);
    csv_finish(&csv);
}

static void reads_rows_with_either_line_end_and_without_the_last(void **state)
{
    (void)state;
    struct csv csv;

    csv_init(&csv, view_of("a,b\r\n1,2\n3,4"));
    assert_int_equal(csv_next(&csv), CSV_ROW);
    assert_int_equal(csv.count, 2);
    expect_field(&csv, 1, "b");
    assert_int_equal(csv_next(&csv), CSV_ROW);
    expect_field(&csv, 0, "1");
    expect_field(&csv, 1, "2");
    assert_int_equal(csv_next(&csv), CSV_ROW);
    assert_int_equal(csv.line, 3);
    expect_field(&csv, 1, "4");
    assert_int_equal(csv_next(&csv), CSV_END);
    csv_finish(&csv);
}

static void reads_quotes_commas_and_line_ends_inside_quotes(void **state)
{
    (void)state;
    struct csv csv;

    csv_init(&csv, view_of("1,\"say \"\"yes\"\", or\nno\",\"\"\n2,x,y\n"));
    assert_int_equal(csv_next(&csv), CSV_ROW);
    assert_int_equal(csv.count, 3);
    expect_field(&csv, 1, "say \"yes\", or\nno");
    expect_field(&csv, 2, "");
    assert_int_equal(csv_next(&csv), CSV_ROW);
    assert_int_equal(csv.line, 3); /* the row before took two lines */
    assert_int_equal(csv_next(&csv), CSV_END);
    csv_finish(&csv);
}

static void skips_a_byte_order_mark_and_empty_lines(void **state)
{
    (void)state;
    struct csv csv;

    csv_init(&csv, view_of("\xEF\xBB\xBFid,vote\n\n\r\n7,1\n\n"));
    assert_int_equal(csv_next(&csv), CSV_ROW);
    assert_int_equal(csv_find(&csv, "id"), 0);
    assert_int_equal(csv_find(&csv, "vote"), 1);
    assert_int_equal(csv_find(&csv, "body"), CSV_FIELDS);
    assert_int_equal(csv_next(&csv), CSV_ROW);
    assert_int_equal(csv.line, 4);
    assert_int_equal(csv_next(&csv), CSV_END);
    csv_finish(&csv);
}

static void keeps_empty_fields(void **state)
{
    (void)state;
    struct csv csv;

    csv_init(&csv, view_of(",\n"));
    assert_int_equal(csv_next(&csv), CSV_ROW);
    assert_int_equal(csv.count, 2);
    expect_field(&csv, 0, "");
    expect_field(&csv, 1, "");
    csv_finish(&csv);
}

static void names_the_line_of_what_breaks_a_table(void **state)
{
    (void)state;
    expect_bad("a\n\"b\nc", 2, "a quote that opens here is never closed");
    expect_bad("a\nb\n\"c\"d\n", 3, "text after a closing quote");
    expect_bad("a\nb\"c\n", 2, "a quote inside a field that has none around it");
    expect_bad("a\rb\n", 1, "a carriage return that ends no line");
}

static void refuses_more_columns_than_it_has_room_for(void **state)
{
    (void)state;
    AUTO_BUF text = {0};

    for (int i = 0; i < CSV_FIELDS; i++) {
        buf_add_char(&text, ',');
    }
    expect_bad(text.bytes, 1, "more columns than any known export has");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_rows_with_either_line_end_and_without_the_last),
        cmocka_unit_test(reads_quotes_commas_and_line_ends_inside_quotes),
        cmocka_unit_test(skips_a_byte_order_mark_and_empty_lines),
        cmocka_unit_test(keeps_empty_fields),
        cmocka_unit_test(names_the_line_of_what_breaks_a_table),
        cmocka_unit_test(refuses_more_columns_than_it_has_room_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
