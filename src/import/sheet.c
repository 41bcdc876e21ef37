#include "import/sheet.h"

#include "base/mem.h"
#include "import/csv.h"

#include <string.h>

void sheet_finish(struct sheet *sheet)
{
    buf_finish(&sheet->bytes);
    mem_free(sheet->cells);
    mem_free(sheet->lines);
    *sheet = (struct sheet){0};
}

void sheet_add_cell(struct sheet *sheet, struct view text)
{
    sheet->cells =
        mem_reserve(sheet->cells, sheet->cells_count, &sheet->cells_room, sizeof *sheet->cells);
    sheet->cells[sheet->cells_count++] = sheet->bytes.len;
    buf_add_view(&sheet->bytes, text);
    buf_add_char(&sheet->bytes, '\0');
}

void sheet_add_row(struct sheet *sheet, size_t line)
{
    sheet->lines =
        mem_reserve(sheet->lines, sheet->rows, &sheet->lines_room, sizeof *sheet->lines);
    sheet->lines[sheet->rows++] = line;
}

struct view sheet_name(const struct sheet *sheet, size_t column)
{
    return column < sheet->columns ? view_of(sheet->bytes.bytes + sheet->cells[column])
                                   : (struct view){NULL, 0};
}

struct view sheet_cell(const struct sheet *sheet, size_t row, size_t column)
{
    if (column >= sheet->columns) {
        return (struct view){NULL, 0};
    }
    return view_of(sheet->bytes.bytes + sheet->cells[(row + 1) * sheet->columns + column]);
}

size_t sheet_find(const struct sheet *sheet, struct view name)
{
    for (size_t i = 0; i < sheet->columns; i++) {
        if (view_equal(sheet_name(sheet, i), name)) {
            return i;
        }
    }
    return SHEET_NOWHERE;
}

/* Encodings */

static size_t line_at(struct view bytes, size_t at)
{
    size_t line = 1;

    for (size_t i = 0; i < at; i++) {
        line += bytes.ptr[i] == '\n';
    }
    return line;
}

/* Where the bytes stop being UTF-8. */
static size_t first_wrong(struct view bytes)
{
    struct view rest = bytes;

    while (rest.len) {
        size_t at = bytes.len - rest.len;

        if (!rest.ptr[0] || text_next(&rest) < 0) {
            return at;
        }
    }
    return bytes.len;
}

static bool check_encoding(struct view bytes, struct problems *problems)
{
    bool marked = bytes.len >= 2 && (memcmp(bytes.ptr, "\xFF\xFE", 2) == 0 ||
                                     memcmp(bytes.ptr, "\xFE\xFF", 2) == 0);
    size_t wrong = marked ? 0 : first_wrong(bytes);

    if (wrong == bytes.len) {
        return true;
    }
    bool wide = marked || !bytes.ptr[wrong];

    return problems_add(problems, line_at(bytes, wrong), FAULT_ENCODING,
                        view_of(wide ? "UTF-16" : "Latin-1"));
}

/* Separated values */

static bool is_blank(const struct csv *csv)
{
    for (size_t i = 0; i < csv->count; i++) {
        if (view_trim(csv->fields[i]).len) {
            return false;
        }
    }
    return true;
}

static void take_row(struct sheet *sheet, const struct csv *csv, struct problems *problems)
{
    if (is_blank(csv)) {
        problems_add(problems, csv->line, FAULT_BLANK_LINES, view_of(NULL));
        return;
    }
    if (csv->count > sheet->columns) {
        problems_add(problems, csv->line, FAULT_COLUMNS, view_of(NULL));
        return;
    }
    for (size_t i = 0; i < sheet->columns; i++) {
        sheet_add_cell(sheet, i < csv->count ? csv->fields[i] : (struct view){NULL, 0});
    }
    sheet_add_row(sheet, csv->line);
}

static bool read_rows(struct sheet *sheet, struct csv *csv, size_t rows_max,
                      struct problems *problems)
{
    enum csv_result result = CSV_ROW;

    while ((result = csv_next(csv)) == CSV_ROW) {
        if (sheet->rows == rows_max) {
            return problems_add(problems, csv->line, FAULT_TOO_MANY, view_of(NULL));
        }
        take_row(sheet, csv, problems);
    }
    if (result == CSV_BAD) {
        return problems_add(problems, csv->line, FAULT_QUOTES, view_of(csv->why));
    }
    return sheet->rows ? true : problems_add(problems, 0, FAULT_NO_ROWS, view_of(NULL));
}

static bool read_csv(struct sheet *sheet, struct view bytes, size_t rows_max,
                     struct problems *problems)
{
    struct csv csv;
    bool ok = false;

    csv_init_any(&csv, bytes);
    sheet->separator = csv.separator;
    enum csv_result result = csv_next(&csv);

    if (result == CSV_ROW) {
        sheet->columns = csv.count;
        for (size_t i = 0; i < csv.count; i++) {
            sheet_add_cell(sheet, view_trim(csv.fields[i]));
        }
        ok = read_rows(sheet, &csv, rows_max, problems);
    } else if (result == CSV_BAD) {
        problems_add(problems, csv.line, FAULT_QUOTES, view_of(csv.why));
    } else {
        problems_add(problems, 0, FAULT_NO_ROWS, view_of(NULL));
    }
    csv_finish(&csv);
    return ok;
}

bool sheet_read(struct sheet *sheet, struct view bytes, size_t rows_max,
                struct problems *problems)
{
    if (!check_encoding(bytes, problems)) {
        return false;
    }
    struct view start = view_trim(bytes);

    if (start.len >= 3 && memcmp(start.ptr, "\xEF\xBB\xBF", 3) == 0) {
        start = view_trim((struct view){start.ptr + 3, start.len - 3});
    }
    if (start.len && (start.ptr[0] == '[' || start.ptr[0] == '{')) {
        return sheet_read_json(sheet, start, rows_max, problems);
    }
    return read_csv(sheet, bytes, rows_max, problems);
}
