/*
 * dump — everything that a fold holds, as one canonical JSON object: two boards are the same
 * when their dumps are. Pure.
 */
#ifndef SUPPORT_DUMP_H
#define SUPPORT_DUMP_H

#include "base/buf.h"
#include "core/board.h"

/* All of it. */
void dump_board(struct buf *to, const struct board *board);
/* Without the place in the log (version, head, last id) and the remembered answers: what a
   refused entry must leave as it was. */
void dump_state(struct buf *to, const struct board *board);
/* Tallies, ballots and the sums of what competes: what is counted. */
void dump_counts(struct buf *to, const struct board *board);
/* What a round came to. */
void dump_result(struct buf *to, const struct round_result *result);

#endif
