#include "wire/scan.h"

#define MAX_UINT ((UINT64_C(1) << 53) - 1)

void scan_init(struct scan *scan, struct view bytes)
{
    const char *end = bytes.len ? bytes.ptr + bytes.len : bytes.ptr; /* NULL + 0 is undefined */

    *scan = (struct scan){.at = bytes.ptr, .end = end, .first = true};
}

static char peek(const struct scan *scan)
{
    if (scan->at == scan->end || scan->failed) {
        return '\0';
    }
    return *scan->at;
}

static void expect(struct scan *scan, char c)
{
    if (peek(scan) == c) {
        scan->at++;
    } else {
        scan->failed = true;
    }
}

static void item(struct scan *scan)
{
    if (!scan->first) {
        expect(scan, ',');
    }
    scan->first = false;
}

void scan_open(struct scan *scan)
{
    item(scan);
    expect(scan, '[');
    scan->first = true;
}

void scan_close(struct scan *scan)
{
    expect(scan, ']');
    scan->first = false;
}

bool scan_more(const struct scan *scan)
{
    return !scan->failed && peek(scan) != ']';
}

bool scan_done(const struct scan *scan)
{
    return !scan->failed && scan->at == scan->end;
}

uint64_t scan_uint(struct scan *scan)
{
    item(scan);
    const char *from = scan->at;

    while (peek(scan) >= '0' && peek(scan) <= '9') {
        scan->at++;
    }
    struct view digits = {from, (size_t)(scan->at - from)};
    uint64_t value = 0;

    /* One spelling a number: no leading zero. */
    if (!view_to_uint(digits, MAX_UINT, &value) || (digits.len > 1 && *from == '0')) {
        scan->failed = true;
        return 0;
    }
    return value;
}

struct view scan_string(struct scan *scan)
{
    item(scan);
    expect(scan, '"');
    const char *from = scan->at;

    while (scan->at < scan->end && *scan->at != '"') {
        if (*scan->at == '\\' || (unsigned char)*scan->at < ' ') {
            scan->failed = true;
        }
        scan->at++;
    }
    struct view text = {from, (size_t)(scan->at - from)};

    expect(scan, '"');
    return scan->failed ? (struct view){NULL, 0} : text;
}

struct view scan_hex(struct scan *scan)
{
    struct view text = scan_string(scan);

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
            scan->failed = true; /* one spelling a number here too */
        }
    }
    return text;
}

bool scan_null(struct scan *scan)
{
    static const struct view null = {"null", 4};
    const char *at = scan->at + (scan->first ? 0 : 1);

    if (scan->failed || scan->end - at < 4 || !view_equal((struct view){at, 4}, null)) {
        return false;
    }
    item(scan);
    scan->at += 4;
    return !scan->failed;
}

bool scan_is_array(struct scan *scan)
{
    const char *at = scan->at + (scan->first ? 0 : 1);

    return !scan->failed && at < scan->end && *at == '[';
}

struct view scan_object(struct scan *scan)
{
    int depth = 0;
    bool quoted = false;

    item(scan);
    const char *from = scan->at;

    if (peek(scan) != '{') {
        scan->failed = true;
    }
    while (scan->at < scan->end && !scan->failed) {
        char c = *scan->at++;

        if (quoted && c == '\\') {
            scan->at += scan->at < scan->end;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted) {
            depth += (c == '{') - (c == '}');
        }
        if (depth == 0) {
            return (struct view){from, (size_t)(scan->at - from)};
        }
    }
    scan->failed = true;
    return (struct view){NULL, 0};
}
