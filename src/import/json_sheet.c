/* json_sheet — a list of objects as a table: what is nested is named by its path. */
#include "base/mem.h"
#include "import/sheet.h"
#include "wire/json.h"

#include <string.h>

enum {
    PATH_DEPTH = 6,
    PATH_BYTES = 120
};

/* One value as one would write it into a cell. */
static void write_scalar(struct buf *to, const json_t *value)
{
    switch (value ? json_typeof(value) : JSON_NULL) {
    case JSON_STRING:
        buf_add_view(to, json_view(value));
        break;
    case JSON_INTEGER:
        buf_add_int(to, json_integer_value(value));
        break;
    case JSON_TRUE:
        buf_add_text(to, "true");
        break;
    case JSON_FALSE:
        buf_add_text(to, "false");
        break;
    case JSON_NULL:
        break;
    case JSON_REAL:
    case JSON_OBJECT:
    case JSON_ARRAY:
        json_write_value(to, value);
        break;
    }
}

/* Those of a list stand one behind the other. */
static void write_cell(struct buf *to, const json_t *value)
{
    if (!json_is_array(value)) {
        write_scalar(to, value);
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        buf_add_text(to, i ? ", " : "");
        write_scalar(to, json_array_get(value, i));
    }
}

struct flattening {
    json_t *names; /* path → its column */
    struct sheet *sheet;
    struct buf path;      /* of what is being looked at; owned */
    const json_t **cells; /* to be filled, by column; NULL: names are collected */
    bool is_full;
};

static bool is_nested(const json_t *value, size_t depth)
{
    return json_is_object(value) && json_object_size(value) && depth < PATH_DEPTH;
}

static void add_name(struct flattening *flattening)
{
    size_t count = json_object_size(flattening->names);
    const char *path = flattening->path.bytes;

    if (json_object_get(flattening->names, path)) {
        return;
    }
    if (count == LIMIT_IMPORT_COLUMNS) {
        flattening->is_full = true;
        return;
    }
    json_object_set_new(flattening->names, path, json_integer((json_int_t)count));
    sheet_add_cell(flattening->sheet, view_of(path));
}

static void take_value(struct flattening *flattening, const json_t *value)
{
    const json_t *column = json_object_get(flattening->names, flattening->path.bytes);

    if (flattening->path.len > PATH_BYTES) {
        flattening->is_full = true;
    } else if (!flattening->cells) {
        add_name(flattening);
    } else if (column) {
        flattening->cells[json_integer_value(column)] = value;
    }
}

/* What an object holds, by path: names are collected, or values put at their column. No deeper
   than PATH_DEPTH. */
static void walk(struct flattening *flattening, const json_t *object, size_t depth)
{
    struct buf *path = &flattening->path;
    size_t before = path->len;
    const char *key = NULL;
    json_t *value = NULL;
    union {
        const json_t *borrowed;
        json_t *open; /* as jansson iterates */
    } iterated = {.borrowed = object};

    json_object_foreach(iterated.open, key, value)
    {
        buf_add_text(path, before ? "/" : "");
        buf_add_text(path, key);
        if (is_nested(value, depth) && path->len <= PATH_BYTES) {
            walk(flattening, value, depth + 1);
        } else {
            take_value(flattening, value);
        }
        path->len = before;
        path->bytes[before] = '\0';
    }
}

static void add_row(struct flattening *flattening, const json_t *object, size_t line)
{
    const json_t *cells[LIMIT_IMPORT_COLUMNS] = {NULL};

    flattening->cells = cells;
    walk(flattening, object, 1);
    flattening->cells = NULL;
    for (size_t i = 0; i < flattening->sheet->columns; i++) {
        AUTO_BUF cell = {0};

        write_cell(&cell, cells[i]);
        sheet_add_cell(flattening->sheet, buf_view(&cell));
    }
    sheet_add_row(flattening->sheet, line);
}

static bool read_list(struct flattening *flattening, const json_t *list,
                      struct problems *problems)
{
    size_t count = json_array_size(list);

    for (size_t i = 0; i < count; i++) {
        if (!json_is_object(json_array_get(list, i))) {
            return problems_add(problems, i + 1, FAULT_JSON, view_of(NULL));
        }
        walk(flattening, json_array_get(list, i), 1);
    }
    if (flattening->is_full || !json_object_size(flattening->names)) {
        return problems_add(problems, 0, FAULT_JSON, view_of(NULL));
    }
    flattening->sheet->columns = json_object_size(flattening->names);
    for (size_t i = 0; i < count; i++) {
        add_row(flattening, json_array_get(list, i), i + 1);
    }
    return true;
}

/* A list, or an object that holds one list (`{"proposals":[…]}`). */
static const json_t *find_list(const json_t *root)
{
    union {
        const json_t *borrowed;
        json_t *open;
    } iterated = {.borrowed = root};
    const char *key = NULL;
    json_t *value = NULL;
    const json_t *found = json_is_array(root) ? root : NULL;

    json_object_foreach(iterated.open, key, value)
    {
        if (json_is_array(value) && json_is_object(json_array_get(value, 0))) {
            found = value;
        }
    }
    return found;
}

bool sheet_read_json(struct sheet *sheet, struct view bytes, size_t rows_max,
                     struct problems *problems)
{
    json_error_t error;
    json_auto_t *root = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, &error);
    const json_t *list = root ? find_list(root) : NULL;

    sheet->is_json = true;
    if (!list) {
        return problems_add(problems, root || error.line < 1 ? 0 : (size_t)error.line,
                            FAULT_JSON, view_of(NULL));
    }
    if (!json_array_size(list)) {
        return problems_add(problems, 0, FAULT_NO_ROWS, view_of(NULL));
    }
    if (json_array_size(list) > rows_max) {
        return problems_add(problems, rows_max + 1, FAULT_TOO_MANY, view_of(NULL));
    }
    json_auto_t *names = json_object();
    struct flattening flattening = {.names = names, .sheet = sheet};

    bool ok = read_list(&flattening, list, problems);

    buf_finish(&flattening.path);
    return ok;
}
