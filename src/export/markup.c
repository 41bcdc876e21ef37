#include "export/markup.h"

#include <string.h>

static size_t length_of(unsigned char lead)
{
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

static bool begins(struct view text, const char *bytes)
{
    size_t len = strlen(bytes);

    return text.len >= len && memcmp(text.ptr, bytes, len) == 0;
}

static bool is_between(struct view text, const char *start, unsigned low, unsigned high)
{
    size_t len = strlen(start);

    return text.len > len && begins(text, start) && (unsigned char)text.ptr[len] >= low &&
           (unsigned char)text.ptr[len] <= high;
}

/* Controls of C0 and C1 but newline and tab, the overrides and isolates of Unicode's
   bidirectional algorithm (UAX 9), and U+FFFE and U+FFFF. */
static bool is_left_out(struct view text)
{
    unsigned char lead = (unsigned char)text.ptr[0];

    if (lead < 0x20 || lead == 0x7F) {
        return lead != '\n' && lead != '\t';
    }
    return is_between(text, "\xC2", 0x80, 0x9F) || begins(text, "\xD8\x9C") ||
           is_between(text, "\xE2\x80", 0xAA, 0xAE) ||
           is_between(text, "\xE2\x81", 0xA6, 0xA9) || is_between(text, "\xEF\xBF", 0xBE, 0xBF);
}

/* The next character that may stand; empty at the end. Moves text on. */
static struct view next(struct view *text)
{
    while (text->len) {
        size_t len = length_of((unsigned char)text->ptr[0]);
        struct view one = {text->ptr, len < text->len ? len : text->len};
        bool left_out = is_left_out(*text);

        text->ptr += one.len;
        text->len -= one.len;
        if (!left_out) {
            return one;
        }
    }
    return (struct view){NULL, 0};
}

static void add_escaped(struct buf *to, struct view one)
{
    switch (one.ptr[0]) {
    case '<':
        buf_add_text(to, "&lt;");
        break;
    case '>':
        buf_add_text(to, "&gt;");
        break;
    case '&':
        buf_add_text(to, "&amp;");
        break;
    case '"':
        buf_add_text(to, "&quot;");
        break;
    case '\'':
        buf_add_text(to, "&#39;");
        break;
    default:
        buf_add_view(to, one);
        break;
    }
}

typedef void add_one(struct buf *to, struct view one);

static void add_all(struct buf *to, struct view text, add_one *add)
{
    for (struct view one = next(&text); one.len; one = next(&text)) {
        add(to, one);
    }
}

static void add_short(struct buf *to, struct view text, size_t max, add_one *add)
{
    struct view rest = view_trim(text);
    size_t count = 0;

    for (struct view one = next(&rest); one.len && count < max; one = next(&rest)) {
        bool space = one.ptr[0] == '\n' || one.ptr[0] == '\t';

        add(to, space ? view_of(" ") : one);
        if (++count == max && rest.len) {
            buf_add_text(to, "…");
        }
    }
}

void markup_add(struct buf *to, struct view text)
{
    add_all(to, text, add_escaped);
}

void markup_add_short(struct buf *to, struct view text, size_t max)
{
    add_short(to, text, max, add_escaped);
}

void markup_add_plain(struct buf *to, struct view text)
{
    add_all(to, text, buf_add_view);
}

void markup_add_plain_short(struct buf *to, struct view text, size_t max)
{
    add_short(to, text, max, buf_add_view);
}

void markup_add_query(struct buf *to, struct view text)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "-._~";

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] && strchr(plain, text.ptr[i])) {
            buf_add_char(to, text.ptr[i]);
        } else {
            buf_printf(to, "%%%02X", (unsigned)(unsigned char)text.ptr[i]);
        }
    }
}
