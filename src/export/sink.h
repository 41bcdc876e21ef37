/*
 * sink — where a long export goes piece by piece, so that no more than a piece of it is ever in
 * memory. Pure: what becomes of a piece is the caller's.
 */
#ifndef EXPORT_SINK_H
#define EXPORT_SINK_H

#include "base/buf.h"

enum {
    SINK_PIECE_BYTES = 65536
};

/* init/finish on the caller's memory. What is written goes to buf; after each row sink_row may
   hand it on. drain NULL: all of it stays in buf. */
struct sink {
    struct buf buf; /* owned */
    void (*drain)(void *user, struct view piece);
    void *user;
};

void sink_row(struct sink *sink);   /* hands on a piece when there is one */
void sink_flush(struct sink *sink); /* hands on what is left */
void sink_finish(struct sink *sink);

/* A sink of this scope, finished at its end. */
#define AUTO_SINK __attribute__((cleanup(sink_finish))) struct sink

#endif
