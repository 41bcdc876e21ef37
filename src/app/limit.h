/*
 * limit — token buckets: a burst, then one each so often (as in RFC 2698's meters). Pure.
 */
#ifndef APP_LIMIT_H
#define APP_LIMIT_H

#include "base/map.h"

#include <stdint.h>

struct rate {
    double burst;
    double each_us; /* one token each so many microseconds */
};

struct bucket {
    double tokens;
    uint64_t at_us; /* when tokens was right; 0: it is full */
};

/* The same times factor; 0: without limit. */
struct rate rate_scaled(struct rate rate, double factor);

/* The bucket of a key, in a map that owns its buckets. Over a bound of their number all are
   forgotten: a limit is lifted for a moment rather than memory filled. */
struct bucket *bucket_get(struct map *buckets, uint64_t key);

/* Takes one. 0: it was there; otherwise how many milliseconds until there is one. A rate of
   burst 0 has no limit. */
uint64_t bucket_take(struct bucket *bucket, struct rate rate, uint64_t now_us);
/* The one that was taken last was not needed. */
void bucket_give(struct bucket *bucket);

#endif
