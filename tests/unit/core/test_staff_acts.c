/* Goal: staff suspend people for a time, reset names, speak to all, freeze a board and have one
   case at a time; nobody judges their own rank. */
#include "support/expect.h"
#include "support/gestures.h"

/* Idea 1 by AUTHOR, 2 by OTHER. */
static void start(struct history *h)
{
    history_start(h, NULL);
    expect_ok(history_post(h, AUTHOR));
    expect_ok(history_post(h, OTHER));
}

static void expect_refused_person(struct history *h, enum command_kind kind, uint64_t person,
                                  uint64_t target, enum err expected)
{
    struct command command = gesture_person(h, kind, person, target);

    expect_refusal(h, &command, expected);
}

static enum err rename_person(struct history *h, uint64_t person)
{
    struct command command = history_command(h, CMD_RENAME, person);

    return history_add(h, &command).err;
}

static void nobody_judges_their_own_rank(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(history_role(&h, THIRD, ROLE_MODERATOR));
    expect_refused_person(&h, CMD_SUSPEND, STAFF, THIRD, ERR_FORBIDDEN);
    expect_refused_person(&h, CMD_SUSPEND, STAFF, STAFF, ERR_FORBIDDEN);
    expect_refused_person(&h, CMD_UNNAME, STAFF, LEAD, ERR_FORBIDDEN);
    expect_refused_person(&h, CMD_SUSPEND, STAFF, STRANGER, ERR_UNKNOWN_PERSON);
    expect_ok(on_person(&h, CMD_SUSPEND, LEAD, THIRD));
    expect_ok(on_person(&h, CMD_SUSPEND, 0, LEAD)); /* the operator judges all */
    assert_int_equal(latest_record(&h)->by, 0);
}

static void somebody_is_suspended_until_then(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct command suspend = gesture_person(&h, CMD_SUSPEND, STAFF, OTHER);

    suspend.reason = REASON_ABUSE;
    suspend.text = history_text(&h, 12);
    struct ref words = suspend.text.ref;
    uint64_t until_ms = suspend.until_ms;

    expect_ok(on_person(&h, CMD_REPORT, JUDGE, OTHER));
    h.now_ms += 250;
    expect_ok(history_add(&h, &suspend).err);
    const struct person *other = history_who(&h, OTHER);
    const struct record *record = latest_record(&h);

    assert_true(h.effects.moderated);
    assert_int_equal(h.effects.subject, other->number);
    assert_int_equal(other->suspended_until_ms, until_ms);
    assert_int_equal(other->suspended, h.board->records_count);
    assert_int_equal(record->idea, 0);
    assert_int_equal(record->person, other->number);
    assert_int_equal(record->reason, REASON_ABUSE);
    assert_int_equal(record->until_ms, until_ms);
    assert_int_equal(record->waited_ms, 250);
    assert_memory_equal(&record->words, &words, sizeof words);
    assert_int_equal(latest_report(&h)->resolution, RESOLUTION_UPHELD);
    assert_int_equal(other->reports, 0);
    assert_int_equal(h.board->reported_count, 0);
    assert_true(person_is_suspended(other, until_ms - 1));
    assert_false(person_is_suspended(other, until_ms));
    assert_false(person_is_suspended(history_who(&h, JUDGE), 0));
}

static void what_is_over_or_never_ends_is_no_suspension(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct command over = gesture_person(&h, CMD_SUSPEND, STAFF, OTHER);
    struct command endless = gesture_person(&h, CMD_SUSPEND, STAFF, OTHER);

    over.until_ms = h.now_ms;
    endless.until_ms = UINT64_C(4102444800001);
    expect_refusal(&h, &over, ERR_PARAMS);
    expect_refusal(&h, &endless, ERR_PARAMS);
    expect_refused_person(&h, CMD_UNSUSPEND, STAFF, OTHER, ERR_CONFLICT);
}

/* What somebody would do, for the asking. */
static struct command of_other(struct history *h, enum command_kind kind)
{
    struct command command = history_command(h, kind, OTHER);

    command.idea = kind == CMD_WITHDRAW || kind == CMD_EDIT || kind == CMD_APPEAL ? 2 : 1;
    if (kind == CMD_APPEAL || kind == CMD_REPORT) {
        command.text = history_text(h, 10);
    }
    if (kind == CMD_POST || kind == CMD_RENAME || kind == CMD_ERASE || kind == CMD_DECLARE ||
        kind == CMD_PERSON || kind == CMD_DONE) {
        command.idea = 0;
    }
    return command;
}

static void who_is_suspended_takes_back_appeals_and_leaves_but_no_more(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    static const enum command_kind barred[] = {CMD_POST,   CMD_EDIT, CMD_VOTE,   CMD_REPORT,
                                               CMD_RENAME, CMD_SKIP, CMD_FOLLOW, CMD_DECLARE};
    static const enum command_kind free[] = {CMD_PERSON, CMD_WITHDRAW, CMD_UNVOTE, CMD_APPEAL,
                                             CMD_ERASE};

    expect_ok(history_vote(&h, OTHER, 1, CHOICE_AGREE));
    expect_ok(on_person(&h, CMD_SUSPEND, STAFF, OTHER));
    uint64_t until_ms = history_who(&h, OTHER)->suspended_until_ms;

    for (size_t i = 0; i < sizeof barred / sizeof *barred; i++) {
        struct command command = of_other(&h, barred[i]);

        assert_true(board_suspends(h.board, &command, h.now_ms));
        assert_true(board_suspends(h.board, &command, until_ms - 1));
        assert_false(board_suspends(h.board, &command, until_ms));
    }
    for (size_t i = 0; i < sizeof free / sizeof *free; i++) {
        struct command command = of_other(&h, free[i]);

        assert_false(board_suspends(h.board, &command, h.now_ms));
    }
    struct command stranger = history_command(&h, CMD_POST, STRANGER);
    struct command system = history_command(&h, CMD_POST, 0);

    assert_false(board_suspends(h.board, &stranger, h.now_ms));
    assert_false(board_suspends(h.board, &system, h.now_ms));
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};

    dump_state(&before, h.board);
    expect_err(history_post(&h, OTHER), ERR_FORBIDDEN);
    expect_err(history_vote(&h, OTHER, 1, CHOICE_DISAGREE), ERR_FORBIDDEN);
    dump_state(&after, h.board);
    assert_string_equal(before.bytes, after.bytes);
    expect_ok(history_on(&h, CMD_UNVOTE, OTHER, 1));
    expect_ok(history_on(&h, CMD_WITHDRAW, OTHER, 2));
    h.now_ms = until_ms; /* over, without anybody doing anything */
    expect_ok(history_post(&h, OTHER));
}

static void a_suspension_is_lifted(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(on_person(&h, CMD_SUSPEND, STAFF, OTHER));
    expect_ok(on_person(&h, CMD_UNSUSPEND, STAFF, OTHER));
    assert_int_equal(h.effects.subject, history_who(&h, OTHER)->number);
    assert_int_equal(latest_record(&h)->kind, CMD_UNSUSPEND);
    assert_int_equal(latest_record(&h)->person, history_who(&h, OTHER)->number);
    expect_ok(history_post(&h, OTHER));
    expect_refused_person(&h, CMD_UNSUSPEND, STAFF, OTHER, ERR_CONFLICT);
}

static void a_suspended_moderator_moderates_nothing(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(on_person(&h, CMD_SUSPEND, LEAD, STAFF));
    expect_err(history_hide(&h, STAFF, 1), ERR_FORBIDDEN);
    expect_err(take(&h, STAFF, 1), ERR_FORBIDDEN);
    assert_int_equal(history_idea(&h, 1)->state, IDEA_SHOWN);
}

static void a_name_is_reset_and_not_chosen_again(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_refused_person(&h, CMD_UNNAME, STAFF, OTHER, ERR_CONFLICT);
    expect_ok(rename_person(&h, OTHER));
    struct ref name = history_who(&h, OTHER)->name;

    expect_ok(on_person(&h, CMD_REPORT, JUDGE, OTHER));
    expect_ok(on_person(&h, CMD_UNNAME, STAFF, OTHER));
    assert_true(ref_is_none(history_who(&h, OTHER)->name));
    assert_int_equal(h.effects.dropped_count, 1);
    assert_memory_equal(h.effects.dropped, &name, sizeof name);
    assert_int_equal(h.effects.subject, history_who(&h, OTHER)->number);
    assert_int_equal(h.effects.ideas_count, 1); /* it is shown under another name */
    assert_int_equal(h.effects.ideas[0], 2);
    assert_int_equal(history_who(&h, OTHER)->reports, 0);
    assert_int_not_equal(rename_person(&h, OTHER), OK);
}

static void who_left_is_not_judged(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct command erase = history_command(&h, CMD_ERASE, OTHER);

    erase.erasure = ERASURE_ANONYMOUS;
    expect_ok(rename_person(&h, OTHER));
    expect_ok(history_add(&h, &erase).err);
    expect_refused_person(&h, CMD_SUSPEND, STAFF, OTHER, ERR_UNKNOWN_PERSON);
    expect_refused_person(&h, CMD_UNNAME, STAFF, OTHER, ERR_UNKNOWN_PERSON);
}

static enum err announce(struct history *h, uint32_t length)
{
    struct command command = history_command(h, CMD_ANNOUNCE, STAFF);

    command.text = length ? history_text(h, length) : command.text;
    return history_add(h, &command).err;
}

static void what_is_said_to_all_replaces_what_was_said(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_err(announce(&h, LIMIT_NOTE_MAX_GRAPHEMES + 1), ERR_TOO_LONG);
    expect_ok(announce(&h, LIMIT_NOTE_MAX_GRAPHEMES));
    struct ref first = h.board->announcement;

    assert_true(h.effects.defined);
    assert_true(latest_record(&h)->on);
    assert_true(ref_is_none(latest_record(&h)->words)); /* the board has it */
    assert_int_equal(h.board->announced_ms, h.now_ms);
    assert_int_equal(h.board->announced_version, h.board->version);
    h.now_ms += 1000;
    expect_ok(announce(&h, 0));
    assert_memory_equal(h.effects.dropped, &first, sizeof first);
    assert_true(ref_is_none(h.board->announcement));
    assert_int_equal(h.board->announced_version, h.board->version);
    assert_false(latest_record(&h)->on);
}

static enum err freeze(struct history *h, bool on)
{
    struct command command = history_command(h, CMD_FREEZE, STAFF);

    command.on = on;
    return history_add(h, &command).err;
}

static void on_a_frozen_board_only_staff_write(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_err(freeze(&h, false), ERR_CONFLICT);
    expect_ok(freeze(&h, true));
    assert_true(h.effects.defined && latest_record(&h)->on);
    expect_err(freeze(&h, true), ERR_CONFLICT);
    expect_err(history_post(&h, AUTHOR), ERR_NOT_ALLOWED_NOW);
    expect_err(history_reply(&h, AUTHOR, RELATION_EXPAND, 2), ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_EDIT, AUTHOR, 1, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_post(&h, STAFF));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE)); /* judging goes on */
    expect_ok(freeze(&h, false));
    assert_false(latest_record(&h)->on);
    expect_ok(history_post(&h, AUTHOR));
}

static void hours_are_hours_and_the_same_again_is_no_change(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct command late = gesture_premoderate(&h, true, 0, 1440);
    struct command early = gesture_premoderate(&h, true, 1440, 0);

    expect_refusal(&h, &late, ERR_PARAMS);
    expect_refusal(&h, &early, ERR_PARAMS);
    expect_err(premoderate(&h, false, 0, 0), ERR_CONFLICT);
    expect_ok(premoderate(&h, true, 60, 120));
    assert_true(h.effects.defined && latest_record(&h)->on);
    expect_err(premoderate(&h, true, 60, 120), ERR_CONFLICT);
    expect_ok(premoderate(&h, true, 60, 121));
    expect_ok(premoderate(&h, true, 61, 121));
    expect_ok(premoderate(&h, false, 0, 0));
    expect_err(premoderate(&h, false, 5, 6), ERR_CONFLICT);
}

static void a_case_is_had_for_two_minutes_by_one(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct command other = gesture_take(&h, LEAD, 1);

    expect_ok(take(&h, STAFF, 1));
    assert_int_equal(history_idea(&h, 1)->lease.until_ms, h.now_ms + CASE_LEASE_MS);
    assert_int_equal(history_idea(&h, 1)->lease.person, history_who(&h, STAFF)->number);
    expect_refusal(&h, &other, ERR_CONFLICT);
    h.now_ms += 60000;
    expect_ok(take(&h, STAFF, 1)); /* for longer */
    assert_int_equal(history_idea(&h, 1)->lease.until_ms, h.now_ms + CASE_LEASE_MS);
    h.now_ms += CASE_LEASE_MS;
    expect_ok(take(&h, LEAD, 1));
    assert_int_equal(history_idea(&h, 1)->lease.person, history_who(&h, LEAD)->number);
}

static void who_takes_another_gives_the_first_back(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(on_person(&h, CMD_REPORT, JUDGE, OTHER));
    expect_ok(take(&h, STAFF, 1));
    expect_ok(take(&h, STAFF, 2));
    expect_ok(take(&h, LEAD, 1));
    expect_ok(on_person(&h, CMD_TAKE, STAFF, OTHER));
    assert_int_equal(history_idea(&h, 2)->lease.until_ms, 0);
    assert_int_equal(history_who(&h, OTHER)->lease.person, history_who(&h, STAFF)->number);
    expect_refused_person(&h, CMD_TAKE, LEAD, OTHER, ERR_CONFLICT);
    expect_ok(take(&h, STAFF, 2));
    assert_int_equal(history_who(&h, OTHER)->lease.until_ms, 0);
    h.now_ms += CASE_LEASE_MS;
    expect_ok(take(&h, STAFF, 1)); /* LEAD had it, until now */
    expect_ok(take(&h, LEAD, 2));  /* what LEAD gives back is another's */
    assert_int_equal(history_idea(&h, 1)->lease.person, history_who(&h, STAFF)->number);
}

static void what_is_not_there_is_not_taken(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct command system = gesture_take(&h, 0, 1);

    expect_refused_on(&h, CMD_TAKE, STAFF, 3, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_TAKE, STAFF, 0, ERR_UNKNOWN_IDEA);
    struct command nobody = history_command(&h, CMD_TAKE, STAFF);

    nobody.target = h.board->people_count + 1;
    expect_refusal(&h, &nobody, ERR_UNKNOWN_PERSON);
    expect_refusal(&h, &system, ERR_UNKNOWN_PERSON);
}

static void no_clock_makes_a_lease_that_never_ends(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct command ahead = gesture_take(&h, STAFF, 1);
    struct command behind = gesture_take(&h, LEAD, 2);

    ahead.chosen_ms = h.now_ms + UINT64_C(1000000000);
    expect_ok(history_add(&h, &ahead).err);
    assert_int_equal(history_idea(&h, 1)->lease.until_ms, h.now_ms + CASE_LEASE_MS);
    behind.chosen_ms = h.now_ms - 1000;
    expect_ok(history_add(&h, &behind).err);
    assert_int_equal(history_idea(&h, 2)->lease.until_ms, h.now_ms - 1000 + CASE_LEASE_MS);
}

static void what_is_decided_is_had_by_nobody(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(take(&h, STAFF, 1));
    expect_ok(history_hide(&h, STAFF, 1));
    assert_int_equal(history_idea(&h, 1)->lease.until_ms, 0);
    expect_ok(on_person(&h, CMD_REPORT, JUDGE, OTHER));
    expect_ok(on_person(&h, CMD_TAKE, STAFF, OTHER));
    expect_ok(resolve(&h, 1, RESOLUTION_DISMISSED));
    assert_int_equal(history_who(&h, OTHER)->lease.until_ms, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_judges_their_own_rank),
        cmocka_unit_test(somebody_is_suspended_until_then),
        cmocka_unit_test(what_is_over_or_never_ends_is_no_suspension),
        cmocka_unit_test(who_is_suspended_takes_back_appeals_and_leaves_but_no_more),
        cmocka_unit_test(a_suspension_is_lifted),
        cmocka_unit_test(a_suspended_moderator_moderates_nothing),
        cmocka_unit_test(a_name_is_reset_and_not_chosen_again),
        cmocka_unit_test(who_left_is_not_judged),
        cmocka_unit_test(what_is_said_to_all_replaces_what_was_said),
        cmocka_unit_test(on_a_frozen_board_only_staff_write),
        cmocka_unit_test(hours_are_hours_and_the_same_again_is_no_change),
        cmocka_unit_test(a_case_is_had_for_two_minutes_by_one),
        cmocka_unit_test(who_takes_another_gives_the_first_back),
        cmocka_unit_test(what_is_not_there_is_not_taken),
        cmocka_unit_test(no_clock_makes_a_lease_that_never_ends),
        cmocka_unit_test(what_is_decided_is_had_by_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
