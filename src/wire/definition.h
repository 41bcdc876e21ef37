/*
 * definition — a board's definition as JSON, in its creation entry. Pure.
 *
 * draft is written only where it is true, and licence only where it is another than the
 * default: the first boards' logs do not have them.
 */
#ifndef WIRE_DEFINITION_H
#define WIRE_DEFINITION_H

#include "base/buf.h"
#include "core/definition.h"
#include "pinson/error.h"

/* Canonical bytes: keys sorted, no space. */
void definition_write(struct buf *to, const struct definition *definition);
/* ERR_PARSE: not a definition as definition_write writes it. */
MUST_USE enum err definition_parse(struct view bytes, struct definition *out);

#endif
