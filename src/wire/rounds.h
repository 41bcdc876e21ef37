/*
 * rounds — the rounds of a board one after the other: a list as people write it, and what must
 * hold between them. Pure.
 */
#ifndef WIRE_ROUNDS_H
#define WIRE_ROUNDS_H

#include "wire/round.h"

/*
 * A JSON list of rounds in place of those of the definition, whose themes are set already.
 * words has LIMIT_ROUNDS places and borrows from the list. ERR_PARAMS: field says what is
 * wrong, as `rounds[2].rule.keep.top`, or `rounds` for the list itself.
 */
MUST_USE enum err rounds_parse(json_t *list, struct definition *definition,
                               struct round_words *words, struct field *field);

/*
 * What every board's rounds must hold, made or edited: a final comes last and not alone, takes
 * no new idea and is told by no rule who goes on; times go forward; quotas name themes of the
 * board; and all of it, its texts included, fits an entry of the log. ERR_PARAMS: field says
 * where it does not.
 */
MUST_USE enum err rounds_check(const struct definition *definition, struct field *field);

#endif
