#include "app/query.h"

#include <string.h>

struct view query_value(struct view query, const char *name)
{
    size_t len = strlen(name);

    while (query.len) {
        const char *amp = memchr(query.ptr, '&', query.len);
        size_t part = amp ? (size_t)(amp - query.ptr) : query.len;

        if (part > len && memcmp(query.ptr, name, len) == 0 && query.ptr[len] == '=') {
            return (struct view){query.ptr + len + 1, part - len - 1};
        }
        query.ptr += part + (amp != NULL);
        query.len -= part + (amp != NULL);
    }
    return (struct view){NULL, 0};
}

void query_text(struct view query, const char *name, struct buf *out)
{
    struct view value = query_value(query, name);

    while (value.len) {
        unsigned char byte = (unsigned char)value.ptr[0];
        size_t used = 1;

        if (byte == '+') {
            byte = ' ';
        } else if (byte == '%' && value.len >= 3 &&
                   view_to_bytes((struct view){value.ptr + 1, 2}, &byte, 1)) {
            used = 3;
        }
        buf_add_char(out, (char)byte);
        value = (struct view){value.ptr + used, value.len - used};
    }
}

bool query_digits(struct view query, const char *name, size_t max, struct buf *out)
{
    AUTO_BUF text = {0};

    query_text(query, name, &text);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.bytes[i];

        if (c >= '0' && c <= '9' && out->len < max) {
            buf_add_char(out, c);
        } else if (!strchr(" .-\t\xC2\xA0\xE2\x80\xAF", c) || !c) { /* and no-break spaces */
            return false;
        }
    }
    return out->len > 0;
}
