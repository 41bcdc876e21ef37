#include "server/context.h"

#include "base/log.h"
#include "base/time.h"
#include "server/reply.h"

#include <libwebsockets.h>
#include <string.h>
#include <sys/resource.h>
#include <uv.h>

enum {
    FILES_WANTED = 65536, /* libwebsockets keeps 16 bytes for each it may meet */
    HEADERS_BYTES = 8192, /* of one request; more is refused */
    SERVICE_BYTES = 8192, /* read at once */
    SECONDS_TO_SHAKE_HANDS = 10,
    SECONDS_OF_SILENCE = 15, /* between two requests on one connection */
    TURNS_TO_CLOSE = 4       /* sockets close on the first, what lists them on the second */
};

size_t context_raise_files(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 1024;
    }
    rlim_t wanted = limit.rlim_max < FILES_WANTED ? limit.rlim_max : FILES_WANTED;

    if (limit.rlim_cur < wanted || limit.rlim_cur > FILES_WANTED) {
        limit.rlim_cur = wanted;
        setrlimit(RLIMIT_NOFILE, &limit);
        getrlimit(RLIMIT_NOFILE, &limit);
    }
    return (size_t)limit.rlim_cur;
}

/* Hostile connections make it complain at will: one line a second is enough to know. */
static void log_line(int level, const char *line)
{
    static uint64_t last_us; /* belongs to the log sink, which has no other place for it */
    uint64_t now_us = time_monotonic_us();

    if (last_us && now_us - last_us < 1000000) {
        return;
    }
    last_us = now_us;
    log_event(level == LLL_ERR ? LOG_WARN : LOG_INFO, "libwebsockets", "says=\"%.*s\"",
              (int)strcspn(line, "\n"), line);
}

struct lws_context *context_create(struct uv_loop_s *loop,
                                   const struct lws_protocols *protocols, void *user)
{
    /* All zero: without it every connection is kept in one sorted list, which makes accepting
       the 20,000th eleven times slower. ping.c looks after the living instead. */
    static const lws_retry_bo_t no_idle_list;
    void *loops[1] = {loop};
    struct lws_context_creation_info info = {0};

    lws_set_log_level(LLL_ERR | LLL_WARN, log_line);
    info.port = CONTEXT_PORT_NO_LISTEN_SERVER;
    info.protocols = protocols;
    info.user = user;
    info.options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_VALIDATE_UTF8;
    info.foreign_loops = loops;
    info.retry_and_idle_policy = &no_idle_list;
    info.timeout_secs = SECONDS_TO_SHAKE_HANDS;
    info.timeout_secs_ah_idle = SECONDS_TO_SHAKE_HANDS;
    info.keepalive_timeout = SECONDS_OF_SILENCE;
    info.max_http_header_data = HEADERS_BYTES;
    info.pt_serv_buf_size = SERVICE_BYTES;
    info.headers = reply_fixed_headers();
    info.alpn = "http/1.1";
    return lws_create_context(&info);
}

void context_end_begin(struct lws_context *context)
{
    lws_context_destroy(context);
}

void context_end(struct lws_context *context, struct uv_loop_s *loop)
{
    for (int turn = 0; turn < TURNS_TO_CLOSE; turn++) {
        uv_run(loop, UV_RUN_NOWAIT);
    }
    lws_context_destroy(context);
}

unsigned char *context_bytes(const void *bytes)
{
    union {
        const void *in;
        unsigned char *out;
    } same = {.in = bytes};

    return same.out;
}
