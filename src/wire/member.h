/*
 * member — members of a JSON object, each with the comma before it. Pure. Keys are ours and
 * need no escape; an object's first member is written by hand.
 */
#ifndef WIRE_MEMBER_H
#define WIRE_MEMBER_H

#include "base/buf.h"
#include "core/command.h"

#include <stdbool.h>

void member_key(struct buf *to, const char *key);                    /* ,"key": */
void member_text(struct buf *to, const char *key, struct view text); /* ptr NULL: null */
void member_uint(struct buf *to, const char *key, uint64_t value);
void member_uint_or_null(struct buf *to, const char *key, uint64_t value); /* 0: null */
void member_bool(struct buf *to, const char *key, bool value);
void member_time_or_null(struct buf *to, const char *key, uint64_t ms); /* 0: null */
void member_hex(struct buf *to, const char *key, const struct digest *digest);
void member_source(struct buf *to, const struct source *source); /* "source": {…} or null */

#endif
