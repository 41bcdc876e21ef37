#include "cli/archive_sums.h"

#include "cli/file.h"
#include "export/archive.h"

#include <string.h>

enum {
    HEX_CHARS = 2 * DIGEST_BYTES,
    NAME_AT = HEX_CHARS + 2, /* behind two spaces */
    NAME_MAX_BYTES = 64
};

static bool is_plain_name(struct view name)
{
    return name.len && name.len <= NAME_MAX_BYTES && !memchr(name.ptr, '/', name.len) &&
           name.ptr[0] != '.';
}

static bool is_line(struct view line)
{
    return line.len > NAME_AT && memcmp(line.ptr + HEX_CHARS, "  ", 2) == 0 &&
           is_plain_name((struct view){line.ptr + NAME_AT, line.len - NAME_AT});
}

static void check_line(struct archive_read *archive, struct view line)
{
    AUTO_BUF path = {0};
    AUTO_BUF bytes = {0};
    AUTO_BUF why = {0};
    AUTO_BUF hex = {0};

    if (!is_line(line)) {
        differ(&archive->differences, "%s: a line is not \"digest  name\"", ARCHIVE_SUMS);
        return;
    }
    int len = (int)(line.len - NAME_AT);
    const char *name = line.ptr + NAME_AT;

    buf_printf(&path, "%s/%.*s", archive->folder, len, name);
    if (file_read(path.bytes, &bytes, &why)) {
        differ(&archive->differences, "%s", why.bytes);
        return;
    }
    struct digest digest = hash_sha256(buf_view(&bytes));

    buf_add_hex(&hex, digest.bytes, sizeof digest.bytes);
    if (memcmp(hex.bytes, line.ptr, HEX_CHARS) != 0) {
        differ(&archive->differences, "%.*s is not the file that was exported (%s)", len, name,
               ARCHIVE_SUMS);
    }
}

/* Whether a line names the file. */
static bool is_listed(const struct buf *sums, const char *name)
{
    AUTO_BUF line = {0};

    buf_printf(&line, "  %s\n", name);
    return sums->len && strstr(sums->bytes, line.bytes);
}

static void check_lines(struct archive_read *archive, struct view sums)
{
    while (sums.len) {
        const char *end = memchr(sums.ptr, '\n', sums.len);
        size_t len = end ? (size_t)(end - sums.ptr) : sums.len;

        check_line(archive, (struct view){sums.ptr, len});
        len += end != NULL;
        sums = (struct view){sums.ptr + len, sums.len - len};
    }
}

void archive_check_sums(struct archive_read *archive)
{
    AUTO_BUF path = {0};
    AUTO_BUF sums = {0};
    AUTO_BUF why = {0};

    buf_printf(&path, "%s/%s", archive->folder, ARCHIVE_SUMS);
    if (file_read(path.bytes, &sums, &why)) {
        differ(&archive->differences, "%s", why.bytes);
        return;
    }
    check_lines(archive, buf_view(&sums));
    const char *name = NULL;

    for (size_t n = 0; (name = archive_file(n)) != NULL; n++) {
        if (!is_listed(&sums, name)) {
            differ(&archive->differences, "%s does not name %s", ARCHIVE_SUMS, name);
        }
    }
}
