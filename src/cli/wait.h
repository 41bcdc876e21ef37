/*
 * wait — the store is asynchronous, a command line is not: runs the loop until an answer is
 * there, and keeps thousands of appends in flight where there are many.
 */
#ifndef CLI_WAIT_H
#define CLI_WAIT_H

#include "base/buf.h"
#include "store/store.h"

#include <uv.h>

/* One answer that is waited for. */
struct wait {
    uv_loop_t *loop;
    bool done;
    enum err err;
};

void wait_init(struct wait *wait, uv_loop_t *loop);
MUST_USE enum err wait_for(struct wait *wait);
void wait_on_done(void *user, enum err err); /* a store_done */

/* Runs the loop until the flag is set; false: not within that time. */
bool wait_until(uv_loop_t *loop, const bool *flag, uint64_t timeout_ms);
void wait_pause(uv_loop_t *loop, uint64_t ms);

/* Appends that don't wait for each other. The first failure stays. */
struct pipeline {
    uv_loop_t *loop;
    struct store *store;
    size_t in_flight;
    size_t bytes; /* of those in flight */
    uint64_t appended;
    enum err err;
};

void pipeline_init(struct pipeline *pipeline, uv_loop_t *loop, struct store *store);
/* Waits while too many are in flight. */
void pipeline_append(struct pipeline *pipeline, struct board_key board, struct view entry,
                     const struct stored_text *texts, size_t texts_count);
/* The same, under the id that it must get. */
void pipeline_append_as(struct pipeline *pipeline, struct board_key board,
                        const struct to_append *item);
/* Waits for all of them. */
MUST_USE enum err pipeline_finish(struct pipeline *pipeline);

#endif
