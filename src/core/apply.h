/*
 * apply — the fold: one entry after the other turns an empty board into today's.
 *
 * Pure. board_apply decides at the entry's place in the order; board_check asks the same
 * question beforehand, to keep out of the log what is refused anyway.
 */
#ifndef CORE_APPLY_H
#define CORE_APPLY_H

#include "core/board.h"

/* How an entry was decided. */
struct decision {
    enum err err;
    uint64_t version; /* of this entry, or of the first with the same op */
    bool repeat;      /* the op was known: nothing changed, the first answer stands */
};

/* What an entry changed. init/finish on the caller's memory; reused between entries. */
struct effects {
    struct decision decision;
    uint32_t person; /* number of who acted; 0: the system */
    uint32_t *ideas; /* numbers of ideas that are new or changed, tallies apart; owned */
    size_t ideas_count;
    size_t ideas_room;
    uint32_t tally;      /* number of the idea whose tally changed; 0: none */
    bool refreshed;      /* the mean of the live scores moved: every score did */
    bool defined;        /* the board or a role changed */
    uint32_t round;      /* that opened, closed or otherwise changed; 0: none */
    bool moderated;      /* what waits for staff, or who has it, changed */
    uint32_t subject;    /* number of the person it is about; 0: nobody */
    bool follows;        /* what the person follows changed */
    struct ref *dropped; /* texts that nobody may read any more; owned */
    size_t dropped_count;
    size_t dropped_room;
};

void effects_init(struct effects *effects);
void effects_finish(struct effects *effects);

/* Would it be accepted as the next entry? Changes nothing. A known op: OK. A
   person whom the board doesn't know yet is taken for one who has just arrived. */
/* (Suspension is asked about apart: it is a matter of the time.) */
MUST_USE enum err board_check(const struct board *board, const struct command *command);

/* The command is refused, forbidden, because its person is suspended at now_ms. */
bool board_suspends(const struct board *board, const struct command *command, uint64_t now_ms);

/* Folds the next entry. A refusal is a decision too: it raises the version. */
void board_apply(struct board *board, const struct entry *entry, struct effects *effects);

#endif
