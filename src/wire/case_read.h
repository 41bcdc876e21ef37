/*
 * case_read — the fields of a case, each with its bounds; the first wrong one is named.
 *
 * Pure; for the files of wire/case. A field that is absent or wrong reads as its default, so
 * that a reader looks at case_is_wrong once, at its end. Numbers are exact: those that are
 * no small integers are kept as the text that they came as.
 */
#ifndef WIRE_CASE_READ_H
#define WIRE_CASE_READ_H

#include "base/buf.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    CASE_MAX_COUNT = INT32_MAX /* of ballots on an idea: products then fit in 128 bits */
};

struct case_read {
    json_t *root;         /* owned; an object */
    struct view *numbers; /* owned; a JSON real k.5 stands for the k-th of these texts */
    size_t numbers_count;
    size_t numbers_room;
    const char *within; /* what is being read, "ideas"; NULL: the case itself */
    const json_t *list; /* of which a row is being read, or NULL */
    size_t row;
    struct buf wrong; /* owned; the first complaint */
};

/* What an integer may be. */
struct bounds {
    uint64_t min;
    uint64_t max;
    bool needed;
    uint64_t otherwise; /* when it is absent */
};

/* init/finish on the caller's memory, finish in any case. json is borrowed until then.
   false: it is no object, which is the complaint. */
bool case_read_init(struct case_read *read, struct view json);
void case_read_finish(struct case_read *read);

/* The sentence is `place must …`; key NULL: the row itself. */
__attribute__((format(printf, 3, 4))) void
case_complain(struct case_read *read, const char *key, const char *format, ...);
bool case_is_wrong(const struct case_read *read);

uint64_t case_uint(struct case_read *read, const json_t *object, const char *key,
                   struct bounds bounds);
uint32_t case_count(struct case_read *read, const json_t *object, const char *key); /* or 0 */
uint32_t case_k0(struct case_read *read);
/* A decimal of 0..1 with at most 6 digits after the point, in millionths. */
uint32_t case_ppm(struct case_read *read, const json_t *object, const char *key,
                  uint32_t otherwise);
bool case_bool(struct case_read *read, const json_t *object, const char *key, bool otherwise);
struct view case_text(struct case_read *read, const json_t *object, const char *key,
                      bool needed); /* borrowed; ptr NULL: absent */

/* NULL, which has no rows: absent or wrong. */
const json_t *case_list(struct case_read *read, const json_t *object, const char *key,
                        bool needed);
/* The rows of a list one after the other, each an object; NULL after the last, or once
   something is wrong. within says which list it is. */
const json_t *case_next_row(struct case_read *read, const char *within, const json_t *list);
/* The same, for rows of any kind. */
const json_t *case_next_item(struct case_read *read, const char *within, const json_t *list);

/* As RFC 8785 has it: short escapes where there are any, and no others than are due. */
void case_write_text(struct buf *to, struct view text);
void case_write_bool(struct buf *to, const char *key, bool value); /* "key":value */

/* One kind of case each: reads it and, unless something is wrong, writes its result. */
void case_rank(struct case_read *read, struct buf *out);
void case_final(struct case_read *read, struct buf *out);
void case_serve(struct case_read *read, struct buf *out);

#endif
