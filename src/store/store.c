#include "store/store.h"

/* NOLINTBEGIN(readability-function-size): the parameters are the contract's */

/* Where nobody waits for the outcome. */

static void ignore_appended(void *user, enum err err, struct entry_id id)
{
    (void)user;
    (void)err;
    (void)id;
}

static void ignore_done(void *user, enum err err)
{
    (void)user;
    (void)err;
}

static void ignore_number(void *user, enum err err, uint64_t number)
{
    (void)user;
    (void)err;
    (void)number;
}

static void ignore_value(void *user, enum err err, struct view value)
{
    (void)user;
    (void)err;
    (void)value;
}

void store_listen(struct store *store, const struct store_listener *listener)
{
    store->calls->listen(store, listener);
}

void store_destroy(struct store *store)
{
    if (store) {
        store->calls->destroy(store);
    }
}

void store_follow(struct store *store, struct board_key board, struct entry_id after)
{
    store->calls->follow(store, board, after);
}

void store_unfollow(struct store *store, struct board_key board)
{
    store->calls->unfollow(store, board);
}

void store_append(struct store *store, struct board_key board, struct view entry,
                  const struct stored_text *texts, size_t texts_count, store_appended *done,
                  void *user)
{
    store->calls->append(store, board, entry, texts, texts_count, done ? done : ignore_appended,
                         user);
}

void store_append_all(struct store *store, struct board_key board,
                      const struct to_append *entries, size_t count, store_appended *done,
                      void *user)
{
    store->calls->append_all(store, board, entries, count, done ? done : ignore_appended, user);
}

void store_read(struct store *store, struct board_key board, struct entry_id after,
                size_t count, store_entries *done, void *user)
{
    store->calls->read(store, board, after, count, done, user);
}

void store_drop_texts(struct store *store, struct board_key board, const struct ref *refs,
                      size_t count, store_done *done, void *user)
{
    store->calls->drop_texts(store, board, refs, count, done ? done : ignore_done, user);
}

void store_person(struct store *store, struct board_key board, const struct digest *account,
                  uint64_t candidate, store_number *done, void *user)
{
    store->calls->person(store, board, account, candidate, done ? done : ignore_number, user);
}

void store_forget_person(struct store *store, struct board_key board,
                         const struct digest *account, uint64_t key, store_done *done,
                         void *user)
{
    store->calls->forget_person(store, board, account, key, done ? done : ignore_done, user);
}

void store_put(struct store *store, struct view name, struct view value, uint64_t ttl_ms,
               store_done *done, void *user)
{
    store->calls->put(store, name, value, ttl_ms, done ? done : ignore_done, user);
}

void store_claim(struct store *store, struct view name, struct view value, store_value *done,
                 void *user)
{
    store->calls->claim(store, name, value, done ? done : ignore_value, user);
}

void store_get(struct store *store, struct view name, store_value *done, void *user)
{
    store->calls->get(store, name, done ? done : ignore_value, user);
}

void store_take(struct store *store, struct view name, store_value *done, void *user)
{
    store->calls->take(store, name, done ? done : ignore_value, user);
}

void store_remove(struct store *store, struct view name, store_done *done, void *user)
{
    store->calls->remove(store, name, done ? done : ignore_done, user);
}

void store_lease(struct store *store, struct board_key board, uint64_t node, uint64_t ttl_ms,
                 store_done *done, void *user)
{
    store->calls->lease(store, board, node, ttl_ms, done ? done : ignore_done, user);
}

void store_project(struct store *store, struct board_key board, uint64_t node,
                   const struct projection *projection, store_done *done, void *user)
{
    store->calls->project(store, board, node, projection, done ? done : ignore_done, user);
}

void store_read_projection(struct store *store, struct board_key board, uint32_t round,
                           store_projection *done, void *user)
{
    store->calls->projection(store, board, round, done, user);
}

void store_forget(struct store *store, struct board_key board, store_done *done, void *user)
{
    store->calls->forget(store, board, done ? done : ignore_done, user);
}

void store_compact(struct store *store, store_done *done, void *user)
{
    store->calls->compact(store, done ? done : ignore_done, user);
}

/* NOLINTEND(readability-function-size) */
