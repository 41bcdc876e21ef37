/*
 * json — a board as one JSON document, for programs that read it elsewhere. Pure.
 *
 * Scores are exact at the board's version, with the mean of all its ballots; those of a
 * closed round as it closed.
 */
#ifndef EXPORT_JSON_H
#define EXPORT_JSON_H

#include "base/buf.h"
#include "core/board.h"
#include "export/sink.h"
#include "wire/texts.h"

struct export_options {
    bool staff;     /* the texts of hidden ideas too */
    bool everybody; /* results that are not revealed yet are left out */
    bool closed;    /* tallies, scores and ranks too */
};

/* The format pinson.board/1. */
void export_json(const struct board *board, const struct texts *texts,
                 struct export_options options, struct sink *sink);

/* What lists of boards show: {"slug","title","question","state","round","ideas","people",
   "ballots"}. */
void export_summary(const struct board *board, const struct texts *texts, struct buf *to);

/* The public may read the words of the idea. */
bool export_shows_text(const struct idea *idea);

#endif
