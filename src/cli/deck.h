/*
 * deck — what a rehearsal plays: people, the ideas they wrote and the ballots they cast, each
 * person's in their order. From a Polis export, or invented from a seed.
 */
#ifndef CLI_DECK_H
#define CLI_DECK_H

#include "cli/polis.h"

struct deck_ballot {
    uint64_t at_ms; /* since the first of all */
    uint32_t person;
    uint32_t idea;
    enum choice choice;
};

struct deck_idea {
    char *text; /* owned */
    uint32_t author;
    uint32_t move;   /* of an invented crowd: when it is posted, from 0 */
    uint32_t parent; /* what it builds on; 0: nothing */
    uint64_t at_ms;  /* when it was written; 0: now */
    uint64_t source; /* its id in the source */
    bool is_rejected;
};

struct deck {
    char *topic; /* owned */
    bool is_polis;
    uint32_t people;         /* numbered from 0 */
    struct deck_idea *ideas; /* owned; number n at n - 1 */
    size_t ideas_count;
    struct deck_ballot *ballots; /* owned; one person's after the other's */
    size_t ballots_count;
    size_t *firsts; /* where each person's begin, and their end; owned, people + 1 */
};

/* Takes everything it needs out of polis. */
void deck_of_polis(struct deck *deck, struct polis *polis);
/* A crowd of that size: each idea has a quality from which opinions are drawn. */
void deck_invent(struct deck *deck, uint32_t people, uint32_t ideas, uint64_t seed);
/* Has the ideas of an invented crowd posted in so many moves; half of the later ones build on
   an earlier one. */
void deck_spread(struct deck *deck, uint32_t moves, uint64_t seed);
void deck_finish(struct deck *deck);

/* What the person says of the idea in the end; CHOICE_NONE: nothing. */
enum choice deck_choice(const struct deck *deck, uint32_t person, uint32_t idea);

/* The next of a stream of random numbers, which is the same for the same seed. */
uint64_t deck_chance(uint64_t *state);
/* true in so many cases of a million. */
bool deck_happens(uint64_t *state, uint64_t ppm);

#endif
