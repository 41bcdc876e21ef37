/*
 * template — rounds that are ready to use: one JSON list a template and language, in
 * templates/, as anybody could write it in a file of rounds. Compiled in. Pure.
 */
#ifndef WIRE_TEMPLATE_H
#define WIRE_TEMPLATE_H

#include "base/buf.h"

#include <jansson.h>

/* The i-th name from 0; NULL: there are no more. */
const char *template_name(size_t i);
/* All of them, as "a, b, c". */
void template_write_names(struct buf *to);

/* A list for rounds_parse, a new reference; NULL: there is no such template. Whatever the
   language is, but en, the words are French. */
json_t *template_rounds(struct view name, struct view lang);

#endif
