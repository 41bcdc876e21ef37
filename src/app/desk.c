/*
 * desk — the methods by which a lead looks after a board: who takes part, what goes wrong, what
 * a round can be expected to find. They change nothing.
 */
#include "app/background.h"
#include "app/state.h"

#include "base/time.h"
#include "core/round.h"
#include "core/serve.h"
#include "wire/desk.h"

enum {
    SECONDS_AN_OPINION = 50, /* of a room: with who talks, looks on or comes late */
    AGAIN_MS = 300
};

/* {board} alone; false: something else was said, and refused. */
static bool is_plain(struct client *client, const struct rpc_request *request)
{
    struct params params;

    params_init(&params, request->params);
    (void)params_string(&params, "board", REQUIRED);
    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
        return false;
    }
    return true;
}

void method_board_participation(struct client *client, struct rpc_request *request,
                                struct app_board *board)
{
    AUTO_BUF result = {0};

    if (is_plain(client, request)) {
        struct participation *counted = mem_alloc(sizeof *counted);

        participation_count(board->fold, counted);
        participation_write(&result, board->fold, counted);
        mem_free(counted);
        client_reply(client, buf_view(&request->id), buf_view(&result));
    }
}

void method_board_alerts(struct client *client, struct rpc_request *request,
                         struct app_board *board)
{
    AUTO_BUF result = {0};

    if (is_plain(client, request)) {
        struct alerts *alerts = mem_alloc(sizeof *alerts);
        uint64_t now_ms = time_now_ms();

        /* an answer is due until the end of its day where the server is */
        alerts_find(board->fold, now_ms, time_day_here(now_ms), alerts);
        alerts_write(&result, board->fold, alerts);
        mem_free(alerts);
        client_reply(client, buf_view(&request->id), buf_view(&result));
    }
}

/* Forecasts are made beside the loop, one at a time. */

struct job {
    uv_work_t work;
    struct app *app;
    uint64_t client_id;
    struct buf id; /* of the request; owned */
    struct plan plan;
    struct forecast forecast;
};

static void work_out(uv_work_t *work)
{
    struct job *job = work->data;

    background_give_way();
    plan_forecast(&job->plan, &job->forecast);
}

static void on_worked_out(uv_work_t *work, int status)
{
    struct job *job = work->data;
    struct client *client = client_find(job->app, job->client_id);
    AUTO_BUF result = {0};

    (void)status;
    if (client) {
        forecast_write(&result, &job->plan, &job->forecast);
        client_reply(client, buf_view(&job->id), buf_view(&result));
    }
    job->app->forecasts--;
    job->app->owed--;
    buf_finish(&job->id);
    mem_free(job);
}

/* The first round in which ideas are judged and some go on, or the first at all. */
static const struct round_definition *heat_of(const struct definition *definition)
{
    for (uint32_t i = 0; i < definition->rounds_count; i++) {
        const struct round_definition *round = &definition->rounds[i];

        if (round->allows & ALLOW_VOTE && !round->final) {
            return round;
        }
    }
    return &definition->rounds[0];
}

/* What the board's own rules say, where they say it. */
static void complete(struct plan *plan, const struct round_definition *round)
{
    uint32_t seats = round_seats(&round->rule, plan->ideas);
    uint32_t cap = round->votes_per_person ? round->votes_per_person : SERVE_CAP;
    uint64_t given = (uint64_t)plan->people * cap / (2 * (uint64_t)plan->ideas);
    uint32_t half = given > 20 ? 20 : (uint32_t)given;

    seats = seats ? seats : (plan->ideas < 150 ? 5 : 10);
    plan->seats = seats < PLAN_SEATS_MAX ? seats : PLAN_SEATS_MAX;
    plan->cap = cap;
    plan->min_judges =
        round->rule.keep == KEEP_ALL ? (half > 4 ? half : 4) : round->rule.min_judges;
    if (!plan->minutes) {
        plan->minutes = round->minutes ? round->minutes : 10;
    }
    plan->seconds = plan->seconds ? plan->seconds : SECONDS_AN_OPINION;
    plan->seed = 1;
}

void method_board_plan(struct client *client, struct rpc_request *request,
                       struct app_board *board)
{
    struct params params;
    struct plan plan = {0};

    params_init(&params, request->params);
    (void)params_string(&params, "board", REQUIRED);
    plan.people = (uint32_t)params_uint(&params, "people", 1, PLAN_PEOPLE_MAX, REQUIRED);
    plan.ideas = (uint32_t)params_uint(&params, "ideas", 1, LIMIT_IDEAS, REQUIRED);
    plan.minutes = (uint32_t)params_uint(&params, "minutes", 1, LIMIT_ROUND_MINUTES, OPTIONAL);
    plan.seconds = (uint32_t)params_uint(&params, "seconds", 1, 600, OPTIONAL);
    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
    } else if (client->app->forecasts) {
        client_hold(client, buf_view(&request->id), AGAIN_MS);
    } else {
        struct job *job = mem_alloc(sizeof *job);

        complete(&plan, heat_of(&board->fold->definition));
        *job = (struct job){.app = client->app, .client_id = client->id, .plan = plan};
        buf_add_view(&job->id, buf_view(&request->id));
        job->work.data = job;
        job->app->forecasts++;
        job->app->owed++;
        uv_queue_work(job->app->config.loop, &job->work, work_out, on_worked_out);
    }
}
