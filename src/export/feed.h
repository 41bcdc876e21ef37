/*
 * feed — the newest ideas of a board and the news of its rounds as Atom (RFC 4287). Pure.
 *
 * Ideas that are shown, results that are revealed, never a number that comes of ballots
 * before that. Texts are text, whatever they contain.
 */
#ifndef EXPORT_FEED_H
#define EXPORT_FEED_H

#include "export/phrases.h"

enum {
    FEED_IDEAS = 50
};

/* base: of absolute links, without a final slash. */
void feed_write(struct buf *to, const struct viewer *viewer, struct view base);

#endif
