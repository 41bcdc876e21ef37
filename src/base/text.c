#include "base/text.h"

#include "base/mem.h"
#include "pinson/limits.h"

#include <string.h>
#include <utf8proc.h>

struct view view_of(const char *text)
{
    return (struct view){text, text ? strlen(text) : 0};
}

bool view_is(struct view view, const char *text)
{
    return view_equal(view, view_of(text));
}

bool view_equal(struct view a, struct view b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct view view_trim(struct view view)
{
    while (view.len && is_space(view.ptr[0])) {
        view.ptr++;
        view.len--;
    }
    while (view.len && is_space(view.ptr[view.len - 1])) {
        view.len--;
    }
    return view;
}

bool view_to_uint(struct view view, uint64_t max, uint64_t *out)
{
    uint64_t value = 0;

    for (size_t i = 0; i < view.len; i++) {
        unsigned digit = (unsigned char)view.ptr[i] - (unsigned)'0';

        if (digit > 9 || __builtin_mul_overflow(value, 10u, &value) ||
            __builtin_add_overflow(value, digit, &value) || value > max) {
            return false;
        }
    }
    *out = value;
    return view.len > 0;
}

bool view_to_int(struct view view, int64_t *out)
{
    bool negative = view.len && view.ptr[0] == '-';
    uint64_t size = 0;

    if (negative) {
        view.ptr++;
        view.len--;
    }
    if (!view_to_uint(view, INT64_MAX, &size)) {
        return false;
    }
    *out = negative ? -(int64_t)size : (int64_t)size;
    return true;
}

/* One more than the digit; 0: not one. A table, because a log has forty of them an entry. */
static const unsigned char hex_values[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
    ['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
    ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
    ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

static int hex_digit(char c)
{
    return hex_values[(unsigned char)c] - 1;
}

bool view_to_bytes(struct view view, void *out, size_t len)
{
    unsigned char *to = out;

    if (view.len != 2 * len) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        int high = hex_digit(view.ptr[2 * i]);
        int low = hex_digit(view.ptr[2 * i + 1]);

        if (high < 0 || low < 0) {
            return false;
        }
        to[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

bool view_to_hex64(struct view view, uint64_t *out)
{
    unsigned char bytes[8];
    uint64_t value = 0;

    if (!view_to_bytes(view, bytes, sizeof bytes)) {
        return false;
    }
    for (int i = 0; i < 8; i++) {
        value = value << 8 | bytes[i];
    }
    *out = value;
    return true;
}

/* The next code point, or -1; moves view on. */
static utf8proc_int32_t next_point(struct view *view)
{
    utf8proc_int32_t point = -1;
    utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)view->ptr,
                                             (utf8proc_ssize_t)view->len, &point);

    if (used <= 0) {
        return -1;
    }
    view->ptr += used;
    view->len -= (size_t)used;
    return point;
}

bool text_is_utf8(struct view view)
{
    while (view.len) {
        if (next_point(&view) <= 0) {
            return false;
        }
    }
    return true;
}

/* Overrides and isolates can make a text read otherwise than it is stored. */
static bool is_bidi_control(utf8proc_int32_t point)
{
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) ||
           point == 0x061C;
}

static bool is_joiner(utf8proc_int32_t point)
{
    return point == 0x200C || point == 0x200D; /* needed by scripts and by emoji */
}

static bool is_invisible(utf8proc_int32_t point)
{
    return (point >= 0x200B && point <= 0x200F) || point == 0xFEFF || point == 0x00AD ||
           (point >= 0x2060 && point <= 0x2064);
}

/* Fillers, tags and the like: two names that differ by one would look the same. The selectors
   that make an emoji of a sign are left. */
static bool is_ignorable(utf8proc_int32_t point)
{
    return utf8proc_get_property(point)->ignorable && !(point >= 0xFE00 && point <= 0xFE0F);
}

static bool may_stand(utf8proc_int32_t point, bool name)
{
    utf8proc_category_t category = utf8proc_category(point);

    if (category == UTF8PROC_CATEGORY_CC) {
        return !name && (point == '\n' || point == '\t');
    }
    if (category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP ||
        category == UTF8PROC_CATEGORY_CN || category == UTF8PROC_CATEGORY_CO) {
        return false;
    }
    if (name && is_ignorable(point)) {
        return false;
    }
    return !is_bidi_control(point) && (!is_invisible(point) || (!name && is_joiner(point)));
}

static bool is_clean(struct view view, bool name)
{
    int combining = 0;

    while (view.len) {
        utf8proc_int32_t point = next_point(&view);

        if (point <= 0 || !may_stand(point, name)) {
            return false;
        }
        combining = utf8proc_category(point) == UTF8PROC_CATEGORY_MN ? combining + 1 : 0;
        if (combining > LIMIT_COMBINING_IN_A_ROW) {
            return false;
        }
    }
    return true;
}

bool text_is_clean(struct view view)
{
    return is_clean(view, false);
}

bool text_is_clean_name(struct view view)
{
    return is_clean(view, true);
}

int32_t text_next(struct view *view)
{
    int32_t point = next_point(view);

    if (point < 0) {
        view->ptr++; /* what follows may be read again */
        view->len--;
    }
    return point;
}

bool text_is_letter(int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);

    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO &&
           !(category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME);
}

size_t text_graphemes(struct view view)
{
    utf8proc_int32_t before = 0;
    utf8proc_int32_t state = 0;
    size_t count = 0;

    while (view.len) {
        utf8proc_int32_t point = next_point(&view);

        if (point < 0) {
            break;
        }
        if (count == 0 || utf8proc_grapheme_break_stateful(before, point, &state)) {
            count++;
        }
        before = point;
    }
    return count;
}

static char *mapped(struct view view, utf8proc_option_t options, size_t *out_len)
{
    utf8proc_uint8_t *result = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)view.ptr,
                                        (utf8proc_ssize_t)view.len, &result, options);

    if (len < 0) {
        return NULL;
    }
    if (out_len) {
        *out_len = (size_t)len;
    }
    return (char *)result; /* utf8proc allocates with malloc, as mem does */
}

char *text_normal(struct view view, size_t *out_len)
{
    return mapped(view, UTF8PROC_STABLE | UTF8PROC_COMPOSE, out_len);
}

char *text_folded(struct view view)
{
    return mapped(view,
                  UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK,
                  NULL);
}

bool text_is_slug(struct view view)
{
    if (view.len == 0 || view.len > LIMIT_SLUG_MAX_BYTES) {
        return false;
    }
    for (size_t i = 0; i < view.len; i++) {
        char c = view.ptr[i];
        bool hyphen = c == '-' && i > 0 && i + 1 < view.len && view.ptr[i - 1] != '-';

        if (!hyphen && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
            return false;
        }
    }
    return true;
}
