/* socket — a connection to a Redis server: bytes out, replies in. Used by link alone. */
#ifndef STORE_SOCKET_H
#define STORE_SOCKET_H

#include "base/buf.h"
#include "store/redis.h"

#include <stdbool.h>

struct redisReply;
struct socket;
struct uv_loop_s;

/* Called from the loop, and never after socket_close. */
struct socket_owner {
    void (*on_connected)(void *user);
    void (*on_heard)(void *user);                           /* bytes have come */
    void (*on_reply)(void *user, struct redisReply *reply); /* takes it */
    void (*on_drained)(void *user);                         /* may be written to again */
    void (*on_closed)(void *user, const char *why); /* socket_close is still to be called */
    void *user;
};

/* Of a name's addresses the one at attempt, modulo their number, is tried. */
struct socket *socket_create(struct uv_loop_s *loop, const struct redis_address *address,
                             unsigned attempt, const struct socket_owner *owner);
void socket_close(struct socket *socket); /* NULL is allowed */

/* Swaps the bytes away. false: the write before is still under way, and nothing is taken. */
bool socket_write(struct socket *socket, struct buf *bytes);

#endif
