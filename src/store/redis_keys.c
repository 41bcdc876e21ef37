/* People and small keys. */
#include "store/redis_calls.h"
#include "store/reply.h"

#include <hiredis/hiredis.h>

/* The last of the replies that EXEC gives. */
static const redisReply *last_of(const redisReply *exec)
{
    return reply_count(exec) ? reply_at(exec, reply_count(exec) - 1) : NULL;
}

/* People */

static void on_person(void *user, enum err err, redisReply **reply)
{
    struct call *call = user;
    struct view value = err ? (struct view){NULL, 0} : reply_view(last_of(*reply));
    uint64_t key = 0;

    if (!err && value.len && !view_to_hex64(value, &key)) {
        err = ERR_UNAVAILABLE;
    }
    call->to.number(call->user, err, key);
    call_destroy(call);
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract's */
void redis_person(struct store *store, struct board_key board, const struct digest *account,
                  uint64_t candidate, store_number *done, void *user)
{
    struct call *call = call_create(redis_store_of(store), user);
    struct request *request = call_request(call);

    call->to.number = done;
    request_command(request, "MULTI", 1);
    if (candidate) {
        request_command(request, "HSETNX", 4);
        request_key(request, board, "people");
        request_bytes(request, account, sizeof *account);
        request_hex64(request, candidate);
    }
    request_command(request, "HGET", 3);
    request_key(request, board, "people");
    request_bytes(request, account, sizeof *account);
    request_command(request, "EXEC", 1);
    call_send(call, on_person);
}

/* Compiled in from the file of that name. */
extern const char forget_person_lua[];

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract's */
void redis_forget_person(struct store *store, struct board_key board,
                         const struct digest *account, uint64_t key, store_done *done,
                         void *user)
{
    struct call *call = call_create(redis_store_of(store), user);
    struct request *request = call_request(call);

    call->to.done = done;
    request_command(request, "EVAL", 6); /* too seldom for the server to keep it */
    request_text(request, forget_person_lua);
    request_uint(request, 1);
    request_key(request, board, "people");
    request_bytes(request, account, sizeof *account);
    request_hex64(request, key);
    call_send(call, call_on_done);
}

/* Small keys */

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract's */
void redis_put(struct store *store, struct view name, struct view value, uint64_t ttl_ms,
               store_done *done, void *user)
{
    struct call *call = call_create(redis_store_of(store), user);
    struct request *request = call_request(call);

    call->to.done = done;
    request_command(request, "SET", ttl_ms ? 5 : 3);
    request_name_key(request, name);
    request_view(request, value);
    if (ttl_ms) {
        request_text(request, "PX");
        request_uint(request, ttl_ms);
    }
    call_send(call, call_on_done);
}

static void on_claimed(void *user, enum err err, redisReply **reply)
{
    struct call *call = user;
    const redisReply *value = last_of(*reply);

    if (!err && !reply_is_text(value)) {
        err = ERR_UNAVAILABLE;
    }
    call->to.value(call->user, err, reply_view(value));
    call_destroy(call);
}

/* SET … NX GET in one is of Redis 7. */
void redis_claim(struct store *store, struct view name, struct view value, store_value *done,
                 void *user)
{
    struct call *call = call_create(redis_store_of(store), user);
    struct request *request = call_request(call);

    call->to.value = done;
    request_command(request, "MULTI", 1);
    request_command(request, "SET", 4);
    request_name_key(request, name);
    request_view(request, value);
    request_text(request, "NX");
    request_command(request, "GET", 2);
    request_name_key(request, name);
    request_command(request, "EXEC", 1);
    call_send(call, on_claimed);
}

static void on_value(void *user, enum err err, redisReply **reply)
{
    struct call *call = user;

    if (!err && !reply_is_text(*reply)) {
        err = call->absent;
    }
    call->to.value(call->user, err, reply_view(*reply));
    call_destroy(call);
}

static void send_named(struct call *call, const char *command, struct view name,
                       link_done *done)
{
    struct request *request = call_request(call);

    request_command(request, command, 2);
    request_name_key(request, name);
    call_send(call, done);
}

void redis_get(struct store *store, struct view name, store_value *done, void *user)
{
    struct call *call = call_create(redis_store_of(store), user);

    call->to.value = done;
    send_named(call, "GET", name, on_value);
}

void redis_take(struct store *store, struct view name, store_value *done, void *user)
{
    struct call *call = call_create(redis_store_of(store), user);

    call->to.value = done;
    call->absent = ERR_GONE;
    send_named(call, "GETDEL", name, on_value);
}

void redis_remove(struct store *store, struct view name, store_done *done, void *user)
{
    struct call *call = call_create(redis_store_of(store), user);

    call->to.done = done;
    send_named(call, "DEL", name, call_on_done);
}
