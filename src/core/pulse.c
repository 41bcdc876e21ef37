#include "core/pulse.h"

#include <stddef.h>

#define MINUTE_MS UINT64_C(60000)

static void add(struct pulse_span *to, const struct pulse_span *what)
{
    to->people += what->people;
    to->guests += what->guests;
    to->ideas += what->ideas;
    to->ballots += what->ballots;
}

/* Neighbours become one. */
static void halve(struct pulse *pulse)
{
    for (uint32_t i = 0; i < PULSE_SPANS / 2; i++) {
        pulse->spans[i] = pulse->spans[2 * (size_t)i];
        add(&pulse->spans[i], &pulse->spans[2 * (size_t)i + 1]);
    }
    for (uint32_t i = PULSE_SPANS / 2; i < PULSE_SPANS; i++) {
        pulse->spans[i] = (struct pulse_span){0};
    }
    pulse->step_ms *= 2;
    pulse->count = (pulse->count + 1) / 2;
}

static void add_to_spans(struct pulse *pulse, uint64_t at_ms, const struct pulse_span *what)
{
    if (!pulse->step_ms) {
        pulse->begin_ms = at_ms;
        pulse->step_ms = PULSE_FIRST_MS;
    }
    uint64_t after_ms = at_ms > pulse->begin_ms ? at_ms - pulse->begin_ms : 0;

    while (after_ms / pulse->step_ms >= PULSE_SPANS) {
        halve(pulse);
    }
    uint32_t span = (uint32_t)(after_ms / pulse->step_ms);

    add(&pulse->spans[span], what);
    pulse->count = pulse->count > span ? pulse->count : span + 1;
}

static void add_to_minutes(struct pulse *pulse, uint64_t at_ms, const struct pulse_span *what)
{
    uint64_t minute = at_ms / MINUTE_MS;

    for (uint32_t i = 0; i < PULSE_MINUTES && pulse->minute < minute; i++) {
        pulse->minute =
            minute - pulse->minute > PULSE_MINUTES ? minute - PULSE_MINUTES : pulse->minute;
        pulse->minute++;
        pulse->minutes[pulse->minute % PULSE_MINUTES] = (struct pulse_span){0};
    }
    if (minute + PULSE_MINUTES > pulse->minute) {
        add(&pulse->minutes[minute % PULSE_MINUTES], what);
    }
}

void pulse_add(struct pulse *pulse, uint64_t at_ms, const struct pulse_span *what)
{
    add_to_spans(pulse, at_ms, what);
    add_to_minutes(pulse, at_ms, what);
}

static struct pulse_span of_minutes(const struct pulse *pulse, uint64_t since, uint64_t until)
{
    struct pulse_span sum = {0};

    for (uint64_t minute = since; minute < until && minute <= pulse->minute; minute++) {
        add(&sum, &pulse->minutes[minute % PULSE_MINUTES]);
    }
    return sum;
}

struct pulse_span pulse_between(const struct pulse *pulse, uint64_t since_ms, uint64_t until_ms)
{
    struct pulse_span sum = {0};

    if (since_ms / MINUTE_MS + PULSE_MINUTES > pulse->minute) {
        return of_minutes(pulse, since_ms / MINUTE_MS, until_ms / MINUTE_MS);
    }
    for (uint32_t i = 0; i < pulse->count; i++) {
        uint64_t at_ms = pulse->begin_ms + i * pulse->step_ms;

        if (at_ms >= since_ms && at_ms < until_ms) {
            add(&sum, &pulse->spans[i]);
        }
    }
    return sum;
}
