/*
 * alerts — what a lead should know while something can still be done about it.
 *
 * Pure: from the fold, the moment and the day. Thresholds are here, each with its reason;
 * at most one alert a kind.
 */
#ifndef CORE_ALERTS_H
#define CORE_ALERTS_H

#include "core/board.h"

enum alert_kind {
    /* At the rate of late the round ends before each candidate has the judges that its rule
       asks for. count: candidates that will miss theirs; missing: opinions that will;
       minutes: that would make up for it at that rate, 0: nobody judges; numbers: the ideas
       that have the fewest. The queue offers those first, so that nearly every opinion helps.
     */
    ALERT_SHORT,
    /* numbers: themes in which there is no idea; of: ideas so far. */
    ALERT_THEMES,
    /* numbers: groups to which nobody says to belong; of: people who said something. */
    ALERT_GROUPS,
    /* count: guests who came in the last ALERT_BURST_MINUTES; of: in as many minutes before,
       on the average. */
    ALERT_GUESTS,
    /* One person wrote count of the seats, which are `of`. numbers: their ideas. Seeds, which
       are known to be staff's, apart. */
    ALERT_AUTHOR,
    /* The same of one thread. */
    ALERT_THREAD,
    /* numbers: ideas whose promised answer is overdue. */
    ALERT_OVERDUE,
    ALERT_KINDS
};

enum {
    ALERT_NUMBERS = LIMIT_GROUPS,
    ALERT_IDEAS_MIN = 20,       /* before so many an absent theme says nothing */
    ALERT_DECLARED_MIN = 30,    /* likewise for groups; and no few can be told apart */
    ALERT_BURST_MINUTES = 5,    /* a hall that is told to scan a code comes in two or three */
    ALERT_BURST_GUESTS = 30,    /* fewer could not move a line that anyone sees */
    ALERT_BURST_TIMES = 4,      /* what word of mouth does in so short a time is less */
    ALERT_BURST_AFTER_MIN = 10, /* minutes of the round: at its beginning everybody comes */
    ALERT_OWNED_MIN = 3,        /* seats; and more than a third of them */
    ALERT_SEATS_MAX = 256       /* of more than that nobody has a third */
};

struct alert {
    enum alert_kind kind;
    uint32_t count;
    uint32_t of;
    uint32_t minutes;
    uint32_t missing;
    uint32_t numbers[ALERT_NUMBERS]; /* the first of them */
    uint32_t numbers_count;
};

struct alerts {
    struct alert items[ALERT_KINDS];
    uint32_t count;
};

/* today as 20261123. What depends on the order of a running round is looked for only where
   everybody may see that order: a closed one is for a preview, which is logged. */
void alerts_find(const struct board *board, uint64_t now_ms, uint32_t today,
                 struct alerts *out);

/* What was promised of it last should have been said by now. */
bool idea_is_overdue(const struct board *board, const struct idea *idea, uint32_t today);

#endif
