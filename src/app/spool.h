/*
 * spool — a file without a name, into which an export is written before it is sent: a slow
 * reader holds a file then, and neither memory nor a fold. It goes with its last descriptor.
 */
#ifndef APP_SPOOL_H
#define APP_SPOOL_H

#include "base/buf.h"
#include "pinson/error.h"

#include <stdbool.h>
#include <stdint.h>

struct spool {
    int file; /* owned; -1: none */
    uint64_t size;
    bool failed; /* something could not be written: there is no room */
};

/* In TMPDIR, or /tmp. ERR_FULL: none can be made. */
MUST_USE enum err spool_open(struct spool *spool);
/* The name of a new file, for what must write to one by itself. ERR_FULL: none can be made. */
MUST_USE enum err spool_name(struct buf *path);
/* Instead of what the spool is, what was written to that file, which then has no name. */
void spool_take(struct spool *spool, const char *path);
void spool_close(struct spool *spool);
void spool_add(void *spool, struct view piece); /* as a sink drains */

#endif
