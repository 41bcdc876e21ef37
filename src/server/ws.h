/*
 * ws — a connection after the upgrade: messages put together, frames written, pings, closing.
 *
 * It is one peer of the app. Frames are written at once and as they are; only who is choked
 * waits for libwebsockets to say when.
 */
#ifndef SERVER_WS_H
#define SERVER_WS_H

#include "base/buf.h"
#include "base/list.h"
#include "hub/peer.h"

#include <stdbool.h>

struct client;
struct conn;

struct ws {
    struct peer peer; /* first: a peer is the ws that it begins */
    struct conn *conn;
    struct client *client; /* NULL once the app has let go */
    struct buf message;    /* what of an unfinished one has come */
    struct list turn;      /* in the wheel */
    bool is_heard;         /* something came since the last ping */
    bool is_asked;         /* a ping is on its way or due */
    bool owes_ping;
    bool is_closing;
    bool is_close_sent;
    unsigned close_code;
};

void ws_open(struct conn *conn);
void ws_destroy(struct ws *ws); /* NULL is allowed */

/* From libwebsockets, whose answer they return: other than 0 drops the connection. */
int ws_receive(struct ws *ws, const char *bytes, size_t len);
int ws_peer_closes(struct ws *ws, const unsigned char *reason, size_t len);
int ws_writable(struct ws *ws);

void ws_close(struct ws *ws, unsigned code); /* later */
void ws_on_due(struct list *turn);           /* of the wheel */
void ws_on_drained(struct list *turn);       /* closes it with 1012 */

#endif
