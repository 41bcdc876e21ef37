/*
 * phrases — what a board says of itself in French and in English, as plain text. Pure.
 *
 * The words are those of the screens. Pages escape what they take from here; the calendar and
 * the feed take it as it is.
 */
#ifndef EXPORT_PHRASES_H
#define EXPORT_PHRASES_H

#include "base/buf.h"
#include "core/board.h"
#include "wire/view.h"

enum tongue {
    FRENCH,
    ENGLISH
};

/* Of a language tag; French for what is neither. */
enum tongue tongue_of(struct view lang);
const char *tongue_name(enum tongue tongue); /* "fr", "en" */

const char *say(enum tongue tongue, const char *french, const char *english);

/* A thing that is counted, in the singular and the plural of both languages. */
struct noun {
    const char *french;
    const char *frenches;
    const char *english;
    const char *englishes;
};

extern const struct noun noun_idea;
extern const struct noun noun_participant;
extern const struct noun noun_opinion;
extern const struct noun noun_reply;

void phrase_number(struct buf *to, enum tongue tongue, uint64_t number);
void phrase_count(struct buf *to, enum tongue tongue, uint64_t count, const struct noun *noun);
/* Only the word, where the number stands elsewhere. */
const char *phrase_noun(enum tongue tongue, uint64_t count, const struct noun *noun);
/* A whole percentage of part in whole; 0 of nothing. */
void phrase_percent(struct buf *to, enum tongue tongue, uint64_t part, uint64_t whole);
/* "23 novembre 2026 à 10:00 UTC": whoever writes does not know where it is read. */
void phrase_moment(struct buf *to, enum tongue tongue, uint64_t ms);
/* Of a day as 20261123. */
void phrase_day(struct buf *to, enum tongue tongue, uint32_t day);
/* "en retard de 3 jours" */
void phrase_late(struct buf *to, enum tongue tongue, uint32_t days);

/* "62 % Pour"; "3 Pour sur 4 avis" where a percentage would say more than is known. */
void phrase_support(struct buf *to, enum tongue tongue, const struct tally *tally);
/* "29 Pour, 6 Sans avis, 8 Contre, sur 43 avis" */
void phrase_tally(struct buf *to, enum tongue tongue, const struct tally *tally);
/* "entre 41 et 63 %": never narrower than it is. In ten-thousandths. */
void phrase_interval(struct buf *to, enum tongue tongue, uint32_t low, uint32_t high);

/* "Tour 2 sur 3"; where nobody votes, "Étape 1 sur 3"; the title of an only round. */
void phrase_round(struct buf *to, enum tongue tongue, const struct viewer *viewer,
                  uint32_t number);
const char *phrase_round_state(enum tongue tongue, enum round_state state);
const char *phrase_scores(enum tongue tongue, enum scores scores);

/* The rule of a round as it was published, a sentence a line. */
void phrase_rule(struct buf *to, enum tongue tongue, const struct definition *definition,
                 uint32_t number);

/* "Qualifiée : place réservée à son thème"; NULL: nothing was decided. */
const char *phrase_outcome(enum tongue tongue, enum outcome outcome, enum ground ground);

const char *phrase_relation(enum tongue tongue, enum relation relation); /* "Enrichit" */
/* Why the words of an idea are not there. */
const char *phrase_state(enum tongue tongue, enum idea_state state);

const char *phrase_followup(enum tongue tongue, enum followup_status status);

/* The chosen name or the given one, as it is; nothing for somebody who was erased. */
void phrase_author(struct buf *to, const struct viewer *viewer, uint32_t person);

#endif
