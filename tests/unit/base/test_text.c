/* Goal: texts are measured, cleaned and compared as people read them, numbers read strictly,
   and times written in UTC. */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/time.h"

static void views_compare_by_their_bytes(void **state)
{
    (void)state;

    assert_true(view_equal(view_of(NULL), view_of("")));
    assert_true(view_is(view_of("abc"), "abc"));
    assert_false(view_is(view_of("abc"), "ab"));
    assert_false(view_is(view_of("abc"), "abd"));
    assert_true(view_is(view_trim(view_of(" \t\r\n a b\n ")), "a b"));
    assert_int_equal(view_trim(view_of(" \n ")).len, 0);
    assert_int_equal(view_trim(view_of(NULL)).len, 0);
}

static void reads_numbers_strictly(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "-1",
                                        "+1",
                                        " 1",
                                        "1 ",
                                        "1.0",
                                        "0x1",
                                        "11",
                                        "18446744073709551616",
                                        "99999999999999999999999"};
    uint64_t value = 77;
    int64_t signed_value = 77;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(view_to_uint(view_of(wrong[i]), 10, &value));
    }
    assert_true(view_to_uint(view_of("10"), 10, &value));
    assert_int_equal(value, 10);
    assert_true(view_to_uint(view_of("18446744073709551615"), UINT64_MAX, &value));
    assert_true(value == UINT64_MAX);
    assert_false(view_to_uint(view_of("18446744073709551616"), UINT64_MAX, &value));
    assert_true(view_to_int(view_of("-12"), &signed_value));
    assert_int_equal(signed_value, -12);
    assert_true(view_to_int(view_of("9223372036854775807"), &signed_value));
    assert_false(view_to_int(view_of("9223372036854775808"), &signed_value));
    assert_false(view_to_int(view_of("-"), &signed_value));
    assert_false(view_to_int(view_of("--1"), &signed_value));
}

static void reads_hexadecimal_of_exactly_that_length(void **state)
{
    (void)state;
    unsigned char bytes[2] = {0, 0};
    uint64_t value = 0;

    assert_true(view_to_bytes(view_of("aF09"), bytes, 2));
    assert_int_equal(bytes[0], 0xAF);
    assert_int_equal(bytes[1], 0x09);
    assert_false(view_to_bytes(view_of("aF0"), bytes, 2));
    assert_false(view_to_bytes(view_of("aF090"), bytes, 2));
    assert_false(view_to_bytes(view_of("aF0g"), bytes, 2));
    assert_false(view_to_bytes(view_of("/F00"), bytes, 2));
    assert_true(view_to_hex64(view_of("0123456789abcdef"), &value));
    assert_true(value == 0x0123456789ABCDEF);
    assert_false(view_to_hex64(view_of("0123456789abcde"), &value));
}

static void knows_well_formed_utf8(void **state)
{
    (void)state;
    static const char *const right[] = {
        "", "a", "é", "森", "👩‍👩‍👧", "\xf4\x8f\xbf\xbd", "\x7f"};
    static const char *const wrong[] = {"\x80",
                                        "\xc3",
                                        "\xc0\x80",
                                        "\xe0\x80\x80",
                                        "\xed\xa0\x80",
                                        "\xf4\x90\x80\x80",
                                        "\xf8\x88\x80\x80\x80",
                                        "a\xff"};

    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        assert_true(text_is_utf8(view_of(right[i])));
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(text_is_utf8(view_of(wrong[i])));
        assert_false(text_is_clean(view_of(wrong[i])));
        assert_false(text_is_clean_name(view_of(wrong[i])));
    }
    assert_false(text_is_utf8((struct view){"a\0b", 3}));
}

#define COMBINING "\xcc\x81"

static void knows_what_may_stand_in_a_text(void **state)
{
    (void)state;
    static const char *const both[] = {
        "Une piste",   "naïve — « oui » !",
        "森林",        "العربية",
        "e" COMBINING, "a" COMBINING COMBINING COMBINING COMBINING,
        "👍🏽",    "❤️",
    };
    static const char *const texts_only[] = {"a\nb", "a\tb", "👩‍👩‍👧",
                                             "نامه‌ها"};
    static const char *const neither[] = {
        "a\rb",          "a\x01",
        "a\x1b[31m",     "a\x7f",
        "a\xc2\x9b",                      /* a control of C1 */
        "a\xe2\x80\xae",                  /* an override of direction */
        "a\xe2\x80\xaa", "a\xe2\x81\xa6", /* an isolate */
        "a\xe2\x81\xa9", "a\xe2\x80\x8b", /* no width */
        "a\xe2\x80\x8e", "a\xef\xbb\xbf",
        "a\xe2\x80\xa8",                  /* a line separator */
        "a\xe2\x80\xa9", "a\xee\x80\x80", /* private use */
        "a\xef\xbf\xbf", "a" COMBINING COMBINING COMBINING COMBINING COMBINING,
    };

    for (size_t i = 0; i < sizeof both / sizeof *both; i++) {
        assert_true(text_is_clean(view_of(both[i])));
        assert_true(text_is_clean_name(view_of(both[i])));
    }
    for (size_t i = 0; i < sizeof texts_only / sizeof *texts_only; i++) {
        assert_true(text_is_clean(view_of(texts_only[i])));
        assert_false(text_is_clean_name(view_of(texts_only[i])));
    }
    for (size_t i = 0; i < sizeof neither / sizeof *neither; i++) {
        assert_false(text_is_clean(view_of(neither[i])));
        assert_false(text_is_clean_name(view_of(neither[i])));
    }
}

static void a_name_has_no_invisible_character(void **state)
{
    (void)state;
    static const char *const names[] = {
        "a\xc2\xad",                                           /* soft hyphen */
        "a\xd8\x9c",                                           /* Arabic letter mark */
        "a\xe1\xa0\x8e",                                       /* Mongolian vowel separator */
        "a\xe1\x85\x9f",                                       /* Hangul fillers */
        "a\xe3\x85\xa4", "a\xef\xbe\xa0", "a\xf3\xa0\x81\x81", /* a tag */
        "a\xe2\x81\xa4",                                       /* invisible plus */
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (text_is_clean_name(view_of(names[i]))) {
            fail_msg("accepted: %zu", i);
        }
    }
    assert_false(text_is_clean(view_of("a\xd8\x9c"))); /* it turns the direction of a text */
    assert_true(text_is_clean(view_of("🏴\xf3\xa0\x81\xa7\xf3\xa0\x81\xa2\xf3\xa0\x81\xa5"
                                      "\xf3\xa0\x81\xae\xf3\xa0\x81\xa7\xf3\xa0\x81\xbf")));
}

static void counts_characters_as_a_person_does(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t count;
    } cases[] = {
        {"", 0},
        {"abc", 3},
        {"é", 1},
        {"e" COMBINING "a", 2},
        {"👩‍👩‍👧", 1},
        {"🇫🇷🇫🇷", 2},
        {"👍🏽", 1},
        {"한국", 2},
        {"a\nb", 3},
        {"\xff"
         "abc",
         0},
        {"ab\xff", 2},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(text_graphemes(view_of(cases[i].text)), cases[i].count);
    }
}

static void equal_texts_have_one_normal_form(void **state)
{
    (void)state;
    size_t len = 0;
    char *normal = text_normal(view_of("e" COMBINING "te"), &len);

    assert_string_equal(normal, "éte");
    assert_int_equal(len, strlen("éte"));
    mem_free(normal);
    assert_null(text_normal(view_of("\xff"), &len));
}

static void searching_ignores_case_and_accents(void **state)
{
    (void)state;
    char *folded = text_folded(view_of("ÉCOLE Straße"));

    assert_string_equal(folded, "ecole strasse");
    mem_free(folded);
    assert_null(text_folded(view_of("\xff")));
}

static void reads_a_text_point_by_point(void **state)
{
    (void)state;
    struct view text = view_of("a\xffé");

    assert_int_equal(text_next(&text), 'a');
    assert_int_equal(text_next(&text), -1);
    assert_int_equal(text_next(&text), 0xE9);
    assert_int_equal(text.len, 0);
}

static void knows_what_words_are_made_of(void **state)
{
    (void)state;
    static const int32_t letters[] = {'a', 'Z', '7', 0xE9, 0x3B1, 0x5D0, 0x4E2D, 0x661};
    static const int32_t others[] = {' ', '-', '\'', '_', 0x2019, 0x301, 0x1F642, 0x20AC, 0xA0};

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        assert_true(text_is_letter(letters[i]));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(text_is_letter(others[i]));
    }
}

static void knows_a_slug(void **state)
{
    (void)state;
    static const char *const right[] = {"a", "0", "foret-2026", "a-b-c",
                                        "abcdefghijklmnopqrstuvwxyz012345"};
    static const char *const wrong[] = {"",
                                        "-",
                                        "-a",
                                        "a-",
                                        "a--b",
                                        "A",
                                        "é",
                                        "a b",
                                        "a_b",
                                        "a{b}",
                                        "abcdefghijklmnopqrstuvwxyz0123456",
                                        "a\n"};

    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        assert_true(text_is_slug(view_of(right[i])));
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(text_is_slug(view_of(wrong[i])));
    }
}

static void writes_times_in_utc(void **state)
{
    (void)state;
    static const struct {
        uint64_t ms;
        const char *text;
    } cases[] = {
        {0, "1970-01-01T00:00:00.000Z"},
        {1795428000007, "2026-11-23T10:00:00.007Z"},
        {951827696789, "2000-02-29T12:34:56.789Z"},
        {253402300799999, "9999-12-31T23:59:59.999Z"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        AUTO_BUF text = {0};

        time_write(&text, cases[i].ms);
        assert_string_equal(text.bytes, cases[i].text);
    }
    assert_true(time_now_ms() > 1600000000000);
    uint64_t before = time_monotonic_us();

    assert_true(time_monotonic_us() >= before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_compare_by_their_bytes),
        cmocka_unit_test(reads_numbers_strictly),
        cmocka_unit_test(reads_hexadecimal_of_exactly_that_length),
        cmocka_unit_test(knows_well_formed_utf8),
        cmocka_unit_test(knows_what_may_stand_in_a_text),
        cmocka_unit_test(a_name_has_no_invisible_character),
        cmocka_unit_test(counts_characters_as_a_person_does),
        cmocka_unit_test(equal_texts_have_one_normal_form),
        cmocka_unit_test(searching_ignores_case_and_accents),
        cmocka_unit_test(reads_a_text_point_by_point),
        cmocka_unit_test(knows_what_words_are_made_of),
        cmocka_unit_test(knows_a_slug),
        cmocka_unit_test(writes_times_in_utc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
