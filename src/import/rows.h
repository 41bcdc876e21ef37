/*
 * rows — the rows of a sheet as ideas, each cell read and cleaned, and what is the matter with
 * it: the first half of making a plan, which puts them in order.
 */
#ifndef IMPORT_ROWS_H
#define IMPORT_ROWS_H

#include "import/plan.h"

/* A plan that is being made; all borrowed but what says otherwise. */
struct making {
    struct import_plan *plan;
    const struct import_target *target;
    const struct import_options *options;
    struct map ids;     /* hash of a number in the file → its row in rows, from 1 */
    struct map authors; /* hash of whatever tells them apart → 1.. */
    char **parents;     /* what row i answers, as the file says; owned */
};

/* Every row that can come in, in the order of the file; fills ids, authors and parents. */
void rows_read(struct making *making);

/* Of a number as the file has it, for ids. */
uint64_t rows_hash(struct view text);

#endif
