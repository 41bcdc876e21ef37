#include "server/inside.h"

#include "base/mem.h"
#include "server/http.h"
#include "server/ws.h"

#include <sys/socket.h>

enum {
    RECEIVED_AT_ONCE = 1024, /* kept by each connection; longer messages come in pieces */
    WRITTEN_AT_ONCE = 262144 /* with less, writes would be cut into pieces and copied */
};

static void conn_create(struct lws *wsi)
{
    struct server *server = lws_context_user(lws_get_context(wsi));
    struct conn *conn = mem_alloc(sizeof *conn);
    struct sockaddr_storage address = {0};
    socklen_t len = sizeof address;

    *conn = (struct conn){.server = server, .wsi = wsi};
    if (getpeername(lws_get_socket_fd(wsi), (struct sockaddr *)&address, &len) == 0) {
        (void)ip_from_socket((struct sockaddr *)&address, &conn->peer);
    }
    lws_set_opaque_user_data(wsi, conn);
    server->conns++;
}

static void conn_destroy(struct conn *conn)
{
    struct server *server = conn->server;

    lws_set_opaque_user_data(conn->wsi, NULL);
    http_gone(conn);
    ws_destroy(conn->ws);
    mem_free(conn);
    server->conns--;
    listen_place_free(&server->listeners);
}

/* Whatever its protocol: libwebsockets tells the first protocol of these. */
static int on_plain(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                    size_t len)
{
    struct conn *conn = wsi ? lws_get_opaque_user_data(wsi) : NULL;

    (void)user;
    if (reason == LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED) {
        conn_create(wsi);
        return 0;
    }
    if (!conn) {
        return 0;
    }
    switch ((int)reason) { /* of a hundred reasons these concern us */
    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
        return http_upgrade_asked(conn);
    case LWS_CALLBACK_HTTP:
        return http_request_begins(conn, (struct view){in, len});
    case LWS_CALLBACK_HTTP_BODY:
        return http_body(conn, in, len);
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
        return http_body_ends(conn);
    case LWS_CALLBACK_HTTP_WRITEABLE:
        return http_writable(conn);
    case LWS_CALLBACK_CLOSED_HTTP:
        http_gone(conn);
        return 0;
    case LWS_CALLBACK_WSI_DESTROY:
        conn_destroy(conn);
        return 0;
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
        return 1; /* a WebSocket of no subprotocol of ours */
    case LWS_CALLBACK_RAW_ADOPT:
    case LWS_CALLBACK_RAW_RX:
        return -1; /* what CONNECT makes of it */
    default:
        return 0;
    }
}

static int on_ws(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                 size_t len)
{
    struct conn *conn = wsi ? lws_get_opaque_user_data(wsi) : NULL;

    (void)user;
    if (conn && reason == LWS_CALLBACK_ESTABLISHED) {
        ws_open(conn);
        return 0;
    }
    if (!conn || !conn->ws) {
        return 0;
    }
    switch ((int)reason) {
    case LWS_CALLBACK_RECEIVE:
        return ws_receive(conn->ws, in, len);
    case LWS_CALLBACK_RECEIVE_PONG:
        conn->ws->is_heard = true;
        return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return ws_writable(conn->ws);
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        return ws_peer_closes(conn->ws, in, len);
    case LWS_CALLBACK_CLOSED:
        ws_destroy(conn->ws);
        return 0;
    default:
        return 0;
    }
}

const struct lws_protocols conn_protocols[] = {
    {.name = SERVER_PLAIN, .callback = on_plain, .tx_packet_size = WRITTEN_AT_ONCE},
    {.name = SERVER_SUBPROTOCOL,
     .callback = on_ws,
     .rx_buffer_size = RECEIVED_AT_ONCE,
     .tx_packet_size = WRITTEN_AT_ONCE},
    {.name = NULL}};
