/*
 * source_text — the text beside the log that says where an idea exists already, read back.
 * Pure.
 */
#ifndef WIRE_SOURCE_TEXT_H
#define WIRE_SOURCE_TEXT_H

#include "base/buf.h"

#include <stdbool.h>

/* Views into what is owned, until finish; empty: not said. */
struct source_text {
    struct view title;
    struct view url; /* of http or https, or empty: nothing else is ever shown */
    struct view place;
    struct view result;
    struct buf held; /* what they are views of */
};

/* false: the text is empty or none of these; out is empty then. */
bool source_text_read(struct view text, struct source_text *out);
void source_text_finish(struct source_text *source);

#endif
