/*
 * case — one case of the published arithmetic as JSON, and its result in canonical bytes:
 * keys sorted, no space, UTF-8 unescaped, one newline at the end.
 *
 * Pure. The arithmetic is that of core/selection.h, core/final.h and core/queue.h, which
 * boards use too.
 */
#ifndef WIRE_CASE_H
#define WIRE_CASE_H

#include "base/buf.h"
#include "pinson/error.h"

#include <stdbool.h>

enum {
    CASE_MAX_BYTES = 64 * 1024 * 1024
};

enum case_kind {
    CASE_RANK,
    CASE_FINAL,
    CASE_SERVE
};

bool case_kind_of_name(struct view name, enum case_kind *out);

/* Adds the result to out. ERR_PARAMS: {"error":sentence} instead, which names the field. */
MUST_USE enum err case_run(enum case_kind kind, struct view json, struct buf *out);

#endif
