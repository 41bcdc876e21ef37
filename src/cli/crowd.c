/*
 * A player goes through the same three calls on every connection: session.open, board.join,
 * then the moves of their hand one after the other. `step` is the call that is due; whatever
 * goes wrong, it is sent again, and only an answer moves it on.
 */
#include "cli/crowd.h"

#include "auth/random.h"
#include "base/mem.h"
#include "base/time.h"
#include "cli/progress.h"
#include "server/client.h"
#include "wire/entry.h"
#include "wire/json.h"

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
    STEP_MOVE,
    STEP_REST, /* nothing more to do in this phase */
    STEP_GONE
};

struct player {
    struct crowd *crowd;
    struct ws_client *client; /* NULL: not connected */
    uv_timer_t timer;
    struct hand hand;
    enum step step;
    struct move move;  /* that is being made */
    struct op op;      /* of it; none: not yet drawn */
    uint64_t id;       /* of the call that waits for its answer; 0: none */
    uint64_t first_us; /* when the move was sent first */
    bool is_connected;
    bool is_cutting; /* the timer will cut the connection */
    bool was_asked_to_wait;
};

struct crowd {
    const struct crowd_config *config;
    struct crowd_result *result; /* of the phase */
    struct crowd_result between; /* what happens when none is played */
    struct ws_crowd *connections;
    struct player *players;
    size_t playing;
    size_t clients; /* that are not gone yet */
    size_t timers;
    uint64_t ids;
    uint64_t chance;
    uint64_t began_us; /* the phase */
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

static void write_call(struct buf *to, const struct player *player)
{
    const struct crowd_config *config = player->crowd->config;

    switch (player->step) {
    case STEP_OPEN:
        buf_printf(to, "\"session.open\",\"params\":{\"token\":\"%s\"}",
                   config->tokens[player->hand.person].text);
        break;
    case STEP_JOIN:
        buf_printf(to, "\"board.join\",\"params\":{\"board\":\"%s\"}",
                   config->code ? config->code : config->slug);
        break;
    case STEP_MOVE:
    case STEP_REST:
    case STEP_GONE:
        hand_write(to, config->table, config->slug, &player->move);
        buf_add_text(to, ",\"op\":\"");
        op_write(to, player->op);
        buf_add_text(to, "\"}");
        break;
    }
}

static void send_call(struct player *player)
{
    AUTO_BUF message = {0};

    player->id = ++player->crowd->ids;
    buf_printf(&message,
               "{\"jsonrpc\":\"2.0\",\"id\":%llu,\"method\":", (unsigned long long)player->id);
    write_call(&message, player);
    buf_add_char(&message, '}');
    ws_client_send(player->client, buf_view(&message));
}

static uint64_t due_in_ms(const struct player *player)
{
    const struct crowd_config *config = player->crowd->config;

    if (!config->speed_ppm) {
        return 0;
    }
    double due = (double)player->move.at_ms * 1e6 / (double)config->speed_ppm;
    double now = (double)(time_monotonic_us() - player->crowd->began_us) / 1e3;

    return due > now ? (uint64_t)(due - now) + 1 : 0;
}

static void send_move(struct player *player)
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
    player->step = STEP_GONE;
    uv_timer_stop(&player->timer);
    if (player->client) {
        ws_client_cut(player->client);
    }
}

static void rest(struct player *player)
{
    player->crowd->playing--;
    player->step = STEP_REST;
    uv_timer_stop(&player->timer);
    if (player->crowd->config->table->phase.last) {
        leave(player);
    }
}

/* The move that is due now; false: none is, or not yet. */
static bool take_move(struct player *player)
{
    if (!op_is_none(player->op)) {
        return true; /* it was sent before, and not answered */
    }
    if (!hand_next(&player->hand, player->crowd->config->table, &player->move)) {
        rest(player);
        return false;
    }
    uint64_t wait_ms = due_in_ms(player);

    if (wait_ms) {
        wake(player, wait_ms);
    }
    return !wait_ms;
}

/* Does what is due now, or has itself woken when it is. */
static void go_on(struct player *player)
{
    if (player->step < STEP_MOVE) {
        send_call(player);
        wake(player, ANSWER_MS);
    } else if (take_move(player)) {
        send_move(player);
    }
}

/* Answers */

static void count_reason(struct crowd_result *result, const char *name, uint64_t count)
{
    for (size_t i = 0; i < CROWD_REASONS; i++) {
        struct crowd_reason *reason = &result->reasons[i];

        if (!reason->count) {
            snprintf(reason->name, sizeof reason->name, "%s", name);
        }
        if (strcmp(reason->name, name) == 0) {
            reason->count += count;
            return;
        }
    }
}

static void move_answered(struct player *player, const json_t *result)
{
    struct crowd *crowd = player->crowd;

    crowd->was_answered = true;
    hand_answered(&player->hand, crowd->config->table, &player->move, result);
    player->op = (struct op){0, 0};
    progress_at(&crowd->progress, crowd->result->acknowledged);
    go_on(player);
}

static void add_latency(struct crowd_result *result, uint64_t took_us)
{
    result->latencies_us = mem_reserve(result->latencies_us, result->latencies_count,
                                       &result->latencies_room, sizeof *result->latencies_us);
    result->latencies_us[result->latencies_count++] =
        took_us < UINT32_MAX ? (uint32_t)took_us : UINT32_MAX;
}

static void acknowledged(struct player *player, const json_t *answer)
{
    struct crowd_result *result = player->crowd->result;
    const json_t *value = json_object_get(answer, "result");

    if (player->step != STEP_MOVE) {
        player->crowd->was_answered = true;
        player->step++;
        go_on(player);
        return;
    }
    result->acknowledged++;
    result->ballots += player->move.kind == MOVE_CAST;
    result->posts += player->move.kind == MOVE_POST;
    result->skips += player->move.kind == MOVE_SKIP;
    if (player->move.kind == MOVE_ASK) {
        result->servings += json_array_size(json_object_get(value, "ideas"));
    }
    add_latency(result, time_monotonic_us() - player->first_us);
    move_answered(player, value);
}

static void refused(struct player *player, const json_t *error)
{
    struct crowd_result *result = player->crowd->result;
    const json_t *data = json_object_get(error, "data");
    struct view name = json_view(json_object_get(data, "error"));
    json_int_t retry_ms = json_integer_value(json_object_get(data, "retry_ms"));

    if (view_is(name, "too-fast")) {
        result->too_fast++;
        player->was_asked_to_wait = player->step == STEP_MOVE;
        wake(player, retry_ms > 0 ? (uint64_t)retry_ms : RETRY_MS);
    } else if (view_is(name, "unavailable") || player->step != STEP_MOVE) {
        /* A board that was just published may not be known yet. */
        result->unavailable++;
        wake(player, RETRY_MS);
    } else {
        result->refused++;
        count_reason(result, name.len ? name.ptr : "a call that is not understood", 1);
        move_answered(player, NULL);
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

    if (!player->id || is_news(text)) {
        return;
    }
    json_auto_t *answer = json_loadb(text.ptr, text.len, 0, NULL);
    const json_t *error = json_object_get(answer, "error");
    json_int_t id = json_integer_value(json_object_get(answer, "id"));

    if (id != (json_int_t)player->id || player->is_cutting) {
        return; /* of a call that was sent twice, or the connection ends before it is read */
    }
    player->id = 0;
    uv_timer_stop(&player->timer);
    if (error) {
        refused(player, error);
    } else {
        acknowledged(player, answer);
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
    bool failed = !player->is_cutting && player->step != STEP_GONE;

    crowd->clients--;
    player->client = NULL;
    player->id = 0;
    if (failed) {
        crowd->result->lost += player->is_connected;
        crowd->failures += !crowd->was_answered;
        crowd->has_failed = crowd->failures >= FAILURES;
    }
    player->is_cutting = false;
    player->is_connected = false;
    if (player->step < STEP_REST) {
        wake(player, RECONNECT_MS + deck_chance(&crowd->chance) % RECONNECT_SPREAD_MS);
    }
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

enum err crowd_create(const struct crowd_config *config, struct crowd **out)
{
    struct crowd *crowd = mem_alloc(sizeof *crowd);
    uint32_t people = config->table->deck->people;

    crowd->config = config;
    crowd->chance = config->seed;
    crowd->result = &crowd->between;
    enum err err = ws_crowd_create(config->loop, config->url, &crowd->connections);

    if (err) {
        mem_free(crowd);
        return err;
    }
    crowd->players = mem_array(people, sizeof *crowd->players);
    for (uint32_t i = 0; i < people; i++) {
        crowd->players[i] = (struct player){.crowd = crowd, .step = STEP_REST};
        uv_timer_init(config->loop, &crowd->players[i].timer);
        crowd->players[i].timer.data = &crowd->players[i];
    }
    crowd->timers = people;
    *out = crowd;
    return OK;
}

static void on_timer_closed(uv_handle_t *handle)
{
    struct player *player = handle->data;

    player->crowd->timers--;
}

void crowd_destroy(struct crowd *crowd)
{
    if (!crowd) {
        return;
    }
    uint32_t people = crowd->config->table->deck->people;

    for (uint32_t i = 0; i < people; i++) {
        leave(&crowd->players[i]);
        uv_close((uv_handle_t *)&crowd->players[i].timer, on_timer_closed);
    }
    while (crowd->clients || crowd->timers) {
        uv_run(crowd->config->loop, UV_RUN_ONCE);
    }
    ws_crowd_destroy(crowd->connections);
    mem_free(crowd->players);
    mem_free(crowd);
}

struct ws_crowd *crowd_connections(const struct crowd *crowd)
{
    return crowd->connections;
}

static void begin(struct crowd *crowd)
{
    const struct table *table = crowd->config->table;
    uint32_t people = table->deck->people;

    for (uint32_t i = 0; i < people; i++) {
        struct player *player = &crowd->players[i];

        hand_begin(&player->hand, table, i);
        player->op = (struct op){0, 0};
        if (player->step == STEP_GONE || !hand_next(&player->hand, table, &player->move)) {
            continue;
        }
        player->step = player->is_connected ? STEP_MOVE : STEP_OPEN;
        crowd->playing++;
        /* Not all at once: nobody's browsers do. */
        wake(player, deck_chance(&crowd->chance) % CONNECT_SPREAD_MS * people / 10000);
    }
}

static void init_progress(struct crowd *crowd)
{
    const struct table *table = crowd->config->table;

    switch (table->phase.kind) {
    case PHASE_POST:
        progress_init(&crowd->progress, "Posting", 0);
        break;
    case PHASE_CAST:
        progress_init(&crowd->progress, "Casting", table->deck->ballots_count);
        break;
    case PHASE_JUDGE:
        progress_init(&crowd->progress, "Judging", 0);
        break;
    }
}

static int by_size(const void *left, const void *right)
{
    const uint32_t *a = left;
    const uint32_t *b = right;

    return *a == *b ? 0 : (*a < *b ? -1 : 1);
}

static void sort_latencies(struct crowd_result *result)
{
    if (result->latencies_count) {
        qsort(result->latencies_us, result->latencies_count, sizeof *result->latencies_us,
              by_size);
    }
}

enum err crowd_play(struct crowd *crowd, struct crowd_result *out)
{
    *out = (struct crowd_result){0};
    crowd->result = out;
    crowd->began_us = time_monotonic_us();
    init_progress(crowd);
    begin(crowd);
    while (crowd->playing && !crowd->has_failed) {
        uv_run(crowd->config->loop, UV_RUN_ONCE);
    }
    out->seconds = (double)(time_monotonic_us() - crowd->began_us) / 1e6;
    progress_finish(&crowd->progress);
    sort_latencies(out);
    crowd->result = &crowd->between;
    return crowd->has_failed ? ERR_UNAVAILABLE : OK;
}

void crowd_result_add(struct crowd_result *sum, const struct crowd_result *result)
{
    sum->calls += result->calls;
    sum->acknowledged += result->acknowledged;
    sum->refused += result->refused;
    sum->ballots += result->ballots;
    sum->posts += result->posts;
    sum->servings += result->servings;
    sum->skips += result->skips;
    sum->repeated += result->repeated;
    sum->resent += result->resent;
    sum->cut += result->cut;
    sum->lost += result->lost;
    sum->too_fast += result->too_fast;
    sum->unavailable += result->unavailable;
    sum->seconds += result->seconds;
    for (size_t i = 0; i < result->latencies_count; i++) {
        add_latency(sum, result->latencies_us[i]);
    }
    sort_latencies(sum);
    for (size_t i = 0; i < CROWD_REASONS && result->reasons[i].count; i++) {
        count_reason(sum, result->reasons[i].name, result->reasons[i].count);
    }
}

void crowd_result_finish(struct crowd_result *result)
{
    mem_free(result->latencies_us);
    *result = (struct crowd_result){0};
}
