/*
 * Every call becomes a job with copies of what it was given; the jobs run in their order on
 * the next turn of the loop, then the followed logs are looked at. So nothing is called back
 * before the call has returned, and values can be lent from where they are kept.
 */
#include "store/memory.h"

#include "base/mem.h"
#include "store/keys.h"
#include "store/memory_board.h"
#include "store/memory_values.h"

#include <assert.h>
#include <string.h>
#include <uv.h>

enum {
    MEMORY_COUNT = 1000
};

struct memory_stream {
    struct list list;
    struct board_key board;
    struct entry_id after;
    bool is_caught_up;
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
    struct entry_id after;
    uint64_t account;
    uint64_t number;
    uint64_t ttl_ms;
    struct projection projection; /* arrays and summary owned */
};

static struct memory_store *memory_of(struct store *store)
{
    return (struct memory_store *)store; /* base is its first member */
}

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

static void on_turn(uv_idle_t *turn);

static struct job *add_job(struct store *base, struct board_key board,
                           void (*run)(struct memory_store *, struct job *), void *user)
{
    struct memory_store *store = memory_of(base);
    struct job *job = mem_alloc(sizeof *job);

    job->run = run;
    job->board = board;
    job->user = user;
    list_add(&store->jobs, &job->list);
    uv_idle_start(&store->turn, on_turn);
    return job;
}

static void finish_job(struct job *job)
{
    list_remove(&job->list);
    for (size_t i = 0; job->texts && i < job->count; i++) {
        free_copy(job->texts[i].json);
    }
    mem_free(job->texts);
    free_copy(job->name);
    free_copy(job->value);
    free_copy(job->projection.summary);
    mem_free(job->projection.ideas);
    mem_free(job->projection.heads);
    mem_free(job);
}

/* Boards */

static struct memory_board *find_board(struct memory_store *store, struct board_key key)
{
    for (struct list *item = store->boards.next; item != &store->boards; item = item->next) {
        struct memory_board *board = LIST_ITEM(item, struct memory_board, list);

        if (board_key_equal(board->key, key)) {
            return board;
        }
    }
    struct memory_board *board = memory_board_create(key);

    list_add(&store->boards, &board->list);
    return board;
}

static void run_append(struct memory_store *store, struct job *job)
{
    struct memory_board *board = find_board(store, job->board);

    for (size_t i = 0; i < job->count; i++) {
        if (job->texts[i].json.len) {
            memory_board_put_text(board, &job->texts[i]);
        }
    }
    job->to.appended(job->user, OK, memory_board_append(board, job->name));
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract's */
static void memory_append(struct store *store, struct board_key board, struct view entry,
                          const struct stored_text *texts, size_t texts_count,
                          store_appended *done, void *user)
{
    struct job *job = add_job(store, board, run_append, user);

    job->to.appended = done;
    job->name = copy(entry);
    job->count = texts_count;
    job->texts = copy_array(texts, texts_count, sizeof *texts);
    for (size_t i = 0; i < texts_count; i++) {
        job->texts[i].json = copy(texts[i].json);
    }
}

static void run_read(struct memory_store *store, struct job *job)
{
    struct memory_range range;

    memory_range_init(&range, find_board(store, job->board), job->after, job->count);
    job->to.entries(job->user, OK, range.entries, range.count);
    memory_range_finish(&range);
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract's */
static void memory_read(struct store *store, struct board_key board, struct entry_id after,
                        size_t count, store_entries *done, void *user)
{
    struct job *job = add_job(store, board, run_read, user);

    assert(count <= MEMORY_COUNT);
    job->to.entries = done;
    job->after = after;
    job->count = count;
}

static void run_drop_texts(struct memory_store *store, struct job *job)
{
    for (size_t i = 0; i < job->count; i++) {
        memory_board_drop_text(find_board(store, job->board), job->texts[i].ref);
    }
    job->to.done(job->user, OK);
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract's */
static void memory_drop_texts(struct store *store, struct board_key board,
                              const struct ref *refs, size_t count, store_done *done,
                              void *user)
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
    memory_board_destroy(find_board(store, job->board));
    job->to.done(job->user, OK);
}

static void memory_forget(struct store *store, struct board_key board, store_done *done,
                          void *user)
{
    add_job(store, board, run_forget, user)->to.done = done;
}

static void run_person(struct memory_store *store, struct job *job)
{
    struct map *people = &find_board(store, job->board)->people;

    if (job->number && !map_find(people, job->account)) {
        map_put(people, job->account, job->number);
    }
    const uint64_t *key = map_find(people, job->account);

    job->to.number(job->user, OK, key ? *key : 0);
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract's */
static void memory_person(struct store *store, struct board_key board,
                          const struct digest *account, uint64_t candidate, store_number *done,
                          void *user)
{
    struct job *job = add_job(store, board, run_person, user);
    struct view bytes = {.ptr = (const char *)account->bytes, .len = sizeof account->bytes};

    job->to.number = done;
    job->account = hash_fnv1a(bytes);
    job->number = candidate;
}

static void run_lease(struct memory_store *store, struct job *job)
{
    bool leased = memory_board_lease(find_board(store, job->board), job->number, job->ttl_ms);

    job->to.done(job->user, leased ? OK : ERR_CONFLICT);
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract's */
static void memory_lease(struct store *store, struct board_key board, uint64_t node,
                         uint64_t ttl_ms, store_done *done, void *user)
{
    struct job *job = add_job(store, board, run_lease, user);

    job->to.done = done;
    job->number = node;
    job->ttl_ms = ttl_ms;
}

static void run_project(struct memory_store *store, struct job *job)
{
    bool written =
        memory_board_project(find_board(store, job->board), job->number, &job->projection);

    job->to.done(job->user, written ? OK : ERR_CONFLICT);
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract's */
static void memory_project(struct store *store, struct board_key board, uint64_t node,
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
    struct memory_board *board = find_board(store, job->board);
    struct projection_read read = {.projection =
                                       memory_board_projection(board, (uint32_t)job->number),
                                   .log_last = memory_board_last(board),
                                   .log_length = board->log_count};

    job->to.projection(job->user, OK, &read);
    mem_free(read.projection.ideas);
}

static void memory_projection(struct store *store, struct board_key board, uint32_t round,
                              store_projection *done, void *user)
{
    struct job *job = add_job(store, board, run_projection, user);

    job->to.projection = done;
    job->number = round;
}

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

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract's */
static void memory_put(struct store *store, struct view name, struct view value,
                       uint64_t ttl_ms, store_done *done, void *user)
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

static void memory_claim(struct store *store, struct view name, struct view value,
                         store_value *done, void *user)
{
    struct job *job = add_named(store, name, run_claim, user);

    job->to.value = done;
    job->value = copy(value);
}

static void run_get(struct memory_store *store, struct job *job)
{
    const struct view *value = memory_values_find(&store->values, job->name);

    job->to.value(job->user, OK, value ? *value : (struct view){0});
}

static void memory_get(struct store *store, struct view name, store_value *done, void *user)
{
    add_named(store, name, run_get, user)->to.value = done;
}

static void run_take(struct memory_store *store, struct job *job)
{
    const struct view *value = memory_values_find(&store->values, job->name);

    job->to.value(job->user, value ? OK : ERR_GONE, value ? *value : (struct view){0});
    memory_values_remove(&store->values, job->name);
}

static void memory_take(struct store *store, struct view name, store_value *done, void *user)
{
    add_named(store, name, run_take, user)->to.value = done;
}

static void run_remove(struct memory_store *store, struct job *job)
{
    memory_values_remove(&store->values, job->name);
    job->to.done(job->user, OK);
}

static void memory_remove(struct store *store, struct view name, store_done *done, void *user)
{
    add_named(store, name, run_remove, user)->to.done = done;
}

/* Following */

static struct memory_stream *find_stream(struct memory_store *store, struct board_key board)
{
    for (struct list *item = store->streams.next; item != &store->streams; item = item->next) {
        struct memory_stream *stream = LIST_ITEM(item, struct memory_stream, list);

        if (board_key_equal(stream->board, board)) {
            return stream;
        }
    }
    return NULL;
}

static void remove_stream(struct memory_stream *stream)
{
    list_remove(&stream->list);
    mem_free(stream);
}

static void memory_follow(struct store *base, struct board_key board, struct entry_id after)
{
    struct memory_store *store = memory_of(base);

    if (find_stream(store, board)) {
        return;
    }
    struct memory_stream *stream = mem_alloc(sizeof *stream);

    stream->board = board;
    stream->after = after;
    list_add(&store->streams, &stream->list);
    uv_idle_start(&store->turn, on_turn);
}

static void memory_unfollow(struct store *base, struct board_key board)
{
    struct memory_stream *stream = find_stream(memory_of(base), board);

    if (stream) {
        remove_stream(stream);
    }
}

static void memory_listen(struct store *base, const struct store_listener *listener)
{
    struct memory_store *store = memory_of(base);

    store->listener = *listener;
    store->is_listened = true;
    store->is_told = false;
    uv_idle_start(&store->turn, on_turn);
}

/* What is to be told of a log. true: something was, and the listener may have changed
   what is followed. */
static bool tell(struct memory_store *store, struct memory_stream *stream)
{
    const struct store_listener *listener = &store->listener;
    struct memory_board *board = find_board(store, stream->board);
    struct entry_id last = memory_board_last(board);
    struct memory_range range;

    if (!stream->is_caught_up && entry_id_compare(last, stream->after) < 0) {
        stream->after = (struct entry_id){0};
        listener->on_rewound(listener->user, stream->board);
        return true;
    }
    if (entry_id_compare(last, stream->after) > 0) {
        memory_range_init(&range, board, stream->after, MEMORY_COUNT);
        stream->after = range.entries[range.count - 1].entry.id;
        listener->on_entries(listener->user, board->key, range.entries, range.count);
        memory_range_finish(&range);
        return true;
    }
    if (!stream->is_caught_up) {
        stream->is_caught_up = true;
        listener->on_caught_up(listener->user, stream->board);
        return true;
    }
    return false;
}

/* One thing at a time, for the listener may change the list. */
static bool tell_one(struct memory_store *store)
{
    for (struct list *item = store->streams.next; item != &store->streams; item = item->next) {
        if (tell(store, LIST_ITEM(item, struct memory_stream, list))) {
            return true;
        }
    }
    return false;
}

static void run_jobs(struct memory_store *store)
{
    const struct list *last = store->jobs.prev;
    bool more = !list_is_empty(&store->jobs);

    while (more) {
        struct job *job = LIST_ITEM(store->jobs.next, struct job, list);

        more = store->jobs.next != last; /* what is asked meanwhile waits for a turn */
        job->run(store, job);
        finish_job(job);
    }
}

static void on_turn(uv_idle_t *turn)
{
    struct memory_store *store = turn->data;
    bool told = store->is_listened && !store->is_told;

    uv_idle_stop(turn);
    if (told) {
        store->is_told = true;
        store->listener.on_available(store->listener.user, true);
    }
    run_jobs(store);
    while (store->is_listened && tell_one(store)) {
    }
    if (!list_is_empty(&store->jobs)) {
        uv_idle_start(turn, on_turn);
    }
}

/* Life */

static void on_closed(uv_handle_t *turn)
{
    mem_free(turn->data);
}

static void fail_job(struct job *job)
{
    struct view none = {0};

    if (job->run == run_append) {
        job->to.appended(job->user, ERR_UNAVAILABLE, (struct entry_id){0});
    } else if (job->run == run_read) {
        job->to.entries(job->user, ERR_UNAVAILABLE, NULL, 0);
    } else if (job->run == run_person) {
        job->to.number(job->user, ERR_UNAVAILABLE, 0);
    } else if (job->run == run_projection) {
        job->to.projection(job->user, ERR_UNAVAILABLE, NULL);
    } else if (job->run == run_claim || job->run == run_get || job->run == run_take) {
        job->to.value(job->user, ERR_UNAVAILABLE, none);
    } else {
        job->to.done(job->user, ERR_UNAVAILABLE);
    }
    finish_job(job);
}

static void memory_destroy(struct store *base)
{
    struct memory_store *store = memory_of(base);

    store->is_listened = false;
    while (!list_is_empty(&store->jobs)) {
        fail_job(LIST_ITEM(store->jobs.next, struct job, list));
    }
    while (!list_is_empty(&store->streams)) {
        remove_stream(LIST_ITEM(store->streams.next, struct memory_stream, list));
    }
    while (!list_is_empty(&store->boards)) {
        memory_board_destroy(LIST_ITEM(store->boards.next, struct memory_board, list));
    }
    memory_values_finish(&store->values);
    uv_close((uv_handle_t *)&store->turn, on_closed);
}

static const struct store_vtable calls = {.destroy = memory_destroy,
                                          .listen = memory_listen,
                                          .follow = memory_follow,
                                          .unfollow = memory_unfollow,
                                          .append = memory_append,
                                          .read = memory_read,
                                          .drop_texts = memory_drop_texts,
                                          .person = memory_person,
                                          .put = memory_put,
                                          .claim = memory_claim,
                                          .get = memory_get,
                                          .take = memory_take,
                                          .remove = memory_remove,
                                          .lease = memory_lease,
                                          .project = memory_project,
                                          .projection = memory_projection,
                                          .forget = memory_forget};

struct store *memory_store_create(uv_loop_t *loop)
{
    struct memory_store *store = mem_alloc(sizeof *store);

    store->base.calls = &calls;
    list_init(&store->boards);
    list_init(&store->streams);
    list_init(&store->jobs);
    memory_values_init(&store->values);
    uv_idle_init(loop, &store->turn);
    store->turn.data = store;
    return &store->base;
}
