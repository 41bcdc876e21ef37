/* The lease of a board, and writing its views: both guarded by a few lines of Lua. */
#include "store/redis_calls.h"
#include "store/reply.h"

#include <assert.h>
#include <hiredis/hiredis.h>
#include <string.h>

enum {
    PROJECT_IDEAS = 500, /* in one call, for Redis does nothing else meanwhile */
    PROJECT_KEYS = 5,
    PROJECT_VALUES = 9
};

/* Compiled in from the files of these names. */
extern const char lease_lua[];
extern const char project_lua[];

/* Loading */

static void on_loaded(void *user, enum err err, redisReply **reply)
{
    struct script *script = user;
    struct view sha = reply_view(*reply);

    script->sha[0] = '\0';
    if (!err && sha.len == sizeof script->sha - 1) {
        memcpy(script->sha, sha.ptr, sha.len);
        script->sha[sha.len] = '\0';
    }
}

static void load(struct redis_store *store, struct script *script, const char *source)
{
    struct request *request = link_request(store->commands);

    script->source = source;
    request_command(request, "SCRIPT", 3);
    request_text(request, "LOAD");
    request_text(request, source);
    link_send(store->commands, on_loaded, script);
}

void project_greet(struct redis_store *store)
{
    load(store, &store->lease, lease_lua);
    load(store, &store->project, project_lua);
}

/* Running */

static void on_run(void *user, enum err err, redisReply **reply);

static void run(struct call *call, bool whole)
{
    struct request *request = call_request(call);

    request_command(request, whole ? "EVAL" : "EVALSHA", 2 + call->arguments_count);
    request_text(request, whole ? call->script->source : call->script->sha);
    request_add(request, &call->arguments, call->arguments_count);
    call_send(call, on_run);
}

static void on_run(void *user, enum err err, redisReply **reply)
{
    struct call *call = user;
    uint64_t written = 0;

    if (reply_is_error(*reply, "NOSCRIPT")) {
        run(call, true); /* somebody has emptied the server's cache of scripts */
        return;
    }
    if (!err && (!reply_uint(*reply, &written) || !written)) {
        err = ERR_CONFLICT;
    }
    call_on_done(call, err, reply);
}

/* arguments: keys and values, without the number of keys. */
static struct call *start(struct store *base, const struct script *script, size_t keys,
                          size_t values)
{
    struct call *call = call_create(redis_store_of(base), NULL);

    call->script = script;
    call->arguments_count = 1 + keys + values;
    request_arguments(&call->arguments, call->arguments_count);
    request_uint(&call->arguments, keys);
    return call;
}

static void finish(struct call *call, store_done *done, void *user)
{
    call->to.done = done;
    call->user = user;
    run(call, call->script->sha[0] == '\0');
}

/* Lease */

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract's */
void redis_lease(struct store *store, struct board_key board, uint64_t node, uint64_t ttl_ms,
                 store_done *done, void *user)
{
    struct call *call = start(store, &redis_store_of(store)->lease, 1, 2);
    struct request *arguments = &call->arguments;

    request_key(arguments, board, "lease");
    request_hex64(arguments, node);
    request_uint(arguments, ttl_ms);
    finish(call, done, user);
}

/* Projection */

static void add_keys(struct request *to, struct board_key board, uint32_t round)
{
    request_key(to, board, "lease");
    request_key(to, board, "meta");
    request_round_key(to, board, "score", round);
    request_round_key(to, board, "tally", round);
    request_key(to, board, "heads");
}

static void add_meta(struct request *to, const struct projection *projection)
{
    AUTO_BUF pool = {0};

    buf_printf(&pool, "%llu %llu", (unsigned long long)projection->pool.agree,
               (unsigned long long)projection->pool.judged);
    request_uint(to, projection->version);
    request_id(to, projection->last);
    request_bytes(to, &projection->head, sizeof projection->head);
    request_view(to, buf_view(&pool));
    request_uint(to, projection->pending);
    request_uint(to, projection->round);
    request_view(to, projection->summary);
}

static void add_idea(struct request *to, const struct projected *idea)
{
    AUTO_BUF tally = {0};

    buf_printf(&tally, "%u %u %u", (unsigned)idea->tally.agree, (unsigned)idea->tally.disagree,
               (unsigned)idea->tally.pass);
    request_uint(to, idea->idea);
    if (idea->ranked) {
        request_uint(to, idea->score);
    } else {
        request_text(to, "");
    }
    request_view(to, buf_view(&tally));
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract's */
void redis_project(struct store *store, struct board_key board, uint64_t node,
                   const struct projection *projection, store_done *done, void *user)
{
    assert(projection->ideas_count <= PROJECT_IDEAS);

    size_t values = PROJECT_VALUES + 3 * projection->ideas_count + 2 * projection->heads_count;
    struct call *call = start(store, &redis_store_of(store)->project, PROJECT_KEYS, values);
    struct request *arguments = &call->arguments;

    add_keys(arguments, board, projection->round);
    request_hex64(arguments, node);
    add_meta(arguments, projection);
    request_uint(arguments, projection->ideas_count);
    for (size_t i = 0; i < projection->ideas_count; i++) {
        add_idea(arguments, &projection->ideas[i]);
    }
    for (size_t i = 0; i < projection->heads_count; i++) {
        request_uint(arguments, projection->heads[i].version);
        request_bytes(arguments, &projection->heads[i].head, sizeof projection->heads[i].head);
    }
    finish(call, done, user);
}
