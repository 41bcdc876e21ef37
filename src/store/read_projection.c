/* A board's views and the end of its log, read in one transaction. */
#include "base/map.h"
#include "base/mem.h"
#include "store/redis_calls.h"
#include "store/reply.h"

#include <hiredis/hiredis.h>
#include <string.h>

/* Where each answer is in that of EXEC. */
enum part {
    PART_META,
    PART_SCORE,
    PART_TALLY,
    PART_HEADS,
    PART_LENGTH,
    PART_LAST,
    PARTS
};

/* Where each field is in that of HMGET meta. */
enum field {
    FIELD_VERSION,
    FIELD_LAST,
    FIELD_HEAD,
    FIELD_POOL,
    FIELD_PENDING,
    FIELD_ROUND,
    FIELD_SUMMARY,
    FIELDS
};

static const char *const field_names[FIELDS] = {
    [FIELD_VERSION] = "version", [FIELD_LAST] = "last",       [FIELD_HEAD] = "head",
    [FIELD_POOL] = "pool",       [FIELD_PENDING] = "pending", [FIELD_ROUND] = "round",
    [FIELD_SUMMARY] = "summary"};

/* Numbers between single spaces. */
static bool read_numbers(struct view text, uint64_t *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *end = text.len ? memchr(text.ptr, ' ', text.len) : NULL;
        size_t len = end ? (size_t)(end - text.ptr) : text.len;
        struct view number = {.ptr = text.ptr, .len = len};

        if (!view_to_uint(number, UINT64_MAX, &out[i])) {
            return false;
        }
        len += end != NULL;
        text = (struct view){.ptr = text.ptr + len, .len = text.len - len};
    }
    return text.len == 0;
}

static bool read_uint32(const redisReply *reply, uint32_t *out)
{
    uint64_t number = 0;

    if (!reply_uint(reply, &number) || number > UINT32_MAX) {
        return false;
    }
    *out = (uint32_t)number;
    return true;
}

static bool read_digest(const redisReply *reply, struct digest *out)
{
    return view_to_bytes(reply_view(reply), out->bytes, sizeof out->bytes);
}

static bool read_meta(const redisReply *meta, struct projection *out)
{
    uint64_t pool[2] = {0};

    if (reply_count(meta) == FIELDS && !reply_is_text(reply_at(meta, FIELD_VERSION))) {
        return true; /* never projected */
    }
    bool read = reply_uint(reply_at(meta, FIELD_VERSION), &out->version) &&
                reply_id(reply_at(meta, FIELD_LAST), &out->last) &&
                read_digest(reply_at(meta, FIELD_HEAD), &out->head) &&
                read_numbers(reply_view(reply_at(meta, FIELD_POOL)), pool, 2) &&
                read_uint32(reply_at(meta, FIELD_PENDING), &out->pending) &&
                read_uint32(reply_at(meta, FIELD_ROUND), &out->round);

    out->pool = (struct pool){.agree = pool[0], .judged = pool[1]};
    out->summary = reply_view(reply_at(meta, FIELD_SUMMARY));
    return read;
}

/* The scores, and where in them each idea is. */
static bool read_scores(const redisReply *scores, struct projection *out, struct map *places)
{
    for (size_t i = 0; i + 1 < reply_count(scores); i += 2) {
        struct projected *idea = &out->ideas[out->ideas_count];

        if (!read_uint32(reply_at(scores, i), &idea->idea) ||
            !read_uint32(reply_at(scores, i + 1), &idea->score)) {
            return false;
        }
        idea->ranked = true;
        map_put(places, idea->idea, out->ideas_count);
        out->ideas_count++;
    }
    return true;
}

static struct projected *place_of(struct projection *out, const struct map *places,
                                  uint32_t idea)
{
    const uint64_t *place = map_find(places, idea);

    if (place) {
        return &out->ideas[*place];
    }
    out->ideas[out->ideas_count].idea = idea;
    return &out->ideas[out->ideas_count++];
}

static bool read_tallies(const redisReply *tallies, struct projection *out,
                         const struct map *places)
{
    for (size_t i = 0; i + 1 < reply_count(tallies); i += 2) {
        uint32_t number = 0;
        uint64_t counts[3];

        if (!read_uint32(reply_at(tallies, i), &number) ||
            !read_numbers(reply_view(reply_at(tallies, i + 1)), counts, 3)) {
            return false;
        }
        struct tally *tally = &place_of(out, places, number)->tally;

        tally->agree = (uint32_t)counts[0];
        tally->disagree = (uint32_t)counts[1];
        tally->pass = (uint32_t)counts[2];
    }
    return true;
}

static bool read_ideas(const redisReply *scores, const redisReply *tallies,
                       struct projection *out)
{
    struct map places;

    map_init(&places);
    out->ideas =
        mem_array((reply_count(scores) + reply_count(tallies)) / 2, sizeof *out->ideas);

    bool read = read_scores(scores, out, &places) && read_tallies(tallies, out, &places);

    map_finish(&places);
    return read;
}

static bool read_heads(const redisReply *heads, struct projection *out)
{
    out->heads = mem_array(reply_count(heads) / 2, sizeof *out->heads);
    for (size_t i = 0; i + 1 < reply_count(heads); i += 2) {
        struct projected_head *head = &out->heads[out->heads_count];

        if (!reply_uint(reply_at(heads, i), &head->version) ||
            !read_digest(reply_at(heads, i + 1), &head->head)) {
            return false;
        }
        out->heads_count++;
    }
    return true;
}

static bool read_all(const redisReply *exec, struct projection_read *out)
{
    out->log_last = reply_last_id(reply_at(exec, PART_LAST));
    return reply_count(exec) == PARTS &&
           read_meta(reply_at(exec, PART_META), &out->projection) &&
           read_ideas(reply_at(exec, PART_SCORE), reply_at(exec, PART_TALLY),
                      &out->projection) &&
           read_heads(reply_at(exec, PART_HEADS), &out->projection) &&
           reply_uint(reply_at(exec, PART_LENGTH), &out->log_length);
}

static void on_projection(void *user, enum err err, redisReply **reply)
{
    struct call *call = user;
    struct projection_read read = {0};

    if (!err && !read_all(*reply, &read)) {
        err = ERR_UNAVAILABLE;
    }
    call->to.projection(call->user, err, err ? NULL : &read);
    mem_free(read.projection.ideas);
    mem_free(read.projection.heads);
    call_destroy(call);
}

static void ask_board(struct request *request, struct board_key board, uint32_t round)
{
    request_command(request, "HMGET", 2 + FIELDS);
    request_key(request, board, "meta");
    for (size_t i = 0; i < FIELDS; i++) {
        request_text(request, field_names[i]);
    }
    request_command(request, "ZRANGE", 5);
    request_round_key(request, board, "score", round);
    request_text(request, "0");
    request_text(request, "-1");
    request_text(request, "WITHSCORES");
    request_command(request, "HGETALL", 2);
    request_round_key(request, board, "tally", round);
    request_command(request, "HGETALL", 2);
    request_key(request, board, "heads");
}

static void ask_log(struct request *request, struct board_key board)
{
    request_command(request, "XLEN", 2);
    request_key(request, board, "log");
    request_command(request, "XREVRANGE", 6);
    request_key(request, board, "log");
    request_text(request, "+");
    request_text(request, "-");
    request_text(request, "COUNT");
    request_uint(request, 1);
}

void redis_projection(struct store *store, struct board_key board, uint32_t round,
                      store_projection *done, void *user)
{
    struct call *call = call_create(redis_store_of(store), user);
    struct request *request = call_request(call);

    call->to.projection = done;
    request_command(request, "MULTI", 1);
    ask_board(request, board, round);
    ask_log(request, board);
    request_command(request, "EXEC", 1);
    call_send(call, on_projection);
}
