/*
 * http — requests as libwebsockets tells of them, until one is answered or becomes a
 * WebSocket.
 *
 * What these return libwebsockets gets: other than 0 drops the connection.
 */
#ifndef SERVER_HTTP_H
#define SERVER_HTTP_H

#include "base/text.h"

struct conn;

int http_request_begins(struct conn *conn, struct view path);
/* What a request brings after its headers, and that it is all there. */
int http_body(struct conn *conn, const char *bytes, size_t len);
int http_body_ends(struct conn *conn);
int http_writable(struct conn *conn);
/* The answer to a request that was waiting is there. */
void http_answered(struct conn *conn);
void http_gone(struct conn *conn);

/* Looks at a request that wants to be a WebSocket, and answers it when it may not. */
int http_upgrade_asked(struct conn *conn);

#endif
