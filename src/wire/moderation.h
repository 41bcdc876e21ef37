/*
 * moderation — what waits for staff and what they did, as JSON. Pure.
 *
 * What the public record says of anything names nobody and repeats no word; cases are for
 * staff, and what was done to an idea is told to its author with the words meant for them.
 */
#ifndef WIRE_MODERATION_H
#define WIRE_MODERATION_H

#include "wire/view.h"

/* "hide", "restore", …; "held" for what the rules did. */
const char *name_of_record(const struct record *record);
const char *name_of_case(enum case_class class);
bool case_of_name(struct view name, enum case_class *out);

/* {v,at,kind,reason,idea,into,by,waited_s,until,on,appeal}: by is "staff" or "rules", waited_s
   null when nothing had waited, appeal null when there was none. */
void record_write(struct buf *to, const struct record *record);
/* {held,hidden,restored,merged,redacted,suspended,appeals,granted,median_wait_s} */
void record_summary_write(struct buf *to, const struct board *board);
/* "moderation": {kind,reason,note,at,v,into,appeal,appealable} of what staff did last to the
   idea, for its author and for staff; null for others, or when nothing was done. */
void idea_write_moderation(struct buf *to, const struct viewer *viewer,
                           const struct idea *idea);
/* {frozen,premoderation,announcement}, as members with a comma before: for everybody. */
void board_write_moderation(struct buf *to, const struct viewer *viewer);
/* "suspended": {until,reason,note} or null. */
void me_write_suspended(struct buf *to, const struct viewer *viewer);

/* {appeal,report,pending,rising,fresh} */
void waiting_write(struct buf *to, const struct board *board);
/* [{idea or person, by, name, until}…] at that time. */
void leases_write(struct buf *to, const struct viewer *viewer, uint64_t now_ms);
/* {n,name,named,assurance,role,ideas,hidden,reports,suspended_until}, for staff. */
void subject_write(struct buf *to, const struct viewer *viewer, uint32_t number);
/* {kind,idea,person,reports,until}: person is the idea's author, or who is complained about. */
void case_write(struct buf *to, const struct viewer *viewer, struct case_place place);

#endif
