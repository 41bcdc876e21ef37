#include "app/spool.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void add_dir(struct buf *to)
{
    const char *dir = getenv("TMPDIR");

    buf_add_text(to, dir && *dir ? dir : "/tmp");
}

/* -1: there is no room for one. */
static int make_file(struct buf *path)
{
    add_dir(path);
    buf_add_text(path, "/pinson-XXXXXX");
    return mkstemp(path->bytes);
}

enum err spool_open(struct spool *spool)
{
    AUTO_BUF path = {0};

    *spool = (struct spool){.file = make_file(&path)};
    if (spool->file < 0) {
        return ERR_FULL;
    }
    (void)unlink(path.bytes);
    return OK;
}

enum err spool_name(struct buf *path)
{
    int file = make_file(path);

    if (file < 0) {
        return ERR_FULL;
    }
    (void)close(file);
    return OK;
}

void spool_take(struct spool *spool, const char *path)
{
    struct stat about = {0};

    spool_close(spool);
    spool->file = open(path, O_RDONLY | O_CLOEXEC);
    spool->failed = spool->failed || spool->file < 0 || fstat(spool->file, &about) != 0;
    spool->size = (uint64_t)about.st_size;
    (void)unlink(path);
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
