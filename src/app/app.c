#include "app/app.h"

#include "app/export.h"
#include "app/state.h"
#include "auth/random.h"
#include "base/time.h"

enum {
    TICK_MS = 500,
    PRESENCE_TICKS = 4,
    SESSION_TICKS = 120
};

static void on_tick(uv_timer_t *timer)
{
    struct app *app = timer->data;

    app->ticks++;
    acts_expire(app);
    words_tick(app);
    bringings_expire(app);
    reports_tick(app);
    for (size_t i = 0; i < app->boards_count; i++) {
        board_tick(app->boards[i]);
        project_tick(app->boards[i]);
        rounds_tick(app->boards[i]);
    }
    rehearsal_tick(app);
    if (app->ticks % PRESENCE_TICKS == 0) {
        broadcast_presence(app);
    }
    if (app->ticks % SESSION_TICKS == 0) {
        sessions_expire(app);
    }
}

static void on_soon(uv_timer_t *timer)
{
    broadcast_flush(timer->data);
}

static void on_looking(uv_timer_t *timer)
{
    duplicates_run(timer->data);
}

static void render_contents(struct app *app, const struct app_config *config)
{
    struct content_facts facts = {.responsible = config->responsible,
                                  .contact = config->contact,
                                  .keep_months = config->keep_months};

    for (size_t i = 0; i < CONTENT_PAGES; i++) {
        for (unsigned tongue = 0; tongue < TONGUES; tongue++) {
            struct view given = config->content[i][tongue];

            content_render(&app->contents[i][tongue],
                           given.len ? given : content_default(i, (enum tongue)tongue),
                           (enum tongue)tongue, &facts);
        }
    }
}

struct app *app_create(const struct app_config *config)
{
    struct app *app = mem_alloc(sizeof *app);

    app->config = *config;
    app->store = config->store;
    app->node = random_u64();
    random_bytes(app->address_key, sizeof app->address_key);
    list_init(&app->clients);
    list_init(&app->creations);
    list_init(&app->bringings);
    list_init(&app->reports);
    hub_init(&app->hub, client_on_overflow);
    uv_timer_init(config->loop, &app->tick);
    uv_timer_init(config->loop, &app->soon);
    uv_timer_init(config->loop, &app->looking);
    app->tick.data = app->soon.data = app->looking.data = app;
    app->timers = 4;
    lag_start(&app->lag, config->loop, app);
    app->exporter = exporter_create(app);
    uv_timer_start(&app->tick, on_tick, TICK_MS, TICK_MS);
    app->marks = config->marks_path ? marks_create(app, config->marks_path) : NULL;
    app->soon.timer_cb = on_soon;
    app->looking.timer_cb = on_looking;
    render_contents(app, config);
    boards_listen(app);
    return app;
}

static void on_closed(uv_handle_t *handle)
{
    struct app *app = handle->data;

    app->timers--;
}

/* The loop must forget handles before their memory goes. */
static void close_timers(struct app *app)
{
    uv_close((uv_handle_t *)&app->tick, on_closed);
    uv_close((uv_handle_t *)&app->soon, on_closed);
    uv_close((uv_handle_t *)&app->looking, on_closed);
    lag_stop(&app->lag, on_closed);
    rehearsal_stop(app);
    while (app->timers || app->forecasts || app->rehearsal) {
        uv_run(app->config.loop, app->timers ? UV_RUN_NOWAIT : UV_RUN_ONCE);
    }
    while (app->working) {
        uv_run(app->config.loop, UV_RUN_ONCE);
    }
}

void app_destroy(struct app *app)
{
    if (!app) {
        return;
    }
    exporter_destroy(app->exporter);
    close_timers(app);
    boards_destroy(app);
    sessions_destroy(app);
    map_finish_owned(&app->addresses);
    map_finish_owned(&app->movers);
    map_finish_owned(&app->guessers);
    map_finish(&app->clients_by_id);
    marks_destroy(app->marks);
    for (size_t i = 0; i < CONTENT_PAGES; i++) {
        for (unsigned tongue = 0; tongue < TONGUES; tongue++) {
            content_finish(&app->contents[i][tongue]);
        }
    }
    mem_free(app);
}

bool app_is_ready(const struct app *app)
{
    if (!app->index_read || !app->available || app->draining) {
        return false;
    }
    for (size_t i = 0; i < app->boards_count; i++) {
        if (!app->boards[i]->live) {
            return false;
        }
    }
    return true;
}

void app_drain(struct app *app)
{
    app->draining = true;
    rehearsal_stop(app);
    broadcast_notice(app, "draining");
}

bool app_is_idle(const struct app *app)
{
    return app->owed == 0;
}

void app_flush(struct app *app)
{
    broadcast_flush(app);
    hub_flush(&app->hub);
}

void app_set_page(struct app *app, struct view shell)
{
    app->shell = shell;
}
