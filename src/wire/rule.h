/*
 * rule — who goes on at the end of a round, as JSON. Pure.
 *
 * {"carry_over":true,"keep":{"top":10},"min_judges":12,"quota":[{"at_least":1,"theme":3}]}
 *
 * keep is {"top":seats}, {"share":part}, {"at_least":support} or null, and a rule that says
 * nothing at all is null. Quotas name their theme by its number in the log, which must be
 * readable without the definition, and by its name where people write or read a rule.
 */
#ifndef WIRE_RULE_H
#define WIRE_RULE_H

#include "base/buf.h"
#include "core/definition.h"
#include "pinson/error.h"
#include "wire/field.h"

#include <jansson.h>

/* Canonical bytes: keys sorted, no space, the shortest decimals. Themes by their name in the
   definition; NULL: by number. */
void rule_write(struct buf *to, const struct rule *rule, const struct definition *definition);

/* BLAKE2b-256 of the canonical bytes with themes by number: what a round's rule_hash is. */
struct digest rule_hash(const struct rule *rule);

/* ERR_PARAMS: field says what is wrong. Themes by name of the definition; NULL: by number. */
MUST_USE enum err rule_parse(json_t *json, const struct definition *definition,
                             struct rule *out, struct field *field);

#endif
