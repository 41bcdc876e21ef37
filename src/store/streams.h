/* streams — the logs that a follower follows, and how far. Used by follower alone. */
#ifndef STORE_STREAMS_H
#define STORE_STREAMS_H

#include "base/list.h"
#include "store/request.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>

/* A followed log. */
struct stream {
    struct list list;
    struct board_key board;
    struct entry_id after;  /* delivered so far */
    struct entry_id target; /* caught up when this is delivered */
    bool is_asked;          /* for its end */
    bool is_probed;         /* target is known */
    bool is_caught_up;
    bool is_listed; /* in the XREAD under way */
};

struct streams {
    struct list list;
};

void streams_init(struct streams *streams);
void streams_finish(struct streams *streams);

void streams_add(struct streams *streams, struct board_key board, struct entry_id after);
void stream_remove(struct stream *stream);
struct stream *streams_find(const struct streams *streams,
                            struct board_key board);                             /* or NULL */
struct stream *streams_find_key(const struct streams *streams, struct view key); /* or NULL */
/* In the order in which they were followed; the first after NULL, NULL after the last. */
struct stream *streams_next(const struct streams *streams, const struct stream *stream);

/* After a reconnection nothing is known of any but what was delivered. */
void streams_reset(struct streams *streams);

/* Decides what the next XREAD lists; returns how many. */
size_t streams_choose(struct streams *streams);
/* Their keys, then where to go on, as XREAD wants them. */
void streams_add_listed(const struct streams *streams, struct request *request);

#endif
