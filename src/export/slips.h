/*
 * slips — tickets on paper: A4 sheets of ten, to be cut along their lines. Pure.
 *
 * One HTML document that needs nothing else. It holds secrets: who has a slip is its person.
 */
#ifndef EXPORT_SLIPS_H
#define EXPORT_SLIPS_H

#include "export/phrases.h"

struct slips {
    enum tongue tongue;
    struct view title; /* of the board; borrowed */
    struct view base;  /* where a code is typed: a URL without final slash; borrowed */
};

/* A beginning, any number of slips, an end. link is what a camera reads, code the ticket's
   digits. ERR_TOO_LONG: the link has no room in a QR code; ERR_BAD_TEXT: the title is not to
   be shown. */
void slips_begin(const struct slips *slips, struct buf *to);
MUST_USE enum err slips_add(const struct slips *slips, struct view link, struct view code,
                            struct buf *to);
void slips_end(struct buf *to);

#endif
