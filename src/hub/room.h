/*
 * room — who watches one board. One thread; the room owns its watchers, not their peers.
 */
#ifndef HUB_ROOM_H
#define HUB_ROOM_H

#include "base/map.h"
#include "hub/peer.h"

#include <stddef.h>
#include <stdint.h>

/* One connection that watches the board. */
struct watcher {
    struct peer *peer;
    uint32_t person;           /* number on the board; 0: not known yet */
    size_t index;              /* in room->watchers */
    struct watcher *next_same; /* another connection of the same person */
};

struct room {
    struct watcher **watchers; /* owned */
    size_t count;
    size_t space;
    struct map by_person; /* person number → their first watcher */
};

void room_init(struct room *room);
void room_finish(struct room *room);

struct watcher *room_add(struct room *room, struct peer *peer, uint32_t person); /* borrowed */
void room_remove(struct room *room, struct watcher *watcher);
void room_set_person(struct room *room, struct watcher *watcher, uint32_t person);

void room_send(struct room *room, struct frame *frame);
void room_send_person(struct room *room, uint32_t person, struct frame *frame);
bool room_has_person(const struct room *room, uint32_t person);

#endif
