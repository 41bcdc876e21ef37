#include "store/memory.h"

#include "base/mem.h"
#include "store/keys.h"
#include "store/memory_calls.h"

/* A followed log. */
struct memory_stream {
    struct list list;
    struct board_key board;
    struct entry_id after;
    bool is_caught_up;
};

struct memory_store *memory_store_of(struct store *store)
{
    return (struct memory_store *)store; /* base is its first member */
}

struct memory_board *memory_board_of(struct memory_store *store, struct board_key key)
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

static void on_turn(uv_idle_t *turn);

void memory_add_job(struct memory_store *store, struct job *job)
{
    list_add(&store->jobs, &job->list);
    uv_idle_start(&store->turn, on_turn);
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
    struct memory_store *store = memory_store_of(base);

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
    struct memory_stream *stream = find_stream(memory_store_of(base), board);

    if (stream) {
        remove_stream(stream);
    }
}

static void memory_listen(struct store *base, const struct store_listener *listener)
{
    struct memory_store *store = memory_store_of(base);

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
    struct memory_board *board = memory_board_of(store, stream->board);
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
        memory_finish_job(job);
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
    job->fail(job);
    memory_finish_job(job);
}

static void memory_destroy(struct store *base)
{
    struct memory_store *store = memory_store_of(base);

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
                                          .append_all = memory_append_all,
                                          .read = memory_read,
                                          .drop_texts = memory_drop_texts,
                                          .person = memory_person,
                                          .forget_person = memory_forget_person,
                                          .put = memory_put,
                                          .claim = memory_claim,
                                          .get = memory_get,
                                          .take = memory_take,
                                          .remove = memory_remove,
                                          .lease = memory_lease,
                                          .project = memory_project,
                                          .projection = memory_projection,
                                          .forget = memory_forget,
                                          .compact = memory_compact};

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
