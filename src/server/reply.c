#include "server/reply.h"

#include <libwebsockets.h>
#include <time.h>

/* Nothing but what this server offers is loaded, framed or spoken to. */
#define POLICY                                                                                 \
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "             \
    "frame-ancestors 'none'; connect-src 'self'"

const struct lws_protocol_vhost_options *reply_fixed_headers(void)
{
    static const struct lws_protocol_vhost_options headers[] = {
        {&headers[1], NULL, "content-security-policy:", POLICY},
        {&headers[2], NULL, "x-content-type-options:", "nosniff"},
        {&headers[3], NULL, "referrer-policy:", "no-referrer"},
        {&headers[4], NULL, "cross-origin-opener-policy:", "same-origin"},
        {NULL, NULL, "cache-control:", "no-store"}};

    return headers;
}

const char *reply_status_text(int status)
{
    static const struct {
        int status;
        const char *text;
    } known[] = {{200, "OK"},
                 {204, "No Content"},
                 {301, "Moved Permanently"},
                 {302, "Found"},
                 {303, "See Other"},
                 {304, "Not Modified"},
                 {400, "Bad Request"},
                 {403, "Forbidden"},
                 {404, "Not Found"},
                 {405, "Method Not Allowed"},
                 {409, "Conflict"},
                 {410, "Gone"},
                 {411, "Length Required"},
                 {413, "Content Too Large"},
                 {421, "Misdirected Request"},
                 {422, "Unprocessable Content"},
                 {426, "Upgrade Required"},
                 {429, "Too Many Requests"},
                 {500, "Internal Server Error"},
                 {503, "Service Unavailable"}};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].status == status) {
            return known[i].text;
        }
    }
    return "Other";
}

static void add_date(struct buf *to)
{
    time_t now = time(NULL);
    struct tm parts;
    char text[40];

    gmtime_r(&now, &parts);
    if (strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)) {
        buf_printf(to, "Date: %s\r\n", text);
    }
}

/* 'self' includes ws: and wss: of the same host in browsers of today; those of a few years
   ago must be told. */
static void add_safety(struct buf *to, const struct reply *reply)
{
    buf_add_text(to, "Content-Security-Policy: " POLICY);
    if (reply->authority.len) {
        buf_printf(to, " ws://%.*s wss://%.*s", (int)reply->authority.len, reply->authority.ptr,
                   (int)reply->authority.len, reply->authority.ptr);
    }
    buf_add_text(to, "\r\n"
                     "X-Content-Type-Options: nosniff\r\n"
                     "Referrer-Policy: no-referrer\r\n");
    if (reply->secure) { /* otherwise browsers ignore it, and complain on the console */
        buf_add_text(to, "Cross-Origin-Opener-Policy: same-origin\r\n");
    }
    buf_add_text(to, reply->cors ? "Access-Control-Allow-Origin: *\r\n"
                                   "Cross-Origin-Resource-Policy: cross-origin\r\n"
                                 : "Cross-Origin-Resource-Policy: same-origin\r\n");
}

/* Only characters that need no quoting and mean nothing to a file system. */
static void add_file_name(struct buf *to, const char *name)
{
    buf_add_text(to, "Content-Disposition: attachment; filename=\"");
    for (; *name; name++) {
        bool plain = (*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z') ||
                     (*name >= '0' && *name <= '9') || *name == '-' || *name == '.';

        buf_add(to, plain ? name : "_", 1);
    }
    buf_add_text(to, "\"\r\n");
}

static void add_body(struct buf *to, const struct reply *reply)
{
    if (reply->type) {
        buf_printf(to, "Content-Type: %s\r\n", reply->type);
    }
    if (reply->status != 204 && reply->status != 304) {
        buf_printf(to, "Content-Length: %zu\r\n", reply->length);
    }
    if (reply->gzip) {
        buf_add_text(to, "Content-Encoding: gzip\r\n");
    }
    if (reply->file_name) {
        add_file_name(to, reply->file_name);
    }
}

static void add_caching(struct buf *to, const struct reply *reply)
{
    buf_add_text(to, reply->cache == REPLY_ASK ? "Cache-Control: no-cache\r\n"
                                               : "Cache-Control: no-store\r\n");
    if (reply->etag.len) {
        buf_printf(to, "ETag: %.*s\r\n", (int)reply->etag.len, reply->etag.ptr);
    }
    if (reply->vary) {
        buf_printf(to, "Vary: %s\r\n", reply->vary);
    }
}

void reply_write_head(struct buf *to, const struct reply *reply)
{
    buf_printf(to, "HTTP/1.1 %d %s\r\n", reply->status, reply_status_text(reply->status));
    add_date(to);
    add_body(to, reply);
    add_caching(to, reply);
    add_safety(to, reply);
    if (reply->cookie) {
        buf_printf(to, "Set-Cookie: %s\r\n", reply->cookie);
    }
    if (reply->more) {
        buf_add_text(to, reply->more);
    }
    if (reply->close) {
        buf_add_text(to, "Connection: close\r\n");
    }
    buf_add_text(to, "\r\n");
}
