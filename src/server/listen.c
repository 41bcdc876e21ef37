#include "server/listen.h"

#include "server/context.h"
#include "server/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    BACKLOG = 4096,
    ACCEPTED_AT_ONCE = 64,
    FILES_KEPT = 64, /* for the store, the log and all that is not a connection */
    REST_MS = 200,
    SEND_BYTES = 262144 /* the kernel keeps for one that does not read; twice that in all */
};

static void set_option(int fd, int level, int option, int value)
{
    /* Each makes things better and none is needed: a refusal changes nothing. */
    (void)setsockopt(fd, level, option, &value, sizeof value);
}

/* Accepted sockets inherit what is set here. */
static int open_socket(const struct addrinfo *at, bool both)
{
    int fd = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (fd < 0) {
        return -1;
    }
    set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    set_option(fd, SOL_SOCKET, SO_SNDBUF, SEND_BYTES);
    if (at->ai_family == AF_INET6) {
        set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, !both);
    }
    if (bind(fd, at->ai_addr, at->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0) {
        int reason = errno;

        close(fd);
        errno = reason;
        return -1;
    }
    return fd;
}

static int port_of(int fd)
{
    struct sockaddr_storage address = {0};
    socklen_t len = sizeof address;

    if (getsockname(fd, (struct sockaddr *)&address, &len) != 0) {
        return 0;
    }
    return ntohs(address.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&address)->sin6_port
                                               : ((struct sockaddr_in *)&address)->sin_port);
}

static void rest(struct listeners *listeners)
{
    if (!listeners->is_open || listeners->is_resting) {
        return;
    }
    listeners->is_resting = true;
    for (size_t i = 0; i < listeners->count; i++) {
        uv_poll_stop(&listeners->each[i].poll);
    }
}

static void on_ready(uv_poll_t *poll, int status, int events);

static void work(struct listeners *listeners)
{
    listeners->is_resting = false;
    for (size_t i = 0; i < listeners->count; i++) {
        uv_poll_start(&listeners->each[i].poll, UV_READABLE, on_ready);
    }
}

static void on_retry(uv_timer_t *timer)
{
    struct server *server = timer->data;
    struct listeners *listeners = &server->listeners;

    if (listeners->is_open && server->conns < listeners->conns_max) {
        work(listeners);
    }
}

/* Other than a lack of files or memory, what fails is the one connection. */
static bool is_exhausted(int reason)
{
    return reason == EMFILE || reason == ENFILE || reason == ENOBUFS || reason == ENOMEM;
}

/* false: nobody is waiting, or nobody can be taken now. */
static bool accept_one(struct listeners *listeners, int listening)
{
    struct server *server = listeners->server;

    if (server->conns >= listeners->conns_max) {
        server_refused(server, "connections-full");
        rest(listeners); /* until a place is free */
        return false;
    }
    int fd = accept(listening, NULL, NULL);

    if (fd >= 0) {
        (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
        return lws_adopt_socket_vhost(server->vhost, fd) != NULL;
    }
    if (is_exhausted(errno)) {
        server_refused(server, "files-exhausted");
        rest(listeners);
        uv_timer_start(&listeners->retry, on_retry, REST_MS, 0);
        return false;
    }
    return errno == ECONNABORTED || errno == EINTR;
}

static void on_ready(uv_poll_t *poll, int status, int events)
{
    struct server *server = poll->data;
    int fd = -1;

    (void)events;
    if (status != 0 || uv_fileno((uv_handle_t *)poll, &fd) != 0) {
        return;
    }
    for (int i = 0; i < ACCEPTED_AT_ONCE && server->listeners.is_open; i++) {
        if (!accept_one(&server->listeners, fd)) {
            return;
        }
    }
}

static void add(struct listeners *listeners, int fd)
{
    struct server *server = listeners->server;
    struct listener *listener = &listeners->each[listeners->count++];

    listener->fd = fd;
    uv_poll_init(server->config.loop, &listener->poll, fd);
    listener->poll.data = server;
    server->handles++;
}

static void set_port(const struct addrinfo *at, int port)
{
    if (at->ai_family == AF_INET6) {
        ((struct sockaddr_in6 *)(void *)at->ai_addr)->sin6_port = htons((uint16_t)port);
    } else {
        ((struct sockaddr_in *)(void *)at->ai_addr)->sin_port = htons((uint16_t)port);
    }
}

/* A name may have several addresses, all with the port that the first was given; for all
   addresses one socket of IPv6 serves both, if there is IPv6. Returns why none could. */
static int open_all(struct listeners *listeners, const struct addrinfo *found, bool everywhere)
{
    int reason = EADDRNOTAVAIL;

    for (const struct addrinfo *at = found; at && listeners->count < LISTENERS_MAX;
         at = at->ai_next) {
        if (listeners->port) {
            set_port(at, listeners->port);
        }
        int fd = open_socket(at, everywhere);

        if (fd < 0) {
            reason = errno;
            continue;
        }
        listeners->port = port_of(fd);
        add(listeners, fd);
        if (everywhere) {
            break;
        }
    }
    return reason;
}

static void explain(const struct server *server, int reason, char *why, size_t size)
{
    const char *host = server->config.host && *server->config.host ? server->config.host : "*";

    if (reason == EADDRINUSE) {
        snprintf(why, size,
                 "Port %d on %s is taken by another program: stop it, or name another port.",
                 server->config.port, host);
    } else if (reason == EACCES) {
        snprintf(why, size, "Port %d may not be opened by this user: name one from 1024 on.",
                 server->config.port);
    } else {
        snprintf(why, size,
                 "Cannot listen on %s port %d (%s): name an address of this machine.", host,
                 server->config.port, strerror(reason));
    }
}

/* The addresses of a host; for none, all of this machine, IPv6 before IPv4. */
static struct addrinfo *find(const struct server_config *config, bool everywhere)
{
    struct addrinfo want = {.ai_family = AF_UNSPEC,
                            .ai_socktype = SOCK_STREAM,
                            .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    char port[16];

    snprintf(port, sizeof port, "%d", config->port);
    if (getaddrinfo(everywhere ? "::" : config->host, port, &want, &found) != 0) {
        return NULL;
    }
    return found;
}

static int open_found(struct listeners *listeners, bool everywhere)
{
    struct server_config config = listeners->server->config;
    struct addrinfo *found = find(&config, everywhere);
    int reason = open_all(listeners, found, everywhere);

    if (found) {
        freeaddrinfo(found);
    }
    if (!listeners->count && everywhere) { /* a machine without IPv6 */
        config.host = "0.0.0.0";
        found = find(&config, false);
        reason = open_all(listeners, found, false);
        if (found) {
            freeaddrinfo(found);
        }
    }
    return listeners->count ? 0 : reason;
}

enum err listen_open(struct listeners *listeners, struct server *server, char *why,
                     size_t why_size)
{
    const char *host = server->config.host;
    bool everywhere = !host || !*host || strcmp(host, "::") == 0 || strcmp(host, "[::]") == 0;
    size_t files = context_raise_files();

    *listeners = (struct listeners){.server = server};
    listeners->port = server->config.port;
    listeners->conns_max = files > (size_t)2 * FILES_KEPT ? files - FILES_KEPT : files / 2;
    int reason = open_found(listeners, everywhere);

    if (reason) {
        explain(server, reason, why, why_size);
        return ERR_UNAVAILABLE;
    }
    uv_timer_init(server->config.loop, &listeners->retry);
    listeners->retry.data = server;
    server->handles++;
    listeners->is_open = true;
    work(listeners);
    return OK;
}

void listen_close(struct listeners *listeners)
{
    if (!listeners->is_open) {
        return;
    }
    listeners->is_open = false;
    for (size_t i = 0; i < listeners->count; i++) {
        server_close_handle(listeners->server, &listeners->each[i].poll);
        close(listeners->each[i].fd);
    }
    server_close_handle(listeners->server, &listeners->retry);
}

void listen_place_free(struct listeners *listeners)
{
    if (listeners->is_open && listeners->is_resting &&
        !uv_is_active((uv_handle_t *)&listeners->retry)) {
        uv_timer_start(&listeners->retry, on_retry, 0, 0);
    }
}
