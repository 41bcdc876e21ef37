/*
 * copy — a board folded once more from its log, beside the one that people see: for work that
 * takes long and is therefore done by another thread. It touches nothing but its own memory.
 */
#ifndef APP_COPY_H
#define APP_COPY_H

#include "core/apply.h"
#include "store/store.h"
#include "wire/texts.h"

/* A run of bytes in a slice. */
struct slice_part {
    size_t at;
    size_t len;
};

struct slice_text {
    struct ref ref;
    struct slice_part json;
};

struct slice_entry {
    struct entry_id id;
    struct slice_part bytes;
    size_t texts; /* where its own begin */
    size_t texts_count;
};

/* Entries as bytes, with their texts: how a slice of the log is taken to another thread.
   init/finish on the caller's memory; zeroed is an empty one. */
struct slice {
    struct buf bytes;
    struct slice_entry *entries; /* owned */
    size_t count;
    size_t room;
    struct slice_text *texts; /* owned */
    size_t texts_count;
    size_t texts_room;
};

void slice_add(struct slice *slice, const struct stored_entry *stored);
void slice_clear(struct slice *slice); /* keeps the room */
void slice_release(struct slice *slice);
/* Borrowed from the slice. */
struct view slice_text_json(const struct slice *slice, const struct slice_text *text);

struct copy {
    struct board *board; /* owned */
    struct texts texts;
    struct effects effects; /* of the latest entry */
};

void copy_init(struct copy *copy);
void copy_finish(struct copy *copy);
/* The n-th entry of the slice, to be finished by command_finish. ERR_PARSE: it is none. */
MUST_USE enum err copy_parse(const struct slice *slice, size_t n, struct entry *out);
/* Folds it and keeps its texts. */
void copy_apply(struct copy *copy, const struct slice *slice, size_t n,
                const struct entry *entry);

#endif
