#include "cli/replica.h"

#include "auth/random.h"
#include "base/mem.h"
#include "wire/entry.h"

#include <string.h>

enum {
    REPLICA_EPOCH = 1
};

struct replica_text {
    struct ref ref;
    struct buf json; /* empty: not known */
};

struct replica_entry {
    struct entry_id id;
    struct buf bytes;
    struct replica_text texts[COMMAND_TEXTS];
    size_t texts_count;
    bool done; /* false: texts are collected for it */
};

void replica_init(struct replica *replica)
{
    *replica = (struct replica){.board = board_create()};
    effects_init(&replica->effects);
    texts_init(&replica->texts);
}

static void finish_entry(struct replica_entry *entry)
{
    buf_finish(&entry->bytes);
    for (size_t i = 0; i < entry->texts_count; i++) {
        buf_finish(&entry->texts[i].json);
    }
}

void replica_finish(struct replica *replica)
{
    for (size_t i = 0; i < replica->count; i++) {
        finish_entry(&replica->items[i]);
    }
    mem_free(replica->items);
    board_destroy(replica->board);
    effects_finish(&replica->effects);
    texts_finish(&replica->texts);
    archive_finish(&replica->archive);
    *replica = (struct replica){0};
}

void replica_at(struct replica *replica, uint64_t ms)
{
    if (ms > replica->now_ms) {
        replica->now_ms = ms;
        replica->seq = 0;
    }
}

/* The entry that is being put together. */
static struct replica_entry *open_entry(struct replica *replica)
{
    if (!replica->count || replica->items[replica->count - 1].done) {
        replica->items =
            mem_reserve(replica->items, replica->count, &replica->room, sizeof *replica->items);
        memset(&replica->items[replica->count], 0, sizeof *replica->items);
        replica->count++;
    }
    return &replica->items[replica->count - 1];
}

struct text_use replica_text(struct replica *replica, struct view text)
{
    struct replica_entry *entry = open_entry(replica);
    struct replica_text *kept = &entry->texts[entry->texts_count++];
    struct text_seed seed;
    AUTO_BUF unknown = {0};

    random_bytes(&seed, sizeof seed);
    kept->ref = seed.ref;
    if (!text.ptr) {
        return text_use_make(view_of("…"), &seed, &unknown);
    }
    texts_put(&replica->texts, seed.ref, mem_copy_text(text.ptr, text.len));
    return text_use_make(text, &seed, &kept->json);
}

static void fold(struct replica *replica, struct entry *entry)
{
    archive_before(&replica->archive, replica->board, &entry->command);
    board_apply(replica->board, entry, &replica->effects);
    archive_after(&replica->archive, replica->board, entry, &replica->effects.decision);
    if (replica->effects.decision.err && !replica->refused) {
        replica->refused = replica->effects.decision.err;
        replica->refused_kind = entry->command.kind;
    }
}

void replica_add(struct replica *replica, struct command *command)
{
    struct replica_entry *kept = open_entry(replica);

    command->epoch = REPLICA_EPOCH;
    kept->id = (struct entry_id){.ms = replica->now_ms, .seq = replica->seq++};
    kept->done = true;
    entry_write(&kept->bytes, command);
    struct entry entry = {.id = kept->id, .bytes = buf_view(&kept->bytes), .command = *command};

    fold(replica, &entry);
    command_finish(command);
}

void replica_write(const struct replica *replica, struct writer *writer)
{
    for (size_t i = 0; i < replica->count; i++) {
        const struct replica_entry *kept = &replica->items[i];
        struct entry entry = {.id = kept->id, .bytes = buf_view(&kept->bytes)};
        struct stored_text texts[COMMAND_TEXTS];

        for (size_t k = 0; k < kept->texts_count; k++) {
            texts[k] = (struct stored_text){.ref = kept->texts[k].ref,
                                            .json = buf_view(&kept->texts[k].json)};
        }
        writer_restore(writer, &entry, texts, kept->texts_count);
    }
}
