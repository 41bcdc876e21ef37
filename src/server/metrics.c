#include "server/metrics.h"

#include "base/list.h"
#include "base/mem.h"

#include <string.h>
#include <uv.h>

enum {
    CONNS_MAX = 8,
    REQUEST_MAX_BYTES = 4096,
    CONN_MS = 5000,
    BACKLOG = 8
};

struct metrics {
    const struct app *app;
    uv_tcp_t listener;
    uv_timer_t clock; /* closes connections that say nothing */
    struct list conns;
    size_t conns_count;
    size_t handles; /* not closed yet */
};

struct metrics_conn {
    struct list link;
    struct metrics *metrics;
    uv_tcp_t tcp;
    uv_write_t write;
    uint64_t began_ms;
    bool answered;
    size_t len;
    char request[REQUEST_MAX_BYTES + 1]; /* ends with a NUL */
    struct buf out;
};

static void on_handle_closed(uv_handle_t *handle)
{
    struct metrics *metrics = handle->data;

    metrics->handles--;
}

static void on_conn_closed(uv_handle_t *handle)
{
    struct metrics_conn *conn = handle->data;

    conn->metrics->handles--;
    conn->metrics->conns_count--;
    buf_finish(&conn->out);
    mem_free(conn);
}

static void close_conn(struct metrics_conn *conn)
{
    list_remove(&conn->link);
    if (!uv_is_closing((uv_handle_t *)&conn->tcp)) {
        uv_close((uv_handle_t *)&conn->tcp, on_conn_closed);
    }
}

static void on_written(uv_write_t *write, int status)
{
    (void)status;
    close_conn(write->data);
}

static void answer(struct metrics_conn *conn)
{
    static const char asked[] = "GET /metrics HTTP/1.";
    bool ok = conn->len >= sizeof asked - 1 && !memcmp(conn->request, asked, sizeof asked - 1);
    AUTO_BUF body = {0};

    if (ok) {
        app_write_metrics(conn->metrics->app, &body);
    } else {
        buf_add_text(&body, "Here is /metrics.\n");
    }
    buf_printf(&conn->out,
               "HTTP/1.1 %s\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
               "Content-Length: %zu\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
               ok ? "200 OK" : "404 Not Found", body.len);
    buf_add_view(&conn->out, buf_view(&body));
    conn->answered = true;
    uv_buf_t piece = uv_buf_init(conn->out.bytes, (unsigned)conn->out.len);

    conn->write.data = conn;
    if (uv_write(&conn->write, (uv_stream_t *)&conn->tcp, &piece, 1, on_written)) {
        close_conn(conn);
    }
}

static void give_room(uv_handle_t *handle, size_t wanted, uv_buf_t *out)
{
    struct metrics_conn *conn = handle->data;

    (void)wanted;
    *out = uv_buf_init(conn->request + conn->len, (unsigned)(REQUEST_MAX_BYTES - conn->len));
}

static void on_read(uv_stream_t *stream, ssize_t len, const uv_buf_t *room)
{
    struct metrics_conn *conn = stream->data;

    (void)room;
    if (len < 0) {
        close_conn(conn);
        return;
    }
    conn->len += (size_t)len;
    if (!conn->answered && strstr(conn->request, "\r\n\r\n")) {
        uv_read_stop(stream);
        answer(conn);
    } else if (conn->len == REQUEST_MAX_BYTES) {
        close_conn(conn);
    }
}

static void on_connection(uv_stream_t *listener, int status)
{
    struct metrics *metrics = listener->data;

    if (status) {
        return;
    }
    struct metrics_conn *conn = mem_alloc(sizeof *conn);

    conn->metrics = metrics;
    conn->began_ms = uv_now(listener->loop);
    uv_tcp_init(listener->loop, &conn->tcp);
    conn->tcp.data = conn;
    list_init(&conn->link);
    list_add(&metrics->conns, &conn->link);
    metrics->conns_count++;
    metrics->handles++;
    if (uv_accept(listener, (uv_stream_t *)&conn->tcp) || metrics->conns_count > CONNS_MAX ||
        uv_read_start((uv_stream_t *)&conn->tcp, give_room, on_read)) {
        close_conn(conn);
    }
}

static void on_clock(uv_timer_t *timer)
{
    struct metrics *metrics = timer->data;
    struct list *next = NULL;

    for (struct list *at = metrics->conns.next; at != &metrics->conns; at = next) {
        struct metrics_conn *conn = LIST_ITEM(at, struct metrics_conn, link);

        next = at->next;
        if (uv_now(timer->loop) - conn->began_ms > CONN_MS) {
            close_conn(conn);
        }
    }
}

static int listen_on(struct metrics *metrics, const char *address, int port)
{
    struct sockaddr_storage place = {0};
    int failed = uv_ip4_addr(address, port, (struct sockaddr_in *)&place);

    if (failed) {
        failed = uv_ip6_addr(address, port, (struct sockaddr_in6 *)&place);
    }
    failed =
        failed ? failed : uv_tcp_bind(&metrics->listener, (const struct sockaddr *)&place, 0);
    return failed ? failed
                  : uv_listen((uv_stream_t *)&metrics->listener, BACKLOG, on_connection);
}

enum err metrics_open(struct uv_loop_s *loop, const struct app *app, struct metrics_place place,
                      struct metrics **out, struct buf *why)
{
    struct metrics *metrics = mem_alloc(sizeof *metrics);

    metrics->app = app;
    metrics->handles = 2;
    list_init(&metrics->conns);
    uv_tcp_init(loop, &metrics->listener);
    uv_timer_init(loop, &metrics->clock);
    metrics->listener.data = metrics->clock.data = metrics;
    uv_timer_start(&metrics->clock, on_clock, CONN_MS, CONN_MS);
    int failed = listen_on(metrics, place.address, place.port);

    if (failed) {
        buf_printf(why, "%s:%d cannot be listened on for metrics: %s", place.address,
                   place.port, uv_strerror(failed));
        metrics_close(metrics);
        return ERR_PARAMS;
    }
    *out = metrics;
    return OK;
}

void metrics_close(struct metrics *metrics)
{
    if (!metrics) {
        return;
    }
    uv_loop_t *loop = metrics->listener.loop;

    while (!list_is_empty(&metrics->conns)) {
        close_conn(LIST_ITEM(metrics->conns.next, struct metrics_conn, link));
    }
    uv_close((uv_handle_t *)&metrics->listener, on_handle_closed);
    uv_close((uv_handle_t *)&metrics->clock, on_handle_closed);
    while (metrics->handles) {
        uv_run(loop, UV_RUN_NOWAIT);
    }
    mem_free(metrics);
}
