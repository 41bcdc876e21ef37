#include "cli/progress.h"

#include "base/time.h"

#include <stdio.h>
#include <unistd.h>

enum {
    QUIET_US = 1000000,
    EACH_US = 100000,
    BAR_CELLS = 30
};

void progress_init(struct progress *progress, const char *label, uint64_t total)
{
    *progress = (struct progress){.label = label,
                                  .total = total,
                                  .began_us = time_monotonic_us(),
                                  .is_terminal = isatty(STDERR_FILENO) == 1};
}

static void draw(const struct progress *progress, uint64_t done)
{
    unsigned cells = 0;

    if (!progress->total) {
        fprintf(stderr, "\r%s %llu ", progress->label, (unsigned long long)done);
        return;
    }
    done = done < progress->total ? done : progress->total;
    cells = (unsigned)(done * BAR_CELLS / progress->total);
    fprintf(stderr, "\r%s [", progress->label);
    for (unsigned i = 0; i < BAR_CELLS; i++) {
        fputc(i < cells ? '#' : '.', stderr);
    }
    fprintf(stderr, "] %3u %%", (unsigned)(done * 100 / progress->total));
}

void progress_at(struct progress *progress, uint64_t done)
{
    if (!progress->is_terminal) {
        return;
    }
    uint64_t now_us = time_monotonic_us();

    if (now_us - progress->began_us < QUIET_US || now_us - progress->drawn_us < EACH_US) {
        return;
    }
    progress->drawn_us = now_us;
    progress->is_shown = true;
    draw(progress, done);
}

void progress_finish(struct progress *progress)
{
    if (progress->is_shown) {
        fputs("\r\033[K", stderr);
    }
    progress->is_shown = false;
}
