/* Goal: an archive is what every tar reads – the sum, the sizes and the blocks are right. */
#include "export/tar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void a_member_has_its_name_size_and_sum(void **state)
{
    (void)state;
    AUTO_BUF out = {0};
    unsigned sum = 0;
    char written[8] = "";

    tar_write_head(&out, "ideas.csv", 1000, 1700000000123);
    assert_int_equal(out.len, TAR_BLOCK);
    assert_string_equal(out.bytes, "ideas.csv");
    assert_string_equal(out.bytes + 124, "00000001750"); /* 1000 in octal */
    assert_string_equal(out.bytes + 136, "14524770400"); /* 1700000000 */
    assert_memory_equal(out.bytes + 257, "ustar\00000", 8);
    memcpy(written, out.bytes + 148, 6);
    memset(out.bytes + 148, ' ', 8);
    for (size_t i = 0; i < out.len; i++) {
        sum += (unsigned char)out.bytes[i];
    }
    unsigned read = 0;

    for (size_t i = 0; i < 6; i++) {
        read = read * 8 + (unsigned)(written[i] - '0');
    }
    assert_int_equal(read, sum);
}

static void the_last_block_is_filled(void **state)
{
    (void)state;
    AUTO_BUF out = {0};

    tar_write_fill(&out, 1000);
    assert_int_equal(out.len, 24);
    tar_write_fill(&out, 1024);
    assert_int_equal(out.len, 24);
    tar_write_end(&out);
    assert_int_equal(out.len, 24 + 2 * TAR_BLOCK);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_member_has_its_name_size_and_sum),
        cmocka_unit_test(the_last_block_is_filled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
