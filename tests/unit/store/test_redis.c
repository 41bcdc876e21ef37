/* Goal: what is acknowledged is in Redis whatever happens to it, every call is answered once,
   and what is followed goes on without a gap or a repetition. */
#include "unit/store/harness.h"

#include "store/keys.h"

#include <hiredis/hiredis.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    IN_FLIGHT = 200,
    KILLS = 5,
    VOTES_MAX = 4096
};

/* Addresses and keys */

static void reads_addresses(void **state)
{
    struct redis_address address;

    (void)state;
    assert_int_equal(redis_address_parse(view_of("unix:///run/redis.sock"), &address), OK);
    assert_string_equal(address.path, "/run/redis.sock");
    assert_int_equal(redis_address_parse(view_of("redis://localhost"), &address), OK);
    assert_string_equal(address.path, "");
    assert_string_equal(address.host, "localhost");
    assert_int_equal(address.port, 6379);
    assert_int_equal(address.db, 0);
    assert_int_equal(redis_address_parse(view_of("redis://h:7000/3"), &address), OK);
    assert_int_equal(address.port, 7000);
    assert_int_equal(address.db, 3);
    assert_int_equal(redis_address_parse(view_of("redis://h:7000/"), &address), OK);
    assert_int_equal(redis_address_parse(view_of("redis://[::1]:7000"), &address), OK);
    assert_string_equal(address.host, "::1");
    assert_int_equal(address.port, 7000);
    assert_int_equal(redis_address_parse(view_of("redis://[::1]"), &address), OK);
    assert_int_equal(address.port, 6379);
}

static void reads_who_signs_in(void **state)
{
    struct redis_address address;

    (void)state;
    assert_int_equal(redis_address_parse(view_of("redis://u:p@h:1/2"), &address), OK);
    assert_string_equal(address.user, "u");
    assert_string_equal(address.password, "p");
    assert_string_equal(address.host, "h");
    assert_int_equal(address.port, 1);
    assert_int_equal(address.db, 2);
    assert_int_equal(redis_address_parse(view_of("redis://:p%40%2Fq:r@h"), &address), OK);
    assert_string_equal(address.user, "");
    assert_string_equal(address.password, "p@/q:r");
    assert_string_equal(address.host, "h");
}

static void refuses_what_is_not_an_address(void **state)
{
    static const char *const wrong[] = {"",
                                        "unix://",
                                        "unix://relative",
                                        "redis://",
                                        "redis://:6379",
                                        "http://h",
                                        "redis://h:0",
                                        "redis://h:65536",
                                        "redis://h:x",
                                        "redis://h/x",
                                        "redis://@h",
                                        "redis://u@h",
                                        "redis://u:@h",
                                        "redis://:%zz@h",
                                        "redis://:%4@h",
                                        "redis://[::1",
                                        "redis://[::1]x",
                                        "unix:///a%00b"};
    struct redis_address address = {.port = 5};
    char path[160] = "unix:///";

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (redis_address_parse(view_of(wrong[i]), &address) != ERR_PARAMS) {
            fail_msg("%s was read", wrong[i]);
        }
    }
    memset(path + 8, 'a', 107);
    assert_int_equal(redis_address_parse(view_of(path), &address), ERR_PARAMS);
    assert_int_equal(address.port, 5); /* a failure has changed nothing */
    path[8 + 106] = '\0';
    assert_int_equal(redis_address_parse(view_of(path), &address), OK);
}

static void names_the_keys(void **state)
{
    struct board_key board = board_named("b1");
    struct buf name = {0};

    (void)state;
    assert_string_equal(key_of(board, "log").text, "pinson:{b1}:log");
    assert_string_equal(key_of_round(board, "score", 16).text, "pinson:{b1}:score:16");
    assert_string_equal(key_of(INDEX_KEY, "log").text, "pinson:index");
    assert_string_equal(key_of_round(board_named("123456789012345"), "score", UINT32_MAX).text,
                        "pinson:{123456789012345}:score:4294967295");
    key_write_name(&name, view_of("session:x"));
    assert_string_equal(name.bytes, "pinson:session:x");
    buf_finish(&name);
}

/* Faults */

static pid_t redis_pid(const struct harness *harness)
{
    redisContext *context = redisConnectUnix(embedded_socket(harness->embedded));
    redisReply *reply = redisCommand(context, "INFO server");
    const char *field = strstr(reply->str, "process_id:") + strlen("process_id:");
    struct view digits = {.ptr = field, .len = strcspn(field, "\r")};
    uint64_t pid = 0;

    assert_true(view_to_uint(digits, INT32_MAX, &pid));
    freeReplyObject(reply);
    redisFree(context);
    return (pid_t)pid;
}

/* Ids of acknowledged appends, in the order of the log. */
struct votes {
    struct got got[VOTES_MAX];
    size_t sent;
};

static void send_votes(struct harness *harness, struct votes *votes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        append_vote(harness, board_named("faults"), (uint32_t)votes->sent,
                    &votes->got[votes->sent]);
        votes->sent++;
    }
}

static size_t count_answered(const struct votes *votes)
{
    size_t count = 0;

    for (size_t i = 0; i < votes->sent; i++) {
        assert_in_range(votes->got[i].calls, 0, 1);
        count += votes->got[i].calls;
    }
    return count;
}

static void wait_votes(struct harness *harness, const struct votes *votes)
{
    size_t answered = 0;

    for (int tries = 0; tries < 10000 && answered < votes->sent; tries++) {
        uv_run(&harness->loop, UV_RUN_ONCE);
        answered = count_answered(votes);
    }
    assert_int_equal(answered, votes->sent);
}

/* The log, as a second look at it shows it. */
static size_t read_ids(const struct harness *harness, struct entry_id *ids)
{
    redisContext *context = redisConnectUnix(embedded_socket(harness->embedded));
    redisReply *reply = redisCommand(context, "XRANGE pinson:{faults}:log - +");
    size_t count = reply->elements;

    assert_in_range(count, 0, VOTES_MAX);
    for (size_t i = 0; i < count; i++) {
        struct view id = view_of(reply->element[i]->element[0]->str);

        assert_int_equal(entry_id_parse(id, &ids[i]), OK);
    }
    freeReplyObject(reply);
    redisFree(context);
    return count;
}

static bool has_id(const struct entry_id *ids, size_t count, struct entry_id id)
{
    for (size_t i = 0; i < count; i++) {
        if (entry_id_compare(ids[i], id) == 0) {
            return true;
        }
    }
    return false;
}

static void check_log(struct harness *harness, const struct votes *votes)
{
    static struct entry_id ids[VOTES_MAX];
    size_t count = read_ids(harness, ids);

    for (size_t i = 0; i < votes->sent; i++) {
        if (votes->got[i].err == OK) {
            assert_true(has_id(ids, count, votes->got[i].id));
        } else {
            assert_int_equal(votes->got[i].err, ERR_UNAVAILABLE);
        }
    }
    wait_for(harness, &harness->heard_count, count);
    assert_int_equal(harness->heard_count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(entry_id_compare(harness->heard[i].id, ids[i]), 0);
    }
    assert_int_equal(harness->rewound, 0);
}

static void loses_nothing_acknowledged_when_redis_is_killed(void **state)
{
    static struct votes votes;
    struct harness *harness = *state;
    size_t acknowledged = 0;

    votes = (struct votes){0};
    store_follow(harness->store, board_named("faults"), (struct entry_id){0});
    wait_for(harness, &harness->caught_up, 1);
    for (size_t round = 1; round <= KILLS; round++) {
        pid_t pid = redis_pid(harness);

        /* Some are answered, some are on their way, some have not been written. */
        send_votes(harness, &votes, IN_FLIGHT / 4);
        wait_votes(harness, &votes);
        send_votes(harness, &votes, IN_FLIGHT / 4);
        for (size_t turns = 0; turns < round; turns++) {
            uv_run(&harness->loop, UV_RUN_NOWAIT);
            usleep(100);
        }
        send_votes(harness, &votes, IN_FLIGHT / 4);
        uv_run(&harness->loop, UV_RUN_NOWAIT);
        send_votes(harness, &votes, IN_FLIGHT / 4);
        assert_int_equal(kill(pid, SIGKILL), 0);
        wait_votes(harness, &votes);
        wait_for(harness, &harness->ups, 1 + round);
        wait_for(harness, &harness->caught_up, 1 + round);
        check_log(harness, &votes);
    }
    send_votes(harness, &votes, IN_FLIGHT);
    wait_votes(harness, &votes);
    check_log(harness, &votes);
    for (size_t i = 0; i < votes.sent; i++) {
        acknowledged += votes.got[i].err == OK;
    }
    assert_in_range(acknowledged, IN_FLIGHT + KILLS * IN_FLIGHT / 4, votes.sent);
    assert_int_equal(harness->downs, KILLS);
    print_message("%zu of %zu acknowledged, %zu in the log\n", acknowledged, votes.sent,
                  harness->heard_count);
}

static void gives_up_what_is_not_answered_in_time_and_goes_on(void **state)
{
    static struct votes votes;
    struct harness *harness = *state;
    pid_t pid = redis_pid(harness);
    uint64_t began = uv_hrtime();

    votes = (struct votes){0};
    store_follow(harness->store, board_named("faults"), (struct entry_id){0});
    wait_for(harness, &harness->caught_up, 1);
    kill(pid, SIGSTOP);
    send_votes(harness, &votes, IN_FLIGHT);
    wait_votes(harness, &votes);
    uint64_t waited_ms = (uv_hrtime() - began) / 1000000;

    for (size_t i = 0; i < votes.sent; i++) {
        assert_int_equal(votes.got[i].err, ERR_UNAVAILABLE);
    }
    assert_in_range(waited_ms, 1900, 3000);
    send_votes(harness, &votes, 1); /* away: answered on the next turn */
    uv_run(&harness->loop, UV_RUN_NOWAIT);
    uv_run(&harness->loop, UV_RUN_NOWAIT);
    assert_int_equal(count_answered(&votes), votes.sent);
    kill(pid, SIGCONT);
    wait_for(harness, &harness->ups, 2);
    wait_for(harness, &harness->caught_up, 2);
    send_votes(harness, &votes, 10);
    wait_votes(harness, &votes);
    assert_int_equal(votes.got[votes.sent - 1].err, OK);
    check_log(harness, &votes);
}

/* Answers of different shapes, asked across a cut: none may reach another's caller. */
static void on_shape(void *user, enum err err, struct view value)
{
    size_t *answered = user;

    ++*answered;
    if (err == OK) {
        assert_true(view_is(value, "shape"));
    }
}

static void on_no_shape(void *user, enum err err)
{
    (void)err;
    ++*(size_t *)user;
}

static void never_gives_an_answer_to_another_call(void **state)
{
    struct harness *harness = *state;
    pid_t pid = redis_pid(harness);
    size_t answered = 0;

    store_put(harness->store, view_of("x"), view_of("shape"), 0, on_no_shape, &answered);
    wait_for(harness, &answered, 1);
    answered = 0;
    for (size_t i = 0; i < IN_FLIGHT; i++) {
        store_put(harness->store, view_of("x"), view_of("shape"), 0, on_no_shape, &answered);
        store_claim(harness->store, view_of("x"), view_of("y"), on_shape, &answered);
        store_get(harness->store, view_of("x"), on_shape, &answered);
        if (i == IN_FLIGHT / 2) {
            uv_run(&harness->loop, UV_RUN_NOWAIT);
            kill(pid, SIGKILL);
        }
    }
    wait_for(harness, &answered, 3 * IN_FLIGHT);
    wait_for(harness, &harness->ups, 2);
    store_get(harness->store, view_of("x"), on_shape, &answered);
    wait_for(harness, &answered, 3 * IN_FLIGHT + 1);
}

static void refuses_more_than_four_megabytes_in_flight(void **state)
{
    struct harness *harness = *state;
    static char large[1 << 20];
    struct view value = {.ptr = large, .len = sizeof large};
    struct got got[6] = {{0}};

    for (size_t i = 0; i < 6; i++) {
        store_put(harness->store, view_of("large"), value, 0, answer_done, &got[i]);
    }
    for (size_t i = 0; i < 6; i++) {
        wait_for(harness, &got[i].calls, 1);
        assert_int_equal(got[i].err, i < 3 ? OK : ERR_UNAVAILABLE);
    }
}

static void command(struct harness *harness, const char *text)
{
    redisContext *context = redisConnectUnix(embedded_socket(harness->embedded));
    redisReply *reply = redisCommand(context, text); /* NOLINT: our own texts */

    assert_int_not_equal(reply->type, REDIS_REPLY_ERROR);
    freeReplyObject(reply);
    redisFree(context);
}

static void says_full_when_redis_has_no_memory_left(void **state)
{
    struct harness *harness = *state;
    struct got got = {0};
    struct stored_text text = {.ref = {.bytes = {1}}, .json = view_of("{}")};

    command(harness, "CONFIG SET maxmemory 1");
    append_vote(harness, board_named("full"), 1, &got);
    assert_int_equal(wait_answer(harness, &got), ERR_FULL);
    store_append(harness->store, board_named("full"), view_of("[]"), &text, 1, answer_appended,
                 &got);
    assert_int_equal(wait_answer(harness, &got), ERR_FULL);
    command(harness, "CONFIG SET maxmemory 0");
    append_vote(harness, board_named("full"), 1, &got);
    assert_int_equal(wait_answer(harness, &got), OK);
}

static void runs_its_scripts_when_redis_has_forgotten_them(void **state)
{
    struct harness *harness = *state;
    struct got got = {0};

    command(harness, "SCRIPT FLUSH");
    store_lease(harness->store, board_named("scripts"), 1, 1000, answer_done, &got);
    assert_int_equal(wait_answer(harness, &got), OK);
    store_lease(harness->store, board_named("scripts"), 2, 1000, answer_done, &got);
    assert_int_equal(wait_answer(harness, &got), ERR_CONFLICT);
}

static int free_port(struct harness *harness)
{
    uv_tcp_t tcp;
    struct sockaddr_in address;
    int len = sizeof address;

    uv_tcp_init(&harness->loop, &tcp);
    assert_int_equal(uv_ip4_addr("127.0.0.1", 0, &address), 0);
    assert_int_equal(uv_tcp_bind(&tcp, (const struct sockaddr *)&address, 0), 0);
    assert_int_equal(uv_tcp_getsockname(&tcp, (struct sockaddr *)&address, &len), 0);
    uv_close((uv_handle_t *)&tcp, NULL);
    uv_run(&harness->loop, UV_RUN_NOWAIT);
    return ntohs(address.sin_port);
}

/* A second store on the same server, over its network port. */
static void open_second(struct harness *harness, const char *host, int port)
{
    struct redis_address address;
    char url[128];

    store_destroy(harness->store);
    harness->ups = harness->downs = 0;
    snprintf(url, sizeof url, "redis://%s:%d/0", host, port);
    assert_int_equal(redis_address_parse(view_of(url), &address), OK);
    harness->store = redis_store_create(&harness->loop, &address);
    harness_listen_only(harness);
}

static void signs_in_over_the_network(void **state)
{
    struct harness *harness = *state;
    struct got got = {0};
    int port = free_port(harness);
    char text[64];

    snprintf(text, sizeof text, "CONFIG SET port %d", port);
    command(harness, text);
    command(harness, "CONFIG SET requirepass secret");
    open_second(harness, ":wrong@localhost", port);
    wait_ms(harness, 300);
    assert_int_equal(harness->ups, 0);
    append_vote(harness, board_named("network"), 1, &got);
    assert_int_equal(wait_answer(harness, &got), ERR_UNAVAILABLE);
    open_second(harness, "default:secret@localhost", port);
    wait_for(harness, &harness->ups, 1);
    append_vote(harness, board_named("network"), 1, &got);
    assert_int_equal(wait_answer(harness, &got), OK);
    open_second(harness, "no-such-host.invalid", port);
    wait_ms(harness, 100);
    assert_int_equal(harness->ups, 0);
}

static void tells_whether_redis_keeps_what_it_acknowledges(void **state)
{
    struct harness *harness = *state;

    assert_true(redis_store_is_durable(harness->store));
    command(harness, "CONFIG SET appendfsync everysec");
    command(harness, "CLIENT KILL TYPE normal SKIPME yes");
    wait_for(harness, &harness->ups, 2);
    assert_false(redis_store_is_durable(harness->store));
    command(harness, "CONFIG SET appendfsync always");
}

/* The embedded server */

static void keeps_others_out_of_its_directory(void **state)
{
    struct harness *harness = *state;
    struct embedded *second = NULL;
    struct stat dir;
    struct stat conf;
    char why[512] = "";
    char path[128];

    assert_true(embedded_is_running(harness->dir));
    assert_int_equal(embedded_start(&harness->loop, harness->dir, &second, why, sizeof why),
                     ERR_CONFLICT);
    assert_non_null(strstr(why, "Another server"));
    snprintf(path, sizeof path, "%s/redis.conf", harness->dir);
    assert_int_equal(stat(harness->dir, &dir), 0);
    assert_int_equal(stat(path, &conf), 0);
    assert_int_equal(dir.st_mode & 0777, 0700);
    assert_int_equal(conf.st_mode & 0777, 0600);
}

static void says_what_is_wrong_with_a_directory(void **state)
{
    struct harness *harness = *state;
    struct embedded *embedded = NULL;
    char why[512] = "";
    char path[256];

    assert_false(embedded_is_running("/nowhere/at/all"));
    assert_int_equal(
        embedded_start(&harness->loop, "/nowhere/at/all", &embedded, why, sizeof why),
        ERR_UNAVAILABLE);
    assert_non_null(strstr(why, "cannot be used"));
    snprintf(path, sizeof path, "%s/%0100d", harness->dir, 0);
    assert_int_equal(embedded_start(&harness->loop, path, &embedded, why, sizeof why),
                     ERR_TOO_LONG);
    assert_non_null(strstr(why, "at most 96 bytes"));
}

static void says_when_there_is_no_redis_server(void **state)
{
    struct harness *harness = *state;
    struct embedded *embedded = NULL;
    char why[512] = "";
    char path[128];
    char *search = strdup(getenv("PATH"));

    snprintf(path, sizeof path, "%s/other", harness->dir);
    setenv("PATH", harness->dir, 1);
    assert_int_equal(embedded_start(&harness->loop, path, &embedded, why, sizeof why),
                     ERR_UNAVAILABLE);
    setenv("PATH", search, 1);
    free(search);
    assert_non_null(strstr(why, "redis-server was not found"));
    assert_false(embedded_is_running(path));
}

/* Another process with an embedded server: tells the server's pid, and stays. */
static void run_elsewhere(const char *dir, int to)
{
    struct harness other;
    char why[512] = "";
    pid_t pid = 0;

    harness_open_loop(&other);
    if (embedded_start(&other.loop, dir, &other.embedded, why, sizeof why) == OK) {
        pid = redis_pid(&other);
    }
    (void)!write(to, &pid, sizeof pid);
    pause();
}

static void ends_with_the_process_that_started_it(void **state)
{
    struct harness *harness = *state;
    struct embedded *next = NULL;
    char why[512] = "";
    char dir[128];
    int ends[2];
    pid_t redis = 0;

    snprintf(dir, sizeof dir, "%s/other", harness->dir);
    assert_int_equal(pipe(ends), 0);
    pid_t starter = fork();

    if (!starter) {
        run_elsewhere(dir, ends[1]);
        _exit(0);
    }
    assert_int_equal(read(ends[0], &redis, sizeof redis), sizeof redis);
    close(ends[0]);
    close(ends[1]);
    assert_in_range(redis, 2, INT32_MAX);
    assert_int_equal(getsid(redis), redis); /* not in our session: a Ctrl-C passes it by */
    kill(starter, SIGKILL);
    waitpid(starter, NULL, 0);
    assert_int_equal(embedded_start(&harness->loop, dir, &next, why, sizeof why), OK);
    embedded_stop(next); /* it had the lock, so the server before it is gone */
}

static void keeps_what_was_stored_for_the_next_server(void **state)
{
    struct harness *harness = *state;
    struct got got = {0};
    char why[512] = "";

    append_vote(harness, board_named("kept"), 1, &got);
    assert_int_equal(wait_answer(harness, &got), OK);
    store_destroy(harness->store);
    embedded_stop(harness->embedded);
    harness->embedded = NULL;
    assert_false(embedded_is_running(harness->dir));
    assert_int_equal(
        embedded_start(&harness->loop, harness->dir, &harness->embedded, why, sizeof why), OK);
    harness->store = harness_open_redis(harness);
    harness->ups = 0;
    harness_listen(harness);
    store_follow(harness->store, board_named("kept"), (struct entry_id){0});
    wait_for(harness, &harness->heard_count, 1);
    assert_int_equal(entry_id_compare(harness->heard[0].id, got.id), 0);
}

/* A server for each test: some of them are killed. */

static int open_redis(void **state)
{
    static struct harness harness;

    harness_open_loop(&harness);
    harness_start_redis(&harness);
    harness.store = harness_open_redis(&harness);
    harness_listen(&harness);
    *state = &harness;
    return 0;
}

static int close_redis(void **state)
{
    harness_close(*state);
    return 0;
}

#define ON_REDIS(test) cmocka_unit_test_setup_teardown(test, open_redis, close_redis)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_addresses),
        cmocka_unit_test(reads_who_signs_in),
        cmocka_unit_test(refuses_what_is_not_an_address),
        cmocka_unit_test(names_the_keys),
        ON_REDIS(loses_nothing_acknowledged_when_redis_is_killed),
        ON_REDIS(gives_up_what_is_not_answered_in_time_and_goes_on),
        ON_REDIS(never_gives_an_answer_to_another_call),
        ON_REDIS(refuses_more_than_four_megabytes_in_flight),
        ON_REDIS(says_full_when_redis_has_no_memory_left),
        ON_REDIS(runs_its_scripts_when_redis_has_forgotten_them),
        ON_REDIS(signs_in_over_the_network),
        ON_REDIS(tells_whether_redis_keeps_what_it_acknowledges),
        ON_REDIS(keeps_others_out_of_its_directory),
        ON_REDIS(says_what_is_wrong_with_a_directory),
        ON_REDIS(says_when_there_is_no_redis_server),
        ON_REDIS(ends_with_the_process_that_started_it),
        ON_REDIS(keeps_what_was_stored_for_the_next_server),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
