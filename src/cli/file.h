/* file — whole files in and out. */
#ifndef CLI_FILE_H
#define CLI_FILE_H

#include "base/buf.h"
#include "pinson/error.h"

/* ERR_PARSE: it cannot be read, or is too large; why says so. */
MUST_USE enum err file_read(const char *path, struct buf *out, struct buf *why);
/* Written beside it first and then put in its place, so that a file is whole or not there. */
MUST_USE enum err file_write(const char *path, struct view bytes, struct buf *why);

#endif
