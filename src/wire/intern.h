/*
 * intern — a small number for each of many texts, the same for the same bytes.
 *
 * Pure; init/finish on the caller's memory; zeroed is an empty one. Texts are borrowed.
 */
#ifndef WIRE_INTERN_H
#define WIRE_INTERN_H

#include "base/map.h"
#include "base/text.h"

#include <stdint.h>

struct interned {
    struct view text;
    uint32_t next; /* number of an earlier one with the same hash; 0: none */
};

struct intern {
    struct interned *items; /* owned; number n is items[n - 1] */
    size_t count;
    size_t room;
    struct map latest; /* hash → number */
};

void intern_finish(struct intern *intern);

uint32_t intern_add(struct intern *intern, struct view text);        /* from 1 */
uint32_t intern_find(const struct intern *intern, struct view text); /* 0: none */
struct view intern_text(const struct intern *intern, uint32_t number);

#endif
