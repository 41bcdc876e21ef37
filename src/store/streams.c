#include "store/streams.h"

#include "base/mem.h"

enum {
    STREAMS_BEHIND = 4 /* logs read at once while they catch up: bounds one reply */
};

static struct stream *stream_of(struct list *item)
{
    return LIST_ITEM(item, struct stream, list);
}

void streams_init(struct streams *streams)
{
    list_init(&streams->list);
}

void streams_finish(struct streams *streams)
{
    while (!list_is_empty(&streams->list)) {
        stream_remove(stream_of(streams->list.next));
    }
}

void streams_add(struct streams *streams, struct board_key board, struct entry_id after)
{
    struct stream *stream = mem_alloc(sizeof *stream);

    stream->board = board;
    stream->after = after;
    list_add(&streams->list, &stream->list);
}

void stream_remove(struct stream *stream)
{
    list_remove(&stream->list);
    mem_free(stream);
}

struct stream *streams_next(const struct streams *streams, const struct stream *stream)
{
    struct list *next = stream ? stream->list.next : streams->list.next;

    return next == &streams->list ? NULL : stream_of(next);
}

struct stream *streams_find(const struct streams *streams, struct board_key board)
{
    struct stream *stream = streams_next(streams, NULL);

    while (stream && !board_key_equal(stream->board, board)) {
        stream = streams_next(streams, stream);
    }
    return stream;
}

struct stream *streams_find_key(const struct streams *streams, struct view key)
{
    struct stream *stream = streams_next(streams, NULL);

    while (stream && !view_is(key, key_of(stream->board, "log").text)) {
        stream = streams_next(streams, stream);
    }
    return stream;
}

void streams_reset(struct streams *streams)
{
    struct stream *stream = streams_next(streams, NULL);

    for (; stream; stream = streams_next(streams, stream)) {
        stream->is_asked = false;
        stream->is_probed = false;
        stream->is_caught_up = false;
        stream->is_listed = false;
    }
}

/* Of the logs that are behind, those that were followed first. */
size_t streams_choose(struct streams *streams)
{
    struct stream *stream = streams_next(streams, NULL);
    size_t behind = 0;
    size_t count = 0;

    for (; stream; stream = streams_next(streams, stream)) {
        behind += !stream->is_caught_up;
        stream->is_listed = stream->is_caught_up || behind <= STREAMS_BEHIND;
        count += stream->is_listed;
    }
    return count;
}

void streams_add_listed(const struct streams *streams, struct request *request)
{
    const struct stream *stream = streams_next(streams, NULL);

    for (; stream; stream = streams_next(streams, stream)) {
        if (stream->is_listed) {
            request_key(request, stream->board, "log");
        }
    }
    stream = streams_next(streams, NULL);
    for (; stream; stream = streams_next(streams, stream)) {
        if (stream->is_listed) {
            request_id(request, stream->after);
        }
    }
}
