/*
 * golden — the JSON files that runners of the corpus read, the logs in them, and where two
 * values differ.
 */
#ifndef SUPPORT_GOLDEN_H
#define SUPPORT_GOLDEN_H

#include "base/buf.h"
#include "core/apply.h"

#include <jansson.h>

struct golden {
    char **paths; /* owned, in order */
    size_t count;
};

/* The files of a folder whose names begin and end so; adds none when there is no folder.
   init/finish on the caller's memory. */
void golden_init(struct golden *golden);
void golden_add(struct golden *golden, const char *folder, const char *begins,
                const char *ends);
void golden_finish(struct golden *golden);

const char *golden_name(const char *path); /* without the folder; borrowed */
void golden_read(struct buf *to, const char *path);
json_t *golden_load(const char *path); /* new reference; ends the process when it is none */

/* Folds {"id","v":1,"command":[…]}; false: it is no entry. */
bool golden_fold(struct board *board, struct effects *effects, const json_t *line);

/* The first place where they differ, and both values there; nothing when they are equal. */
void golden_difference(struct buf *to, const json_t *expected, const json_t *got);

#endif
