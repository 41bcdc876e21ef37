/* Goal: hands that staff count stand beside an idea and change nothing else; what staff write
   for people in the room has no author, and seeds are put in before a board opens. */
#include "support/gestures.h"

static enum err raise(struct history *h, uint64_t by, uint32_t idea, struct hands hands)
{
    struct command command = history_command(h, CMD_HANDS, by);

    command.text = (struct text_use){0};
    command.idea = idea;
    command.hands = hands;
    return history_add(h, &command).err;
}

static void hands_stand_beside_the_ballots(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_DISAGREE));
    struct tally before = board_idea(h.board, 1)->tally;
    struct pool pool = h.board->pool;
    uint64_t ballots = h.board->ballots;

    expect_ok(raise(&h, STAFF, 1, (struct hands){12, 3, 1}));
    const struct idea *idea = board_idea(h.board, 1);

    assert_int_equal(idea->hands.agree, 12);
    assert_int_equal(idea->hands_ms, h.board->last.ms);
    assert_int_equal(idea->changed_version, h.board->version);
    assert_memory_equal(&idea->tally, &before, sizeof before);
    assert_memory_equal(&h.board->pool, &pool, sizeof pool);
    assert_int_equal(h.board->ballots, ballots);
    expect_ok(raise(&h, STAFF, 1, (struct hands){2, 0, 0})); /* the latest stands */
    assert_int_equal(board_idea(h.board, 1)->hands.disagree, 0);
    expect_ok(raise(&h, STAFF, 1, (struct hands){0, 0, 0}));
    assert_int_equal(board_idea(h.board, 1)->hands_ms, 0);
}

static void refuses_hands_that_cannot_be(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    expect_ok(history_post(&h, AUTHOR));

    expect_err(raise(&h, JUDGE, 1, (struct hands){1, 0, 0}), ERR_FORBIDDEN);
    expect_err(raise(&h, STAFF, 2, (struct hands){1, 0, 0}), ERR_UNKNOWN_IDEA);
    expect_err(raise(&h, STAFF, 1, (struct hands){LIMIT_HANDS + 1, 0, 0}), ERR_PARAMS);
    expect_ok(history_on(&h, CMD_HIDE, STAFF, 1));
    expect_err(raise(&h, STAFF, 1, (struct hands){1, 0, 0}), ERR_UNKNOWN_IDEA);
    assert_int_equal(board_idea(h.board, 1)->hands_ms, 0);
}

static enum err post_as(struct history *h, uint64_t by, bool seed, bool proxy)
{
    struct command command = history_command(h, CMD_POST, by);

    command.seed = seed;
    command.proxy = proxy;
    return history_add(h, &command).err;
}

static void budget(struct definition *definition)
{
    history_define(definition);
    definition->rounds[0].posts_per_person = 1;
}

static void what_is_written_for_others_is_nobodys_and_uses_no_budget(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, budget);

    expect_ok(post_as(&h, STAFF, false, true));
    expect_ok(post_as(&h, STAFF, false, true));
    assert_true(board_idea(h.board, 2)->proxy);
    assert_int_equal(board_idea(h.board, 2)->author, 0);
    assert_int_equal(history_who(&h, STAFF)->posts, 0);
    assert_int_equal(history_who(&h, STAFF)->own_count, 0);
    expect_err(post_as(&h, AUTHOR, false, true), ERR_FORBIDDEN);
    expect_err(post_as(&h, AUTHOR, true, false), ERR_FORBIDDEN);
    expect_ok(post_as(&h, STAFF, true, false));
    assert_true(board_idea(h.board, 3)->seed);
    assert_false(board_idea(h.board, 3)->proxy);
}

static void draft(struct definition *definition)
{
    history_define(definition);
    definition->draft = true;
}

static void a_seed_is_put_in_before_the_board_opens(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, draft);

    expect_err(post_as(&h, STAFF, false, true), ERR_NOT_ALLOWED_NOW);
    expect_ok(post_as(&h, STAFF, true, false));
    expect_ok(history_round(&h, CMD_OPEN, LEAD, 1));
    assert_true(board_competes(h.board, board_idea(h.board, 1)));
}

static void a_seed_is_put_right_or_taken_back_before_the_board_opens(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, draft);

    expect_ok(post_as(&h, STAFF, true, false));
    expect_ok(post_as(&h, STAFF, true, false));
    struct ref first = board_idea(h.board, 1)->text;

    expect_err(say(&h, CMD_EDIT, LEAD, 1), ERR_FORBIDDEN);
    expect_ok(say(&h, CMD_EDIT, STAFF, 1));
    assert_memory_not_equal(&board_idea(h.board, 1)->text, &first, sizeof first);
    expect_ok(say(&h, CMD_WITHDRAW, STAFF, 2));
    expect_ok(history_round(&h, CMD_OPEN, LEAD, 1));
    assert_true(board_competes(h.board, board_idea(h.board, 1)));
    assert_false(board_competes(h.board, board_idea(h.board, 2)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hands_stand_beside_the_ballots),
        cmocka_unit_test(refuses_hands_that_cannot_be),
        cmocka_unit_test(what_is_written_for_others_is_nobodys_and_uses_no_budget),
        cmocka_unit_test(a_seed_is_put_in_before_the_board_opens),
        cmocka_unit_test(a_seed_is_put_right_or_taken_back_before_the_board_opens),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
