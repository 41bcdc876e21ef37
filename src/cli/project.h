/* project — writes a folded board's views into the store: scores, tallies, chain heads. */
#ifndef CLI_PROJECT_H
#define CLI_PROJECT_H

#include "cli/fold.h"

/* Chain heads are kept at every so many versions. */
enum {
    PROJECT_HEAD_EACH = 256
};

struct head_list {
    struct projected_head *items; /* owned */
    size_t count;
    size_t room;
};

void head_list_finish(struct head_list *heads);
/* Remembers the head of a fold that has come to such a version. */
void head_list_add(struct head_list *heads, const struct board *board);

/* Folds the board from its log and writes all of its views, for a board that no server has
   seen yet. */
MUST_USE enum err project_board(struct workspace *workspace, struct board_key key,
                                struct fold *fold);

#endif
