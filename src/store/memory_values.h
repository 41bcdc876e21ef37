/* memory_values — the small keys of the store in memory. Private to memory.c. */
#ifndef STORE_MEMORY_VALUES_H
#define STORE_MEMORY_VALUES_H

#include "base/list.h"
#include "base/text.h"

#include <stdint.h>

struct memory_values {
    struct list list;
};

void memory_values_init(struct memory_values *values);
void memory_values_finish(struct memory_values *values);

/* Borrowed until the next change; NULL: none, or its time is over. */
const struct view *memory_values_find(struct memory_values *values, struct view name);
/* Replaces; ttl_ms 0: kept. */
void memory_values_put(struct memory_values *values, struct view name, struct view value,
                       uint64_t ttl_ms);
void memory_values_remove(struct memory_values *values, struct view name);

#endif
