/*
 * rehearse — board.rehearse: a board is played by an invented crowd before people come, on a
 * copy that its lead watches like any other.
 *
 * The crowd is this very program as a client of this server, in a process of its own: what it
 * meets is what people will meet, and nothing of it runs here. One at a time an installation,
 * for LIMIT_REHEARSAL_MS at most; it goes when the server goes.
 */
#include "app/call.h"

#include "base/log.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

enum {
    ARGS_MAX = 32,
    ARG_BYTES = 72,
    TRIES = 99,
    PEOPLE = 60,
    IDEAS = 30,
    SPEED = 8
};

/* The crowd's process. */
struct rehearsal_run {
    struct app *app;
    uv_process_t process;
    uv_timer_t limit;
    unsigned handles; /* open ones */
    uint64_t client_id;
    struct buf id; /* of the request; owned */
    struct op op;
    char slug[LIMIT_SLUG_MAX_BYTES + 1];
    bool answered;
};

static void answer(struct rehearsal_run *run, enum err err)
{
    struct client *client = client_find(run->app, run->client_id);
    AUTO_BUF result = {0};

    if (run->answered) {
        return;
    }
    run->answered = true;
    run->app->owed--;
    if (client && err) {
        client_refuse(client, buf_view(&run->id), err, NULL);
    } else if (client) {
        buf_printf(&result, "{\"board\":\"%s\"}", run->slug);
        client_reply(client, buf_view(&run->id), buf_view(&result));
    }
}

/* Whoever is told of the copy can join it. */
void rehearsal_tick(struct app *app)
{
    struct rehearsal_run *run = app->rehearsal;
    const struct app_board *copy = run ? app_board_find(app, view_of(run->slug)) : NULL;

    if (copy && copy->live) {
        answer(run, OK);
    }
}

static void on_closed(uv_handle_t *handle)
{
    struct rehearsal_run *run = handle->data;

    if (--run->handles) {
        return;
    }
    run->app->rehearsal = NULL;
    buf_finish(&run->id);
    mem_free(run);
}

static void on_ended(uv_process_t *process, int64_t status, int number)
{
    struct rehearsal_run *run = process->data;

    log_event(LOG_INFO, "rehearsal-ended", "status=%d signal=%d", (int)status, number);
    rehearsal_tick(run->app);
    answer(run, ERR_UNAVAILABLE);
    uv_close((uv_handle_t *)&run->process, on_closed);
    uv_close((uv_handle_t *)&run->limit, on_closed);
}

void rehearsal_stop(struct app *app)
{
    if (app->rehearsal) {
        (void)uv_process_kill(&app->rehearsal->process, SIGKILL);
    }
}

static void on_late(uv_timer_t *timer)
{
    struct rehearsal_run *run = timer->data;

    rehearsal_stop(run->app);
}

/* What the crowd is told, an argument after the other. */
struct args {
    char *list[ARGS_MAX];
    char texts[ARGS_MAX][ARG_BYTES];
    size_t count;
};

static void add(struct args *args, const char *text)
{
    snprintf(args->texts[args->count], ARG_BYTES, "%s", text);
    args->list[args->count] = args->texts[args->count];
    args->count++;
}

static void add_number(struct args *args, const char *option, uint64_t value)
{
    char text[24];

    snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    add(args, option);
    add(args, text);
}

static void add_account(struct args *args, const struct session *session)
{
    struct digest account = session_account(session);
    AUTO_BUF text = {0};

    buf_add_hex(&text, account.bytes, sizeof account.bytes);
    add(args, "--lead");
    add(args, text.bytes);
}

/* Where this program and its store are: given by whoever made the app; borrowed. */
static void add_given(struct args *args, const char *const *given)
{
    for (size_t i = 0; given[i] && args->count < ARGS_MAX / 2; i++) {
        union {
            const char *in;
            char *out; /* uv_spawn takes no constants, and changes nothing */
        } arg = {.in = given[i]};

        args->list[args->count++] = arg.out;
    }
}

/* The board's address with a word behind it, the first that is free; false: none is. */
static bool find_slug(struct app *app, const char *of, char *out)
{
    for (unsigned i = 1; i <= TRIES; i++) {
        char tail[24] = "-repetition";

        if (i > 1) {
            snprintf(tail, sizeof tail, "-repetition-%u", i);
        }
        int room = (int)(LIMIT_SLUG_MAX_BYTES - strlen(tail));

        while (room > 1 && strnlen(of, (size_t)room) == (size_t)room && of[room - 1] == '-') {
            room--; /* no two hyphens in a row */
        }
        snprintf(out, LIMIT_SLUG_MAX_BYTES + 1, "%.*s%s", room, of, tail);
        if (!app_board_find(app, view_of(out))) {
            return true;
        }
    }
    return false;
}

struct wish {
    struct op op;
    uint64_t people;
    uint64_t ideas;
    uint64_t speed;
};

static int spawn(struct rehearsal_run *run, const struct client *client,
                 const struct app_board *board, const struct wish *wish)
{
    struct args args = {.count = 0};
    uv_process_options_t options = {.exit_cb = on_ended};

    add_given(&args, run->app->config.rehearse);
    add(&args, "--like");
    add(&args, board->slug);
    add(&args, "--board");
    add(&args, run->slug);
    add_number(&args, "--people", wish->people);
    add_number(&args, "--ideas", wish->ideas);
    add_number(&args, "--speed", wish->speed);
    add_account(&args, client->session);
    options.file = args.list[0];
    options.args = args.list;
    return uv_spawn(run->app->config.loop, &run->process, &options);
}

static void start(struct client *client, const struct rpc_request *request,
                  struct app_board *board, const struct wish *wish)
{
    struct app *app = client->app;
    struct rehearsal_run *run = mem_alloc(sizeof *run);

    *run = (struct rehearsal_run){
        .app = app, .client_id = client->id, .handles = 2, .op = wish->op};
    run->process.data = run->limit.data = run;
    buf_add_view(&run->id, buf_view(&request->id));
    app->rehearsal = run;
    app->owed++;
    session_keep(app, client->session);
    uv_timer_init(app->config.loop, &run->limit);
    uv_timer_start(&run->limit, on_late, LIMIT_REHEARSAL_MS, 0);
    if (!find_slug(app, board->slug, run->slug) || spawn(run, client, board, wish)) {
        log_event(LOG_ERROR, "rehearsal-failed", "board=%s", board->key.id);
        answer(run, ERR_UNAVAILABLE);
        uv_close((uv_handle_t *)&run->limit, on_closed);
        run->handles = 1;
    }
}

void method_board_rehearse(struct client *client, struct rpc_request *request,
                           struct app_board *board)
{
    struct call call;
    struct rehearsal_run *running = client->app->rehearsal;

    call_begin(&call, request);
    struct wish wish = {.op = call.op};

    wish.people = params_uint(&call.params, "people", 2, LIMIT_REHEARSAL_PEOPLE, OPTIONAL);
    wish.ideas = params_uint(&call.params, "ideas", 2, LIMIT_REHEARSAL_IDEAS, OPTIONAL);
    wish.speed = params_uint(&call.params, "speed", 1, LIMIT_REHEARSAL_SPEED, OPTIONAL);
    wish.people = wish.people ? wish.people : PEOPLE;
    wish.ideas = wish.ideas ? wish.ideas : IDEAS;
    wish.speed = wish.speed ? wish.speed : SPEED;
    if (params_done(&call.params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, call.params.field);
    } else if (!client->app->config.rehearse || client->app->draining) {
        client_refuse(client, buf_view(&request->id), ERR_UNAVAILABLE, NULL);
    } else if (running && running->answered && running->op.high == wish.op.high &&
               running->op.low == wish.op.low) {
        AUTO_BUF result = {0};

        buf_printf(&result, "{\"board\":\"%s\"}", running->slug);
        client_reply(client, buf_view(&request->id), buf_view(&result));
    } else if (running || board->fold->state >= BOARD_CLOSED) {
        client_refuse(client, buf_view(&request->id), ERR_NOT_ALLOWED_NOW, NULL);
    } else {
        start(client, request, board, &wish);
    }
}
