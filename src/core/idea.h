/* idea — one idea or reply of a board, and what it has gathered. Pure values. */
#ifndef CORE_IDEA_H
#define CORE_IDEA_H

#include "core/command.h"

#include <stdbool.h>
#include <stdint.h>

enum idea_state {
    IDEA_SHOWN,
    IDEA_PENDING,
    IDEA_HIDDEN,
    IDEA_MERGED,
    IDEA_WITHDRAWN
};

/* Ballots that the round counts. */
struct tally {
    uint32_t agree;
    uint32_t disagree;
    uint32_t pass;
};

struct idea {
    uint32_t number;
    uint32_t author; /* person number; 0: none, an import without author */
    uint32_t parent; /* idea number; 0: a root */
    uint32_t with;   /* an earlier idea that it crosses with the first; 0: none */
    uint32_t root;
    uint32_t depth;
    uint32_t replies; /* direct ones that are shown */
    uint32_t theme;
    enum relation relation;
    enum idea_state state;
    enum reason reason; /* why it is hidden */
    char lang[LANG_BYTES];
    bool seed;
    bool judged; /* by someone else: from then on its text stands */
    struct ref text;
    struct ref source_text;
    struct source source;
    struct op op; /* of its posting */

    uint64_t at_ms; /* when it was posted, here or in its source */
    uint64_t created_version;
    uint64_t changed_version; /* of the last change of anything but its tally */
    uint64_t tallied_version; /* of the last change of its tally */

    struct tally tally;
    uint32_t in_flight; /* servings not answered and not expired */
    uint32_t reports;   /* by different people */
};

uint32_t tally_judged(const struct tally *tally);            /* n: passes count */
uint32_t *tally_of(struct tally *tally, enum choice choice); /* not for CHOICE_NONE */

#endif
