/*
 * definition — a board's definition as JSON: in its creation entry, in the parameters of
 * board.create, in a file of rounds. Pure.
 */
#ifndef WIRE_DEFINITION_H
#define WIRE_DEFINITION_H

#include "base/buf.h"
#include "core/definition.h"
#include "pinson/error.h"
#include "wire/scan.h"

#include <jansson.h>

/* Canonical bytes: keys sorted, no space. */
void definition_write(struct buf *to, const struct definition *definition);
/* ERR_PARSE: not a definition as definition_write writes it. */
MUST_USE enum err definition_parse(struct view bytes, struct definition *out);

/* ["<ref>","<hash>",length]. */
void text_use_write(struct buf *to, const struct text_use *text);
void text_use_read(struct scan *scan, struct text_use *out);

/*
 * A round as people write it: {"title","prompt","allows","compete","ballots","scores",
 * "posts_per_person","votes_per_person","serving_s"}, each with a default. Title and
 * prompt are given back as borrowed texts, for the caller to store. field (32 bytes)
 * names what is wrong on ERR_PARAMS.
 */
MUST_USE enum err round_parse(json_t *json, struct round_definition *out, struct view *title,
                              struct view *prompt, char *field);

#endif
