#include "store/queue.h"

#include "base/mem.h"
#include "store/reply.h"

#include <hiredis/hiredis.h>

struct pending {
    struct list list;
    link_done *done;
    void *user;
    size_t bytes;
    unsigned replies; /* still to come */
    enum err err;     /* of the first error among those that came */
    uint64_t timeout_ms;
    uint64_t due_ms;
};

/* Of a list that is not empty. */
static struct pending *first_of(const struct list *list)
{
    return LIST_ITEM(list->next, struct pending, list);
}

void queue_init(struct queue *queue)
{
    list_init(&queue->waiting);
    list_init(&queue->failed);
    queue->bytes = 0;
}

static struct pending *create(link_done *done, void *user)
{
    struct pending *pending = mem_alloc(sizeof *pending);

    pending->done = done;
    pending->user = user;
    return pending;
}

void queue_add(struct queue *queue, const struct request *request, link_done *done, void *user,
               uint64_t now_ms)
{
    struct pending *pending = create(done, user);

    pending->bytes = request->is_large ? 0 : request->bytes.len;
    pending->replies = request->replies;
    pending->timeout_ms = request->timeout_ms;
    pending->due_ms = now_ms + request->timeout_ms;
    list_add(&queue->waiting, &pending->list);
    queue->bytes += pending->bytes;
}

void queue_add_failed(struct queue *queue, link_done *done, void *user)
{
    list_add(&queue->failed, &create(done, user)->list);
}

bool queue_is_empty(const struct queue *queue)
{
    return list_is_empty(&queue->waiting);
}

uint64_t queue_due_ms(const struct queue *queue, uint64_t heard_ms)
{
    const struct pending *first = first_of(&queue->waiting);
    uint64_t quiet_ms = heard_ms + first->timeout_ms;

    return first->due_ms > quiet_ms ? first->due_ms : quiet_ms;
}

void queue_take_reply(struct queue *queue, redisReply *reply)
{
    struct pending *pending = first_of(&queue->waiting);
    enum err err = reply_error(reply);

    pending->err = pending->err ? pending->err : err;
    pending->replies--;
    if (!pending->replies) {
        list_remove(&pending->list);
        queue->bytes -= pending->bytes;
        pending->done(pending->user, pending->err, &reply);
        mem_free(pending);
    }
    if (reply) {
        freeReplyObject(reply);
    }
}

void queue_fail_waiting(struct queue *queue)
{
    while (!list_is_empty(&queue->waiting)) {
        struct pending *pending = first_of(&queue->waiting);

        list_remove(&pending->list);
        list_add(&queue->failed, &pending->list);
    }
    queue->bytes = 0;
}

static void call_failed(struct pending *pending)
{
    redisReply *none = NULL;

    list_remove(&pending->list);
    pending->done(pending->user, ERR_UNAVAILABLE, &none);
    mem_free(pending);
}

void queue_call_failed(struct queue *queue)
{
    const struct list *last = queue->failed.prev;
    bool more = !list_is_empty(&queue->failed);

    while (more) {
        struct pending *pending = first_of(&queue->failed);

        more = &pending->list != last; /* what fails meanwhile waits for a turn */
        call_failed(pending);
    }
}
