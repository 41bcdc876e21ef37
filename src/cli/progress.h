/* progress — a bar on standard error for work over a second, where that is a terminal. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    const char *label;
    uint64_t total; /* 0: unknown */
    uint64_t began_us;
    uint64_t drawn_us;
    bool is_shown;
    bool is_terminal;
};

void progress_init(struct progress *progress, const char *label, uint64_t total);
void progress_at(struct progress *progress, uint64_t done); /* cheap; draws now and then */
void progress_finish(struct progress *progress);            /* clears the line */

#endif
