/* Goal: a text opens only as what the log commits to, and is found by its reference until it is
   removed. */
#include "wire/texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

static const struct text_seed seed = {.ref = {{1, 2, 3}}, .salt = {9, 8, 7}};

static void opens_as_it_was_written(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "Une piste cyclable",
                                        "\"\\\n\t\x01é👩‍👩‍👧 森"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        AUTO_BUF json = {0};
        char *text = NULL;
        struct text_use use = text_use_make(view_of(texts[i]), &seed, &json);

        assert_memory_equal(&use.ref, &seed.ref, sizeof use.ref);
        assert_int_equal(text_open(buf_view(&json), &use, &text), OK);
        assert_string_equal(text, texts[i]);
        mem_free(text);
    }
}

static void counts_what_a_person_sees(void **state)
{
    (void)state;
    AUTO_BUF json = {0};

    assert_int_equal(
        text_use_make(view_of("e\xcc\x81 👩‍👩‍👧"), &seed, &json).length, 3);
}

/* BLAKE2b-256 of the salt and the text, computed apart from this program. */
static void commits_to_salt_and_text(void **state)
{
    (void)state;
    AUTO_BUF json = {0};
    AUTO_BUF hex = {0};
    struct text_use use = text_use_make(view_of("abc"), &seed, &json);

    buf_add_hex(&hex, use.hash.bytes, sizeof use.hash.bytes);
    assert_string_equal(hex.bytes,
                        "d3697bc31c9f9f7edda61dee7f7b56065b928c19001cac70721922bf2a07b4f5");
    assert_string_equal(json.bytes,
                        "{\"salt\":\"09080700000000000000000000000000\",\"text\":\"abc\"}");
}

static void refuses_another_text_than_was_committed_to(void **state)
{
    (void)state;
    static const char *const altered[] = {
        "{\"salt\":\"09080700000000000000000000000000\",\"text\":\"abd\"}",
        "{\"salt\":\"09080700000000000000000000000000\",\"text\":\"ab\"}",
        "{\"salt\":\"09080700000000000000000000000001\",\"text\":\"abc\"}",
    };
    AUTO_BUF json = {0};
    char *text = NULL;
    struct text_use use = text_use_make(view_of("abc"), &seed, &json);

    for (size_t i = 0; i < sizeof altered / sizeof *altered; i++) {
        assert_int_equal(text_open(view_of(altered[i]), &use, &text), ERR_CONFLICT);
    }
    use.hash.bytes[31] ^= 1;
    assert_int_equal(text_open(buf_view(&json), &use, &text), ERR_CONFLICT);
    assert_null(text);
}

static void refuses_what_is_no_stored_text(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "null",
        "{}",
        "{\"text\":\"abc\"}",
        "{\"salt\":\"09080700000000000000000000000000\"}",
        "{\"salt\":\"0908070000000000000000000000000\",\"text\":\"abc\"}",
        "{\"salt\":7,\"text\":\"abc\"}",
        "{\"salt\":\"09080700000000000000000000000000\",\"text\":null}",
    };
    AUTO_BUF json = {0};
    char *text = NULL;
    struct text_use use = text_use_make(view_of("abc"), &seed, &json);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(text_open(view_of(cases[i]), &use, &text), ERR_PARSE);
    }
    assert_null(text);
}

static struct ref ref_of(unsigned n)
{
    struct ref ref = {{(unsigned char)(n >> 8), (unsigned char)n, 1}};

    return ref;
}

static void finds_what_was_put_until_it_is_removed(void **state)
{
    (void)state;
    struct texts texts;

    texts_init(&texts);
    assert_null(texts_find(&texts, ref_of(1)).ptr);
    for (unsigned n = 1; n <= 500; n++) {
        AUTO_BUF text = {0};

        buf_printf(&text, "text %u", n);
        texts_put(&texts, ref_of(n), buf_take(&text));
    }
    for (unsigned n = 2; n <= 500; n += 2) {
        texts_remove(&texts, ref_of(n));
        texts_remove(&texts, ref_of(n));
    }
    texts_put(&texts, ref_of(3), mem_copy_text("anew", 4));
    assert_true(view_is(texts_find(&texts, ref_of(1)), "text 1"));
    assert_true(view_is(texts_find(&texts, ref_of(499)), "text 499"));
    assert_true(view_is(texts_find(&texts, ref_of(3)), "anew"));
    assert_null(texts_find(&texts, ref_of(2)).ptr);
    assert_null(texts_find(&texts, (struct ref){{0}}).ptr);
    texts_finish(&texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_as_it_was_written),
        cmocka_unit_test(counts_what_a_person_sees),
        cmocka_unit_test(commits_to_salt_and_text),
        cmocka_unit_test(refuses_another_text_than_was_committed_to),
        cmocka_unit_test(refuses_what_is_no_stored_text),
        cmocka_unit_test(finds_what_was_put_until_it_is_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
