/*
 * field — where in what somebody sent something is wrong, as a path that a person can follow:
 * `rounds[2].rule.keep.top`, counted from 1. Pure.
 *
 * Built from the inside out: who finds the fault names it, and each reader around it puts the
 * name of its own part before.
 */
#ifndef WIRE_FIELD_H
#define WIRE_FIELD_H

#include <stdbool.h>
#include <stddef.h>

enum {
    FIELD_BYTES = 128
};

struct field {
    char path[FIELD_BYTES]; /* UTF-8, cut where it is longer; "": the whole */
};

void field_clear(struct field *field);
/* These return false, for a reader to return in its turn. */
bool field_wrong(struct field *field, const char *name);
bool field_within(struct field *field, const char *part);
bool field_within_item(struct field *field, size_t i); /* [i + 1] */

#endif
