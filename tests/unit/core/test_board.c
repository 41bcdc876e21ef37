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

static void what_competes_is_shown_and_of_a_kind_of_the_round(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    for (int relation = 0; relation < RELATIONS; relation++) {
        for (int i = 0; i <= IDEA_WITHDRAWN; i++) {
            const struct idea idea = {.relation = (enum relation)relation,
                                      .state = (enum idea_state)i};
            bool kind = relation == RELATION_IDEA || relation == RELATION_EXPAND ||
                        relation == RELATION_ADAPT;

            assert_int_equal(board_competes(h.board, &idea), kind && i == IDEA_SHOWN);
        }
    }
}

static void destroys_nothing_without_complaint(void **state)
{
    (void)state;
    board_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_board_holds_nothing),
        cmocka_unit_test(numbers_begin_at_one_and_end_at_the_last),
        cmocka_unit_test(what_competes_is_shown_and_of_a_kind_of_the_round),
        cmocka_unit_test(destroys_nothing_without_complaint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
