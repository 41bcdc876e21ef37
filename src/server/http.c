#include "server/http.h"

#include "pinson/limits.h"
#include "server/context.h"
#include "server/exchange.h"
#include "server/guard.h"
#include "server/header.h"
#include "server/inside.h"
#include "server/route.h"

/*
 * libwebsockets leaves what comes in during an answer unread in the socket, and would be woken
 * for it without end: one byte too many from a slow reader, and the loop spins. So nothing
 * is read until the answer is out (rest). But it then does not say either when the socket
 * can be written again: the few whose answer is larger than what the kernel keeps are looked
 * after by a timer.
 */
enum {
    SECONDS_TO_ANSWER =
        120,              /* a large export is made in seconds, but others may be before it */
    SECONDS_TO_TAKE = 30, /* a piece of the answer */
    SLOW_MS = 50,
    FILES_AT_ONCE = 4, /* of any size: what they hold in memory is bounded */
    FILE_MS = 120000   /* to send one */
};

/* 0 when the connection goes on to its next request. */
static int finish(struct conn *conn)
{
    bool closes = conn->exchange->closes;

    exchange_destroy(conn->exchange);
    if (closes) {
        return -1;
    }
    return lws_http_transaction_completed(conn->wsi) ? -1 : 0;
}

static void on_slow(uv_timer_t *timer)
{
    struct server *server = timer->data;
    struct list *next = NULL;

    for (struct list *at = server->slow.next; at != &server->slow; at = next) {
        struct exchange *exchange = LIST_ITEM(at, struct exchange, slow);

        next = at->next;
        if (!lws_send_pipe_choked(exchange->conn->wsi)) {
            list_remove(at);
            http_answered(exchange->conn);
        }
    }
    if (list_is_empty(&server->slow)) {
        uv_timer_stop(timer);
    }
}

static void wait_for_room(struct conn *conn)
{
    struct server *server = conn->server;

    if (list_is_empty(&server->slow)) {
        uv_timer_start(&server->slow_timer, on_slow, SLOW_MS, SLOW_MS);
    }
    list_remove(&conn->exchange->slow);
    list_add(&server->slow, &conn->exchange->slow);
}

void http_answered(struct conn *conn)
{
    lws_rx_flow_control(conn->wsi, 1);
    lws_callback_on_writable(conn->wsi);
}

static void rest(const struct conn *conn, int seconds)
{
    lws_rx_flow_control(conn->wsi, 0);
    lws_set_timeout(conn->wsi, PENDING_TIMEOUT_HTTP_CONTENT, seconds);
}

static int send_on(struct conn *conn)
{
    switch (exchange_send(conn->exchange)) {
    case EXCHANGE_DONE:
        return finish(conn);
    case EXCHANGE_MORE:
        wait_for_room(conn);
        rest(conn, SECONDS_TO_TAKE);
        return 0;
    case EXCHANGE_TURN:
        http_answered(conn);
        return 0;
    case EXCHANGE_BROKEN:
        break;
    }
    return -1;
}

int http_writable(struct conn *conn)
{
    return conn->exchange && conn->exchange->is_ready ? send_on(conn) : 0;
}

void http_gone(struct conn *conn)
{
    exchange_leave(conn->exchange);
}

static bool wants_close(struct lws *wsi)
{
    struct header http;
    struct header connection;

    header_read(wsi, WSI_TOKEN_HTTP, &http);
    header_read(wsi, WSI_TOKEN_CONNECTION, &connection);
    return !view_is(http.view, "HTTP/1.1") || guard_list_has(connection.view, "close");
}

/* /api/boards/<slug>/import */
static bool takes_file(struct view path)
{
    static const char before[] = "/api/boards/";
    static const char after[] = "/import";
    const size_t around = sizeof before + sizeof after - 2;

    return path.len > around && memcmp(path.ptr, before, sizeof before - 1) == 0 &&
           memcmp(path.ptr + path.len - (sizeof after - 1), after, sizeof after - 1) == 0 &&
           text_is_slug((struct view){path.ptr + sizeof before - 1, path.len - around});
}

/* The paths that take a body, and take nothing else. */
static bool takes_post(struct view path)
{
    return view_is(path, "/api/session") || takes_file(path);
}

static size_t body_max(struct view path)
{
    return takes_file(path) ? LIMIT_IMPORT_WEB_BYTES : LIMIT_BODY_MAX_BYTES;
}

static bool is_allowed(struct lws *wsi, struct view path)
{
    if (takes_post(path)) {
        return header_is_there(wsi, WSI_TOKEN_POST_URI);
    }
    return header_is_there(wsi, WSI_TOKEN_GET_URI) || header_is_there(wsi, WSI_TOKEN_HEAD_URI);
}

/* Of a POST, which speaks for whoever is signed in: only a page of this server may send one. */
static int body_refusal(struct lws *wsi, const struct server *server, struct view path,
                        struct view authority)
{
    size_t length = 0;

    if (!server_is_home(server, wsi, authority)) {
        return 403;
    }
    if (header_is_there(wsi, WSI_TOKEN_HTTP_URI_ARGS) && !takes_file(path)) {
        return 400; /* where a token would get into logs */
    }
    if (!header_is_there(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH)) {
        return 411;
    }
    if (!header_body_length(wsi, &length) || !length) {
        return 400;
    }
    if (length > body_max(path)) {
        return 413;
    }
    return takes_file(path) && server->files >= FILES_AT_ONCE ? 503 : 0;
}

/* The status with which a request is refused whatever it asks for, or 0. */
static int refusal(struct lws *wsi, const struct server *server, struct view path,
                   struct header *host)
{
    bool is_post = takes_post(path);

    if (!is_allowed(wsi, path)) {
        return 405;
    }
    if ((!is_post && header_has_body(wsi)) || header_is_repeated(wsi, WSI_TOKEN_HOST) ||
        !header_read(wsi, WSI_TOKEN_HOST, host) || !guard_host(host->view).len) {
        return 400;
    }
    if (!server_knows_host(server, guard_host(host->view))) {
        return 421;
    }
    return is_post ? body_refusal(wsi, server, path, host->view) : 0;
}

static const char *allowed(struct view path)
{
    return takes_post(path) ? "Allow: POST\r\n" : "Allow: GET, HEAD\r\n";
}

int http_request_begins(struct conn *conn, struct view path)
{
    struct lws *wsi = conn->wsi;
    struct header host;

    if (conn->exchange) {
        return -1;
    }
    struct exchange *exchange = exchange_create(conn);
    int refused = refusal(wsi, conn->server, path, &host);

    exchange->began_ms = uv_now(conn->server->config.loop);
    exchange->takes_body = !refused && takes_post(path);
    exchange->body_max = exchange->takes_body ? body_max(path) : 0;
    exchange->is_file = exchange->takes_body && takes_file(path);
    conn->server->files += exchange->is_file;
    exchange->closes =
        conn->server->draining || refused || exchange->takes_body || wants_close(wsi);
    exchange->is_head = header_is_there(wsi, WSI_TOKEN_HEAD_URI);
    if (refused) {
        exchange_refuse(exchange, refused, refused == 405 ? allowed(path) : NULL);
    } else if (header_hides_nul(wsi, path) || !guard_path_is_sound(path)) {
        exchange_refuse(exchange, 400, NULL);
    } else {
        route(exchange, wsi, path, host.view);
    }
    if (exchange->is_ready) {
        return send_on(conn);
    }
    if (!exchange->takes_body) {
        rest(conn, SECONDS_TO_ANSWER);
    }
    return 0;
}

/* libwebsockets goes on telling of a body when more bytes come than were announced. */
int http_body(struct conn *conn, const char *bytes, size_t len)
{
    struct exchange *exchange = conn->exchange;

    if (!exchange || !exchange->takes_body) {
        return -1;
    }
    uint64_t patience_ms = exchange->is_file ? FILE_MS : LIMIT_HANDSHAKE_MS;

    if (exchange->body.len + len > exchange->body_max ||
        uv_now(conn->server->config.loop) - exchange->began_ms > patience_ms) {
        return -1; /* each piece gives it time again otherwise */
    }
    buf_add(&exchange->body, bytes, len);
    return 0;
}

int http_body_ends(struct conn *conn)
{
    struct exchange *exchange = conn->exchange;

    if (!exchange || !exchange->takes_body) {
        return -1;
    }
    exchange->takes_body = false;
    rest(conn, SECONDS_TO_ANSWER);
    route_body(exchange);
    return 0;
}

static int refuse_upgrade(struct conn *conn, int status, const char *why)
{
    AUTO_BUF out = {0};
    struct reply reply = {.status = status, .close = true};

    if (status == 426) {
        reply.more = "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";
    }
    server_refused(conn->server, why);
    reply_write_head(&out, &reply);
    (void)lws_write(conn->wsi, context_bytes(out.bytes), out.len, LWS_WRITE_HTTP_HEADERS);
    return -1;
}

static int upgrade_status(struct lws *wsi)
{
    struct header http;
    struct header version;
    struct header key;
    struct header protocols;

    header_read(wsi, WSI_TOKEN_HTTP, &http);
    header_read(wsi, WSI_TOKEN_VERSION, &version);
    header_read(wsi, WSI_TOKEN_KEY, &key);
    header_read(wsi, WSI_TOKEN_PROTOCOL, &protocols);
    return guard_upgrade(
        &(struct upgrade){.is_get = header_is_there(wsi, WSI_TOKEN_GET_URI) &&
                                    !header_is_there(wsi, WSI_TOKEN_POST_URI),
                          .has_body = header_is_there(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH) ||
                                      header_has_body(wsi),
                          .http = http.view,
                          .version = version.view,
                          .key = key.view,
                          .protocols = protocols.view},
        SERVER_SUBPROTOCOL);
}

/* A page of another site must not speak in the name of who looks at it. */
static bool is_foreign(const struct conn *conn, struct view authority)
{
    return header_is_there(conn->wsi, WSI_TOKEN_ORIGIN) &&
           !server_is_home(conn->server, conn->wsi, authority);
}

int http_upgrade_asked(struct conn *conn)
{
    struct lws *wsi = conn->wsi;
    struct header text;

    /* For an unknown kind of upgrade libwebsockets has answered already, and may have thrown
       the headers away: nothing of them may be looked at. */
    if (!header_is_there(wsi, WSI_TOKEN_UPGRADE)) {
        return -1;
    }
    if (!header_read(wsi, WSI_TOKEN_UPGRADE, &text) ||
        !guard_is_same(text.view, view_of("websocket"))) {
        return refuse_upgrade(conn, 400, "upgrade");
    }
    int status = upgrade_status(wsi);

    if (status) {
        return refuse_upgrade(conn, status, "handshake");
    }
    if (!header_read(wsi, WSI_TOKEN_GET_URI, &text) || !view_is(text.view, "/ws")) {
        return refuse_upgrade(conn, 404, "path");
    }
    if (header_is_there(wsi, WSI_TOKEN_HTTP_URI_ARGS)) { /* where a token would get into logs */
        return refuse_upgrade(conn, 400, "query");
    }
    if (header_is_repeated(wsi, WSI_TOKEN_HOST) || !header_read(wsi, WSI_TOKEN_HOST, &text) ||
        !server_knows_host(conn->server, guard_host(text.view))) {
        return refuse_upgrade(conn, 403, "host");
    }
    if (is_foreign(conn, text.view)) {
        return refuse_upgrade(conn, 403, "origin");
    }
    return conn->server->draining ? refuse_upgrade(conn, 503, "draining") : 0;
}
