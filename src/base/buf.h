/*
 * buf — a growable run of bytes, for everything that is written.
 *
 * Ownership: init/finish on the caller's memory; buf_take hands the bytes over.
 * The bytes are always followed by a NUL that len does not count.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

struct buf {
    char *bytes; /* owned; NULL while empty */
    size_t len;
    size_t room;
};

void buf_init(struct buf *buf);
void buf_finish(struct buf *buf);
void buf_clear(struct buf *buf); /* keeps the room */

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_add_view(struct buf *buf, struct view view);
void buf_add_text(struct buf *buf, const char *text); /* NUL-terminated */
void buf_add_char(struct buf *buf, char c);
void buf_add_uint(struct buf *buf, uint64_t value);
void buf_add_int(struct buf *buf, int64_t value);
void buf_add_hex(struct buf *buf, const void *bytes, size_t len);
void buf_add_hex64(struct buf *buf, uint64_t value); /* 16 digits */
__attribute__((format(printf, 2, 3))) void buf_printf(struct buf *buf, const char *format, ...);

struct view buf_view(const struct buf *buf); /* borrowed until the next change */
char *buf_take(struct buf *buf);             /* owned by the caller, NUL-terminated */

#define AUTO_BUF __attribute__((cleanup(buf_finish))) struct buf

#endif
