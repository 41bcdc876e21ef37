#include "hub/room.h"

void room_init(struct room *room)
{
    *room = (struct room){0};
}

void room_finish(struct room *room)
{
    for (size_t i = 0; i < room->count; i++) {
        mem_free(room->watchers[i]);
    }
    mem_free(room->watchers);
    map_finish(&room->by_person);
}

static void link_person(struct room *room, struct watcher *watcher)
{
    if (watcher->person) {
        watcher->next_same = map_find_ptr(&room->by_person, watcher->person);
        map_put_ptr(&room->by_person, watcher->person, watcher);
    }
}

static void unlink_person(struct room *room, struct watcher *watcher)
{
    if (!watcher->person) {
        return;
    }
    struct watcher *at = map_find_ptr(&room->by_person, watcher->person);

    if (at == watcher && !watcher->next_same) {
        map_remove(&room->by_person, watcher->person);
    } else if (at == watcher) {
        map_put_ptr(&room->by_person, watcher->person, watcher->next_same);
    } else {
        while (at->next_same != watcher) {
            at = at->next_same;
        }
        at->next_same = watcher->next_same;
    }
    watcher->next_same = NULL;
}

struct watcher *room_add(struct room *room, struct peer *peer, uint32_t person)
{
    struct watcher *watcher = mem_alloc(sizeof *watcher);

    *watcher = (struct watcher){.peer = peer, .person = person, .index = room->count};
    room->watchers =
        mem_reserve(room->watchers, room->count, &room->space, sizeof(struct watcher *));
    room->watchers[room->count++] = watcher;
    link_person(room, watcher);
    return watcher;
}

void room_remove(struct room *room, struct watcher *watcher)
{
    unlink_person(room, watcher);
    room->count--;
    room->watchers[watcher->index] = room->watchers[room->count];
    room->watchers[watcher->index]->index = watcher->index;
    mem_free(watcher);
}

void room_set_person(struct room *room, struct watcher *watcher, uint32_t person)
{
    unlink_person(room, watcher);
    watcher->person = person;
    link_person(room, watcher);
}

void room_send(struct room *room, struct frame *frame)
{
    for (size_t i = 0; i < room->count; i++) {
        peer_send(room->watchers[i]->peer, frame);
    }
}

void room_send_person(struct room *room, uint32_t person, struct frame *frame)
{
    for (struct watcher *at = map_find_ptr(&room->by_person, person); at; at = at->next_same) {
        peer_send(at->peer, frame);
    }
}

bool room_has_person(const struct room *room, uint32_t person)
{
    return map_find(&room->by_person, person) != NULL;
}
