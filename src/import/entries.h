/*
 * entries — a plan as entries of a log with their texts. Pure; chance is given by the caller.
 */
#ifndef IMPORT_ENTRIES_H
#define IMPORT_ENTRIES_H

#include "import/plan.h"
#include "wire/texts.h"

/* One entry and what it names. */
struct import_entry {
    struct buf bytes;
    struct buf texts[2]; /* as they are stored; the second: where it exists already */
    struct ref refs[2];
    size_t texts_count;
};

struct import_entries {
    struct import_entry *items; /* owned */
    size_t count;
    size_t room;
};

/* Who brings it, and where to. */
struct import_bringing {
    uint64_t person;    /* key of a lead; 0: the operator */
    uint64_t made_lead; /* key of who leads the installation and becomes a lead of the board by
                           it; 0: nobody */
    struct op op;
    uint64_t epoch;
    struct source source; /* the import's own name */
    uint32_t ideas;       /* that the board has */
    void (*random)(void *to, size_t len);
};

/* out is zeroed. */
void import_entries_make(struct import_entries *out, const struct import_plan *plan,
                         const struct import_bringing *bringing);
void import_entries_finish(struct import_entries *entries);

#endif
