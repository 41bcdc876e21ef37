#include "store/memory_calls.h"

#include "base/mem.h"

#include <assert.h>
#include <string.h>

/* NOLINTBEGIN(readability-function-size): the parameters are the contract's */

/* Copies */

static struct view copy(struct view view)
{
    return (struct view){.ptr = mem_copy_text(view.ptr, view.len), .len = view.len};
}

static void free_copy(struct view view)
{
    union {
        const char *borrowed;
        char *owned;
    } text = {.borrowed = view.ptr};

    mem_free(text.owned);
}

static void *copy_array(const void *items, size_t count, size_t size)
{
    void *copied = mem_array(count, size);

    if (count) {
        memcpy(copied, items, count * size);
    }
    return copied;
}

/* Jobs */

static void fail_done(struct job *job)
{
    job->to.done(job->user, ERR_UNAVAILABLE);
}

static void fail_appended(struct job *job)
{
    job->to.appended(job->user, ERR_UNAVAILABLE, (struct entry_id){0});
}

static void fail_value(struct job *job)
{
    job->to.value(job->user, ERR_UNAVAILABLE, (struct view){0});
}

static void fail_number(struct job *job)
{
    job->to.number(job->user, ERR_UNAVAILABLE, 0);
}

static void fail_entries(struct job *job)
{
    job->to.entries(job->user, ERR_UNAVAILABLE, NULL, 0);
}

static void fail_projection(struct job *job)
{
    job->to.projection(job->user, ERR_UNAVAILABLE, NULL);
}

static struct job *add_job(struct store *store, struct board_key board,
                           void (*run)(struct memory_store *, struct job *), void *user)
{
    struct job *job = mem_alloc(sizeof *job);

    job->run = run;
    job->fail = fail_done;
    job->board = board;
    job->user = user;
    memory_add_job(memory_store_of(store), job);
    return job;
}

static void free_texts(struct stored_text *texts, size_t count)
{
    for (size_t i = 0; texts && i < count; i++) {
        free_copy(texts[i].json);
    }
    mem_free(texts);
}

static struct stored_text *copy_texts(const struct stored_text *texts, size_t count)
{
    struct stored_text *copied = copy_array(texts, count, sizeof *texts);

    for (size_t i = 0; i < count; i++) {
        copied[i].json = copy(texts[i].json);
    }
    return copied;
}

static void free_entries(struct job *job)
{
    for (size_t i = 0; i < job->entries_count; i++) {
        union {
            const struct stored_text *borrowed;
            struct stored_text *owned;
        } texts = {.borrowed = job->entries[i].texts};

        free_texts(texts.owned, job->entries[i].texts_count);
        free_copy(job->entries[i].bytes);
    }
    mem_free(job->entries);
}

void memory_finish_job(struct job *job)
{
    list_remove(&job->list);
    free_texts(job->texts, job->count);
    free_entries(job);
    free_copy(job->name);
    free_copy(job->value);
    free_copy(job->projection.summary);
    mem_free(job->projection.ideas);
    mem_free(job->projection.heads);
    mem_free(job);
}

/* Boards */

static void run_append(struct memory_store *store, struct job *job)
{
    struct memory_board *board = memory_board_of(store, job->board);

    for (size_t i = 0; i < job->count; i++) {
        if (job->texts[i].json.len) {
            memory_board_put_text(board, &job->texts[i]);
        }
    }
    job->to.appended(job->user, OK, memory_board_append(board, job->name));
}

void memory_append(struct store *store, struct board_key board, struct view entry,
                   const struct stored_text *texts, size_t texts_count, store_appended *done,
                   void *user)
{
    struct job *job = add_job(store, board, run_append, user);

    job->to.appended = done;
    job->fail = fail_appended;
    job->name = copy(entry);
    job->count = texts_count;
    job->texts = copy_texts(texts, texts_count);
}

/* As Redis refuses an id that is not after the last. */
static bool are_in_order(const struct memory_board *board, const struct job *job)
{
    struct entry_id last = memory_board_last(board);

    for (size_t i = 0; i < job->entries_count; i++) {
        struct entry_id id = job->entries[i].id;

        if (!id.ms && !id.seq) {
            continue;
        }
        if (entry_id_compare(id, last) <= 0) {
            return false;
        }
        last = id;
    }
    return true;
}

static void run_append_all(struct memory_store *store, struct job *job)
{
    struct memory_board *board = memory_board_of(store, job->board);
    struct entry_id last = {0};

    if (!are_in_order(board, job)) {
        fail_appended(job);
        return;
    }
    for (size_t i = 0; i < job->entries_count; i++) {
        const struct to_append *entry = &job->entries[i];

        for (size_t k = 0; k < entry->texts_count; k++) {
            if (entry->texts[k].json.len) {
                memory_board_put_text(board, &entry->texts[k]);
            }
        }
        last = entry->id.ms || entry->id.seq
                   ? memory_board_append_as(board, entry->id, entry->bytes)
                   : memory_board_append(board, entry->bytes);
    }
    job->to.appended(job->user, OK, last);
}

void memory_append_all(struct store *store, struct board_key board,
                       const struct to_append *entries, size_t count, store_appended *done,
                       void *user)
{
    struct job *job = add_job(store, board, run_append_all, user);

    assert(count > 0);
    job->to.appended = done;
    job->fail = fail_appended;
    job->entries = copy_array(entries, count, sizeof *entries);
    job->entries_count = count;
    for (size_t i = 0; i < count; i++) {
        job->entries[i].bytes = copy(entries[i].bytes);
        job->entries[i].texts = copy_texts(entries[i].texts, entries[i].texts_count);
    }
}

static void run_read(struct memory_store *store, struct job *job)
{
    struct memory_range range;

    memory_range_init(&range, memory_board_of(store, job->board), job->after, job->count);
    job->to.entries(job->user, OK, range.entries, range.count);
    memory_range_finish(&range);
}

void memory_read(struct store *store, struct board_key board, struct entry_id after,
                 size_t count, store_entries *done, void *user)
{
    struct job *job = add_job(store, board, run_read, user);

    assert(count <= MEMORY_COUNT);
    job->to.entries = done;
    job->fail = fail_entries;
    job->after = after;
    job->count = count;
}

static void run_drop_texts(struct memory_store *store, struct job *job)
{
    for (size_t i = 0; i < job->count; i++) {
        memory_board_drop_text(memory_board_of(store, job->board), job->texts[i].ref);
    }
    job->to.done(job->user, OK);
}

void memory_drop_texts(struct store *store, struct board_key board, const struct ref *refs,
                       size_t count, store_done *done, void *user)
{
    struct job *job = add_job(store, board, run_drop_texts, user);

    job->to.done = done;
    job->count = count;
    job->texts = mem_array(count, sizeof *job->texts);
    for (size_t i = 0; i < count; i++) {
        job->texts[i].ref = refs[i];
    }
}

static void run_forget(struct memory_store *store, struct job *job)
{
    memory_board_destroy(memory_board_of(store, job->board));
    job->to.done(job->user, OK);
}

static void run_compact(struct memory_store *store, struct job *job)
{
    (void)store;
    job->to.done(job->user, OK); /* what was deleted is nowhere */
}

void memory_compact(struct store *store, store_done *done, void *user)
{
    add_job(store, INDEX_KEY, run_compact, user)->to.done = done;
}

void memory_forget(struct store *store, struct board_key board, store_done *done, void *user)
{
    add_job(store, board, run_forget, user)->to.done = done;
}

static uint64_t account_of(const struct digest *account)
{
    return hash_fnv1a(
        (struct view){.ptr = (const char *)account->bytes, .len = sizeof account->bytes});
}

static void run_person(struct memory_store *store, struct job *job)
{
    struct map *people = &memory_board_of(store, job->board)->people;

    if (job->number && !map_find(people, job->account)) {
        map_put(people, job->account, job->number);
    }
    const uint64_t *key = map_find(people, job->account);

    job->to.number(job->user, OK, key ? *key : 0);
}

void memory_person(struct store *store, struct board_key board, const struct digest *account,
                   uint64_t candidate, store_number *done, void *user)
{
    struct job *job = add_job(store, board, run_person, user);
    job->to.number = done;
    job->fail = fail_number;
    job->account = account_of(account);
    job->number = candidate;
}

static void run_forget_person(struct memory_store *store, struct job *job)
{
    struct map *people = &memory_board_of(store, job->board)->people;
    const uint64_t *key = map_find(people, job->account);

    if (key && *key == job->number) {
        map_remove(people, job->account);
    }
    job->to.done(job->user, OK);
}

void memory_forget_person(struct store *store, struct board_key board,
                          const struct digest *account, uint64_t key, store_done *done,
                          void *user)
{
    struct job *job = add_job(store, board, run_forget_person, user);

    job->to.done = done;
    job->account = account_of(account);
    job->number = key;
}

static void run_lease(struct memory_store *store, struct job *job)
{
    bool leased =
        memory_board_lease(memory_board_of(store, job->board), job->number, job->ttl_ms);

    job->to.done(job->user, leased ? OK : ERR_CONFLICT);
}

void memory_lease(struct store *store, struct board_key board, uint64_t node, uint64_t ttl_ms,
                  store_done *done, void *user)
{
    struct job *job = add_job(store, board, run_lease, user);

    job->to.done = done;
    job->number = node;
    job->ttl_ms = ttl_ms;
}

static void run_project(struct memory_store *store, struct job *job)
{
    bool written =
        memory_board_project(memory_board_of(store, job->board), job->number, &job->projection);

    job->to.done(job->user, written ? OK : ERR_CONFLICT);
}

void memory_project(struct store *store, struct board_key board, uint64_t node,
                    const struct projection *projection, store_done *done, void *user)
{
    struct job *job = add_job(store, board, run_project, user);

    job->to.done = done;
    job->number = node;
    job->projection = *projection;
    job->projection.summary = copy(projection->summary);
    job->projection.ideas =
        copy_array(projection->ideas, projection->ideas_count, sizeof *projection->ideas);
    job->projection.heads =
        copy_array(projection->heads, projection->heads_count, sizeof *projection->heads);
}

static void run_projection(struct memory_store *store, struct job *job)
{
    struct memory_board *board = memory_board_of(store, job->board);
    struct projection_read read = {.projection =
                                       memory_board_projection(board, (uint32_t)job->number),
                                   .log_last = memory_board_last(board),
                                   .log_length = board->log_count};

    job->to.projection(job->user, OK, &read);
    mem_free(read.projection.ideas);
}

void memory_projection(struct store *store, struct board_key board, uint32_t round,
                       store_projection *done, void *user)
{
    struct job *job = add_job(store, board, run_projection, user);

    job->to.projection = done;
    job->fail = fail_projection;
    job->number = round;
}

/* Small keys */

/* Small keys */

static struct job *add_named(struct store *store, struct view name,
                             void (*run)(struct memory_store *, struct job *), void *user)
{
    struct job *job = add_job(store, INDEX_KEY, run, user);

    job->name = copy(name);
    return job;
}

static void run_put(struct memory_store *store, struct job *job)
{
    memory_values_put(&store->values, job->name, job->value, job->ttl_ms);
    job->to.done(job->user, OK);
}

void memory_put(struct store *store, struct view name, struct view value, uint64_t ttl_ms,
                store_done *done, void *user)
{
    struct job *job = add_named(store, name, run_put, user);

    job->to.done = done;
    job->value = copy(value);
    job->ttl_ms = ttl_ms;
}

static void run_claim(struct memory_store *store, struct job *job)
{
    if (!memory_values_find(&store->values, job->name)) {
        memory_values_put(&store->values, job->name, job->value, 0);
    }
    job->to.value(job->user, OK, *memory_values_find(&store->values, job->name));
}

void memory_claim(struct store *store, struct view name, struct view value, store_value *done,
                  void *user)
{
    struct job *job = add_named(store, name, run_claim, user);

    job->to.value = done;
    job->fail = fail_value;
    job->value = copy(value);
}

static void run_get(struct memory_store *store, struct job *job)
{
    const struct view *value = memory_values_find(&store->values, job->name);

    job->to.value(job->user, OK, value ? *value : (struct view){0});
}

void memory_get(struct store *store, struct view name, store_value *done, void *user)
{
    struct job *job = add_named(store, name, run_get, user);

    job->to.value = done;
    job->fail = fail_value;
}

static void run_take(struct memory_store *store, struct job *job)
{
    const struct view *value = memory_values_find(&store->values, job->name);

    job->to.value(job->user, value ? OK : ERR_GONE, value ? *value : (struct view){0});
    memory_values_remove(&store->values, job->name);
}

void memory_take(struct store *store, struct view name, store_value *done, void *user)
{
    struct job *job = add_named(store, name, run_take, user);

    job->to.value = done;
    job->fail = fail_value;
}

static void run_remove(struct memory_store *store, struct job *job)
{
    memory_values_remove(&store->values, job->name);
    job->to.done(job->user, OK);
}

void memory_remove(struct store *store, struct view name, store_done *done, void *user)
{
    add_named(store, name, run_remove, user)->to.done = done;
}

/* NOLINTEND(readability-function-size) */
