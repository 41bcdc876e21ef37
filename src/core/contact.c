#include "core/contact.h"

#include <stdint.h>
#include <string.h>

enum {
    E164_LEAST = 8,
    E164_MOST = 15,
    NATIONAL_LEAST = 10,
    NATIONAL_MOST = 11
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Letters of any script stand in addresses too: every byte beyond ASCII is taken for one. */
static bool is_of_address(char c)
{
    return is_letter(c) || is_digit(c) || (c & 0x80) || (c && strchr("._%+-", c));
}

static bool is_of_domain(char c)
{
    return is_letter(c) || is_digit(c) || c == '-' || c == '.';
}

/* The text from a place on begins with a domain: labels, the last of two letters or more. */
static bool begins_domain(struct view text, size_t at)
{
    size_t label = 0;
    bool dotted = false;

    for (; at < text.len && is_of_domain(text.ptr[at]); at++) {
        if (text.ptr[at] == '.') {
            dotted = label > 0;
            label = 0;
        } else {
            label = is_letter(text.ptr[at]) || !dotted ? label + 1 : 0;
        }
        if (dotted && label >= 2) {
            return true;
        }
    }
    return false;
}

static bool has_address(struct view text)
{
    for (size_t i = 1; i + 1 < text.len; i++) {
        if (text.ptr[i] == '@' && is_of_address(text.ptr[i - 1]) &&
            begins_domain(text, i + 1)) {
            return true;
        }
    }
    return false;
}

/* Bytes of a separator that may stand between two groups of digits; 0: there is none. */
static size_t separator(struct view text, size_t at)
{
    static const char *const wide[] = {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x91",
                                       "\xE2\x80\x93"};

    if (at < text.len && text.ptr[at] && strchr(" .-/()", text.ptr[at])) {
        return 1;
    }
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        size_t len = strlen(wide[i]);

        if (text.len - at >= len && memcmp(text.ptr + at, wide[i], len) == 0) {
            return len;
        }
    }
    return 0;
}

/* A run of digits with single separators between them. */
struct run {
    size_t digits;
    bool national; /* begins with one 0 */
    bool abroad;   /* begins with + or 00 */
};

/* Reads the run that begins at *at, and moves behind it. */
static struct run read_run(struct view text, size_t *at)
{
    bool plus = *at > 0 && text.ptr[*at - 1] == '+';
    bool zero = text.ptr[*at] == '0';
    bool two = zero && *at + 1 < text.len && text.ptr[*at + 1] == '0';
    struct run run = {.national = zero && !two && !plus, .abroad = plus || two};
    size_t gap = 0;

    for (;;) {
        while (*at < text.len && is_digit(text.ptr[*at])) {
            run.digits++;
            (*at)++;
        }
        gap = separator(text, *at);
        size_t next = *at + gap;

        /* "+33 (0)6": a bracket may follow a space. */
        next += gap ? separator(text, next) : 0;
        if (!gap || next >= text.len || !is_digit(text.ptr[next])) {
            break;
        }
        *at = next;
    }
    run.digits -= two ? 2 : 0;
    return run;
}

static bool is_number(const struct run *run)
{
    return (run->abroad && run->digits >= E164_LEAST && run->digits <= E164_MOST) ||
           (run->national && run->digits >= NATIONAL_LEAST && run->digits <= NATIONAL_MOST);
}

static bool has_number(struct view text)
{
    for (size_t at = 0; at < text.len;) {
        if (!is_digit(text.ptr[at])) {
            at++;
            continue;
        }
        struct run run = read_run(text, &at);

        if (is_number(&run)) {
            return true;
        }
    }
    return false;
}

bool text_has_contact(struct view text)
{
    return has_address(text) || has_number(text);
}
