/*
 * listen — the sockets that connections come in by.
 *
 * They are ours, not libwebsockets': they can rest while files are short instead of being
 * asked again and again, listen on both IPv4 and IPv6, and close before anything else.
 */
#ifndef SERVER_LISTEN_H
#define SERVER_LISTEN_H

#include "pinson/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

struct server;

enum {
    LISTENERS_MAX = 4
};

struct listener {
    uv_poll_t poll;
    int fd;
};

struct listeners {
    struct server *server;
    struct listener each[LISTENERS_MAX];
    size_t count;
    uv_timer_t retry;
    bool is_open;
    bool is_resting;
    size_t conns_max;
    int port;
};

/* Listens where the configuration says. On failure writes a sentence to why. */
MUST_USE enum err listen_open(struct listeners *listeners, struct server *server, char *why,
                              size_t why_size);
void listen_close(struct listeners *listeners); /* at once; harmless twice */
/* A connection is gone: its place may be taken. */
void listen_place_free(struct listeners *listeners);

#endif
