/*
 * calendar — the rounds of a board as iCalendar (RFC 5545), one event each with what is known
 * of its times. Pure.
 */
#ifndef EXPORT_CALENDAR_H
#define EXPORT_CALENDAR_H

#include "export/phrases.h"

/* base: of absolute links, without a final slash. */
void calendar_write(struct buf *to, const struct viewer *viewer, struct view base);

#endif
