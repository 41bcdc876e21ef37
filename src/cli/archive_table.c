#include "cli/archive_table.h"

#include "cli/file.h"

#include <stdarg.h>
#include <stdio.h>

enum {
    SENTENCE_BYTES = 200
};

void archive_table_complain(struct archive_table_read *read, const char *format, ...)
{
    char sentence[SENTENCE_BYTES];
    va_list arguments;

    if (read->why.len) {
        return; /* the first is what is told */
    }
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    buf_printf(&read->why, "%s, line %zu: %s", read->table->file, read->csv.line, sentence);
}

bool archive_table_is_wrong(const struct archive_table_read *read)
{
    return read->why.len > 0;
}

static bool find_columns(struct archive_table_read *read)
{
    for (size_t i = 0; i < ARCHIVE_COLUMNS && read->table->columns[i]; i++) {
        const char *name = read->table->columns[i]->name;
        bool is_later = read->table->later && i >= read->table->later;

        read->places[i] = csv_find(&read->csv, name);
        if (read->places[i] == CSV_FIELDS && !is_later) {
            archive_table_complain(read, "there is no column %s", name);
            return false;
        }
    }
    return true;
}

bool archive_table_open(struct archive_table_read *read, const char *folder,
                        enum archive_table_kind kind)
{
    AUTO_BUF path = {0};

    *read = (struct archive_table_read){.table = &archive_tables[kind]};
    buf_printf(&path, "%s/%s", folder, read->table->file);
    if (file_read(path.bytes, &read->bytes, &read->why)) {
        return false;
    }
    csv_init(&read->csv, buf_view(&read->bytes));
    if (csv_next(&read->csv) != CSV_ROW) {
        archive_table_complain(read, "there are no columns");
        return false;
    }
    return find_columns(read);
}

void archive_table_close(struct archive_table_read *read)
{
    csv_finish(&read->csv);
    buf_finish(&read->bytes);
    buf_finish(&read->why);
}

bool archive_table_next(struct archive_table_read *read)
{
    if (archive_table_is_wrong(read)) {
        return false;
    }
    enum csv_result result = csv_next(&read->csv);

    if (result == CSV_BAD) {
        archive_table_complain(read, "%s", read->csv.why);
    }
    return result == CSV_ROW;
}

struct view archive_table_text(const struct archive_table_read *read, size_t column)
{
    size_t place = read->places[column];

    return place < read->csv.count ? read->csv.fields[place] : (struct view){"", 0};
}

bool archive_table_is(const struct archive_table_read *read, size_t column, const char *text)
{
    struct view field = archive_table_text(read, column);

    return view_is(field, text) || (field.len && field.ptr[0] == '\'' &&
                                    view_is((struct view){field.ptr + 1, field.len - 1}, text));
}

uint32_t archive_table_number(struct archive_table_read *read, size_t column, uint32_t max)
{
    struct view field = archive_table_text(read, column);
    uint64_t number = 0;

    if (field.len && !view_to_uint(field, max, &number)) {
        archive_table_complain(read, "%s is no number of at most %u",
                               read->table->columns[column]->name, max);
    }
    return (uint32_t)number;
}
