/*
 * metrics — GET /metrics on a listener of its own: what the process measures of itself is for
 * those who run it, and not for whoever reaches the site.
 */
#ifndef SERVER_METRICS_H
#define SERVER_METRICS_H

#include "app/app.h"

struct metrics;

/* Where it listens: an address of IPv4 or IPv6, as digits. */
struct metrics_place {
    const char *address;
    int port;
};

/* ERR_PARAMS: that cannot be listened on, as why says. */
MUST_USE enum err metrics_open(struct uv_loop_s *loop, const struct app *app,
                               struct metrics_place place, struct metrics **out,
                               struct buf *why);
/* Turns the loop until all of it is closed: not to be called from a callback of it. NULL is
   allowed. */
void metrics_close(struct metrics *metrics);

#endif
