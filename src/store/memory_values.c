#include "store/memory_values.h"

#include "base/mem.h"
#include "base/time.h"

struct item {
    struct list list;
    char *name;  /* owned */
    char *value; /* owned */
    struct view name_view;
    struct view value_view;
    uint64_t until_ms; /* 0: kept */
};

static uint64_t now_ms(void)
{
    return time_monotonic_us() / 1000;
}

static void remove_item(struct item *item)
{
    list_remove(&item->list);
    mem_free(item->name);
    mem_free(item->value);
    mem_free(item);
}

/* Also one whose time is over. */
static struct item *find_item(struct memory_values *values, struct view name)
{
    for (struct list *link = values->list.next; link != &values->list; link = link->next) {
        struct item *item = LIST_ITEM(link, struct item, list);

        if (view_equal(item->name_view, name)) {
            return item;
        }
    }
    return NULL;
}

void memory_values_init(struct memory_values *values)
{
    list_init(&values->list);
}

void memory_values_finish(struct memory_values *values)
{
    while (!list_is_empty(&values->list)) {
        remove_item(LIST_ITEM(values->list.next, struct item, list));
    }
}

const struct view *memory_values_find(struct memory_values *values, struct view name)
{
    const struct item *item = find_item(values, name);

    if (!item || (item->until_ms && item->until_ms <= now_ms())) {
        return NULL;
    }
    return &item->value_view;
}

void memory_values_put(struct memory_values *values, struct view name, struct view value,
                       uint64_t ttl_ms)
{
    struct item *item = mem_alloc(sizeof *item);

    memory_values_remove(values, name);
    item->name = mem_copy_text(name.ptr, name.len);
    item->value = mem_copy_text(value.ptr, value.len);
    item->name_view = (struct view){.ptr = item->name, .len = name.len};
    item->value_view = (struct view){.ptr = item->value, .len = value.len};
    item->until_ms = ttl_ms ? now_ms() + ttl_ms : 0;
    list_add(&values->list, &item->list);
}

void memory_values_remove(struct memory_values *values, struct view name)
{
    struct item *item = find_item(values, name);

    if (item) {
        remove_item(item);
    }
}
