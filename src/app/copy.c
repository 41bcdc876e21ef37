#include "app/copy.h"

#include "base/mem.h"
#include "wire/entry.h"

#include <string.h>

static struct slice_part add_part(struct slice *slice, struct view bytes)
{
    struct slice_part part = {.at = slice->bytes.len, .len = bytes.len};

    buf_add_view(&slice->bytes, bytes);
    return part;
}

static struct view part_view(const struct slice *slice, struct slice_part part)
{
    return (struct view){part.len ? slice->bytes.bytes + part.at : NULL, part.len};
}

void slice_add(struct slice *slice, const struct stored_entry *stored)
{
    slice->entries =
        mem_reserve(slice->entries, slice->count, &slice->room, sizeof *slice->entries);
    slice->entries[slice->count++] =
        (struct slice_entry){.id = stored->entry.id,
                             .bytes = add_part(slice, stored->entry.bytes),
                             .texts = slice->texts_count,
                             .texts_count = stored->texts_count};
    for (size_t i = 0; i < stored->texts_count; i++) {
        slice->texts = mem_reserve(slice->texts, slice->texts_count, &slice->texts_room,
                                   sizeof *slice->texts);
        slice->texts[slice->texts_count++] = (struct slice_text){
            .ref = stored->texts[i].ref, .json = add_part(slice, stored->texts[i].json)};
    }
}

void slice_clear(struct slice *slice)
{
    buf_clear(&slice->bytes);
    slice->count = slice->texts_count = 0;
}

void slice_release(struct slice *slice)
{
    buf_finish(&slice->bytes);
    mem_free(slice->entries);
    mem_free(slice->texts);
    *slice = (struct slice){0};
}

struct view slice_text_json(const struct slice *slice, const struct slice_text *text)
{
    return part_view(slice, text->json);
}

void copy_init(struct copy *copy)
{
    *copy = (struct copy){.board = board_create()};
    texts_init(&copy->texts);
    effects_init(&copy->effects);
}

void copy_finish(struct copy *copy)
{
    board_destroy(copy->board);
    texts_finish(&copy->texts);
    effects_finish(&copy->effects);
    copy->board = NULL;
}

enum err copy_parse(const struct slice *slice, size_t n, struct entry *out)
{
    *out = (struct entry){.id = slice->entries[n].id,
                          .bytes = part_view(slice, slice->entries[n].bytes)};
    return entry_parse(out->bytes, &out->command);
}

static void keep_text(struct copy *copy, const struct slice *slice,
                      const struct slice_text *text, const struct text_use *use)
{
    struct view json = part_view(slice, text->json);
    char *words = NULL;

    if (memcmp(&text->ref, &use->ref, sizeof use->ref) == 0 && json.len &&
        !text_open(json, use, &words)) {
        texts_put(&copy->texts, use->ref, words);
    }
}

static void keep_texts(struct copy *copy, const struct slice *slice, size_t n,
                       const struct entry *entry)
{
    const struct slice_entry *place = &slice->entries[n];
    const struct text_use *uses[COMMAND_TEXTS];
    size_t count = command_texts(&entry->command, uses);

    for (size_t i = 0; i < count && i < place->texts_count; i++) {
        keep_text(copy, slice, &slice->texts[place->texts + i], uses[i]);
    }
}

void copy_apply(struct copy *copy, const struct slice *slice, size_t n,
                const struct entry *entry)
{
    board_apply(copy->board, entry, &copy->effects);
    if (!copy->effects.decision.err && !copy->effects.decision.repeat) {
        keep_texts(copy, slice, n, entry);
    }
    for (size_t i = 0; i < copy->effects.dropped_count; i++) {
        texts_remove(&copy->texts, copy->effects.dropped[i]);
    }
}
