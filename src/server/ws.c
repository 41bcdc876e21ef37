#include "server/ws.h"

#include "base/mem.h"
#include "pinson/limits.h"
#include "server/context.h"
#include "server/guard.h"
#include "server/header.h"
#include "server/inside.h"

#include <assert.h>
#include <string.h>
#include <sys/socket.h>

enum {
    PING_SECONDS = LIMIT_PING_MS / 1000,
    ANSWER_SECONDS = 18, /* so that the dead are noticed within 45 s */
    REST_SECONDS = PING_SECONDS - ANSWER_SECONDS,
    CLOSE_SECONDS = 4, /* to say goodbye */
    CLOSE_UNSUPPORTED = 1003
};

static struct ws *of_peer(struct peer *peer)
{
    return (struct ws *)(void *)peer;
}

static void cut(const struct ws *ws)
{
    /* libwebsockets sees the end of the socket on the next turn and cleans up as always. */
    shutdown(lws_get_socket_fd(ws->conn->wsi), SHUT_RDWR);
}

static bool write_raw(const struct ws *ws, const void *bytes, size_t len)
{
    return lws_write(ws->conn->wsi, context_bytes(bytes), len, LWS_WRITE_RAW) >= 0;
}

static bool is_choked(const struct peer *peer)
{
    const struct ws *ws = (const struct ws *)(const void *)peer;

    return !ws->is_close_sent && lws_partial_buffered(ws->conn->wsi);
}

static bool write_frames(struct peer *peer, const unsigned char *bytes, size_t len)
{
    const struct ws *ws = of_peer(peer);

    return ws->is_close_sent || write_raw(ws, bytes, len);
}

static void want_writable(struct peer *peer)
{
    lws_callback_on_writable(of_peer(peer)->conn->wsi);
}

static void close_peer(struct peer *peer, enum close_code code)
{
    ws_close(of_peer(peer), code);
}

static const struct peer_vtable calls = {.write = write_frames,
                                         .is_choked = is_choked,
                                         .want_writable = want_writable,
                                         .close = close_peer};

/* A browser sends its cookies whoever's page it shows: they count when the page says that it is
   ours. A foreign one was refused before. */
static struct view cookie_of(const struct conn *conn, struct header *cookies)
{
    struct lws *wsi = conn->wsi;

    if (!header_is_there(wsi, WSI_TOKEN_ORIGIN) ||
        header_is_repeated(wsi, WSI_TOKEN_HTTP_COOKIE)) {
        return (struct view){NULL, 0};
    }
    header_read(wsi, WSI_TOKEN_HTTP_COOKIE, cookies);
    return guard_cookie(cookies->view, APP_COOKIE);
}

void ws_open(struct conn *conn)
{
    struct ws *ws = mem_alloc(sizeof *ws);
    char address[IP_TEXT_SIZE];
    struct header host;
    struct header cookies;
    AUTO_BUF base = {0};

    static_assert(offsetof(struct ws, peer) == 0, "a peer is the ws that it begins");
    *ws = (struct ws){.conn = conn, .is_heard = true};
    conn->ws = ws;
    conn->server->open_ws++;
    list_init(&ws->turn);
    /* Spread over the seconds: a hall comes in at once and must not be asked at once. */
    wheel_put(&conn->server->wheel, &ws->turn,
              REST_SECONDS + conn->server->conns % ANSWER_SECONDS);
    server_client_address(conn, address);
    header_read(conn->wsi, WSI_TOKEN_HOST, &host);
    server_add_base(conn->server, host.view, &base);
    ws->client = client_open(conn->server->config.app, &ws->peer, &calls,
                             &(struct client_origin){.address = view_of(address),
                                                     .base = buf_view(&base),
                                                     .cookie = cookie_of(conn, &cookies)});
}

static void let_go(struct ws *ws)
{
    struct client *client = ws->client;

    ws->client = NULL;
    ws->is_closing = true;
    if (client) {
        client_close(client);
    }
    buf_finish(&ws->message);
    buf_init(&ws->message);
}

void ws_destroy(struct ws *ws)
{
    if (!ws) {
        return;
    }
    let_go(ws);
    list_remove(&ws->turn);
    ws->conn->ws = NULL;
    ws->conn->server->open_ws--;
    mem_free(ws);
}

void ws_close(struct ws *ws, unsigned code)
{
    if (ws->is_closing) {
        return;
    }
    ws->is_closing = true;
    ws->close_code = code;
    wheel_put(&ws->conn->server->wheel, &ws->turn, CLOSE_SECONDS);
    lws_callback_on_writable(ws->conn->wsi);
}

void ws_on_drained(struct list *turn)
{
    ws_close(LIST_ITEM(turn, struct ws, turn), CLOSE_RESTART);
}

int ws_receive(struct ws *ws, const char *bytes, size_t len)
{
    struct lws *wsi = ws->conn->wsi;

    ws->is_heard = true;
    if (ws->is_closing) {
        return 0; /* what still comes is not read any more */
    }
    if (lws_frame_is_binary(wsi)) {
        ws_close(ws, CLOSE_UNSUPPORTED);
        return 0;
    }
    /* What is announced counts before any of it is kept. */
    size_t rest = lws_remaining_packet_payload(wsi);

    if (rest > LIMIT_MESSAGE_MAX_BYTES ||
        ws->message.len + len + rest > LIMIT_MESSAGE_MAX_BYTES) {
        server_refused(ws->conn->server, "message-too-big");
        buf_finish(&ws->message);
        buf_init(&ws->message);
        ws_close(ws, CLOSE_TOO_BIG);
        return 0;
    }
    if (!lws_is_final_fragment(wsi)) {
        buf_add(&ws->message, bytes, len);
        return 0;
    }
    if (!ws->message.len) {
        client_message(ws->client, (struct view){len ? bytes : "", len});
        return 0;
    }
    struct buf whole = ws->message;

    buf_add(&whole, bytes, len);
    buf_init(&ws->message);
    client_message(ws->client, buf_view(&whole));
    buf_finish(&whole);
    return 0;
}

int ws_peer_closes(struct ws *ws, const unsigned char *reason, size_t len)
{
    unsigned code = len >= 2 ? (unsigned)reason[0] << 8 | reason[1] : 1000;
    bool is_answer = ws->is_close_sent;

    let_go(ws);
    /* libwebsockets would send an illegal reason back as it came. */
    return is_answer || len == 1 || code < 1000 || code >= 5000;
}

static int send_close(struct ws *ws)
{
    unsigned char frame[4] = {0x88, 2, (unsigned char)(ws->close_code >> 8),
                              (unsigned char)(ws->close_code & 0xff)};

    if (ws->is_close_sent || !ws->client) {
        return 0;
    }
    peer_flush(&ws->peer); /* answers that were given before */
    if (is_choked(&ws->peer)) {
        return 0;
    }
    let_go(ws);
    ws->is_close_sent = true;
    return write_raw(ws, frame, sizeof frame) ? 0 : -1;
}

/* With a byte in it: of an empty pong libwebsockets does not tell. */
static bool send_ping(struct ws *ws)
{
    static const unsigned char frame[3] = {0x89, 1, 'p'};

    ws->owes_ping = false;
    return write_raw(ws, frame, sizeof frame);
}

int ws_writable(struct ws *ws)
{
    if (ws->is_closing) {
        return send_close(ws);
    }
    if (ws->owes_ping && !send_ping(ws)) {
        return -1;
    }
    peer_flush(&ws->peer);
    return 0;
}

static void ask(struct ws *ws)
{
    ws->is_asked = true;
    ws->is_heard = false;
    ws->owes_ping = true;
    if (is_choked(&ws->peer)) {
        lws_callback_on_writable(ws->conn->wsi);
    } else if (!send_ping(ws)) {
        cut(ws);
    }
}

void ws_on_due(struct list *turn)
{
    struct ws *ws = LIST_ITEM(turn, struct ws, turn);
    struct wheel *wheel = &ws->conn->server->wheel;

    if (ws->is_closing || (ws->is_asked && !ws->is_heard)) {
        wheel_put(wheel, turn, CLOSE_SECONDS); /* again, should it not have been enough */
        cut(ws);
        return;
    }
    if (ws->is_asked) {
        ws->is_asked = false;
        wheel_put(wheel, turn, REST_SECONDS);
        return;
    }
    wheel_put(wheel, turn, ANSWER_SECONDS);
    ask(ws);
}
