/*
 * holds — does the result hold? The log folded again, each time with something left out: is
 * the winner the same? Pure.
 *
 * Where the round is no final, what is compared is who was promoted; where it has no rule
 * either, which idea leads.
 */
#ifndef EXPORT_HOLDS_H
#define EXPORT_HOLDS_H

#include "base/buf.h"
#include "core/apply.h"

enum {
    HOLDS = 7
};

/* One way to fold it again. */
struct hold {
    const char *without; /* its name */
    struct board *fold;  /* owned */
};

/* init/finish on the caller's memory; every entry of the log is applied in between. */
struct holds {
    uint32_t round; /* that is asked about */
    struct hold holds[HOLDS];
    struct map busiest; /* numbers of the people with most ballots: one in a hundred */
    struct effects effects;
    struct board *plain; /* the fold itself, to compare with; owned */
};

/* What came of it with something left out. */
struct held {
    const char *without;
    bool known;      /* somebody's ballots are left to say so */
    bool same;       /* winner or leader, or all who were promoted */
    uint32_t winner; /* or who leads; 0: nobody, or what is compared is who was promoted */
    uint32_t agree;
    uint32_t judged;
    uint32_t share; /* millionths */
};

/* board: what the log comes to; it is only looked at here. */
void holds_init(struct holds *holds, const struct board *board);
void holds_finish(struct holds *holds);
void holds_apply(struct holds *holds, const struct entry *entry);

/* The i-th of HOLDS. */
struct held holds_look(const struct holds *holds, size_t i);

/* [{"without","winner","same","agree","judged","share"}…] */
void holds_write(struct buf *to, const struct holds *holds);

/* Whether closing as scheduled would have promoted the same. */
struct scheduled {
    uint32_t round;
    bool known; /* it went on beyond its schedule; what an early close cut off nobody knows */
    bool same;
};

/* Of a round that closed early or was extended; false: it did neither, or is not closed. */
bool holds_scheduled(const struct holds *holds, uint32_t round, struct scheduled *out);
/* [{"round","same"}…] of those rounds; same is null where it cannot be known. */
void holds_write_schedule(struct buf *to, const struct holds *holds);

#endif
