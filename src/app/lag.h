/*
 * lag — how long the turns of the loop take: while one lasts, nobody else is answered.
 *
 * By the clock, and by what the thread itself computed, which leaves out what a busy machine
 * takes from it. Private to app/.
 */
#ifndef APP_LAG_H
#define APP_LAG_H

#include "base/buf.h"

#include <uv.h>

enum {
    LAG_TURNS = 8192 /* the latest ones, of which quantiles are told */
};

/* init/finish on the caller's memory. */
struct lag {
    uv_prepare_t turn;
    uint64_t at_ns;   /* where the turn began */
    uint64_t idle_ns; /* that the loop had waited by then */
    uint64_t cpu_ns;
    uint64_t turns;
    uint32_t busy_us[LAG_TURNS]; /* a ring */
    uint32_t work_us[LAG_TURNS];
    uint32_t busy_most_us; /* ever */
    uint32_t work_most_us;
};

/* data: of its handle, for whoever closes it. */
void lag_start(struct lag *lag, uv_loop_t *loop, void *data);
/* Closes its handle: closed is called on a later turn. */
void lag_stop(struct lag *lag, uv_close_cb closed);
/* As lines of a Prometheus exposition. */
void lag_write(struct buf *to, const struct lag *lag);

#endif
