/*
 * pulse — when people came, wrote and judged, in as little memory as a board can spare.
 *
 * Pure. The whole life of a board in at most PULSE_SPANS spans of equal length: when the last
 * is full, neighbours become one and each is twice as long. Beside them the latest
 * PULSE_MINUTES minutes, one by one. What comes out of order – an import's own times – counts
 * in the span it belongs to, before the first one in the first.
 */
#ifndef CORE_PULSE_H
#define CORE_PULSE_H

#include <stdint.h>

enum {
    PULSE_SPANS = 60,
    PULSE_FIRST_MS = 15000, /* a span's length at first */
    PULSE_MINUTES = 30
};

struct pulse_span {
    uint32_t people; /* who acted for the first time */
    uint32_t guests; /* who became known to the board without any assurance */
    uint32_t ideas;
    uint32_t ballots; /* given or changed */
};

struct pulse {
    uint64_t begin_ms; /* of the first span */
    uint64_t step_ms;  /* 0: nothing has happened yet */
    uint32_t count;    /* spans up to the last in which something happened */
    struct pulse_span spans[PULSE_SPANS];
    uint64_t minute; /* the latest, since 1970 */
    struct pulse_span minutes[PULSE_MINUTES];
};

void pulse_add(struct pulse *pulse, uint64_t at_ms, const struct pulse_span *what);

/* All that happened in the minutes from since_ms up to, not with, until_ms: exact to the
   minute for the latest PULSE_MINUTES, to the span before that. */
struct pulse_span pulse_between(const struct pulse *pulse, uint64_t since_ms,
                                uint64_t until_ms);

#endif
