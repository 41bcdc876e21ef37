#include "wire/json.h"

/* RFC 8259, 7: what must be escaped, and nothing else. */
static void write_escaped(struct buf *to, char c)
{
    switch (c) {
    case '"':
        buf_add_text(to, "\\\"");
        break;
    case '\\':
        buf_add_text(to, "\\\\");
        break;
    case '\n':
        buf_add_text(to, "\\n");
        break;
    case '\t':
        buf_add_text(to, "\\t");
        break;
    default:
        buf_printf(to, "\\u%04x", (unsigned)(unsigned char)c);
        break;
    }
}

void json_write_string(struct buf *to, struct view text)
{
    size_t from = 0;

    buf_add_char(to, '"');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == '"' || c == '\\' || (unsigned char)c < ' ') {
            buf_add(to, text.ptr + from, i - from);
            write_escaped(to, c);
            from = i + 1;
        }
    }
    buf_add(to, text.ptr + from, text.len - from);
    buf_add_char(to, '"');
}

void json_write_text_or_null(struct buf *to, struct view text)
{
    if (text.ptr) {
        json_write_string(to, text);
    } else {
        buf_add_text(to, "null");
    }
}

static int add_bytes(const char *bytes, size_t len, void *to)
{
    buf_add(to, bytes, len);
    return 0;
}

void json_write_value(struct buf *to, const json_t *value)
{
    json_dump_callback(value, add_bytes, to, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
}

struct view json_view(const json_t *string)
{
    return (struct view){json_string_value(string), json_string_length(string)};
}
