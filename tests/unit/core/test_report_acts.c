/* Goal: complaints are counted once each and decided once each, an author appeals once and is
   not forgotten, and no decision brings back what is gone. */
#include "base/mem.h"
#include "support/expect.h"
#include "support/gestures.h"

static void a_report_is_kept_as_it_came(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);
    struct command command = gesture_words(&h, CMD_REPORT, JUDGE, 1);
    struct ref words = command.text.ref;

    command.reason = REASON_ABUSE;
    expect_ok(history_add(&h, &command).err);
    const struct report *report = latest_report(&h);

    assert_true(h.effects.moderated);
    assert_int_equal(report->idea, 1);
    assert_int_equal(report->person, 0);
    assert_int_equal(report->reporter, history_who(&h, JUDGE)->number);
    assert_int_equal(report->reason, REASON_ABUSE);
    assert_int_equal(report->at_ms, h.now_ms);
    assert_int_equal(report->version, h.board->version);
    assert_int_equal(report->resolution, RESOLUTION_NONE);
    assert_false(report->appeal);
    assert_memory_equal(&report->words, &words, sizeof words);
    assert_int_equal(history_who(&h, JUDGE)->notes_count, 1);
}

static void a_person_counts_once_against_an_idea(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);

    for (int i = 0; i < 4; i++) {
        expect_ok(history_report(&h, JUDGE, 1));
    }
    expect_ok(history_report(&h, 0, 1)); /* the system is nobody */
    assert_int_equal(history_idea(&h, 1)->reports, 1);
    assert_int_equal(h.board->reports_count, 1);
    assert_int_equal(history_idea(&h, 1)->state, IDEA_SHOWN);
}

static void a_person_counts_once_against_another_until_that_is_decided(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);
    const struct person *author = history_who(&h, AUTHOR);

    expect_ok(on_person(&h, CMD_REPORT, JUDGE, AUTHOR));
    expect_ok(on_person(&h, CMD_REPORT, JUDGE, AUTHOR));
    expect_ok(on_person(&h, CMD_REPORT, OTHER, AUTHOR));
    expect_ok(on_person(&h, CMD_REPORT, OTHER, JUDGE));
    assert_int_equal(author->reports, 2);
    assert_int_equal(h.board->reported_count, 2);
    assert_int_equal(author->waiting_ms, h.now_ms);
    expect_ok(resolve(&h, 1, RESOLUTION_DISMISSED));
    assert_int_equal(author->reports, 1);
    expect_ok(resolve(&h, 2, RESOLUTION_UPHELD));
    assert_int_equal(author->reports, 0);
    assert_int_equal(author->waiting_ms, 0);
    assert_int_equal(h.board->reported_count, 1);
    assert_int_equal(h.board->reported[0], history_who(&h, JUDGE)->number);
    expect_ok(on_person(&h, CMD_REPORT, JUDGE, AUTHOR)); /* again */
    assert_int_equal(author->reports, 1);
    assert_int_equal(h.board->reported_count, 2);
}

static void what_nobody_sees_is_not_reported(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);

    expect_refused_on(&h, CMD_REPORT, JUDGE, 3, ERR_UNKNOWN_IDEA);
    expect_ok(history_hide(&h, STAFF, 1));
    expect_refused_on(&h, CMD_REPORT, JUDGE, 1, ERR_UNKNOWN_IDEA);
    struct command nobody = history_command(&h, CMD_REPORT, JUDGE);

    nobody.target = h.board->people_count + 1;
    expect_refusal(&h, &nobody, ERR_UNKNOWN_PERSON);
    struct command erase = history_command(&h, CMD_ERASE, OTHER);

    erase.erasure = ERASURE_ANONYMOUS;
    expect_ok(history_add(&h, &erase).err);
    struct command left = gesture_person(&h, CMD_REPORT, JUDGE, OTHER);

    expect_refusal(&h, &left, ERR_UNKNOWN_PERSON);
}

static void there_is_room_for_so_many(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);
    struct person *judge = &h.board->people[history_who(&h, JUDGE)->number - 1];
    struct command words = gesture_words(&h, CMD_REPORT, JUDGE, 1);

    judge->notes = mem_grow(judge->notes, LIMIT_NOTES, sizeof *judge->notes);
    judge->notes_room = judge->notes_count = LIMIT_NOTES; /* as if */
    expect_refusal(&h, &words, ERR_FULL);
    expect_ok(history_report(&h, JUDGE, 1)); /* without words */
    judge->notes_count = 0;
    expect_ok(history_hide(&h, STAFF, 2));
    size_t count = h.board->reports_count;

    h.board->reports_count = LIMIT_REPORTS; /* as if */
    expect_err(history_report(&h, THIRD, 1), ERR_FULL);
    expect_err(say(&h, CMD_APPEAL, OTHER, 2), ERR_FULL);
    h.board->reports_count = count;
}

static void a_report_is_decided_once(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);
    struct command none = gesture_resolve(&h, STAFF, 1, RESOLUTION_UPHELD);

    expect_refusal(&h, &none, ERR_PARAMS);
    expect_ok(history_report(&h, JUDGE, 1));
    expect_ok(history_report(&h, OTHER, 1));
    expect_ok(resolve(&h, 1, RESOLUTION_UPHELD));
    assert_int_equal(history_idea(&h, 1)->reports, 1);
    assert_int_equal(h.board->records_count, 0); /* the case is open yet */
    struct command again = gesture_resolve(&h, LEAD, 1, RESOLUTION_DISMISSED);

    expect_refusal(&h, &again, ERR_CONFLICT);
    h.now_ms += 1500;
    expect_ok(resolve(&h, 2, RESOLUTION_DISMISSED));
    assert_int_equal(history_idea(&h, 1)->reports, 0);
    assert_true(history_idea(&h, 1)->approved);
    assert_int_equal(case_of(&h, 1), CASE_NONE);
    assert_int_equal(latest_record(&h)->kind, CMD_RESOLVE);
    assert_int_equal(latest_record(&h)->waited_ms, 1500);
    assert_false(latest_record(&h)->on);
    expect_ok(history_report(&h, THIRD, 1));
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 1));
    struct command late = gesture_resolve(&h, STAFF, 3, RESOLUTION_UPHELD);

    expect_refusal(&h, &late, ERR_CONFLICT);
}

static void what_waits_is_shown_when_the_last_report_is_dismissed(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);

    expect_ok(report_often(&h, 1));
    expect_ok(resolve(&h, 1, RESOLUTION_DISMISSED));
    expect_ok(resolve(&h, 2, RESOLUTION_DISMISSED));
    assert_int_equal(history_idea(&h, 1)->state, IDEA_PENDING);
    expect_ok(resolve(&h, 3, RESOLUTION_DISMISSED));
    assert_int_equal(history_idea(&h, 1)->state, IDEA_SHOWN);
    assert_int_equal(history_idea(&h, 1)->handled, h.board->records_count);
}

/* Who agrees with the last report has not yet said what becomes of the idea. */
static void what_waits_goes_on_waiting_when_the_last_report_is_upheld(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);
    uint64_t since_ms = h.now_ms;

    expect_ok(report_often(&h, 1));
    h.now_ms += 1000;
    for (uint64_t n = 1; n <= 3; n++) {
        expect_ok(resolve(&h, n, RESOLUTION_UPHELD));
    }
    assert_int_equal(history_idea(&h, 1)->state, IDEA_PENDING);
    assert_int_equal(case_of(&h, 1), CASE_PENDING);
    assert_int_equal(history_idea(&h, 1)->waiting_ms, since_ms);
    assert_true(latest_record(&h)->on);
    h.now_ms += 1000;
    expect_ok(history_hide(&h, STAFF, 1));
    assert_int_equal(latest_record(&h)->waited_ms, 2000);
}

static void no_decision_brings_back_what_is_gone(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);

    expect_ok(history_report(&h, JUDGE, 1));
    expect_ok(history_report(&h, JUDGE, 2));
    expect_ok(history_on(&h, CMD_WITHDRAW, AUTHOR, 1));
    struct command withdrawn = gesture_resolve(&h, STAFF, 1, RESOLUTION_DISMISSED);

    expect_refusal(&h, &withdrawn, ERR_UNKNOWN_IDEA);
    struct command erase = history_command(&h, CMD_ERASE, OTHER);

    erase.erasure = ERASURE_TEXTS;
    expect_ok(history_add(&h, &erase).err);
    struct command erased = gesture_resolve(&h, STAFF, 2, RESOLUTION_DISMISSED);

    expect_refusal(&h, &erased, ERR_UNKNOWN_IDEA);
}

static void a_decision_about_what_is_merged_leaves_it_so(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);

    expect_ok(history_report(&h, JUDGE, 1));
    expect_ok(history_merge(&h, 2, 1));
    expect_ok(resolve(&h, 1, RESOLUTION_DISMISSED));
    assert_int_equal(history_idea(&h, 1)->state, IDEA_MERGED);
    assert_int_equal(history_idea(&h, 1)->merged_into, 2);
    assert_int_equal(history_idea(&h, 1)->reports, 0);
    expect_ok(say(&h, CMD_APPEAL, AUTHOR, 1)); /* against the merge, as before */
    expect_ok(history_unmerge(&h, 1));
    assert_int_equal(history_idea(&h, 1)->state, IDEA_SHOWN);
    assert_int_equal(latest_report(&h)->resolution, RESOLUTION_UPHELD);
}

static void who_left_is_no_case(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);

    expect_ok(on_person(&h, CMD_REPORT, JUDGE, OTHER));
    expect_ok(on_person(&h, CMD_REPORT, THIRD, OTHER));
    assert_int_equal(board_waiting(h.board).count[CASE_REPORT], 1);
    struct command erase = history_command(&h, CMD_ERASE, OTHER);

    erase.erasure = ERASURE_ANONYMOUS;
    expect_ok(history_add(&h, &erase).err);
    assert_int_equal(board_waiting(h.board).count[CASE_REPORT], 0);
    struct command late = gesture_resolve(&h, STAFF, 1, RESOLUTION_DISMISSED);

    expect_refusal(&h, &late, ERR_UNKNOWN_PERSON);
    assert_int_equal(history_who(&h, OTHER)->reports, 0);
}

static void an_author_appeals_once_and_with_words(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);
    struct command early = gesture_words(&h, CMD_APPEAL, AUTHOR, 1);
    struct command mute = gesture_words(&h, CMD_APPEAL, AUTHOR, 1);

    expect_refusal(&h, &early, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_hide(&h, STAFF, 1));
    expect_refused_on(&h, CMD_APPEAL, OTHER, 1, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_APPEAL, 0, 1, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_APPEAL, AUTHOR, 9, ERR_UNKNOWN_IDEA);
    mute.text.length = 0;
    expect_refusal(&h, &mute, ERR_EMPTY);
    expect_ok(say(&h, CMD_APPEAL, AUTHOR, 1));
    assert_true(latest_report(&h)->appeal);
    assert_true(board_record(h.board, 1)->appealed);
    assert_int_equal(board_record(h.board, 1)->appeal, RESOLUTION_NONE);
    assert_int_equal(history_idea(&h, 1)->waiting_ms, h.now_ms);
    assert_int_equal(history_who(&h, AUTHOR)->notes_count, 1);
    struct command again = gesture_words(&h, CMD_APPEAL, AUTHOR, 1);

    expect_refusal(&h, &again, ERR_CONFLICT);
    expect_ok(resolve(&h, 1, RESOLUTION_DISMISSED));
    again = gesture_words(&h, CMD_APPEAL, AUTHOR, 1);
    expect_refusal(&h, &again, ERR_CONFLICT);
    expect_ok(history_on(&h, CMD_WITHDRAW, AUTHOR, 1));
    again = gesture_words(&h, CMD_APPEAL, AUTHOR, 1);
    expect_refusal(&h, &again, ERR_UNKNOWN_IDEA);
}

static void an_appeal_that_is_granted_brings_back_what_was_hidden(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);

    expect_ok(history_hide(&h, STAFF, 1));
    expect_ok(say(&h, CMD_APPEAL, AUTHOR, 1));
    h.now_ms += 900;
    expect_ok(resolve(&h, 1, RESOLUTION_UPHELD));
    const struct idea *idea = history_idea(&h, 1);

    assert_int_equal(idea->state, IDEA_SHOWN);
    assert_true(idea->approved);
    assert_int_equal(idea->reason, REASON_NONE);
    assert_int_equal(board_record(h.board, 1)->appeal, RESOLUTION_UPHELD);
    assert_int_equal(latest_record(&h)->waited_ms, 900);
    assert_true(latest_record(&h)->on);
    assert_int_equal(idea->handled, 2);
    assert_int_equal(case_of(&h, 1), CASE_NONE);
}

/* The author still reads why it is hidden. */
static void an_appeal_that_is_dismissed_leaves_what_was_said(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);

    expect_ok(say(&h, CMD_HIDE, STAFF, 1));
    expect_ok(say(&h, CMD_APPEAL, AUTHOR, 1));
    expect_ok(resolve(&h, 1, RESOLUTION_DISMISSED));
    const struct idea *idea = history_idea(&h, 1);

    assert_int_equal(idea->state, IDEA_HIDDEN);
    assert_int_equal(idea->reason, REASON_SPAM);
    assert_int_equal(board_record(h.board, idea->handled)->kind, CMD_HIDE);
    assert_int_equal(board_record(h.board, 1)->appeal, RESOLUTION_DISMISSED);
    assert_int_equal(case_of(&h, 1), CASE_NONE);
    assert_int_equal(idea->waiting_ms, 0);
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 1)); /* after all */
    assert_int_equal(board_record(h.board, 1)->appeal, RESOLUTION_DISMISSED);
}

static void no_later_act_takes_the_appeal_away(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);

    expect_ok(say(&h, CMD_REDACT, STAFF, 1));
    expect_ok(report_often(&h, 1)); /* it waits: the rules did that */
    expect_ok(say(&h, CMD_APPEAL, AUTHOR, 1));
    assert_int_equal(history_idea(&h, 1)->appealed, 1);
    expect_ok(retheme(&h, 2, 1));
    expect_ok(history_report(&h, JUDGE, 2));
    expect_ok(resolve(&h, 5, RESOLUTION_DISMISSED));
    expect_ok(say(&h, CMD_APPEAL, OTHER, 2));
    assert_int_equal(board_record(h.board, history_idea(&h, 2)->appealed)->kind, CMD_RETHEME);
}

static void no_later_act_ends_the_wait_of_an_open_appeal(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);
    uint64_t since_ms = h.now_ms;

    expect_ok(retheme(&h, 1, 1));
    expect_ok(say(&h, CMD_APPEAL, AUTHOR, 1));
    h.now_ms += 1000;
    expect_ok(history_on(&h, CMD_APPROVE, STAFF, 1)); /* which gives no theme back */
    assert_int_equal(case_of(&h, 1), CASE_APPEAL);
    assert_int_equal(board_record(h.board, 1)->appeal, RESOLUTION_NONE);
    expect_ok(say(&h, CMD_REDACT, STAFF, 1));
    expect_ok(history_hide(&h, STAFF, 1));
    assert_int_equal(case_of(&h, 1), CASE_APPEAL);
    assert_int_equal(history_idea(&h, 1)->waiting_ms, since_ms);
    h.now_ms += 1000;
    expect_ok(resolve(&h, 1, RESOLUTION_DISMISSED));
    assert_int_equal(latest_record(&h)->waited_ms, 2000);
    assert_int_equal(history_idea(&h, 1)->waiting_ms, 0);
    assert_int_equal(history_idea(&h, 1)->state, IDEA_HIDDEN);
}

static void a_decided_appeal_leaves_the_reports_open(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    gesture_start(&h);

    expect_ok(retheme(&h, 1, 1));
    expect_ok(history_report(&h, JUDGE, 1));
    uint64_t since_ms = h.now_ms;

    h.now_ms += 1000;
    expect_ok(say(&h, CMD_APPEAL, AUTHOR, 1));
    expect_ok(resolve(&h, 2, RESOLUTION_UPHELD));
    assert_int_equal(case_of(&h, 1), CASE_REPORT);
    assert_int_equal(history_idea(&h, 1)->reports, 1);
    assert_int_equal(history_idea(&h, 1)->waiting_ms, since_ms);
    assert_int_equal(board_report(h.board, 1)->resolution, RESOLUTION_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_is_kept_as_it_came),
        cmocka_unit_test(a_person_counts_once_against_an_idea),
        cmocka_unit_test(a_person_counts_once_against_another_until_that_is_decided),
        cmocka_unit_test(what_nobody_sees_is_not_reported),
        cmocka_unit_test(there_is_room_for_so_many),
        cmocka_unit_test(a_report_is_decided_once),
        cmocka_unit_test(what_waits_is_shown_when_the_last_report_is_dismissed),
        cmocka_unit_test(what_waits_goes_on_waiting_when_the_last_report_is_upheld),
        cmocka_unit_test(no_decision_brings_back_what_is_gone),
        cmocka_unit_test(a_decision_about_what_is_merged_leaves_it_so),
        cmocka_unit_test(who_left_is_no_case),
        cmocka_unit_test(an_author_appeals_once_and_with_words),
        cmocka_unit_test(an_appeal_that_is_granted_brings_back_what_was_hidden),
        cmocka_unit_test(an_appeal_that_is_dismissed_leaves_what_was_said),
        cmocka_unit_test(no_later_act_takes_the_appeal_away),
        cmocka_unit_test(no_later_act_ends_the_wait_of_an_open_appeal),
        cmocka_unit_test(a_decided_appeal_leaves_the_reports_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
