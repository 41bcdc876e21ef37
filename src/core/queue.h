/*
 * queue — the order in which ideas are offered to one person to be judged.
 *
 * Pure. First explore: the least exposed idea, until each has been seen by enough people;
 * then refine: the idea whose place at the line is most undecided. Ties fall in an order
 * of the person's own, drawn from the round's seed.
 */
#ifndef CORE_QUEUE_H
#define CORE_QUEUE_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

/* What ideas are compared by; the smaller is offered first, field by field. */
struct queue_key {
    uint32_t stage;    /* 0: explore, 1: refine */
    uint32_t skipped;  /* "later": after what was not seen yet */
    uint32_t distance; /* refine: from the line */
    uint32_t exposures;
    uint64_t hash;
    uint32_t idea;
};

bool queue_is_before(const struct queue_key *a, const struct queue_key *b);

/* Keeps the best `room` keys in order; returns how many there are now. */
uint32_t queue_insert(struct queue_key *keys, uint32_t count, uint32_t room,
                      const struct queue_key *key);

/* A person's own tie-break: participant is their name to the rule, a board's person number
   in decimal. */
uint64_t queue_hash(uint64_t seed, struct view participant, uint32_t idea);

/* Distance of a score from the line in quarters of its standard deviation, both in
   millionths: isqrt(16·(s−cut)²·(n+k0+1) / (s·(10^6−s))). */
uint32_t queue_distance(uint32_t score, uint32_t cut, uint64_t judged, uint32_t k0);

#endif
