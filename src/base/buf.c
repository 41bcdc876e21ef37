#include "base/buf.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void buf_init(struct buf *buf)
{
    *buf = (struct buf){0};
}

void buf_finish(struct buf *buf)
{
    mem_free(buf->bytes);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    if (buf->bytes) {
        buf->bytes[0] = '\0';
    }
}

static void reserve(struct buf *buf, size_t more)
{
    size_t need = buf->len + more + 1;

    if (need > buf->room) {
        buf->room = need > 2 * buf->room ? need + 64 : 2 * buf->room;
        buf->bytes = mem_grow(buf->bytes, buf->room, 1);
    }
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
    reserve(buf, len);
    if (len) {
        memcpy(buf->bytes + buf->len, bytes, len);
    }
    buf->len += len;
    buf->bytes[buf->len] = '\0';
}

void buf_add_view(struct buf *buf, struct view view)
{
    buf_add(buf, view.ptr, view.len);
}

void buf_add_text(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_add_char(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_add_uint(struct buf *buf, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    buf_add(buf, digits + at, sizeof digits - at);
}

void buf_add_int(struct buf *buf, int64_t value)
{
    if (value < 0) {
        buf_add_char(buf, '-');
    }
    buf_add_uint(buf, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void buf_add_hex(struct buf *buf, const void *bytes, size_t len)
{
    const unsigned char *from = bytes;

    reserve(buf, 2 * len);
    for (size_t i = 0; i < len; i++) {
        buf->bytes[buf->len++] = "0123456789abcdef"[from[i] >> 4];
        buf->bytes[buf->len++] = "0123456789abcdef"[from[i] & 15];
    }
    buf->bytes[buf->len] = '\0';
}

void buf_add_hex64(struct buf *buf, uint64_t value)
{
    unsigned char bytes[8];

    for (int i = 0; i < 8; i++) {
        bytes[i] = (unsigned char)(value >> (56 - 8 * i));
    }
    buf_add_hex(buf, bytes, sizeof bytes);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_list again;

    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len > 0) {
        reserve(buf, (size_t)len);
        vsnprintf(buf->bytes + buf->len, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
}

struct view buf_view(const struct buf *buf)
{
    return (struct view){buf->bytes, buf->len};
}

char *buf_take(struct buf *buf)
{
    char *bytes = buf->bytes ? buf->bytes : mem_alloc(1);

    *buf = (struct buf){0};
    return bytes;
}
