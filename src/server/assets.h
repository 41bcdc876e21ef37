/* assets — the files of web/, compiled into the program and sorted by path. */
#ifndef SERVER_ASSETS_H
#define SERVER_ASSETS_H

#include <stddef.h>

struct asset {
    const char *path; /* "/app/main.js" */
    const char *type; /* Content-Type */
    const unsigned char *bytes;
    size_t len;
    const unsigned char *gzip; /* NULL when it would not be smaller */
    size_t gzip_len;
    const char *etag; /* without quotes */
};

extern const struct asset assets[];
extern const size_t assets_count;

#endif
