/*
 * crowd — the people of a deck at their browsers: each on a connection of their own, casting
 * one ballot after the other, with calls that are sent twice and connections that are cut.
 *
 * What is not answered is sent again with the same op, so that nothing may be lost and nothing
 * counted twice.
 */
#ifndef CLI_CROWD_H
#define CLI_CROWD_H

#include "auth/token.h"
#include "cli/deck.h"

#include <uv.h>

struct crowd_config {
    uv_loop_t *loop;
    const char *url;
    const char *slug;
    const struct deck *deck;    /* borrowed */
    const struct token *tokens; /* of each person's session; borrowed */
    uint64_t speed_ppm;         /* times real time; 0: as fast as is allowed */
    uint64_t repeat_ppm;
    uint64_t cut_ppm;
    uint64_t seed;
};

enum {
    CROWD_REASONS = 8,
    CROWD_REASON_BYTES = 32
};

struct crowd_result {
    uint64_t calls; /* sent, those sent again apart */
    uint64_t acknowledged;
    uint64_t refused;
    uint64_t repeated; /* sent twice on purpose */
    uint64_t resent;   /* because their answer did not come */
    uint64_t cut;      /* connections, on purpose */
    uint64_t lost;     /* connections that ended by themselves */
    uint64_t too_fast; /* answers that said to wait */
    uint64_t unavailable;
    uint32_t *latencies_us; /* of the acknowledged; owned, sorted */
    size_t latencies_count;
    double seconds;
    struct crowd_reason {
        char name[CROWD_REASON_BYTES];
        uint64_t count;
    } reasons[CROWD_REASONS]; /* why calls were refused */
};

/* Plays until everybody is done. ERR_PARAMS: the url is none; ERR_UNAVAILABLE: nobody answers
   there. */
MUST_USE enum err crowd_play(const struct crowd_config *config, struct crowd_result *out);
void crowd_result_finish(struct crowd_result *result);

#endif
