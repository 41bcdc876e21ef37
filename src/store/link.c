/*
 * Why not hiredis' own asynchronous context: its libuv adapter (0.14.1) ignores a poll that
 * ends in error, so that a refused or reset connection is never told; it looks up host names
 * while the loop waits; and it writes once a command where one write a turn lets Redis make
 * one fsync for all. So the socket is libuv's, and hiredis reads the replies.
 */
#include "store/link.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/time.h"
#include "store/queue.h"
#include "store/socket.h"

#include <assert.h>
#include <hiredis/hiredis.h>
#include <uv.h>

enum {
    LINK_QUEUE_BYTES = 4 << 20, /* unanswered; over it requests are refused */
    LINK_BACKOFF_MS = 50,
    LINK_BACKOFF_MAX_MS = 1000,
    LINK_CONNECT_MS = 2000,
    LINK_LAST_CHANCE_MS = 50
};

enum link_state {
    LINK_AWAY,
    LINK_CONNECTING,
    LINK_GREETING, /* on_greet is being called, or what it sent is being answered */
    LINK_UP,
    LINK_ENDED
};

struct link {
    uv_loop_t *loop;
    const struct redis_address *address;
    struct link_owner owner;
    enum link_state state;
    bool takes_greetings;
    bool is_told; /* that it is away: one line in the log, not one a try */

    struct socket *socket; /* NULL while away */
    struct request request;
    struct buf out; /* written at the end of the turn */
    struct queue queue;
    uint64_t heard_ms;
    bool is_late; /* the loop may have been held up: it reads once more before we give up */

    unsigned tries;
    uint64_t backoff_ms;
    uint64_t up_since_ms;

    uv_timer_t timer; /* away: the next try; else the deadline of what is waited for */
    uv_idle_t turn;   /* active when there is something to write or to fail */
    unsigned handles;
};

static uint64_t now_ms(void)
{
    return time_monotonic_us() / 1000;
}

static void on_turn(uv_idle_t *turn);
static void on_timer(uv_timer_t *timer);
static void connect_now(struct link *link);

static void set_timer(struct link *link, uint64_t ms)
{
    uv_timer_start(&link->timer, on_timer, ms, 0);
}

/* Doubles while connections fail or do not last. */
static uint64_t next_backoff(struct link *link, bool was_up)
{
    uint64_t wait = link->backoff_ms;

    if (was_up && now_ms() - link->up_since_ms > LINK_BACKOFF_MAX_MS) {
        wait = LINK_BACKOFF_MS;
    }
    link->backoff_ms = 2 * wait > LINK_BACKOFF_MAX_MS ? LINK_BACKOFF_MAX_MS : 2 * wait;
    return wait;
}

void link_drop(struct link *link, const char *why)
{
    bool was_up = link->state == LINK_UP;

    if (link->state == LINK_AWAY || link->state == LINK_ENDED) {
        return;
    }
    if (!link->is_told) {
        log_event(LOG_WARN, "redis-away", "connection=%s why=\"%s\"", link->owner.name, why);
        link->is_told = true;
    }
    socket_close(link->socket);
    link->socket = NULL;
    link->state = LINK_AWAY;
    link->takes_greetings = false;
    buf_clear(&link->out);
    queue_fail_waiting(&link->queue);
    uv_idle_start(&link->turn, on_turn);
    set_timer(link, next_backoff(link, was_up));
    if (was_up) {
        link->owner.on_down(link->owner.user);
    }
}

/* Reading */

static void greeted(struct link *link)
{
    link->state = LINK_UP;
    link->up_since_ms = now_ms();
    log_event(LOG_INFO, "redis-connected", "connection=%s", link->owner.name);
    link->is_told = false;
    link->owner.on_up(link->owner.user);
}

static void on_reply(void *user, redisReply *reply)
{
    struct link *link = user;

    if (queue_is_empty(&link->queue)) {
        freeReplyObject(reply);
        link_drop(link, "a reply to nothing");
        return;
    }
    queue_take_reply(&link->queue, reply);
    if (link->state == LINK_GREETING && queue_is_empty(&link->queue)) {
        greeted(link);
    }
}

static void on_heard(void *user)
{
    struct link *link = user;

    link->heard_ms = now_ms();
    link->is_late = false;
}

static void on_closed(void *user, const char *why)
{
    link_drop(user, why);
}

/* Greeting */

static void on_signed_in(void *user, enum err err, redisReply **reply)
{
    struct link *link = user;

    if (err && *reply) {
        link_drop(link, (*reply)->type == REDIS_REPLY_ERROR ? (*reply)->str : "refused");
    }
}

static void sign_in(struct link *link)
{
    const struct redis_address *address = link->address;

    if (address->password[0]) {
        struct request *auth = link_request(link);

        request_command(auth, "AUTH", address->user[0] ? 3 : 2);
        if (address->user[0]) {
            request_text(auth, address->user);
        }
        request_text(auth, address->password);
        link_send(link, on_signed_in, link);
    }
    if (address->db) {
        struct request *select = link_request(link);

        request_command(select, "SELECT", 2);
        request_uint(select, (uint64_t)address->db);
        link_send(link, on_signed_in, link);
    }
    /* Refused while Redis loads its file: then it is not there yet. */
    request_command(link_request(link), "PING", 1);
    link_send(link, on_signed_in, link);
}

static void on_connected(void *user)
{
    struct link *link = user;

    link->state = LINK_GREETING;
    link->takes_greetings = true;
    sign_in(link);
    link->owner.on_greet(link->owner.user);
    link->takes_greetings = false;
}

/* The loop */

static void flush(struct link *link)
{
    if (link->socket && link->out.len && socket_write(link->socket, &link->out)) {
        buf_clear(&link->out);
    }
}

static void on_drained(void *user)
{
    flush(user);
}

/* What was sent during a turn is one write. */
static void on_turn(uv_idle_t *turn)
{
    struct link *link = turn->data;

    uv_idle_stop(turn);
    queue_call_failed(&link->queue);
    flush(link);
}

static void check_deadline(struct link *link)
{
    if (queue_is_empty(&link->queue)) {
        return;
    }
    uint64_t due = queue_due_ms(&link->queue, link->heard_ms);
    uint64_t now = now_ms();

    if (now < due) {
        set_timer(link, due - now);
    } else if (!link->is_late) {
        link->is_late = true;
        set_timer(link, LINK_LAST_CHANCE_MS);
    } else {
        link_drop(link, "no answer in time");
    }
}

static void on_timer(uv_timer_t *timer)
{
    struct link *link = timer->data;

    switch (link->state) {
    case LINK_AWAY:
        connect_now(link);
        break;
    case LINK_CONNECTING:
        link_drop(link, "no connection in time");
        break;
    case LINK_GREETING:
    case LINK_UP:
        check_deadline(link);
        break;
    case LINK_ENDED:
        break;
    }
}

static void connect_now(struct link *link)
{
    struct socket_owner owner = {.on_connected = on_connected,
                                 .on_heard = on_heard,
                                 .on_reply = on_reply,
                                 .on_drained = on_drained,
                                 .on_closed = on_closed,
                                 .user = link};

    link->state = LINK_CONNECTING;
    link->is_late = false;
    set_timer(link, LINK_CONNECT_MS);
    link->socket = socket_create(link->loop, link->address, link->tries++, &owner);
}

/* Sending */

bool link_is_up(const struct link *link)
{
    return link->state == LINK_UP;
}

struct request *link_request(struct link *link)
{
    request_clear(&link->request);
    return &link->request;
}

static bool is_taken(const struct link *link)
{
    bool open = link->state == LINK_UP || link->takes_greetings;

    size_t bytes = link->request.is_large ? 0 : link->request.bytes.len;

    return open && link->queue.bytes + bytes <= LINK_QUEUE_BYTES;
}

static void set_deadline(struct link *link, uint64_t timeout_ms)
{
    if (!uv_is_active((uv_handle_t *)&link->timer) ||
        uv_timer_get_due_in(&link->timer) > timeout_ms) {
        set_timer(link, timeout_ms);
    }
}

void link_send(struct link *link, link_done *done, void *user)
{
    const struct request *request = &link->request;

    assert(request->replies > 0 && request->missing == 0);
    if (is_taken(link)) {
        queue_add(&link->queue, request, done, user, now_ms());
        buf_add_view(&link->out, buf_view(&request->bytes));
        set_deadline(link, request->timeout_ms);
    } else {
        queue_add_failed(&link->queue, done, user);
    }
    if (link->state != LINK_ENDED) {
        uv_idle_start(&link->turn, on_turn);
    }
}

/* Life */

struct link *link_create(uv_loop_t *loop, const struct redis_address *address,
                         const struct link_owner *owner)
{
    struct link *link = mem_alloc(sizeof *link);

    *link = (struct link){.loop = loop,
                          .address = address,
                          .owner = *owner,
                          .backoff_ms = LINK_BACKOFF_MS,
                          .handles = 2};
    queue_init(&link->queue);
    uv_timer_init(loop, &link->timer);
    uv_idle_init(loop, &link->turn);
    link->timer.data = link;
    link->turn.data = link;
    set_timer(link, 0);
    return link;
}

static void on_handle_closed(uv_handle_t *handle)
{
    struct link *link = handle->data;

    link->handles--;
    if (!link->handles) {
        request_finish(&link->request);
        buf_finish(&link->out);
        mem_free(link);
    }
}

void link_destroy(struct link *link)
{
    if (!link) {
        return;
    }
    socket_close(link->socket);
    link->socket = NULL;
    link->state = LINK_ENDED;
    link->takes_greetings = false;
    queue_fail_waiting(&link->queue);
    while (!list_is_empty(&link->queue.failed)) {
        queue_call_failed(&link->queue);
    }
    uv_close((uv_handle_t *)&link->timer, on_handle_closed);
    uv_close((uv_handle_t *)&link->turn, on_handle_closed);
}
