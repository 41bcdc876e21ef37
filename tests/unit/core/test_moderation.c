/* Goal: staff are given what waits in its order, one case to one of them at a time, and the
   record of what they did adds up. */
#include "support/expect.h"
#include "support/gestures.h"

/* Ideas 1 by AUTHOR, 2 by JUDGE, 3 by OTHER, 4 by THIRD. */
static void start(struct history *h)
{
    history_start(h, NULL);
    expect_ok(history_post(h, AUTHOR));
    expect_ok(history_post(h, JUDGE));
    expect_ok(history_post(h, OTHER));
    expect_ok(history_post(h, THIRD));
}

static const struct case_place nowhere = {0, 0};

static struct case_place place_of_idea(uint32_t idea)
{
    return (struct case_place){.idea = idea};
}

/* The number of the idea that is next, or minus that of the person; 0: none. */
static int next_case(const struct history *h, uint64_t staff, struct case_place after)
{
    struct case_place place = nowhere;

    if (!case_choose(h->board, history_who(h, staff), h->now_ms, after, &place)) {
        assert_int_equal(place.idea, 0);
        assert_int_equal(place.person, 0);
        return 0;
    }
    assert_true(!place.idea != !place.person);
    return place.idea ? (int)place.idea : -(int)place.person;
}

static void what_staff_have_not_read_is_a_case(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    assert_int_equal(case_of(&h, 1), CASE_FRESH);
    expect_ok(history_on(&h, CMD_APPROVE, STAFF, 1));
    assert_int_equal(case_of(&h, 1), CASE_NONE);
    expect_ok(history_hide(&h, STAFF, 2));
    assert_int_equal(case_of(&h, 2), CASE_NONE);
    expect_ok(history_on(&h, CMD_WITHDRAW, OTHER, 3));
    assert_int_equal(case_of(&h, 3), CASE_NONE);
    expect_ok(history_on(&h, CMD_EDIT, AUTHOR, 1));
    assert_int_equal(case_of(&h, 1), CASE_FRESH); /* that is another text */
}

static void what_staff_wrote_is_none(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct command seed = history_command(&h, CMD_POST, 0);

    seed.seed = true;
    expect_ok(history_post(&h, STAFF));
    expect_ok(history_add(&h, &seed).err);
    assert_int_equal(case_of(&h, 5), CASE_NONE);
    assert_int_equal(case_of(&h, 6), CASE_NONE);
    expect_ok(history_report(&h, JUDGE, 5));
    assert_int_equal(case_of(&h, 5), CASE_REPORT); /* unless somebody complains */
}

static void what_many_judge_comes_before_what_nobody_does(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    for (uint64_t key = 1; key <= RISING_JUDGES; key++) {
        expect_ok(history_person(&h, key, ASSURANCE_GUEST));
        assert_int_equal(case_of(&h, 3), CASE_FRESH);
        expect_ok(history_vote(&h, key, 3, CHOICE_DISAGREE));
        expect_ok(history_vote(&h, key, 4, CHOICE_AGREE));
    }
    assert_int_equal(case_of(&h, 3), CASE_RISING);
    assert_int_equal(next_case(&h, STAFF, nowhere), 3); /* not by how they judged it */
    expect_ok(history_vote(&h, JUDGE, 4, CHOICE_DISAGREE));
    assert_int_equal(next_case(&h, STAFF, nowhere), 4);
    assert_int_equal(next_case(&h, STAFF, place_of_idea(4)), 3);
    assert_int_equal(next_case(&h, STAFF, place_of_idea(3)), 1);
}

static void appeals_reports_and_what_waits_come_in_that_order(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    uint32_t author = history_who(&h, AUTHOR)->number;

    expect_ok(say_held(&h, CMD_EDIT, THIRD, 4));
    h.now_ms += 1000;
    expect_ok(history_report(&h, JUDGE, 3));
    h.now_ms += 1000;
    expect_ok(on_person(&h, CMD_REPORT, JUDGE, AUTHOR));
    h.now_ms += 1000;
    expect_ok(history_hide(&h, STAFF, 2));
    expect_ok(say(&h, CMD_APPEAL, JUDGE, 2));
    assert_int_equal(case_of(&h, 2), CASE_APPEAL);
    assert_int_equal(case_of(&h, 3), CASE_REPORT);
    assert_int_equal(case_of(&h, 4), CASE_PENDING);
    struct waiting waiting = board_waiting(h.board);
    static const uint32_t expected[CASE_KINDS] = {1, 2, 1, 0, 1};

    assert_memory_equal(waiting.count, expected, sizeof expected);
    struct case_place person = {.person = author};

    assert_int_equal(next_case(&h, STAFF, nowhere), 2);
    assert_int_equal(next_case(&h, STAFF, place_of_idea(2)), 3);
    assert_int_equal(next_case(&h, STAFF, place_of_idea(3)), -(int)author);
    assert_int_equal(next_case(&h, STAFF, person), 4);
    assert_int_equal(next_case(&h, STAFF, place_of_idea(4)), 1);
    assert_int_equal(next_case(&h, STAFF, place_of_idea(1)), 2); /* comes round */
}

static void what_is_no_case_any_more_leads_to_the_first(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(history_on(&h, CMD_APPROVE, STAFF, 2));
    assert_int_equal(next_case(&h, STAFF, place_of_idea(2)), 1);
    assert_int_equal(next_case(&h, STAFF, place_of_idea(77)), 1);
    assert_int_equal(next_case(&h, STAFF, (struct case_place){.person = 1}), 1);
    for (uint32_t idea = 1; idea <= 4; idea++) {
        (void)history_on(&h, CMD_APPROVE, STAFF, idea);
    }
    assert_int_equal(next_case(&h, STAFF, nowhere), 0);
}

static void nobody_is_given_what_another_has(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    int reported = (int)history_who(&h, THIRD)->number;

    expect_ok(on_person(&h, CMD_REPORT, JUDGE, THIRD));
    expect_ok(on_person(&h, CMD_TAKE, STAFF, THIRD));
    assert_int_equal(next_case(&h, STAFF, nowhere), -reported);
    assert_int_equal(next_case(&h, LEAD, nowhere), 1);
    expect_ok(take(&h, LEAD, 1));
    assert_int_equal(next_case(&h, STAFF, place_of_idea(4)), -reported);
    assert_int_equal(next_case(&h, STAFF, (struct case_place){.person = (uint32_t)reported}),
                     2);
    h.now_ms += CASE_LEASE_MS - 1;
    assert_int_equal(next_case(&h, LEAD, nowhere), 1);
    h.now_ms += 1; /* both had them for so long */
    assert_int_equal(next_case(&h, LEAD, nowhere), -reported);
    assert_int_equal(next_case(&h, STAFF, (struct case_place){.person = (uint32_t)reported}),
                     1);
}

static void reports_about_one_thing_are_found_in_order(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(history_report(&h, JUDGE, 1));
    expect_ok(history_report(&h, JUDGE, 3));
    expect_ok(history_report(&h, OTHER, 1));
    uint32_t first = history_idea(&h, 1)->first_report;
    const struct report *report = board_next_report(h.board, first, NULL);

    assert_int_equal(board_report_number(h.board, report), 1);
    report = board_next_report(h.board, first, report);
    assert_int_equal(board_report_number(h.board, report), 3);
    assert_null(board_next_report(h.board, first, report));
    assert_null(board_next_report(h.board, 0, NULL));
    assert_null(board_report(h.board, 0));
    assert_null(board_report(h.board, 4));
    assert_null(board_report(h.board, UINT64_C(1) << 32 | 1));
    assert_null(board_record(h.board, 0));
    assert_null(board_record(h.board, 1));
}

static void nothing_done_is_an_empty_summary(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct record_summary none = {0};
    struct record_summary summary = board_summary(h.board);

    assert_memory_equal(&summary, &none, sizeof none);
}

static void what_was_done_adds_up(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(say_held(&h, CMD_POST, AUTHOR, 0)); /* 5 */
    h.now_ms += 7000;
    expect_ok(history_on(&h, CMD_APPROVE, STAFF, 5)); /* had waited 7 s */
    expect_ok(report_often(&h, 1));
    h.now_ms += 3000;
    expect_ok(history_hide(&h, STAFF, 1)); /* 3 s */
    expect_ok(say(&h, CMD_APPEAL, AUTHOR, 1));
    h.now_ms += 5000;
    expect_ok(resolve(&h, 4, RESOLUTION_UPHELD)); /* 5 s */
    expect_ok(history_hide(&h, STAFF, 2));        /* had not waited */
    expect_ok(say(&h, CMD_APPEAL, JUDGE, 2));
    h.now_ms += 1000;
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 2)); /* 1 s */
    expect_ok(history_merge(&h, 3, 4));
    expect_ok(say(&h, CMD_REDACT, STAFF, 3));
    expect_ok(on_person(&h, CMD_SUSPEND, STAFF, THIRD));
    expect_ok(say(&h, CMD_APPEAL, OTHER, 3)); /* not decided */
    struct record_summary summary = board_summary(h.board);

    assert_int_equal(summary.held, 2);
    assert_int_equal(summary.hidden, 2);
    assert_int_equal(summary.restored, 1);
    assert_int_equal(summary.merged, 1);
    assert_int_equal(summary.redacted, 1);
    assert_int_equal(summary.suspended, 1);
    assert_int_equal(summary.appeals, 3);
    assert_int_equal(summary.granted, 2);
    assert_int_equal(summary.median_wait_ms, 3000); /* the lower of the two in the middle */
}

static bool premoderates_at(const struct history *h, uint32_t minute)
{
    uint64_t day_ms = h->now_ms / 86400000 * 86400000;

    return board_premoderates(h->board, day_ms + minute * UINT64_C(60000)) &&
           board_premoderates(h->board, day_ms + minute * UINT64_C(60000) + 59999);
}

static void a_board_is_read_first_by_hours(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    assert_false(premoderates_at(&h, 0));
    expect_ok(premoderate(&h, true, 0, 0)); /* always */
    assert_true(premoderates_at(&h, 0) && premoderates_at(&h, 1439));
    expect_ok(premoderate(&h, true, 480, 1080));
    assert_false(premoderates_at(&h, 479));
    assert_true(premoderates_at(&h, 480) && premoderates_at(&h, 1079));
    assert_false(premoderates_at(&h, 1080));
    expect_ok(premoderate(&h, true, 1320, 480)); /* by night */
    assert_true(premoderates_at(&h, 1320) && premoderates_at(&h, 0) &&
                premoderates_at(&h, 479));
    assert_false(premoderates_at(&h, 480) || premoderates_at(&h, 1319));
    expect_ok(premoderate(&h, false, 0, 0));
    assert_false(premoderates_at(&h, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_staff_have_not_read_is_a_case),
        cmocka_unit_test(what_staff_wrote_is_none),
        cmocka_unit_test(what_many_judge_comes_before_what_nobody_does),
        cmocka_unit_test(appeals_reports_and_what_waits_come_in_that_order),
        cmocka_unit_test(what_is_no_case_any_more_leads_to_the_first),
        cmocka_unit_test(nobody_is_given_what_another_has),
        cmocka_unit_test(reports_about_one_thing_are_found_in_order),
        cmocka_unit_test(nothing_done_is_an_empty_summary),
        cmocka_unit_test(what_was_done_adds_up),
        cmocka_unit_test(a_board_is_read_first_by_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
