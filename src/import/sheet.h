/*
 * sheet — a file as names of columns and rows of cells, whatever it is written as: separated
 * values, or a list of objects in JSON, whose members are named by their path (`title/fr`).
 * Pure.
 */
#ifndef IMPORT_SHEET_H
#define IMPORT_SHEET_H

#include "base/buf.h"
#include "import/problems.h"
#include "pinson/error.h"
#include "pinson/limits.h"

#include <stddef.h>

enum {
    SHEET_NOWHERE = LIMIT_IMPORT_COLUMNS /* no column */
};

/* Zeroed is empty. */
struct sheet {
    struct buf bytes; /* of all cells, each followed by a NUL */
    size_t *cells;    /* where each begins, row by row, the names first; owned */
    size_t cells_count;
    size_t cells_room;
    size_t *lines; /* of each row; owned */
    size_t rows;   /* without the names */
    size_t lines_room;
    size_t columns;
    bool is_json;
    char separator; /* of separated values */
};

void sheet_finish(struct sheet *sheet);
/* false: something stops it. At most rows_max rows. */
MUST_USE bool sheet_read(struct sheet *sheet, struct view bytes, size_t rows_max,
                         struct problems *problems);

/* Borrowed. */
struct view sheet_name(const struct sheet *sheet, size_t column);
struct view sheet_cell(const struct sheet *sheet, size_t row,
                       size_t column); /* nowhere: empty */
/* The first column of that name, or SHEET_NOWHERE. */
size_t sheet_find(const struct sheet *sheet, struct view name);

/* json_sheet.c: the same of JSON. */
MUST_USE bool sheet_read_json(struct sheet *sheet, struct view bytes, size_t rows_max,
                              struct problems *problems);
/* Writing: all names, then each row's cells in their order and its line. */
void sheet_add_cell(struct sheet *sheet, struct view text);
void sheet_add_row(struct sheet *sheet, size_t line);

#endif
