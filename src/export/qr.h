/*
 * qr — a QR code (ISO/IEC 18004) as an SVG document: one path of dark runs on white, the quiet
 * zone of four modules included, of whatever size it is shown at. Pure.
 *
 * Error correction M: an eighth of the code may be hidden by a reflection or a column.
 */
#ifndef EXPORT_QR_H
#define EXPORT_QR_H

#include "base/buf.h"
#include "pinson/error.h"

enum {
    QR_QUIET = 4 /* modules around the code */
};

/* text is what a camera reads, title what is said of it to who cannot see it. ERR_EMPTY or
   ERR_TOO_LONG (LIMIT_URL_MAX_BYTES; title LIMIT_TEXT_MAX_BYTES); ERR_BAD_TEXT: a title that
   is not to be shown. */
MUST_USE enum err qr_write_svg(struct view text, struct view title, struct buf *to);

#endif
