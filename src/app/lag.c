#include "app/lag.h"

#include "base/list.h"

#include <string.h>
#include <time.h>

#define HALF_MINUTE_NS UINT64_C(30000000000)

/* Microseconds up to which a turn belongs to a bucket; the last one has no bound. */
static const uint32_t bounds_us[LAG_BUCKETS - 1] = {100,   250,   500,   1000,   2000,
                                                    3000,  4000,  5000,  7500,   10000,
                                                    15000, 25000, 50000, 100000, 1000000};

static uint64_t thread_ns(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

static void note(struct lag_gauge *gauge, uint64_t ns)
{
    uint64_t us = ns / 1000;
    size_t bucket = 0;

    while (bucket < LAG_BUCKETS - 1 && us > bounds_us[bucket]) {
        bucket++;
    }
    gauge->counts[bucket]++;
    gauge->sum_us += us;
    gauge->most_us = us > gauge->most_us ? us : gauge->most_us;
}

static void turn_half(struct lag_gauge *gauge)
{
    memcpy(gauge->older, gauge->before, sizeof gauge->older);
    memcpy(gauge->before, gauge->counts, sizeof gauge->before);
}

/* Between two of these is one turn: what waited for events in it is not its work. */
static void on_turn(uv_prepare_t *handle)
{
    struct lag *lag = LIST_ITEM(handle, struct lag, turn);
    uint64_t now_ns = uv_hrtime();
    uint64_t idle_ns = uv_metrics_idle_time(handle->loop);
    uint64_t cpu_ns = thread_ns();
    uint64_t passed = now_ns - lag->at_ns;
    uint64_t waited = idle_ns - lag->idle_ns;

    note(&lag->busy, passed > waited ? passed - waited : 0);
    note(&lag->work, cpu_ns - lag->cpu_ns);
    if (now_ns - lag->half_ns > HALF_MINUTE_NS) {
        turn_half(&lag->busy);
        turn_half(&lag->work);
        lag->half_ns = now_ns;
    }
    lag->at_ns = now_ns;
    lag->idle_ns = idle_ns;
    lag->cpu_ns = cpu_ns;
}

void lag_start(struct lag *lag, uv_loop_t *loop, void *data)
{
    (void)uv_loop_configure(loop, UV_METRICS_IDLE_TIME);
    uv_prepare_init(loop, &lag->turn);
    lag->turn.data = data;
    lag->at_ns = lag->half_ns = uv_hrtime();
    lag->idle_ns = uv_metrics_idle_time(loop);
    lag->cpu_ns = thread_ns();
    uv_prepare_start(&lag->turn, on_turn);
    uv_unref((uv_handle_t *)&lag->turn);
}

void lag_stop(struct lag *lag, uv_close_cb closed)
{
    uv_close((uv_handle_t *)&lag->turn, closed);
}

static void write_seconds(struct buf *to, uint64_t us)
{
    buf_printf(to, "%llu.%06llu", (unsigned long long)(us / 1000000),
               (unsigned long long)(us % 1000000));
}

/* Up to what the shortest 99 of 100 turns of the last minute at most took. */
static uint64_t recent_p99_us(const struct lag_gauge *gauge)
{
    uint64_t total = 0;
    uint64_t seen = 0;

    for (size_t i = 0; i < LAG_BUCKETS; i++) {
        total += gauge->counts[i] - gauge->older[i];
    }
    for (size_t i = 0; i < LAG_BUCKETS - 1; i++) {
        seen += gauge->counts[i] - gauge->older[i];
        if (100 * seen >= 99 * total) {
            return bounds_us[i];
        }
    }
    return gauge->most_us;
}

static void write_value(struct buf *to, const char *name, const char *what, uint64_t us)
{
    buf_printf(to, "# TYPE pinson_loop_%s_%s_seconds gauge\npinson_loop_%s_%s_seconds ", name,
               what, name, what);
    write_seconds(to, us);
    buf_add_char(to, '\n');
}

static void write_gauge(struct buf *to, const char *name, const char *help,
                        const struct lag_gauge *gauge)
{
    uint64_t seen = 0;

    buf_printf(to,
               "# HELP pinson_loop_%s_seconds %s\n# TYPE pinson_loop_%s_seconds histogram\n",
               name, help, name);
    for (size_t i = 0; i < LAG_BUCKETS; i++) {
        seen += gauge->counts[i];
        buf_printf(to, "pinson_loop_%s_seconds_bucket{le=\"", name);
        if (i < LAG_BUCKETS - 1) {
            write_seconds(to, bounds_us[i]);
        } else {
            buf_add_text(to, "+Inf");
        }
        buf_printf(to, "\"} %llu\n", (unsigned long long)seen);
    }
    buf_printf(to, "pinson_loop_%s_seconds_sum ", name);
    write_seconds(to, gauge->sum_us);
    buf_printf(to, "\npinson_loop_%s_seconds_count %llu\n", name, (unsigned long long)seen);
    write_value(to, name, "recent_p99", recent_p99_us(gauge));
    write_value(to, name, "max", gauge->most_us);
}

void lag_write(struct buf *to, const struct lag *lag)
{
    write_gauge(to, "turn", "How long the turns of the loop took, waiting apart.", &lag->busy);
    write_gauge(to, "work", "What its thread computed in them.", &lag->work);
}
