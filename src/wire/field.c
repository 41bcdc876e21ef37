#include "wire/field.h"

#include "base/buf.h"

#include <stdio.h>
#include <string.h>

/* A name that a stranger chose is cut between two characters. */
static void set_path(struct field *field, struct view path)
{
    size_t len = path.len < FIELD_BYTES ? path.len : FIELD_BYTES - 1;

    while (len && !text_is_utf8((struct view){path.ptr, len})) {
        len--;
    }
    if (len) {
        memcpy(field->path, path.ptr, len);
    }
    field->path[len] = '\0';
}

void field_clear(struct field *field)
{
    field->path[0] = '\0';
}

bool field_wrong(struct field *field, const char *name)
{
    set_path(field, view_of(name));
    return false;
}

bool field_within(struct field *field, const char *part)
{
    bool joined = !field->path[0] || field->path[0] == '[';
    AUTO_BUF path = {0};

    buf_add_text(&path, part);
    buf_add_text(&path, joined ? "" : ".");
    buf_add_text(&path, field->path);
    set_path(field, buf_view(&path));
    return false;
}

bool field_within_item(struct field *field, size_t i)
{
    char item[32];

    snprintf(item, sizeof item, "[%zu]", i + 1);
    return field_within(field, item);
}
