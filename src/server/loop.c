#include "server/inside.h"

#include "base/log.h"
#include "base/mem.h"
#include "server/assets.h"
#include "server/context.h"
#include "server/guard.h"
#include "server/route.h"
#include "server/ws.h"

#include <stdio.h>

enum {
    TURNS_TO_END = 1000,
    DRAIN_STEP_MS = 5,
    DRAIN_MS = 5000,
    GOODBYE_MS = 1000
};

/* What is said in a turn of the loop leaves at its end. Sockets speak before
   after_events, timers and closed handles before the next before_waiting. */
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
    uv_timer_init(loop, &server->slow_timer);
    server->slow_timer.data = server;
    list_init(&server->slow);
    wheel_init(&server->wheel, loop, ws_on_due);
    server->handles += 5;
}

static void set_page(const struct server *server)
{
    const struct asset *shell = route_find_asset(view_of("/index.html"));

    if (shell) {
        app_set_page(server->config.app, (struct view){(const char *)shell->bytes, shell->len});
    }
}

static enum err prepare(struct server *server, char *why, size_t why_size)
{
    const struct server_config *config = &server->config;

    if (config->trusted_proxy) {
        server->has_proxy = ip_parse(view_of(config->trusted_proxy), &server->proxy);
        if (!server->has_proxy) {
            snprintf(why, why_size,
                     "%s is not the address of a proxy: name one like 192.0.2.1.",
                     config->trusted_proxy);
            return ERR_PARAMS;
        }
    }
    if (config->public_url) {
        server->public_host = guard_url_host(view_of(config->public_url));
        if (!server->public_host.len) {
            snprintf(why, why_size,
                     "%s is not a public URL: name one like https://idees.example.",
                     config->public_url);
            return ERR_PARAMS;
        }
    }
    return OK;
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
    server->lws = context_create(config->loop, conn_protocols, server);
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
    return OK;
}

int server_port(const struct server *server)
{
    return server->listeners.port;
}

static void on_goodbye_step(uv_timer_t *timer)
{
    struct server *server = timer->data;
    bool is_over = uv_now(timer->loop) >= server->drain_until_ms;

    if ((server->open_ws || !list_is_empty(&server->slow)) && !is_over) {
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
    for (int turn = 0; server->conns && turn < TURNS_TO_END; turn++) {
        uv_run(server->config.loop, UV_RUN_NOWAIT);
    }
    server_close_handle(server, &server->before_waiting);
    server_close_handle(server, &server->after_events);
    server_close_handle(server, &server->drain_timer);
    server_close_handle(server, &server->slow_timer);
    server_close_handle(server, &server->wheel.timer);
    while (server->handles) {
        uv_run(server->config.loop, UV_RUN_NOWAIT);
    }
    if (server->lws) {
        context_end(server->lws, server->config.loop);
    }
    mem_free(server);
}
