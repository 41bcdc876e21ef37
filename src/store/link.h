/*
 * link — one connection to Redis: pipelined, bounded, and coming back by itself.
 *
 * Nothing in the protocol says which request a reply belongs to but their order. So a
 * request that is not answered in its time ends the connection, and with it every request
 * that was sent on it has an unknown outcome: no reply is ever given to another request.
 */
#ifndef STORE_LINK_H
#define STORE_LINK_H

#include "pinson/error.h"
#include "store/redis.h"
#include "store/request.h"

#include <stdbool.h>

struct link;
struct redisReply;
struct uv_loop_s;

/* Called once for each request, never before link_send has returned. err tells what the first
   error among its replies means; *reply is the last one, NULL when the outcome is unknown.
   Whoever sets *reply to NULL owns it. */
typedef void link_done(void *user, enum err err, struct redisReply **reply);

/* Called from the loop. */
struct link_owner {
    const char *name; /* for the log */
    /* Connected and signed in: what is sent now goes first, and is answered before on_up. */
    void (*on_greet)(void *user);
    void (*on_up)(void *user);
    void (*on_down)(void *user); /* after on_up only */
    void *user;
};

/* Connects in the background. address is borrowed until link_destroy, owner copied. */
struct link *link_create(struct uv_loop_s *loop, const struct redis_address *address,
                         const struct link_owner *owner);
/* What is pending is called back with ERR_UNAVAILABLE. Not from one of those callbacks.
   The rest is released on the following turns of the loop. */
void link_destroy(struct link *link);

bool link_is_up(const struct link *link);
/* Leaves the connection for a new one. */
void link_drop(struct link *link, const char *why);

struct request *link_request(struct link *link); /* borrowed, cleared, for link_send */
void link_send(struct link *link, link_done *done, void *user);

#endif
