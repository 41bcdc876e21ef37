/*
 * clean — a cell of a foreign file as a text of ours: without markup, without what cannot be
 * shown, with our ends of lines. Pure.
 */
#ifndef IMPORT_CLEAN_H
#define IMPORT_CLEAN_H

#include "base/buf.h"

#include <stdbool.h>

/* What was done to it. */
struct cleaned {
    bool html;
    bool control;
};

/* Appends the text, trimmed; line: on one line, as names and links are. did is added to. */
void clean_text(struct view cell, bool line, struct buf *out, struct cleaned *did);

#endif
