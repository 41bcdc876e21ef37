/* queue — the requests of a link whose outcome is not known yet. Used by link alone. */
#ifndef STORE_QUEUE_H
#define STORE_QUEUE_H

#include "base/list.h"
#include "store/link.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct queue {
    struct list waiting; /* sent, in the order in which they will be answered */
    struct list failed;  /* to be called back on the next turn */
    size_t bytes;        /* of those that wait */
};

void queue_init(struct queue *queue);

/* now_ms is any clock that queue_due is compared with. */
void queue_add(struct queue *queue, const struct request *request, link_done *done, void *user,
               uint64_t now_ms);
void queue_add_failed(struct queue *queue, link_done *done, void *user);

bool queue_is_empty(const struct queue *queue); /* nothing waits */
/* When the one that has waited the longest has had its time, bytes having last come at
   heard_ms: a long reply is heard of while it comes. */
uint64_t queue_due_ms(const struct queue *queue, uint64_t heard_ms);

/* Gives the reply to the one that has waited the longest. Takes it. */
void queue_take_reply(struct queue *queue, struct redisReply *reply);

void queue_fail_waiting(struct queue *queue); /* they become failed */
/* Calls back those that have failed before this call. */
void queue_call_failed(struct queue *queue);

#endif
