#include "core/contact.h"

#include <stdint.h>
#include <string.h>

enum {
    E164_LEAST = 8,
    E164_MOST = 15,
    NATIONAL_LEAST = 10,
    NATIONAL_MOST = 11,
    YEAR_DIGITS = 4,
    GROUP_MOST = 5 /* digits that are looked at of what may be a date */
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
    return is_letter(c) || is_digit(c) || (c & 0x80) || c == '-' || c == '.';
}

/* The text from a place on begins with a domain: labels, one behind a dot with two letters in
   a row (or one of another script, which is two bytes or more). */
static bool begins_domain(struct view text, size_t at)
{
    size_t label = 0;   /* bytes of the label so far */
    size_t letters = 0; /* in a row, at the end of it */
    bool dotted = false;

    for (; at < text.len && is_of_domain(text.ptr[at]); at++) {
        char c = text.ptr[at];

        if (c == '.') {
            dotted = label > 0;
            label = letters = 0;
        } else {
            label++;
            letters = is_letter(c) || (c & 0x80) ? letters + 1 : 0;
        }
        if (dotted && letters >= 2) {
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

/* Digits from a place on, at most so many. */
static size_t count_digits(struct view text, size_t at, size_t most)
{
    size_t count = 0;

    while (count < most && at + count < text.len && is_digit(text.ptr[at + count])) {
        count++;
    }
    return count;
}

static size_t count_zeros(struct view text, size_t at)
{
    size_t count = 0;

    while (at + count < text.len && text.ptr[at + count] == '0') {
        count++;
    }
    return count;
}

static unsigned read_digits(struct view text, size_t at, size_t count)
{
    unsigned value = 0;

    for (size_t i = 0; i < count; i++) {
        value = 10 * value + (unsigned)(text.ptr[at + i] - '0');
    }
    return value;
}

/* Three groups of digits with the same of "/.-" between them, and no fourth. */
struct triple {
    size_t digits[3];
    unsigned value[3];
    size_t len; /* 0: there is none */
};

static bool stands_at(struct view text, size_t at, char c)
{
    return at < text.len && text.ptr[at] == c;
}

static struct triple read_triple(struct view text, size_t at)
{
    static const char separators[] = "/.-";
    struct triple triple = {.len = 0};
    size_t first = count_digits(text, at, GROUP_MOST);
    const char *between = separators;
    size_t end = at;

    while (*between && !stands_at(text, at + first, *between)) {
        between++;
    }
    for (unsigned i = 0; i < 3; i++) {
        if (i && (!*between || !stands_at(text, end++, *between))) {
            return triple;
        }
        triple.digits[i] = count_digits(text, end, GROUP_MOST);
        triple.value[i] = read_digits(text, end, triple.digits[i]);
        end += triple.digits[i];
    }
    bool more = count_digits(text, end, 1) ||
                (stands_at(text, end, *between) && count_digits(text, end + 1, 1));

    triple.len = more ? 0 : end - at;
    return triple;
}

static bool is_day(const struct triple *triple, unsigned day, unsigned month)
{
    return triple->digits[day] >= 1 && triple->digits[day] <= 2 && triple->value[day] <= 31 &&
           triple->digits[month] >= 1 && triple->digits[month] <= 2 &&
           triple->value[month] <= 12;
}

/* Bytes of the date that begins there, day first or year first; 0: none does. */
static size_t date(struct view text, size_t at)
{
    struct triple triple = read_triple(text, at);
    bool first = triple.digits[0] == YEAR_DIGITS && is_day(&triple, 2, 1);
    bool last =
        (triple.digits[2] == YEAR_DIGITS || triple.digits[2] == 2) && is_day(&triple, 0, 1);

    return first || last ? triple.len : 0;
}

/* A run of digits in groups. */
struct run {
    size_t begin;
    size_t digits;
    size_t groups;
    size_t last;    /* digits of the last group */
    bool thousands; /* all groups but the first have three digits */
    bool rounded;   /* the last has nothing but zeros */
};

/* Bytes between two groups, at most two separators: "+33 (0)6"; 0: there is no other group. */
static size_t gap(struct view text, size_t at)
{
    size_t len = separator(text, at);

    len += len ? separator(text, at + len) : 0;
    return len && count_digits(text, at + len, 1) ? len : 0;
}

static struct run read_run(struct view text, size_t *at)
{
    struct run run = {.begin = *at, .thousands = true};
    size_t between = 0;

    do {
        *at += between;
        run.last = count_digits(text, *at, text.len);
        run.rounded = count_zeros(text, *at) >= run.last;
        run.thousands = run.thousands && (!run.groups || run.last == 3);
        run.digits += run.last;
        run.groups++;
        *at += run.last;
        between = gap(text, *at);
    } while (between);
    return run;
}

static bool is_abroad(struct view text, const struct run *run)
{
    bool plus = run->begin > 0 && text.ptr[run->begin - 1] == '+';
    bool zeros = !plus && count_zeros(text, run->begin) >= 2;
    size_t digits = run->digits - (zeros ? 2 : 0);
    bool amount = plus && run->groups > 1 && run->thousands && run->rounded;

    return (plus || zeros) && !amount && digits >= E164_LEAST && digits <= E164_MOST;
}

/* Not what stands behind a decimal point. */
static bool is_national(struct view text, const struct run *run)
{
    size_t begin = run->begin;
    bool one = text.ptr[begin] == '0' && count_zeros(text, begin) == 1;
    bool fraction =
        (begin >= 2 && text.ptr[begin - 1] == ',' && is_digit(text.ptr[begin - 2])) ||
        (run->groups == 2 && run->last + 1 == run->digits);

    return one && !fraction && (!begin || text.ptr[begin - 1] != '+') &&
           run->digits >= NATIONAL_LEAST && run->digits <= NATIONAL_MOST;
}

static bool has_number(struct view text)
{
    for (size_t at = 0; at < text.len;) {
        if (!is_digit(text.ptr[at])) {
            at++;
            continue;
        }
        size_t len = date(text, at);

        if (len) {
            at += len;
            continue;
        }
        struct run run = read_run(text, &at);

        if (is_abroad(text, &run) || is_national(text, &run)) {
            return true;
        }
    }
    return false;
}

bool text_has_contact(struct view text)
{
    return has_address(text) || has_number(text);
}
