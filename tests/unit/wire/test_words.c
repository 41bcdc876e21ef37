/* Goal: the head of a chain has eight words that two people can compare aloud. */
#include "wire/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum {
    WORDS = 1 << WORDS_BITS
};

static void the_list_has_a_word_for_every_eleven_bits(void **state)
{
    (void)state;
    for (uint32_t n = 0; n < WORDS; n++) {
        struct view word = words_word(n);

        assert_in_range(word.len, 4, 8);
        for (size_t i = 0; i < word.len; i++) {
            assert_in_range(word.ptr[i], 'a', 'z');
        }
    }
    struct view last = words_word(WORDS - 1);

    assert_string_equal(last.ptr + last.len, "\n");
}

static void no_two_words_begin_alike(void **state)
{
    (void)state;
    for (uint32_t n = 1; n < WORDS; n++) {
        assert_true(memcmp(words_word(n - 1).ptr, words_word(n).ptr, 4) < 0);
    }
}

static void words_are_the_first_bits_of_the_head(void **state)
{
    (void)state;
    struct digest head = {{0}};
    AUTO_BUF first = {0};
    AUTO_BUF expected = {0};

    head.bytes[1] = 0x20;  /* the eleventh bit */
    head.bytes[10] = 0x01; /* the last bit of the eighth word */
    words_write(&first, &head);
    for (int i = 0; i < WORDS_COUNT; i++) {
        buf_add_text(&expected, i ? " " : "");
        buf_add_view(&expected, words_word(i == 0 || i == 7));
    }
    assert_string_equal(first.bytes, expected.bytes);
    head.bytes[11] = 0xFF; /* not told */
    buf_clear(&first);
    words_write(&first, &head);
    assert_string_equal(first.bytes, expected.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_has_a_word_for_every_eleven_bits),
        cmocka_unit_test(no_two_words_begin_alike),
        cmocka_unit_test(words_are_the_first_bits_of_the_head),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
