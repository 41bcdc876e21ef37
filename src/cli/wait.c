#include "cli/wait.h"

#include "base/mem.h"

enum {
    PIPELINE_APPENDS = 4000,
    PIPELINE_BYTES = 1 << 20, /* the store refuses more than it can hold back itself */
    OVERHEAD_BYTES = 256      /* of a command around its entry */
};

void wait_init(struct wait *wait, uv_loop_t *loop)
{
    *wait = (struct wait){.loop = loop};
}

void wait_on_done(void *user, enum err err)
{
    struct wait *wait = user;

    wait->done = true;
    wait->err = err;
}

enum err wait_for(struct wait *wait)
{
    while (!wait->done) {
        uv_run(wait->loop, UV_RUN_ONCE);
    }
    return wait->err;
}

struct alarm {
    uv_timer_t timer;
    bool is_late;
    bool is_closed;
};

static void on_timer(uv_timer_t *timer)
{
    struct alarm *alarm = timer->data;

    alarm->is_late = true;
}

static void on_closed(uv_handle_t *handle)
{
    struct alarm *alarm = handle->data;

    alarm->is_closed = true;
}

bool wait_until(uv_loop_t *loop, const bool *flag, uint64_t timeout_ms)
{
    struct alarm alarm = {0};

    uv_update_time(loop); /* much may have been done since it last ran */
    uv_timer_init(loop, &alarm.timer);
    alarm.timer.data = &alarm;
    uv_timer_start(&alarm.timer, on_timer, timeout_ms, 0);
    while (!*flag && !alarm.is_late) {
        uv_run(loop, UV_RUN_ONCE);
    }
    uv_close((uv_handle_t *)&alarm.timer, on_closed);
    while (!alarm.is_closed) {
        uv_run(loop, UV_RUN_ONCE);
    }
    return *flag;
}

void wait_pause(uv_loop_t *loop, uint64_t ms)
{
    static const bool never = false;

    (void)wait_until(loop, &never, ms);
}

struct append {
    struct pipeline *pipeline;
    size_t bytes;
};

void pipeline_init(struct pipeline *pipeline, uv_loop_t *loop, struct store *store)
{
    *pipeline = (struct pipeline){.loop = loop, .store = store};
}

static void on_appended(void *user, enum err err, struct entry_id id)
{
    struct append *append = user;
    struct pipeline *pipeline = append->pipeline;

    (void)id;
    pipeline->in_flight--;
    pipeline->bytes -= append->bytes;
    pipeline->appended += err == OK;
    if (!pipeline->err) {
        pipeline->err = err;
    }
    mem_free(append);
}

static bool is_full(const struct pipeline *pipeline)
{
    return pipeline->in_flight >= PIPELINE_APPENDS || pipeline->bytes >= PIPELINE_BYTES;
}

/* Waits while too many are in flight; NULL: something failed before. */
static struct append *begin_append(struct pipeline *pipeline, const struct to_append *item)
{
    size_t bytes = OVERHEAD_BYTES + item->bytes.len;

    for (size_t i = 0; i < item->texts_count; i++) {
        bytes += item->texts[i].json.len;
    }
    while (is_full(pipeline)) {
        uv_run(pipeline->loop, UV_RUN_ONCE);
    }
    if (pipeline->err) {
        return NULL; /* what comes after a hole in the log is of no use */
    }
    struct append *append = mem_alloc(sizeof *append);

    *append = (struct append){.pipeline = pipeline, .bytes = bytes};
    pipeline->in_flight++;
    pipeline->bytes += bytes;
    return append;
}

void pipeline_append(struct pipeline *pipeline, struct board_key board, struct view entry,
                     const struct stored_text *texts, size_t texts_count)
{
    struct to_append item = {.bytes = entry, .texts = texts, .texts_count = texts_count};
    struct append *append = begin_append(pipeline, &item);

    if (append) {
        store_append(pipeline->store, board, entry, texts, texts_count, on_appended, append);
    }
}

void pipeline_append_as(struct pipeline *pipeline, struct board_key board,
                        const struct to_append *item)
{
    struct append *append = begin_append(pipeline, item);

    if (append) {
        store_append_all(pipeline->store, board, item, 1, on_appended, append);
    }
}

enum err pipeline_finish(struct pipeline *pipeline)
{
    while (pipeline->in_flight) {
        uv_run(pipeline->loop, UV_RUN_ONCE);
    }
    return pipeline->err;
}
