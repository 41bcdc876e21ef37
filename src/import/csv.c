#include "import/csv.h"

#include <string.h>

void csv_init(struct csv *csv, struct view text)
{
    static const char mark[] = "\xEF\xBB\xBF";

    memset(csv, 0, sizeof *csv);
    csv->next_line = 1;
    csv->separator = ',';
    if (text.len >= 3 && memcmp(text.ptr, mark, 3) == 0) {
        text.ptr += 3;
        text.len -= 3;
    }
    csv->rest = text;
}

static size_t count_on_first_line(struct view text, char separator)
{
    bool quoted = false;
    size_t count = 0;

    for (size_t i = 0; i < text.len && (quoted || text.ptr[i] != '\n'); i++) {
        quoted = text.ptr[i] == '"' ? !quoted : quoted;
        count += !quoted && text.ptr[i] == separator;
    }
    return count;
}

void csv_init_any(struct csv *csv, struct view text)
{
    static const char separators[] = {',', ';', '\t'};
    size_t most = 0;

    csv_init(csv, text);
    for (size_t i = 0; i < sizeof separators; i++) {
        size_t count = count_on_first_line(csv->rest, separators[i]);

        if (count > most) {
            most = count;
            csv->separator = separators[i];
        }
    }
}

void csv_finish(struct csv *csv)
{
    buf_finish(&csv->bytes);
}

static bool at(const struct csv *csv, char c)
{
    return csv->rest.len && csv->rest.ptr[0] == c;
}

static void skip(struct csv *csv, size_t len)
{
    csv->rest.ptr += len;
    csv->rest.len -= len;
}

static void take(struct csv *csv)
{
    csv->next_line += at(csv, '\n');
    buf_add_char(&csv->bytes, csv->rest.ptr[0]);
    skip(csv, 1);
}

static bool fail(struct csv *csv, size_t line, const char *why)
{
    csv->line = line;
    csv->why = why;
    return false;
}

/* The line end, if there is one here; it is taken. */
static bool take_end(struct csv *csv)
{
    size_t len = at(csv, '\n') ? 1 : 0;

    if (csv->rest.len >= 2 && memcmp(csv->rest.ptr, "\r\n", 2) == 0) {
        len = 2;
    }
    skip(csv, len);
    csv->next_line += len > 0;
    return len > 0;
}

static bool ends_field(const struct csv *csv)
{
    return !csv->rest.len || at(csv, csv->separator) || at(csv, '\n') ||
           (csv->rest.len >= 2 && memcmp(csv->rest.ptr, "\r\n", 2) == 0);
}

static bool read_quoted(struct csv *csv)
{
    size_t opened = csv->next_line;

    skip(csv, 1);
    while (csv->rest.len) {
        if (!at(csv, '"')) {
            take(csv);
            continue;
        }
        skip(csv, 1);
        if (!at(csv, '"')) {
            return ends_field(csv) || fail(csv, csv->next_line, "text after a closing quote");
        }
        take(csv);
    }
    return fail(csv, opened, "a quote that opens here is never closed");
}

static bool read_plain(struct csv *csv)
{
    while (!ends_field(csv)) {
        if (at(csv, '"')) {
            return fail(csv, csv->next_line, "a quote inside a field that has none around it");
        }
        if (at(csv, '\r')) {
            return fail(csv, csv->next_line, "a carriage return that ends no line");
        }
        take(csv);
    }
    return true;
}

static bool read_row(struct csv *csv)
{
    csv->count = 0;
    buf_clear(&csv->bytes);
    for (;;) {
        if (csv->count == CSV_FIELDS) {
            return fail(csv, csv->line, "more columns than any known export has");
        }
        csv->starts[csv->count++] = csv->bytes.len;
        if (!(at(csv, '"') ? read_quoted(csv) : read_plain(csv))) {
            return false;
        }
        if (!at(csv, csv->separator)) {
            break;
        }
        skip(csv, 1);
    }
    csv->starts[csv->count] = csv->bytes.len;
    (void)take_end(csv);
    return true;
}

/* The bytes may have moved while the row was read, so that views are made last. */
static void make_views(struct csv *csv)
{
    for (size_t i = 0; i < csv->count; i++) {
        const char *bytes = csv->bytes.bytes ? csv->bytes.bytes : "";

        csv->fields[i] =
            (struct view){bytes + csv->starts[i], csv->starts[i + 1] - csv->starts[i]};
    }
}

enum csv_result csv_next(struct csv *csv)
{
    while (take_end(csv)) {
        ; /* an empty line */
    }
    if (!csv->rest.len) {
        return CSV_END;
    }
    csv->line = csv->next_line;
    if (!read_row(csv)) {
        return CSV_BAD;
    }
    make_views(csv);
    return CSV_ROW;
}

size_t csv_find(const struct csv *csv, const char *text)
{
    for (size_t i = 0; i < csv->count; i++) {
        if (view_is(view_trim(csv->fields[i]), text)) {
            return i;
        }
    }
    return CSV_FIELDS;
}
