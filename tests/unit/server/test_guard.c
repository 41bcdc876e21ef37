/* Goal: what never should come in is told apart from its words alone, and nothing else is. */
#include "server/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_view(struct view view, const char *expected)
{
    assert_int_equal(view.len, strlen(expected));
    assert_memory_equal(view.ptr ? view.ptr : "", expected, view.len);
}

static void finds_the_host_of_an_authority(void **state)
{
    (void)state;

    assert_view(guard_host(view_of("idees.example")), "idees.example");
    assert_view(guard_host(view_of("idees.example:8080")), "idees.example");
    assert_view(guard_host(view_of("192.0.2.1:80")), "192.0.2.1");
    assert_view(guard_host(view_of("[2001:db8::1]:80")), "2001:db8::1");
    assert_view(guard_host(view_of("[::1]")), "::1");
}

static void refuses_malformed_authorities(void **state)
{
    (void)state;
    static const char *const bad[] = {"",       ":80",     "a b",      "a,b", "a:b",
                                      "a:",     "a:65536", "a:80:80",  "a/b", "user@a",
                                      "[::1",   "[::1]x",  "[::1]:x",  "[a]", "::1",
                                      "a\r\nb", "a\"b",    "<script>", "a;b", "\xc3\xa9"};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(guard_host(view_of(bad[i])).len, 0);
    }
    assert_int_equal(guard_host((struct view){"a\0b", 3}).len, 0);
}

static void finds_the_host_of_a_url(void **state)
{
    (void)state;

    assert_view(guard_url_host(view_of("https://idees.example")), "idees.example");
    assert_view(guard_url_host(view_of("HTTP://idees.example:8080/x?y#z")), "idees.example");
    assert_int_equal(guard_url_host(view_of("idees.example")).len, 0);
    assert_int_equal(guard_url_host(view_of("ftp://idees.example")).len, 0);
    assert_int_equal(guard_url_host(view_of("https://")).len, 0);
}

static void an_origin_is_the_same_host_and_port_or_foreign(void **state)
{
    (void)state;
    struct view authority = view_of("idees.example:8080");
    static const char *const foreign[] = {"",
                                          "null",
                                          "http://",
                                          "idees.example:8080",
                                          "http://idees.example",
                                          "http://idees.example:8081",
                                          "http://idees.example:8080.evil.example",
                                          "http://evil.example/idees.example:8080",
                                          "http://idees.example:8080/",
                                          "http://xidees.example:8080",
                                          "ftp://idees.example:8080",
                                          "file://"};

    assert_true(guard_is_same_origin(view_of("http://idees.example:8080"), authority));
    assert_true(guard_is_same_origin(view_of("https://Idees.example:8080"), authority));
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        assert_false(guard_is_same_origin(view_of(foreign[i]), authority));
    }
    assert_false(guard_is_same_origin(view_of("http://"), view_of("")));
}

static void a_sound_path_stays_where_it_is(void **state)
{
    (void)state;
    static const char *const sound[] = {"/", "/b/loire-2040", "/b/x/i/3", "/a.b/..c/d..",
                                        "/\xc3\xa9t\xc3\xa9"};
    static const char *const bad[] = {
        "",      "b",      "/..",   "/../etc",   "/a/../b", "/a/.",         "/a\\b",
        "/a\nb", "/a\x7f", "/\xff", "/\xc0\xae", "/a/./b",  "/\xed\xa0\x80"};

    for (size_t i = 0; i < sizeof sound / sizeof *sound; i++) {
        assert_true(guard_path_is_sound(view_of(sound[i])));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(guard_path_is_sound(view_of(bad[i])));
    }
    assert_false(guard_path_is_sound((struct view){"/a\0b", 4}));
}

static void a_query_is_written_as_it_would_be_sent(void **state)
{
    (void)state;
    AUTO_BUF out = {0};

    guard_query_add(&out, view_of("q=caf\xc3\xa9 & th\xc3\xa9=1"));
    assert_string_equal(out.bytes, "q=caf%C3%A9%20%26%20th%C3%A9%3D1");
    buf_clear(&out);
    guard_query_add(&out, view_of("limit"));
    assert_string_equal(out.bytes, "limit");
}

static void finds_words_in_lists(void **state)
{
    (void)state;

    assert_true(guard_list_has(view_of("keep-alive, Upgrade"), "upgrade"));
    assert_true(guard_list_has(view_of("a;q=1 ,close"), "a"));
    assert_false(guard_list_has(view_of("closed, xclose"), "close"));
    assert_false(guard_list_has(view_of(""), "close"));
    assert_true(guard_accepts_gzip(view_of("br, gzip;q=0.5")));
    assert_true(guard_accepts_gzip(view_of("GZIP")));
    assert_false(guard_accepts_gzip(view_of("gzip;q=0")));
    assert_false(guard_accepts_gzip(view_of("gzip; q=0.000, br")));
    assert_false(guard_accepts_gzip(view_of("br, xgzip")));
    assert_false(guard_accepts_gzip(view_of("")));
}

static void knows_what_a_browser_has_already(void **state)
{
    (void)state;
    struct view etag = view_of("\"abc\"");

    assert_true(guard_etag_matches(view_of("\"abc\""), etag));
    assert_true(guard_etag_matches(view_of("\"x\", W/\"abc\""), etag));
    assert_true(guard_etag_matches(view_of("*"), etag));
    assert_false(guard_etag_matches(view_of("abc"), etag));
    assert_false(guard_etag_matches(view_of("\"abcd\""), etag));
    assert_false(guard_etag_matches(view_of(""), etag));
}

static struct upgrade good(void)
{
    return (struct upgrade){.is_get = true,
                            .http = view_of("HTTP/1.1"),
                            .version = view_of("13"),
                            .key = view_of("dGhlIHNhbXBsZSBub25jZQ=="),
                            .protocols = view_of("other, pinson.v1")};
}

static void lets_a_handshake_through(void **state)
{
    (void)state;
    struct upgrade upgrade = good();

    assert_int_equal(guard_upgrade(&upgrade, "pinson.v1"), 0);
}

static void refuses_every_departure_from_the_handshake(void **state)
{
    (void)state;
    struct upgrade post = good();
    struct upgrade body = good();
    struct upgrade old = good();

    post.is_get = false;
    body.has_body = true;
    old.http = view_of("HTTP/1.0");
    assert_int_equal(guard_upgrade(&post, "pinson.v1"), 405);
    assert_int_equal(guard_upgrade(&body, "pinson.v1"), 400);
    assert_int_equal(guard_upgrade(&old, "pinson.v1"), 400);

    static const char *const versions[] = {"", "x", "12", "99", "013", "13, 8"};
    static const char *const keys[] = {"", "abc", "dGhlIHNhbXBsZSBub25jZQ=A",
                                       "-GhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ==A"};
    static const char *const protocols[] = {"", "pinson.v2", "pinson.v1x", "xpinson.v1"};

    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        struct upgrade upgrade = good();

        upgrade.version = view_of(versions[i]);
        assert_int_equal(guard_upgrade(&upgrade, "pinson.v1"), 426);
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct upgrade upgrade = good();

        upgrade.key = view_of(keys[i]);
        assert_int_equal(guard_upgrade(&upgrade, "pinson.v1"), 400);
    }
    for (size_t i = 0; i < sizeof protocols / sizeof *protocols; i++) {
        struct upgrade upgrade = good();

        upgrade.protocols = view_of(protocols[i]);
        assert_int_equal(guard_upgrade(&upgrade, "pinson.v1"), 400);
    }
}

/* The address that limits are counted by; proxy: NULL for none. */
static void assert_address(const char *peer, const char *proxy, const char *forwarded,
                           const char *expected)
{
    struct ip from;
    struct ip through;
    char out[IP_TEXT_SIZE];

    assert_true(ip_parse(view_of(peer), &from));
    if (proxy) {
        assert_true(ip_parse(view_of(proxy), &through));
    }
    guard_address(&from, proxy ? &through : NULL, view_of(forwarded), out);
    assert_string_equal(out, expected);
}

static void only_the_trusted_proxy_says_who_is_behind(void **state)
{
    (void)state;

    assert_address("192.0.2.9", NULL, "198.51.100.1", "192.0.2.9");
    assert_address("192.0.2.9", "192.0.2.8", "198.51.100.1", "192.0.2.9");
    assert_address("192.0.2.8", "192.0.2.8", "198.51.100.1", "198.51.100.1");
    assert_address("127.0.0.1", NULL, "198.51.100.1", "");
    assert_address("127.0.0.1", "127.0.0.1", "198.51.100.1", "198.51.100.1");
    assert_address("::ffff:192.0.2.8", "192.0.2.8", "198.51.100.1", "198.51.100.1");
}

static void the_last_address_that_is_not_the_proxy_counts(void **state)
{
    (void)state;

    assert_address("192.0.2.8", "192.0.2.8", "203.0.113.1, 198.51.100.1", "198.51.100.1");
    assert_address("192.0.2.8", "192.0.2.8", "198.51.100.1, 192.0.2.8", "198.51.100.1");
    assert_address("192.0.2.8", "192.0.2.8", "198.51.100.1:4711", "198.51.100.1");
    assert_address("192.0.2.8", "192.0.2.8", "198.51.100.1, unknown", "192.0.2.8");
    assert_address("192.0.2.8", "192.0.2.8", "", "192.0.2.8");
    assert_address("127.0.0.1", "127.0.0.1", "198.51.100.1, 127.0.0.1", "198.51.100.1");
}

static void finds_the_one_cookie_of_a_name(void **state)
{
    (void)state;

    assert_view(guard_cookie(view_of("pinson=abc"), "pinson"), "abc");
    assert_view(guard_cookie(view_of("a=b; pinson=abc; c=d"), "pinson"), "abc");
    assert_view(guard_cookie(view_of("a;pinson=a=b ;;"), "pinson"), "a=b");
    assert_view(guard_cookie(view_of("xpinson=1;pinson=2;pinsonx=3"), "pinson"), "2");
}

static void ignores_cookies_of_other_names_and_those_that_are_there_twice(void **state)
{
    (void)state;
    static const char *const none[] = {"",
                                       ";",
                                       "pinson",
                                       "pinson=",
                                       "Pinson=a",
                                       "pinson =a",
                                       "a=pinson=b",
                                       "a, pinson=b",
                                       "pinson=a; pinson=a",
                                       "pinson=; pinson=a",
                                       "pinson=a; b=c; pinson=d; pinson=e"};

    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_int_equal(guard_cookie(view_of(none[i]), "pinson").len, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_host_of_an_authority),
        cmocka_unit_test(refuses_malformed_authorities),
        cmocka_unit_test(finds_the_host_of_a_url),
        cmocka_unit_test(an_origin_is_the_same_host_and_port_or_foreign),
        cmocka_unit_test(a_sound_path_stays_where_it_is),
        cmocka_unit_test(a_query_is_written_as_it_would_be_sent),
        cmocka_unit_test(finds_words_in_lists),
        cmocka_unit_test(knows_what_a_browser_has_already),
        cmocka_unit_test(finds_the_one_cookie_of_a_name),
        cmocka_unit_test(ignores_cookies_of_other_names_and_those_that_are_there_twice),
        cmocka_unit_test(lets_a_handshake_through),
        cmocka_unit_test(refuses_every_departure_from_the_handshake),
        cmocka_unit_test(only_the_trusted_proxy_says_who_is_behind),
        cmocka_unit_test(the_last_address_that_is_not_the_proxy_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
