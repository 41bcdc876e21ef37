#include "server/client.h"

#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"
#include "server/context.h"
#include "server/guard.h"

#include <libwebsockets.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <uv.h>

enum {
    RECEIVED_AT_ONCE = 1024,
    WRITTEN_AT_ONCE = 65536,
    TURNS_TO_END = 1000
};

static const char subprotocol[] = "pinson.v1";

struct ws_crowd {
    uv_loop_t *loop;
    struct lws_context *lws;
    uv_timer_t failed_timer;
    struct list failed; /* clients that could not even begin */
    size_t handles;
    size_t clients;
    uint64_t chance; /* state of the generator of masks */
    int port;
    char address[INET6_ADDRSTRLEN]; /* numeric: asked for once, not for each of thousands */
    char host[256];                 /* as the server is to be called */
    char path[256];
};

struct ws_client {
    struct ws_crowd *crowd;
    struct lws *wsi; /* NULL while it is not there */
    struct ws_listener listener;
    void *user;
    struct buf incoming; /* what of an unfinished message has come */
    struct buf outgoing; /* frames */
    struct list failed;
    bool is_open;
    bool is_cut;
};

static void client_gone(struct ws_client *client)
{
    struct ws_listener listener = client->listener;
    void *user = client->user;

    client->crowd->clients--;
    list_remove(&client->failed);
    buf_finish(&client->incoming);
    buf_finish(&client->outgoing);
    mem_free(client);
    if (listener.on_close) {
        listener.on_close(user);
    }
}

static int flush(struct ws_client *client)
{
    struct buf *out = &client->outgoing;

    if (!out->len || lws_partial_buffered(client->wsi)) {
        return 0;
    }
    int written = lws_write(client->wsi, context_bytes(out->bytes), out->len, LWS_WRITE_RAW);

    buf_clear(out);
    return written < 0 ? -1 : 0;
}

static void on_received(struct ws_client *client, const char *bytes, size_t len)
{
    if (client->is_cut) {
        return;
    }
    buf_add(&client->incoming, bytes, len);
    if (!lws_is_final_fragment(client->wsi)) {
        return;
    }
    struct buf whole = client->incoming;

    buf_init(&client->incoming);
    if (client->listener.on_message) {
        client->listener.on_message(client->user, buf_view(&whole));
    }
    buf_finish(&whole);
}

static void on_opened(struct ws_client *client)
{
    client->is_open = true;
    if (client->listener.on_open && !client->is_cut) {
        client->listener.on_open(client->user);
    }
}

static int on_client(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                     size_t len)
{
    struct ws_client *client = wsi ? lws_get_opaque_user_data(wsi) : NULL;

    (void)user;
    if (!client) {
        return 0;
    }
    switch ((int)reason) {
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
        client->wsi = wsi;
        on_opened(client);
        return 0;
    case LWS_CALLBACK_CLIENT_RECEIVE:
        on_received(client, in, len);
        return 0;
    case LWS_CALLBACK_CLIENT_WRITEABLE:
        return client->is_cut ? -1 : flush(client);
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
    case LWS_CALLBACK_CLIENT_CLOSED:
        lws_set_opaque_user_data(wsi, NULL);
        client->is_open = false;
        if (client->wsi) {
            client_gone(client);
        } else { /* within ws_client_open: told later */
            list_add(&client->crowd->failed, &client->failed);
        }
        return 0;
    default:
        return 0;
    }
}

static const struct lws_protocols protocols[] = {{.name = subprotocol,
                                                  .callback = on_client,
                                                  .rx_buffer_size = RECEIVED_AT_ONCE,
                                                  .tx_packet_size = WRITTEN_AT_ONCE},
                                                 {.name = NULL}};

static bool starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* "host:port/path" into its parts; without a path it is that of the server. */
static bool split(struct ws_crowd *crowd, const char *rest, char *name)
{
    size_t len = strcspn(rest, "/?#");
    const char *path = rest + len;
    struct view host = guard_host((struct view){rest, len});
    const char *end = host.ptr + host.len;
    uint64_t port = 80;

    if (!host.len || len >= sizeof crowd->host || strlen(path) >= sizeof crowd->path) {
        return false;
    }
    end += *end == ']';
    if (*end == ':' &&
        !view_to_uint((struct view){end + 1, (size_t)(path - end) - 1}, 65535, &port)) {
        return false;
    }
    crowd->port = (int)port;
    snprintf(crowd->host, sizeof crowd->host, "%.*s", (int)len, rest);
    snprintf(crowd->path, sizeof crowd->path, "%s", *path && path[1] ? path : "/ws");
    snprintf(name, sizeof crowd->host, "%.*s", (int)host.len, host.ptr);
    return true;
}

static bool find_address(struct ws_crowd *crowd, const char *name)
{
    struct addrinfo want = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;

    if (getaddrinfo(name, NULL, &want, &found) != 0) {
        return false;
    }
    int failed = getnameinfo(found->ai_addr, found->ai_addrlen, crowd->address,
                             sizeof crowd->address, NULL, 0, NI_NUMERICHOST);

    freeaddrinfo(found);
    return !failed;
}

static bool understand(struct ws_crowd *crowd, const char *url)
{
    char name[sizeof crowd->host];

    if (starts_with(url, "ws://")) {
        url += strlen("ws://");
    } else if (starts_with(url, "http://")) {
        url += strlen("http://");
    } else {
        return false;
    }
    return split(crowd, url, name) && find_address(crowd, name);
}

static void tell_failed(uv_timer_t *timer)
{
    struct ws_crowd *crowd = timer->data;

    while (!list_is_empty(&crowd->failed)) {
        client_gone(LIST_ITEM(crowd->failed.next, struct ws_client, failed));
    }
}

enum err ws_crowd_create(struct uv_loop_s *loop, const char *url, struct ws_crowd **out)
{
    struct ws_crowd *crowd = mem_alloc(sizeof *crowd);

    *crowd = (struct ws_crowd){.loop = loop, .chance = uv_hrtime()};
    list_init(&crowd->failed);
    if (!understand(crowd, url)) {
        mem_free(crowd);
        return ERR_PARAMS;
    }
    context_raise_files();
    crowd->lws = context_create(loop, protocols, crowd);
    if (!crowd->lws) {
        mem_free(crowd);
        return ERR_UNAVAILABLE;
    }
    uv_timer_init(loop, &crowd->failed_timer);
    crowd->failed_timer.data = crowd;
    crowd->handles = 1;
    *out = crowd;
    return OK;
}

static void on_handle_closed(uv_handle_t *handle)
{
    struct ws_crowd *crowd = handle->data;

    crowd->handles--;
}

void ws_crowd_destroy(struct ws_crowd *crowd)
{
    if (!crowd) {
        return;
    }
    context_end_begin(crowd->lws);
    uv_close((uv_handle_t *)&crowd->failed_timer, on_handle_closed);
    for (int turn = 0; crowd->handles && turn < TURNS_TO_END; turn++) {
        uv_run(crowd->loop, UV_RUN_NOWAIT);
    }
    context_end(crowd->lws, crowd->loop);
    mem_free(crowd);
}

struct ws_client *ws_client_open(struct ws_crowd *crowd, const struct ws_listener *listener,
                                 void *user)
{
    struct ws_client *client = mem_alloc(sizeof *client);
    struct lws_client_connect_info info = {.context = crowd->lws,
                                           .address = crowd->address,
                                           .port = crowd->port,
                                           .path = crowd->path,
                                           .host = crowd->host,
                                           .protocol = subprotocol,
                                           .local_protocol_name = subprotocol,
                                           .opaque_user_data = client};

    *client = (struct ws_client){.crowd = crowd, .listener = *listener, .user = user};
    list_init(&client->failed);
    crowd->clients++;
    struct lws *wsi = lws_client_connect_via_info(&info);

    if (wsi) {
        client->wsi = wsi;
        return client;
    }
    if (list_is_empty(&client->failed)) { /* no callback has told */
        list_add(&crowd->failed, &client->failed);
    }
    uv_timer_start(&crowd->failed_timer, tell_failed, 0, 0);
    return client;
}

/* A header with a mask (RFC 6455, 5.2). The mask hides nothing here: it is there to keep
   proxies from reading what they should not understand. */
static void add_header(struct buf *to, size_t len, const unsigned char mask[4])
{
    buf_add_char(to, (char)0x81);
    if (len < 126) {
        buf_add_char(to, (char)(0x80 | len));
    } else if (len < 65536) {
        buf_add_char(to, (char)(0x80 | 126));
        buf_add_char(to, (char)(len >> 8));
        buf_add_char(to, (char)(len & 0xff));
    } else {
        buf_add_char(to, (char)(0x80 | 127));
        for (int shift = 56; shift >= 0; shift -= 8) {
            buf_add_char(to, (char)((uint64_t)len >> shift & 0xff));
        }
    }
    buf_add(to, mask, 4);
}

void ws_client_send(struct ws_client *client, struct view text)
{
    struct ws_crowd *crowd = client->crowd;
    unsigned char mask[4];
    struct buf *out = &client->outgoing;

    crowd->chance = crowd->chance * 6364136223846793005U + 1442695040888963407U;
    uint32_t bits = (uint32_t)(crowd->chance >> 32);

    memcpy(mask, &bits, sizeof mask);
    add_header(out, text.len, mask);
    size_t start = out->len;

    buf_add_view(out, text);
    for (size_t i = 0; i < text.len; i++) {
        out->bytes[start + i] = (char)(out->bytes[start + i] ^ (char)mask[i & 3]);
    }
    if (client->is_open && !client->is_cut) {
        lws_callback_on_writable(client->wsi);
    }
}

void ws_client_cut(struct ws_client *client)
{
    if (client->is_cut) {
        return;
    }
    client->is_cut = true;
    if (client->wsi) {
        shutdown(lws_get_socket_fd(client->wsi), SHUT_RDWR);
    }
}
