/*
 * guard — what never should come in, decided from the words of a request alone. Pure.
 */
#ifndef SERVER_GUARD_H
#define SERVER_GUARD_H

#include "base/buf.h"
#include "base/text.h"
#include "server/ip.h"

#include <stdbool.h>

/* The host of "host", "host:port" or "[address]:port", without brackets; empty: malformed. */
struct view guard_host(struct view authority);
/* The host of a URL with a scheme; empty: malformed. */
struct view guard_url_host(struct view url);
/* Without regard to case, as host names and many words of HTTP are compared. */
bool guard_is_same(struct view a, struct view b);

/* The origin of a page of http or https served under this authority (host and port). */
bool guard_is_same_origin(struct view origin, struct view authority);

/* Absolute, UTF-8, without control characters, backslashes or dot segments. */
bool guard_path_is_sound(struct view path);
/* Appends a decoded part of a query, as it would be sent; its first '=' separates. */
void guard_query_add(struct buf *to, struct view part);

/* A comma-separated header: is the word among its items, whose parameters are ignored? */
bool guard_list_has(struct view list, const char *word);
bool guard_accepts_gzip(struct view accept_encoding);
bool guard_etag_matches(struct view if_none_match, struct view etag); /* etag with quotes */

/* The value of the one cookie of exactly this name; empty: none, or several, of which nobody
   could say who set which. */
struct view guard_cookie(struct view cookies, const char *name);

/* What a request must be to become a WebSocket (RFC 6455, 4.2.1). */
struct upgrade {
    bool is_get;
    bool has_body;         /* Content-Length or Transfer-Encoding, whatever they say */
    struct view http;      /* "HTTP/1.1" */
    struct view version;   /* Sec-WebSocket-Version */
    struct view key;       /* Sec-WebSocket-Key */
    struct view protocols; /* Sec-WebSocket-Protocol */
};

/* 0, or the HTTP status of the refusal. */
int guard_upgrade(const struct upgrade *upgrade, const char *protocol);

/* The address under which a client is limited. peer is the other end of the socket; only
   when it is the trusted proxy is what it says of others believed: the last address of
   X-Forwarded-For that is not its own. proxy: NULL for none. */
void guard_address(const struct ip *peer, const struct ip *proxy, struct view forwarded,
                   char out[IP_TEXT_SIZE]);

#endif
