/* reply — the head of an HTTP response. Pure, but for the date. */
#ifndef SERVER_REPLY_H
#define SERVER_REPLY_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct lws_protocol_vhost_options;

enum reply_cache {
    REPLY_NO_STORE,
    REPLY_ASK /* may be kept, but asked for again */
};

struct reply {
    int status;
    const char *type; /* NULL: there is no body */
    size_t length;    /* of the body */
    struct view etag; /* with quotes; empty: none */
    enum reply_cache cache;
    const char *vary;      /* NULL: nothing */
    const char *cookie;    /* to be set, with its attributes; NULL: none */
    const char *more;      /* whole further header lines; NULL: none */
    const char *file_name; /* to be saved under; NULL: to be shown */
    struct view authority; /* of the request, already checked: where its WebSocket is */
    bool gzip;
    bool secure; /* visitors come over https */
    bool cors;
    bool close; /* the connection, after this */
};

void reply_write_head(struct buf *to, const struct reply *reply);
const char *reply_status_text(int status);

/* What libwebsockets adds to the few responses that it gives by itself. */
const struct lws_protocol_vhost_options *reply_fixed_headers(void);

#endif
