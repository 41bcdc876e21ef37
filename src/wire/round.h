/*
 * round — the definition of one round as JSON. Pure.
 *
 * As people write it, in board.create, round.edit and files of rounds, every member may be
 * left out; a final then allows everything but new ideas:
 *   {"title","prompt","final","allows","compete","ballots","scores","counts","reveal",
 *    "posts_per_person","votes_per_person","serving_s","opens_at","closes_at","minutes","rule"}
 *
 * In the log texts are references, times are milliseconds and themes are numbers. What came
 * after the first boards were made is written only where it is not the default, so that
 * their logs are still spelled as they were.
 */
#ifndef WIRE_ROUND_H
#define WIRE_ROUND_H

#include "base/buf.h"
#include "core/definition.h"
#include "pinson/error.h"
#include "wire/field.h"

#include <jansson.h>

/* What a round says to people. Borrowed. */
struct round_words {
    struct view title;
    struct view prompt;
};

/* Canonical bytes, as in the log: keys sorted, no space. */
void round_definition_write(struct buf *to, const struct round_definition *round);
/* ERR_PARSE: not a round as round_definition_write writes it. Its themes may be none of the
   board's: round_themes_exist. */
MUST_USE enum err round_definition_parse(struct view bytes, struct round_definition *out);
/* The same of a tree, in any spelling; the rule's hash is set. false: it is none. */
bool round_definition_read(json_t *json, struct round_definition *out);
/* The kinds of ideas that take part, as an array of their names. parse: false, it is none. */
void round_compete_write(struct buf *to, unsigned compete);
MUST_USE bool round_compete_parse(const json_t *json, unsigned *out);
bool round_themes_exist(const struct round_definition *round,
                        const struct definition *definition);

/* A round as people write it, with the themes of the definition; out gets no texts. ERR_PARAMS:
   field says what is wrong, as a path in the round. */
MUST_USE enum err round_parse(json_t *json, const struct definition *definition,
                              struct round_definition *out, struct round_words *words,
                              struct field *field);
/* Changes of a round that is there: what is left out stays as it is, null is none, a rule is
   replaced whole. A word that is left out has ptr NULL in words. On failure nothing changes. */
MUST_USE enum err round_revise(json_t *json, const struct definition *definition,
                               struct round_definition *round, struct round_words *words,
                               struct field *field);

#endif
