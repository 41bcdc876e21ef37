/*
 * crowd — the people of a deck at their browsers: each on a connection of their own, making
 * one gesture after the other, with calls that are sent twice and connections that are cut.
 *
 * What is not answered is sent again with the same op, so that nothing may be lost and nothing
 * counted twice. A crowd stays together from one phase of a rehearsal to the next.
 */
#ifndef CLI_CROWD_H
#define CLI_CROWD_H

#include "auth/token.h"
#include "cli/hand.h"

#include <uv.h>

struct crowd;
struct ws_crowd;

struct crowd_config {
    uv_loop_t *loop;
    const char *url;
    const char *slug;
    const char *code;           /* by which they come in; NULL: by the slug */
    struct table *table;        /* borrowed; with its deck */
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
    uint64_t ballots;  /* acknowledged ones */
    uint64_t posts;    /* likewise */
    uint64_t servings; /* ideas that the queue gave */
    uint64_t skips;    /* of them, put off */
    uint64_t repeated; /* sent twice on purpose */
    uint64_t resent;   /* because their answer did not come */
    uint64_t cut;      /* connections, on purpose */
    uint64_t lost;     /* connections that ended by themselves */
    uint64_t too_fast; /* answers that said to wait */
    uint64_t unavailable;
    uint32_t *latencies_us; /* of the acknowledged; owned, sorted */
    size_t latencies_count;
    size_t latencies_room;
    double seconds;
    struct crowd_reason {
        char name[CROWD_REASON_BYTES];
        uint64_t count;
    } reasons[CROWD_REASONS]; /* why calls were refused */
};

/* ERR_PARAMS: the url is none. config is borrowed. */
MUST_USE enum err crowd_create(const struct crowd_config *config, struct crowd **out);
void crowd_destroy(struct crowd *crowd);

/* Plays the table's phase until everybody is done. ERR_UNAVAILABLE: nobody answers there. */
MUST_USE enum err crowd_play(struct crowd *crowd, struct crowd_result *out);
/* Puts what a phase came to on top of what there was. */
void crowd_result_add(struct crowd_result *sum, const struct crowd_result *result);
void crowd_result_finish(struct crowd_result *result);

/* For another connection to the same server; gone before the crowd is. */
struct ws_crowd *crowd_connections(const struct crowd *crowd);

#endif
