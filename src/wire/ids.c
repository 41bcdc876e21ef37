#include "wire/ids.h"

#include <string.h>

enum {
    ULID_CHARS = 26
};

static const char base32[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* Crockford's */

/* One more than the digit in Crockford's base 32; 0: not one. */
static const unsigned char values[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,
    ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14,
    ['E'] = 15, ['F'] = 16, ['G'] = 17, ['H'] = 18, ['J'] = 19, ['K'] = 20, ['M'] = 21,
    ['N'] = 22, ['P'] = 23, ['Q'] = 24, ['R'] = 25, ['S'] = 26, ['T'] = 27, ['V'] = 28,
    ['W'] = 29, ['X'] = 30, ['Y'] = 31, ['Z'] = 32,
};

void op_write(struct buf *to, struct op op)
{
    char text[ULID_CHARS];

    for (int i = ULID_CHARS - 1; i >= 0; i--) {
        text[i] = base32[op.low & 31];
        op.low = op.low >> 5 | op.high << 59;
        op.high >>= 5;
    }
    buf_add(to, text, sizeof text);
}

enum err op_parse(struct view text, struct op *out)
{
    struct op op = {0, 0};

    /* 26 digits hold 130 bits: the first must leave the upper two empty. */
    if (text.len != ULID_CHARS || text.ptr[0] > '7') {
        return ERR_PARSE;
    }
    for (size_t i = 0; i < ULID_CHARS; i++) {
        unsigned digit = values[(unsigned char)text.ptr[i]];

        if (!digit) {
            return ERR_PARSE;
        }
        op.high = op.high << 5 | op.low >> 59;
        op.low = op.low << 5 | (digit - 1);
    }
    *out = op;
    return OK;
}

void entry_id_write(struct buf *to, struct entry_id id)
{
    buf_add_uint(to, id.ms);
    buf_add_char(to, '-');
    buf_add_uint(to, id.seq);
}

enum err entry_id_parse(struct view text, struct entry_id *out)
{
    const char *dash = text.len ? memchr(text.ptr, '-', text.len) : NULL;

    if (!dash) {
        return ERR_PARSE;
    }
    size_t first = (size_t)(dash - text.ptr);
    bool ok =
        view_to_uint((struct view){text.ptr, first}, UINT64_MAX, &out->ms) &&
        view_to_uint((struct view){dash + 1, text.len - first - 1}, UINT64_MAX, &out->seq);

    return ok ? OK : ERR_PARSE;
}
