/*
 * time — milliseconds since 1970 and their written form. The clock is read by
 * those who do I/O only; core never calls time_now_ms.
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include "base/buf.h"

#include <stdint.h>

uint64_t time_now_ms(void);       /* wall clock, UTC */
uint64_t time_monotonic_us(void); /* for intervals */

/* "2026-11-23T10:00:00.000Z"; pure. */
void time_write(struct buf *to, uint64_t ms);

#endif
