/* The log, the texts beside it, and what becomes of both. */
#include "base/mem.h"
#include "store/redis_calls.h"
#include "store/reply.h"
#include "wire/entry.h"

#include <assert.h>
#include <hiredis/hiredis.h>

/* Append */

static void add_entry(struct request *request, struct board_key board, struct entry_id id,
                      struct view entry)
{
    request_command(request, "XADD", 5);
    request_key(request, board, "log");
    if (id.ms || id.seq) {
        request_id(request, id);
    } else {
        request_text(request, "*");
    }
    request_text(request, "e");
    request_view(request, entry);
}

static void on_appended(void *user, enum err err, redisReply **reply)
{
    struct call *call = user;
    struct entry_id id = {0};
    const redisReply *text = *reply;

    if (reply_count(text)) { /* of EXEC: XADD came last */
        text = reply_at(text, reply_count(text) - 1);
    }
    if (!err && !reply_id(text, &id)) {
        err = ERR_UNAVAILABLE;
    }
    call->to.appended(call->user, err, id);
    call_destroy(call);
}

/* A text that was erased where the entry comes from has nothing to keep. */
static size_t count_kept(const struct stored_text *texts, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        kept += texts[i].json.len > 0;
    }
    return kept;
}

static void add_texts(struct request *request, struct board_key board,
                      const struct stored_text *texts, size_t count)
{
    request_command(request, "HSET", 2 + 2 * count_kept(texts, count));
    request_key(request, board, "text");
    for (size_t i = 0; i < count; i++) {
        if (texts[i].json.len) {
            request_bytes(request, &texts[i].ref, sizeof texts[i].ref);
            request_view(request, texts[i].json);
        }
    }
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract's */
void redis_append(struct store *store, struct board_key board, struct view entry,
                  const struct stored_text *texts, size_t texts_count, store_appended *done,
                  void *user)
{
    struct call *call = call_create(redis_store_of(store), user);
    struct request *request = call_request(call);
    bool has_texts = count_kept(texts, texts_count) > 0;

    call->to.appended = done;
    if (has_texts) {
        request_command(request, "MULTI", 1);
        add_texts(request, board, texts, texts_count);
    }
    add_entry(request, board, (struct entry_id){0, 0}, entry);
    if (has_texts) {
        request_command(request, "EXEC", 1);
    }
    call_send(call, on_appended);
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract's */
void redis_append_all(struct store *store, struct board_key board,
                      const struct to_append *entries, size_t count, store_appended *done,
                      void *user)
{
    struct call *call = call_create(redis_store_of(store), user);
    struct request *request = call_request(call);

    assert(count > 0);
    call->to.appended = done;
    request_command(request, "MULTI", 1);
    for (size_t i = 0; i < count; i++) {
        if (count_kept(entries[i].texts, entries[i].texts_count)) {
            add_texts(request, board, entries[i].texts, entries[i].texts_count);
        }
        add_entry(request, board, entries[i].id, entries[i].bytes);
    }
    request_command(request, "EXEC", 1);
    request->is_large = true;
    request->timeout_ms = REQUEST_LARGE_TIMEOUT_MS;
    call_send(call, on_appended);
}

/* Read */

static void answer_read(struct call *call, enum err err)
{
    call->to.entries(call->user, err, err ? NULL : call->read.items,
                     err ? 0 : call->read.count);
    call_destroy(call);
}

static void on_texts(void *user, enum err err, redisReply **reply)
{
    struct call *call = user;

    if (!err) {
        entries_take_texts(&call->read, *reply);
        *reply = NULL;
    }
    answer_read(call, err);
}

static void on_entries(void *user, enum err err, redisReply **reply)
{
    struct call *call = user;
    struct board_key board = call->read.board;

    call->log = *reply;
    *reply = NULL;
    if (!err && entries_init(&call->read, board, call->log) != OK) {
        err = ERR_UNAVAILABLE;
    }
    if (!err && entries_ask_texts(&call->read, call_request(call))) {
        call_send(call, on_texts);
        return;
    }
    answer_read(call, err);
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract's */
void redis_read(struct store *store, struct board_key board, struct entry_id after,
                size_t count, store_entries *done, void *user)
{
    struct call *call = call_create(redis_store_of(store), user);
    struct request *request = call_request(call);
    struct buf from = {0};

    assert(count <= 1000);
    call->to.entries = done;
    call->read.board = board;
    buf_add_char(&from, '('); /* without that one */
    entry_id_write(&from, after);

    request_command(request, "XRANGE", 6);
    request_key(request, board, "log");
    request_view(request, buf_view(&from));
    request_text(request, "+");
    request_text(request, "COUNT");
    request_uint(request, count);
    call_send(call, on_entries);
    buf_finish(&from);
}

/* Texts and boards that go */

/* NOLINTNEXTLINE(readability-function-size): the parameters are the contract's */
void redis_drop_texts(struct store *store, struct board_key board, const struct ref *refs,
                      size_t count, store_done *done, void *user)
{
    struct call *call = call_create(redis_store_of(store), user);
    struct request *request = call_request(call);

    call->to.done = done;
    if (count) {
        request_command(request, "HDEL", 2 + count);
        request_key(request, board, "text");
    } else {
        request_command(request, "PING", 1);
    }
    for (size_t i = 0; i < count; i++) {
        request_bytes(request, &refs[i], sizeof refs[i]);
    }
    call_send(call, call_on_done);
}

/* UNLINK: as DEL, but the memory is given back beside the other commands. */
void redis_forget(struct store *store, struct board_key board, store_done *done, void *user)
{
    static const char *const parts[] = {"log",   "text",  "people",  "meta",
                                        "heads", "lease", "snapshot"};
    enum {
        PARTS = sizeof parts / sizeof *parts,
        ROUND_KEYS = 2 * (LIMIT_ROUNDS + 1)
    };
    struct call *call = call_create(redis_store_of(store), user);
    struct request *request = call_request(call);

    assert(!board_key_is_index(board));
    call->to.done = done;
    request_command(request, "UNLINK", 1 + PARTS + ROUND_KEYS);
    for (size_t i = 0; i < PARTS; i++) {
        request_key(request, board, parts[i]);
    }
    for (uint32_t round = 0; round <= LIMIT_ROUNDS; round++) {
        request_round_key(request, board, "score", round);
        request_round_key(request, board, "tally", round);
    }
    call_send(call, call_on_done);
}

/* A Redis without the append-only file has none to write anew. */
void redis_compact(struct store *store, store_done *done, void *user)
{
    struct call *call = call_create(redis_store_of(store), user);

    call->to.done = done;
    request_command(call_request(call),
                    redis_store_of(store)->has_file ? "BGREWRITEAOF" : "PING", 1);
    call_send(call, call_on_done);
}
