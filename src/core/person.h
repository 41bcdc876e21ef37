/*
 * person — someone on a board: what they judged, were shown, and their latest gestures.
 *
 * Pure. Ballots are a small open-addressing table per person, eight bytes a slot: the
 * millions of them are most of the memory of a board.
 */
#ifndef CORE_PERSON_H
#define CORE_PERSON_H

#include "core/command.h"
#include "core/idea.h"
#include "pinson/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What happened between a person and an idea. */
struct ballot {
    uint32_t idea : 21; /* number; 0: a free slot */
    uint32_t choice : 2;
    uint32_t served : 1;    /* ever, on this board */
    uint32_t in_flight : 1; /* served and neither answered nor expired */
    uint32_t skipped : 1;   /* "later" */
    uint32_t reported : 1;
    uint32_t cast_in : 5; /* the round in which the choice was last given; 0: none was open */
    uint32_t version;     /* of the entry that gave the choice; 0: none was given */
};

/* How a gesture was answered. */
struct answer {
    uint32_t op_high; /* of op_hash, of which 56 bits are kept: they are compared with 128 */
    uint32_t op_low : 24;
    uint32_t err : 8;
    uint32_t version;
};

struct person {
    uint64_t key;
    uint32_t number;
    enum assurance assurance;
    enum role role;
    uint64_t role_ms; /* when the role was given; 0: it came with the person */
    struct ref name;  /* none: the given pseudonym */
    bool renamed;
    uint32_t acts;          /* accepted */
    uint32_t posts;         /* in the open round */
    uint32_t votes;         /* ideas judged in the open round */
    uint32_t judged;        /* ideas on which a ballot of theirs stands */
    uint32_t served;        /* servings in the open round */
    uint32_t served_before; /* in the one before it, for a step back */
    uint32_t done;          /* bit n - 1: they said that they had finished round n */
    uint64_t groups;        /* declared: bit g - 1 for the board's group g */
    bool declared;

    struct ballot *ballots; /* owned */
    uint32_t ballots_room;  /* a power of two, or 0 */
    uint32_t ballots_count;

    struct answer *answers; /* owned; a ring of the latest LIMIT_OPS_REMEMBERED */
    uint32_t answers_room;
    uint32_t answers_count; /* ever */

    uint32_t *own; /* numbers of their ideas, in order; owned */
    size_t own_count;
    size_t own_room;

    uint32_t *follows; /* numbers of the ideas of others that they follow, sorted; owned */
    size_t follows_count;
    size_t follows_room;

    struct ref *notes; /* words of their reports, for when they are erased; owned */
    size_t notes_count;
    size_t notes_room;

    uint64_t suspended_until_ms; /* 0: never was */
    uint32_t suspended;          /* the record of it, from 1 */
    uint32_t reports;            /* open ones against them */
    uint64_t waiting_ms;         /* since the first of those; 0: none */
    uint32_t first_report;       /* in the board's reports, from 1; 0: none */
    uint32_t last_report;
    struct lease lease;
    uint32_t holds_idea; /* the case that they were given last; 0: none */
    uint32_t holds_person;

    bool erased;     /* they act no more, and nobody is shown who they were */
    uint32_t *wrote; /* then: what their own ideas were, for the rules on own ballots and
                        nothing else; in order; owned */
    size_t wrote_count;
};

/* Someone who has just arrived, and has no number yet. */
extern const struct person person_newcomer;

void person_finish(struct person *person);

const struct ballot *person_ballot(const struct person *person, uint32_t idea); /* or NULL */
/* Made when there is none; valid until the next call. */
struct ballot *person_ballot_get(struct person *person, uint32_t idea);

const struct answer *person_answer(const struct person *person, struct op op); /* or NULL */
void person_remember(struct person *person, struct op op, uint64_t version, enum err err);

void person_add_own(struct person *person, uint32_t idea);

/* Staff keep them from writing and judging. */
bool person_is_suspended(const struct person *person, uint64_t now_ms);

/* It is theirs, or was before they were erased: no ballot of theirs counts on it. */
bool person_wrote(const struct person *person, const struct idea *idea);

bool person_follows(const struct person *person, uint32_t idea);
/* true: that changed something. */
bool person_set_follows(struct person *person, uint32_t idea, bool on);

void person_add_note(struct person *person, struct ref note);
/* Gives up the person's own ideas: what they were is kept for the rules on own ballots. */
void person_disown(struct person *person);

#endif
