#include "server/wheel.h"

#include <assert.h>

static void move_all(struct list *from, struct list *to)
{
    while (!list_is_empty(from)) {
        struct list *item = from->next;

        list_remove(item);
        list_add(to, item);
    }
}

static void on_second(uv_timer_t *timer)
{
    struct wheel *wheel = timer->data;
    struct list due;

    wheel->now = (wheel->now + 1) % WHEEL_SECONDS;
    list_init(&due);
    move_all(&wheel->slots[wheel->now], &due);
    while (!list_is_empty(&due)) {
        struct list *item = due.next;

        list_remove(item);
        wheel->on_due(item);
    }
}

void wheel_init(struct wheel *wheel, uv_loop_t *loop, void (*on_due)(struct list *item))
{
    wheel->now = 0;
    wheel->on_due = on_due;
    for (size_t i = 0; i < WHEEL_SECONDS; i++) {
        list_init(&wheel->slots[i]);
    }
    uv_timer_init(loop, &wheel->timer);
    wheel->timer.data = wheel;
    uv_timer_start(&wheel->timer, on_second, 1000, 1000);
    uv_unref((uv_handle_t *)&wheel->timer);
}

void wheel_put(struct wheel *wheel, struct list *item, size_t seconds)
{
    assert(seconds > 0 && seconds < WHEEL_SECONDS);
    list_remove(item);
    list_add(&wheel->slots[(wheel->now + seconds) % WHEEL_SECONDS], item);
}

void wheel_each(struct wheel *wheel, void (*call)(struct list *item))
{
    struct list all;

    list_init(&all);
    for (size_t i = 0; i < WHEEL_SECONDS; i++) {
        move_all(&wheel->slots[i], &all);
    }
    while (!list_is_empty(&all)) {
        struct list *item = all.next;

        wheel_put(wheel, item, 1);
        call(item);
    }
}
