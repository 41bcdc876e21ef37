/*
 * story — random histories of a board: sense and nonsense, as people and machines bring it,
 * through rounds of all kinds. The same seed tells the same story.
 */
#ifndef SUPPORT_STORY_H
#define SUPPORT_STORY_H

#include "support/history.h"

#include <stdbool.h>

struct chance {
    uint64_t state;
};

uint64_t chance_next(struct chance *chance);
uint32_t chance_below(struct chance *chance, uint32_t bound); /* 0..bound - 1 */
bool chance_one_in(struct chance *chance, uint32_t bound);

enum {
    STORY_PEOPLE = 9, /* keys 1 to 9; not all of them are known, some are staff */
    STORY_LEAD = 10   /* who leads, and does nothing else */
};

/* An empty log, then a board with rules of its own and some people. */
void story_begin(struct history *history, struct chance *chance);
/* The next entry: mostly a gesture that may succeed, sometimes one that cannot, a repeat, or a
   while later. */
struct decision story_step(struct history *history, struct chance *chance);

/* A ballot: vote, change or withdrawal of a random idea. */
struct command story_ballot(struct history *history, struct chance *chance, uint64_t person);

#endif
