/* Goal: JSON that is written without a tree reads back as the same text, and the reader of
   entries takes one thing after the other and stops at the first surprise. */
#include "wire/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wire/scan.h"

static void strings_read_back_as_they_were(void **state)
{
    (void)state;

    for (unsigned c = 1; c < 0x80; c++) {
        char text[] = {'a', (char)c, 'z', '\0'};
        AUTO_BUF bytes = {0};

        json_write_string(&bytes, view_of(text));
        json_auto_t *json = json_loadb(bytes.bytes, bytes.len, JSON_DECODE_ANY, NULL);

        assert_string_equal(json_string_value(json), text);
    }
}

static void escapes_only_what_must_be(void **state)
{
    (void)state;
    AUTO_BUF bytes = {0};

    json_write_string(&bytes, view_of("\"\\/\n\t\r\x01 é<森\x7f"));
    assert_string_equal(bytes.bytes, "\"\\\"\\\\/\\n\\t\\u000d\\u0001 é<森\x7f\"");
    buf_clear(&bytes);
    json_write_text_or_null(&bytes, (struct view){NULL, 0});
    json_write_text_or_null(&bytes, (struct view){"", 0});
    assert_string_equal(bytes.bytes, "null\"\"");
}

static void values_are_compact_with_their_keys_in_order(void **state)
{
    (void)state;
    json_auto_t *json = json_loads("{\"b\": [1, 2.5, null], \"a\": \"é\"}", 0, NULL);
    AUTO_BUF bytes = {0};

    json_write_value(&bytes, json);
    assert_string_equal(bytes.bytes, "{\"a\":\"é\",\"b\":[1,2.5,null]}");
    assert_true(view_is(json_view(json_object_get(json, "a")), "é"));
    assert_null(json_view(json_object_get(json, "b")).ptr);
    assert_null(json_view(NULL).ptr);
}

static void reads_items_from_left_to_right(void **state)
{
    (void)state;
    struct scan scan;

    scan_init(&scan, view_of("[\"x\",7,null,[],[1,2],{\"a\":\"}\\\"\"},\"0f\"]"));
    scan_open(&scan);
    assert_true(view_is(scan_string(&scan), "x"));
    assert_false(scan_null(&scan));
    assert_false(scan_is_array(&scan));
    assert_int_equal(scan_uint(&scan), 7);
    assert_true(scan_null(&scan));
    assert_true(scan_is_array(&scan));
    scan_open(&scan);
    assert_false(scan_more(&scan));
    scan_close(&scan);
    scan_open(&scan);
    assert_int_equal(scan_uint(&scan), 1);
    assert_true(scan_more(&scan));
    assert_int_equal(scan_uint(&scan), 2);
    scan_close(&scan);
    assert_true(view_is(scan_object(&scan), "{\"a\":\"}\\\"\"}"));
    assert_true(view_is(scan_hex(&scan), "0f"));
    assert_false(scan_done(&scan));
    scan_close(&scan);
    assert_true(scan_done(&scan));
}

static void after_a_surprise_everything_reads_as_nothing(void **state)
{
    (void)state;
    struct scan scan;

    scan_init(&scan, view_of("[\"a\",1,\"b\"]"));
    scan_open(&scan);
    assert_int_equal(scan_uint(&scan), 0);
    assert_true(scan.failed);
    assert_null(scan_string(&scan).ptr);
    assert_null(scan_object(&scan).ptr);
    assert_false(scan_null(&scan));
    assert_false(scan_is_array(&scan));
    assert_false(scan_more(&scan));
    scan_close(&scan);
    assert_false(scan_done(&scan));
}

static void numbers_go_up_to_what_a_double_holds(void **state)
{
    (void)state;
    struct scan scan;

    scan_init(&scan, view_of("[9007199254740991,9007199254740992"));
    scan_open(&scan);
    assert_int_equal(scan_uint(&scan), 9007199254740991);
    assert_false(scan.failed);
    assert_int_equal(scan_uint(&scan), 0);
    assert_true(scan.failed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_read_back_as_they_were),
        cmocka_unit_test(escapes_only_what_must_be),
        cmocka_unit_test(values_are_compact_with_their_keys_in_order),
        cmocka_unit_test(reads_items_from_left_to_right),
        cmocka_unit_test(after_a_surprise_everything_reads_as_nothing),
        cmocka_unit_test(numbers_go_up_to_what_a_double_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
