/* Goal: a decision that is taken back leaves the idea, its reports and its appeal as they were,
   on record, and only the latest can be. */
#include "base/mem.h"
#include "support/expect.h"
#include "support/gestures.h"

static struct command undo_of(struct history *h, uint64_t person, uint32_t idea,
                              uint64_t report)
{
    struct command command = history_command(h, CMD_UNDO, person);

    command.idea = idea;
    command.target = report;
    return command;
}

static enum err undo(struct history *h, uint32_t idea)
{
    struct command command = undo_of(h, LEAD, idea, 0);

    return history_add(h, &command).err;
}

static enum err undo_report(struct history *h, uint64_t report)
{
    struct command command = undo_of(h, LEAD, 0, report);

    return history_add(h, &command).err;
}

static void what_waited_waits_again_since_then(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);
    uint64_t since_ms = h.now_ms;

    expect_ok(report_often(&h, 1));
    uint32_t handled = history_idea(&h, 1)->handled;

    h.now_ms += 1000;
    expect_ok(history_on(&h, CMD_APPROVE, STAFF, 1));
    assert_int_equal(history_idea(&h, 1)->state, IDEA_SHOWN);
    h.now_ms += 1000;
    expect_ok(undo(&h, 1));
    const struct idea *idea = history_idea(&h, 1);

    assert_int_equal(idea->state, IDEA_PENDING);
    assert_int_equal(idea->reports, 3);
    assert_false(idea->approved);
    assert_int_equal(idea->waiting_ms, since_ms);
    assert_int_equal(idea->handled, handled);
    for (uint64_t n = 1; n <= 3; n++) {
        assert_int_equal(board_report(h.board, n)->resolution, RESOLUTION_NONE);
    }
    assert_int_equal(latest_record(&h)->kind, CMD_UNDO);
    assert_int_equal(latest_record(&h)->by, history_who(&h, LEAD)->number);
    assert_int_equal(latest_record(&h)->waited_ms, 0);
    assert_true(h.board->records[h.board->records_count - 2].undone);
    h.now_ms += 1000;
    expect_ok(history_hide(&h, STAFF, 1));
    assert_int_equal(latest_record(&h)->waited_ms, 3000);
}

static void what_was_hidden_by_mistake_waits_as_before(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);

    expect_ok(report_often(&h, 1));
    expect_ok(history_hide(&h, STAFF, 1));
    expect_ok(say(&h, CMD_APPEAL, AUTHOR, 1));
    expect_ok(undo(&h, 1));
    const struct idea *idea = history_idea(&h, 1);

    assert_int_equal(idea->state, IDEA_PENDING);
    assert_int_equal(idea->reports, 3);
    assert_int_equal(idea->appealable, 0);
    assert_int_equal(idea->handled, h.board->records_count); /* the author is told */
    assert_int_equal(board_report(h.board, 4)->resolution, RESOLUTION_UPHELD);
    struct record_summary summary = board_summary(h.board);

    assert_int_equal(summary.hidden, 0);
    assert_int_equal(summary.appeals, 1);
    assert_int_equal(summary.granted, 1);
    assert_int_equal(summary.held, 1);
}

static void a_restored_idea_is_hidden_again_with_its_appeal(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);
    struct command hide = gesture_words(&h, CMD_HIDE, STAFF, 1);

    hide.reason = REASON_ABUSE;
    expect_ok(history_add(&h, &hide).err);
    uint32_t hidden = history_idea(&h, 1)->handled;

    expect_ok(say(&h, CMD_APPEAL, AUTHOR, 1));
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 1));
    assert_int_equal(board_record(h.board, hidden)->appeal, RESOLUTION_UPHELD);
    expect_ok(undo(&h, 1));
    const struct idea *idea = history_idea(&h, 1);

    assert_int_equal(idea->state, IDEA_HIDDEN);
    assert_int_equal(idea->reason, REASON_ABUSE);
    assert_int_equal(idea->handled, hidden);
    assert_int_equal(idea->appealable, hidden);
    assert_int_equal(board_record(h.board, hidden)->appeal, RESOLUTION_NONE);
    assert_int_equal(board_report(h.board, 1)->resolution, RESOLUTION_NONE);
    struct command again = gesture_words(&h, CMD_APPEAL, AUTHOR, 1);

    expect_refusal(&h, &again, ERR_CONFLICT); /* it is open yet */
    expect_ok(resolve(&h, 1, RESOLUTION_UPHELD));
    assert_int_equal(history_idea(&h, 1)->state, IDEA_SHOWN);
}

static void a_decided_report_is_open_again(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);

    expect_ok(history_report(&h, JUDGE, 1));
    expect_ok(history_report(&h, THIRD, 1));
    expect_ok(resolve(&h, 1, RESOLUTION_UPHELD)); /* the other stands: no record */
    expect_ok(undo_report(&h, 1));
    assert_int_equal(history_idea(&h, 1)->reports, 2);
    assert_int_equal(h.board->records_count, 0);
    expect_ok(resolve(&h, 1, RESOLUTION_UPHELD));
    expect_ok(resolve(&h, 2, RESOLUTION_DISMISSED));
    assert_true(history_idea(&h, 1)->approved);
    expect_ok(undo_report(&h, 2));
    assert_int_equal(history_idea(&h, 1)->reports, 1);
    assert_false(history_idea(&h, 1)->approved);
    assert_int_equal(case_of_idea(h.board, history_idea(&h, 1)), CASE_REPORT);
    assert_int_equal(board_report(h.board, 1)->resolution, RESOLUTION_UPHELD);
}

static void a_report_about_a_person_is_open_again(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);

    expect_ok(on_person(&h, CMD_REPORT, JUDGE, AUTHOR));
    expect_ok(resolve(&h, 1, RESOLUTION_DISMISSED));
    assert_int_equal(h.board->reported_count, 0);
    expect_ok(undo_report(&h, 1));
    assert_int_equal(h.board->reported_count, 1);
    assert_int_equal(history_who(&h, AUTHOR)->reports, 1);
    expect_ok(on_person(&h, CMD_SUSPEND, STAFF, AUTHOR));
    struct command late = undo_of(&h, STAFF, 0, 1);

    expect_refusal(&h, &late, ERR_CONFLICT); /* the suspension is what would be lifted */
}

static void only_the_latest_decision_is_undone_and_once(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);
    struct command none = undo_of(&h, STAFF, 1, 0);

    expect_refusal(&h, &none, ERR_CONFLICT);
    expect_ok(history_hide(&h, STAFF, 1));
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 1));
    expect_ok(undo(&h, 1));
    struct command twice = undo_of(&h, STAFF, 1, 0);

    expect_refusal(&h, &twice, ERR_CONFLICT);
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 1));
    expect_ok(retheme(&h, 1, 1));
    struct command past = undo_of(&h, STAFF, 1, 0);

    expect_refusal(&h, &past, ERR_CONFLICT);
    expect_ok(history_hide(&h, STAFF, 2));
    expect_ok(history_on(&h, CMD_WITHDRAW, OTHER, 2));
    struct command gone = undo_of(&h, STAFF, 2, 0);

    expect_refusal(&h, &gone, ERR_UNKNOWN_IDEA);
}

static void what_is_asked_is_one_thing_and_there(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);
    expect_ok(history_report(&h, JUDGE, 1));
    struct command open = undo_of(&h, STAFF, 0, 1);
    struct command both = undo_of(&h, STAFF, 1, 1);
    struct command nothing = undo_of(&h, STAFF, 0, 0);
    struct command unknown = undo_of(&h, STAFF, 0, 2);

    expect_refusal(&h, &open, ERR_CONFLICT);
    expect_refusal(&h, &both, ERR_PARAMS);
    expect_refusal(&h, &nothing, ERR_UNKNOWN_IDEA);
    expect_refusal(&h, &unknown, ERR_PARAMS);
}

/* A report decided with others by an act that another has followed. */
static void what_was_decided_long_ago_stays(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);
    expect_ok(history_report(&h, JUDGE, 1));
    expect_ok(history_hide(&h, STAFF, 1));
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 1));
    struct command late = undo_of(&h, STAFF, 0, 1);

    expect_refusal(&h, &late, ERR_CONFLICT);
    expect_ok(history_report(&h, THIRD, 2));
    expect_ok(resolve(&h, 2, RESOLUTION_DISMISSED));
    expect_ok(history_on(&h, CMD_WITHDRAW, OTHER, 2));
    struct command gone = undo_of(&h, STAFF, 0, 2);

    expect_refusal(&h, &gone, ERR_UNKNOWN_IDEA);
}

static void a_granted_appeal_takes_back_what_can_be(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);

    expect_ok(retheme(&h, 1, 2));
    expect_ok(say(&h, CMD_APPEAL, AUTHOR, 1));
    expect_ok(resolve(&h, 1, RESOLUTION_UPHELD));
    assert_int_equal(history_idea(&h, 1)->theme, 0);
    expect_ok(undo_report(&h, 1));
    assert_int_equal(history_idea(&h, 1)->theme, 2);
    expect_ok(history_merge(&h, 1, 2));
    expect_ok(say(&h, CMD_APPEAL, OTHER, 2));
    expect_ok(resolve(&h, 2, RESOLUTION_UPHELD));
    assert_int_equal(history_idea(&h, 2)->state, IDEA_SHOWN);
    assert_int_equal(history_idea(&h, 2)->merged_into, 0);
    struct command united = undo_of(&h, STAFF, 0, 2);

    expect_refusal(&h, &united, ERR_CONFLICT); /* by uniting them once more, if at all */
}

/* What another act did to the idea is not what its author complained of. */
static void an_appeal_is_granted_by_what_it_is_about(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);

    expect_ok(retheme(&h, 1, 2));
    expect_ok(say(&h, CMD_APPEAL, AUTHOR, 1));
    expect_ok(history_hide(&h, STAFF, 1));
    expect_ok(undo(&h, 1));
    expect_ok(history_hide(&h, STAFF, 1));
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 1));
    expect_ok(history_merge(&h, 2, 1));
    expect_ok(history_unmerge(&h, 1));
    assert_int_equal(latest_report(&h)->resolution, RESOLUTION_NONE);
    expect_ok(history_hide(&h, STAFF, 1));
    expect_ok(resolve(&h, 1, RESOLUTION_UPHELD));
    assert_int_equal(history_idea(&h, 1)->theme, 0);
    assert_int_equal(history_idea(&h, 1)->state, IDEA_HIDDEN);
}

static void what_was_rewritten_while_it_was_hidden_has_not_been_read(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);

    expect_ok(history_on(&h, CMD_APPROVE, STAFF, 1));
    expect_ok(history_hide(&h, STAFF, 1));
    expect_ok(say_held(&h, CMD_EDIT, AUTHOR, 1));
    expect_ok(undo(&h, 1));
    assert_int_equal(history_idea(&h, 1)->state, IDEA_PENDING);
    assert_false(history_idea(&h, 1)->approved);
    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_merge(&h, 2, 3));
    struct command merged = gesture_words(&h, CMD_EDIT, AUTHOR, 3);

    expect_refusal(&h, &merged, ERR_NOT_ALLOWED_NOW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_waited_waits_again_since_then),
        cmocka_unit_test(what_was_hidden_by_mistake_waits_as_before),
        cmocka_unit_test(a_restored_idea_is_hidden_again_with_its_appeal),
        cmocka_unit_test(a_decided_report_is_open_again),
        cmocka_unit_test(a_report_about_a_person_is_open_again),
        cmocka_unit_test(only_the_latest_decision_is_undone_and_once),
        cmocka_unit_test(what_is_asked_is_one_thing_and_there),
        cmocka_unit_test(what_was_decided_long_ago_stays),
        cmocka_unit_test(a_granted_appeal_takes_back_what_can_be),
        cmocka_unit_test(an_appeal_is_granted_by_what_it_is_about),
        cmocka_unit_test(what_was_rewritten_while_it_was_hidden_has_not_been_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
