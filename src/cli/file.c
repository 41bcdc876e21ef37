#include "cli/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    CHUNK_BYTES = 65536
};

static const size_t max_bytes = (size_t)1 << 30;

static enum err complain(struct buf *why, const char *path)
{
    buf_printf(why, "%s: %s", path, strerror(errno));
    return ERR_PARSE;
}

enum err file_read(const char *path, struct buf *out, struct buf *why)
{
    char chunk[CHUNK_BYTES];
    FILE *file = fopen(path, "rb");

    if (!file) {
        return complain(why, path);
    }
    for (size_t len = 0;
         out->len <= max_bytes && (len = fread(chunk, 1, sizeof chunk, file));) {
        buf_add(out, chunk, len);
    }
    enum err err = ferror(file) ? complain(why, path) : OK;

    if (!err && out->len > max_bytes) {
        buf_printf(why, "%s is larger than can be read", path);
        err = ERR_PARSE;
    }
    fclose(file);
    return err;
}

static bool write_all(FILE *file, struct view bytes)
{
    bool ok = fwrite(bytes.ptr ? bytes.ptr : "", 1, bytes.len, file) == bytes.len;

    ok = fflush(file) == 0 && ok;
    ok = fsync(fileno(file)) == 0 && ok;
    return fclose(file) == 0 && ok;
}

enum err file_write(const char *path, struct view bytes, struct buf *why)
{
    AUTO_BUF beside = {0};

    buf_printf(&beside, "%s.new", path);
    FILE *file = fopen(beside.bytes, "wb");

    if (!file) {
        return complain(why, beside.bytes);
    }
    if (!write_all(file, bytes) || rename(beside.bytes, path) != 0) {
        enum err err = complain(why, path);

        (void)unlink(beside.bytes);
        return err;
    }
    return OK;
}
