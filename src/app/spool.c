#include "app/spool.h"

#include "base/buf.h"

#include <stdlib.h>
#include <unistd.h>

enum err spool_open(struct spool *spool)
{
    const char *dir = getenv("TMPDIR");
    AUTO_BUF path = {0};

    buf_printf(&path, "%s/pinson-XXXXXX", dir && *dir ? dir : "/tmp");
    *spool = (struct spool){.file = mkstemp(path.bytes)};
    if (spool->file < 0) {
        return ERR_FULL;
    }
    (void)unlink(path.bytes);
    return OK;
}

void spool_close(struct spool *spool)
{
    if (spool->file >= 0) {
        (void)close(spool->file);
    }
    spool->file = -1;
}

void spool_add(void *to, struct view piece)
{
    struct spool *spool = to;

    while (piece.len && !spool->failed) {
        ssize_t written = write(spool->file, piece.ptr, piece.len);

        if (written <= 0) {
            spool->failed = true;
        } else {
            piece.ptr += written;
            piece.len -= (size_t)written;
            spool->size += (size_t)written;
        }
    }
}
