/*
 * csv — reads separated values (RFC 4180) row by row: quotes, doubled quotes, line ends inside
 * quotes, LF or CR LF, a last line without its end, a leading byte order mark. Pure.
 */
#ifndef IMPORT_CSV_H
#define IMPORT_CSV_H

#include "base/buf.h"
#include "pinson/limits.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    CSV_FIELDS = LIMIT_IMPORT_COLUMNS
};

enum csv_result {
    CSV_ROW,
    CSV_END,
    CSV_BAD /* why and line tell */
};

struct csv {
    struct view rest; /* borrowed */
    size_t line;      /* on which the latest row began, or what is wrong is */
    const char *why;
    char separator;

    struct view fields[CSV_FIELDS]; /* of the latest row; valid until the next */
    size_t count;

    size_t next_line;
    struct buf bytes;
    size_t starts[CSV_FIELDS + 1];
};

void csv_init(struct csv *csv, struct view text); /* separated by commas */
/* By whichever of , ; and tab is most frequent on the first line, outside quotes. */
void csv_init_any(struct csv *csv, struct view text);
void csv_finish(struct csv *csv);

/* The next row that is not an empty line. */
enum csv_result csv_next(struct csv *csv);

/* Index of the field of that text in the latest row, or CSV_FIELDS. */
size_t csv_find(const struct csv *csv, const char *text);

#endif
