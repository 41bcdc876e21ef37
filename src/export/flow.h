/*
 * flow — how the ranking came about: its head at some forty moments of the log, and at every
 * close. Pure.
 */
#ifndef EXPORT_FLOW_H
#define EXPORT_FLOW_H

#include "base/buf.h"
#include "core/apply.h"

enum {
    FLOW_SAMPLES = 40,
    FLOW_RANKS = 12
};

struct flow_rank {
    uint32_t idea;
    uint32_t score; /* millionths */
    uint32_t judged;
};

struct flow_sample {
    uint64_t version;
    uint64_t at_ms;
    uint32_t round;
    uint32_t came; /* ideas at the head that were not there at the sample before */
    uint32_t count;
    struct flow_rank ranks[FLOW_RANKS]; /* best first */
};

/* init/finish on the caller's memory; every entry of the log is applied in between. */
struct flow {
    struct board *fold;
    struct effects effects;
    uint64_t step;               /* versions from one sample to the next */
    struct flow_sample *samples; /* owned */
    size_t count;
    size_t room;
};

/* board: what the log comes to; it is only looked at here. */
void flow_init(struct flow *flow, const struct board *board);
void flow_finish(struct flow *flow);
void flow_apply(struct flow *flow, const struct entry *entry);

/* {"samples":[{"version","at","round","ranks":[[idea,rank,score,judged]…]}…],"churn":[…]} of
   the versions from..to; churn is how many came to the head since the sample before. */
void flow_write(struct buf *to, const struct flow *flow, uint64_t from, uint64_t until);

#endif
