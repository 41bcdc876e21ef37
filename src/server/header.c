#include "server/header.h"

#include "server/guard.h"

#include <string.h>

bool header_is_there(struct lws *wsi, enum lws_token_indexes token)
{
    return lws_hdr_total_length(wsi, token) > 0;
}

bool header_is_repeated(struct lws *wsi, enum lws_token_indexes token)
{
    return lws_hdr_fragment_length(wsi, token, 1) > 0;
}

bool header_read(struct lws *wsi, enum lws_token_indexes token, struct header *out)
{
    int len = lws_hdr_copy(wsi, out->text, sizeof out->text, token);

    out->view = (struct view){out->text, len > 0 ? (size_t)len : 0};
    out->view = view_trim(out->view);
    return len >= 0;
}

void header_add_query(struct lws *wsi, struct buf *to)
{
    char part[1024];
    int len = 0;

    for (int i = 0; len >= 0; i++) {
        len = lws_hdr_copy_fragment(wsi, part, sizeof part, WSI_TOKEN_HTTP_URI_ARGS, i);
        if (len >= 0 && i > 0) {
            buf_add_char(to, '&');
        }
        if (len > 0) {
            guard_query_add(to, (struct view){part, (size_t)len});
        }
    }
}

bool header_hides_nul(struct lws *wsi, struct view path)
{
    bool has_query = header_is_there(wsi, WSI_TOKEN_HTTP_URI_ARGS);
    const char *next = path.ptr + path.len + (has_query ? 2 : 1);
    char text[1024];
    int len = lws_hdr_copy_fragment(wsi, text, sizeof text,
                                    has_query ? WSI_TOKEN_HTTP_URI_ARGS : WSI_TOKEN_HTTP, 0);

    /* It keeps one thing behind the other: a NUL closes the address, and opens the query. */
    return len > 0 && memcmp(next, text, (size_t)len) != 0;
}

/* libwebsockets keeps a header it does not know, like one with a space before its colon, by
   the name with that colon; the sender may mean by it what it looks like. */
static bool has_disguised(struct lws *wsi)
{
    static const char *const names[] = {
        "content-length :", "content-length\t:", "transfer-encoding :", "transfer-encoding\t:"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (lws_hdr_custom_length(wsi, names[i], (int)strlen(names[i])) >= 0) {
            return true;
        }
    }
    return false;
}

bool header_body_length(struct lws *wsi, size_t *out)
{
    struct header length;
    uint64_t number = 0;

    if (header_is_there(wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING) || has_disguised(wsi) ||
        header_is_repeated(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH) ||
        !header_read(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH, &length) ||
        !view_to_uint(length.view, UINT32_MAX, &number)) {
        return false;
    }
    *out = (size_t)number;
    return true;
}

bool header_has_body(struct lws *wsi)
{
    struct header length;

    if (header_is_there(wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING) || has_disguised(wsi)) {
        return true;
    }
    if (!header_is_there(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH)) {
        return false;
    }
    return header_is_repeated(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH) ||
           !header_read(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH, &length) ||
           !view_is(length.view, "0");
}
