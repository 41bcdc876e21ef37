#include "import/clean.h"

#include <stdint.h>
#include <string.h>

/* Markup: only what is a known element of HTML is taken for it, as people write < too. */

enum tag_kind {
    TAG_INLINE,
    TAG_BLOCK, /* what comes next is on a line of its own */
    TAG_ITEM,
    TAG_SILENT /* what is in it is no text */
};

static const struct tag {
    const char *name;
    enum tag_kind kind;
} tags[] = {
    {"a", TAG_INLINE},         {"abbr", TAG_INLINE},   {"b", TAG_INLINE},
    {"blockquote", TAG_BLOCK}, {"br", TAG_BLOCK},      {"code", TAG_INLINE},
    {"del", TAG_INLINE},       {"div", TAG_BLOCK},     {"em", TAG_INLINE},
    {"figure", TAG_BLOCK},     {"font", TAG_INLINE},   {"form", TAG_BLOCK},
    {"h1", TAG_BLOCK},         {"h2", TAG_BLOCK},      {"h3", TAG_BLOCK},
    {"h4", TAG_BLOCK},         {"h5", TAG_BLOCK},      {"h6", TAG_BLOCK},
    {"hr", TAG_BLOCK},         {"i", TAG_INLINE},      {"iframe", TAG_SILENT},
    {"img", TAG_INLINE},       {"input", TAG_INLINE},  {"ins", TAG_INLINE},
    {"li", TAG_ITEM},          {"object", TAG_SILENT}, {"ol", TAG_BLOCK},
    {"p", TAG_BLOCK},          {"pre", TAG_BLOCK},     {"s", TAG_INLINE},
    {"script", TAG_SILENT},    {"section", TAG_BLOCK}, {"small", TAG_INLINE},
    {"span", TAG_INLINE},      {"strong", TAG_INLINE}, {"style", TAG_SILENT},
    {"sub", TAG_INLINE},       {"sup", TAG_INLINE},    {"svg", TAG_SILENT},
    {"table", TAG_BLOCK},      {"tbody", TAG_BLOCK},   {"td", TAG_INLINE},
    {"th", TAG_INLINE},        {"thead", TAG_BLOCK},   {"tr", TAG_BLOCK},
    {"u", TAG_INLINE},         {"ul", TAG_BLOCK},
};

static char lower(char c)
{
    static const char large[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char small[] = "abcdefghijklmnopqrstuvwxyz";
    const char *found = c ? strchr(large, c) : NULL;

    if (found) {
        c = small[found - large];
    }
    return c;
}

static bool is_name_char(char c)
{
    c = lower(c);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_same(struct view text, const char *name)
{
    size_t len = strlen(name);
    bool same = text.len == len;

    for (size_t i = 0; same && i < len; i++) {
        same = lower(text.ptr[i]) == name[i];
    }
    return same;
}

static const struct tag *known_tag(struct view name)
{
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (is_same(name, tags[i].name)) {
            return &tags[i];
        }
    }
    return NULL;
}

/* A tag at the beginning of the text. */
struct markup {
    const struct tag *tag; /* NULL: a comment */
    bool closes;
    size_t len; /* with its brackets; 0: there is none */
};

static struct markup comment_at(struct view text)
{
    struct markup markup = {0};

    for (size_t i = 4; i + 3 <= text.len && !markup.len; i++) {
        markup.len = memcmp(text.ptr + i, "-->", 3) == 0 ? i + 3 : 0;
    }
    return markup;
}

static struct markup markup_at(struct view text)
{
    struct markup markup = {0};
    size_t at = 1;

    if (text.len < 3 || text.ptr[0] != '<') {
        return markup;
    }
    if (text.len >= 7 && memcmp(text.ptr, "<!--", 4) == 0) {
        return comment_at(text);
    }
    markup.closes = text.ptr[1] == '/';
    at += markup.closes;
    size_t name = at;

    while (at < text.len && is_name_char(text.ptr[at])) {
        at++;
    }
    markup.tag = known_tag((struct view){text.ptr + name, at - name});
    bool ends = at < text.len && markup.tag && strchr(" \t\r\n/>", text.ptr[at]);
    const char *close = ends ? memchr(text.ptr + at, '>', text.len - at) : NULL;

    markup.len = close ? (size_t)(close - text.ptr) + 1 : 0;
    return markup;
}

static bool has_markup(struct view text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '<' && markup_at((struct view){text.ptr + i, text.len - i}).len) {
            return true;
        }
    }
    return false;
}

static void add_point(struct buf *to, uint32_t point)
{
    if (point < 0x80) {
        buf_add_char(to, (char)point);
    } else if (point < 0x800) {
        buf_add_char(to, (char)(0xC0 | point >> 6));
        buf_add_char(to, (char)(0x80 | (point & 0x3F)));
    } else if (point < 0x10000) {
        buf_add_char(to, (char)(0xE0 | point >> 12));
        buf_add_char(to, (char)(0x80 | (point >> 6 & 0x3F)));
        buf_add_char(to, (char)(0x80 | (point & 0x3F)));
    } else {
        buf_add_char(to, (char)(0xF0 | point >> 18));
        buf_add_char(to, (char)(0x80 | (point >> 12 & 0x3F)));
        buf_add_char(to, (char)(0x80 | (point >> 6 & 0x3F)));
        buf_add_char(to, (char)(0x80 | (point & 0x3F)));
    }
}

static const struct {
    const char *name;
    uint32_t point;
} entities[] = {
    {"agrave", 0xE0},  {"amp", '&'},      {"acirc", 0xE2},   {"apos", '\''},
    {"ccedil", 0xE7},  {"eacute", 0xE9},  {"ecirc", 0xEA},   {"egrave", 0xE8},
    {"euml", 0xEB},    {"euro", 0x20AC},  {"gt", '>'},       {"hellip", 0x2026},
    {"icirc", 0xEE},   {"iuml", 0xEF},    {"laquo", 0xAB},   {"ldquo", 0x201C},
    {"lsquo", 0x2018}, {"lt", '<'},       {"mdash", 0x2014}, {"nbsp", 0xA0},
    {"ndash", 0x2013}, {"ocirc", 0xF4},   {"oelig", 0x153},  {"quot", '"'},
    {"raquo", 0xBB},   {"rdquo", 0x201D}, {"rsquo", 0x2019}, {"ucirc", 0xFB},
    {"ugrave", 0xF9},
};

static bool number_of(struct view digits, uint32_t base, uint32_t *out)
{
    static const char all[] = "0123456789abcdef";
    uint32_t value = 0;

    for (size_t i = 0; i < digits.len; i++) {
        const char *found = memchr(all, lower(digits.ptr[i]), base);

        if (!found || value > 0x10FFFF) {
            return false;
        }
        value = value * base + (uint32_t)(found - all);
    }
    *out = value;
    return digits.len && value && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

static bool entity_point(struct view name, uint32_t *out)
{
    if (name.len > 2 && name.ptr[0] == '#' && lower(name.ptr[1]) == 'x') {
        return number_of((struct view){name.ptr + 2, name.len - 2}, 16, out);
    }
    if (name.len > 1 && name.ptr[0] == '#') {
        return number_of((struct view){name.ptr + 1, name.len - 1}, 10, out);
    }
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (view_is(name, entities[i].name)) {
            *out = entities[i].point;
            return true;
        }
    }
    return false;
}

/* Adds what an entity at the beginning stands for; its length, or 0. */
static size_t take_entity(struct view text, struct buf *to)
{
    size_t most = text.len < 12 ? text.len : 12;
    const char *end = memchr(text.ptr, ';', most);
    uint32_t point = 0;

    if (!end ||
        !entity_point((struct view){text.ptr + 1, (size_t)(end - text.ptr) - 1}, &point)) {
        return 0;
    }
    add_point(to, point);
    return (size_t)(end - text.ptr) + 1;
}

static void add_break(struct buf *to, enum tag_kind kind, bool closes)
{
    bool fresh = !to->len || to->bytes[to->len - 1] == '\n';

    if (kind != TAG_INLINE && kind != TAG_SILENT && !fresh) {
        buf_add_char(to, '\n');
    }
    if (kind == TAG_ITEM && !closes) {
        buf_add_text(to, "* ");
    }
}

/* How much of the text is in the element that opened before it, its end included. */
static size_t silent_len(struct view text, const struct tag *tag)
{
    for (size_t i = 0; i < text.len; i++) {
        struct markup markup = text.ptr[i] == '<'
                                   ? markup_at((struct view){text.ptr + i, text.len - i})
                                   : (struct markup){0};

        if (markup.len && markup.tag == tag && markup.closes) {
            return i + markup.len;
        }
    }
    return text.len;
}

/* What stands before the next character that is text; 0: it is text itself. */
static size_t take_markup(struct view text, struct buf *to)
{
    struct markup markup = markup_at(text);

    if (text.ptr[0] == '&') {
        return take_entity(text, to);
    }
    if (!markup.len) {
        return 0;
    }
    if (!markup.tag) {
        return markup.len;
    }
    add_break(to, markup.tag->kind, markup.closes);
    if (markup.tag->kind == TAG_SILENT && !markup.closes) {
        struct view rest = {text.ptr + markup.len, text.len - markup.len};

        return markup.len + silent_len(rest, markup.tag);
    }
    return markup.len;
}

static void strip_markup(struct view text, struct buf *to)
{
    while (text.len) {
        size_t used = take_markup(text, to);

        if (!used) {
            buf_add_char(to, text.ptr[0]);
            used = 1;
        }
        text.ptr += used;
        text.len -= used;
    }
}

/* Characters */

static void add_character(struct view character, bool line, struct buf *to, struct cleaned *did)
{
    bool space = character.len == 1 && strchr("\n\r\t ", character.ptr[0]);

    if (line && space) {
        buf_add_char(to, ' ');
    } else if (line ? text_is_clean_name(character) : text_is_clean(character)) {
        buf_add_view(to, character);
    } else {
        did->control = true;
    }
}

static void add_characters(struct view text, bool line, struct buf *to, struct cleaned *did)
{
    while (text.len) {
        struct view before = text;

        if (text_next(&text) < 0) {
            return; /* the whole file was found to be UTF-8 */
        }
        struct view character = {before.ptr, before.len - text.len};
        bool ends_line = character.ptr[0] == '\r';

        if (!ends_line) {
            add_character(character, line, to, did);
        } else if (!text.len || text.ptr[0] != '\n') {
            add_character(view_of("\n"), line, to, did);
        }
    }
}

void clean_text(struct view cell, bool line, struct buf *out, struct cleaned *did)
{
    AUTO_BUF plain = {0};
    AUTO_BUF kept = {0};

    if (has_markup(cell)) {
        did->html = true;
        strip_markup(cell, &plain);
        cell = buf_view(&plain);
    }
    add_characters(cell, line, &kept, did);
    buf_add_view(out, view_trim(buf_view(&kept)));
}
