/* Goal: a lead is told what goes wrong while it can be helped, and nothing that scores still
   hide. */
#include "core/alerts.h"
#include "support/expect.h"

#define MINUTE UINT64_C(60000)

static const uint32_t today = 20261123;

static void define(struct definition *definition)
{
    struct round_definition *round = &definition->rounds[0];

    definition->themes_count = 2;
    memcpy(definition->themes[0], "Eau", sizeof "Eau");
    memcpy(definition->themes[1], "Air", sizeof "Air");
    definition->groups_count = 2;
    memcpy(definition->groups[0], "Nord", sizeof "Nord");
    memcpy(definition->groups[1], "Sud", sizeof "Sud");
    round->minutes = 20;
    round->rule.keep = KEEP_TOP;
    round->rule.top = 4;
    round->rule.min_judges = 3;
}

static void define_closed(struct definition *definition)
{
    define(definition);
    definition->rounds[0].scores = SCORES_CLOSED;
}

static void define_small(struct definition *definition)
{
    define(definition);
    definition->rounds[0].rule.min_judges = 0;
}

static void define_final(struct definition *definition)
{
    define_small(definition);
    definition->rounds[0].rule.keep = KEEP_ALL;
}

static void define_many(struct definition *definition)
{
    define_small(definition);
    definition->rounds[0].rule.top = ALERT_SEATS_MAX + 1;
}

static const struct alert *find(const struct history *h, struct alerts *alerts,
                                enum alert_kind kind)
{
    alerts_find(h->board, h->now_ms, today, alerts);
    for (uint32_t i = 0; i < alerts->count; i++) {
        if (alerts->items[i].kind == kind) {
            return &alerts->items[i];
        }
    }
    return NULL;
}

static void post(struct history *h, uint64_t person, uint32_t count, uint32_t theme)
{
    for (uint32_t i = 0; i < count; i++) {
        struct command command = history_command(h, CMD_POST, person);

        command.text = history_text(h, HISTORY_TEXT_LENGTH);
        command.theme = theme;
        expect_ok(history_add(h, &command).err);
    }
}

static void bring(struct history *h, uint64_t first, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        expect_ok(history_person(h, first + i, ASSURANCE_GUEST));
    }
}

static void a_round_that_ends_too_soon_is_said_with_the_minutes_it_needs(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct alerts alerts;

    history_start(&h, define);
    uint64_t opened = h.board->rounds[0].opened_ms;

    post(&h, AUTHOR, 10, 1); /* 30 judgements are wanted */
    h.now_ms = opened + 4 * MINUTE;
    assert_null(find(&h, &alerts, ALERT_SHORT)); /* too early to tell */
    h.now_ms = opened + 8 * MINUTE;
    const struct alert *nobody = find(&h, &alerts, ALERT_SHORT);

    assert_non_null(nobody);
    assert_int_equal(nobody->count, 10);
    assert_int_equal(nobody->missing, 30);
    assert_int_equal(nobody->minutes, 0);
    /* from the ninth to the sixteenth minute one judgement a minute */
    for (uint32_t i = 0; i < 8; i++) {
        h.now_ms = opened + (8 + i) * MINUTE;
        expect_ok(history_vote(&h, JUDGE, i + 1, CHOICE_AGREE));
    }
    h.now_ms = opened + 16 * MINUTE - 1;
    const struct alert *slow = find(&h, &alerts, ALERT_SHORT);

    assert_non_null(slow);
    assert_int_equal(slow->count, 10);
    assert_in_range(slow->missing, 17, 19); /* 22 less those of four minutes */
    assert_in_range(slow->minutes, 16, 20);
    assert_int_equal(slow->numbers_count, 10);
    assert_int_equal(slow->numbers[0], 9); /* the poorest first */
    assert_int_equal(slow->numbers[1], 10);
    expect_ok(history_extend(&h, 1, 90));
    assert_null(find(&h, &alerts, ALERT_SHORT));
}

static void nothing_is_foreseen_of_a_round_without_an_end_or_that_stands_still(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct alerts alerts;

    history_start(&h, define);
    uint64_t opened = h.board->rounds[0].opened_ms;

    post(&h, AUTHOR, 10, 1);
    h.now_ms = opened + 10 * MINUTE;
    assert_non_null(find(&h, &alerts, ALERT_SHORT));
    expect_ok(history_round(&h, CMD_PAUSE, LEAD, 1));
    assert_null(find(&h, &alerts, ALERT_SHORT));
    expect_ok(history_open(&h, 1));
    assert_non_null(find(&h, &alerts, ALERT_SHORT));
    h.board->rounds[0].closes_at_ms = 0;
    assert_null(find(&h, &alerts, ALERT_SHORT));
}

static void themes_without_ideas_are_named_when_there_are_enough_ideas(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct alerts alerts;

    history_start(&h, define_small);
    post(&h, AUTHOR, ALERT_IDEAS_MIN - 1, 1);
    assert_null(find(&h, &alerts, ALERT_THEMES));
    post(&h, JUDGE, 1, 0);
    const struct alert *found = find(&h, &alerts, ALERT_THEMES);

    assert_non_null(found);
    assert_int_equal(found->numbers_count, 1);
    assert_int_equal(found->numbers[0], 2);
    assert_int_equal(found->of, ALERT_IDEAS_MIN);
    post(&h, JUDGE, 1, 2);
    assert_null(find(&h, &alerts, ALERT_THEMES));
    expect_ok(history_hide(&h, STAFF, ALERT_IDEAS_MIN + 1));
    assert_non_null(find(&h, &alerts, ALERT_THEMES));
}

static void groups_of_nobody_are_named_when_enough_people_declared(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct alerts alerts;
    const uint32_t north = 1;
    const uint32_t south = 2;

    history_start(&h, define_small);
    bring(&h, 1000, ALERT_DECLARED_MIN);
    for (unsigned i = 0; i < ALERT_DECLARED_MIN; i++) {
        assert_null(find(&h, &alerts, ALERT_GROUPS));
        expect_ok(history_declare(&h, 1000 + i, 1, &north));
    }
    const struct alert *found = find(&h, &alerts, ALERT_GROUPS);

    assert_non_null(found);
    assert_int_equal(found->numbers_count, 1);
    assert_int_equal(found->numbers[0], 2);
    assert_int_equal(found->of, ALERT_DECLARED_MIN);
    expect_ok(history_declare(&h, JUDGE, 1, &south));
    assert_null(find(&h, &alerts, ALERT_GROUPS));
}

static void a_burst_of_guests_is_said_but_not_the_arrival_of_a_hall(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct alerts alerts;

    history_start(&h, define_small);
    uint64_t opened = h.board->rounds[0].opened_ms;

    bring(&h, 1000, 100);
    h.now_ms = opened + 5 * MINUTE;
    bring(&h, 2000, 100);
    assert_null(find(&h, &alerts, ALERT_GUESTS)); /* everybody comes */
    for (uint64_t i = 0; i < 15; i++) {           /* then five a minute */
        h.now_ms = opened + (10 + i) * MINUTE;
        bring(&h, 3000 + 10 * i, 5);
        assert_null(find(&h, &alerts, ALERT_GUESTS));
    }
    h.now_ms = opened + 60 * MINUTE;
    bring(&h, 4000, ALERT_BURST_GUESTS - 1);
    assert_null(find(&h, &alerts, ALERT_GUESTS));
    bring(&h, 5000, 1);
    const struct alert *found = find(&h, &alerts, ALERT_GUESTS);

    assert_non_null(found);
    assert_int_equal(found->count, ALERT_BURST_GUESTS);
    assert_int_equal(found->of, 0);
    h.now_ms += 6 * MINUTE;
    assert_null(find(&h, &alerts, ALERT_GUESTS));
    bring(&h, 6000, 3 * ALERT_BURST_GUESTS);
    assert_non_null(find(&h, &alerts, ALERT_GUESTS));
}

static void one_author_or_thread_with_the_seats_is_said(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct alerts alerts;

    history_start(&h, define_small);
    post(&h, AUTHOR, 3, 1);
    post(&h, OTHER, 2, 1);
    expect_ok(history_reply(&h, AUTHOR, RELATION_EXPAND, 4));
    expect_ok(history_reply(&h, OTHER, RELATION_EXPAND, 4));
    expect_ok(history_vote(&h, JUDGE, 4, CHOICE_AGREE));
    expect_ok(history_vote(&h, JUDGE, 5, CHOICE_AGREE));
    expect_ok(history_vote(&h, JUDGE, 6, CHOICE_AGREE));
    expect_ok(history_vote(&h, JUDGE, 7, CHOICE_AGREE));
    const struct alert *thread = find(&h, &alerts, ALERT_THREAD);

    assert_non_null(thread);
    assert_int_equal(thread->count, 3);
    assert_int_equal(thread->of, 4);
    const struct alert *author = find(&h, &alerts, ALERT_AUTHOR);

    assert_non_null(author);
    assert_int_equal(author->count, 3);
    assert_int_equal(author->numbers[0], 4);
    expect_ok(history_close(&h, 1)); /* before the next opens it can be helped still */
    assert_non_null(find(&h, &alerts, ALERT_AUTHOR));
}

static void what_scores_hide_is_not_told_before_the_end(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct alerts alerts;

    history_start(&h, define_closed);
    post(&h, AUTHOR, 5, 1);
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    assert_null(find(&h, &alerts, ALERT_AUTHOR));
    expect_ok(history_round(&h, CMD_PAUSE, LEAD, 1));
    assert_null(find(&h, &alerts, ALERT_AUTHOR));
}

static void without_seats_or_with_very_many_nobody_has_a_third(void **state)
{
    (void)state;
    struct alerts alerts;
    {
        AUTO_HISTORY h;

        history_start(&h, define_final);
        post(&h, AUTHOR, 5, 1);
        assert_null(find(&h, &alerts, ALERT_AUTHOR));
    }
    AUTO_HISTORY h;

    history_start(&h, define_many);
    post(&h, AUTHOR, ALERT_SEATS_MAX, 1);
    assert_non_null(find(&h, &alerts, ALERT_AUTHOR));
    post(&h, AUTHOR, 1, 1);
    assert_null(find(&h, &alerts, ALERT_AUTHOR));
}

static void status(struct history *h, uint32_t idea, uint32_t next_by)
{
    struct command command = history_command(h, CMD_STATUS, LEAD);

    command.idea = idea;
    command.next_by = next_by;
    command.status = FOLLOWUP_REVIEW;
    expect_ok(history_add(h, &command).err);
}

static void answers_are_overdue_the_day_after_and_until_something_is_said(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct alerts alerts;

    history_start(&h, define_small);
    post(&h, AUTHOR, 3, 1);
    status(&h, 1, today);
    assert_null(find(&h, &alerts, ALERT_OVERDUE));
    status(&h, 2, today - 1);
    status(&h, 3, today - 1);
    const struct alert *found = find(&h, &alerts, ALERT_OVERDUE);

    assert_non_null(found);
    assert_int_equal(found->count, 2);
    assert_int_equal(found->numbers[0], 2);
    status(&h, 2, 0);
    expect_ok(history_on(&h, CMD_WITHDRAW, AUTHOR, 3));
    assert_null(find(&h, &alerts, ALERT_OVERDUE));
}

static void a_list_has_an_end(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct alerts alerts;

    history_start(&h, define_small);
    post(&h, AUTHOR, ALERT_NUMBERS + 5, 1);
    for (uint32_t i = 1; i <= ALERT_NUMBERS + 5; i++) {
        status(&h, i, today - 1);
    }
    const struct alert *found = find(&h, &alerts, ALERT_OVERDUE);

    assert_int_equal(found->count, ALERT_NUMBERS + 5);
    assert_int_equal(found->numbers_count, ALERT_NUMBERS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_round_that_ends_too_soon_is_said_with_the_minutes_it_needs),
        cmocka_unit_test(nothing_is_foreseen_of_a_round_without_an_end_or_that_stands_still),
        cmocka_unit_test(themes_without_ideas_are_named_when_there_are_enough_ideas),
        cmocka_unit_test(groups_of_nobody_are_named_when_enough_people_declared),
        cmocka_unit_test(a_burst_of_guests_is_said_but_not_the_arrival_of_a_hall),
        cmocka_unit_test(one_author_or_thread_with_the_seats_is_said),
        cmocka_unit_test(what_scores_hide_is_not_told_before_the_end),
        cmocka_unit_test(without_seats_or_with_very_many_nobody_has_a_third),
        cmocka_unit_test(answers_are_overdue_the_day_after_and_until_something_is_said),
        cmocka_unit_test(a_list_has_an_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
