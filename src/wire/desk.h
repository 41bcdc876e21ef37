/*
 * desk — what the lead of a board is told of it, as JSON. Pure; counts only.
 */
#ifndef WIRE_DESK_H
#define WIRE_DESK_H

#include "base/buf.h"
#include "core/alerts.h"
#include "core/participation.h"
#include "core/plan.h"

/* {people,ideas,ballots,enough,group_min,funnel,busiest,exposure,themes,groups,rest,assurance,
   time:{begin,step_ms,spans:[[people,ideas,ballots]…]}} */
void participation_write(struct buf *to, const struct board *board,
                         const struct participation *participation);

/* {"alerts":[{kind,count,of,minutes,missing, ideas | themes | groups:[…]}…]}; an idea by its
   number, a theme or group by its name. */
void alerts_write(struct buf *to, const struct board *board, const struct alerts *alerts);

/* {people,ideas,minutes,seconds,seats,min_judges,opinions_per_person,opinions_per_idea,least,
   lacking,worlds,best_promoted,right_seats,winner_top5,best_wins} */
void forecast_write(struct buf *to, const struct plan *plan, const struct forecast *forecast);

#endif
