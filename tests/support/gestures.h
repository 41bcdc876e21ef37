/* gestures — what people and staff do when a board is moderated, one a call, for tests. */
#ifndef SUPPORT_GESTURES_H
#define SUPPORT_GESTURES_H

#include "support/expect.h"
#include "support/history.h"

static inline void gesture_define(struct definition *definition)
{
    history_define(definition);
    definition->themes_count = 2;
}

/* A board with two themes. Idea 1 by AUTHOR, 2 by OTHER. */
static inline void gesture_start(struct history *h)
{
    history_start(h, gesture_define);
    expect_ok(history_post(h, AUTHOR));
    expect_ok(history_post(h, OTHER));
}

/* A command with words, about an idea. */
static inline struct command gesture_words(struct history *h, enum command_kind kind,
                                           uint64_t person, uint32_t idea)
{
    struct command command = history_command(h, kind, person);

    command.idea = idea;
    command.text = history_text(h, HISTORY_TEXT_LENGTH);
    return command;
}

/* hide redact appeal report: with words. */
static inline enum err say(struct history *h, enum command_kind kind, uint64_t person,
                           uint32_t idea)
{
    struct command command = gesture_words(h, kind, person, idea);

    return history_add(h, &command).err;
}

static inline struct command gesture_resolve(struct history *h, uint64_t person,
                                             uint64_t report, enum resolution resolution)
{
    struct command command = history_command(h, CMD_RESOLVE, person);

    command.target = report;
    command.resolution = resolution;
    return command;
}

static inline enum err resolve(struct history *h, uint64_t report, enum resolution resolution)
{
    struct command command = gesture_resolve(h, STAFF, report, resolution);

    return history_add(h, &command).err;
}

/* suspend unsuspend unname report take: about a person. */
static inline struct command gesture_person(struct history *h, enum command_kind kind,
                                            uint64_t person, uint64_t target)
{
    struct command command = history_command(h, kind, person);

    command.target = board_person_number(h->board, target);
    command.until_ms = kind == CMD_SUSPEND ? h->now_ms + 60000 : 0;
    command.chosen_ms = kind == CMD_TAKE ? h->now_ms : 0;
    return command;
}

static inline enum err on_person(struct history *h, enum command_kind kind, uint64_t person,
                                 uint64_t target)
{
    struct command command = gesture_person(h, kind, person, target);

    return history_add(h, &command).err;
}

static inline struct command gesture_take(struct history *h, uint64_t person, uint32_t idea)
{
    struct command command = history_command(h, CMD_TAKE, person);

    command.idea = idea;
    command.chosen_ms = h->now_ms;
    return command;
}

static inline enum err take(struct history *h, uint64_t person, uint32_t idea)
{
    struct command command = gesture_take(h, person, idea);

    return history_add(h, &command).err;
}

static inline struct command gesture_retheme(struct history *h, uint64_t person, uint32_t idea,
                                             uint32_t theme)
{
    struct command command = history_command(h, CMD_RETHEME, person);

    command.idea = idea;
    command.theme = theme;
    return command;
}

static inline enum err retheme(struct history *h, uint32_t idea, uint32_t theme)
{
    struct command command = gesture_retheme(h, STAFF, idea, theme);

    return history_add(h, &command).err;
}

static inline struct command gesture_premoderate(struct history *h, bool on, uint32_t from,
                                                 uint32_t until)
{
    struct command command = history_command(h, CMD_PREMODERATE, STAFF);

    command.on = on;
    command.from_minute = from;
    command.until_minute = until;
    return command;
}

static inline enum err premoderate(struct history *h, bool on, uint32_t from, uint32_t until)
{
    struct command command = gesture_premoderate(h, on, from, until);

    return history_add(h, &command).err;
}

/* post edit: with an address or a number in it. */
static inline enum err say_held(struct history *h, enum command_kind kind, uint64_t person,
                                uint32_t idea)
{
    struct command command = history_command(h, kind, person);

    command.idea = idea;
    command.held = true;
    return history_add(h, &command).err;
}

/* By as many people as make the idea wait. */
static inline enum err report_often(struct history *h, uint32_t idea)
{
    static const uint64_t people[] = {JUDGE, OTHER, THIRD};
    enum err err = OK;

    for (size_t i = 0; i < sizeof people / sizeof *people && !err; i++) {
        err = history_report(h, people[i], idea);
    }
    return err;
}

/* What is on record, the latest first. */
static inline const struct record *latest_record(const struct history *h)
{
    return board_record(h->board, h->board->records_count);
}

static inline const struct report *latest_report(const struct history *h)
{
    return board_report(h->board, h->board->reports_count);
}

static inline enum case_class case_of(const struct history *h, uint32_t idea)
{
    return case_of_idea(h->board, history_idea(h, idea));
}

#endif
