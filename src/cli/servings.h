/*
 * servings — were the ideas served that the queue chooses? Each serving names the version of
 * the board on which it was chosen, which lies before the place that it got in the log: so
 * they are collected first, and recomputed as a fold passes the versions that they name.
 */
#ifndef CLI_SERVINGS_H
#define CLI_SERVINGS_H

#include "cli/fold.h"

struct serving_claim {
    uint64_t version; /* of the entry itself */
    uint64_t chosen_at;
    uint64_t chosen_ms;
    uint64_t person; /* key */
    uint32_t ideas[LIMIT_SERVE_COUNT];
    uint32_t count;
    bool agrees; /* the queue chose the same */
};

/* init/finish on the caller's memory; zeroed is an empty one. */
struct servings {
    struct serving_claim *claims; /* owned; in the order of the log */
    size_t count;
    size_t room;
    size_t *order; /* their places by chosen_at; owned */
    size_t next_chosen;
    size_t next_folded;
    uint64_t entries; /* of the log so far */
    uint64_t checked;
    uint64_t untold; /* of a board made again from an archive, which has no choice to check */
};

/* All of the log. */
MUST_USE enum err servings_collect(struct servings *servings, struct workspace *workspace,
                                   struct board_key key);
void servings_finish(struct servings *servings);

/* After each entry of a fold from the beginning. false: this entry is a serving that was
   accepted, and the queue would not have chosen it. */
bool servings_follow(struct servings *servings, const struct board *board,
                     const struct decision *decision);

#endif
