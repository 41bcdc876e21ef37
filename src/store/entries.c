#include "store/entries.h"

#include "base/mem.h"
#include "store/reply.h"
#include "wire/entry.h"

#include <hiredis/hiredis.h>
#include <string.h>

/* The value of field e. An entry without it is not one of ours: no bytes, poisoned. */
static struct view bytes_of(const redisReply *fields)
{
    for (size_t i = 0; i + 1 < reply_count(fields); i += 2) {
        if (view_is(reply_view(reply_at(fields, i)), "e")) {
            return reply_view(reply_at(fields, i + 1));
        }
    }
    return (struct view){0};
}

static bool read_entry(const redisReply *reply, bool is_index, struct stored_entry *out)
{
    *out = (struct stored_entry){0};
    if (!reply_id(reply_at(reply, 0), &out->entry.id)) {
        return false;
    }
    out->entry.bytes = bytes_of(reply_at(reply, 1));
    out->poisoned = !is_index && entry_parse(out->entry.bytes, &out->entry.command) != OK;
    return true;
}

/* The references of all items; where each item's begin is known once the array is whole. */
static void gather_texts(struct entries *entries)
{
    const struct text_use *uses[COMMAND_TEXTS];
    size_t room = 0;

    for (size_t i = 0; i < entries->count; i++) {
        struct stored_entry *item = &entries->items[i];
        size_t count = item->poisoned ? 0 : command_texts(&item->entry.command, uses);

        item->texts_count = count;
        for (size_t n = 0; n < count; n++) {
            entries->texts = mem_reserve(entries->texts, entries->texts_count, &room,
                                         sizeof *entries->texts);
            entries->texts[entries->texts_count++] = (struct stored_text){.ref = uses[n]->ref};
        }
    }
    size_t first = 0;

    for (size_t i = 0; entries->texts && i < entries->count; i++) {
        entries->items[i].texts = entries->texts + first;
        first += entries->items[i].texts_count;
    }
}

enum err entries_init(struct entries *entries, struct board_key board, const redisReply *reply)
{
    size_t count = reply_count(reply);
    bool is_index = board_key_is_index(board);

    *entries = (struct entries){.board = board};
    if (reply && reply->type != REDIS_REPLY_ARRAY && reply->type != REDIS_REPLY_NIL) {
        return ERR_PARSE;
    }
    entries->items = mem_array(count, sizeof *entries->items);
    for (size_t i = 0; i < count; i++) {
        if (!read_entry(reply_at(reply, i), is_index, &entries->items[i])) {
            entries_finish(entries);
            return ERR_PARSE;
        }
        entries->count++;
    }
    if (!is_index) {
        gather_texts(entries);
    }
    return OK;
}

void entries_finish(struct entries *entries)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (!entries->items[i].poisoned) {
            command_finish(&entries->items[i].entry.command);
        }
    }
    mem_free(entries->items);
    mem_free(entries->texts);
    if (entries->texts_reply) {
        freeReplyObject(entries->texts_reply);
    }
    *entries = (struct entries){0};
}

bool entries_ask_texts(const struct entries *entries, struct request *request)
{
    if (!entries->texts_count) {
        return false;
    }
    request_command(request, "HMGET", 2 + entries->texts_count);
    request_key(request, entries->board, "text");
    for (size_t i = 0; i < entries->texts_count; i++) {
        request_bytes(request, &entries->texts[i].ref, sizeof entries->texts[i].ref);
    }
    return true;
}

void entries_take_texts(struct entries *entries, redisReply *reply)
{
    entries->texts_reply = reply;
    for (size_t i = 0; i < entries->texts_count; i++) {
        entries->texts[i].json = reply_view(reply_at(reply, i));
    }
}
