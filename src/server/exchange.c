#include "server/exchange.h"

#include "base/mem.h"
#include "server/context.h"
#include "server/inside.h"

#include <string.h>

enum {
    SENT_AT_ONCE = 65536
};

struct exchange *exchange_create(struct conn *conn)
{
    struct exchange *exchange = mem_alloc(sizeof *exchange);

    *exchange = (struct exchange){.conn = conn};
    list_init(&exchange->slow);
    conn->exchange = exchange;
    return exchange;
}

/* The connection is free for its next request, and the server for another file. */
static void let_go(struct exchange *exchange)
{
    exchange->conn->server->files -= exchange->is_file;
    exchange->conn->exchange = NULL;
    exchange->conn = NULL;
}

void exchange_destroy(struct exchange *exchange)
{
    if (!exchange) {
        return;
    }
    if (exchange->conn) {
        let_go(exchange);
    }
    list_remove(&exchange->slow);
    buf_finish(&exchange->body);
    buf_finish(&exchange->kept);
    buf_finish(&exchange->out);
    mem_free(exchange);
}

void exchange_leave(struct exchange *exchange)
{
    if (exchange && exchange->is_asked) {
        let_go(exchange);
    } else {
        exchange_destroy(exchange);
    }
}

void exchange_answer(struct exchange *exchange, struct reply reply, struct view body,
                     bool lasts)
{
    reply.length = body.len;
    const char *public_url = exchange->conn->server->config.public_url;

    reply.authority = exchange->authority;
    reply.secure = public_url && strncmp(public_url, "https://", 8) == 0;
    reply.close = exchange->closes;
    reply_write_head(&exchange->out, &reply);
    if (!exchange->is_head && reply.status != 304) {
        if (lasts) {
            exchange->rest = body;
        } else {
            buf_add_view(&exchange->out, body);
        }
    }
    exchange->is_ready = true;
}

void exchange_refuse(struct exchange *exchange, int status, const char *more)
{
    AUTO_BUF body = {0};

    buf_printf(&body, "%d %s\n", status, reply_status_text(status));
    exchange_answer(
        exchange,
        (struct reply){.status = status, .type = "text/plain; charset=utf-8", .more = more},
        buf_view(&body), false);
}

static struct view next_chunk(const struct exchange *exchange)
{
    size_t sent = exchange->sent;
    struct view chunk = {0};

    if (sent < exchange->out.len) {
        chunk = (struct view){exchange->out.bytes + sent, exchange->out.len - sent};
    } else if (sent - exchange->out.len < exchange->rest.len) {
        sent -= exchange->out.len;
        chunk = (struct view){exchange->rest.ptr + sent, exchange->rest.len - sent};
    }
    if (chunk.len > SENT_AT_ONCE) {
        chunk.len = SENT_AT_ONCE;
    }
    return chunk;
}

enum exchange_state exchange_send(struct exchange *exchange)
{
    struct lws *wsi = exchange->conn->wsi;
    struct view chunk = next_chunk(exchange);

    while (chunk.len) {
        if (lws_send_pipe_choked(wsi)) {
            return EXCHANGE_MORE;
        }
        if (lws_write(wsi, context_bytes(chunk.ptr), chunk.len, LWS_WRITE_HTTP) < 0) {
            return EXCHANGE_BROKEN;
        }
        exchange->sent += chunk.len;
        chunk = next_chunk(exchange);
    }
    return EXCHANGE_DONE;
}
