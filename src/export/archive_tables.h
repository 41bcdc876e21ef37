/*
 * archive_tables — the tables of a public archive, and those of a board: their columns, and
 * what each says (export/column.def). From this come the header of each CSV, its schema and the
 * archive's README. Pure.
 */
#ifndef EXPORT_ARCHIVE_TABLES_H
#define EXPORT_ARCHIVE_TABLES_H

#include "base/buf.h"

#include <stdbool.h>

enum {
    ARCHIVE_COLUMNS = 28
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
    const struct archive_column *columns[ARCHIVE_COLUMNS]; /* up to NULL */
    size_t later; /* place of the first that archives did not always have; 0: none */
};

extern const struct archive_table archive_tables[ARCHIVE_TABLES];
/* ideas.csv and ballots.csv as they stand at the address of a board. */
extern const struct archive_table board_ideas_table;
extern const struct archive_table board_ballots_table;

/* The names of its columns, and the end of a line. */
void archive_table_write_header(struct buf *to, const struct archive_table *table);
/* The Table Schema, and the table for people to read. */
void archive_table_write_schema(struct buf *to, const struct archive_table *table, bool french);
void archive_table_write_words(struct buf *to, const struct archive_table *table, bool french);

#endif
