/*
 * markup — texts of people inside HTML, XML and addresses. Pure.
 *
 * Besides escaping, whatever is no character of XML is left out, and so is what makes a text
 * read otherwise than it is stored (overrides of direction): what was imported may have some.
 */
#ifndef EXPORT_MARKUP_H
#define EXPORT_MARKUP_H

#include "base/buf.h"

/* As the content of an element or of an attribute in double quotes. */
void markup_add(struct buf *to, struct view text);
/* The same on one line, cut after max characters with an ellipsis. */
void markup_add_short(struct buf *to, struct view text, size_t max);

/* The text without what does not belong into any; neither escaped nor cut. */
void markup_add_plain(struct buf *to, struct view text);
void markup_add_plain_short(struct buf *to, struct view text, size_t max);

/* Percent-encoded, as one value of a query (RFC 3986). */
void markup_add_query(struct buf *to, struct view text);

#endif
