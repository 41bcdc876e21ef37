/*
 * redis — the store on a Redis server, 6.2 or newer.
 *
 * Two connections: one for commands, pipelined; one that blocks in XREAD. Both reconnect
 * by themselves. Keys are those of src/README.md.
 */
#ifndef STORE_REDIS_H
#define STORE_REDIS_H

#include "store/store.h"

/* Where it is. Texts are copied by redis_store_create. */
struct redis_address {
    char path[108]; /* of a unix socket; empty: TCP */
    char host[256];
    int port;
    char user[128];
    char password[256];
    int db;
};

/* unix:///path, redis://[user:pass@]host[:port][/db]. ERR_PARAMS: not an address. */
MUST_USE enum err redis_address_parse(struct view url, struct redis_address *out);

/* Connects in the background; listener->on_available tells. Owned by the caller. The process
   ignores SIGPIPE from then on. */
struct store *redis_store_create(struct uv_loop_s *loop, const struct redis_address *address);

/* What CONFIG GET said at the latest connection: appendonly yes and appendfsync always. */
bool redis_store_is_durable(const struct store *store);

#endif
