/*
 * archive_tables — the tables of a public archive: their columns, and what each says. From
 * this come the header of each CSV, its schema and the archive's README. Pure.
 */
#ifndef EXPORT_ARCHIVE_TABLES_H
#define EXPORT_ARCHIVE_TABLES_H

#include "base/buf.h"

#include <stdbool.h>

enum {
    ARCHIVE_COLUMNS = 20
};

enum archive_table_kind {
    ARCHIVE_IDEAS,
    ARCHIVE_CANDIDATES,
    ARCHIVE_BALLOTS,
    ARCHIVE_COUNTS,
    ARCHIVE_GROUPS,
    ARCHIVE_EXPOSURES,
    ARCHIVE_MODERATION,
    ARCHIVE_TABLES
};

struct archive_column {
    const char *name;
    const char *type; /* of a Table Schema */
    const char *french;
    const char *english;
};

struct archive_table {
    const char *file;
    const char *french;
    const char *english;
    struct archive_column columns[ARCHIVE_COLUMNS]; /* up to one without a name */
};

extern const struct archive_table archive_tables[ARCHIVE_TABLES];

/* The names of its columns, and the end of a line. */
void archive_table_write_header(struct buf *to, const struct archive_table *table);
/* The Table Schema, and the table for people to read. */
void archive_table_write_schema(struct buf *to, const struct archive_table *table, bool french);
void archive_table_write_words(struct buf *to, const struct archive_table *table, bool french);

#endif
