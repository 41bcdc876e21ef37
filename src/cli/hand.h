/*
 * hand — what each person of a deck does next in a round: post an idea, cast a ballot, ask the
 * queue for ideas, put one off. Knows nothing of connections.
 *
 * The table is what they all see: which idea of the deck has which number on the board, and
 * which are still in the running.
 */
#ifndef CLI_HAND_H
#define CLI_HAND_H

#include "base/map.h"
#include "cli/deck.h"

#include <jansson.h>

enum phase_kind {
    PHASE_POST, /* the ideas of one move are posted */
    PHASE_CAST, /* every ballot of the deck on what is in the running */
    PHASE_JUDGE /* what the queue serves is answered as the deck does, the rest is put off */
};

struct phase {
    enum phase_kind kind;
    uint32_t move;  /* PHASE_POST: which */
    bool spare_own; /* nobody casts on what they wrote */
    bool last;      /* who has nothing more to do leaves */
};

struct table {
    const struct deck *deck; /* borrowed */
    struct phase phase;
    uint32_t *numbers;       /* of each idea of the deck on the board; 0: not there. Owned */
    struct map items;        /* and back */
    bool *is_out;            /* hidden, or eliminated; by place in the deck. Owned */
    uint32_t *own_firsts;    /* of each person the first idea they wrote; 0: none. Owned */
    uint32_t *own_nexts;     /* of each idea the next of its author. Owned */
    struct map acknowledged; /* hand_key → choice: what the server said it has */
    size_t count;            /* ideas on the board */
};

enum move_kind {
    MOVE_POST,
    MOVE_CAST,
    MOVE_ASK,
    MOVE_SKIP
};

struct move {
    enum move_kind kind;
    uint32_t idea;      /* of the deck, from 1 */
    enum choice choice; /* MOVE_CAST */
    uint64_t at_ms;     /* not before, since the phase began */
};

struct hand {
    uint32_t person;
    size_t next; /* ballot of the deck */
    size_t end;
    uint32_t post;                      /* idea of the deck to post; 0: none */
    uint32_t served[LIMIT_SERVE_COUNT]; /* ideas of the board */
    uint32_t served_count;
    uint32_t answered; /* of them */
    size_t servings;
    bool is_over; /* the queue has nothing more */
};

/* posted: so many of the deck's ideas, the first, are on the board already, under their own
   numbers. */
void table_init(struct table *table, const struct deck *deck, size_t posted);
void table_finish(struct table *table);
/* The idea with that number on the board takes no ballots any more. */
void table_take_out(struct table *table, uint64_t number);

void hand_begin(struct hand *hand, const struct table *table, uint32_t person);
/* What is due; false: nothing more in this phase. Passes over what cannot be done. */
bool hand_next(struct hand *hand, const struct table *table, struct move *out);
/* `"vote.cast","params":{…` up to its op. */
void hand_write(struct buf *to, const struct table *table, const char *slug,
                const struct move *move);
/* The move was answered; result NULL: with a refusal. */
void hand_answered(struct hand *hand, struct table *table, const struct move *move,
                   const json_t *result);

/* Under which acknowledged keeps the ballot of a person on an idea of the board. */
uint64_t hand_key(uint32_t person, uint32_t number);

#endif
