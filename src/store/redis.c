#include "store/redis.h"

#include "base/log.h"
#include "base/mem.h"
#include "store/redis_calls.h"
#include "store/reply.h"

#include <hiredis/hiredis.h>
#include <signal.h>
#include <uv.h>

struct redis_store *redis_store_of(struct store *store)
{
    return (struct redis_store *)store; /* base is its first member */
}

/* Calls */

struct call *call_create(struct redis_store *store, void *user)
{
    struct call *call = mem_alloc(sizeof *call);

    call->store = store;
    call->user = user;
    return call;
}

void call_destroy(struct call *call)
{
    entries_finish(&call->read);
    if (call->log) {
        freeReplyObject(call->log);
    }
    request_finish(&call->arguments);
    mem_free(call);
}

struct request *call_request(struct call *call)
{
    return link_request(call->store->commands);
}

void call_send(struct call *call, link_done *done)
{
    link_send(call->store->commands, done, call);
}

void call_on_done(void *user, enum err err, redisReply **reply)
{
    struct call *call = user;

    (void)reply;
    call->to.done(call->user, err);
    call_destroy(call);
}

/* Availability */

static void tell_available(struct redis_store *store)
{
    bool now = link_is_up(store->commands) && follower_is_up(store->follower);

    if (store->is_listened && now != store->is_available) {
        store->is_available = now;
        store->listener.on_available(store->listener.user, now);
    }
}

static void on_change(void *user)
{
    tell_available(user);
}

/* Appends whose outcome was lost with the connection may be in the log: the follower tells
   when it has read what is there now. */
static void on_commands_up(void *user)
{
    struct redis_store *store = user;

    tell_available(store);
    follower_probe(store->follower);
}

static void on_listened(void *user, enum err err, redisReply **reply)
{
    (void)err;
    (void)reply;
    tell_available(user);
}

/* What Redis promises */

static bool setting_is(const redisReply *reply, const char *value)
{
    return view_is(reply_view(reply_at(reply, 1)), value);
}

static void on_appendonly(void *user, enum err err, redisReply **reply)
{
    struct redis_store *store = user;

    store->has_file = !err && setting_is(*reply, "yes");
}

/* A managed server may refuse CONFIG: then nothing is promised. */
static void on_appendfsync(void *user, enum err err, redisReply **reply)
{
    struct redis_store *store = user;

    store->syncs_always = !err && setting_is(*reply, "always");
    if (*reply && !redis_store_is_durable(&store->base)) {
        log_event(LOG_WARN, "store-not-durable",
                  "why=\"appendonly yes and appendfsync always are not set\"");
    }
}

static void ask_setting(struct redis_store *store, const char *name, link_done *done)
{
    struct request *request = link_request(store->commands);

    request_command(request, "CONFIG", 3);
    request_text(request, "GET");
    request_text(request, name);
    link_send(store->commands, done, store);
}

static void on_greet(void *user)
{
    struct redis_store *store = user;

    ask_setting(store, "appendonly", on_appendonly);
    ask_setting(store, "appendfsync", on_appendfsync);
    project_greet(store);
}

bool redis_store_is_durable(const struct store *store)
{
    const struct redis_store *redis = (const struct redis_store *)store;

    return redis->has_file && redis->syncs_always;
}

/* The vtable */

static void redis_listen(struct store *base, const struct store_listener *listener)
{
    struct redis_store *store = redis_store_of(base);

    store->listener = *listener;
    store->is_listened = true;
    store->is_available = false;
    follower_listen(store->follower, listener);

    /* On a later turn, should it be connected already. */
    request_command(link_request(store->commands), "PING", 1);
    link_send(store->commands, on_listened, store);
}

static void redis_follow(struct store *store, struct board_key board, struct entry_id after)
{
    follower_follow(redis_store_of(store)->follower, board, after);
}

static void redis_unfollow(struct store *store, struct board_key board)
{
    follower_unfollow(redis_store_of(store)->follower, board);
}

static void redis_destroy(struct store *base)
{
    struct redis_store *store = redis_store_of(base);

    store->is_listened = false;
    link_destroy(store->commands); /* the follower is still there for its interruption */
    follower_destroy(store->follower);
    mem_free(store);
}

static const struct store_vtable calls = {.destroy = redis_destroy,
                                          .listen = redis_listen,
                                          .follow = redis_follow,
                                          .unfollow = redis_unfollow,
                                          .append = redis_append,
                                          .append_all = redis_append_all,
                                          .read = redis_read,
                                          .drop_texts = redis_drop_texts,
                                          .person = redis_person,
                                          .forget_person = redis_forget_person,
                                          .put = redis_put,
                                          .claim = redis_claim,
                                          .get = redis_get,
                                          .take = redis_take,
                                          .remove = redis_remove,
                                          .lease = redis_lease,
                                          .project = redis_project,
                                          .projection = redis_projection,
                                          .forget = redis_forget,
                                          .compact = redis_compact};

struct store *redis_store_create(uv_loop_t *loop, const struct redis_address *address)
{
    struct redis_store *store = mem_alloc(sizeof *store);
    struct link_owner link = {.name = "commands",
                              .on_greet = on_greet,
                              .on_up = on_commands_up,
                              .on_down = on_change,
                              .user = store};
    struct follower_owner follower = {.on_change = on_change, .user = store};

    (void)signal(SIGPIPE, SIG_IGN); /* libuv leaves it on: writing to a Redis that has gone */
    store->base.calls = &calls;
    store->address = *address;
    store->commands = link_create(loop, &store->address, &link);
    store->follower = follower_create(loop, &store->address, store->commands, &follower);
    return &store->base;
}
