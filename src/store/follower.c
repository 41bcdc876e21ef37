#include "store/follower.h"

#include "base/mem.h"
#include "store/entries.h"
#include "store/reply.h"
#include "store/streams.h"

#include <hiredis/hiredis.h>
#include <uv.h>

enum {
    FOLLOW_COUNT = 1000,
    FOLLOW_BLOCK_MS = 5000,
    INTERRUPT_AGAIN_MS = 5,
    INTERRUPT_AWAY_MS = 100 /* the command connection could not take it */
};

/* What one XREAD brought of one log. */
struct batch {
    struct follower *follower;
    struct entries entries;
};

struct follower {
    struct link *link;
    struct link *commands;
    struct follower_owner owner;
    struct store_listener listener;
    bool is_listened;

    struct streams streams;
    size_t waiting; /* answers to come before the next step */
    bool is_reading;
    bool is_interrupting;
    bool has_failed; /* an answer of this step is missing */
    uint64_t client_id;

    redisReply *read; /* of XREAD, while texts are fetched; owned */
    struct batch *batches;
    size_t batches_count;

    uv_timer_t again; /* to interrupt once more */
};

/* One log whose end was asked for. */
struct probe {
    struct follower *follower;
    struct board_key board;
};

static void advance(struct follower *follower);

/* The listener may follow and unfollow: afterwards the stream may be gone. */
static void tell_caught_up(struct follower *follower, struct stream *stream)
{
    stream->is_caught_up = true;
    follower->listener.on_caught_up(follower->listener.user, stream->board);
}

/* Step one: the ends */

static void take_end(struct follower *follower, struct board_key board, struct entry_id end)
{
    struct stream *stream = streams_find(&follower->streams, board);

    if (!stream || !stream->is_asked) {
        return; /* unfollowed meanwhile, perhaps followed anew */
    }
    stream->is_asked = false;
    stream->is_probed = true;
    stream->target = end;
    if (entry_id_compare(end, stream->after) < 0) {
        stream->after = (struct entry_id){0};
        follower->listener.on_rewound(follower->listener.user, board);
        stream = streams_find(&follower->streams, board);
    }
    if (stream && entry_id_compare(stream->target, stream->after) <= 0) {
        tell_caught_up(follower, stream);
    }
}

static void on_end(void *user, enum err err, redisReply **reply)
{
    struct probe *probe = user;
    struct follower *follower = probe->follower;

    if (!err) {
        take_end(follower, probe->board, reply_last_id(*reply));
    } else if (*reply) {
        link_drop(follower->link, (*reply)->str);
    }
    mem_free(probe);
    follower->waiting--;
    advance(follower);
}

static void ask_end(struct follower *follower, struct stream *stream)
{
    struct request *request = link_request(follower->link);
    struct probe *probe = mem_alloc(sizeof *probe);

    *probe = (struct probe){.follower = follower, .board = stream->board};
    request_command(request, "XREVRANGE", 6);
    request_key(request, stream->board, "log");
    request_text(request, "+");
    request_text(request, "-");
    request_text(request, "COUNT");
    request_uint(request, 1);
    link_send(follower->link, on_end, probe);
    stream->is_asked = true;
    follower->waiting++;
}

static bool ask_ends(struct follower *follower)
{
    struct stream *stream = streams_next(&follower->streams, NULL);

    for (; stream; stream = streams_next(&follower->streams, stream)) {
        if (!stream->is_probed) {
            ask_end(follower, stream);
        }
    }
    return follower->waiting > 0;
}

/* Step three: texts, then delivery */

static void deliver_one(struct follower *follower, const struct entries *entries)
{
    struct stream *stream = streams_find(&follower->streams, entries->board);

    if (!stream || !stream->is_listed || !entries->count) {
        return;
    }
    stream->after = entries->items[entries->count - 1].entry.id;
    follower->listener.on_entries(follower->listener.user, entries->board, entries->items,
                                  entries->count);
    stream = streams_find(&follower->streams, entries->board);
    if (stream && !stream->is_caught_up && stream->is_probed &&
        entry_id_compare(stream->after, stream->target) >= 0) {
        tell_caught_up(follower, stream);
    }
}

static void finish_batches(struct follower *follower)
{
    for (size_t i = 0; i < follower->batches_count; i++) {
        entries_finish(&follower->batches[i].entries);
    }
    mem_free(follower->batches);
    follower->batches = NULL;
    follower->batches_count = 0;
    if (follower->read) {
        freeReplyObject(follower->read);
        follower->read = NULL;
    }
}

/* All texts are here. What is not delivered now is read again after the reconnection. */
static void deliver(struct follower *follower)
{
    for (size_t i = 0; !follower->has_failed && i < follower->batches_count; i++) {
        deliver_one(follower, &follower->batches[i].entries);
    }
    finish_batches(follower);
    follower->waiting--;
    advance(follower);
}

static void on_texts(void *user, enum err err, redisReply **reply)
{
    struct batch *batch = user;
    struct follower *follower = batch->follower;

    if (err) {
        follower->has_failed = true;
        if (*reply) {
            link_drop(follower->link, (*reply)->str);
        }
    } else {
        entries_take_texts(&batch->entries, *reply);
        *reply = NULL;
    }
    follower->waiting--;
    if (follower->waiting == 1) {
        deliver(follower);
    }
}

static void add_batch(struct follower *follower, const redisReply *log)
{
    struct stream *stream = streams_find_key(&follower->streams, reply_view(reply_at(log, 0)));
    struct batch *batch = &follower->batches[follower->batches_count];

    if (!stream || !stream->is_listed) {
        return;
    }
    batch->follower = follower;
    if (entries_init(&batch->entries, stream->board, reply_at(log, 1)) != OK) {
        follower->has_failed = true;
        return;
    }
    follower->batches_count++;
}

/* Counts itself as waited for, so that the last text finds a whole set of batches. */
static void take_entries(struct follower *follower, redisReply *read)
{
    follower->waiting++;
    follower->read = read;
    follower->has_failed = false;
    follower->batches = mem_array(reply_count(read), sizeof *follower->batches);
    for (size_t i = 0; i < reply_count(read); i++) {
        add_batch(follower, reply_at(read, i));
    }
    if (follower->has_failed) {
        link_drop(follower->link, "not a stream");
    }
    for (size_t i = 0; i < follower->batches_count; i++) {
        struct batch *batch = &follower->batches[i];

        if (entries_ask_texts(&batch->entries, link_request(follower->link))) {
            link_send(follower->link, on_texts, batch);
            follower->waiting++;
        }
    }
    if (follower->waiting == 1) {
        deliver(follower);
    }
}

/* Step two: XREAD */

/* It has blocked: nothing is left of what it listed, whatever was thought to be there. */
static void take_nothing(struct follower *follower)
{
    struct stream *stream = streams_next(&follower->streams, NULL);

    while (stream) {
        if (stream->is_listed && !stream->is_caught_up) {
            tell_caught_up(follower, stream);
            stream = NULL; /* from the beginning: the listener may have changed the list */
        }
        stream = streams_next(&follower->streams, stream);
    }
}

static void on_read(void *user, enum err err, redisReply **reply)
{
    struct follower *follower = user;

    follower->is_reading = false;
    uv_timer_stop(&follower->again);
    if (!err && reply_count(*reply)) {
        redisReply *read = *reply;

        *reply = NULL;
        follower->waiting--;
        take_entries(follower, read);
        return;
    }
    if (!err) {
        take_nothing(follower);
    } else if (*reply) {
        link_drop(follower->link, (*reply)->str);
    }
    follower->waiting--;
    advance(follower);
}

static void read_more(struct follower *follower)
{
    size_t count = streams_choose(&follower->streams);

    if (!count) {
        return;
    }
    struct request *request = link_request(follower->link);

    request_command(request, "XREAD", 6 + 2 * count);
    request_text(request, "COUNT");
    request_uint(request, FOLLOW_COUNT);
    request_text(request, "BLOCK");
    request_uint(request, FOLLOW_BLOCK_MS);
    request_text(request, "STREAMS");
    streams_add_listed(&follower->streams, request);
    request->timeout_ms = FOLLOW_BLOCK_MS + REQUEST_TIMEOUT_MS;
    link_send(follower->link, on_read, follower);
    follower->is_reading = true;
    follower->waiting++;
}

static void advance(struct follower *follower)
{
    if (follower->waiting || !follower->is_listened || !link_is_up(follower->link)) {
        return;
    }
    if (!ask_ends(follower)) {
        read_more(follower);
    }
}

/* Interrupting it */

static void interrupt(struct follower *follower);

static void on_again(uv_timer_t *timer)
{
    interrupt(timer->data);
}

static void on_interrupted(void *user, enum err err, redisReply **reply)
{
    struct follower *follower = user;
    uint64_t count = 0;

    follower->is_interrupting = false;
    if (follower->is_reading && (err || !reply_uint(*reply, &count) || !count)) {
        /* It came before the XREAD that it was to interrupt. */
        uv_timer_start(&follower->again, on_again, err ? INTERRUPT_AWAY_MS : INTERRUPT_AGAIN_MS,
                       0);
    }
}

static void interrupt(struct follower *follower)
{
    if (!follower->is_reading || follower->is_interrupting) {
        return;
    }
    struct request *request = link_request(follower->commands);

    request_command(request, "CLIENT", 3);
    request_text(request, "UNBLOCK");
    request_uint(request, follower->client_id);
    follower->is_interrupting = true;
    link_send(follower->commands, on_interrupted, follower);
}

/* The connection */

static void on_client_id(void *user, enum err err, redisReply **reply)
{
    struct follower *follower = user;

    if (err || !reply_uint(*reply, &follower->client_id)) {
        link_drop(follower->link, "no client id");
    }
}

static void on_greet(void *user)
{
    struct follower *follower = user;
    struct request *request = link_request(follower->link);

    request_command(request, "CLIENT", 2);
    request_text(request, "ID");
    link_send(follower->link, on_client_id, follower);
}

static void on_up(void *user)
{
    struct follower *follower = user;

    streams_reset(&follower->streams);
    follower->owner.on_change(follower->owner.user);
    advance(follower);
}

static void on_down(void *user)
{
    struct follower *follower = user;

    follower->owner.on_change(follower->owner.user);
}

/* Life */

struct follower *follower_create(uv_loop_t *loop, const struct redis_address *address,
                                 struct link *commands, const struct follower_owner *owner)
{
    struct follower *follower = mem_alloc(sizeof *follower);
    struct link_owner ours = {.name = "follower",
                              .on_greet = on_greet,
                              .on_up = on_up,
                              .on_down = on_down,
                              .user = follower};

    follower->owner = *owner;
    follower->commands = commands;
    streams_init(&follower->streams);
    uv_timer_init(loop, &follower->again);
    follower->again.data = follower;
    follower->link = link_create(loop, address, &ours);
    return follower;
}

static void on_handle_closed(uv_handle_t *handle)
{
    mem_free(handle->data);
}

void follower_destroy(struct follower *follower)
{
    if (!follower) {
        return;
    }
    follower->is_listened = false;
    link_destroy(follower->link); /* ends what is under way: nothing is delivered any more */
    follower->link = NULL;
    streams_finish(&follower->streams);
    uv_close((uv_handle_t *)&follower->again, on_handle_closed);
}

bool follower_is_up(const struct follower *follower)
{
    return link_is_up(follower->link);
}

void follower_listen(struct follower *follower, const struct store_listener *listener)
{
    follower->listener = *listener;
    follower->is_listened = true;
    advance(follower);
}

void follower_probe(struct follower *follower)
{
    streams_reset(&follower->streams);
    interrupt(follower);
    advance(follower);
}

void follower_follow(struct follower *follower, struct board_key board, struct entry_id after)
{
    if (streams_find(&follower->streams, board)) {
        return;
    }
    streams_add(&follower->streams, board, after);
    interrupt(follower);
    advance(follower);
}

void follower_unfollow(struct follower *follower, struct board_key board)
{
    struct stream *stream = streams_find(&follower->streams, board);

    if (stream) {
        stream_remove(stream);
    }
}
