#include "app/lag.h"

#include "base/list.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t thread_ns(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

static uint32_t to_us(uint64_t ns)
{
    uint64_t us = ns / 1000;

    return us > UINT32_MAX ? UINT32_MAX : (uint32_t)us;
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
    uint32_t busy = to_us(passed > waited ? passed - waited : 0);
    uint32_t work = to_us(cpu_ns - lag->cpu_ns);
    size_t place = lag->turns++ % LAG_TURNS;

    lag->busy_us[place] = busy;
    lag->work_us[place] = work;
    lag->busy_most_us = busy > lag->busy_most_us ? busy : lag->busy_most_us;
    lag->work_most_us = work > lag->work_most_us ? work : lag->work_most_us;
    lag->at_ns = now_ns;
    lag->idle_ns = idle_ns;
    lag->cpu_ns = cpu_ns;
}

void lag_start(struct lag *lag, uv_loop_t *loop, void *data)
{
    (void)uv_loop_configure(loop, UV_METRICS_IDLE_TIME);
    uv_prepare_init(loop, &lag->turn);
    lag->turn.data = data;
    lag->at_ns = uv_hrtime();
    lag->idle_ns = uv_metrics_idle_time(loop);
    lag->cpu_ns = thread_ns();
    uv_prepare_start(&lag->turn, on_turn);
    uv_unref((uv_handle_t *)&lag->turn);
}

void lag_stop(struct lag *lag, uv_close_cb closed)
{
    uv_close((uv_handle_t *)&lag->turn, closed);
}

static int compare(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

static void write_seconds(struct buf *to, uint32_t us)
{
    buf_printf(to, "%u.%06u\n", us / 1000000, us % 1000000);
}

static void write_turns(struct buf *to, const char *name, const uint32_t *ring, size_t count)
{
    uint32_t *sorted = mem_array(count, sizeof *sorted);

    memcpy(sorted, ring, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare);
    buf_printf(to, "pinson_loop_%s_seconds{quantile=\"0.5\"} ", name);
    write_seconds(to, count ? sorted[count / 2] : 0);
    buf_printf(to, "pinson_loop_%s_seconds{quantile=\"0.99\"} ", name);
    write_seconds(to, count ? sorted[count - 1 - count / 100] : 0);
    buf_printf(to, "pinson_loop_%s_seconds{quantile=\"1\"} ", name);
    write_seconds(to, count ? sorted[count - 1] : 0);
    mem_free(sorted);
}

void lag_write(struct buf *to, const struct lag *lag)
{
    size_t count = lag->turns < LAG_TURNS ? (size_t)lag->turns : LAG_TURNS;

    buf_printf(to,
               "# HELP pinson_loop_turns_total Turns of the loop.\n"
               "# TYPE pinson_loop_turns_total counter\n"
               "pinson_loop_turns_total %llu\n",
               (unsigned long long)lag->turns);
    buf_printf(to,
               "# HELP pinson_loop_turn_seconds How long the latest %d turns took.\n"
               "# TYPE pinson_loop_turn_seconds summary\n",
               LAG_TURNS);
    write_turns(to, "turn", lag->busy_us, count);
    buf_printf(to, "# HELP pinson_loop_work_seconds What the thread computed in them.\n"
                   "# TYPE pinson_loop_work_seconds summary\n");
    write_turns(to, "work", lag->work_us, count);
    buf_add_text(to, "# HELP pinson_loop_turn_max_seconds The longest turn since the start.\n"
                     "# TYPE pinson_loop_turn_max_seconds gauge\n"
                     "pinson_loop_turn_max_seconds ");
    write_seconds(to, lag->busy_most_us);
    buf_add_text(to, "# HELP pinson_loop_work_max_seconds The most computed in one turn.\n"
                     "# TYPE pinson_loop_work_max_seconds gauge\n"
                     "pinson_loop_work_max_seconds ");
    write_seconds(to, lag->work_most_us);
}
