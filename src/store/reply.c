#include "store/reply.h"

#include "wire/entry.h"

#include <hiredis/hiredis.h>
#include <string.h>

bool reply_is_error(const redisReply *reply, const char *code)
{
    size_t len = strlen(code);

    return reply && reply->type == REDIS_REPLY_ERROR && reply->len >= len &&
           memcmp(reply->str, code, len) == 0 && (reply->len == len || reply->str[len] == ' ');
}

/* An element of EXEC can be an error while EXEC itself succeeded. */
enum err reply_error(const redisReply *reply)
{
    if (!reply) {
        return ERR_UNAVAILABLE;
    }
    if (reply->type == REDIS_REPLY_ERROR) {
        return reply_is_error(reply, "OOM") ? ERR_FULL : ERR_UNAVAILABLE;
    }
    for (size_t i = 0; i < reply_count(reply); i++) {
        const redisReply *element = reply_at(reply, i);

        if (element && element->type == REDIS_REPLY_ERROR) {
            return reply_error(element);
        }
    }
    return OK;
}

size_t reply_count(const redisReply *reply)
{
    return reply && reply->type == REDIS_REPLY_ARRAY ? reply->elements : 0;
}

redisReply *reply_at(const redisReply *reply, size_t index)
{
    return index < reply_count(reply) ? reply->element[index] : NULL;
}

bool reply_is_text(const redisReply *reply)
{
    return reply && (reply->type == REDIS_REPLY_STRING || reply->type == REDIS_REPLY_STATUS);
}

struct view reply_view(const redisReply *reply)
{
    if (!reply_is_text(reply)) {
        return (struct view){0};
    }
    return (struct view){.ptr = reply->str, .len = reply->len};
}

bool reply_uint(const redisReply *reply, uint64_t *out)
{
    if (reply && reply->type == REDIS_REPLY_INTEGER && reply->integer >= 0) {
        *out = (uint64_t)reply->integer;
        return true;
    }
    return view_to_uint(reply_view(reply), UINT64_MAX, out);
}

bool reply_id(const redisReply *reply, struct entry_id *out)
{
    return entry_id_parse(reply_view(reply), out) == OK;
}

struct entry_id reply_last_id(const redisReply *reply)
{
    struct entry_id id = {0};

    if (!reply_id(reply_at(reply_at(reply, 0), 0), &id)) {
        id = (struct entry_id){0};
    }
    return id;
}
