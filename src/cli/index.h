/* index — the boards that are published, as the installation's index names them. */
#ifndef CLI_INDEX_H
#define CLI_INDEX_H

#include "cli/workspace.h"

struct indexed {
    struct board_key key;
    char slug[LIMIT_SLUG_MAX_BYTES + 1];
};

struct index {
    struct indexed *items; /* owned, in the order of their publication */
    size_t count;
    size_t room;
};

/* On failure nothing is owned. */
MUST_USE enum err index_read(struct workspace *workspace, struct index *out);
void index_finish(struct index *index);

/* The board of that slug; false: it was said that there is none, or why it isn't known. */
bool index_find(struct workspace *workspace, const char *slug, struct board_key *out);

#endif
