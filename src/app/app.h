/*
 * app — what Pinson does: boards in memory, sessions, the commands of the protocol.
 *
 * One thread, on the caller's uv loop. It never sees a socket: the server gives it peers
 * and requests, and is answered by frames and responses. Everything hangs from struct app.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "base/buf.h"
#include "export/content.h"
#include "hub/peer.h"
#include "store/store.h"

#include <stdbool.h>

/* The name of the cookie that holds a session's token. */
#define APP_COOKIE "pinson"

struct app;
struct client;
struct uv_loop_s;

struct app_config {
    struct uv_loop_s *loop;
    struct store
        *store; /* borrowed; destroyed before the app, so that it answers all it owes */
    const char *public_url;      /* of links that leave the screen; no final slash */
    const char *responsible;     /* who answers for the site; NULL: it is not said */
    const char *contact;         /* where they are reached; NULL likewise */
    uint32_t keep_months;        /* how long boards are kept; 0: it is not said */
    double limits_factor;        /* 1: those of limits.h; 0: none */
    const char *const *rehearse; /* how this program is called to rehearse on this server; ends
                                    with NULL; NULL: it is not. Borrowed while the app lives */
    const char *marks_path;      /* file of the high-water marks; NULL: none are kept */
    struct view content[CONTENT_PAGES][TONGUES]; /* instead of those that come with the program;
                                                    empty: that one; borrowed until app_create
                                                    has returned */
    bool durable; /* false: the store may lose what it acknowledged; readiness says so */
};

struct app *app_create(const struct app_config *config);
void app_destroy(struct app *app); /* after the server and the store; NULL is allowed */

/* [{"method","role","board"}…]: every method of the protocol, the least role that may call it,
   and whether it is called on a board. */
void app_write_methods(struct buf *to);

/* Everything that was in the store when the app began has been read. */
bool app_is_ready(const struct app *app);
/* Says so to every client and takes no new commands; what is in flight is still answered. */
void app_drain(struct app *app);
/* No answer is owed to anyone. */
bool app_is_idle(const struct app *app);
/* At the end of each turn of the loop, after all events: writes what was said in it. */
void app_flush(struct app *app);

/* Where a connection comes from. */
struct client_origin {
    struct view address; /* for limits; "" is the same as one of loopback, which has none */
    struct view base;    /* of links for it: a URL without final slash */
    struct view cookie;  /* the session's token, from a page of our own; empty: none */
};

/*
 * Connections. The client is owned by the app from client_open to client_close; peer is
 * initialised by client_open with the app's hub and must outlive client_close.
 */
struct client *client_open(struct app *app, struct peer *peer, const struct peer_vtable *calls,
                           const struct client_origin *origin);
void client_message(struct client *client, struct view text); /* one whole text message */
void client_close(struct client *client);

/* HTTP: everything but files. GET and HEAD; POST, from a page of our own, at /api/session and
   /api/boards/<slug>/import. */
struct http_request {
    bool is_post;
    struct view path;  /* decoded, begins with '/' */
    struct view query; /* as sent, without '?' */
    struct view if_none_match;
    struct view lang;   /* Accept-Language, or empty */
    struct view base;   /* of links for whoever asks, as in struct client_origin */
    struct view cookie; /* the session's token, unless a foreign page asks; empty: none */
    struct view body;   /* of a POST, which lasts until it is answered; of an import at most
                           LIMIT_IMPORT_WEB_BYTES, else LIMIT_BODY_MAX_BYTES */
    struct view token;  /* of a POST: the session's, of its cookie or as a bearer; or empty */
};

/* A body that is a file: the caller reads it by a descriptor of its own. */
struct http_file {
    int descriptor;
    uint64_t size;
};

struct http_response {
    int status;
    const char *type;             /* Content-Type */
    struct view body;             /* borrowed until the callback returns */
    const struct http_file *file; /* instead of body; borrowed likewise; NULL: none */
    const char *etag;             /* with quotes; NULL: none */
    bool cors;                    /* may be read by any origin */
    bool cache;                   /* false: no-store */
    const char *cookie;           /* to be set, with its attributes; NULL: none */
    const char *file_name;        /* to be saved under; NULL: to be shown */
    const char *location;         /* a path: where it is instead; or NULL */
};

typedef void http_done(void *user, const struct http_response *response);

/* Answers later, exactly once, never within the call. page: the shell that pages are
   rendered into, with its placeholders; borrowed for as long as the app lives. */
void app_http(struct app *app, const struct http_request *request, http_done *done, void *user);
/* What the process measures of itself, as a Prometheus exposition. */
void app_write_metrics(const struct app *app, struct buf *to);
void app_set_page(struct app *app, struct view shell);

#endif
