#include "app/intake.h"

#include "base/mem.h"

enum {
    TEXTS = sizeof((struct import_entry *)0)->texts / sizeof(struct buf)
};

void intake_append(struct store *store, struct board_key key,
                   const struct import_entries *entries, store_appended *done, void *user)
{
    struct to_append *items = mem_array(entries->count, sizeof *items);
    struct stored_text *texts = mem_array(entries->count * TEXTS, sizeof *texts);

    for (size_t i = 0; i < entries->count; i++) {
        const struct import_entry *entry = &entries->items[i];

        for (size_t k = 0; k < entry->texts_count; k++) {
            texts[i * TEXTS + k] =
                (struct stored_text){.ref = entry->refs[k], .json = buf_view(&entry->texts[k])};
        }
        items[i] = (struct to_append){.bytes = buf_view(&entry->bytes),
                                      .texts = &texts[i * TEXTS],
                                      .texts_count = entry->texts_count};
    }
    store_append_all(store, key, items, entries->count, done, user);
    mem_free(items);
    mem_free(texts);
}
