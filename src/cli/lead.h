/*
 * lead — whoever steers a rehearsed board: a connection that opens and closes its rounds, one
 * call after the other, each of which is waited for.
 */
#ifndef CLI_LEAD_H
#define CLI_LEAD_H

#include "base/text.h"
#include "pinson/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <uv.h>

struct ws_client;
struct ws_crowd;

struct lead {
    uv_loop_t *loop;
    struct ws_crowd *connections; /* borrowed */
    const char *slug;
    const char *token;
    struct ws_client *client; /* NULL: not connected */
    uv_timer_t timer;
    uint64_t id;      /* of the last call */
    json_t *answer;   /* to it, or NULL; owned */
    char refusal[64]; /* why the last call was refused; empty: it was not */
    bool is_connected;
    bool is_late;
    bool timer_closed;
};

/* The first call connects. Everything is borrowed. */
void lead_init(struct lead *lead, uv_loop_t *loop, struct ws_crowd *connections,
               const char *slug, const char *token);
/* Turns the loop: not to be called from a callback of it. */
void lead_finish(struct lead *lead);

/* Calls a method on a round; changes: with an op, the same until it is answered. out is the
   result, a new reference. ERR_CONFLICT: refused, and lead->refusal names why;
   ERR_UNAVAILABLE: nobody answers. */
MUST_USE enum err lead_call(struct lead *lead, const char *method, uint32_t round, bool changes,
                            json_t **out);

#endif
