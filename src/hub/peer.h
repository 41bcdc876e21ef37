/*
 * peer — someone at the other end of a connection: a small vtable and a bounded queue.
 *
 * What is sent during one turn of the loop leaves in one write per peer (hub_flush): the
 * cost is per write, not per byte. A peer that cannot keep up never slows the room: over
 * the bound its queue is dropped and its owner told, at the second time it is closed.
 */
#ifndef HUB_PEER_H
#define HUB_PEER_H

#include "base/list.h"
#include "hub/frame.h"

#include <stdbool.h>
#include <stddef.h>

enum close_code { /* RFC 6455, 7.4.1 */
    CLOSE_GOING_AWAY = 1001,
    CLOSE_POLICY = 1008,
    CLOSE_TOO_BIG = 1009,
    CLOSE_RESTART = 1012,
    CLOSE_TRY_LATER = 1013
};

struct peer;

struct peer_vtable {
    /* Writes bytes as they are: complete frames. Called only when not choked; keeps what
       the socket does not take. false: the connection is broken and will be closed. */
    bool (*write)(struct peer *peer, const unsigned char *bytes, size_t len);
    /* Something of an earlier write still waits. */
    bool (*is_choked)(const struct peer *peer);
    /* Calls peer_flush as soon as the peer is no longer choked. */
    void (*want_writable)(struct peer *peer);
    /* Closes it later, never within the call. */
    void (*close)(struct peer *peer, enum close_code code);
};

struct hub;

struct peer {
    const struct peer_vtable *calls;
    struct hub *hub;
    void *owner;          /* whom on_overflow tells */
    struct frame **queue; /* references held; owned */
    size_t queue_count;
    size_t queue_room;
    size_t queue_bytes;
    unsigned overflows; /* since everything was last written */
    struct list dirty;
};

/* The peers that have something to be written. init/finish on the caller's memory. */
struct hub {
    struct list dirty;
    void (*on_overflow)(void *owner); /* its queue was dropped: it must resynchronise */
};

void hub_init(struct hub *hub, void (*on_overflow)(void *owner));
void hub_flush(struct hub *hub); /* at the end of each turn of the loop */

void peer_init(struct peer *peer, struct hub *hub, const struct peer_vtable *calls);
void peer_finish(struct peer *peer);                    /* drops what was not written */
void peer_send(struct peer *peer, struct frame *frame); /* new reference */
void peer_send_text(struct peer *peer, struct view text);
void peer_flush(struct peer *peer); /* writes what waits, in one write */

#endif
