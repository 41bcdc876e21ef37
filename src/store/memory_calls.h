/*
 * memory_calls — what the files that make up the store in memory share. Private to them.
 *
 * Every call becomes a job with copies of what it was given. Jobs run in their order on the
 * next turn of the loop, so nothing is called back before the call has returned, and values
 * can be lent from where they are kept.
 */
#ifndef STORE_MEMORY_CALLS_H
#define STORE_MEMORY_CALLS_H

#include "base/list.h"
#include "store/memory_board.h"
#include "store/memory_values.h"
#include "store/store.h"

#include <uv.h>

enum {
    MEMORY_COUNT = 1000
};

struct memory_store {
    struct store base;
    uv_idle_t turn;
    struct store_listener listener;
    bool is_listened;
    bool is_told; /* that it is available */
    struct list boards;
    struct memory_values values;
    struct list streams;
    struct list jobs;
};

/* A call. Which fields it uses depends on run. */
struct job {
    struct list list;
    void (*run)(struct memory_store *store, struct job *job);
    void (*fail)(struct job *job); /* instead, when the store is destroyed */
    union {
        store_done *done;
        store_appended *appended;
        store_value *value;
        store_number *number;
        store_entries *entries;
        store_projection *projection;
    } to;
    void *user;

    struct board_key board;
    struct view name; /* owned, as value; or an entry */
    struct view value;
    struct stored_text *texts; /* owned, with their json */
    size_t count;
    struct to_append *entries; /* owned, with all they have */
    size_t entries_count;
    struct entry_id after;
    uint64_t account;
    uint64_t number;
    uint64_t ttl_ms;
    struct projection projection; /* arrays and summary owned */
};

/* memory.c */
struct memory_store *memory_store_of(struct store *store);
struct memory_board *memory_board_of(struct memory_store *store, struct board_key key);
void memory_add_job(struct memory_store *store, struct job *job);

/* memory_calls.c */
void memory_finish_job(struct job *job);
void memory_append(struct store *store, struct board_key board, struct view entry,
                   const struct stored_text *texts, size_t texts_count, store_appended *done,
                   void *user);
void memory_append_all(struct store *store, struct board_key board,
                       const struct to_append *entries, size_t count, store_appended *done,
                       void *user);
void memory_read(struct store *store, struct board_key board, struct entry_id after,
                 size_t count, store_entries *done, void *user);
void memory_drop_texts(struct store *store, struct board_key board, const struct ref *refs,
                       size_t count, store_done *done, void *user);
void memory_forget(struct store *store, struct board_key board, store_done *done, void *user);
void memory_compact(struct store *store, store_done *done, void *user);
void memory_person(struct store *store, struct board_key board, const struct digest *account,
                   uint64_t candidate, store_number *done, void *user);
void memory_forget_person(struct store *store, struct board_key board,
                          const struct digest *account, uint64_t key, store_done *done,
                          void *user);
void memory_lease(struct store *store, struct board_key board, uint64_t node, uint64_t ttl_ms,
                  store_done *done, void *user);
void memory_project(struct store *store, struct board_key board, uint64_t node,
                    const struct projection *projection, store_done *done, void *user);
void memory_projection(struct store *store, struct board_key board, uint32_t round,
                       store_projection *done, void *user);
void memory_put(struct store *store, struct view name, struct view value, uint64_t ttl_ms,
                store_done *done, void *user);
void memory_claim(struct store *store, struct view name, struct view value, store_value *done,
                  void *user);
void memory_get(struct store *store, struct view name, store_value *done, void *user);
void memory_take(struct store *store, struct view name, store_value *done, void *user);
void memory_remove(struct store *store, struct view name, store_done *done, void *user);

#endif
