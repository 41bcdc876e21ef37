#include "app/background.h"

#include <stdbool.h>
#include <sys/resource.h>

enum {
    NICENESS = 10 /* about a tenth of the share of the loop, when both want all */
};

void background_give_way(void)
{
    static _Thread_local bool given;

    if (!given) {
        given = true;
        (void)setpriority(PRIO_PROCESS, 0, NICENESS); /* 0: on Linux, this thread */
    }
}
