/* idea — one idea or reply of a board, and what it has gathered. Pure values. */
#ifndef CORE_IDEA_H
#define CORE_IDEA_H

#include "core/command.h"
#include "core/selection.h"

#include <stdbool.h>
#include <stdint.h>

enum idea_state {
    IDEA_SHOWN,
    IDEA_PENDING,
    IDEA_HIDDEN,
    IDEA_MERGED,
    IDEA_WITHDRAWN
};

/* Who of the staff has it before them, so that no other is given the same. */
struct lease {
    uint64_t until_ms;
    uint32_t person; /* number; 0: nobody ever */
};

/* What was said of an idea once: an entry of its history. */
struct followup {
    enum followup_status status;
    uint32_t next_by; /* a day, as 20261123; 0: not said */
    struct ref answer;
    uint64_t at_ms;
    uint64_t version;
    uint32_t next; /* of the same idea, as its first_followup; 0: the latest */
};

/* What a round made of an idea, and why. */
struct past {
    unsigned char outcome; /* enum outcome */
    unsigned char ground;  /* enum ground */
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
    uint32_t posted_in;   /* number of the round in which it was posted; 0: none was open */
    uint32_t candidate;   /* the last round that it took part in; 0: none */
    enum outcome outcome; /* of that round, once it is closed */
    enum ground ground;
    struct past past[LIMIT_ROUNDS]; /* both, as each round left them */
    uint32_t merged_into;           /* the idea that it became part of; 0: none */
    uint32_t merged_in;             /* the round in which that was done */
    uint32_t first_merged;          /* of those that became part of this one; 0: none */
    uint32_t next_merged;           /* its next sibling among them; 0: none */
    enum relation relation;
    enum idea_state state;
    enum reason reason; /* why it is hidden */
    char lang[LANG_BYTES];
    bool seed;
    bool proxy;  /* staff wrote it for somebody in the room; it has no author */
    bool judged; /* by someone else: from then on its text stands */
    struct ref text;
    struct ref source_text;
    struct source source;
    struct op op; /* of its posting */

    uint64_t at_ms; /* when it was posted, here or in its source */
    uint64_t created_version;
    uint64_t changed_version; /* of the last change of anything but its tally */
    uint64_t tallied_version; /* of the last change of its tally */

    struct tally tally; /* ballots that its last round counts */
    uint32_t in_flight; /* servings not answered and not expired */
    uint32_t distance;  /* from the line, when it was last looked at: core/queue.h */
    uint32_t reports;   /* by different people, against it as it stands */

    bool approved;         /* staff have read it and let it stand */
    uint32_t handled;      /* what staff did last that is true of it: a record of the board,
                              from 1; 0: nothing */
    uint32_t appealable;   /* the record that its author may appeal against; 0: none */
    uint32_t appealed;     /* the record that its author appealed against; 0: none yet */
    uint32_t first_report; /* in the board's reports, from 1; 0: none */
    uint32_t last_report;
    uint64_t waiting_ms; /* since when staff are to look at it; 0: they are not */
    struct lease lease;

    struct hands hands; /* of the latest show of hands; beside the ballots, in no tally */
    uint64_t hands_ms;  /* when it was; 0: there was none, or it was taken back */

    uint32_t followups;      /* how many */
    uint32_t first_followup; /* in the board's followups, from 1; 0: none */
    uint32_t last_followup;
};

#endif
