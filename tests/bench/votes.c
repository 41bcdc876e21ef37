/*
 * votes — a crowd on one loop: connections that watch a board and connections that vote on it.
 *
 * Speaks pinson.v1, or with --bare what the reference server of a broadcast speaks: "S"
 * subscribes, anything else goes to all who did. Votes come as fast as they are answered
 * (--in-flight, for each voter) or so many a second (--rate). Prints one line of names and
 * values; times in microseconds, CPU time as the scheduler counts it.
 */
#include "base/mem.h"
#include "base/time.h"
#include "wire/entry.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    SLOTS = 64,    /* in flight on one connection, as many as the server allows */
    ARRIVING = 64, /* connections that are not ready yet */
    EVENTS = 256,
    PIDS = 4,
    PATH_BYTES = 64,
    RECEIVED_AT_ONCE = 262144,
    SETTLE_US = 300000,
    ARRIVAL_US = 60000000,
    ANSWER_US = 10000000
};

enum state {
    CONNECTING,
    UPGRADING,
    OPENING,
    JOINING,
    READY
};

struct conn {
    int fd;
    enum state state;
    bool watches;
    bool votes;
    struct buf part; /* what was received of a frame that is not whole */
    struct buf out;  /* what is sent at the end of this event */
    uint64_t sent_us[SLOTS];
    uint64_t ids[SLOTS]; /* 0: free */
};

struct options {
    uint64_t port;
    const char *board;
    bool is_bare;
    uint64_t watchers;
    uint64_t voters;
    bool voters_watch;
    uint64_t in_flight;
    uint64_t rate;
    uint64_t size;
    uint64_t ideas;
    uint64_t post;
    uint64_t seconds;
    uint64_t warm;
    uint64_t pids[PIDS];
    size_t pids_count;
};

/* What is counted while it is measured. */
struct ballot_counts {
    uint64_t sent;
    uint64_t answers;
    uint64_t errors;
    uint64_t frames; /* to watchers that do not vote */
    uint64_t bytes;
    uint64_t late; /* due, but its voter was full */
};

struct usage {
    uint64_t cpu_ns;    /* of the first process */
    uint64_t others_ns; /* of the rest */
    uint64_t own_ns;    /* of this one */
    uint64_t rss_kb;    /* of the first */
};

static struct options options = {
    .port = 8080, .board = "bench", .in_flight = 1, .size = 200, .seconds = 3, .warm = 1};
static struct conn *conns; /* owned; the voters come first */
static size_t conns_count;
static size_t ready_count;
static int loop;
static struct ballot_counts counts;
static uint32_t *delays_us; /* owned */
static size_t delays_count;
static size_t delays_room;
static bool is_measuring;
static bool is_over;  /* answers are taken, but nothing follows them */
static uint64_t made; /* messages so far */
static char received[RECEIVED_AT_ONCE];

__attribute__((format(printf, 1, 2), noreturn)) static void fail(const char *format, ...)
{
    va_list arguments;

    fputs("bench-votes: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}

/* What the server's processes have used */

static bool read_line(const char *path, const char *starts, char *out, size_t size)
{
    FILE *file = fopen(path, "re");
    bool found = false;

    while (file && !found && fgets(out, (int)size, file)) {
        found = strncmp(out, starts, strlen(starts)) == 0;
    }
    if (file) {
        fclose(file);
    }
    return found;
}

static uint64_t first_number(const char *text)
{
    size_t start = strcspn(text, "0123456789");
    struct view digits = {text + start, strspn(text + start, "0123456789")};
    uint64_t value = 0;

    return view_to_uint(digits, UINT64_MAX, &value) ? value : 0;
}

static uint64_t cpu_ns(uint64_t pid)
{
    char path[PATH_BYTES + sizeof(struct dirent)];
    char line[256];
    uint64_t sum = 0;

    snprintf(path, sizeof path, "/proc/%llu/task", (unsigned long long)pid);
    DIR *tasks = opendir(path);

    for (struct dirent *task = NULL; tasks && (task = readdir(tasks));) {
        snprintf(path, sizeof path, "/proc/%llu/task/%s/schedstat", (unsigned long long)pid,
                 task->d_name);
        if (task->d_name[0] != '.' && read_line(path, "", line, sizeof line)) {
            sum += first_number(line);
        }
    }
    if (tasks) {
        closedir(tasks);
    }
    return sum;
}

static struct usage usage_now(void)
{
    struct usage usage = {0};
    struct timespec own;
    char path[PATH_BYTES];
    char line[256];

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own);
    usage.own_ns = (uint64_t)own.tv_sec * 1000000000 + (uint64_t)own.tv_nsec;
    for (size_t i = 0; i < options.pids_count; i++) {
        *(i ? &usage.others_ns : &usage.cpu_ns) += cpu_ns(options.pids[i]);
    }
    snprintf(path, sizeof path, "/proc/%llu/status", (unsigned long long)options.pids[0]);
    if (options.pids_count && read_line(path, "VmRSS:", line, sizeof line)) {
        usage.rss_kb = first_number(line);
    }
    return usage;
}

/* Sending */

static void flush(struct conn *conn)
{
    if (conn->out.len && send(conn->fd, conn->out.bytes, conn->out.len, MSG_NOSIGNAL) !=
                             (ssize_t)conn->out.len) {
        fail("a message could not be sent: %s", strerror(errno));
    }
    buf_clear(&conn->out);
}

/* Masked with zero, which leaves the text as it is. */
static void send_frame(struct conn *conn, int opcode, struct view text)
{
    struct buf *out = &conn->out;

    buf_add_char(out, (char)(0x80 | opcode));
    if (text.len < 126) {
        buf_add_char(out, (char)(0x80 | text.len));
    } else {
        buf_add_char(out, (char)(0x80 | 126));
        buf_add_char(out, (char)(text.len >> 8));
        buf_add_char(out, (char)(text.len & 0xff));
    }
    buf_add(out, "\0\0\0\0", 4);
    buf_add_view(out, text);
}

static void send_call(struct conn *conn, uint64_t id, const char *method, const char *params)
{
    AUTO_BUF text = {0};

    buf_printf(&text, "{\"jsonrpc\":\"2.0\",\"id\":%llu,\"method\":\"%s\",\"params\":{%s}}",
               (unsigned long long)id, method, params);
    send_frame(conn, 1, buf_view(&text));
}

/* A ULID of now whose chance comes from a counter and from this process. */
static void write_op(struct buf *to)
{
    uint64_t random = hash_mix(made ^ (uint64_t)getpid() << 40);
    struct op op = {.high = time_now_ms() << 16 | (random >> 48),
                    .low = hash_mix(random ^ time_monotonic_us())};

    op_write(to, op);
}

static void send_post(struct conn *conn, uint64_t id)
{
    AUTO_BUF params = {0};

    buf_printf(&params, "\"board\":\"%s\",\"text\":\"Benches by the canal, %llu of them\",",
               options.board, (unsigned long long)made);
    buf_add_text(&params, "\"op\":\"");
    write_op(&params);
    buf_add_char(&params, '"');
    send_call(conn, id, "idea.post", params.bytes);
}

static void send_vote(struct conn *conn, uint64_t id)
{
    AUTO_BUF params = {0};
    unsigned long long idea = hash_mix(made) % options.ideas + 1;

    buf_printf(&params, "\"board\":\"%s\",\"idea\":%llu,\"choice\":\"%s\",\"op\":\"",
               options.board, idea, made % 3 ? "agree" : "disagree");
    write_op(&params);
    buf_add_char(&params, '"');
    send_call(conn, id, "vote.cast", params.bytes);
}

static void send_bare(struct conn *conn)
{
    AUTO_BUF text = {0};

    while (text.len < options.size) {
        buf_add_char(&text, (char)('a' + text.len % 26));
    }
    send_frame(conn, 1, buf_view(&text));
}

/* false: as many are in flight as may be. */
static bool act(struct conn *conn)
{
    size_t slot = 0;

    while (slot < SLOTS && conn->ids[slot]) {
        slot++;
    }
    if (slot == SLOTS) {
        return false;
    }
    made++;
    counts.sent += is_measuring;
    if (options.is_bare) {
        send_bare(conn);
        return true;
    }
    conn->ids[slot] = made * SLOTS + slot;
    conn->sent_us[slot] = time_monotonic_us();
    if (options.post) {
        send_post(conn, conn->ids[slot]);
    } else {
        send_vote(conn, conn->ids[slot]);
    }
    return true;
}

/* Receiving */

/* Where a text stands in another; NULL: nowhere. */
static const char *find(struct view in, const char *what)
{
    size_t len = strlen(what);

    for (size_t i = 0; i + len <= in.len; i++) {
        if (memcmp(in.ptr + i, what, len) == 0) {
            return in.ptr + i;
        }
    }
    return NULL;
}

static void take_answer(struct conn *conn, struct view text)
{
    static const char head[] = "{\"jsonrpc\":\"2.0\",\"id\":";
    size_t digits =
        text.len > sizeof head ? strspn(text.ptr + sizeof head - 1, "0123456789") : 0;
    uint64_t id = 0;

    if (!digits ||
        !view_to_uint((struct view){text.ptr + sizeof head - 1, digits}, UINT64_MAX, &id) ||
        conn->ids[id % SLOTS] != id) {
        fail("no answer to what was asked: %.*s", (int)text.len, text.ptr);
    }
    conn->ids[id % SLOTS] = 0;
    if (find(text, "\"error\":")) {
        if (!counts.errors++) {
            fprintf(stderr, "bench-votes: refused: %.*s\n", (int)text.len, text.ptr);
        }
    }
    if (is_measuring) {
        counts.answers++;
        delays_us = mem_reserve(delays_us, delays_count, &delays_room, sizeof *delays_us);
        delays_us[delays_count++] = (uint32_t)(time_monotonic_us() - conn->sent_us[id % SLOTS]);
    }
    if (!is_over && !options.rate && (!options.post || counts.answers < options.post)) {
        act(conn);
    }
}

static void become_ready(struct conn *conn)
{
    conn->state = READY;
    ready_count++;
}

static void join_or_be_ready(struct conn *conn)
{
    AUTO_BUF params = {0};

    if (!conn->watches) {
        become_ready(conn);
        return;
    }
    conn->state = JOINING;
    buf_printf(&params, "\"board\":\"%s\"", options.board);
    send_call(conn, 2, "board.join", params.bytes);
}

static void take_text(struct conn *conn, struct view text)
{
    static const char notification[] = "{\"jsonrpc\":\"2.0\",\"method\"";
    bool is_told =
        options.is_bare || (text.len >= sizeof notification - 1 &&
                            memcmp(text.ptr, notification, sizeof notification - 1) == 0);

    if (is_told) {
        if (is_measuring && conn->watches && !conn->votes) {
            counts.frames++;
            counts.bytes += text.len;
        }
    } else if (conn->state == READY) {
        take_answer(conn, text);
    } else if (!find(text, "\"result\":")) {
        fail("refused: %.*s", (int)text.len, text.ptr);
    } else if (conn->state == OPENING) {
        join_or_be_ready(conn);
    } else {
        become_ready(conn);
    }
}

/* Takes a frame from the start of bytes; returns its length, 0 when it is not whole. */
static size_t take_frame(struct conn *conn, struct view bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.ptr;
    size_t wide = bytes.len < 2 || at[1] < 126 ? 0 : (at[1] == 126 ? 2 : 8);
    size_t len = 0;

    if (bytes.len < 2 + wide) {
        return 0;
    }
    for (size_t i = 0; i < wide; i++) {
        len = len << 8 | at[2 + i];
    }
    len = wide ? len : at[1];
    if (bytes.len < 2 + wide + len) {
        return 0;
    }
    struct view payload = {bytes.ptr + 2 + wide, len};

    if ((at[0] & 15) == 9) {
        send_frame(conn, 10, payload);
    } else if ((at[0] & 15) == 8) {
        fail("the server has closed a connection");
    } else {
        take_text(conn, payload);
    }
    return 2 + wide + len;
}

static size_t take_upgrade(struct conn *conn, struct view bytes)
{
    const char *end = find(bytes, "\r\n\r\n");

    if (!end) {
        return 0;
    }
    if (strncmp(bytes.ptr, "HTTP/1.1 101", 12) != 0) {
        fail("not upgraded: %.*s", (int)strcspn(bytes.ptr, "\r"), bytes.ptr);
    }
    if (options.is_bare) {
        if (conn->watches) {
            send_frame(conn, 1, view_of("S"));
        }
        become_ready(conn);
    } else {
        conn->state = OPENING;
        send_call(conn, 1, "session.open", "");
    }
    return (size_t)(end + 4 - bytes.ptr);
}

static void take_bytes(struct conn *conn, struct view bytes)
{
    size_t used = 1;

    while (bytes.len && used) {
        used = conn->state == UPGRADING ? take_upgrade(conn, bytes) : take_frame(conn, bytes);
        bytes.ptr += used;
        bytes.len -= used;
    }
    struct buf rest = {0};

    buf_add_view(&rest, bytes);
    buf_finish(&conn->part);
    conn->part = rest;
}

static void on_connected(struct conn *conn)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = conn};

    buf_printf(&conn->out,
               "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%llu\r\nUpgrade: websocket\r\n"
               "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
               "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: pinson.v1\r\n\r\n",
               (unsigned long long)options.port);
    conn->state = UPGRADING;
    epoll_ctl(loop, EPOLL_CTL_MOD, conn->fd, &event);
}

static void receive(struct conn *conn)
{
    ssize_t len = recv(conn->fd, received, sizeof received, MSG_DONTWAIT);

    if (len == 0 || (len < 0 && errno != EAGAIN)) {
        fail("a connection was lost: %s", len ? strerror(errno) : "closed");
    }
    if (len < 0) {
        return;
    }
    if (!conn->part.len) {
        take_bytes(conn, (struct view){received, (size_t)len});
    } else {
        buf_add(&conn->part, received, (size_t)len);
        take_bytes(conn, buf_view(&conn->part));
    }
}

static void on_event(struct conn *conn)
{
    if (conn->state == CONNECTING) {
        on_connected(conn);
    } else {
        receive(conn);
    }
    flush(conn);
}

static void turn(int timeout_ms)
{
    struct epoll_event events[EVENTS];
    int count = epoll_wait(loop, events, EVENTS, timeout_ms);

    for (int i = 0; i < count; i++) {
        on_event(events[i].data.ptr);
    }
}

/* The phases */

static void start(struct conn *conn)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)options.port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = conn};
    int one = 1;

    conn->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (conn->fd < 0) {
        fail("no socket: %s", strerror(errno));
    }
    setsockopt(conn->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(conn->fd, (struct sockaddr *)&address, sizeof address) &&
        errno != EINPROGRESS) {
        fail("no connection: %s", strerror(errno));
    }
    epoll_ctl(loop, EPOLL_CTL_ADD, conn->fd, &event);
}

static void arrive(void)
{
    uint64_t until_us = time_monotonic_us() + ARRIVAL_US;
    size_t started = 0;

    while (ready_count < conns_count) {
        while (started < conns_count && started - ready_count < ARRIVING) {
            start(&conns[started++]);
        }
        turn(100);
        if (time_monotonic_us() > until_us) {
            fail("%zu of %zu connections became ready", ready_count, conns_count);
        }
    }
}

static void rest(uint64_t us)
{
    uint64_t until_us = time_monotonic_us() + us;

    while (time_monotonic_us() < until_us) {
        turn(10);
    }
}

static void send_due(uint64_t *due_us)
{
    while (time_monotonic_us() >= *due_us) {
        struct conn *conn = &conns[made % options.voters];

        if (!act(conn)) {
            counts.late++;
            made++;
        }
        flush(conn);
        *due_us += 1000000 / options.rate;
    }
}

static void go_on(uint64_t us, uint64_t *due_us)
{
    uint64_t until_us = time_monotonic_us() + us;

    while (time_monotonic_us() < until_us) {
        if (options.rate && options.voters) {
            send_due(due_us);
        }
        turn(options.rate ? 1 : 10);
    }
}

static void begin_loops(void)
{
    for (size_t i = 0; !options.rate && i < options.voters; i++) {
        for (uint64_t k = 0; k < options.in_flight; k++) {
            act(&conns[i]);
        }
        flush(&conns[i]);
    }
}

static size_t count_open(void)
{
    size_t open = 0;

    for (size_t i = 0; i < options.voters; i++) {
        for (size_t k = 0; k < SLOTS; k++) {
            open += conns[i].ids[k] != 0;
        }
    }
    return open;
}

static void wait_for_answers(void)
{
    uint64_t until_us = time_monotonic_us() + ANSWER_US;

    is_over = true;
    while (!options.is_bare && count_open()) {
        turn(10);
        if (time_monotonic_us() > until_us) {
            fail("%zu messages were not answered", count_open());
        }
    }
}

static int compare(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

static double share(uint64_t sum, uint64_t parts)
{
    return parts ? (double)sum / (double)parts : 0;
}

static void print_arrival(const struct usage *before, const struct usage *after)
{
    uint64_t rss_kb = after->rss_kb > before->rss_kb ? after->rss_kb - before->rss_kb : 0;

    printf("conns %zu cpu_us_per_arrival %.2f rss_bytes_per_conn %.0f ", conns_count,
           share(after->cpu_ns - before->cpu_ns, conns_count) / 1e3,
           share(rss_kb * 1024, conns_count));
}

static void print(const struct usage *before, const struct usage *after, uint64_t spent_us)
{
    double seconds = (double)spent_us / 1e6;
    uint64_t cpu = after->cpu_ns - before->cpu_ns;

    qsort(delays_us, delays_count, sizeof *delays_us, compare);
    printf("votes_per_s %.0f errors %llu late %llu ack_p50_us %u ack_p99_us %u ",
           (double)counts.answers / seconds, (unsigned long long)counts.errors,
           (unsigned long long)counts.late, delays_count ? delays_us[delays_count / 2] : 0,
           delays_count ? delays_us[delays_count * 99 / 100] : 0);
    printf("sent_per_s %.1f frames_per_s %.0f frame_bytes %.0f cpu_us_per_frame %.3f ",
           (double)counts.sent / seconds, (double)counts.frames / seconds,
           share(counts.bytes, counts.frames), share(cpu, counts.frames) / 1e3);
    printf("cpu_share %.4f cpu_us_per_vote %.2f others_us_per_vote %.2f own_us_per_vote %.2f",
           share(cpu, spent_us) / 1e3, share(cpu, counts.answers) / 1e3,
           share(after->others_ns - before->others_ns, counts.answers) / 1e3,
           share(after->own_ns - before->own_ns, counts.answers) / 1e3);
}

static void measure(void)
{
    uint64_t due_us = time_monotonic_us();

    begin_loops();
    go_on(options.warm * 1000000, &due_us);
    struct usage before = usage_now();
    uint64_t began_us = time_monotonic_us();

    is_measuring = true;
    go_on(options.seconds * 1000000, &due_us);
    is_measuring = false;
    uint64_t spent_us = time_monotonic_us() - began_us;
    struct usage after = usage_now();

    wait_for_answers();
    print(&before, &after, spent_us);
}

/* Writes the ideas that are voted on, as one more person. */
static void post(void)
{
    is_measuring = true;
    act(&conns[0]);
    flush(&conns[0]);
    while (counts.answers < options.post && !counts.errors) {
        turn(100);
    }
    wait_for_answers();
}

static void take_option(int code)
{
    uint64_t *const numbers[] = {
        &options.port, &options.watchers, &options.voters, &options.rate,    &options.in_flight,
        &options.size, &options.post,     &options.ideas,  &options.seconds, &options.warm};
    uint64_t value = 0;

    if (code == 'b') {
        options.board = optarg;
    } else if (code == 'B') {
        options.is_bare = true;
    } else if (code == 'W') {
        options.voters_watch = true;
    } else if (code == '?' || !view_to_uint(view_of(optarg), 1000000, &value)) {
        fail("an option is not known, or its value is no number");
    } else if (code == 'i') {
        if (options.pids_count < PIDS) {
            options.pids[options.pids_count++] = value;
        }
    } else {
        *numbers[code] = value;
    }
}

static void read_options(int argc, char **argv)
{
    static const struct option known[] = {
        {"port", required_argument, NULL, 0},
        {"watchers", required_argument, NULL, 1},
        {"voters", required_argument, NULL, 2},
        {"rate", required_argument, NULL, 3},
        {"in-flight", required_argument, NULL, 4},
        {"size", required_argument, NULL, 5},
        {"post", required_argument, NULL, 6},
        {"ideas", required_argument, NULL, 7},
        {"seconds", required_argument, NULL, 8},
        {"warm", required_argument, NULL, 9},
        {"board", required_argument, NULL, 'b'},
        {"bare", no_argument, NULL, 'B'},
        {"voters-watch", no_argument, NULL, 'W'},
        {"pid", required_argument, NULL, 'i'},
        {0},
    };

    for (int code = 0; (code = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        take_option(code);
    }
    options.voters = options.post ? 1 : options.voters;
    if (!options.is_bare && !options.post && options.voters && !options.ideas) {
        fail("--ideas says how many ideas there are to vote on");
    }
}

int main(int argc, char **argv)
{
    read_options(argc, argv);
    conns_count = options.voters + options.watchers;
    conns = mem_array(conns_count, sizeof *conns);
    for (size_t i = 0; i < conns_count; i++) {
        conns[i].votes = i < options.voters;
        conns[i].watches = !conns[i].votes || options.voters_watch;
    }
    loop = epoll_create1(EPOLL_CLOEXEC);
    struct usage before = usage_now();

    arrive();
    rest(SETTLE_US);
    if (options.post) {
        post();
    } else {
        struct usage after = usage_now();

        print_arrival(&before, &after);
        if (options.seconds) {
            measure();
        }
        putchar('\n');
    }
    for (size_t i = 0; i < conns_count; i++) {
        close(conns[i].fd);
        buf_finish(&conns[i].part);
        buf_finish(&conns[i].out);
    }
    mem_free(conns);
    mem_free(delays_us);
    return counts.errors ? 1 : 0;
}
