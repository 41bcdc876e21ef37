/*
 * A player goes through the same three calls on every connection: session.open, board.join,
 * then vote.cast for one ballot after the other. `step` is the call that is due; whatever
 * goes wrong, it is sent again, and only an answer moves it on.
 */
#include "cli/crowd.h"

#include "auth/random.h"
#include "base/mem.h"
#include "base/time.h"
#include "cli/progress.h"
#include "cli/wait.h"
#include "server/client.h"
#include "wire/entry.h"
#include "wire/json.h"
#include "wire/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ANSWER_MS = 10000, /* then the connection is taken for dead */
    RETRY_MS = 200,
    RECONNECT_MS = 100,
    RECONNECT_SPREAD_MS = 400,
    CUT_WITHIN_MS = 10,
    CONNECT_SPREAD_MS = 2000,
    FAILURES = 50, /* one after the other, before anybody was ever answered */
    METHOD_WITHIN = 48
};

enum step {
    STEP_OPEN,
    STEP_JOIN,
    STEP_CAST,
    STEP_DONE
};

struct crowd;

struct player {
    struct crowd *crowd;
    struct ws_client *client; /* NULL: not connected */
    uv_timer_t timer;
    uint32_t person;
    size_t next; /* ballot in the deck */
    size_t end;
    enum step step;
    struct op op;      /* of the ballot that is being cast; none: not yet drawn */
    uint64_t id;       /* of the call that waits for its answer; 0: none */
    uint64_t first_us; /* when the ballot was sent first */
    bool is_connected;
    bool is_cutting; /* the timer will cut the connection */
    bool was_asked_to_wait;
};

struct crowd {
    const struct crowd_config *config;
    struct crowd_result *result;
    struct ws_crowd *connections;
    struct player *players;
    size_t playing;
    size_t clients; /* that are not gone yet */
    size_t timers;
    uint64_t ids;
    uint64_t chance;
    uint64_t began_us;
    uint64_t failures; /* connections in a row that failed before any answer */
    bool was_answered;
    bool has_failed;
    struct progress progress;
};

static void on_timer(uv_timer_t *timer);

static void wake(struct player *player, uint64_t ms)
{
    uv_timer_start(&player->timer, on_timer, ms, 0);
}

/* Calls */

static const struct deck_ballot *ballot_of(const struct player *player)
{
    return &player->crowd->config->deck->ballots[player->next];
}

static void write_params(struct buf *to, const struct player *player)
{
    const struct crowd_config *config = player->crowd->config;

    switch (player->step) {
    case STEP_OPEN:
        buf_printf(to, "\"session.open\",\"params\":{\"token\":\"%s\"}",
                   config->tokens[player->person].text);
        break;
    case STEP_JOIN:
        buf_printf(to, "\"board.join\",\"params\":{\"board\":\"%s\"}", config->slug);
        break;
    case STEP_CAST:
        buf_printf(to,
                   "\"vote.cast\",\"params\":{\"board\":\"%s\",\"idea\":%u,\"choice\":\"%s\","
                   "\"op\":\"",
                   config->slug, ballot_of(player)->idea,
                   name_of_choice(ballot_of(player)->choice));
        op_write(to, player->op);
        buf_add_text(to, "\"}");
        break;
    case STEP_DONE:
        break;
    }
}

static void send_call(struct player *player)
{
    AUTO_BUF message = {0};

    player->id = ++player->crowd->ids;
    buf_printf(&message,
               "{\"jsonrpc\":\"2.0\",\"id\":%llu,\"method\":", (unsigned long long)player->id);
    write_params(&message, player);
    buf_add_char(&message, '}');
    ws_client_send(player->client, buf_view(&message));
}

static uint64_t due_in_ms(const struct player *player)
{
    const struct crowd_config *config = player->crowd->config;

    if (!config->speed_ppm) {
        return 0;
    }
    double due = (double)ballot_of(player)->at_ms * 1e6 / (double)config->speed_ppm;
    double now = (double)(time_monotonic_us() - player->crowd->began_us) / 1e3;

    return due > now ? (uint64_t)(due - now) + 1 : 0;
}

static void cast(struct player *player)
{
    struct crowd *crowd = player->crowd;
    const struct crowd_config *config = crowd->config;

    if (op_is_none(player->op)) {
        player->op = random_op(time_now_ms());
        player->first_us = time_monotonic_us();
        crowd->result->calls++;
    } else if (player->was_asked_to_wait) {
        player->first_us = time_monotonic_us(); /* waiting was not the server's doing */
    } else {
        crowd->result->resent++;
    }
    player->was_asked_to_wait = false;
    send_call(player);
    if (deck_happens(&crowd->chance, config->repeat_ppm)) {
        crowd->result->repeated++;
        send_call(player); /* with an id of its own and the same op */
    }
    player->is_cutting = deck_happens(&crowd->chance, config->cut_ppm);
    wake(player, player->is_cutting ? deck_chance(&crowd->chance) % CUT_WITHIN_MS : ANSWER_MS);
}

static void leave(struct player *player)
{
    player->step = STEP_DONE;
    player->crowd->playing--;
    uv_timer_stop(&player->timer);
    if (player->client) {
        ws_client_cut(player->client);
    }
}

/* Does what is due now, or has itself woken when it is. */
static void go_on(struct player *player)
{
    if (player->step == STEP_CAST) {
        if (player->next == player->end) {
            leave(player);
            return;
        }
        uint64_t wait_ms = op_is_none(player->op) ? due_in_ms(player) : 0;

        if (wait_ms) {
            wake(player, wait_ms);
            return;
        }
        cast(player);
        return;
    }
    send_call(player);
    wake(player, ANSWER_MS);
}

/* Answers */

static void count_reason(struct crowd_result *result, const char *name)
{
    for (size_t i = 0; i < CROWD_REASONS; i++) {
        struct crowd_reason *reason = &result->reasons[i];

        if (!reason->count) {
            snprintf(reason->name, sizeof reason->name, "%s", name);
        }
        if (strcmp(reason->name, name) == 0) {
            reason->count++;
            return;
        }
    }
}

static void step_done(struct player *player)
{
    struct crowd *crowd = player->crowd;

    crowd->was_answered = true;
    if (player->step == STEP_CAST) {
        player->next++;
        player->op = (struct op){0, 0};
        progress_at(&crowd->progress, crowd->result->acknowledged);
    } else {
        player->step++;
    }
    go_on(player);
}

static void acknowledged(struct player *player)
{
    struct crowd_result *result = player->crowd->result;

    if (player->step == STEP_CAST) {
        uint64_t took_us = time_monotonic_us() - player->first_us;

        result->latencies_us[result->acknowledged++] =
            took_us < UINT32_MAX ? (uint32_t)took_us : UINT32_MAX;
    }
    step_done(player);
}

static void refused(struct player *player, const json_t *error)
{
    struct crowd_result *result = player->crowd->result;
    const json_t *data = json_object_get(error, "data");
    struct view name = json_view(json_object_get(data, "error"));
    json_int_t retry_ms = json_integer_value(json_object_get(data, "retry_ms"));

    if (view_is(name, "too-fast")) {
        result->too_fast++;
        player->was_asked_to_wait = player->step == STEP_CAST;
        wake(player, retry_ms > 0 ? (uint64_t)retry_ms : RETRY_MS);
    } else if (view_is(name, "unavailable") || player->step != STEP_CAST) {
        /* A board that was just published may not be known yet. */
        result->unavailable++;
        wake(player, RETRY_MS);
    } else {
        result->refused++;
        count_reason(result, name.len ? name.ptr : "a call that is not understood");
        step_done(player);
    }
}

/* News of the board have no id; their method comes early, and most messages are news. */
static bool is_news(struct view text)
{
    static const char method[] = "\"method\"";
    size_t len = sizeof method - 1;

    for (size_t i = 0; i + len <= text.len && i < METHOD_WITHIN; i++) {
        if (memcmp(text.ptr + i, method, len) == 0) {
            return true;
        }
    }
    return false;
}

static void on_message(void *user, struct view text)
{
    struct player *player = user;

    if (is_news(text)) {
        return;
    }
    json_auto_t *answer = json_loadb(text.ptr, text.len, 0, NULL);
    const json_t *error = json_object_get(answer, "error");
    json_int_t id = json_integer_value(json_object_get(answer, "id"));

    if (!player->id || id != (json_int_t)player->id || player->is_cutting) {
        return; /* of a call that was sent twice, or the connection ends before it is read */
    }
    player->id = 0;
    uv_timer_stop(&player->timer);
    if (error) {
        refused(player, error);
    } else {
        acknowledged(player);
    }
}

/* Connections */

static void on_open(void *user)
{
    struct player *player = user;

    player->is_connected = true;
    player->step = STEP_OPEN;
    go_on(player);
}

static void on_close(void *user)
{
    struct player *player = user;
    struct crowd *crowd = player->crowd;

    crowd->clients--;
    player->client = NULL;
    player->id = 0;
    if (player->step == STEP_DONE) {
        return;
    }
    if (!player->is_cutting) {
        crowd->result->lost += player->is_connected;
        crowd->failures += !crowd->was_answered;
        crowd->has_failed = crowd->failures >= FAILURES;
    }
    player->is_cutting = false;
    player->is_connected = false;
    wake(player, RECONNECT_MS + deck_chance(&crowd->chance) % RECONNECT_SPREAD_MS);
}

static void connect_player(struct player *player)
{
    static const struct ws_listener listener = {
        .on_open = on_open, .on_message = on_message, .on_close = on_close};

    player->crowd->clients++;
    player->client = ws_client_open(player->crowd->connections, &listener, player);
}

static void on_timer(uv_timer_t *timer)
{
    struct player *player = timer->data;

    if (!player->client) {
        connect_player(player);
    } else if (player->is_cutting) {
        player->crowd->result->cut++;
        ws_client_cut(player->client);
    } else if (player->id) {
        ws_client_cut(player->client); /* no answer in its time */
    } else {
        go_on(player);
    }
}

/* The whole */

static void start(struct crowd *crowd)
{
    const struct deck *deck = crowd->config->deck;

    crowd->players = mem_array(deck->people, sizeof *crowd->players);
    for (uint32_t i = 0; i < deck->people; i++) {
        struct player *player = &crowd->players[i];

        player->crowd = crowd;
        player->person = i;
        player->next = deck->firsts[i];
        player->end = deck->firsts[i + 1];
        uv_timer_init(crowd->config->loop, &player->timer);
        player->timer.data = player;
        if (player->next == player->end) {
            player->step = STEP_DONE;
            continue;
        }
        crowd->playing++;
        /* Not all at once: nobody's browsers do. */
        wake(player, deck_chance(&crowd->chance) % CONNECT_SPREAD_MS * deck->people / 10000);
    }
}

static void on_timer_closed(uv_handle_t *handle)
{
    struct player *player = handle->data;

    player->crowd->timers--;
}

static void stop(struct crowd *crowd)
{
    crowd->timers = crowd->config->deck->people;
    for (uint32_t i = 0; i < crowd->config->deck->people; i++) {
        struct player *player = &crowd->players[i];

        if (player->step != STEP_DONE) {
            leave(player);
        }
        uv_close((uv_handle_t *)&player->timer, on_timer_closed);
    }
    while (crowd->clients || crowd->timers) {
        uv_run(crowd->config->loop, UV_RUN_ONCE);
    }
    ws_crowd_destroy(crowd->connections);
    mem_free(crowd->players);
}

static int by_size(const void *left, const void *right)
{
    const uint32_t *a = left;
    const uint32_t *b = right;

    return *a == *b ? 0 : (*a < *b ? -1 : 1);
}

enum err crowd_play(const struct crowd_config *config, struct crowd_result *out)
{
    struct crowd crowd = {.config = config, .result = out, .chance = config->seed};

    *out = (struct crowd_result){0};
    enum err err = ws_crowd_create(config->loop, config->url, &crowd.connections);

    if (err) {
        return err;
    }
    out->latencies_us = mem_array(config->deck->ballots_count, sizeof *out->latencies_us);
    progress_init(&crowd.progress, "Casting", config->deck->ballots_count);
    crowd.began_us = time_monotonic_us();
    start(&crowd);
    while (crowd.playing && !crowd.has_failed) {
        uv_run(config->loop, UV_RUN_ONCE);
    }
    out->seconds = (double)(time_monotonic_us() - crowd.began_us) / 1e6;
    progress_finish(&crowd.progress);
    stop(&crowd);
    out->latencies_count = out->acknowledged;
    qsort(out->latencies_us, out->latencies_count, sizeof *out->latencies_us, by_size);
    return crowd.has_failed ? ERR_UNAVAILABLE : OK;
}

void crowd_result_finish(struct crowd_result *result)
{
    mem_free(result->latencies_us);
    *result = (struct crowd_result){0};
}
