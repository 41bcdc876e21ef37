/*
 * command — what a person, staff or the system asks of a board; one entry of its log.
 *
 * Pure values. Texts are not in it: a command names them by reference and carries
 * their commitment, so that erasing a text leaves a log that still folds.
 */
#ifndef CORE_COMMAND_H
#define CORE_COMMAND_H

#include "base/hash.h"
#include "core/definition.h"

#include <stdbool.h>
#include <stdint.h>

enum command_kind {
#define X(symbol, name) symbol,
#include "core/command.def"
    COMMAND_KINDS
};

/* The place of an entry in its log: Redis' stream id. */
struct entry_id {
    uint64_t ms; /* since 1970: the only time that a fold knows */
    uint64_t seq;
};

/* A ULID made by the client: one a gesture. All zero: none. */
struct op {
    uint64_t high;
    uint64_t low;
};

enum assurance {
    ASSURANCE_GUEST,
    ASSURANCE_TICKET,
    ASSURANCE_MAIL,
    ASSURANCE_FRANCECONNECT,
    ASSURANCE_STAFF,
    ASSURANCE_PROXY
};

enum role {
    ROLE_VISITOR,
    ROLE_PARTICIPANT,
    ROLE_MODERATOR,
    ROLE_LEAD,
    ROLE_ADMIN
};

enum board_state {
    BOARD_DRAFT,
    BOARD_OPEN,
    BOARD_CLOSED,  /* no round opens any more; what was decided is followed up */
    BOARD_ARCHIVED /* it is only read */
};

enum choice {
    CHOICE_NONE, /* withdrawn, or served and not yet judged */
    CHOICE_AGREE,
    CHOICE_DISAGREE,
    CHOICE_PASS
};

enum reason {
    REASON_NONE,
    REASON_OFF_TOPIC,
    REASON_ABUSE,
    REASON_PERSONAL_DATA,
    REASON_SPAM,
    REASON_DUPLICATE,
    REASON_ILLEGAL,
    REASON_OTHER
};

/* What has become of an idea outside the board. */
enum followup_status {
    FOLLOWUP_PUBLISHED,
    FOLLOWUP_REVIEW,
    FOLLOWUP_ACCEPTED,
    FOLLOWUP_REFUSED,
    FOLLOWUP_PROGRESS,
    FOLLOWUP_DONE
};

/* What becomes of the ideas of a person who is erased. */
enum erasure {
    ERASURE_TEXTS,    /* they are withdrawn, and their words go */
    ERASURE_ANONYMOUS /* they stay, without an author */
};

/* What was decided of a report or an appeal. */
enum resolution {
    RESOLUTION_NONE,
    RESOLUTION_UPHELD,   /* whoever complained is right */
    RESOLUTION_DISMISSED /* all stays as it was */
};

enum {
    SOURCE_SYSTEM_BYTES = 16,
    SOURCE_ID_BYTES = 40,
    COMMAND_TEXTS = 2 + 3 + 2 * LIMIT_ROUNDS /* the most texts that one command names */
};

/* Hands that were raised for an idea in a room, as staff counted them. Never ballots. */
struct hands {
    uint32_t agree;
    uint32_t disagree;
    uint32_t pass;
};

/* What one group of those who judged an idea says of it. */
struct group_tally {
    uint32_t group; /* its number; from 1 in the order of the definition */
    uint32_t agree;
    uint32_t judged;
};

/* Where an imported idea stood before. Empty when it was posted here. */
struct source {
    char system[SOURCE_SYSTEM_BYTES];
    char id[SOURCE_ID_BYTES];
};

struct command {
    enum command_kind kind;
    uint64_t person; /* key of who acts; 0: the system */
    struct op op;
    uint64_t epoch;
    uint64_t at_ms; /* when it happened in the system that it is imported from; 0: now */

    uint32_t idea;      /* edit withdraw vote unvote skip report hide restore unmerge
                           follow status hands tell approve redact retheme appeal,
                           take (0: a person); merge: what the others become part of */
    enum choice choice; /* vote */
    enum reason reason; /* report hide redact suspend unname */
    uint64_t target;    /* role: person key · report suspend unsuspend unname take: person
                           number · epoch: the new one · resolve, undo: number of the report */
    enum role role;     /* role invite */
    uint32_t count;     /* invite: how many links are made */
    enum assurance assurance;    /* person */
    struct text_use text;        /* post edit rename report hide merge status redact suspend
                                    announce appeal */
    struct text_use source_text; /* post: title and address of where it exists already */

    /* post */
    enum relation relation;
    uint32_t parent;
    uint32_t with;
    uint32_t theme; /* 1.. in the order of the definition; 0: none */
    char lang[LANG_BYTES];
    bool seed;
    bool proxy;           /* staff write it for somebody who is there without a device */
    bool held;            /* post edit: staff look at it before others do */
    struct source source; /* also import, intake, unimport: which system, which import */
    bool done;            /* import: its last entry */
    uint32_t rows;        /* intake: how many ideas follow it */
    uint32_t first;       /* intake: number that the first of them must get; 0: any */

    /* serve, merge, declare (numbers of groups, from 1) */
    uint32_t ideas[LIMIT_COMMAND_NUMBERS];
    uint32_t ideas_count;
    uint64_t chosen_at; /* serve: version of the board that the choice was made on */
    uint64_t chosen_ms; /* serve take: when, by the clock of the node that chose */

    /* open pause close reopen reveal extend revise preview done */
    uint32_t round;
    uint32_t minutes;        /* extend */
    struct digest rule_hash; /* open, close: of the rule that is applied; all zero: none */

    bool on;                     /* follow freeze premoderate */
    enum followup_status status; /* status */
    uint32_t next_by;            /* status: when more will be said, as 20261123; 0: not said */
    enum erasure erasure;        /* erase */
    uint64_t until_ms;           /* suspend */
    uint32_t from_minute; /* premoderate: of the day, in UTC; equal to the other: always */
    uint32_t until_minute;
    enum resolution resolution;   /* resolve */
    enum board_state board_state; /* state */
    struct hands hands;           /* hands */
    struct group_tally told;      /* tell: what a group said of the idea */

    struct definition *definition; /* create define; revise: its first round; owned, NULL
                                       otherwise */
};

struct entry {
    struct entry_id id;
    struct view bytes; /* as stored: what the chain is made of; borrowed */
    struct command command;
};

void command_finish(struct command *command); /* releases what it owns */

const char *command_name(enum command_kind kind);

/* Every text that the command names, at most COMMAND_TEXTS; returns how many. Borrowed. */
size_t command_texts(const struct command *command, const struct text_use **out);

/* One of its ideas is named more than once. */
bool command_has_twice(const struct command *command);

bool op_is_none(struct op op);
uint64_t op_hash(struct op op);
/* Milliseconds since 1970 of the client's clock when the gesture was made. */
uint64_t op_time_ms(struct op op);

int entry_id_compare(struct entry_id a, struct entry_id b);

#endif
