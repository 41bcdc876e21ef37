#include "store/socket.h"

#include "base/mem.h"

#include <hiredis/hiredis.h>
#include <stdio.h>
#include <string.h>
#include <uv.h>

enum {
    SOCKET_READ_BYTES = 65536,
    SOCKET_KEEPALIVE_S = 15
};

struct socket {
    union {
        uv_handle_t handle;
        uv_stream_t stream;
        uv_tcp_t tcp;
        uv_pipe_t pipe;
    } uv;
    uv_connect_t connecting;
    uv_getaddrinfo_t resolving;
    uv_write_t write;
    struct buf writing; /* stays until the write has ended */
    bool is_writing;
    bool is_open; /* false: socket_close was called */
    unsigned attempt;
    unsigned holds; /* the handle and the look-up: freed with the last */
    redisReader *reader;
    struct socket_owner owner;
    char bytes[SOCKET_READ_BYTES];
};

static void release(struct socket *socket)
{
    socket->holds--;
    if (!socket->holds) {
        redisReaderFree(socket->reader);
        buf_finish(&socket->writing);
        mem_free(socket);
    }
}

static void tell_closed(struct socket *socket, const char *why)
{
    if (socket->is_open) {
        socket->owner.on_closed(socket->owner.user, why);
    }
}

/* Reading */

static void on_room(uv_handle_t *handle, size_t suggested, uv_buf_t *out)
{
    struct socket *socket = handle->data;

    (void)suggested;
    *out = uv_buf_init(socket->bytes, sizeof socket->bytes);
}

static void read_replies(struct socket *socket)
{
    void *reply = NULL;

    while (socket->is_open) {
        if (redisReaderGetReply(socket->reader, &reply) != REDIS_OK) {
            tell_closed(socket, "not the Redis protocol");
            return;
        }
        if (!reply) {
            return;
        }
        socket->owner.on_reply(socket->owner.user, reply);
    }
}

static void on_read(uv_stream_t *stream, ssize_t len, const uv_buf_t *buf)
{
    struct socket *socket = stream->data;

    if (len < 0) {
        tell_closed(socket, uv_strerror((int)len));
        return;
    }
    socket->owner.on_heard(socket->owner.user);
    redisReaderFeed(socket->reader, buf->base, (size_t)len);
    read_replies(socket);
}

/* Writing */

static void on_written(uv_write_t *write, int status)
{
    struct socket *socket = write->data;

    socket->is_writing = false;
    if (!socket->is_open) {
        return;
    }
    if (status < 0) {
        tell_closed(socket, uv_strerror(status));
        return;
    }
    socket->owner.on_drained(socket->owner.user);
}

bool socket_write(struct socket *socket, struct buf *bytes)
{
    if (socket->is_writing) {
        return false;
    }
    struct buf spare = socket->writing;

    socket->writing = *bytes;
    *bytes = spare;
    socket->is_writing = true;

    uv_buf_t part = uv_buf_init(socket->writing.bytes, (unsigned)socket->writing.len);

    socket->write.data = socket;
    if (uv_write(&socket->write, &socket->uv.stream, &part, 1, on_written) < 0) {
        /* A socket that cannot be written to ends in on_read or with the deadline. */
        socket->is_writing = false;
    }
    return true;
}

/* Connecting */

static void on_connect(uv_connect_t *connecting, int status)
{
    struct socket *socket = connecting->data;

    if (!socket->is_open) {
        return;
    }
    if (status == 0) {
        status = uv_read_start(&socket->uv.stream, on_room, on_read);
    }
    if (status < 0) {
        tell_closed(socket, uv_strerror(status));
        return;
    }
    socket->owner.on_connected(socket->owner.user);
}

static int connect_to(struct socket *socket, const struct addrinfo *found)
{
    size_t count = 0;

    for (const struct addrinfo *info = found; info; info = info->ai_next) {
        count++;
    }
    for (size_t skip = socket->attempt % count; skip; skip--) {
        found = found->ai_next;
    }
    uv_tcp_nodelay(&socket->uv.tcp, 1);
    uv_tcp_keepalive(&socket->uv.tcp, 1, SOCKET_KEEPALIVE_S);
    return uv_tcp_connect(&socket->connecting, &socket->uv.tcp, found->ai_addr, on_connect);
}

static void on_found(uv_getaddrinfo_t *resolving, int status, struct addrinfo *found)
{
    struct socket *socket = resolving->data;

    if (status == 0 && socket->is_open) {
        status = found ? connect_to(socket, found) : UV_EAI_NONAME;
    }
    uv_freeaddrinfo(found);
    if (status < 0) {
        tell_closed(socket, uv_strerror(status));
    }
    release(socket);
}

static void connect_tcp(struct socket *socket, uv_loop_t *loop,
                        const struct redis_address *address)
{
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    char port[8];

    snprintf(port, sizeof port, "%d", address->port);
    uv_tcp_init(loop, &socket->uv.tcp);
    socket->resolving.data = socket;
    if (uv_getaddrinfo(loop, &socket->resolving, on_found, address->host, port, &hints) == 0) {
        socket->holds++;
    }
}

struct socket *socket_create(uv_loop_t *loop, const struct redis_address *address,
                             unsigned attempt, const struct socket_owner *owner)
{
    struct socket *socket = mem_alloc(sizeof *socket);

    socket->is_open = true;
    socket->attempt = attempt;
    socket->holds = 1;
    socket->owner = *owner;
    socket->reader = redisReaderCreate();
    socket->connecting.data = socket;
    if (address->path[0]) {
        uv_pipe_init(loop, &socket->uv.pipe, 0);
        socket->uv.handle.data = socket;
        uv_pipe_connect(&socket->connecting, &socket->uv.pipe, address->path, on_connect);
    } else {
        connect_tcp(socket, loop, address);
        socket->uv.handle.data = socket;
    }
    return socket;
}

static void on_handle_closed(uv_handle_t *handle)
{
    release(handle->data);
}

void socket_close(struct socket *socket)
{
    if (!socket || !socket->is_open) {
        return;
    }
    socket->is_open = false;
    if (socket->holds > 1) {
        uv_cancel((uv_req_t *)&socket->resolving);
    }
    uv_close(&socket->uv.handle, on_handle_closed);
}
