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
    LAG_BUCKETS = 16
};

/* Turns by how long they took, each bucket up to its bound. */
struct lag_gauge {
    uint64_t counts[LAG_BUCKETS];
    uint64_t before[LAG_BUCKETS]; /* what they were at the beginning of the last half minute */
    uint64_t older[LAG_BUCKETS];  /* and of the one before that */
    uint64_t sum_us;
    uint64_t most_us;
};

/* init/finish on the caller's memory. */
struct lag {
    uv_prepare_t turn;
    uint64_t at_ns;   /* where the turn began */
    uint64_t idle_ns; /* that the loop had waited by then */
    uint64_t cpu_ns;  /* of the thread */
    uint64_t half_ns; /* where the half minute began */
    struct lag_gauge busy;
    struct lag_gauge work;
};

/* data: of its handle, for whoever closes it. */
void lag_start(struct lag *lag, uv_loop_t *loop, void *data);
/* Closes its handle: closed is called on a later turn. */
void lag_stop(struct lag *lag, uv_close_cb closed);
/* As lines of a Prometheus exposition. */
void lag_write(struct buf *to, const struct lag *lag);

#endif
