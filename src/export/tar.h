/*
 * tar — files in one (POSIX ustar): written as they come, read by every system. Pure.
 */
#ifndef EXPORT_TAR_H
#define EXPORT_TAR_H

#include "base/buf.h"

enum {
    TAR_BLOCK = 512
};

/* The block before a file of that size. name: at most 99 bytes. at_ms: when it was changed. */
void tar_write_head(struct buf *to, const char *name, uint64_t size, uint64_t at_ms);
/* What fills the last block of a file of that size. */
void tar_write_fill(struct buf *to, uint64_t size);
void tar_write_end(struct buf *to);

#endif
