/*
 * harness — a store on a loop of its own, what it told, and waiting for what it is to tell.
 * Shared by the tests of store/, each of which is one file with its own main.
 */
#ifndef TEST_STORE_HARNESS_H
#define TEST_STORE_HARNESS_H

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/embedded.h"
#include "store/memory.h"
#include "store/redis.h"
#include "wire/entry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include <cmocka.h>

enum {
    HARNESS_WAIT_MS = 20000,
    HARNESS_TICK_MS = 10
};

/* One entry as it was delivered. */
struct heard {
    struct board_key board;
    struct entry_id id;
    bool poisoned;
    enum command_kind kind;
    char *bytes;
    char *text; /* the json of its first text, or NULL */
};

struct harness {
    uv_loop_t loop;
    uv_timer_t tick; /* so that a wait that nothing ends does end */
    struct embedded *embedded;
    char dir[64];
    struct store *store;

    struct heard *heard;
    size_t heard_count;
    size_t heard_room;
    size_t caught_up;
    size_t caught_up_after; /* entries heard when it was last told */
    size_t rewound;
    size_t ups;
    size_t downs;
};

/* What a call was answered. */
struct got {
    size_t calls;
    enum err err;
    struct entry_id id;
    uint64_t number;
    struct buf value;
    size_t count;
};

/* Listening */

static inline void hear_entries(void *user, struct board_key board,
                                const struct stored_entry *entries, size_t count)
{
    struct harness *harness = user;

    assert_in_range(count, 1, 1000);
    for (size_t i = 0; i < count; i++) {
        const struct stored_entry *from = &entries[i];

        harness->heard = mem_reserve(harness->heard, harness->heard_count, &harness->heard_room,
                                     sizeof *harness->heard);
        harness->heard[harness->heard_count++] =
            (struct heard){.board = board,
                           .id = from->entry.id,
                           .poisoned = from->poisoned,
                           .kind = from->entry.command.kind,
                           .bytes = mem_copy_text(from->entry.bytes.ptr, from->entry.bytes.len),
                           .text = from->texts_count ? mem_copy_text(from->texts[0].json.ptr,
                                                                     from->texts[0].json.len)
                                                     : NULL};
    }
}

static inline void hear_caught_up(void *user, struct board_key board)
{
    struct harness *harness = user;

    (void)board;
    harness->caught_up++;
    harness->caught_up_after = harness->heard_count;
}

static inline void hear_rewound(void *user, struct board_key board)
{
    (void)board;
    ((struct harness *)user)->rewound++;
}

static inline void hear_available(void *user, bool available)
{
    struct harness *harness = user;

    if (available) {
        harness->ups++;
    } else {
        harness->downs++;
    }
}

/* Waiting */

static inline void on_tick(uv_timer_t *tick)
{
    (void)tick;
}

/* Turns the loop until *counter is at least so much. */
static inline void wait_for(struct harness *harness, const size_t *counter, size_t at_least)
{
    uint64_t until = uv_hrtime() / 1000000 + HARNESS_WAIT_MS;

    while (*counter < at_least) {
        uv_run(&harness->loop, UV_RUN_ONCE);
        if (uv_hrtime() / 1000000 > until) {
            fail_msg("waited %d s for %zu, and it is %zu", HARNESS_WAIT_MS / 1000, at_least,
                     *counter);
        }
    }
}

static inline void wait_ms(struct harness *harness, uint64_t ms)
{
    uint64_t until = uv_hrtime() / 1000000 + ms;

    while (uv_hrtime() / 1000000 < until) {
        uv_run(&harness->loop, UV_RUN_ONCE);
    }
}

/* Life */

static inline void harness_open_loop(struct harness *harness)
{
    *harness = (struct harness){0};
    log_set_level(LOG_ERROR);
    uv_loop_init(&harness->loop);
    uv_timer_init(&harness->loop, &harness->tick);
    uv_timer_start(&harness->tick, on_tick, HARNESS_TICK_MS, HARNESS_TICK_MS);
}

static inline void harness_listen_only(struct harness *harness)
{
    struct store_listener listener = {.on_entries = hear_entries,
                                      .on_caught_up = hear_caught_up,
                                      .on_rewound = hear_rewound,
                                      .on_available = hear_available,
                                      .user = harness};

    store_listen(harness->store, &listener);
}

static inline void harness_listen(struct harness *harness)
{
    harness_listen_only(harness);
    wait_for(harness, &harness->ups, 1);
}

static inline void harness_start_redis(struct harness *harness)
{
    char why[512] = "";

    snprintf(harness->dir, sizeof harness->dir, "/tmp/pinson-test-XXXXXX");
    assert_non_null(mkdtemp(harness->dir));
    if (embedded_start(&harness->loop, harness->dir, &harness->embedded, why, sizeof why) !=
        OK) {
        fail_msg("%s", why);
    }
}

static inline struct store *harness_open_redis(struct harness *harness)
{
    struct redis_address address = {0};

    snprintf(address.path, sizeof address.path, "%s", embedded_socket(harness->embedded));
    return redis_store_create(&harness->loop, &address);
}

static inline void harness_forget_heard(struct harness *harness)
{
    for (size_t i = 0; i < harness->heard_count; i++) {
        mem_free(harness->heard[i].bytes);
        mem_free(harness->heard[i].text);
    }
    mem_free(harness->heard);
    harness->heard = NULL;
    harness->heard_count = harness->heard_room = 0;
}

static inline void remove_dir(const char *dir)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): a name that we made */
}

/* Everything must have been given back: the loop has nothing left to do. */
static inline void harness_close(struct harness *harness)
{
    store_destroy(harness->store);
    embedded_stop(harness->embedded);
    uv_close((uv_handle_t *)&harness->tick, NULL);
    uv_run(&harness->loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&harness->loop), 0);
    harness_forget_heard(harness);
    if (harness->dir[0]) {
        remove_dir(harness->dir);
    }
}

/* Answers */

static inline void answer_appended(void *user, enum err err, struct entry_id id)
{
    struct got *answer = user;

    answer->calls++;
    answer->err = err;
    answer->id = id;
}

static inline void answer_done(void *user, enum err err)
{
    struct got *answer = user;

    answer->calls++;
    answer->err = err;
}

static inline void answer_value(void *user, enum err err, struct view value)
{
    struct got *answer = user;

    answer->calls++;
    answer->err = err;
    buf_clear(&answer->value);
    buf_add_view(&answer->value, value);
}

static inline void answer_number(void *user, enum err err, uint64_t number)
{
    struct got *answer = user;

    answer->calls++;
    answer->err = err;
    answer->number = number;
}

/* Waits for the answer of a call that was just made. */
static inline enum err wait_answer(struct harness *harness, struct got *answer)
{
    assert_int_equal(answer->calls, 0); /* never before the function has returned */
    wait_for(harness, &answer->calls, 1);
    answer->calls = 0;
    return answer->err;
}

/* Entries */

static inline struct board_key board_named(const char *name)
{
    struct board_key board = {""};

    snprintf(board.id, sizeof board.id, "%s", name);
    return board;
}

/* A vote that its number tells from others. */
static inline void write_vote(struct buf *to, uint32_t number)
{
    struct command command = {.kind = CMD_VOTE,
                              .person = 7,
                              .epoch = 1,
                              .op = {.high = 1, .low = number},
                              .idea = number,
                              .choice = CHOICE_AGREE};

    buf_clear(to);
    entry_write(to, &command);
}

static inline void append_vote(struct harness *harness, struct board_key board, uint32_t number,
                               struct got *answer)
{
    AUTO_BUF entry = {0};

    write_vote(&entry, number);
    store_append(harness->store, board, buf_view(&entry), NULL, 0, answer_appended, answer);
}

#define AUTO_ANSWER __attribute__((cleanup(answer_finish))) struct got

static inline void answer_finish(struct got *answer)
{
    buf_finish(&answer->value);
}

#endif
