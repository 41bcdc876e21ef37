/*
 * board — one consultation, folded from its log.
 *
 * Pure: no clock, no chance, no I/O. The same entries give the same board, whatever
 * process folds them, at once or in pieces. Outside core/ the fields are read only;
 * the one way to change a board is board_apply (core/apply.h).
 *
 * Ownership: a board owns its ideas and people. Pointers to them stay valid until the
 * next board_apply or board_destroy.
 */
#ifndef CORE_BOARD_H
#define CORE_BOARD_H

#include "base/map.h"
#include "base/mem.h"
#include "core/command.h"
#include "core/final.h"
#include "core/idea.h"
#include "core/moderation.h"
#include "core/person.h"
#include "core/pulse.h"
#include "core/ranking.h"
#include "pinson/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An idea that was shown to a person who has not answered yet. */
struct serving {
    uint64_t at_ms;
    uint32_t version;
    uint32_t person; /* 0: it waits for no answer, or the same was shown again */
    uint32_t idea;
};

/* Servings in the order in which they expire. */
struct serving_queue {
    struct serving *items; /* owned */
    size_t first;
    size_t count; /* items first..first + count */
    size_t room;
};

/* What a round came to: as it closed, or as it would close now. Zeroed is an empty one. */
struct round_result {
    struct selection selection;
    uint32_t judges;       /* people of whom the round counts a ballot */
    uint32_t participants; /* people with an act on the board */
    bool final;
    struct verdict verdict;                  /* of a final */
    struct group_tally groups[LIMIT_GROUPS]; /* what each group says of the winner */
    uint32_t groups_count;
};

struct round {
    enum round_state state;
    uint64_t changed_version; /* of the last entry that changed anything of this */
    uint64_t members_version; /* of the last one that changed who is in it, what became of
                                 them, or what may be seen of them */
    uint64_t opened_version;  /* of the entry that opened it: the seed of its queue; 0: none */
    uint64_t opened_ms;
    struct entry_id opened_id;
    uint64_t closed_version; /* of the entry that closed it; 0: none */
    uint64_t closed_ms;
    struct digest closed_head; /* of the chain with that entry */
    uint64_t closes_at_ms;     /* as it stands now; 0: when the lead closes it */
    uint64_t scheduled_ms;     /* as it was when it opened, before any extension */
    uint64_t paused_ms;        /* since when */
    uint32_t extended;         /* minutes added */
    uint32_t previews;         /* while its scores were closed */
    uint32_t reopenings;
    bool early;          /* closed before its time */
    uint32_t cast;       /* ballots ever given in it: none, and a step back is possible */
    uint32_t done;       /* people who say that they have finished */
    uint32_t candidates; /* ideas that it began with */
    uint32_t joined;     /* ideas that were posted into it */
    struct round_result *result; /* once it is closed; owned */
};

/* Where the line runs, for the queue. It may be some commands old: core/serve.h. */
struct line {
    bool drawn;
    uint32_t ppm;
    uint64_t version; /* of the board when it was looked at */
    bool used;        /* somebody was served since */
};

/*
 * What a fold leaves out, to see whether the result depends on it. Everything else is
 * folded as it stands in the log; what then is impossible is refused as ever.
 */
struct omission {
    bool guests;     /* ballots of people without any assurance */
    bool seeds;      /* ideas put in by staff take no part */
    bool staff;      /* hides, restores, merges and unmerges by people are refused */
    bool extensions; /* a round takes no ballot after its first schedule */
    bool earlier;    /* a final counts fresh ballots only */
    bool opposition; /* the final goes to most favourable ballots, whatever the others */
    const struct map *people; /* numbers of people whose ballots do not count; NULL: none */
};

/* Ideas that came in together from somewhere else. */
struct import {
    struct source source; /* where from, and which */
    uint64_t at_ms;
    uint32_t first; /* number of its first idea: they follow each other */
    uint32_t ideas;
    uint32_t person; /* who brought it; 0: the system */
    bool complete;   /* all that was announced came */
    bool undone;
};

/* What an import told of the ballots on a finalist by a group, whose people it does not name.
 */
struct told {
    uint32_t round;
    uint32_t idea;
    struct group_tally tally;
};

enum {
    VETTED_JUDGES = 5 /* so many others have judged it: no one person put it on a wall */
};

struct board {
    /* the log so far */
    uint64_t version; /* entries folded */
    struct digest head;
    uint64_t epoch;
    struct entry_id last;

    struct omission omission; /* nothing, but in a fold that asks what if */

    enum board_state state;
    struct op created_by; /* the op of the creation entry */
    struct definition definition;
    struct round rounds[LIMIT_ROUNDS];
    uint32_t round;           /* number of the one that was opened last, from 1; 0: none */
    uint64_t defined_version; /* of the last entry that changed the definition or a role */
    struct source importing;  /* while an import is under way */
    uint32_t intake_left;     /* ideas that an intake under way has still to bring */
    struct import *imports;   /* in the order of the log; owned */
    size_t imports_count;
    size_t imports_room;
    struct told *told; /* in the order of the log, and so of rounds; owned */
    size_t told_count;
    size_t told_room;

    struct idea *ideas; /* number n at n - 1; owned */
    size_t ideas_count;
    size_t ideas_room;
    struct followup *followups; /* of all ideas, in the order of the log; owned */
    size_t followups_count;
    size_t followups_room;
    struct person *people; /* by number, like ideas; owned */
    size_t people_count;
    size_t people_room;
    struct map people_by_key;

    struct report *reports; /* as they came; owned */
    size_t reports_count;
    size_t reports_room;
    struct record *records; /* likewise */
    size_t records_count;
    size_t records_room;
    uint32_t *reported; /* people with an open report, in no order; owned */
    size_t reported_count;
    size_t reported_room;
    bool frozen; /* nobody but staff writes */
    bool
        premoderates; /* from one minute of the day to another, or always when both are equal */
    uint32_t premoderates_from; /* in UTC */
    uint32_t premoderates_until;
    struct ref announcement; /* what staff say to all; none: nothing */
    uint64_t announced_ms;
    uint64_t announced_version; /* also of when it was taken back; 0: never */

    size_t active_people; /* with at least one act */
    uint64_t ballots;     /* standing, on any idea */

    size_t merged; /* ideas that are part of another */

    struct pulse pulse; /* when it happened, seeds apart */

    /* what the round ranks, and its mean at the last refresh (live score) */
    struct pool sums;
    struct pool pool;
    uint64_t pool_version;

    struct serving_queue servings;
    struct line line;
};

struct board *board_create(void); /* empty, at version 0 */
void board_destroy(struct board *board);

const struct idea *board_idea(const struct board *board, uint64_t number); /* or NULL */
const struct person *board_person(const struct board *board, uint64_t number);
/* Number of the person with that key; 0: never seen. */
uint32_t board_person_number(const struct board *board, uint64_t key);
/* The round that was opened last, whatever became of it, or NULL. */
const struct round_definition *board_round(const struct board *board);
/* That round takes what it allows now: it is neither paused nor closed. */
bool board_is_open(const struct board *board);

/* A round has closed, and the next has not been opened. */
bool board_is_between(const struct board *board);

/* The fold leaves something out. */
bool board_omits(const struct board *board);

/* The idea is judged and ranked in that round. */
bool board_competes(const struct board *board, const struct idea *idea);
/* The idea may be shown to a room: it is shown, no report stands against it, and staff put it
   in or approved it, or enough people other than its author have judged it. */
bool board_is_vetted(const struct board *board, const struct idea *idea);
/* What was said of the idea after that (first: NULL), the oldest first; or NULL. */
const struct followup *board_next_followup(const struct board *board, const struct idea *idea,
                                           const struct followup *after);
/* The import of that name, or NULL. */
const struct import *board_import(const struct board *board, const struct source *source);
/* What an import told of that group on the idea in the present round; all zero: nothing. */
struct group_tally board_told(const struct board *board, uint32_t idea, uint32_t group);
/* The idea that stands for it: itself, or what it was merged into. */
const struct idea *board_survivor(const struct board *board, const struct idea *idea);
/* The next idea that is part of root, beginning with root itself (after NULL); or NULL. */
const struct idea *board_next_part(const struct board *board, const struct idea *root,
                                   const struct idea *after);

/* The person wrote that surviving idea or a part of it, and is no judge of it. */
bool board_wrote(const struct board *board, const struct person *person,
                 const struct idea *root);

/* Live: with the mean of the last refresh; in a final the plain share. Millionths. */
uint32_t board_score(const struct board *board, const struct idea *idea);

/* The ballot of the person that counts for a surviving idea in the present round, or NULL:
   of several on merged ideas the latest. */
const struct ballot *board_counted(const struct board *board, const struct person *person,
                                   const struct idea *root);

/* What would be counted if these ideas, each a survivor, were one: of each person the latest
   ballot, and none of who wrote one of them. */
struct tally board_union(const struct board *board, const uint32_t *ideas, size_t count);

AUTO_DEFINE(board, board_destroy)

#endif
