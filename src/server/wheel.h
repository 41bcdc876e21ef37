/* wheel — items that are looked after again some seconds later, at no cost while they wait. */
#ifndef SERVER_WHEEL_H
#define SERVER_WHEEL_H

#include "base/list.h"

#include <uv.h>

enum {
    WHEEL_SECONDS = 32
};

struct wheel {
    uv_timer_t timer;
    struct list slots[WHEEL_SECONDS];
    size_t now;
    void (*on_due)(struct list *item); /* has left the wheel; may be put back */
};

void wheel_init(struct wheel *wheel, uv_loop_t *loop, void (*on_due)(struct list *item));
/* Puts or moves an item, whose link must be initialised; seconds from 1 to WHEEL_SECONDS - 1.
 */
void wheel_put(struct wheel *wheel, struct list *item, size_t seconds);
/* Calls something for every item, which may put it elsewhere but not remove others. */
void wheel_each(struct wheel *wheel, void (*call)(struct list *item));

#endif
