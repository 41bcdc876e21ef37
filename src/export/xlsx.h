/*
 * xlsx — a board as a workbook: the winners first, then every idea, then the rounds.
 *
 * Texts are cells of text whatever they begin with: nothing in it is ever a formula. It is
 * written to files a row at a time, and takes a while: not for the thread of a loop.
 */
#ifndef EXPORT_XLSX_H
#define EXPORT_XLSX_H

#include "export/json.h"
#include "pinson/error.h"

/* What it is written from, all borrowed. */
struct xlsx_subject {
    const struct board *board;
    const struct texts *texts;
    struct export_options options;
    struct view base; /* of absolute links, without a final slash; empty: none */
};

/* Makes or replaces the file at path. ERR_FULL: it cannot be written. */
MUST_USE enum err xlsx_write(const struct xlsx_subject *subject, const char *path);

#endif
