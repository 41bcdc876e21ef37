/* Goal: one address is one value however it is written, and one household one name. */
#include "server/ip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct ip parsed(const char *text)
{
    struct ip ip;

    assert_true(ip_parse(view_of(text), &ip));
    return ip;
}

static void assert_limited(const char *text, const char *expected)
{
    struct ip ip = parsed(text);
    char out[IP_TEXT_SIZE];

    ip_write_limited(&ip, out);
    assert_string_equal(out, expected);
}

static void reads_addresses_as_they_stand_in_headers(void **state)
{
    (void)state;
    struct ip four = parsed("192.0.2.1");
    struct ip six = parsed("2001:db8::1");
    struct ip other = parsed(" 192.0.2.1:80 ");

    assert_true(ip_equal(&four, &other));
    other = parsed("::ffff:192.0.2.1");
    assert_true(ip_equal(&four, &other));
    other = parsed("[2001:0db8:0::1]:443");
    assert_true(ip_equal(&six, &other));
    assert_false(ip_equal(&four, &six));
}

static void refuses_what_is_no_address(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",          "a",     "1.2.3",   "1.2.3.4.5",       "256.1.1.1",
        "[::1",      "[]",    "unknown", "_hidden",         "01.2.3.4.",
        "localhost", "::1::", ":",       "1.2.3.4, 5.6.7.8"};
    struct ip ip;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(ip_parse(view_of(bad[i]), &ip));
    }
    assert_false(ip_parse((struct view){"1.2.3.4\0", 8}, &ip));
}

static void a_household_of_ipv6_is_counted_as_one(void **state)
{
    (void)state;

    assert_limited("192.0.2.1", "192.0.2.1");
    assert_limited("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64");
    assert_limited("2001:db8:1:2:ffff::", "2001:db8:1:2::/64");
}

static void loopback_has_no_limits(void **state)
{
    (void)state;

    assert_limited("127.0.0.1", "");
    assert_limited("127.8.8.8", "");
    assert_limited("::1", "");
    assert_limited("::ffff:127.0.0.1", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_addresses_as_they_stand_in_headers),
        cmocka_unit_test(refuses_what_is_no_address),
        cmocka_unit_test(a_household_of_ipv6_is_counted_as_one),
        cmocka_unit_test(loopback_has_no_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
