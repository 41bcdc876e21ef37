/* header — the headers of a request as libwebsockets has parsed it. */
#ifndef SERVER_HEADER_H
#define SERVER_HEADER_H

#include "base/buf.h"
#include "base/text.h"

#include <libwebsockets.h>
#include <stdbool.h>

struct header {
    struct view view; /* of text; empty when there is no such header */
    char text[1024];
};

bool header_is_there(struct lws *wsi, enum lws_token_indexes token);
bool header_is_repeated(struct lws *wsi, enum lws_token_indexes token);
/* false: longer than a header that is looked at may be; out is empty then. */
bool header_read(struct lws *wsi, enum lws_token_indexes token, struct header *out);
/* Appends what follows the '?' of the address, as it was sent or in equivalent words. */
void header_add_query(struct lws *wsi, struct buf *to);

/* The address has a NUL where libwebsockets does not count it. path: as it gave it. */
bool header_hides_nul(struct lws *wsi, struct view path);

/* The length of a body that is announced in the one way there is; false: in another. */
bool header_body_length(struct lws *wsi, size_t *out);
/* Anything that would make bytes after the headers belong to the request. */
bool header_has_body(struct lws *wsi);

#endif
