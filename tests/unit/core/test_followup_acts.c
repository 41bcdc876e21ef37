/* Goal: people follow ideas of others, as many as there is room for, and leads say what became
   of an idea, as often as there is room for. */
#include "support/expect.h"

/* Idea 1 by AUTHOR, 2 by OTHER. */
static void start(struct history *h)
{
    history_start(h, NULL);
    expect_ok(history_post(h, AUTHOR));
    expect_ok(history_post(h, OTHER));
}

static enum err follow(struct history *h, uint64_t person, uint32_t idea, bool on)
{
    struct command command = history_command(h, CMD_FOLLOW, person);

    command.idea = idea;
    command.on = on;
    return history_add(h, &command).err;
}

static void follows_are_sorted_and_told_when_they_change(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(follow(&h, JUDGE, 2, true));
    assert_true(h.effects.follows);
    expect_ok(follow(&h, JUDGE, 1, true));
    expect_ok(follow(&h, JUDGE, 1, true));
    assert_false(h.effects.follows);
    const struct person *judge = history_who(&h, JUDGE);

    assert_int_equal(judge->follows_count, 2);
    assert_int_equal(judge->follows[0], 1);
    assert_int_equal(judge->follows[1], 2);
    assert_true(person_follows(judge, 1));
    expect_ok(follow(&h, JUDGE, 1, false));
    assert_true(h.effects.follows);
    expect_ok(follow(&h, JUDGE, 1, false));
    assert_false(h.effects.follows);
    assert_int_equal(judge->follows_count, 1);
    assert_int_equal(judge->follows[0], 2);
    assert_int_equal(h.effects.ideas_count, 0);
}

static void own_ideas_are_not_listed(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(follow(&h, AUTHOR, 1, true));
    assert_int_equal(history_who(&h, AUTHOR)->follows_count, 0);
}

static void only_what_is_shown_is_followed_and_what_has_gone_can_be_left(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_refused_on(&h, CMD_FOLLOW, JUDGE, 0, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_FOLLOW, JUDGE, 3, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_FOLLOW, 0, 1, ERR_UNKNOWN_PERSON);
    expect_ok(follow(&h, JUDGE, 1, true));
    expect_ok(history_hide(&h, STAFF, 1));
    expect_refused_on(&h, CMD_FOLLOW, OTHER, 1, ERR_UNKNOWN_IDEA);
    expect_err(follow(&h, OTHER, 1, false), ERR_UNKNOWN_IDEA);
    expect_ok(follow(&h, JUDGE, 1, false));
    assert_int_equal(history_who(&h, JUDGE)->follows_count, 0);
}

static void nobody_follows_more_than_there_is_room_for(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(follow(&h, JUDGE, 1, true));
    struct person *judge = &h.board->people[history_who(&h, JUDGE)->number - 1];

    judge->follows_count = judge->follows_room = LIMIT_FOLLOWS; /* as if */
    judge->follows = mem_grow(judge->follows, LIMIT_FOLLOWS, sizeof *judge->follows);
    for (uint32_t i = 1; i < LIMIT_FOLLOWS; i++) {
        judge->follows[i] = 1000 + i;
    }
    expect_refused_on(&h, CMD_FOLLOW, JUDGE, 2, ERR_FULL);
    expect_ok(follow(&h, JUDGE, 1, true));
    expect_ok(follow(&h, JUDGE, 1, false));
    expect_ok(follow(&h, JUDGE, 2, true));
}

static struct command status(struct history *h, uint64_t person, uint32_t idea,
                             enum followup_status to)
{
    struct command command = history_command(h, CMD_STATUS, person);

    command.idea = idea;
    command.status = to;
    return command;
}

static void what_became_of_an_idea_is_kept_in_order(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct command first = status(&h, LEAD, 1, FOLLOWUP_REVIEW);
    struct command other = status(&h, LEAD, 2, FOLLOWUP_REFUSED);
    struct command second = status(&h, 0, 1, FOLLOWUP_DONE);

    first.text = history_text(&h, LIMIT_ANSWER_MAX_GRAPHEMES);
    first.next_by = 20270228;
    struct ref answer = first.text.ref;

    expect_ok(history_add(&h, &first).err);
    assert_int_equal(h.effects.ideas_count, 1);
    assert_int_equal(h.effects.ideas[0], 1);
    uint64_t version = h.board->version;

    h.now_ms += 5000;
    expect_ok(history_add(&h, &other).err);
    expect_ok(history_add(&h, &second).err);
    const struct idea *idea = history_idea(&h, 1);
    const struct followup *item = board_next_followup(h.board, idea, NULL);

    assert_int_equal(idea->followups, 2);
    assert_int_equal(item->status, FOLLOWUP_REVIEW);
    assert_int_equal(item->next_by, 20270228);
    assert_memory_equal(&item->answer, &answer, sizeof answer);
    assert_int_equal(item->version, version);
    const struct followup *next = board_next_followup(h.board, idea, item);

    assert_int_equal(next->status, FOLLOWUP_DONE);
    assert_int_equal(next->at_ms, item->at_ms + 5000);
    assert_null(board_next_followup(h.board, idea, next));
    assert_int_equal(history_idea(&h, 2)->followups, 1);
}

static void a_status_that_cannot_be_is_refused(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct command long_one = status(&h, LEAD, 1, FOLLOWUP_DONE);
    struct command no_day = status(&h, LEAD, 1, FOLLOWUP_DONE);

    long_one.text = history_text(&h, LIMIT_ANSWER_MAX_GRAPHEMES + 1);
    expect_refusal(&h, &long_one, ERR_TOO_LONG);
    no_day.next_by = 20270229;
    expect_refusal(&h, &no_day, ERR_PARAMS);
    expect_refused_on(&h, CMD_STATUS, STAFF, 1, ERR_FORBIDDEN);
    expect_refused_on(&h, CMD_STATUS, LEAD, 3, ERR_UNKNOWN_IDEA);
    expect_ok(history_on(&h, CMD_WITHDRAW, OTHER, 2));
    expect_refused_on(&h, CMD_STATUS, LEAD, 2, ERR_UNKNOWN_IDEA);
}

static void an_idea_has_room_for_so_many(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    for (int i = 0; i < LIMIT_FOLLOWUPS; i++) {
        struct command command = status(&h, LEAD, 1, FOLLOWUP_PROGRESS);

        expect_ok(history_add(&h, &command).err);
    }
    expect_refused_on(&h, CMD_STATUS, LEAD, 1, ERR_FULL);
    expect_ok(history_on(&h, CMD_STATUS, LEAD, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_are_sorted_and_told_when_they_change),
        cmocka_unit_test(own_ideas_are_not_listed),
        cmocka_unit_test(only_what_is_shown_is_followed_and_what_has_gone_can_be_left),
        cmocka_unit_test(nobody_follows_more_than_there_is_room_for),
        cmocka_unit_test(what_became_of_an_idea_is_kept_in_order),
        cmocka_unit_test(a_status_that_cannot_be_is_refused),
        cmocka_unit_test(an_idea_has_room_for_so_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
