/* Goal: every response says what a browser may do with it, and nothing that came from a
   person gets into its head. */
#include "server/reply.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void every_response_is_fenced(void **state)
{
    (void)state;
    AUTO_BUF out = {0};
    struct reply reply = {.status = 404, .type = "text/plain", .length = 3};

    reply_write_head(&out, &reply);
    assert_memory_equal(out.bytes, "HTTP/1.1 404 Not Found\r\n", 24);
    assert_non_null(strstr(out.bytes, "Content-Length: 3\r\n"));
    assert_non_null(strstr(out.bytes, "Content-Security-Policy: default-src 'self';"));
    assert_non_null(strstr(out.bytes, "frame-ancestors 'none'"));
    assert_non_null(strstr(out.bytes, "X-Content-Type-Options: nosniff\r\n"));
    assert_non_null(strstr(out.bytes, "Referrer-Policy: no-referrer\r\n"));
    assert_non_null(strstr(out.bytes, "Cache-Control: no-store\r\n"));
    assert_null(strstr(out.bytes, "unsafe-"));
    assert_null(strstr(out.bytes, "Server:"));
    assert_null(strstr(out.bytes, "Access-Control-Allow-Origin"));
    assert_string_equal(out.bytes + out.len - 4, "\r\n\r\n");
}

static void an_older_browser_is_told_where_the_websocket_is(void **state)
{
    (void)state;
    AUTO_BUF out = {0};
    struct reply reply = {.status = 200, .authority = view_of("h.example:80")};

    reply_write_head(&out, &reply);
    assert_non_null(
        strstr(out.bytes, "connect-src 'self' ws://h.example:80 wss://h.example:80\r\n"));
}

static void a_file_name_stays_one(void **state)
{
    (void)state;
    AUTO_BUF out = {0};
    struct reply reply = {.status = 200, .file_name = "a b\"/\r\n\xc3\xa9.csv"};

    reply_write_head(&out, &reply);
    assert_non_null(strstr(out.bytes, "attachment; filename=\"a_b______.csv\"\r\n"));
}

static void what_has_not_changed_has_no_length(void **state)
{
    (void)state;
    AUTO_BUF out = {0};
    struct reply reply = {
        .status = 304, .etag = view_of("\"e\""), .cache = REPLY_ASK, .cors = true};

    reply_write_head(&out, &reply);
    assert_null(strstr(out.bytes, "Content-Length"));
    assert_non_null(strstr(out.bytes, "ETag: \"e\"\r\n"));
    assert_non_null(strstr(out.bytes, "Cache-Control: no-cache\r\n"));
    assert_non_null(strstr(out.bytes, "Access-Control-Allow-Origin: *\r\n"));
}

static void a_cookie_is_set_without_a_word_more(void **state)
{
    (void)state;
    AUTO_BUF out = {0};
    struct reply reply = {.status = 204, .cookie = "a=b; HttpOnly"};

    reply_write_head(&out, &reply);
    assert_memory_equal(out.bytes, "HTTP/1.1 204 No Content\r\n", 25);
    assert_non_null(strstr(out.bytes, "\r\nSet-Cookie: a=b; HttpOnly\r\n"));
    assert_null(strstr(out.bytes, "Content-Length"));
    reply.cookie = NULL;
    buf_clear(&out);
    reply_write_head(&out, &reply);
    assert_null(strstr(out.bytes, "Set-Cookie"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_response_is_fenced),
        cmocka_unit_test(an_older_browser_is_told_where_the_websocket_is),
        cmocka_unit_test(a_file_name_stays_one),
        cmocka_unit_test(what_has_not_changed_has_no_length),
        cmocka_unit_test(a_cookie_is_set_without_a_word_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
