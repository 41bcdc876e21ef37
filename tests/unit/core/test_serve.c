/* Goal: everyone is shown what was exposed least, then what is most undecided, in an order of
   their own among equals, and no more than the cap. */
#include "support/expect.h"

#include "core/serve.h"

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

    assert_int_equal(serve_choose(h->board, history_who(h, key), h->now_ms, count, chosen),
                     count);
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
    assert_int_equal(serve_choose(h.board, history_who(&h, JUDGE), h.now_ms, 10, chosen), 1);
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
    assert_int_equal(serve_choose(h.board, history_who(&h, JUDGE), h.now_ms, 10, chosen), 3);
    for (uint32_t i = SERVE_CAP - 2; i <= SERVE_CAP; i++) {
        expect_ok(history_serve(&h, JUDGE, i));
    }
    assert_int_equal(serve_left(h.board, history_who(&h, JUDGE)), 0);
    assert_int_equal(serve_choose(h.board, history_who(&h, JUDGE), h.now_ms, 10, chosen), 0);
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
    assert_int_equal(serve_choose(h.board, history_who(&h, JUDGE), h.now_ms, 10, chosen), 4);
    expect_ok(history_serve(&h, JUDGE, chosen[0]));
    assert_int_equal(serve_left(h.board, history_who(&h, JUDGE)), 3);
}

static void nothing_is_served_on_an_empty_board(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    uint32_t chosen[LIMIT_SERVE_COUNT] = {0};

    assert_int_equal(serve_choose(h.board, history_who(&h, JUDGE), h.now_ms, 10, chosen), 0);
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
        command.ideas_count =
            serve_choose(h.board, history_who(&h, JUDGE), h.now_ms, 5, command.ideas);
        command.chosen_at = h.board->version;
        left -= command.ideas_count;
        expect_ok(history_add(&h, &command).err);
    }
}

/* Two seats; two judges each before the line matters. */
static void with_two_seats(struct definition *definition)
{
    definition->rounds[0].rule = (struct rule){.keep = KEEP_TOP, .top = 2, .min_judges = 2};
}

static void vote_each(struct history *h, uint32_t idea, enum choice first, enum choice second)
{
    expect_ok(history_vote(h, AUTHOR, idea, first));
    expect_ok(history_vote(h, JUDGE, idea, second));
}

static void after_all_have_judges_the_undecided_come_first(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, with_two_seats);

    with_posts(&h, 5);
    vote_each(&h, 1, CHOICE_AGREE, CHOICE_AGREE);
    vote_each(&h, 2, CHOICE_AGREE, CHOICE_DISAGREE);
    vote_each(&h, 3, CHOICE_AGREE, CHOICE_DISAGREE);
    vote_each(&h, 4, CHOICE_DISAGREE, CHOICE_DISAGREE);
    expect_ok(history_vote(&h, AUTHOR, 5, CHOICE_DISAGREE));
    serve_draw_line(h.board); /* as it does after so many commands */
    assert_true(h.board->line.drawn);
    uint32_t chosen[LIMIT_SERVE_COUNT] = {0};

    assert_int_equal(serve_choose(h.board, history_who(&h, THIRD), h.now_ms, 10, chosen), 5);
    assert_int_equal(chosen[0], 5);                /* one judge is missing */
    assert_true(chosen[1] == 2 || chosen[1] == 3); /* at the line */
    assert_true(chosen[2] == 5 - chosen[1]);
    assert_true(chosen[3] == 1 || chosen[3] == 4); /* far from it */
    assert_int_equal(history_idea(&h, 2)->distance, history_idea(&h, 3)->distance);
    assert_true(history_idea(&h, 1)->distance > history_idea(&h, 2)->distance);
    expect_ok(history_serve(&h, OTHER, 5)); /* shown counts as well: enough have seen it */
    assert_int_equal(serve_choose(h.board, history_who(&h, THIRD), h.now_ms, 1, chosen), 1);
    assert_true(chosen[0] == 2 || chosen[0] == 3);
}

/* Entries that change nothing that is counted. */
static void let_pass(struct history *h, uint64_t entries)
{
    for (uint64_t i = 0; i < entries; i++) {
        expect_ok(history_person(h, AUTHOR, ASSURANCE_GUEST));
    }
}

static void the_line_is_looked_at_again_after_so_many_commands(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, with_two_seats);

    assert_int_equal(h.board->line.version, 1); /* when the round began */
    assert_false(h.board->line.drawn);
    with_posts(&h, 3);
    vote_each(&h, 1, CHOICE_AGREE, CHOICE_AGREE);
    let_pass(&h, 300);
    assert_int_equal(h.board->line.version, 1); /* nobody was served: it can wait */
    expect_ok(history_serve(&h, THIRD, 1));
    assert_int_equal(h.board->line.version, h.board->version);
    assert_true(h.board->line.drawn);
    assert_false(h.board->line.used);
    uint64_t drawn = h.board->version;

    expect_ok(history_serve(&h, THIRD, 2));
    let_pass(&h, SERVE_LINE_AGE - 2);
    assert_int_equal(h.board->line.version, drawn);
    let_pass(&h, 1);
    assert_int_equal(h.board->line.version, drawn + SERVE_LINE_AGE);
}

static void without_a_line_nothing_is_far_from_it(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, with_two_seats);

    with_posts(&h, 3);
    vote_each(&h, 1, CHOICE_AGREE, CHOICE_AGREE);
    vote_each(&h, 2, CHOICE_AGREE, CHOICE_DISAGREE);
    vote_each(&h, 3, CHOICE_DISAGREE, CHOICE_DISAGREE);
    serve_draw_line(h.board);
    assert_true(history_idea(&h, 1)->distance > 0);
    expect_ok(history_hide(&h, STAFF, 3)); /* two ideas, two seats */
    serve_draw_line(h.board);
    assert_false(h.board->line.drawn);
    assert_int_equal(history_idea(&h, 1)->distance, 0);
}

static void that_keep_what_is_over_a_line(struct definition *definition)
{
    definition->rounds[0].rule = (struct rule){.keep = KEEP_AT_LEAST, .ppm = 500000};
}

static void that_keep_a_share(struct definition *definition)
{
    definition->rounds[0].rule = (struct rule){.keep = KEEP_SHARE, .ppm = 500000};
}

static void the_line_is_where_the_rule_would_cut(void **state)
{
    (void)state;
    void (*const rules[])(struct definition *) = {that_keep_what_is_over_a_line,
                                                  that_keep_a_share};

    for (size_t i = 0; i < 2; i++) {
        AUTO_HISTORY h;
        history_start(&h, rules[i]);

        with_posts(&h, 2);
        vote_each(&h, 1, CHOICE_AGREE, CHOICE_AGREE);
        vote_each(&h, 2, CHOICE_DISAGREE, CHOICE_DISAGREE);
        serve_draw_line(h.board); /* one is in, one is out */
        assert_true(h.board->line.drawn);
        assert_int_equal(h.board->line.ppm,
                         (rank_score(h.board->sums, RANK_K0, &history_idea(&h, 1)->tally) +
                          rank_score(h.board->sums, RANK_K0, &history_idea(&h, 2)->tally)) /
                             2);
    }
}

static void that_ends_in_a_final(struct definition *definition)
{
    definition->rounds_count = 2;
    round_definition_init(&definition->rounds[1]);
    definition->rounds[1].final = true;
    definition->rounds[1].counts = COUNTS_FRESH;
    definition->rounds[1].rule.min_judges = 3;
}

static void a_final_shows_everybody_all_finalists_in_an_order_of_their_own(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, that_ends_in_a_final);
    static const uint64_t keys[] = {JUDGE, OTHER, THIRD};
    uint32_t first[3][LIMIT_SERVE_COUNT] = {{0}};

    with_posts(&h, SERVE_CAP + 5);
    expect_ok(history_vote(&h, JUDGE, 3, CHOICE_AGREE));
    expect_ok(history_open(&h, 2));
    for (size_t i = 0; i < 3; i++) {
        uint32_t shown = 0;

        assert_int_equal(serve_left(h.board, history_who(&h, keys[i])), SERVE_CAP + 5);
        serve_choose(h.board, history_who(&h, keys[i]), h.now_ms, 10, first[i]);
        for (uint32_t chosen = 10; chosen; shown += chosen) {
            struct command command = history_choice(&h, keys[i], 10);

            chosen = command.ideas_count;
            if (chosen) {
                expect_ok(history_add(&h, &command).err);
            }
        }
        assert_int_equal(shown, SERVE_CAP + 5); /* there is no cap */
    }
    uint32_t all[SERVE_CAP + 5];

    assert_int_equal(serve_order(h.board, history_who(&h, JUDGE), all), SERVE_CAP + 5);
    assert_memory_equal(all, first[0], sizeof first[0]); /* the same, whole */
    assert_memory_not_equal(first[0], first[1], sizeof first[0]);
    assert_memory_not_equal(first[1], first[2], sizeof first[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_come_in_an_order_of_ones_own),
        cmocka_unit_test(the_least_exposed_comes_first),
        cmocka_unit_test(what_was_put_off_comes_last),
        cmocka_unit_test(offers_neither_own_nor_judged_nor_shown_nor_hidden_ideas),
        cmocka_unit_test(stops_at_the_cap),
        cmocka_unit_test(a_budget_of_votes_is_the_cap),
        cmocka_unit_test(nothing_is_served_on_an_empty_board),
        cmocka_unit_test(what_was_chosen_is_accepted),
        cmocka_unit_test(after_all_have_judges_the_undecided_come_first),
        cmocka_unit_test(the_line_is_looked_at_again_after_so_many_commands),
        cmocka_unit_test(without_a_line_nothing_is_far_from_it),
        cmocka_unit_test(the_line_is_where_the_rule_would_cut),
        cmocka_unit_test(a_final_shows_everybody_all_finalists_in_an_order_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
