/*
 * similar — which ideas say much the same as a text that somebody is writing.
 *
 * Pure. Texts are compared by their trigrams as PostgreSQL's pg_trgm takes them
 * (https://www.postgresql.org/docs/current/pgtrgm.html): of each word, two spaces before it
 * and one behind it, every three characters in a row; without case and accents. Of the sets
 * Q of what is written and D of an idea, the likeness is
 *
 *     2/3 · |Q ∩ D| / min(|Q|, |D|)  +  1/3 · |Q ∩ D| / |Q ∪ D|
 *
 * The first part (Szymkiewicz and Simpson's overlap) finds the idea that begins, or holds,
 * what is typed so far, and the short idea that a long text repeats; the second (Jaccard's
 * index, pg_trgm's similarity) puts the idea that says nothing else first. An idea of few
 * trigrams counts in the minimum as SIMILAR_SHORT: a single word is not all that is said.
 *
 * The index holds postings, from a trigram to the ideas that have it: four bytes for each of
 * an idea's trigrams (some 100 of a sentence or two, never more than SIMILAR_TRIGRAMS) and up
 * to as many again of slack, six an idea, and about 80 for each different trigram (some
 * thousands in a language). Measured: 630 an idea on a board of 20,000.
 */
#ifndef CORE_SIMILAR_H
#define CORE_SIMILAR_H

#include "base/map.h"
#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

enum {
    SIMILAR_TRIGRAMS = 2048, /* of a text that are looked at; 280 characters have some 300 */
    SIMILAR_LETTERS = 3,     /* of a text that is looked for, at least */
    SIMILAR_SHORT = 12,      /* trigrams: two or three words */

    /* Likeness in thousandths below which nothing is offered. Of 67 ideas of two other
       towns' consultations on other questions none finds anything among the 371 of a third;
       each of those is found by its own first 30 characters. */
    SIMILAR_LEAST = 550
};

struct similar {
    struct map postings; /* trigram → struct posting *, owned */
    uint32_t *sizes;     /* of idea n at n - 1, in trigrams; 0: not in the index; owned */
    uint16_t *shared;    /* likewise: with what is looked for; zero between calls; owned */
    size_t room;         /* of both */
};

struct likeness {
    uint32_t idea;
    uint32_t thousandths; /* SIMILAR_LEAST..1000, rounded down */
};

/* init/finish on the caller's memory. */
void similar_init(struct similar *index);
void similar_finish(struct similar *index);

/* The idea is not in the index yet; a text without letters stays out. Numbers that rise are
   added at no cost but that of their text. */
void similar_add(struct similar *index, uint32_t idea, struct view text);
/* With the text that it was added with. */
void similar_remove(struct similar *index, uint32_t idea, struct view text);

/* The likest ideas first, of equal ones the lower number; returns how many, at most room. */
size_t similar_find(struct similar *index, struct view text, struct likeness *out, size_t room);

#endif
