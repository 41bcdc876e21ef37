/*
 * stable_id — names for what feeds and calendars tell, the same on every node and each time:
 * a UUID of version 8 (RFC 9562) made of the board's id, a kind and a number. Pure.
 */
#ifndef EXPORT_STABLE_ID_H
#define EXPORT_STABLE_ID_H

#include "base/buf.h"
#include "core/board.h"

/* "xxxxxxxx-xxxx-8xxx-xxxx-xxxxxxxxxxxx" */
void stable_id_write(struct buf *to, const struct board *board, const char *kind,
                     uint32_t number);

#endif
