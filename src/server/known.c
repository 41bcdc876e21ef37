#include "server/inside.h"

#include "base/log.h"
#include "server/guard.h"
#include "server/header.h"

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

bool server_knows_origin(const struct server *server, struct view origin, struct view authority)
{
    for (size_t i = 0; i < server->config.allow_origins_count; i++) {
        if (view_is(origin, server->config.allow_origins[i])) {
            return true;
        }
    }
    return guard_is_same_origin(origin, authority);
}

static bool is_loopback(struct view host)
{
    struct ip literal;

    return guard_is_same(host, view_of("localhost")) ||
           (ip_parse(host, &literal) && ip_is_loopback(&literal));
}

void server_add_base(const struct server *server, struct view authority, struct buf *to)
{
    if (server->config.public_url) {
        buf_add_text(to, server->config.public_url);
    } else if (server->config.lan_url && is_loopback(guard_host(authority))) {
        buf_add_text(to, server->config.lan_url);
    } else {
        buf_add_text(to, "http://");
        buf_add_view(to, authority);
    }
}

bool server_is_home(const struct server *server, struct lws *wsi, struct view authority)
{
    struct header origin;

    return !header_is_repeated(wsi, WSI_TOKEN_ORIGIN) &&
           header_read(wsi, WSI_TOKEN_ORIGIN, &origin) && origin.view.len &&
           server_knows_origin(server, origin.view, authority);
}

void server_client_address(const struct conn *conn, char out[IP_TEXT_SIZE])
{
    const struct server *server = conn->server;
    struct header forwarded;

    header_read(conn->wsi, WSI_TOKEN_X_FORWARDED_FOR, &forwarded);
    guard_address(&conn->peer, server->has_proxy ? &server->proxy : NULL, forwarded.view, out);
}
