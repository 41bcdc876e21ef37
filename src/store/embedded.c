#include "store/embedded.h"

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/time.h"
#include "store/child.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <hiredis/hiredis.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

enum {
    EMBEDDED_LOCK_MS = 5000,   /* for the server before to go away */
    EMBEDDED_READY_MS = 30000, /* to read its file */
    EMBEDDED_STOP_MS = 10000,
    EMBEDDED_LOOK_MS = 20,
    EMBEDDED_BACKOFF_MS = 50,
    EMBEDDED_BACKOFF_MAX_MS = 2000,
    EMBEDDED_STEADY_MS = 10000, /* it has lived so long: the next restart is quick again */
    EMBEDDED_SOCKET_MAX = sizeof((struct sockaddr_un *)NULL)->sun_path - 1
};

struct embedded {
    char *dir;    /* owned, absolute */
    char *socket; /* owned */
    int lock;
    pid_t pid; /* 0: between two of them */
    uint64_t started_ms;
    uint64_t backoff_ms;
    uv_signal_t ended;
    uv_timer_t restart;
    unsigned handles;
};

/* Where a failure is told. */
struct why {
    char *text;
    size_t size;
};

static uint64_t now_ms(void)
{
    return time_monotonic_us() / 1000;
}

static char *path_in(const char *dir, const char *name)
{
    struct buf path = {0};

    buf_printf(&path, "%s/%s", dir, name);
    return buf_take(&path);
}

/* The directory */

/* Paths are relative to the directory, which is where it runs. */
static const char configuration[] = "port 0\n"
                                    "unixsocket redis.sock\n"
                                    "unixsocketperm 700\n"
                                    "daemonize no\n"
                                    "databases 1\n"
                                    "logfile redis.log\n"
                                    "save \"\"\n"
                                    "appendonly yes\n"
                                    "appendfsync always\n"
                                    "no-appendfsync-on-rewrite no\n"
                                    "auto-aof-rewrite-percentage 100\n"
                                    "auto-aof-rewrite-min-size 64mb\n"
                                    "aof-load-truncated yes\n"
                                    "maxmemory-policy noeviction\n";

static bool write_configuration(const char *dir)
{
    char *path = path_in(dir, "redis.conf");
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    size_t len = strlen(configuration);
    bool written = file >= 0 && write(file, configuration, len) == (ssize_t)len;

    if (file >= 0) {
        written = close(file) == 0 && written;
    }
    mem_free(path);
    return written;
}

/* Absolute, and made when there is none; NULL, with the reason in errno. */
static char *open_dir(const char *dir)
{
    if (mkdir(dir, 0700) < 0 && errno != EEXIST) {
        return NULL;
    }
    return realpath(dir, NULL);
}

static int open_lock(const char *dir, int flags)
{
    char *path = path_in(dir, "lock");
    int file = open(path, flags | O_CLOEXEC, 0600);

    mem_free(path);
    return file;
}

/* The child inherits it, so that it is held as long as either of us lives. */
static enum err take_lock(struct embedded *embedded)
{
    uint64_t until = now_ms() + EMBEDDED_LOCK_MS;

    embedded->lock = open_lock(embedded->dir, O_RDWR | O_CREAT);
    if (embedded->lock < 0) {
        return ERR_UNAVAILABLE;
    }
    while (flock(embedded->lock, LOCK_EX | LOCK_NB) < 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return ERR_UNAVAILABLE;
        }
        if (now_ms() > until) {
            return ERR_CONFLICT;
        }
        child_sleep_ms(EMBEDDED_LOOK_MS);
    }
    return OK;
}

bool embedded_is_running(const char *dir)
{
    int file = open_lock(dir, O_RDONLY);

    if (file < 0) {
        return false;
    }
    bool held = flock(file, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK;

    close(file);
    return held;
}

/* The process */

static int start_child(struct embedded *embedded)
{
    int failure = child_start(embedded->dir, embedded->lock, &embedded->pid);

    embedded->started_ms = now_ms();
    if (failure) {
        embedded->pid = 0;
    }
    return failure;
}

/* Answers, and is not reading its file any more. */
static bool is_ready(const struct embedded *embedded)
{
    struct timeval wait = {.tv_sec = 1};
    redisContext *context = redisConnectUnixWithTimeout(embedded->socket, wait);
    redisReply *reply = NULL;
    bool ready = false;

    if (context && !context->err) {
        redisSetTimeout(context, wait);
        reply = redisCommand(context, "PING");
        ready = reply && reply->type == REDIS_REPLY_STATUS;
    }
    if (reply) {
        freeReplyObject(reply);
    }
    if (context) {
        redisFree(context);
    }
    return ready;
}

static enum err wait_until_ready(struct embedded *embedded, const struct why *why)
{
    uint64_t until = now_ms() + EMBEDDED_READY_MS;
    int status = 0;

    while (!is_ready(embedded)) {
        if (child_has_ended(embedded->pid, &status)) {
            embedded->pid = 0;
            snprintf(why->text, why->size,
                     "redis-server ended at its start. %s/redis.log says why.", embedded->dir);
            return ERR_UNAVAILABLE;
        }
        if (now_ms() > until) {
            snprintf(why->text, why->size,
                     "redis-server is not ready after %d s. %s/redis.log says what it does.",
                     EMBEDDED_READY_MS / 1000, embedded->dir);
            return ERR_UNAVAILABLE;
        }
        child_sleep_ms(EMBEDDED_LOOK_MS);
    }
    return OK;
}

/* Watching it */

static void on_restart(uv_timer_t *timer);

static void restart_later(struct embedded *embedded)
{
    uint64_t wait = embedded->backoff_ms;

    if (now_ms() - embedded->started_ms > EMBEDDED_STEADY_MS) {
        wait = EMBEDDED_BACKOFF_MS;
    }
    embedded->backoff_ms =
        2 * wait > EMBEDDED_BACKOFF_MAX_MS ? EMBEDDED_BACKOFF_MAX_MS : 2 * wait;
    uv_timer_start(&embedded->restart, on_restart, wait, 0);
}

static void on_restart(uv_timer_t *timer)
{
    struct embedded *embedded = timer->data;
    int failure = start_child(embedded);

    if (failure) {
        log_event(LOG_ERROR, "redis-not-started", "why=\"%s\"", strerror(failure));
        restart_later(embedded);
    }
}

/* SIGCHLD is everybody's: only this child is collected here. */
static void on_child(uv_signal_t *signal, int number)
{
    struct embedded *embedded = signal->data;
    int status = 0;

    (void)number;
    if (!embedded->pid || !child_has_ended(embedded->pid, &status)) {
        return;
    }
    log_event(LOG_ERROR, "redis-ended", "signal=%d status=%d",
              WIFSIGNALED(status) ? WTERMSIG(status) : 0,
              WIFEXITED(status) ? WEXITSTATUS(status) : 0);
    embedded->pid = 0;
    restart_later(embedded);
}

static void watch(struct embedded *embedded, uv_loop_t *loop)
{
    embedded->backoff_ms = EMBEDDED_BACKOFF_MS;
    embedded->handles = 2;
    uv_signal_init(loop, &embedded->ended);
    uv_timer_init(loop, &embedded->restart);
    embedded->ended.data = embedded;
    embedded->restart.data = embedded;
    uv_signal_start(&embedded->ended, on_child, SIGCHLD);
    uv_unref((uv_handle_t *)&embedded->ended); /* a loop may end while it is watched */
    uv_unref((uv_handle_t *)&embedded->restart);
    on_child(&embedded->ended, SIGCHLD); /* should it have ended before this */
}

/* Life */

static void free_embedded(struct embedded *embedded)
{
    if (embedded->pid) {
        child_stop(embedded->pid, EMBEDDED_STOP_MS);
    }
    if (embedded->lock >= 0) {
        close(embedded->lock);
    }
    mem_free(embedded->dir);
    mem_free(embedded->socket);
    mem_free(embedded);
}

static enum err prepare(struct embedded *embedded, const char *dir, const struct why *why)
{
    embedded->dir = open_dir(dir);
    if (!embedded->dir) {
        snprintf(why->text, why->size, "The directory %s cannot be used: %s.", dir,
                 strerror(errno));
        return ERR_UNAVAILABLE;
    }
    embedded->socket = path_in(embedded->dir, "redis.sock");
    if (strlen(embedded->socket) > EMBEDDED_SOCKET_MAX) {
        snprintf(why->text, why->size,
                 "The directory's path is too long for a socket: at most %zu bytes, and %s has "
                 "%zu. Choose a shorter one.",
                 (size_t)EMBEDDED_SOCKET_MAX - strlen("/redis.sock"), embedded->dir,
                 strlen(embedded->dir));
        return ERR_TOO_LONG;
    }
    enum err err = take_lock(embedded);

    if (err == ERR_CONFLICT) {
        snprintf(why->text, why->size,
                 "Another server is using %s. Stop it, or choose another directory.",
                 embedded->dir);
    } else if (err) {
        snprintf(why->text, why->size, "%s/lock cannot be locked: %s.", embedded->dir,
                 strerror(errno));
    }
    return err;
}

static enum err run(struct embedded *embedded, const struct why *why)
{
    if (!write_configuration(embedded->dir)) {
        snprintf(why->text, why->size, "%s/redis.conf cannot be written: %s.", embedded->dir,
                 strerror(errno));
        return ERR_UNAVAILABLE;
    }
    int failure = start_child(embedded);

    if (failure == ENOENT) {
        snprintf(why->text, why->size,
                 "The program redis-server was not found. Install Redis 6.2 or newer "
                 "(apt install redis-server), or name a server with --redis.");
        return ERR_UNAVAILABLE;
    }
    if (failure) {
        snprintf(why->text, why->size, "redis-server cannot be started in %s: %s.",
                 embedded->dir, strerror(failure));
        return ERR_UNAVAILABLE;
    }
    return wait_until_ready(embedded, why);
}

/* NOLINTNEXTLINE(readability-non-const-parameter): it is written to, through told */
enum err embedded_start(uv_loop_t *loop, const char *dir, struct embedded **out, char *why,
                        size_t why_size)
{
    struct embedded *embedded = mem_alloc(sizeof *embedded);
    struct why told = {.text = why, .size = why_size};

    embedded->lock = -1;

    enum err err = prepare(embedded, dir, &told);

    if (!err) {
        err = run(embedded, &told);
    }
    if (err) {
        free_embedded(embedded);
        return err;
    }
    watch(embedded, loop);
    *out = embedded;
    return OK;
}

static void on_handle_closed(uv_handle_t *handle)
{
    struct embedded *embedded = handle->data;

    embedded->handles--;
    if (!embedded->handles) {
        free_embedded(embedded);
    }
}

void embedded_stop(struct embedded *embedded)
{
    if (!embedded) {
        return;
    }
    if (embedded->pid) {
        child_stop(embedded->pid, EMBEDDED_STOP_MS);
        embedded->pid = 0;
    }
    close(embedded->lock);
    embedded->lock = -1;
    uv_close((uv_handle_t *)&embedded->ended, on_handle_closed);
    uv_close((uv_handle_t *)&embedded->restart, on_handle_closed);
}

const char *embedded_socket(const struct embedded *embedded)
{
    return embedded->socket;
}
