/*
 * inside — what the files of this module share: the server and its connections.
 *
 * Everything hangs from struct server; a connection lives as long as its socket.
 */
#ifndef SERVER_INSIDE_H
#define SERVER_INSIDE_H

#include "base/buf.h"
#include "server/ip.h"
#include "server/listen.h"
#include "server/server.h"
#include "server/wheel.h"

#include <libwebsockets.h>
#include <uv.h>

/* The protocol of protocol.h on the wire, and the name of plain HTTP among ours. */
#define SERVER_SUBPROTOCOL "pinson.v1"
#define SERVER_PLAIN       "plain"

struct exchange;
struct ws;

struct conn {
    struct server *server;
    struct lws *wsi;
    struct ip peer;            /* the other end of the socket */
    struct exchange *exchange; /* owned; while a request is answered */
    struct ws *ws;             /* owned; after the upgrade */
};

struct server {
    struct server_config config;
    struct view public_host;
    struct ip proxy;
    bool has_proxy;
    struct lws_context *lws;
    struct lws_vhost *vhost;
    struct listeners listeners;
    struct wheel wheel;
    uv_prepare_t before_waiting;
    uv_check_t after_events;
    uv_timer_t drain_timer;
    size_t files;     /* large bodies that are coming in or being read */
    struct list slow; /* exchanges */
    uv_timer_t slow_timer;
    size_t handles; /* of libuv, not closed yet */
    size_t conns;
    size_t open_ws;
    bool draining;
    uint64_t drain_until_ms;
    void (*drained)(void *user);
    void *drained_user;
    uint64_t refusal_logged_ms;
    unsigned refusals_unlogged;
};

/* What libwebsockets calls for each connection. */
extern const struct lws_protocols conn_protocols[];

/* uv_close for a handle that server_destroy waits for; its data is the server. */
void server_close_handle(struct server *server, void *handle);
/* Logs a refusal; at most one line a second. why: a word. */
void server_refused(struct server *server, const char *why);
bool server_knows_host(const struct server *server, struct view host);
bool server_knows_origin(const struct server *server, struct view origin,
                         struct view authority);
/* The request says that it comes from a page of this server, or of an allowed place. */
bool server_is_home(const struct server *server, struct lws *wsi, struct view authority);
/* Appends where links lead for whoever came under this authority, which must be that of a known
   host: the public URL; otherwise, as others on the network must reach it, not "localhost". */
void server_add_base(const struct server *server, struct view authority, struct buf *to);
/* The address that limits of this connection's requests are counted by. */
void server_client_address(const struct conn *conn, char out[IP_TEXT_SIZE]);

#endif
