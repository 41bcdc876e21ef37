/*
 * result — what a round came to, in the shape of `pinson rank --json`. Pure.
 *
 * One writer for the command line, the server and the archive, so that whoever recomputes a
 * result from public files gets the same bytes. Of groups only those are named that are large
 * enough to be tested, and how people proved who they are is never said.
 */
#ifndef EXPORT_RESULT_H
#define EXPORT_RESULT_H

#include "base/buf.h"
#include "core/board.h"

/* What is written, wherever it is known from: a fold, or an archive. Everything borrowed. */
struct result_subject {
    uint32_t round; /* its number */
    const struct definition *definition;
    const struct idea *ideas; /* number n at n - 1: their sources are read */
    const struct round_result *result;
};

/* One object, with the ideas in rank order, and a newline. */
void result_write(struct buf *to, const struct result_subject *subject);

/* The result of that round: as it closed, or of the present one as if it closed now. false:
   it was never opened, and nothing is written. number 0: the present round, or an empty
   result if there is none. */
bool result_write_round(struct buf *to, const struct board *board, uint32_t number);

/* The present round as if it closed now, without a newline: for an answer. */
void result_write_present(struct buf *to, const struct board *board);

/* [{"idea","outcome","reason"}…] of a closed round in rank order; came_to NULL: []. */
void result_write_outcomes(struct buf *to, const struct round_result *came_to);

/* Places of the result's groups that are tested, by name; out of LIMIT_GROUPS. How many. */
uint32_t result_tested_groups(const struct result_subject *subject, uint32_t *out);

#endif
