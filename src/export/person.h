/* person — everything that a board holds about one person, for that person. Pure. */
#ifndef EXPORT_PERSON_H
#define EXPORT_PERSON_H

#include "wire/view.h"

/* viewer->person: whom it is about, and who reads it.
   {slug,title,person:{n,name,assurance,role},groups,ideas,ballots,follows,done,served,reports,
   notes} */
void export_person(const struct viewer *viewer, struct buf *to);

/* A sentence, in quotes, of what the log holds beside it. */
void export_person_note(bool french, struct buf *to);

#endif
