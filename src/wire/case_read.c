#include "wire/case_read.h"

#include "base/mem.h"
#include "core/ranking.h"
#include "wire/case.h"
#include "wire/json.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    INT_DIGITS = 18, /* that always fit in a json_int_t */
    PPM_DIGITS = 6,
    EXPONENT_DIGITS = 3
};

/* A number of JSON, taken apart. */
struct number {
    size_t len;
    bool negative;
    struct view whole;    /* digits */
    struct view fraction; /* digits; ptr NULL: none */
    struct view exponent; /* with its sign; ptr NULL: none */
};

static struct view digits_at(struct view text, size_t at)
{
    size_t len = 0;

    while (at + len < text.len && text.ptr[at + len] >= '0' && text.ptr[at + len] <= '9') {
        len++;
    }
    return (struct view){text.ptr + at, len};
}

static bool is_at(struct view text, size_t at, const char *one_of)
{
    return at < text.len && text.ptr[at] && strchr(one_of, text.ptr[at]);
}

/* RFC 8259, 6; false: there is none at the beginning of text. */
static bool take_number(struct view text, struct number *out)
{
    size_t at = is_at(text, 0, "-");

    *out = (struct number){.negative = at > 0, .whole = digits_at(text, at)};
    at += out->whole.len;
    if (is_at(text, at, ".")) {
        out->fraction = digits_at(text, at + 1);
        at += 1 + out->fraction.len;
    }
    if (is_at(text, at, "eE")) {
        size_t sign = is_at(text, at + 1, "+-");
        struct view digits = digits_at(text, at + 1 + sign);

        out->exponent = (struct view){text.ptr + at + 1, sign + digits.len};
        at += 1 + out->exponent.len;
        out->whole.len = digits.len ? out->whole.len : 0;
    }
    out->len = at;
    return out->whole.len && !(out->whole.len > 1 && out->whole.ptr[0] == '0') &&
           !(out->fraction.ptr && !out->fraction.len);
}

static bool is_small_int(const struct number *number)
{
    return !number->fraction.ptr && !number->exponent.ptr && number->whole.len <= INT_DIGITS;
}

static size_t string_len(struct view text)
{
    size_t len = 1;

    while (len < text.len && text.ptr[len] != '"') {
        len += text.ptr[len] == '\\' ? 2 : 1;
    }
    return len < text.len ? len + 1 : text.len;
}

/* Moves one token, or one byte between tokens, from text to out. */
static void copy_token(struct case_read *read, struct view *text, struct buf *out)
{
    struct number number;
    size_t len = 1;

    if (text->ptr[0] == '"') {
        len = string_len(*text);
    } else if (is_at(*text, 0, "-0123456789")) {
        if (take_number(*text, &number) && !is_small_int(&number)) {
            read->numbers = mem_reserve(read->numbers, read->numbers_count, &read->numbers_room,
                                        sizeof *read->numbers);
            buf_printf(out, "%zu.5", read->numbers_count);
            read->numbers[read->numbers_count++] = (struct view){text->ptr, number.len};
            text->ptr += number.len;
            text->len -= number.len;
            return;
        }
        len = number.len ? number.len : 1;
    }
    buf_add(out, text->ptr, len);
    text->ptr += len;
    text->len -= len;
}

/* A parser of JSON rounds what is no small integer; so such numbers wait aside. */
static void put_numbers_aside(struct case_read *read, struct view json, struct buf *out)
{
    while (json.len) {
        copy_token(read, &json, out);
    }
}

bool case_read_init(struct case_read *read, struct view json)
{
    AUTO_BUF text = {0};
    json_error_t error = {0};

    *read = (struct case_read){0};
    if (json.len > CASE_MAX_BYTES) {
        buf_printf(&read->wrong, "the case must be at most %d MiB", CASE_MAX_BYTES >> 20);
        return false;
    }
    put_numbers_aside(read, json, &text);
    read->root = json_loadb(text.bytes ? text.bytes : "", text.len,
                            JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!read->root) {
        buf_printf(&read->wrong, "the case must be JSON, and is none in line %d", error.line);
    } else if (!json_is_object(read->root)) {
        buf_add_text(&read->wrong, "the case must be an object");
    }
    return !case_is_wrong(read);
}

void case_read_finish(struct case_read *read)
{
    json_decref(read->root);
    mem_free(read->numbers);
    buf_finish(&read->wrong);
}

bool case_is_wrong(const struct case_read *read)
{
    return read->wrong.len > 0;
}

static void add_place(struct case_read *read, const char *key)
{
    if (read->within) {
        buf_add_text(&read->wrong, read->within);
    }
    if (read->list) {
        buf_printf(&read->wrong, "[%zu]", read->row);
    }
    if (key) {
        buf_add_text(&read->wrong, read->within ? "." : "");
        buf_add_text(&read->wrong, key);
    }
}

void case_complain(struct case_read *read, const char *key, const char *format, ...)
{
    char rest[160];
    va_list arguments;

    if (case_is_wrong(read)) {
        return;
    }
    va_start(arguments, format);
    (void)vsnprintf(rest, sizeof rest, format, arguments);
    va_end(arguments);
    add_place(read, key);
    buf_printf(&read->wrong, " must %s", rest);
}

static const struct view *number_of(const struct case_read *read, const json_t *value)
{
    return json_is_real(value) ? &read->numbers[(size_t)json_real_value(value)] : NULL;
}

static bool to_uint(const struct case_read *read, const json_t *value, uint64_t *out)
{
    const struct view *text = number_of(read, value);

    if (text) {
        return view_to_uint(*text, UINT64_MAX, out);
    }
    *out = (uint64_t)json_integer_value(value);
    return json_is_integer(value) && json_integer_value(value) >= 0;
}

uint64_t case_uint(struct case_read *read, const json_t *object, const char *key,
                   struct bounds bounds)
{
    const json_t *value = json_object_get(object, key);
    uint64_t number = 0;

    if (!value && !bounds.needed) {
        return bounds.otherwise;
    }
    if (!to_uint(read, value, &number) || number < bounds.min || number > bounds.max) {
        case_complain(read, key, "be %llu..%llu", (unsigned long long)bounds.min,
                      (unsigned long long)bounds.max);
        return bounds.otherwise;
    }
    return number;
}

uint32_t case_count(struct case_read *read, const json_t *object, const char *key)
{
    return (uint32_t)case_uint(read, object, key, (struct bounds){.max = CASE_MAX_COUNT});
}

uint32_t case_k0(struct case_read *read)
{
    struct bounds bounds = {.min = 1, .max = 65535, .otherwise = RANK_K0};

    return (uint32_t)case_uint(read, read->root, "k0", bounds);
}

/* digits · 10^shift more, in millionths; false: there are digits beyond the sixth. */
static bool to_ppm(const struct number *number, int64_t exponent, uint64_t *out)
{
    int64_t decimals = (int64_t)number->fraction.len - exponent;
    AUTO_BUF digits = {0};

    if (decimals > PPM_DIGITS || decimals < -EXPONENT_DIGITS) {
        return false;
    }
    buf_add_view(&digits, number->whole);
    buf_add_view(&digits, number->fraction);
    for (; decimals < PPM_DIGITS; decimals++) {
        buf_add_char(&digits, '0');
    }
    return view_to_uint(buf_view(&digits), PPM, out);
}

static bool decimal_to_ppm(const struct case_read *read, const json_t *value, uint64_t *out)
{
    const struct view *text = number_of(read, value);
    struct number number;
    int64_t exponent = 0;

    if (!text) {
        *out = (uint64_t)json_integer_value(value) * PPM;
        return json_is_integer(value) && json_integer_value(value) >= 0 &&
               json_integer_value(value) <= 1;
    }
    if (!take_number(*text, &number) || number.negative ||
        number.exponent.len > 1 + EXPONENT_DIGITS) {
        return false;
    }
    if (is_at(number.exponent, 0, "+")) {
        number.exponent.ptr++;
        number.exponent.len--;
    }
    return (!number.exponent.ptr || view_to_int(number.exponent, &exponent)) &&
           to_ppm(&number, exponent, out);
}

uint32_t case_ppm(struct case_read *read, const json_t *object, const char *key,
                  uint32_t otherwise)
{
    const json_t *value = json_object_get(object, key);
    uint64_t ppm = otherwise;

    if (value && !decimal_to_ppm(read, value, &ppm)) {
        case_complain(read, key, "be 0..1 with at most %d digits after the point", PPM_DIGITS);
        return otherwise;
    }
    return (uint32_t)ppm;
}

bool case_bool(struct case_read *read, const json_t *object, const char *key, bool otherwise)
{
    const json_t *value = json_object_get(object, key);

    if (value && !json_is_boolean(value)) {
        case_complain(read, key, "be true or false");
    }
    return json_is_boolean(value) ? json_is_true(value) : otherwise;
}

struct view case_text(struct case_read *read, const json_t *object, const char *key,
                      bool needed)
{
    const json_t *value = json_object_get(object, key);
    bool absent = !value || (json_is_null(value) && !needed);

    if (!json_is_string(value) && !(absent && !needed)) {
        case_complain(read, key, "be text");
    }
    return json_view(value);
}

const json_t *case_list(struct case_read *read, const json_t *object, const char *key,
                        bool needed)
{
    const json_t *value = json_object_get(object, key);

    if (!json_is_array(value) && (value || needed)) {
        case_complain(read, key, "be a list");
    }
    return json_is_array(value) ? value : NULL;
}

const json_t *case_next_item(struct case_read *read, const char *within, const json_t *list)
{
    if (read->list != list) {
        read->within = within;
        read->list = list;
        read->row = 0;
    } else if (list) {
        read->row++;
    }
    const json_t *item = case_is_wrong(read) ? NULL : json_array_get(list, read->row);

    if (!item) {
        read->within = NULL;
        read->list = NULL;
    }
    return item;
}

const json_t *case_next_row(struct case_read *read, const char *within, const json_t *list)
{
    const json_t *row = case_next_item(read, within, list);

    if (row && !json_is_object(row)) {
        case_complain(read, NULL, "be an object");
        return NULL;
    }
    return row;
}

static const char *short_escape(char c)
{
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\b':
        return "\\b";
    case '\f':
        return "\\f";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return NULL;
    }
}

void case_write_text(struct buf *to, struct view text)
{
    buf_add_char(to, '"');
    for (size_t i = 0; i < text.len; i++) {
        const char *escape = short_escape(text.ptr[i]);

        if (escape) {
            buf_add_text(to, escape);
        } else if ((unsigned char)text.ptr[i] < ' ') {
            buf_printf(to, "\\u%04x", (unsigned)(unsigned char)text.ptr[i]);
        } else {
            buf_add_char(to, text.ptr[i]);
        }
    }
    buf_add_char(to, '"');
}

void case_write_bool(struct buf *to, const char *key, bool value)
{
    buf_printf(to, "\"%s\":%s", key, value ? "true" : "false");
}
