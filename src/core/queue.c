#include "core/queue.h"

#include "base/hash.h"
#include "core/exact.h"

bool queue_is_before(const struct queue_key *a, const struct queue_key *b)
{
    if (a->stage != b->stage) {
        return a->stage < b->stage;
    }
    if (a->skipped != b->skipped) {
        return a->skipped < b->skipped;
    }
    if (a->distance != b->distance) {
        return a->distance < b->distance;
    }
    if (a->exposures != b->exposures) {
        return a->exposures < b->exposures;
    }
    return a->hash != b->hash ? a->hash < b->hash : a->idea < b->idea;
}

uint32_t queue_insert(struct queue_key *keys, uint32_t count, uint32_t room,
                      const struct queue_key *key)
{
    if (count == room && (room == 0 || !queue_is_before(key, &keys[room - 1]))) {
        return count;
    }
    uint32_t at = count < room ? count : room - 1;

    for (; at > 0 && queue_is_before(key, &keys[at - 1]); at--) {
        keys[at] = keys[at - 1];
    }
    keys[at] = *key;
    return count < room ? count + 1 : room;
}

uint64_t queue_hash(uint64_t seed, struct view participant, uint32_t idea)
{
    return hash_mix(hash_mix(hash_mix(seed) ^ hash_fnv1a(participant)) ^ idea);
}

uint32_t queue_distance(uint32_t score, uint32_t cut, uint64_t judged, uint32_t k0)
{
    uint32_t s = score < 1 ? 1 : (score > PPM - 1 ? PPM - 1 : score);
    int64_t away = (int64_t)s - cut;
    wide above = (wide)16 * away * away * ((wide)judged + k0 + 1);

    wide below = (wide)s * (PPM - s);

    return exact_root((uint64_t)(above / below));
}
