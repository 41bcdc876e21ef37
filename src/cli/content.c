#include "cli/content.h"

#include "cli/config.h"
#include "cli/file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static bool is_folder(const char *path)
{
    struct stat found;

    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

/* true: it was read, or is not there. */
static bool read_one(const char *path, struct buf *out)
{
    AUTO_BUF why = {0};
    struct stat found;

    if (stat(path, &found) != 0 && errno == ENOENT) {
        return true;
    }
    if (file_read(path, out, &why)) {
        refuse("%s", why.bytes);
        return false;
    }
    const char *refusal = content_refusal(buf_view(out));

    if (refusal) {
        refuse("%s cannot be shown: %s", path, refusal);
    }
    return !refusal;
}

static bool read_all(struct contents *contents, const char *folder)
{
    AUTO_BUF path = {0};

    for (size_t i = 0; i < (size_t)CONTENT_PAGES * TONGUES; i++) {
        size_t tongue = i % TONGUES;

        buf_clear(&path);
        buf_printf(&path, "%s/%s.%s.md", folder, content_name(i / TONGUES),
                   tongue_name((enum tongue)tongue));
        if (!read_one(path.bytes, &contents->texts[i / TONGUES][tongue])) {
            return false;
        }
    }
    return true;
}

bool contents_read(struct contents *contents, const char *folder, const char *data)
{
    AUTO_BUF own = {0};

    if (folder && !is_folder(folder)) {
        refuse("there is no folder %s for --content", folder);
        return false;
    }
    if (folder) {
        return read_all(contents, folder);
    }
    if (data) {
        buf_printf(&own, "%s/content", data);
    }
    return !data || !is_folder(own.bytes) || read_all(contents, own.bytes);
}

void contents_finish(struct contents *contents)
{
    for (size_t i = 0; i < CONTENT_PAGES; i++) {
        for (unsigned tongue = 0; tongue < TONGUES; tongue++) {
            buf_finish(&contents->texts[i][tongue]);
        }
    }
}

void contents_give(const struct contents *contents, struct app_config *config)
{
    for (size_t i = 0; i < CONTENT_PAGES; i++) {
        for (unsigned tongue = 0; tongue < TONGUES; tongue++) {
            config->content[i][tongue] = buf_view(&contents->texts[i][tongue]);
        }
    }
}
