/* Goal: who takes part is counted rightly, and no few people can be told apart by their
   group. */
#include "core/participation.h"
#include "support/expect.h"

static void define(struct definition *definition)
{
    definition->themes_count = 2;
    memcpy(definition->themes[0], "Eau", sizeof "Eau");
    memcpy(definition->themes[1], "Air", sizeof "Air");
    definition->groups_count = 3;
    memcpy(definition->groups[0], "Nord", sizeof "Nord");
    memcpy(definition->groups[1], "Sud", sizeof "Sud");
    memcpy(definition->groups[2], "Est", sizeof "Est");
    definition->rounds[0].rule.keep = KEEP_TOP;
    definition->rounds[0].rule.top = 2;
    definition->rounds[0].rule.min_judges = 3;
}

static void post(struct history *h, uint64_t person, uint32_t theme)
{
    struct command command = history_command(h, CMD_POST, person);

    command.text = history_text(h, HISTORY_TEXT_LENGTH);
    command.theme = theme;
    expect_ok(history_add(h, &command).err);
}

static void an_empty_board_has_nothing_of_all(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct participation found;

    history_start(&h, define);
    participation_count(h.board, &found);
    assert_int_equal(found.people, 0);
    assert_int_equal(found.exposure.candidates, 0);
    assert_int_equal(found.exposure.most, 0);
    assert_int_equal(found.exposure.wanted, 3);
    assert_int_equal(found.busiest.people, 0);
    assert_int_equal(found.rest.people, 0);
}

static void ideas_are_counted_by_theme_and_by_how_many_judged_them(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct participation found;

    history_start(&h, define);
    post(&h, AUTHOR, 1);
    post(&h, AUTHOR, 1);
    post(&h, AUTHOR, 0);
    post(&h, AUTHOR, 2);
    post(&h, AUTHOR, 2);
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, OTHER, 1, CHOICE_DISAGREE));
    expect_ok(history_vote(&h, THIRD, 1, CHOICE_PASS));
    expect_ok(history_vote(&h, THIRD, 2, CHOICE_AGREE));
    expect_ok(history_hide(&h, STAFF, 5));
    participation_count(h.board, &found);
    assert_int_equal(found.ideas, 4);
    assert_int_equal(found.ballots, 4);
    assert_int_equal(found.themes[0].ideas, 1);
    assert_int_equal(found.themes[1].ideas, 2);
    assert_int_equal(found.themes[1].ballots, 4);
    assert_int_equal(found.themes[1].lacking, 1);
    assert_int_equal(found.themes[2].ideas, 1);
    assert_int_equal(found.themes[2].lacking, 1);
    assert_int_equal(found.exposure.candidates, 4);
    assert_int_equal(found.exposure.least, 0);
    assert_int_equal(found.exposure.quarter, 0);
    assert_int_equal(found.exposure.middle, 0);
    assert_int_equal(found.exposure.three_quarters, 3);
    assert_int_equal(found.exposure.most, 3);
    assert_int_equal(found.exposure.lacking, 3);
}

static void people_are_counted_by_how_far_they_went(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct participation found;

    history_start(&h, define);
    for (int i = 0; i < 6; i++) {
        post(&h, AUTHOR, 0);
    }
    for (uint32_t idea = 1; idea <= 6; idea++) {
        expect_ok(history_vote(&h, JUDGE, idea, CHOICE_AGREE));
    }
    for (uint32_t idea = 1; idea <= 5; idea++) {
        expect_ok(history_vote(&h, OTHER, idea, CHOICE_AGREE));
    }
    expect_ok(history_vote(&h, THIRD, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, THIRD, 2, CHOICE_AGREE));
    expect_ok(history_on(&h, CMD_UNVOTE, THIRD, 2));
    expect_ok(history_vote(&h, THIRD, 1, CHOICE_DISAGREE)); /* changed: once */
    expect_ok(history_round(&h, CMD_DONE, OTHER, 1));
    expect_ok(history_round(&h, CMD_DONE, THIRD, 1)); /* judged too few for it to count */
    participation_count(h.board, &found);
    assert_int_equal(found.people, 4);
    assert_int_equal(found.judged, 3);
    assert_int_equal(found.enough, 2);
    assert_int_equal(found.finished, 1);
    assert_int_equal(found.busiest.people, 1);
    assert_int_equal(found.busiest.ballots, 6);
    assert_int_equal(found.by_assurance[ASSURANCE_GUEST].people, 4);
    assert_int_equal(found.by_assurance[ASSURANCE_GUEST].ballots, 12);
    assert_int_equal(found.by_assurance[ASSURANCE_TICKET].people, 0);
}

/* So many people of a group, who have each judged idea 1. */
static void bring(struct history *h, uint64_t first, unsigned count, uint32_t group)
{
    for (unsigned i = 0; i < count; i++) {
        expect_ok(history_person(h, first + i, ASSURANCE_TICKET));
        expect_ok(history_vote(h, first + i, 1, CHOICE_AGREE));
        expect_ok(history_declare(h, first + i, 1, &group));
    }
}

static void groups_of_few_are_told_with_those_of_none(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct participation found;

    history_start(&h, define);
    post(&h, AUTHOR, 0);
    bring(&h, 1000, PARTICIPATION_GROUP_MIN, 1);
    bring(&h, 2000, PARTICIPATION_GROUP_MIN - 1, 2);
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    participation_count(h.board, &found);
    assert_int_equal(found.groups[0].people, PARTICIPATION_GROUP_MIN);
    assert_int_equal(found.groups[0].ballots, PARTICIPATION_GROUP_MIN);
    assert_int_equal(found.groups[1].people, 0);
    assert_int_equal(found.groups[1].ballots, 0);
    assert_int_equal(found.rest.people, PARTICIPATION_GROUP_MIN - 1 + 2);
    assert_int_equal(found.rest.ballots, PARTICIPATION_GROUP_MIN - 1 + 1);
    assert_int_equal(found.by_assurance[ASSURANCE_TICKET].people,
                     2 * PARTICIPATION_GROUP_MIN - 1);
}

static void very_many_judges_are_told_as_many(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct participation found;

    history_start(&h, define);
    post(&h, AUTHOR, 0);
    for (uint64_t i = 0; i < PARTICIPATION_JUDGES + 10; i++) {
        expect_ok(history_person(&h, 5000 + i, ASSURANCE_GUEST));
        expect_ok(history_vote(&h, 5000 + i, 1, CHOICE_AGREE));
    }
    participation_count(h.board, &found);
    assert_int_equal(found.exposure.most, PARTICIPATION_JUDGES);
    assert_int_equal(found.busiest.people, 11);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_board_has_nothing_of_all),
        cmocka_unit_test(ideas_are_counted_by_theme_and_by_how_many_judged_them),
        cmocka_unit_test(people_are_counted_by_how_far_they_went),
        cmocka_unit_test(groups_of_few_are_told_with_those_of_none),
        cmocka_unit_test(very_many_judges_are_told_as_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
