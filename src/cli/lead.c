#include "cli/lead.h"

#include "auth/random.h"
#include "base/time.h"
#include "cli/wait.h"
#include "server/client.h"
#include "wire/entry.h"
#include "wire/json.h"

#include <stdio.h>

enum {
    ANSWER_MS = 10000,
    RETRY_MS = 200,
    ATTEMPTS = 50
};

/* Connection */

static void on_open(void *user)
{
    struct lead *lead = user;

    lead->is_connected = true;
}

static void on_message(void *user, struct view text)
{
    struct lead *lead = user;
    json_t *message = json_loadb(text.ptr, text.len, 0, NULL);

    if (!lead->answer && json_is_integer(json_object_get(message, "id")) &&
        json_integer_value(json_object_get(message, "id")) == (json_int_t)lead->id) {
        lead->answer = message;
    } else {
        json_decref(message); /* news */
    }
}

static void on_close(void *user)
{
    struct lead *lead = user;

    lead->client = NULL;
    lead->is_connected = false;
}

static void on_late(uv_timer_t *timer)
{
    struct lead *lead = timer->data;

    lead->is_late = true;
}

void lead_init(struct lead *lead, uv_loop_t *loop, struct ws_crowd *connections,
               const char *slug, const char *token)
{
    *lead =
        (struct lead){.loop = loop, .connections = connections, .slug = slug, .token = token};
    uv_timer_init(loop, &lead->timer);
    lead->timer.data = lead;
}

static void on_timer_closed(uv_handle_t *handle)
{
    struct lead *lead = handle->data;

    lead->timer_closed = true;
}

static void hang_up(struct lead *lead)
{
    if (lead->client) {
        ws_client_cut(lead->client);
    }
    while (lead->client) {
        uv_run(lead->loop, UV_RUN_ONCE);
    }
}

void lead_finish(struct lead *lead)
{
    hang_up(lead);
    uv_close((uv_handle_t *)&lead->timer, on_timer_closed);
    while (!lead->timer_closed) {
        uv_run(lead->loop, UV_RUN_ONCE);
    }
    json_decref(lead->answer);
    lead->answer = NULL;
}

/* Calls */

/* The answer, borrowed until the next call; NULL: the connection is gone. */
static const json_t *ask(struct lead *lead, struct view call)
{
    AUTO_BUF message = {0};

    json_decref(lead->answer);
    lead->answer = NULL;
    lead->is_late = false;
    buf_printf(&message,
               "{\"jsonrpc\":\"2.0\",\"id\":%llu,\"method\":", (unsigned long long)++lead->id);
    buf_add_view(&message, call);
    buf_add_char(&message, '}');
    ws_client_send(lead->client, buf_view(&message));
    uv_timer_start(&lead->timer, on_late, ANSWER_MS, 0);
    while (lead->client && !lead->answer && !lead->is_late) {
        uv_run(lead->loop, UV_RUN_ONCE);
    }
    uv_timer_stop(&lead->timer);
    if (!lead->answer) {
        hang_up(lead);
    }
    return lead->answer;
}

/* session.open and board.join; false: not yet. */
static bool enter(struct lead *lead)
{
    static const struct ws_listener listener = {
        .on_open = on_open, .on_message = on_message, .on_close = on_close};
    AUTO_BUF open = {0};
    AUTO_BUF join = {0};

    lead->client = ws_client_open(lead->connections, &listener, lead);
    while (lead->client && !lead->is_connected) {
        uv_run(lead->loop, UV_RUN_ONCE);
    }
    buf_printf(&open, "\"session.open\",\"params\":{\"token\":\"%s\"}", lead->token);
    buf_printf(&join, "\"board.join\",\"params\":{\"board\":\"%s\"}", lead->slug);
    if (lead->client && json_object_get(ask(lead, buf_view(&open)), "result") &&
        json_object_get(ask(lead, buf_view(&join)), "result")) {
        return true;
    }
    hang_up(lead); /* a board that was just published may not be known yet */
    return false;
}

/* true: it is over, one way or the other. */
static bool attempt(struct lead *lead, struct view call, json_t **out)
{
    if (!lead->client && !enter(lead)) {
        return false;
    }
    const json_t *answer = ask(lead, call);
    const json_t *error = json_object_get(answer, "error");
    struct view name = json_view(json_object_get(json_object_get(error, "data"), "error"));

    *out = json_incref(json_object_get(answer, "result"));
    if (!error || view_is(name, "too-fast") || view_is(name, "unavailable")) {
        return *out != NULL;
    }
    if (!name.len) {
        name = json_view(json_object_get(error, "message"));
    }
    snprintf(lead->refusal, sizeof lead->refusal, "%.*s", (int)name.len, name.ptr);
    return true;
}

enum err lead_call(struct lead *lead, const char *method, uint32_t round, bool changes,
                   json_t **out)
{
    AUTO_BUF call = {0};

    *out = NULL;
    lead->refusal[0] = '\0';
    buf_printf(&call, "\"%s\",\"params\":{\"board\":\"%s\",\"round\":%u", method, lead->slug,
               round);
    if (changes) {
        buf_add_text(&call, ",\"op\":\"");
        op_write(&call, random_op(time_now_ms()));
        buf_add_char(&call, '"');
    }
    buf_add_char(&call, '}');
    for (int i = 0; i < ATTEMPTS; i++) {
        if (attempt(lead, buf_view(&call), out)) {
            return lead->refusal[0] ? ERR_CONFLICT : OK;
        }
        wait_pause(lead->loop, RETRY_MS);
    }
    return ERR_UNAVAILABLE;
}
