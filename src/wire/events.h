/*
 * events — what changed on a board since a version, as a client is told. Pure.
 *
 * Nothing is kept for it: an idea knows the version of its last change, and a whole idea is
 * sent. So any two versions can be bridged, and the newest of several changes is enough.
 */
#ifndef WIRE_EVENTS_H
#define WIRE_EVENTS_H

#include "wire/view.h"

/* [{v,at,type,…}] of all that changed after since; only: of the ideas in this map's keys
   (NULL: any). An author's own ideas carry their op. */
void events_write(struct buf *to, const struct viewer *viewer, uint64_t since,
                  const struct map *only);

/* [[n,agree,disagree,pass,score]] of the tallies that changed after since; empty while
   scores are closed. */
void scores_write(struct buf *to, const struct viewer *viewer, uint64_t since);

#endif
