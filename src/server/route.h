/* route — who answers a request: the table of files, this process alone, or the app. */
#ifndef SERVER_ROUTE_H
#define SERVER_ROUTE_H

#include "base/text.h"

struct asset;
struct exchange;
struct lws;

/* Answers, or asks the app to; what has a body waits for it. path is sound, authority that of a
 * known host. */
void route(struct exchange *exchange, struct lws *wsi, struct view path, struct view authority);

/* The same for a request whose body is there by now. */
void route_body(struct exchange *exchange);

const struct asset *route_find_asset(struct view path); /* borrowed or NULL */

#endif
