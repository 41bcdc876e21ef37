/* Goal: a board answers by number and key, and never for what it does not hold. */
#include "support/expect.h"

static void an_empty_board_holds_nothing(void **state)
{
    (void)state;
    AUTO(board) struct board *board = board_create();
    const struct idea idea = {.number = 1};

    assert_int_equal(board->version, 0);
    assert_int_equal(board->state, BOARD_DRAFT);
    assert_null(board_idea(board, 0));
    assert_null(board_idea(board, 1));
    assert_null(board_person(board, 0));
    assert_null(board_person(board, 1));
    assert_int_equal(board_person_number(board, 0), 0);
    assert_null(board_round(board));
    assert_false(board_competes(board, &idea));
}

static void numbers_begin_at_one_and_end_at_the_last(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    assert_null(board_idea(h.board, 0));
    assert_int_equal(board_idea(h.board, 1)->number, 1);
    assert_null(board_idea(h.board, 2));
    assert_null(board_idea(h.board, UINT64_MAX));
    assert_null(board_idea(h.board, (UINT64_C(1) << 32) + 1));
    assert_int_equal(board_person(h.board, 6)->key, LEAD);
    assert_null(board_person(h.board, 7));
    assert_null(board_person(h.board, (UINT64_C(1) << 32) + 1));
}

static void what_competes_is_shown_and_in_the_round(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    for (uint32_t candidate = 0; candidate <= 2; candidate++) {
        for (int i = 0; i <= IDEA_WITHDRAWN; i++) {
            const struct idea idea = {.candidate = candidate, .state = (enum idea_state)i};

            assert_int_equal(board_competes(h.board, &idea), candidate == 1 && i == IDEA_SHOWN);
        }
    }
}

static void kinds_of_the_round_are_in_it(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    for (int relation = RELATION_EXPAND; relation < RELATIONS; relation++) {
        expect_ok(history_reply(&h, AUTHOR, (enum relation)relation, 1));
    }
    for (int relation = 0; relation < RELATIONS; relation++) {
        bool kind = relation == RELATION_IDEA || relation == RELATION_EXPAND ||
                    relation == RELATION_ADAPT;

        assert_int_equal(board_competes(h.board, board_idea(h.board, 1 + (uint64_t)relation)),
                         kind);
    }
}

/* 1 ← 2 ← 3, 1 ← 4: a walk through everything that is part of 1. */
static void walks_through_every_part_once(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    unsigned seen = 0;
    const struct idea *part = NULL;

    for (int i = 0; i < 5; i++) {
        expect_ok(history_post(&h, 0));
    }
    expect_ok(history_merge(&h, 2, 3));
    expect_ok(history_merge(&h, 1, 2));
    expect_ok(history_merge(&h, 1, 4));
    const struct idea *root = history_idea(&h, 1);

    while ((part = board_next_part(h.board, root, part)) != NULL) {
        assert_false(seen >> part->number & 1u);
        assert_ptr_equal(board_survivor(h.board, part), root);
        seen |= 1u << part->number;
    }
    assert_int_equal(seen, 1u << 1 | 1u << 2 | 1u << 3 | 1u << 4);
    root = history_idea(&h, 2); /* of a part, its own parts */
    part = board_next_part(h.board, root, root);
    assert_int_equal(part->number, 3);
    assert_null(board_next_part(h.board, root, part));
    root = history_idea(&h, 5);
    assert_ptr_equal(board_survivor(h.board, root), root);
    assert_null(board_next_part(h.board, root, root));
}

static void of_a_final(struct definition *definition)
{
    definition->rounds_count = 2;
    round_definition_init(&definition->rounds[1]);
    definition->rounds[1].final = true;
}

static void the_score_of_a_final_is_the_plain_share(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, of_a_final);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, OTHER, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, THIRD, 1, CHOICE_PASS));
    assert_int_equal(board_score(h.board, history_idea(&h, 1)),
                     rank_score(h.board->pool, RANK_K0, &history_idea(&h, 1)->tally));
    expect_ok(history_open(&h, 2));
    assert_int_equal(board_score(h.board, history_idea(&h, 1)), 666667);
    assert_int_equal(board_score(h.board, history_idea(&h, 2)), 0);
}

static void destroys_nothing_without_complaint(void **state)
{
    (void)state;
    board_destroy(NULL);
}

static void own_ballots(struct definition *definition)
{
    definition->own_ballots_count = true;
}

static void judge_by(struct history *h, uint64_t first, uint32_t count, uint32_t idea)
{
    for (uint64_t key = first; key < first + count; key++) {
        if (!board_person_number(h->board, key)) {
            expect_ok(history_person(h, key, ASSURANCE_GUEST));
        }
        expect_ok(history_vote(h, key, idea, CHOICE_PASS));
    }
}

static bool is_vetted(const struct history *h, uint32_t idea)
{
    return board_is_vetted(h->board, history_idea(h, idea));
}

static void five_others_vet_an_idea_and_the_sixth_is_no_news(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    judge_by(&h, 1000, VETTED_JUDGES - 1, 1);
    assert_false(is_vetted(&h, 1));
    assert_int_equal(h.effects.ideas_count, 0);
    judge_by(&h, 2000, 1, 1);
    assert_true(is_vetted(&h, 1));
    assert_int_equal(h.effects.ideas_count, 1);
    assert_int_equal(history_idea(&h, 1)->changed_version, h.board->version);
    judge_by(&h, 3000, 1, 1);
    assert_int_equal(h.effects.ideas_count, 0);
    expect_ok(history_on(&h, CMD_UNVOTE, 3000, 1));
    assert_int_equal(h.effects.ideas_count, 0);
    expect_ok(history_on(&h, CMD_UNVOTE, 2000, 1));
    assert_false(is_vetted(&h, 1));
    assert_int_equal(h.effects.ideas_count, 1);
}

static void an_author_does_not_vet_what_they_wrote(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, own_ballots);

    expect_ok(history_post(&h, AUTHOR));
    judge_by(&h, 1000, VETTED_JUDGES - 1, 1);
    expect_ok(history_vote(&h, AUTHOR, 1, CHOICE_AGREE));
    assert_false(is_vetted(&h, 1));
    assert_int_equal(h.effects.ideas_count, 0);
    expect_ok(history_on(&h, CMD_UNVOTE, AUTHOR, 1));
    assert_int_equal(h.effects.ideas_count, 0);
    expect_ok(history_vote(&h, AUTHOR, 1, CHOICE_AGREE));
    judge_by(&h, 2000, 1, 1);
    assert_true(is_vetted(&h, 1));
    expect_ok(history_on(&h, CMD_UNVOTE, AUTHOR, 1));
    assert_true(is_vetted(&h, 1));
    assert_int_equal(h.effects.ideas_count, 0);
}

static void a_report_unvets_until_staff_restore(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command seed = history_command(&h, CMD_POST, STAFF);

    seed.seed = true;
    expect_ok(history_add(&h, &seed).err);
    assert_true(is_vetted(&h, 1));
    expect_refused_on(&h, CMD_RESTORE, STAFF, 1, ERR_CONFLICT);
    expect_ok(history_report(&h, JUDGE, 1));
    assert_false(is_vetted(&h, 1));
    assert_int_equal(h.effects.ideas_count, 1);
    expect_ok(history_report(&h, OTHER, 1));
    assert_int_equal(h.effects.ideas_count, 0);
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 1));
    assert_true(is_vetted(&h, 1));
    assert_int_equal(h.effects.ideas_count, 1);
    expect_ok(history_hide(&h, STAFF, 1));
    assert_false(is_vetted(&h, 1));
}

static void with_a_fresh_round(struct definition *definition)
{
    definition->rounds_count = 2;
    round_definition_init(&definition->rounds[1]);
    definition->rounds[1].counts = COUNTS_FRESH;
}

static void a_round_that_counts_afresh_tells_what_is_vetted_no_more(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, with_a_fresh_round);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_post(&h, AUTHOR));
    judge_by(&h, 1000, VETTED_JUDGES, 1);
    expect_ok(history_open(&h, 2));
    assert_false(is_vetted(&h, 1));
    assert_int_equal(h.effects.ideas_count, 1);
    assert_int_equal(h.effects.ideas[0], 1);
    expect_ok(history_round(&h, CMD_REOPEN, LEAD, 1));
    assert_true(is_vetted(&h, 1));
    assert_int_equal(h.effects.ideas_count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_board_holds_nothing),
        cmocka_unit_test(numbers_begin_at_one_and_end_at_the_last),
        cmocka_unit_test(what_competes_is_shown_and_in_the_round),
        cmocka_unit_test(kinds_of_the_round_are_in_it),
        cmocka_unit_test(walks_through_every_part_once),
        cmocka_unit_test(the_score_of_a_final_is_the_plain_share),
        cmocka_unit_test(destroys_nothing_without_complaint),
        cmocka_unit_test(five_others_vet_an_idea_and_the_sixth_is_no_news),
        cmocka_unit_test(an_author_does_not_vet_what_they_wrote),
        cmocka_unit_test(a_report_unvets_until_staff_restore),
        cmocka_unit_test(a_round_that_counts_afresh_tells_what_is_vetted_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
