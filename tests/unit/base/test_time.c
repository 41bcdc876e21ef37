/* Goal: a moment that somebody writes is the one that is kept, and what is none is refused. */
#include "base/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hash.h"

static uint64_t parsed(const char *text)
{
    uint64_t ms = 77;

    if (!time_parse(view_of(text), &ms)) {
        fail_msg("refused: %s", text);
    }
    return ms;
}

static void moments_are_read(void **state)
{
    (void)state;

    assert_int_equal(parsed("1970-01-01T00:00:00Z"), 0);
    assert_int_equal(parsed("2026-11-23T10:00:00.000Z"), UINT64_C(1795428000000));
    assert_int_equal(parsed("2026-11-23T11:00:00+01:00"), UINT64_C(1795428000000));
    assert_int_equal(parsed("2026-11-23T04:30:00.000-05:30"), UINT64_C(1795428000000));
    assert_int_equal(parsed("2026-11-23T10:00:00.5Z"), UINT64_C(1795428000500));
    assert_int_equal(parsed("2026-11-23T10:00:00.1239Z"), UINT64_C(1795428000123));
    assert_int_equal(parsed("2000-02-29T00:00:00Z"), UINT64_C(951782400000));
    assert_int_equal(parsed("9999-12-31T23:59:59.999Z"), UINT64_C(253402300799999));
}

static void what_is_written_comes_back(void **state)
{
    (void)state;

    for (uint64_t i = 0; i < 20000; i++) {
        uint64_t ms = hash_mix(i) % UINT64_C(253402300800000);
        AUTO_BUF text = {0};

        time_write(&text, ms);
        assert_int_equal(parsed(text.bytes), ms);
    }
}

static void what_is_no_moment_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "2026",
        "2026-11-23",
        "2026-11-23T10:00:00",
        "2026-11-23 10:00:00Z",
        "2026-11-23T10:00Z",
        "2026-11-23T10:00:00.Z",
        "2026-11-23T10:00:00Z ",
        " 2026-11-23T10:00:00Z",
        "2026-11-23T10:00:00+0100",
        "2026-11-23T10:00:00+24:00",
        "2026-11-23T10:00:00+01:60",
        "2026-11-23T24:00:00Z",
        "2026-11-23T10:60:00Z",
        "2026-11-23T10:00:60Z",
        "2026-00-23T10:00:00Z",
        "2026-13-23T10:00:00Z",
        "2026-11-00T10:00:00Z",
        "2026-11-31T10:00:00Z",
        "2026-02-29T10:00:00Z",
        "2100-02-29T10:00:00Z",
        "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00+00:01",
        "-026-11-23T10:00:00Z",
        "20261123T100000Z",
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t ms = 77;

        if (time_parse(view_of(cases[i]), &ms)) {
            fail_msg("accepted: %s", cases[i]);
        }
        assert_int_equal(ms, 77);
    }
}

static void days_of_the_calendar_are_read(void **state)
{
    (void)state;
    static const char *const wrong[] = {"2026-02-29", "2100-02-29", "2026-04-31",  "2026-13-01",
                                        "2026-00-10", "2026-10-00", "1999-12-31",  "2200-01-01",
                                        "2026-1-01",  "26-01-01",   "2026-01-01Z", "",
                                        "2026/01/01", "20260101"};
    static const char *const right[] = {"2000-01-01", "2024-02-29", "2026-11-23", "2199-12-31"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        uint32_t date = 77;

        if (date_parse(view_of(wrong[i]), &date)) {
            fail_msg("accepted: %s", wrong[i]);
        }
        assert_int_equal(date, 77);
    }
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        uint32_t date = 0;
        AUTO_BUF text = {0};

        assert_true(date_parse(view_of(right[i]), &date));
        assert_true(date_is_real(date));
        date_write(&text, date);
        assert_string_equal(text.bytes, right[i]);
    }
    assert_false(date_is_real(0));
    assert_false(date_is_real(UINT32_MAX));
    assert_false(date_is_real(20260230));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_read),
        cmocka_unit_test(what_is_written_comes_back),
        cmocka_unit_test(what_is_no_moment_is_refused),
        cmocka_unit_test(days_of_the_calendar_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
