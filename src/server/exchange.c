#include "server/exchange.h"

#include "base/mem.h"
#include "server/context.h"
#include "server/inside.h"

#include <string.h>
#include <unistd.h>

enum {
    SENT_AT_ONCE = 65536,
    PIECES_A_TURN = 4
};

struct exchange *exchange_create(struct conn *conn)
{
    struct exchange *exchange = mem_alloc(sizeof *exchange);

    *exchange = (struct exchange){.conn = conn, .file = -1};
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
    if (exchange->file >= 0) {
        (void)close(exchange->file);
    }
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

static void write_head(struct exchange *exchange, struct reply reply)
{
    const char *public_url = exchange->conn->server->config.public_url;

    reply.authority = exchange->authority;
    reply.secure = public_url && strncmp(public_url, "https://", 8) == 0;
    reply.close = exchange->closes;
    reply_write_head(&exchange->out, &reply);
    exchange->is_ready = true;
}

void exchange_answer(struct exchange *exchange, struct reply reply, struct view body,
                     bool lasts)
{
    reply.length = body.len;
    write_head(exchange, reply);
    if (!exchange->is_head && reply.status != 304) {
        if (lasts) {
            exchange->rest = body;
        } else {
            buf_add_view(&exchange->out, body);
        }
    }
}

void exchange_answer_file(struct exchange *exchange, struct reply reply,
                          const struct http_file *file)
{
    reply.length = (size_t)file->size;
    write_head(exchange, reply);
    if (!exchange->is_head && reply.status != 304) {
        exchange->file = dup(file->descriptor);
        exchange->file_size = file->size;
    }
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

static bool owes_file(const struct exchange *exchange)
{
    return exchange->sent >= exchange->out.len &&
           exchange->sent - exchange->out.len < exchange->file_size;
}

/* The next piece of it. */
static struct view next_piece(const struct exchange *exchange, char *piece)
{
    ssize_t len =
        pread(exchange->file, piece, SENT_AT_ONCE, (off_t)(exchange->sent - exchange->out.len));

    return (struct view){piece, len > 0 ? (size_t)len : 0};
}

static enum exchange_state send_piece(struct exchange *exchange, struct view piece)
{
    struct lws *wsi = exchange->conn->wsi;

    if (!piece.len || lws_write(wsi, context_bytes(piece.ptr), piece.len, LWS_WRITE_HTTP) < 0) {
        return EXCHANGE_BROKEN;
    }
    exchange->sent += piece.len;
    return EXCHANGE_DONE;
}

enum exchange_state exchange_send(struct exchange *exchange)
{
    char bytes[SENT_AT_ONCE];
    enum exchange_state state = EXCHANGE_DONE;

    for (int n = 0; !state; n++) {
        struct view chunk = next_chunk(exchange);

        if (!chunk.len && !owes_file(exchange)) {
            return EXCHANGE_DONE;
        }
        if (lws_send_pipe_choked(exchange->conn->wsi)) {
            return EXCHANGE_MORE;
        }
        if (n == PIECES_A_TURN) {
            return EXCHANGE_TURN;
        }
        state = send_piece(exchange, chunk.len ? chunk : next_piece(exchange, bytes));
    }
    return state;
}
