#include "wire/intern.h"

#include "base/hash.h"
#include "base/mem.h"

void intern_finish(struct intern *intern)
{
    mem_free(intern->items);
    map_finish(&intern->latest);
    *intern = (struct intern){0};
}

uint32_t intern_find(const struct intern *intern, struct view text)
{
    const uint64_t *latest = map_find(&intern->latest, hash_fnv1a(text));
    uint32_t number = latest ? (uint32_t)*latest : 0;

    while (number && !view_equal(intern_text(intern, number), text)) {
        number = intern->items[number - 1].next;
    }
    return number;
}

uint32_t intern_add(struct intern *intern, struct view text)
{
    uint32_t number = intern_find(intern, text);

    if (number) {
        return number;
    }
    uint64_t hash = hash_fnv1a(text);
    const uint64_t *latest = map_find(&intern->latest, hash);

    intern->items =
        mem_reserve(intern->items, intern->count, &intern->room, sizeof *intern->items);
    intern->items[intern->count] =
        (struct interned){.text = text, .next = latest ? (uint32_t)*latest : 0};
    number = (uint32_t)++intern->count;
    map_put(&intern->latest, hash, number);
    return number;
}

struct view intern_text(const struct intern *intern, uint32_t number)
{
    return intern->items[number - 1].text;
}
