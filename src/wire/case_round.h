/*
 * case_round — the ideas, ballots and counts of a case, and what they come to.
 *
 * Pure; for the files of wire/case.
 */
#ifndef WIRE_CASE_ROUND_H
#define WIRE_CASE_ROUND_H

#include "core/selection.h"
#include "wire/case_read.h"
#include "wire/intern.h"

struct case_idea {
    uint32_t id;
    uint32_t theme;  /* number in themes; 0: none */
    uint32_t author; /* number in people; 0: none */
    bool hidden;
    struct tally tally; /* stays 0 of a hidden one */
};

/* init/finish on the caller's memory; zeroed is an empty one. Texts are those of the case. */
struct case_round {
    struct case_idea *ideas; /* owned */
    size_t count;
    struct map places; /* id → place in ideas */
    struct intern people;
    struct intern themes;
    struct map ballots; /* the last enum choice of a person on an idea, see case_ballot */
    uint64_t unknown;   /* ballots on no idea of the case */
    uint64_t hidden;
    uint64_t own;
};

void case_round_finish(struct case_round *round);

/* The ideas with their authors, their themes and whether they are hidden. */
void case_round_read_ideas(struct case_round *round, struct case_read *read);
/* Then what was said of them: adds to their tallies. */
void case_round_read_ballots(struct case_round *round, struct case_read *read);

struct case_idea *case_find_idea(const struct case_round *round, uint64_t id); /* or NULL */

/* Adds the tally {"a","d","p"} of a row, and complains when that is too much. */
void case_add_tally(struct case_read *read, const json_t *row, struct tally *tally);

/* CHOICE_NONE: none, or it was withdrawn. */
enum choice case_ballot(const struct case_round *round, uint32_t person,
                        const struct case_idea *idea);

/* Those that are not hidden. */
void case_round_select(const struct case_round *round, struct selection *selection);

void case_write_ignored(struct buf *to, const struct case_round *round); /* "ignored":{…} */

#endif
