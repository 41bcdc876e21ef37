/* Goal: a buf holds exactly what was added, followed by a NUL, whatever the order of additions.
 */
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

static void holds_what_is_added_and_ends_with_a_nul(void **state)
{
    (void)state;
    AUTO_BUF buf = {0};

    buf_add(&buf, "ab", 2);
    buf_add_view(&buf, (struct view){"cde", 2});
    buf_add_text(&buf, "");
    buf_add_char(&buf, '-');
    buf_add_uint(&buf, 0);
    buf_add_char(&buf, ' ');
    buf_add_uint(&buf, UINT64_MAX);
    buf_add_char(&buf, ' ');
    buf_add_int(&buf, INT64_MIN);
    buf_add_int(&buf, 7);
    buf_add_hex(&buf, "\x00\xf1", 2);
    buf_add_hex64(&buf, 0x0123456789ABCDEF);
    buf_printf(&buf, "%s%d", "x", -1);
    buf_printf(&buf, "%s", "");
    assert_string_equal(buf.bytes, "abcd-0 18446744073709551615 -92233720368547758087"
                                   "00f10123456789abcdefx-1");
    assert_int_equal(buf.len, strlen(buf.bytes));
}

static void grows_by_any_steps(void **state)
{
    (void)state;
    AUTO_BUF buf = {0};
    size_t len = 0;

    for (size_t i = 0; i < 500; i++) {
        char *piece = mem_alloc(i + 1);

        memset(piece, 'a' + (int)(i % 26), i);
        if (i % 2) {
            buf_add_text(&buf, piece);
        } else {
            buf_printf(&buf, "%s", piece);
        }
        len += i;
        mem_free(piece);
        assert_int_equal(buf.len, len);
    }
    assert_int_equal(buf.bytes[buf.len], '\0');
    assert_int_equal(buf.bytes[buf.len - 1], 'a' + 499 % 26);
}

static void clear_keeps_the_room_and_take_hands_over(void **state)
{
    (void)state;
    struct buf buf;

    buf_init(&buf);
    char *empty = buf_take(&buf);

    assert_string_equal(empty, "");
    mem_free(empty);
    buf_clear(&buf);
    buf_add_text(&buf, "first");
    size_t room = buf.room;

    buf_clear(&buf);
    assert_int_equal(buf.len, 0);
    assert_int_equal(buf.room, room);
    assert_string_equal(buf.bytes, "");
    buf_add(&buf, "with\0nul", 8);
    assert_int_equal(buf_view(&buf).len, 8);
    char *taken = buf_take(&buf);

    assert_memory_equal(taken, "with\0nul", 9);
    assert_null(buf.bytes);
    mem_free(taken);
    buf_finish(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_what_is_added_and_ends_with_a_nul),
        cmocka_unit_test(grows_by_any_steps),
        cmocka_unit_test(clear_keeps_the_room_and_take_hands_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
