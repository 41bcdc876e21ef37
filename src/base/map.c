#include "base/map.h"

#include "base/hash.h"
#include "base/mem.h"

void map_init(struct map *map)
{
    *map = (struct map){0};
}

void map_finish(struct map *map)
{
    mem_free(map->slots);
    *map = (struct map){0};
}

void map_finish_owned(struct map *map)
{
    for (size_t i = 0; i < map->room; i++) {
        if (map->slots[i].used) {
            mem_free(map_find_ptr(map, map->slots[i].key));
        }
    }
    map_finish(map);
}

/* The slot of key, or the free one where it would go; there is always one free. */
static size_t slot_of(const struct map *map, uint64_t key)
{
    size_t at = (size_t)hash_mix(key) & (map->room - 1);

    while (map->slots[at].used && map->slots[at].key != key) {
        at = (at + 1) & (map->room - 1);
    }
    return at;
}

static void grow(struct map *map)
{
    struct map old = *map;

    map->room = old.room ? old.room * 2 : 16;
    map->slots = mem_array(map->room, sizeof *map->slots);
    for (size_t i = 0; i < old.room; i++) {
        if (old.slots[i].used) {
            map->slots[slot_of(map, old.slots[i].key)] = old.slots[i];
        }
    }
    mem_free(old.slots);
}

void map_put(struct map *map, uint64_t key, uint64_t value)
{
    if (4 * (map->count + 1) > 3 * map->room) {
        grow(map);
    }
    size_t at = slot_of(map, key);

    map->count += !map->slots[at].used;
    map->slots[at] = (struct map_slot){.key = key, .value = value, .used = true};
}

const uint64_t *map_find(const struct map *map, uint64_t key)
{
    if (!map->room) {
        return NULL;
    }
    size_t at = slot_of(map, key);

    return map->slots[at].used ? &map->slots[at].value : NULL;
}

/* Backward-shift deletion (Knuth, TAOCP 3, 6.4, algorithm R): no tombstones. */
void map_remove(struct map *map, uint64_t key)
{
    if (!map_find(map, key)) {
        return;
    }
    size_t mask = map->room - 1;
    size_t hole = slot_of(map, key);

    for (size_t next = (hole + 1) & mask; map->slots[next].used; next = (next + 1) & mask) {
        size_t home = (size_t)hash_mix(map->slots[next].key) & mask;

        if (((next - home) & mask) >= ((next - hole) & mask)) {
            map->slots[hole] = map->slots[next];
            hole = next;
        }
    }
    map->slots[hole].used = false;
    map->count--;
}

void map_put_ptr(struct map *map, uint64_t key, void *value)
{
    map_put(map, key, (uint64_t)(uintptr_t)value);
}

void *map_find_ptr(const struct map *map, uint64_t key)
{
    const uint64_t *value = map_find(map, key);

    return value ? (void *)(uintptr_t)*value : NULL; /* NOLINT(performance-no-int-to-ptr) */
}
