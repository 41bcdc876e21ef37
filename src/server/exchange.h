/*
 * exchange — one HTTP request and its response, which leaves as the socket takes it.
 *
 * It may outlive its connection: the app answers once in any case.
 */
#ifndef SERVER_EXCHANGE_H
#define SERVER_EXCHANGE_H

#include "app/app.h"
#include "base/buf.h"
#include "base/list.h"
#include "server/reply.h"

#include <stdbool.h>

struct conn;

struct exchange {
    struct conn *conn; /* NULL: gone before the answer */
    bool takes_body;   /* not all of it has come */
    uint64_t began_ms; /* by the loop's clock */
    struct buf body;
    size_t body_max;
    bool is_file;    /* a large body, of which there are few at a time */
    struct buf kept; /* what the views of the request point into */
    struct http_request request;
    struct view authority;
    bool is_head;
    bool closes;      /* the connection, when it is done */
    bool is_asked;    /* the app owes an answer */
    bool is_ready;    /* out and rest can be sent */
    struct buf out;   /* head, and a body that does not last */
    struct view rest; /* a body that lasts, after out; borrowed */
    int file;         /* a body that is read as it leaves, after out; owned; -1: none */
    uint64_t file_size;
    struct list slow; /* among those whose socket takes no more for now */
    size_t sent;      /* of all */
};

enum exchange_state {
    EXCHANGE_DONE,
    EXCHANGE_MORE, /* when the socket takes it */
    EXCHANGE_TURN, /* on the next turn of the loop: others have their own to say */
    EXCHANGE_BROKEN
};

struct exchange *exchange_create(struct conn *conn);
/* The connection is gone. Frees it, or leaves that to the app's answer. */
void exchange_leave(struct exchange *exchange);
void exchange_destroy(struct exchange *exchange); /* NULL is allowed */

/* Sets what is sent. A body that lasts is not copied; the head says how long it is. */
void exchange_answer(struct exchange *exchange, struct reply reply, struct view body,
                     bool lasts);
/* A body that is a file; the exchange reads it by a descriptor of its own. */
void exchange_answer_file(struct exchange *exchange, struct reply reply,
                          const struct http_file *file);
/* With a sentence for whoever reads it. */
void exchange_refuse(struct exchange *exchange, int status, const char *more);
/* Sends what the socket takes. */
enum exchange_state exchange_send(struct exchange *exchange);

#endif
