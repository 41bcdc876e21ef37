/*
 * store — what is durable: logs, texts, people, small keys and the projection.
 *
 * One thread, asynchronous, on the caller's uv loop. Every call is pipelined: none waits
 * for the one before. A callback is called exactly once, never before the function that
 * took it has returned, with ERR_UNAVAILABLE when the outcome is unknown or the store is
 * away (what was asked may then still have happened), ERR_FULL when it has no room.
 * Calls on one store take effect in the order in which they were made.
 * Views given to a call are copied; views given to a callback are borrowed until it returns.
 *
 * No rule of the domain lives here.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/text.h"
#include "core/board.h"
#include "core/command.h"
#include "pinson/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;
struct uv_loop_s;

/* A board's id in the store, as in pinson:{b}:log; NUL-terminated. INDEX_KEY: pinson:index. */
struct board_key {
    char id[KEY_ID_BYTES];
};

/* The stream that every node follows, of what happens to the installation. */
static const struct board_key INDEX_KEY = {""}; /* NOLINT(readability-identifier-naming) */

/* A text beside the log: JSON {"salt","text"} under a random reference. */
struct stored_text {
    struct ref ref;
    struct view json; /* empty when it was erased */
};

/* One entry as read; parsed by wire/entry, with the texts it names. */
struct stored_entry {
    struct entry entry; /* of a board; its command is parsed unless poisoned */
    bool poisoned;      /* the bytes are not an entry */
    const struct stored_text *texts;
    size_t texts_count;
};

/* An entry that is to be appended with its texts. */
struct to_append {
    struct entry_id id; /* that it must get, after all that are there; 0-0: now */
    struct view bytes;
    const struct stored_text *texts; /* json empty: it was erased */
    size_t texts_count;
};

/* What the store tells without being asked. */
struct store_listener {
    /* Entries of a followed log in order, at most 1,000 at a time; index entries have
       only id and bytes. */
    void (*on_entries)(void *user, struct board_key board, const struct stored_entry *entries,
                       size_t count);
    /* All that was in the log when it was first followed, or at the latest reconnection,
       has been delivered. */
    void (*on_caught_up)(void *user, struct board_key board);
    /* The log is shorter than what was delivered of it: start again from nothing. It is
       delivered from its beginning after this. */
    void (*on_rewound)(void *user, struct board_key board);
    /* false: away; true: connected and followed again. */
    void (*on_available)(void *user, bool available);
    void *user;
};

typedef void store_done(void *user, enum err err);
typedef void store_appended(void *user, enum err err, struct entry_id id);
typedef void store_value(void *user, enum err err, struct view value);
typedef void store_number(void *user, enum err err, uint64_t number);

/* What is projected of one idea. */
struct projected {
    uint32_t idea;
    bool ranked; /* false: its score is removed */
    uint32_t score;
    struct tally tally;
};

/* A head of the chain: kept for ever, written once. */
struct projected_head {
    uint64_t version;
    struct digest head;
};

/* Where a board's views in the store stand. */
struct projection {
    uint32_t round;
    uint64_t version; /* of the fold that the values come from */
    struct entry_id last;
    struct digest head;
    struct pool pool;
    uint32_t pending;    /* ideas whose score is not written yet; 0: all agree with version */
    struct view summary; /* JSON for lists of boards */

    struct projected *ideas; /* at most 500 in one call of store_project */
    size_t ideas_count;
    struct projected_head *heads;
    size_t heads_count;
};

/* A board's projection and the end of its log, read in one transaction. Arrays are
   borrowed until the callback returns. */
struct projection_read {
    struct projection projection; /* ideas: tally and score joined, in no order */
    struct entry_id log_last;
    uint64_t log_length;
};

typedef void store_projection(void *user, enum err err, const struct projection_read *read);
/* Entries of a log in order, at most count; fewer: the end. */
typedef void store_entries(void *user, enum err err, const struct stored_entry *entries,
                           size_t count);

/* The boundary: redis.c is the real one, memory.c has the same contract for tests. */
struct store_vtable {
    void (*destroy)(struct store *);
    void (*listen)(struct store *, const struct store_listener *);
    void (*follow)(struct store *, struct board_key, struct entry_id after);
    void (*unfollow)(struct store *, struct board_key);
    void (*append)(struct store *, struct board_key, struct view entry,
                   const struct stored_text *texts, size_t texts_count, store_appended *,
                   void *);
    void (*append_all)(struct store *, struct board_key, const struct to_append *entries,
                       size_t count, store_appended *, void *);
    void (*read)(struct store *, struct board_key, struct entry_id after, size_t count,
                 store_entries *, void *);
    void (*drop_texts)(struct store *, struct board_key, const struct ref *refs, size_t count,
                       store_done *, void *);
    void (*person)(struct store *, struct board_key, const struct digest *account,
                   uint64_t candidate, store_number *, void *);
    void (*forget_person)(struct store *, struct board_key, const struct digest *account,
                          uint64_t key, store_done *, void *);
    void (*put)(struct store *, struct view name, struct view value, uint64_t ttl_ms,
                store_done *, void *);
    void (*claim)(struct store *, struct view name, struct view value, store_value *, void *);
    void (*get)(struct store *, struct view name, store_value *, void *);
    void (*take)(struct store *, struct view name, store_value *, void *);
    void (*remove)(struct store *, struct view name, store_done *, void *);
    void (*lease)(struct store *, struct board_key, uint64_t node, uint64_t ttl_ms,
                  store_done *, void *);
    void (*project)(struct store *, struct board_key, uint64_t node, const struct projection *,
                    store_done *, void *);
    void (*projection)(struct store *, struct board_key, uint32_t round, store_projection *,
                       void *);
    void (*forget)(struct store *, struct board_key, store_done *, void *);
    void (*compact)(struct store *, store_done *, void *);
};

struct store {
    const struct store_vtable *calls;
};

/* listener is copied; before it is set nothing is followed. */
void store_listen(struct store *store, const struct store_listener *listener);
/* Pending callbacks are called with ERR_UNAVAILABLE. Not from a callback; what it holds of the
   loop is closed on the next turns. */
void store_destroy(struct store *store);

/* Delivers the entries after `after`, then those to come. Twice the same: no effect. */
void store_follow(struct store *store, struct board_key board, struct entry_id after);
void store_unfollow(struct store *store, struct board_key board);

/* Appends an entry and its texts in one transaction. The board INDEX_KEY is the index. */
void store_append(struct store *store, struct board_key board, struct view entry,
                  const struct stored_text *texts, size_t texts_count, store_appended *done,
                  void *user);
/* Appends all of them, one behind the other, in one transaction: all are there, or none; done
   is told the id of the last. Not rationed as other calls are: the caller sees to it that few
   are large at a time. At least one. */
void store_append_all(struct store *store, struct board_key board,
                      const struct to_append *entries, size_t count, store_appended *done,
                      void *user);
/* Entries after `after` with their texts; count at most 1,000. */
void store_read(struct store *store, struct board_key board, struct entry_id after,
                size_t count, store_entries *done, void *user);
void store_drop_texts(struct store *store, struct board_key board, const struct ref *refs,
                      size_t count, store_done *done, void *user);

/* The person key of an account on a board: the first candidate ever given stays.
   candidate 0 only looks: 0 when there is none. */
void store_person(struct store *store, struct board_key board, const struct digest *account,
                  uint64_t candidate, store_number *done, void *user);

/* The account has no person key on the board any more, if it is that one: the next candidate
   is given. OK also when another or none stands. */
void store_forget_person(struct store *store, struct board_key board,
                         const struct digest *account, uint64_t key, store_done *done,
                         void *user);

/* Small keys: pinson:<name>. ttl_ms 0: kept. */
void store_put(struct store *store, struct view name, struct view value, uint64_t ttl_ms,
               store_done *done, void *user);
/* Sets it unless it exists; gives the value that stands. */
void store_claim(struct store *store, struct view name, struct view value, store_value *done,
                 void *user);
void store_get(struct store *store, struct view name, store_value *done, void *user);
/* Reads and deletes in one step; ERR_GONE when there is none (get: an empty value). */
void store_take(struct store *store, struct view name, store_value *done, void *user);
void store_remove(struct store *store, struct view name, store_done *done, void *user);

/* OK: this node projects the board and runs its timers for ttl_ms; ERR_CONFLICT: another does.
 */
void store_lease(struct store *store, struct board_key board, uint64_t node, uint64_t ttl_ms,
                 store_done *done, void *user);
/* ERR_CONFLICT when the node has no lease or a later version stands: nothing is written. */
void store_project(struct store *store, struct board_key board, uint64_t node,
                   const struct projection *projection, store_done *done, void *user);
void store_read_projection(struct store *store, struct board_key board, uint32_t round,
                           store_projection *done, void *user);
/* Deletes everything of a board that was never published. */
void store_forget(struct store *store, struct board_key board, store_done *done, void *user);
/* Writes anew what is kept on disk, in the background, so that what was deleted leaves it too.
   OK: it was begun, or there is no file. */
void store_compact(struct store *store, store_done *done, void *user);

#endif
