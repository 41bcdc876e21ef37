/*
 * rank_study — what is found by folding the log once more: does the result hold, and how did
 * the ranking move.
 */
#ifndef CLI_RANK_STUDY_H
#define CLI_RANK_STUDY_H

#include "cli/workspace.h"
#include "export/flow.h"
#include "export/holds.h"

struct rank_study {
    bool robust; /* what is asked for */
    bool flow;
    struct holds holds;
    struct flow moves;
};

/* Folds again up to the version of the board, which is what the log comes to. false: it was
   said why not. */
MUST_USE bool rank_study_run(struct rank_study *study, struct workspace *workspace,
                             const char *slug, const struct board *board);
void rank_study_finish(struct rank_study *study);

/* Members of a JSON object, each with the comma before it. */
void rank_study_write(const struct rank_study *study, struct buf *to);
void rank_study_print(const struct rank_study *study);

#endif
