/*
 * board — one consultation, folded from its log.
 *
 * Pure: no clock, no chance, no I/O. The same entries give the same board, whatever
 * process folds them, at once or in pieces. Outside core/ the fields are read only;
 * the one way to change a board is board_apply (core/apply.h).
 *
 * Ownership: a board owns its ideas and people. Pointers to them stay valid until the
 * next board_apply or board_destroy.
 */
#ifndef CORE_BOARD_H
#define CORE_BOARD_H

#include "base/map.h"
#include "base/mem.h"
#include "core/command.h"
#include "core/idea.h"
#include "core/person.h"
#include "core/ranking.h"
#include "pinson/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum board_state {
    BOARD_DRAFT,
    BOARD_OPEN,
    BOARD_CLOSED,
    BOARD_ARCHIVED
};

/* An idea that was shown to a person who has not answered yet. */
struct serving {
    uint64_t at_ms;
    uint32_t version;
    uint32_t person;
    uint32_t idea;
};

/* Servings in the order in which they expire. */
struct serving_queue {
    struct serving *items; /* owned */
    size_t first;
    size_t count; /* items first..first + count */
    size_t room;
};

struct round {
    enum round_state state;
    uint64_t opened_version; /* of the entry that opened it: the seed of its queue */
};

struct board {
    /* the log so far */
    uint64_t version; /* entries folded */
    struct digest head;
    uint64_t epoch;
    struct entry_id last;

    enum board_state state;
    struct op created_by; /* the op of the creation entry */
    struct definition definition;
    struct round rounds[LIMIT_ROUNDS];
    uint32_t round;           /* number of the open one, from 1; 0: none */
    uint64_t defined_version; /* of the last entry that changed the definition or a round */
    struct source importing;  /* while an import is under way */

    struct idea *ideas; /* number n at n - 1; owned */
    size_t ideas_count;
    size_t ideas_room;
    struct person *people; /* likewise */
    size_t people_count;
    size_t people_room;
    struct map people_by_key;

    size_t active_people; /* with at least one act */
    uint64_t ballots;     /* standing, on any idea */

    /* what the open round ranks, and its mean at the last refresh (live score) */
    struct pool sums;
    struct pool pool;
    uint64_t pool_version;

    struct serving_queue servings;
};

struct board *board_create(void); /* empty, at version 0 */
void board_destroy(struct board *board);

const struct idea *board_idea(const struct board *board, uint64_t number); /* or NULL */
const struct person *board_person(const struct board *board, uint64_t number);
/* Number of the person with that key; 0: never seen. */
uint32_t board_person_number(const struct board *board, uint64_t key);
const struct round_definition *board_round(const struct board *board); /* open one or NULL */

/* The idea is judged and ranked in the open round. */
bool board_competes(const struct board *board, const struct idea *idea);

AUTO_DEFINE(board, board_destroy)

#endif
