#include "server/route.h"

#include "server/assets.h"
#include "server/exchange.h"
#include "server/guard.h"
#include "server/header.h"
#include "server/http.h"
#include "server/inside.h"

#include <stdio.h>
#include <string.h>

static int compare(struct view path, const char *other)
{
    size_t len = strlen(other);
    int order = memcmp(path.ptr, other, path.len < len ? path.len : len);

    return order ? order : (path.len > len) - (path.len < len);
}

const struct asset *route_find_asset(struct view path)
{
    size_t from = 0;
    size_t to = assets_count;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = compare(path, assets[middle].path);

        if (order == 0) {
            return &assets[middle];
        }
        if (order < 0) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    return NULL;
}

static void answer_file(struct exchange *exchange, struct lws *wsi, const struct asset *asset)
{
    struct header encodings;
    struct header known;
    char etag[80];

    header_read(wsi, WSI_TOKEN_HTTP_ACCEPT_ENCODING, &encodings);
    header_read(wsi, WSI_TOKEN_HTTP_IF_NONE_MATCH, &known);
    bool gzip = asset->gzip && guard_accepts_gzip(encodings.view);

    snprintf(etag, sizeof etag, "\"%s%s\"", asset->etag, gzip ? "-gz" : "");
    struct reply reply = {.status = 200,
                          .type = asset->type,
                          .etag = view_of(etag),
                          .cache = REPLY_ASK,
                          .vary = asset->gzip ? "Accept-Encoding" : NULL,
                          .gzip = gzip};
    struct view body = gzip ? (struct view){(const char *)asset->gzip, asset->gzip_len}
                            : (struct view){(const char *)asset->bytes, asset->len};

    if (guard_etag_matches(known.view, reply.etag)) {
        reply.status = 304;
        reply.type = NULL;
        reply.gzip = false;
    }
    exchange_answer(exchange, reply, body, true);
}

static void on_app_answer(void *user, const struct http_response *response)
{
    struct exchange *exchange = user;

    exchange->is_asked = false;
    if (!exchange->conn) {
        exchange_destroy(exchange);
        return;
    }
    AUTO_BUF more = {0};

    if (response->location) {
        buf_printf(&more, "Location: %s\r\n", response->location);
    }
    struct reply reply = {.status = response->status,
                          .more = more.bytes,
                          .type = response->body.len || response->file ? response->type : NULL,
                          .etag = view_of(response->etag),
                          .cache = response->cache ? REPLY_ASK : REPLY_NO_STORE,
                          .vary = "Accept-Language",
                          .cookie = response->cookie,
                          .file_name = response->file_name,
                          .cors = response->cors};

    if (response->file) {
        exchange_answer_file(exchange, reply, response->file);
    } else {
        exchange_answer(exchange, reply, response->body, false);
    }
    http_answered(exchange->conn);
}

/* Keeps a header that is of use when it is read later, if it is of a sane length. */
static size_t keep_header(struct exchange *exchange, struct lws *wsi,
                          enum lws_token_indexes token)
{
    struct header header;

    header_read(wsi, token, &header);
    buf_add_view(&exchange->kept, header.view);
    return header.view.len;
}

/* Of a request that a page of our own sent, or a program that names the same origin: the token
   of its session. */
static size_t keep_token(struct exchange *exchange, struct lws *wsi)
{
    static const char bearer[] = "Bearer ";
    struct header header;
    struct view token = {NULL, 0};

    if (!exchange->takes_body || header_is_repeated(wsi, WSI_TOKEN_HTTP_COOKIE) ||
        header_is_repeated(wsi, WSI_TOKEN_HTTP_AUTHORIZATION)) {
        return 0;
    }
    header_read(wsi, WSI_TOKEN_HTTP_AUTHORIZATION, &header);
    if (header.view.len > sizeof bearer - 1 &&
        memcmp(header.view.ptr, bearer, sizeof bearer - 1) == 0) {
        token = view_trim((struct view){header.view.ptr + sizeof bearer - 1,
                                        header.view.len - (sizeof bearer - 1)});
    } else {
        header_read(wsi, WSI_TOKEN_HTTP_COOKIE, &header);
        token = guard_cookie(header.view, APP_COOKIE);
    }
    buf_add_view(&exchange->kept, token);
    return token.len;
}

static struct view take(const char **at, size_t len)
{
    struct view view = {*at, len};

    *at += len;
    return view;
}

/* SameSite=Strict keeps the cookie from requests that other sites make; one that says so
   nevertheless is nobody's. */
static size_t keep_cookie(struct exchange *exchange, struct lws *wsi, struct view authority)
{
    struct header cookies;

    if (header_is_repeated(wsi, WSI_TOKEN_HTTP_COOKIE) ||
        (header_is_there(wsi, WSI_TOKEN_ORIGIN) &&
         !server_is_home(exchange->conn->server, wsi, authority))) {
        return 0;
    }
    header_read(wsi, WSI_TOKEN_HTTP_COOKIE, &cookies);
    struct view token = guard_cookie(cookies.view, APP_COOKIE);

    buf_add_view(&exchange->kept, token);
    return token.len;
}

/* Puts the request together: of its headers nothing can be read any more when the body, or the
   answer, is there. */
static void keep(struct exchange *exchange, struct lws *wsi, struct view path,
                 struct view authority)
{
    struct buf *kept = &exchange->kept;

    buf_add_view(kept, path);
    buf_add_view(kept, authority);
    header_add_query(wsi, kept);
    size_t query = kept->len - path.len - authority.len;
    size_t known = keep_header(exchange, wsi, WSI_TOKEN_HTTP_IF_NONE_MATCH);
    size_t lang = keep_header(exchange, wsi, WSI_TOKEN_HTTP_ACCEPT_LANGUAGE);
    size_t token = keep_token(exchange, wsi);
    size_t cookie = keep_cookie(exchange, wsi, authority);
    size_t before = kept->len;

    server_add_base(exchange->conn->server, authority, kept);
    size_t base = kept->len - before;
    const char *at = kept->bytes;

    exchange->request.path = take(&at, path.len);
    exchange->authority = take(&at, authority.len);
    exchange->request.query = take(&at, query);
    exchange->request.if_none_match = take(&at, known);
    exchange->request.lang = take(&at, lang);
    exchange->request.token = take(&at, token);
    exchange->request.cookie = take(&at, cookie);
    exchange->request.base = take(&at, base);
}

static void ask_app(struct exchange *exchange)
{
    exchange->is_asked = true;
    app_http(exchange->conn->server->config.app, &exchange->request, on_app_answer, exchange);
}

void route(struct exchange *exchange, struct lws *wsi, struct view path, struct view authority)
{
    const struct asset *asset = route_find_asset(path);

    if (view_is(path, "/healthz")) {
        exchange_answer(exchange, (struct reply){.status = 200, .type = "application/json"},
                        view_of("{\"alive\":true}\n"), true);
    } else if (asset && !view_is(path, "/index.html")) {
        answer_file(exchange, wsi,
                    asset); /* of the shell only the app knows how it is filled */
    } else {
        keep(exchange, wsi, path, authority);
        if (!exchange->takes_body) {
            ask_app(exchange);
        }
    }
}

void route_body(struct exchange *exchange)
{
    exchange->request.is_post = true;
    exchange->request.body = buf_view(&exchange->body);
    ask_app(exchange);
}
