#include "cli/index.h"

#include "base/mem.h"
#include "cli/wait.h"
#include "wire/json.h"

#include <string.h>

enum {
    READ_COUNT = 1000
};

struct reading {
    struct wait wait;
    struct index *index;
    struct entry_id after;
    size_t count; /* of the latest answer */
};

static bool copy(const json_t *json, char *out, size_t size)
{
    struct view text = json_view(json);

    if (!text.len || text.len >= size) {
        return false;
    }
    memcpy(out, text.ptr, text.len);
    out[text.len] = '\0';
    return true;
}

/* The index tells other things too; what has no board and slug is none of our business. */
static void add_entry(struct index *index, struct view bytes)
{
    json_auto_t *json = json_loadb(bytes.ptr, bytes.len, 0, NULL);
    struct indexed item = {0};

    if (!copy(json_object_get(json, "board"), item.key.id, sizeof item.key.id) ||
        !copy(json_object_get(json, "slug"), item.slug, sizeof item.slug)) {
        return;
    }
    index->items = mem_reserve(index->items, index->count, &index->room, sizeof *index->items);
    index->items[index->count++] = item;
}

static void on_entries(void *user, enum err err, const struct stored_entry *entries,
                       size_t count)
{
    struct reading *reading = user;

    for (size_t i = 0; i < count; i++) {
        reading->after = entries[i].entry.id;
        add_entry(reading->index, entries[i].entry.bytes);
    }
    reading->count = count;
    wait_on_done(&reading->wait, err);
}

enum err index_read(struct workspace *workspace, struct index *out)
{
    struct reading reading = {.index = out};
    enum err err = OK;

    *out = (struct index){0};
    do {
        wait_init(&reading.wait, &workspace->loop);
        store_read(workspace->store, INDEX_KEY, reading.after, READ_COUNT, on_entries,
                   &reading);
        err = wait_for(&reading.wait);
    } while (!err && reading.count == READ_COUNT);
    if (err) {
        index_finish(out);
    }
    return err;
}

void index_finish(struct index *index)
{
    mem_free(index->items);
    *index = (struct index){0};
}

bool index_find(struct workspace *workspace, const char *slug, struct board_key *out)
{
    struct index index;
    enum err err = index_read(workspace, &index);
    bool found = false;

    if (err) {
        (void)refuse_store(err);
        return false;
    }
    for (size_t i = 0; i < index.count; i++) {
        if (strcmp(index.items[i].slug, slug) == 0) {
            *out = index.items[i].key;
            found = true;
        }
    }
    index_finish(&index);
    if (!found) {
        (void)refuse("there is no board %s; `pinson boards` lists them", slug);
    }
    return found;
}
