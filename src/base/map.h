/*
 * map — an open-addressing table from 64-bit keys to pointers or numbers.
 *
 * Pure; init/finish on the caller's memory. Values are not owned. Keys that a user
 * chooses must be hashed with a secret first; random keys and small numbers go in
 * as they are.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_slot {
    uint64_t key;
    uint64_t value;
    bool used;
};

struct map {
    struct map_slot *slots; /* owned */
    size_t room;            /* a power of two, or 0 */
    size_t count;
};

void map_init(struct map *map);
void map_finish(struct map *map);
/* The same for pointers that the map owns, from mem_alloc. */
void map_finish_owned(struct map *map);

void map_put(struct map *map, uint64_t key, uint64_t value);   /* replaces */
const uint64_t *map_find(const struct map *map, uint64_t key); /* borrowed or NULL */
void map_remove(struct map *map, uint64_t key);

void map_put_ptr(struct map *map, uint64_t key, void *value);
void *map_find_ptr(const struct map *map, uint64_t key); /* NULL when there is none */

#endif
