/* expect — what tests of the fold say of many entries, in cmocka's words. */
#ifndef SUPPORT_EXPECT_H
#define SUPPORT_EXPECT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "support/dump.h"
#include "support/history.h"

#define expect_ok(err)            assert_string_equal(err_name(err), "ok")
#define expect_err(err, expected) assert_string_equal(err_name(err), err_name(expected))

/* The command is refused with that error: beforehand too, and with nothing changed but the
   place in the log and, when the person is known, their memory of the answer. */
static inline void expect_refusal(struct history *history, struct command *command,
                                  enum err expected)
{
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};
    struct digest head = history->board->head;
    uint64_t version = history->board->version;
    uint64_t key = command->person;
    struct op op = command->op;

    dump_state(&before, history->board);
    if (!key || board_person_number(history->board, key)) { /* others might just arrive */
        expect_err(board_check(history->board, command), expected);
    }
    struct decision decision = history_add(history, command);

    dump_state(&after, history->board);
    expect_err(decision.err, expected);
    assert_false(decision.repeat);
    assert_int_equal(decision.version, version + 1);
    assert_int_equal(history->board->version, version + 1);
    assert_memory_not_equal(&head, &history->board->head, sizeof head);
    assert_string_equal(before.bytes, after.bytes);
    assert_int_equal(history->effects.ideas_count, 0);
    assert_int_equal(history->effects.tally, 0);
    assert_false(history->effects.refreshed || history->effects.defined);
    const struct person *person =
        board_person(history->board, board_person_number(history->board, key));

    if (person && !op_is_none(op)) {
        expect_err((enum err)person_answer(person, op)->err, expected);
    }
}

/* Likewise for what needs no more than an idea. */
static inline void expect_refused_on(struct history *history, enum command_kind kind,
                                     uint64_t person, uint32_t idea, enum err expected)
{
    struct command command = history_command(history, kind, person);

    command.idea = idea;
    if (kind == CMD_SERVE) {
        command.ideas[command.ideas_count++] = idea;
    }
    expect_refusal(history, &command, expected);
}

static inline void expect_tally(const struct history *history, uint32_t idea, uint32_t agree,
                                uint32_t disagree, uint32_t pass)
{
    const struct tally *tally = &history_idea(history, idea)->tally;

    assert_int_equal(tally->agree, agree);
    assert_int_equal(tally->disagree, disagree);
    assert_int_equal(tally->pass, pass);
}

#endif
