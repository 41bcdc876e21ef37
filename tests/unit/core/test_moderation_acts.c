/* Goal: staff take ideas out, bring them back and take words out of them; what waits is
   decided once, nothing that still waits is forgotten, and all of it is on record. */
#include "support/expect.h"
#include "support/gestures.h"

/* Idea 1 by AUTHOR, 2 a reply to it by OTHER. */
static void start(struct history *h)
{
    history_start(h, gesture_define);
    expect_ok(history_post(h, AUTHOR));
    expect_ok(history_reply(h, OTHER, RELATION_EXPAND, 1));
}

static void only_staff_and_the_operator_moderate(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    static const enum command_kind kinds[] = {
        CMD_HIDE,     CMD_RESTORE,   CMD_APPROVE, CMD_REDACT,      CMD_RETHEME,
        CMD_ANNOUNCE, CMD_UNMERGE,   CMD_FREEZE,  CMD_PREMODERATE, CMD_SUSPEND,
        CMD_UNNAME,   CMD_UNSUSPEND, CMD_RESOLVE, CMD_TAKE,        CMD_UNDO};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct command command = gesture_words(&h, kinds[i], JUDGE, 1);

        command.target = 1;
        command.resolution = RESOLUTION_UPHELD;
        command.theme = 1;
        command.until_ms = h.now_ms + 1000;
        expect_refusal(&h, &command, ERR_FORBIDDEN);
    }
    expect_ok(history_hide(&h, 0, 1));
    assert_int_equal(latest_record(&h)->by, 0);
    expect_ok(history_on(&h, CMD_RESTORE, LEAD, 1));
    assert_int_equal(latest_record(&h)->by, history_who(&h, LEAD)->number);
}

static void what_is_not_there_is_not_moderated(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    static const enum command_kind kinds[] = {CMD_HIDE, CMD_RESTORE, CMD_APPROVE, CMD_REDACT,
                                              CMD_RETHEME};

    expect_ok(history_on(&h, CMD_WITHDRAW, OTHER, 2));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        for (uint32_t idea = 2; idea <= 3; idea++) {
            struct command command = gesture_words(&h, kinds[i], STAFF, idea);

            expect_refusal(&h, &command, ERR_UNKNOWN_IDEA);
        }
    }
}

static void hiding_says_why_to_the_author_and_on_record(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct command hide = gesture_words(&h, CMD_HIDE, STAFF, 2);
    struct ref words = hide.text.ref;

    hide.reason = REASON_ABUSE;
    expect_ok(history_add(&h, &hide).err);
    const struct idea *idea = history_idea(&h, 2);
    const struct record *record = latest_record(&h);

    assert_true(h.effects.moderated);
    assert_int_equal(idea->state, IDEA_HIDDEN);
    assert_int_equal(idea->reason, REASON_ABUSE);
    assert_int_equal(idea->handled, 1);
    assert_true(idea_is_appealable(idea));
    assert_int_equal(history_idea(&h, 1)->replies, 0);
    assert_int_equal(record->kind, CMD_HIDE);
    assert_int_equal(record->reason, REASON_ABUSE);
    assert_int_equal(record->idea, 2);
    assert_int_equal(record->by, history_who(&h, STAFF)->number);
    assert_int_equal(record->at_ms, h.now_ms);
    assert_int_equal(record->version, h.board->version);
    assert_int_equal(record->waited_ms, 0);
    assert_memory_equal(&record->words, &words, sizeof words);
    expect_refused_on(&h, CMD_HIDE, STAFF, 2, ERR_CONFLICT);
    expect_refused_on(&h, CMD_APPROVE, STAFF, 2, ERR_CONFLICT); /* it is restored */
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 2));
    assert_int_equal(idea->state, IDEA_SHOWN);
    assert_int_equal(idea->reason, REASON_NONE);
    assert_true(idea->approved);
    assert_false(idea_is_appealable(idea));
    assert_int_equal(history_idea(&h, 1)->replies, 1);
    expect_refused_on(&h, CMD_RESTORE, STAFF, 2, ERR_CONFLICT);
    expect_refused_on(&h, CMD_APPROVE, STAFF, 2, ERR_CONFLICT);
}

static void three_reports_make_an_idea_wait_until_staff_decide(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    uint64_t first_ms = h.now_ms;

    expect_ok(history_report(&h, JUDGE, 1));
    h.now_ms += 4000;
    expect_ok(history_report(&h, OTHER, 1));
    assert_int_equal(history_idea(&h, 1)->state, IDEA_SHOWN);
    assert_int_equal(h.board->records_count, 0);
    expect_ok(history_report(&h, THIRD, 1));
    const struct idea *idea = history_idea(&h, 1);

    assert_int_equal(idea->state, IDEA_PENDING);
    assert_int_equal(idea->waiting_ms, first_ms);
    assert_int_equal(latest_record(&h)->kind, CMD_REPORT);
    assert_int_equal(latest_record(&h)->by, 0);
    assert_int_equal(latest_record(&h)->reason,
                     REASON_NONE); /* whoever complained may be wrong */
    h.now_ms += 6000;
    expect_ok(history_hide(&h, STAFF, 1));
    assert_int_equal(latest_record(&h)->waited_ms, 10000);
    assert_int_equal(idea->waiting_ms, 0);
    assert_int_equal(idea->reports, 0);
    for (uint64_t n = 1; n <= 3; n++) {
        assert_int_equal(board_report(h.board, n)->resolution, RESOLUTION_UPHELD);
    }
}

static void letting_it_stand_decides_all_reports(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(report_often(&h, 1));
    expect_ok(history_on(&h, CMD_APPROVE, STAFF, 1)); /* in the same millisecond */
    assert_int_equal(latest_record(&h)->waited_ms, 1);
    assert_int_equal(history_idea(&h, 1)->state, IDEA_SHOWN);
    assert_int_equal(history_idea(&h, 1)->reports, 0);
    assert_int_equal(board_report(h.board, 2)->resolution, RESOLUTION_DISMISSED);
    assert_true(board_is_vetted(h.board, history_idea(&h, 1)));
    expect_ok(history_report(&h, JUDGE, 2));
    assert_false(board_is_vetted(h.board, history_idea(&h, 2)));
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 2)); /* shown, but reported */
    assert_int_equal(latest_report(&h)->resolution, RESOLUTION_DISMISSED);
}

static void an_address_makes_a_text_wait(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct command reply = history_command(&h, CMD_POST, JUDGE);

    reply.relation = RELATION_COUNTER;
    reply.parent = 1;
    reply.held = true;
    expect_ok(history_add(&h, &reply).err);
    const struct idea *idea = history_idea(&h, 3);

    assert_int_equal(idea->state, IDEA_PENDING);
    assert_int_equal(idea->reason, REASON_PERSONAL_DATA);
    assert_int_equal(idea->waiting_ms, h.now_ms);
    assert_int_equal(latest_record(&h)->reason, REASON_PERSONAL_DATA);
    assert_int_equal(latest_record(&h)->by, 0);
    assert_false(idea_is_appealable(idea));
    assert_int_equal(history_idea(&h, 1)->replies, 1);
    uint64_t posted_ms = h.now_ms;

    h.now_ms += 2000;
    expect_ok(history_on(&h, CMD_EDIT, JUDGE, 3)); /* without it, it waits on */
    assert_int_equal(idea->state, IDEA_PENDING);
    assert_int_equal(idea->waiting_ms, posted_ms);
    expect_ok(history_on(&h, CMD_APPROVE, STAFF, 3));
    assert_int_equal(latest_record(&h)->waited_ms, 2000);
    assert_int_equal(history_idea(&h, 1)->replies, 2);
    expect_ok(say_held(&h, CMD_EDIT, JUDGE, 3));
    assert_int_equal(idea->state, IDEA_PENDING);
    assert_int_equal(history_idea(&h, 1)->replies, 1);
    assert_int_equal(latest_record(&h)->kind, CMD_EDIT);
}

static void what_is_read_first_waits_unless_staff_wrote_it(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(premoderate(&h, true, 0, 0));
    expect_ok(history_post(&h, AUTHOR));
    assert_int_equal(history_idea(&h, 3)->state, IDEA_PENDING);
    assert_int_equal(history_idea(&h, 3)->reason, REASON_NONE);
    expect_ok(history_post(&h, STAFF));
    assert_int_equal(history_idea(&h, 4)->state, IDEA_SHOWN);
    expect_ok(history_on(&h, CMD_EDIT, AUTHOR, 1));
    assert_int_equal(history_idea(&h, 1)->state, IDEA_PENDING);
    expect_ok(history_import(&h, false));
    expect_ok(history_post(&h, 0));
    assert_int_equal(history_idea(&h, 5)->state, IDEA_SHOWN);
}

static void words_are_taken_out_and_forgotten(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct ref before = history_idea(&h, 1)->text;
    struct command none = gesture_words(&h, CMD_REDACT, STAFF, 1);
    struct command endless = gesture_words(&h, CMD_REDACT, STAFF, 1);

    none.text.length = 0;
    endless.text.length = LIMIT_TEXT_MAX_GRAPHEMES + 1;
    expect_refusal(&h, &none, ERR_EMPTY);
    expect_refusal(&h, &endless, ERR_TOO_LONG);
    expect_ok(report_often(&h, 1));
    h.now_ms += 500;
    struct command redact = gesture_words(&h, CMD_REDACT, STAFF, 1);
    struct ref after = redact.text.ref;

    expect_ok(history_add(&h, &redact).err);
    const struct idea *idea = history_idea(&h, 1);

    assert_int_equal(h.effects.dropped_count, 1);
    assert_memory_equal(h.effects.dropped, &before, sizeof before);
    assert_memory_equal(&idea->text, &after, sizeof after);
    assert_int_equal(idea->state, IDEA_SHOWN);
    assert_int_equal(idea->waiting_ms, 0);
    assert_true(idea->approved);
    assert_true(idea_is_appealable(idea));
    assert_int_equal(latest_record(&h)->waited_ms, 500);
    assert_int_equal(latest_report(&h)->resolution, RESOLUTION_UPHELD);
    expect_ok(history_hide(&h, STAFF, 2));
    expect_ok(say(&h, CMD_REDACT, STAFF, 2)); /* which doesn't bring it back */
    assert_int_equal(history_idea(&h, 2)->state, IDEA_HIDDEN);
}

static void another_theme_decides_no_case(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct command unknown = gesture_retheme(&h, STAFF, 1, 3);
    struct command same = gesture_retheme(&h, STAFF, 1, 0);

    expect_refusal(&h, &unknown, ERR_PARAMS);
    expect_refusal(&h, &same, ERR_CONFLICT);
    uint64_t since_ms = h.now_ms;

    expect_ok(history_report(&h, JUDGE, 1));
    expect_ok(take(&h, STAFF, 1));
    h.now_ms += 1000;
    expect_ok(retheme(&h, 1, 2));
    assert_int_equal(history_idea(&h, 1)->theme, 2);
    assert_int_equal(latest_record(&h)->waited_ms, 0);
    assert_int_equal(history_idea(&h, 1)->waiting_ms, since_ms);
    assert_int_equal(history_idea(&h, 1)->lease.person, history_who(&h, STAFF)->number);
    assert_int_equal(case_of(&h, 1), CASE_REPORT);
    expect_ok(history_on(&h, CMD_APPROVE, STAFF, 1));
    assert_int_equal(latest_record(&h)->waited_ms, 1000);
    assert_int_equal(history_idea(&h, 1)->lease.until_ms, 0);
}

/* What is reported, united and told apart again has waited since. */
static void merging_is_on_record_and_loses_no_complaint(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(history_post(&h, JUDGE));
    expect_ok(history_report(&h, THIRD, 3));
    h.now_ms += 1000;
    expect_ok(history_merge(&h, 1, 3));
    const struct idea *idea = history_idea(&h, 3);

    assert_int_equal(latest_record(&h)->kind, CMD_MERGE);
    assert_int_equal(latest_record(&h)->idea, 3);
    assert_int_equal(latest_record(&h)->into, 1);
    assert_int_equal(case_of(&h, 3), CASE_NONE);
    assert_true(idea_is_appealable(idea));
    expect_refused_on(&h, CMD_HIDE, STAFF, 3, ERR_CONFLICT);
    expect_refused_on(&h, CMD_RESTORE, STAFF, 3, ERR_CONFLICT);
    expect_refused_on(&h, CMD_APPROVE, STAFF, 3, ERR_CONFLICT);
    expect_ok(history_unmerge(&h, 3));
    assert_int_equal(latest_record(&h)->kind, CMD_UNMERGE);
    assert_int_equal(case_of(&h, 3), CASE_REPORT);
    assert_int_not_equal(idea->waiting_ms, 0);
    assert_false(idea_is_appealable(idea));
}

static void what_is_told_apart_by_its_whole_leaving_is_no_longer_told_to_be_merged(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(history_post(&h, JUDGE));
    expect_ok(history_merge(&h, 1, 3));
    expect_ok(history_on(&h, CMD_WITHDRAW, AUTHOR, 1));
    assert_int_equal(history_idea(&h, 3)->state, IDEA_SHOWN);
    assert_int_equal(history_idea(&h, 3)->handled, 0);
    assert_false(idea_is_appealable(history_idea(&h, 3)));
}

static void nothing_said_to_somebody_who_left_is_kept(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    uint32_t other = history_who(&h, OTHER)->number;

    expect_ok(say(&h, CMD_HIDE, STAFF, 1));
    expect_ok(say(&h, CMD_HIDE, STAFF, 2));
    struct command suspend = gesture_person(&h, CMD_SUSPEND, STAFF, OTHER);

    suspend.text = history_text(&h, 10);
    expect_ok(history_add(&h, &suspend).err);
    struct command erase = history_command(&h, CMD_ERASE, OTHER);

    erase.erasure = ERASURE_ANONYMOUS;
    expect_ok(history_add(&h, &erase).err);
    assert_int_equal(h.effects.dropped_count, 2);
    assert_false(ref_is_none(board_record(h.board, 1)->words));
    assert_true(ref_is_none(board_record(h.board, 2)->words));
    assert_true(ref_is_none(board_record(h.board, 3)->words));
    assert_int_equal(board_record(h.board, 3)->person, other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_staff_and_the_operator_moderate),
        cmocka_unit_test(what_is_not_there_is_not_moderated),
        cmocka_unit_test(hiding_says_why_to_the_author_and_on_record),
        cmocka_unit_test(three_reports_make_an_idea_wait_until_staff_decide),
        cmocka_unit_test(letting_it_stand_decides_all_reports),
        cmocka_unit_test(an_address_makes_a_text_wait),
        cmocka_unit_test(what_is_read_first_waits_unless_staff_wrote_it),
        cmocka_unit_test(words_are_taken_out_and_forgotten),
        cmocka_unit_test(another_theme_decides_no_case),
        cmocka_unit_test(merging_is_on_record_and_loses_no_complaint),
        cmocka_unit_test(
            what_is_told_apart_by_its_whole_leaving_is_no_longer_told_to_be_merged),
        cmocka_unit_test(nothing_said_to_somebody_who_left_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
