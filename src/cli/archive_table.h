/*
 * archive_table — one CSV of a public archive, read row by row by the columns that
 * export/archive_tables.h names.
 */
#ifndef CLI_ARCHIVE_TABLE_H
#define CLI_ARCHIVE_TABLE_H

#include "export/archive_tables.h"
#include "import/csv.h"

struct archive_table_read {
    const struct archive_table *table;
    struct buf bytes;
    struct csv csv;
    size_t places[ARCHIVE_COLUMNS]; /* of each column of the table in a row */
    struct buf why;                 /* one sentence, once something is wrong */
};

/* Opens the file in the folder. false: why says what is wrong. */
bool archive_table_open(struct archive_table_read *read, const char *folder,
                        enum archive_table_kind kind);
void archive_table_close(struct archive_table_read *read);

/* false: the end, or why says what is wrong. */
bool archive_table_next(struct archive_table_read *read);

/* Of the latest row; column as in the table. */
struct view archive_table_text(const struct archive_table_read *read, size_t column);
/* The text is that one, which may have been disarmed for spreadsheets. */
bool archive_table_is(const struct archive_table_read *read, size_t column, const char *text);
/* 0 for an empty field; what is no number of at most max is wrong from then on. */
uint32_t archive_table_number(struct archive_table_read *read, size_t column, uint32_t max);

/* Says what is wrong with the latest row. */
__attribute__((format(printf, 2, 3))) void
archive_table_complain(struct archive_table_read *read, const char *format, ...);
bool archive_table_is_wrong(const struct archive_table_read *read);

#endif
