/* record — what staff did on a board, as a table (RFC 4180): no names and no words. Pure. */
#ifndef EXPORT_RECORD_H
#define EXPORT_RECORD_H

#include "base/buf.h"
#include "core/board.h"

void export_record_csv(const struct board *board, struct buf *to);

#endif
