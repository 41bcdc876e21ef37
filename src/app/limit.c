#include "app/limit.h"

#include "base/mem.h"

enum {
    BUCKETS_MAX = 1 << 16
};

struct bucket *bucket_get(struct map *buckets, uint64_t key)
{
    struct bucket *bucket = map_find_ptr(buckets, key);

    if (bucket) {
        return bucket;
    }
    if (buckets->count >= BUCKETS_MAX) {
        map_finish_owned(buckets);
    }
    bucket = mem_alloc(sizeof *bucket);
    map_put_ptr(buckets, key, bucket);
    return bucket;
}

struct rate rate_scaled(struct rate rate, double factor)
{
    return factor > 0 ? (struct rate){rate.burst * factor, rate.each_us / factor}
                      : (struct rate){0, 1};
}

uint64_t bucket_take(struct bucket *bucket, struct rate rate, uint64_t now_us)
{
    if (rate.burst <= 0) {
        return 0;
    }
    double tokens = bucket->at_us
                        ? bucket->tokens + (double)(now_us - bucket->at_us) / rate.each_us
                        : rate.burst;

    bucket->at_us = now_us;
    bucket->tokens = tokens < rate.burst ? tokens : rate.burst;
    if (bucket->tokens >= 1) {
        bucket->tokens -= 1;
        return 0;
    }
    return (uint64_t)((1 - bucket->tokens) * rate.each_us / 1000) + 1;
}

void bucket_give(struct bucket *bucket)
{
    if (bucket->at_us) {
        bucket->tokens += 1; /* the next take keeps it within the burst */
    }
}
