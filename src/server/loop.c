#include "server/inside.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/time.h"
#include "pinson/limits.h"
#include "server/assets.h"
#include "server/context.h"
#include "server/guard.h"
#include "server/header.h"
#include "server/http.h"
#include "server/route.h"
#include "server/ws.h"

#include <stdio.h>
#include <string.h>

enum {
    RECEIVED_AT_ONCE = 1024, /* kept by each connection; longer messages come in pieces */
    WRITTEN_AT_ONCE = 262144, /* less would be copied in pieces of 4 KiB */
    DRAIN_STEP_MS = 5,
    DRAIN_MS = 5000,
    GOODBYE_MS = 1000
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

static const struct lws_protocols protocols[] = {
    {.name = SERVER_PLAIN, .callback = on_plain, .tx_packet_size = WRITTEN_AT_ONCE},
    {.name = SERVER_SUBPROTOCOL,
     .callback = on_ws,
     .rx_buffer_size = RECEIVED_AT_ONCE,
     .tx_packet_size = WRITTEN_AT_ONCE},
    {.name = NULL}};

void server_refused(struct server *server, const char *why)
{
    uint64_t now_ms = uv_now(server->config.loop);

    if (server->refusal_logged_ms && now_ms - server->refusal_logged_ms < 1000) {
        server->refusals_unlogged++;
        return;
    }
    log_event(LOG_WARN, "refused", "why=%s before=%u", why, server->refusals_unlogged);
    server->refusal_logged_ms = now_ms;
    server->refusals_unlogged = 0;
}

bool server_knows_host(const struct server *server, struct view host)
{
    struct ip literal;

    if (!host.len) {
        return false;
    }
    if (ip_parse(host, &literal) || guard_is_same(host, view_of("localhost")) ||
        guard_is_same(host, view_of(server->config.host)) ||
        guard_is_same(host, server->public_host)) {
        return true;
    }
    for (size_t i = 0; i < server->config.hosts_count; i++) {
        if (guard_is_same(host, guard_host(view_of(server->config.hosts[i])))) {
            return true;
        }
    }
    return false;
}

bool server_knows_origin(const struct server *server, struct view origin,
                         struct view authority)
{
    for (size_t i = 0; i < server->config.allow_origins_count; i++) {
        if (view_is(origin, server->config.allow_origins[i])) {
            return true;
        }
    }
    return guard_is_same_origin(origin, authority);
}

void server_client_address(const struct conn *conn, char out[IP_TEXT_SIZE])
{
    const struct server *server = conn->server;
    struct header forwarded;

    header_read(conn->wsi, WSI_TOKEN_X_FORWARDED_FOR, &forwarded);
    guard_address(&conn->peer, server->has_proxy ? &server->proxy : NULL, forwarded.view, out);
}

/* What is said in a turn of the loop leaves at its end. Sockets speak before on_events,
   timers and closed handles before the next on_wait. */
static void before_waiting(uv_prepare_t *handle)
{
    struct server *server = handle->data;

    app_flush(server->config.app);
}

static void after_events(uv_check_t *handle)
{
    struct server *server = handle->data;

    app_flush(server->config.app);
}

static void on_handle_closed(uv_handle_t *handle)
{
    struct server *server = handle->data;

    server->handles--;
}

void server_close_handle(struct server *server, void *handle)
{
    uv_handle_t *closing = handle;

    closing->data = server;
    uv_close(closing, on_handle_closed);
}

static void start_handles(struct server *server)
{
    uv_loop_t *loop = server->config.loop;

    uv_prepare_init(loop, &server->before_waiting);
    server->before_waiting.data = server;
    uv_prepare_start(&server->before_waiting, before_waiting);
    uv_unref((uv_handle_t *)&server->before_waiting);

    uv_check_init(loop, &server->after_events);
    server->after_events.data = server;
    uv_check_start(&server->after_events, after_events);
    uv_unref((uv_handle_t *)&server->after_events);

    uv_timer_init(loop, &server->drain_timer);
    server->drain_timer.data = server;
    wheel_init(&server->wheel, loop, ws_on_due);
    server->handles += 4;
}

static void set_page(const struct server *server)
{
    const struct asset *shell = route_find_asset(view_of("/index.html"));

    if (shell) {
        app_set_page(server->config.app,
                     (struct view){(const char *)shell->bytes, shell->len});
    }
}

static enum err prepare(struct server *server, char *why, size_t why_size)
{
    const struct server_config *config = &server->config;

    if (config->trusted_proxy) {
        server->has_proxy = ip_parse(view_of(config->trusted_proxy), &server->proxy);
        if (!server->has_proxy) {
            snprintf(why, why_size, "%s is not the address of a proxy: name one like 192.0.2.1.",
                     config->trusted_proxy);
            return ERR_PARAMS;
        }
    }
    if (config->public_url) {
        server->public_host = guard_url_host(view_of(config->public_url));
        if (!server->public_host.len) {
            snprintf(why, why_size, "%s is not a public URL: name one like https://idees.example.",
                     config->public_url);
            return ERR_PARAMS;
        }
    }
    return ERR_NONE;
}

enum err server_create(const struct server_config *config, struct server **out, char *why,
                       size_t why_size)
{
    struct server *server = mem_alloc(sizeof *server);

    *server = (struct server){.config = *config};
    enum err err = prepare(server, why, why_size);

    if (!err) {
        err = listen_open(&server->listeners, server, why, why_size);
    }
    if (err) {
        mem_free(server);
        return err;
    }
    start_handles(server);
    server->lws = context_create(config->loop, protocols, server);
    if (!server->lws) {
        snprintf(why, why_size,
                 "libwebsockets cannot use libuv: install its part for that "
                 "(libwebsockets-evlib-uv).");
        server_destroy(server);
        return ERR_UNAVAILABLE;
    }
    server->vhost = lws_get_vhost_by_name(server->lws, "default");
    set_page(server);
    log_event(LOG_INFO, "listening", "port=%d connections_max=%zu", server_port(server),
              server->listeners.conns_max);
    *out = server;
    return ERR_NONE;
}

int server_port(const struct server *server)
{
    return server->listeners.port;
}

static void on_goodbye_step(uv_timer_t *timer)
{
    struct server *server = timer->data;
    bool is_over = uv_now(timer->loop) >= server->drain_until_ms;

    if (server->open_ws && !is_over) {
        return;
    }
    uv_timer_stop(timer);
    server->drained(server->drained_user);
}

static void on_drain_step(uv_timer_t *timer)
{
    struct server *server = timer->data;

    if (!app_is_idle(server->config.app) && uv_now(timer->loop) < server->drain_until_ms) {
        return;
    }
    app_flush(server->config.app);
    wheel_each(&server->wheel, ws_on_drained);
    server->drain_until_ms = uv_now(timer->loop) + GOODBYE_MS;
    uv_timer_start(timer, on_goodbye_step, DRAIN_STEP_MS, DRAIN_STEP_MS);
}

void server_drain(struct server *server, void (*done)(void *user), void *user)
{
    if (server->draining) {
        return;
    }
    server->draining = true;
    server->drained = done;
    server->drained_user = user;
    server->drain_until_ms = uv_now(server->config.loop) + DRAIN_MS;
    listen_close(&server->listeners);
    app_drain(server->config.app);
    uv_timer_start(&server->drain_timer, on_drain_step, DRAIN_STEP_MS, DRAIN_STEP_MS);
}

void server_destroy(struct server *server)
{
    if (!server) {
        return;
    }
    listen_close(&server->listeners);
    if (server->lws) {
        context_end_begin(server->lws);
    }
    while (server->conns) {
        uv_run(server->config.loop, UV_RUN_NOWAIT);
    }
    server_close_handle(server, &server->before_waiting);
    server_close_handle(server, &server->after_events);
    server_close_handle(server, &server->drain_timer);
    server_close_handle(server, &server->wheel.timer);
    while (server->handles) {
        uv_run(server->config.loop, UV_RUN_NOWAIT);
    }
    if (server->lws) {
        context_end(server->lws, server->config.loop);
    }
    mem_free(server);
}
