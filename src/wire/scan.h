/*
 * scan — reads a compact JSON array from left to right, without building a tree.
 *
 * Pure. For log entries only, a million of which are read at a start: numbers without
 * sign or fraction, strings without escapes, null, nested arrays, and objects handed out
 * as they stand. The first surprise sets failed, and everything after it reads as nothing.
 */
#ifndef WIRE_SCAN_H
#define WIRE_SCAN_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct scan {
    const char *at;
    const char *end;
    bool failed;
    bool first; /* no comma is due before the next item */
};

void scan_init(struct scan *scan, struct view bytes);

void scan_open(struct scan *scan);       /* [ */
void scan_close(struct scan *scan);      /* ] */
bool scan_more(const struct scan *scan); /* another item comes before the ] */
bool scan_done(const struct scan *scan); /* all was read and nothing failed */

uint64_t scan_uint(struct scan *scan);      /* at most 2^53 - 1 */
struct view scan_string(struct scan *scan); /* borrowed */
struct view scan_hex(struct scan *scan);    /* likewise; of digits and a to f only */
bool scan_null(struct scan *scan);          /* true when a null was there and is now read */
bool scan_is_array(struct scan *scan);      /* the next item is an array; reads nothing */
struct view scan_object(struct scan *scan); /* the bytes of an object; borrowed */

#endif
