/* Goal: everyone is shown what was exposed least, in an order of their own among equals, and no
   more than the cap. */
#include "support/expect.h"

#include "core/serve.h"

/* Computed apart from this program, from the formula: mix(mix(mix(seed) ^ FNV-1a(person in
   decimal)) ^ idea). */
static void the_tie_break_is_the_published_one(void **state)
{
    (void)state;

    assert_true(serve_hash(0, 1, 1) == 0xc9177ee834041346u);
    assert_true(serve_hash(1, 1, 1) == 0x84f8862a5dfd17b9u);
    assert_true(serve_hash(7, 42, 3) == 0xb666894deaa04694u);
    assert_true(serve_hash(1, UINT32_MAX, 1048576) == 0xffe28715295f51d6u);
    assert_true(serve_hash(UINT64_MAX, 10, 9) == 0x8337d8e4e2050c9au);
    assert_true(serve_hash(UINT64_C(1) << 63, 1000000, 77) == 0xba78555490b60560u);
}

static void with_posts(struct history *h, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        expect_ok(history_post(h, 0));
    }
}

static void expect_choice(const struct history *h, uint64_t key, const uint32_t *expected,
                          uint32_t count)
{
    uint32_t chosen[LIMIT_SERVE_COUNT] = {0};

    assert_int_equal(serve_choose(h->board, history_who(h, key), count, chosen), count);
    assert_memory_equal(chosen, expected, count * sizeof *chosen);
}

/* Twelve ideas that nobody has seen; orders computed apart, for seed 1 and persons 1 to 3. */
static void equals_come_in_an_order_of_ones_own(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    static const uint32_t first[] = {12, 8, 11, 9, 5, 7, 1, 6, 4, 10};
    static const uint32_t second[] = {7, 11, 9, 5, 1, 3, 2, 10, 12, 8};
    static const uint32_t third[] = {11, 12, 6, 4, 8, 2, 7, 5, 3, 9};

    with_posts(&h, 12);
    expect_choice(&h, AUTHOR, first, 10);
    expect_choice(&h, JUDGE, second, 10);
    expect_choice(&h, OTHER, third, 10);
    expect_choice(&h, OTHER, third, 3); /* fewer are the first of them */
}

static void the_least_exposed_comes_first(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    static const uint32_t expected[] = {3, 5, 4, 1, 2}; /* 0, 1, 1, 2 and 3 exposures */

    with_posts(&h, 5);
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, OTHER, 1, CHOICE_DISAGREE));
    expect_ok(history_vote(&h, JUDGE, 2, CHOICE_PASS));
    expect_ok(history_vote(&h, OTHER, 2, CHOICE_PASS));
    expect_ok(history_serve(&h, THIRD, 2)); /* shown and not answered counts as well */
    expect_ok(history_serve(&h, THIRD, 4));
    expect_ok(history_vote(&h, OTHER, 5, CHOICE_PASS));
    expect_choice(&h, AUTHOR, expected, 5);
}

static void what_was_put_off_comes_last(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    static const uint32_t expected[] = {1, 3, 2};

    with_posts(&h, 3);
    expect_ok(history_serve(&h, JUDGE, 2));
    expect_ok(history_on(&h, CMD_SKIP, JUDGE, 2));
    expect_ok(history_vote(&h, OTHER, 3, CHOICE_AGREE));
    expect_ok(history_vote(&h, OTHER, 1, CHOICE_AGREE));
    expect_choice(&h, JUDGE, expected, 3); /* though it is the least exposed */
}

static void offers_neither_own_nor_judged_nor_shown_nor_hidden_ideas(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    static const uint32_t expected[] = {6};
    uint32_t chosen[LIMIT_SERVE_COUNT] = {0};

    expect_ok(history_post(&h, JUDGE));
    with_posts(&h, 3);
    expect_ok(history_reply(&h, AUTHOR, RELATION_COUNTER, 2)); /* it does not compete */
    with_posts(&h, 1);
    expect_ok(history_vote(&h, JUDGE, 2, CHOICE_PASS));
    expect_ok(history_serve(&h, JUDGE, 3));
    expect_ok(history_hide(&h, STAFF, 4));
    expect_choice(&h, JUDGE, expected, 1);
    assert_int_equal(serve_choose(h.board, history_who(&h, JUDGE), 10, chosen), 1);
    assert_int_equal(serve_left(h.board, history_who(&h, JUDGE)), 1);
    expect_ok(history_on(&h, CMD_UNVOTE, JUDGE, 2)); /* a withdrawn ballot opens it again */
    assert_int_equal(serve_left(h.board, history_who(&h, JUDGE)), 2);
}

static void stops_at_the_cap(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    uint32_t chosen[LIMIT_SERVE_COUNT] = {0};

    with_posts(&h, SERVE_CAP + 5);
    assert_int_equal(serve_left(h.board, history_who(&h, JUDGE)), SERVE_CAP);
    for (uint32_t i = 1; i <= SERVE_CAP - 3; i++) {
        expect_ok(history_serve(&h, JUDGE, i));
    }
    assert_int_equal(serve_left(h.board, history_who(&h, JUDGE)), 3);
    assert_int_equal(serve_choose(h.board, history_who(&h, JUDGE), 10, chosen), 3);
    for (uint32_t i = SERVE_CAP - 2; i <= SERVE_CAP; i++) {
        expect_ok(history_serve(&h, JUDGE, i));
    }
    assert_int_equal(serve_left(h.board, history_who(&h, JUDGE)), 0);
    assert_int_equal(serve_choose(h.board, history_who(&h, JUDGE), 10, chosen), 0);
}

static void with_four_votes(struct definition *definition)
{
    definition->rounds[0].votes_per_person = 4;
}

static void a_budget_of_votes_is_the_cap(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, with_four_votes);
    uint32_t chosen[LIMIT_SERVE_COUNT] = {0};

    with_posts(&h, 9);
    assert_int_equal(serve_left(h.board, history_who(&h, JUDGE)), 4);
    assert_int_equal(serve_choose(h.board, history_who(&h, JUDGE), 10, chosen), 4);
    expect_ok(history_serve(&h, JUDGE, chosen[0]));
    assert_int_equal(serve_left(h.board, history_who(&h, JUDGE)), 3);
}

static void nothing_is_served_on_an_empty_board(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    uint32_t chosen[LIMIT_SERVE_COUNT] = {0};

    assert_int_equal(serve_choose(h.board, history_who(&h, JUDGE), 10, chosen), 0);
    assert_int_equal(serve_left(h.board, history_who(&h, JUDGE)), 0);
}

static void what_was_chosen_is_accepted(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    with_posts(&h, 17);
    for (uint32_t left = 17; left > 0;) {
        struct command command = history_command(&h, CMD_SERVE, JUDGE);

        assert_int_equal(serve_left(h.board, history_who(&h, JUDGE)), left);
        command.ideas_count = serve_choose(h.board, history_who(&h, JUDGE), 5, command.ideas);
        command.chosen_at = h.board->version;
        left -= command.ideas_count;
        expect_ok(history_add(&h, &command).err);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tie_break_is_the_published_one),
        cmocka_unit_test(equals_come_in_an_order_of_ones_own),
        cmocka_unit_test(the_least_exposed_comes_first),
        cmocka_unit_test(what_was_put_off_comes_last),
        cmocka_unit_test(offers_neither_own_nor_judged_nor_shown_nor_hidden_ideas),
        cmocka_unit_test(stops_at_the_cap),
        cmocka_unit_test(a_budget_of_votes_is_the_cap),
        cmocka_unit_test(nothing_is_served_on_an_empty_board),
        cmocka_unit_test(what_was_chosen_is_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
