/*
 * time — milliseconds since 1970 and their written form. The clock is read by
 * those who do I/O only; core never calls time_now_ms.
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

uint64_t time_now_ms(void);       /* wall clock, UTC */
uint64_t time_monotonic_us(void); /* for intervals */

/* "2026-11-23T10:00:00.000Z"; pure. */
void time_write(struct buf *to, uint64_t ms);
/* A moment of RFC 3339 since 1970, in UTC or with an offset, fractions of a second or none
   (those under a millisecond are dropped); pure. false: it is none, out is not written. */
bool time_parse(struct view text, uint64_t *out);

/* The day of that moment where this runs, as below; 0: not known. */
uint32_t time_day_here(uint64_t ms);

/* Days of the calendar as numbers, 20261123; pure. */
bool date_is_real(uint32_t date);                 /* a day from 2000 to 2199 */
bool date_parse(struct view text, uint32_t *out); /* "2026-11-23"; likewise */
void date_write(struct buf *to, uint32_t date);
uint32_t date_days_after(uint32_t date, uint32_t other); /* 0: not after it, or not real */

#endif
