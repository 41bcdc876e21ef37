/* dump_moderation — what waits for staff and what they did, as members of a dumped board:
   only where there is something, with a comma before. */
#ifndef SUPPORT_DUMP_MODERATION_H
#define SUPPORT_DUMP_MODERATION_H

#include "base/buf.h"
#include "core/board.h"

/* reported, reports, records, frozen, premoderates, announcement */
void dump_moderation(struct buf *to, const struct board *board);
/* "moderation":[approved,handled,appealable,appealed,first report,last,waiting since,lease
   until,person] */
void dump_moderation_of_idea(struct buf *to, const struct idea *idea);
/* "moderation":[suspended until,record,reports,first,last,waiting since,lease until,person,
   idea held,person held] */
void dump_moderation_of_person(struct buf *to, const struct person *person);

#endif
