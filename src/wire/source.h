/*
 * source — where an idea exists already, in words: as its author gave it, or an import. Pure.
 *
 * Kept as a text beside the log: {"title","url"} and, of what was done elsewhere, "place" and
 * "result".
 */
#ifndef WIRE_SOURCE_H
#define WIRE_SOURCE_H

#include "base/buf.h"
#include "pinson/error.h"

#include <jansson.h>

/* Views, borrowed; empty: not said. */
struct source_words {
    struct view title;
    struct view url; /* of http or https */
    struct view place;
    struct view result; /* one line: what came of it there */
};

/* What a client sends; NULL: none. ERR_PARAMS: not the members or an address that there may be;
   as source_words_check otherwise. */
MUST_USE enum err source_words_read(json_t *json, struct source_words *out);
/* ERR_TOO_LONG, ERR_BAD_TEXT; ERR_PARAMS: an address that a browser should not open. */
MUST_USE enum err source_words_check(const struct source_words *words);
/* What was written by source_words_write, whatever was missing in it; json stays the owner.
   ERR_PARAMS: an address that a browser should not open, or no object. */
MUST_USE enum err source_words_read_kept(const json_t *json, struct source_words *out);
bool source_words_are_none(const struct source_words *words);
void source_words_write(struct buf *to, const struct source_words *words);

#endif
