/* memory_board — what the store in memory keeps of one board. Private to memory.c. */
#ifndef STORE_MEMORY_BOARD_H
#define STORE_MEMORY_BOARD_H

#include "base/list.h"
#include "base/map.h"
#include "store/store.h"

struct memory_entry {
    struct entry_id id;
    char *bytes; /* owned */
    size_t len;
};

struct memory_text {
    struct ref ref;
    char *json; /* owned; NULL: dropped */
    size_t len;
};

struct memory_idea {
    uint32_t round;
    struct projected projected;
};

struct memory_board {
    struct list list;
    struct board_key key;

    struct memory_entry *log; /* owned, as all arrays here */
    size_t log_count;
    size_t log_room;
    struct memory_text *texts;
    size_t texts_count;
    size_t texts_room;
    struct map texts_by_ref;
    struct map people; /* hash of the account → person key */

    uint64_t holder;
    uint64_t held_until_ms;

    struct projection meta; /* without its arrays; summary owned */
    struct memory_idea *ideas;
    size_t ideas_count;
    size_t ideas_room;
    struct projected_head *heads;
    size_t heads_count;
    size_t heads_room;
};

struct memory_board *memory_board_create(struct board_key key);
void memory_board_destroy(struct memory_board *board);

struct entry_id memory_board_append_as(struct memory_board *board, struct entry_id id,
                                       struct view entry); /* after the last */
struct entry_id memory_board_append(struct memory_board *board, struct view entry);
struct entry_id memory_board_last(const struct memory_board *board); /* zero: empty */

void memory_board_put_text(struct memory_board *board, const struct stored_text *text);
void memory_board_drop_text(struct memory_board *board, struct ref ref);

/* A range of the log as callers get it; borrows from the board, the arrays are owned. */
struct memory_range {
    struct stored_entry *entries;
    size_t count;
    struct stored_text *texts;
};

void memory_range_init(struct memory_range *range, const struct memory_board *board,
                       struct entry_id after, size_t count);
void memory_range_finish(struct memory_range *range);

bool memory_board_lease(struct memory_board *board, uint64_t node, uint64_t ttl_ms);
bool memory_board_project(struct memory_board *board, uint64_t node,
                          const struct projection *projection);
/* The caller frees ideas. */
struct projection memory_board_projection(const struct memory_board *board, uint32_t round);

#endif
