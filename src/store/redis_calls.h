/*
 * redis_calls — what the files that make up the Redis store share: the store itself, a call
 * under way, and the functions that redis.c puts in the vtable. Private to them.
 */
#ifndef STORE_REDIS_CALLS_H
#define STORE_REDIS_CALLS_H

#include "store/entries.h"
#include "store/follower.h"
#include "store/link.h"
#include "store/store.h"

/* A Lua script and the name that the server has for it. */
struct script {
    const char *source;
    char sha[41]; /* empty: it could not be loaded */
};

struct redis_store {
    struct store base;
    struct redis_address address;
    struct link *commands;
    struct follower *follower;
    struct store_listener listener;
    bool is_listened;
    bool is_available; /* as last told */
    bool has_file;     /* appendonly yes */
    bool syncs_always; /* appendfsync always */
    struct script lease;
    struct script project;
};

/* One call: whom to answer, and what its kind needs on the way. */
struct call {
    struct redis_store *store;
    union {
        store_done *done;
        store_appended *appended;
        store_value *value;
        store_number *number;
        store_entries *entries;
        store_projection *projection;
    } to;
    void *user;
    struct entries read;         /* read */
    struct redisReply *log;      /* read: what the entries borrow from; owned */
    enum err absent;             /* get, take: what no value is */
    const struct script *script; /* lease, project */
    struct request arguments;    /* of the script, for a second try with all of it */
    size_t arguments_count;
};

struct redis_store *redis_store_of(struct store *store);
struct call *call_create(struct redis_store *store, void *user);
void call_destroy(struct call *call);
void call_send(struct call *call, link_done *done); /* the store's request */
struct request *call_request(struct call *call);

/* link_done for calls that want no value. */
void call_on_done(void *user, enum err err, struct redisReply **reply);

/* redis_log.c */
void redis_append(struct store *, struct board_key, struct view entry,
                  const struct stored_text *texts, size_t texts_count, store_appended *,
                  void *);
void redis_append_all(struct store *, struct board_key, const struct to_append *entries,
                      size_t count, store_appended *, void *);
void redis_read(struct store *, struct board_key, struct entry_id after, size_t count,
                store_entries *, void *);
void redis_drop_texts(struct store *, struct board_key, const struct ref *refs, size_t count,
                      store_done *, void *);
void redis_forget(struct store *, struct board_key, store_done *, void *);

void redis_compact(struct store *, store_done *, void *);

/* redis_keys.c */
void redis_person(struct store *, struct board_key, const struct digest *account,
                  uint64_t candidate, store_number *, void *);
void redis_forget_person(struct store *, struct board_key, const struct digest *account,
                         uint64_t key, store_done *, void *);
void redis_put(struct store *, struct view name, struct view value, uint64_t ttl_ms,
               store_done *, void *);
void redis_claim(struct store *, struct view name, struct view value, store_value *, void *);
void redis_get(struct store *, struct view name, store_value *, void *);
void redis_take(struct store *, struct view name, store_value *, void *);
void redis_remove(struct store *, struct view name, store_done *, void *);

/* project.c, read_projection.c */
void project_greet(struct redis_store *store); /* loads the scripts */
void redis_lease(struct store *, struct board_key, uint64_t node, uint64_t ttl_ms, store_done *,
                 void *);
void redis_project(struct store *, struct board_key, uint64_t node, const struct projection *,
                   store_done *, void *);
void redis_projection(struct store *, struct board_key, uint32_t round, store_projection *,
                      void *);

#endif
