/*
 * client — WebSocket connections to a server, for a crowd that is played back. One thread,
 * on the caller's loop; many connections of one crowd.
 */
#ifndef SERVER_CLIENT_H
#define SERVER_CLIENT_H

#include "base/text.h"
#include "pinson/error.h"

#include <stdbool.h>

struct uv_loop_s;
struct ws_crowd;
struct ws_client;

struct ws_listener {
    void (*on_open)(void *user);
    void (*on_message)(void *user, struct view text); /* whole; borrowed */
    /* Closed by either side, or could not be opened. The client is gone after this. */
    void (*on_close)(void *user);
};

/* url: ws://host:port/path or http://host:port. ERR_PARAMS: not such an address. */
MUST_USE enum err ws_crowd_create(struct uv_loop_s *loop, const char *url,
                                  struct ws_crowd **out);
/* Every client must be gone. Turns the loop: not to be called from a callback of it. */
void ws_crowd_destroy(struct ws_crowd *crowd);

/* Opens a connection; listener is copied. Subprotocol pinson.v1. */
struct ws_client *ws_client_open(struct ws_crowd *crowd, const struct ws_listener *listener,
                                 void *user);
void ws_client_send(struct ws_client *client, struct view text); /* copies; queued in order */
void ws_client_cut(struct ws_client *client); /* drops the connection without a word */

#endif
