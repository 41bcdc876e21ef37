/*
 * server — HTTP and WebSocket in front of an app, by libwebsockets on the app's loop.
 *
 * It refuses at the door what never should come in (origin, host, malformed upgrades,
 * oversized messages) and knows nothing of boards.
 */
#ifndef SERVER_SERVER_H
#define SERVER_SERVER_H

#include "app/app.h"
#include "pinson/error.h"

#include <stddef.h>

struct server;

struct server_config {
    struct uv_loop_s *loop;
    struct app *app;
    const char *host;                 /* to listen on: an address, or "" for all */
    int port;                         /* 0: any free one */
    const char *public_url;           /* no final slash; NULL: none */
    const char *lan_url;              /* where the network reaches it; NULL: nowhere known */
    const char *const *allow_origins; /* besides that of the Host header; borrowed for life */
    size_t allow_origins_count;
    const char *const *hosts; /* besides IP literals, localhost, host and that of public_url */
    size_t hosts_count;
    const char *trusted_proxy; /* whose X-Forwarded-For is believed; NULL: nobody's */
};

/* Listens at once. On failure writes a sentence with what to do to why. */
MUST_USE enum err server_create(const struct server_config *config, struct server **out,
                                char *why, size_t why_size);
int server_port(const struct server *server);
/* Stops accepting at once and calls app_drain; when the app owes nothing, or after 5 s,
   closes every connection with 1012 and calls done. Once. */
void server_drain(struct server *server, void (*done)(void *user), void *user);
/* Turns the loop until every connection is closed: not to be called from a callback of it.
   The app must still be there. NULL is allowed. */
void server_destroy(struct server *server);

#endif
