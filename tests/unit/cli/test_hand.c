/* Goal: a person of a rehearsal does in each round what the deck says, and nothing that cannot
 * be. */
#include "cli/hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Two people and three ideas: the first wrote 1 and 3, the second 2 and judges all of them. */
static char texts[3][8] = {"un", "deux", "trois"};
static struct deck_idea ideas[] = {{.text = texts[0], .author = 0},
                                   {.text = texts[1], .author = 1},
                                   {.text = texts[2], .author = 0, .move = 1, .parent = 2}};
static struct deck_ballot ballots[] = {
    {.person = 1, .idea = 1, .choice = CHOICE_AGREE, .at_ms = 10},
    {.person = 1, .idea = 2, .choice = CHOICE_PASS, .at_ms = 20},
    {.person = 1, .idea = 1, .choice = CHOICE_DISAGREE, .at_ms = 30}};
static size_t firsts[] = {0, 0, 3};
static const struct deck deck = {.people = 2,
                                 .ideas = ideas,
                                 .ideas_count = 3,
                                 .ballots = ballots,
                                 .ballots_count = 3,
                                 .firsts = firsts};

static void begin(struct table *table, struct hand *hand, enum phase_kind kind, uint32_t person)
{
    table->phase.kind = kind;
    hand_begin(hand, table, person);
}

static void answer(struct hand *hand, struct table *table, const struct move *move,
                   const char *result)
{
    json_auto_t *json = result ? json_loads(result, 0, NULL) : NULL;

    hand_answered(hand, table, move, json);
}

static void assert_written(const struct table *table, const struct move *move,
                           const char *expected)
{
    AUTO_BUF text = {0};

    hand_write(&text, table, "b", move);
    assert_string_equal(text.bytes, expected);
}

static void every_row_is_cast_in_its_order(void **state)
{
    (void)state;
    struct table table;
    struct hand hand;
    struct move move;

    table_init(&table, &deck, deck.ideas_count);
    begin(&table, &hand, PHASE_CAST, 1);
    for (size_t i = 0; i < 3; i++) {
        assert_true(hand_next(&hand, &table, &move));
        assert_int_equal(move.kind, MOVE_CAST);
        assert_int_equal(move.idea, ballots[i].idea);
        assert_int_equal(move.at_ms, ballots[i].at_ms);
        answer(&hand, &table, &move, i == 2 ? NULL : "{\"version\":9}");
    }
    assert_false(hand_next(&hand, &table, &move));
    assert_int_equal(*map_find(&table.acknowledged, hand_key(1, 1)),
                     CHOICE_AGREE); /* not the refused */
    assert_int_equal(*map_find(&table.acknowledged, hand_key(1, 2)), CHOICE_PASS);
    begin(&table, &hand, PHASE_CAST, 0);
    assert_false(hand_next(&hand, &table, &move));
    table_finish(&table);
}

static void what_is_out_and_what_is_ones_own_is_passed_over(void **state)
{
    (void)state;
    struct table table;
    struct hand hand;
    struct move move;

    table_init(&table, &deck, deck.ideas_count);
    table_take_out(&table, 1);
    table_take_out(&table, 77);
    begin(&table, &hand, PHASE_CAST, 1);
    assert_true(hand_next(&hand, &table, &move));
    assert_int_equal(move.idea, 2);
    table.phase.spare_own = true;
    begin(&table, &hand, PHASE_CAST, 1);
    assert_false(hand_next(&hand, &table, &move));
    table_finish(&table);
}

static void ideas_are_posted_in_their_move_under_the_number_that_they_get(void **state)
{
    (void)state;
    struct table table;
    struct hand hand;
    struct move move;

    table_init(&table, &deck, 0);
    begin(&table, &hand, PHASE_POST, 0);
    assert_true(hand_next(&hand, &table, &move));
    assert_written(&table, &move, "\"idea.post\",\"params\":{\"board\":\"b\",\"text\":\"un\"");
    answer(&hand, &table, &move, "{\"idea\":8,\"version\":3}");
    assert_false(hand_next(&hand, &table, &move));
    begin(&table, &hand, PHASE_POST, 1);
    assert_true(hand_next(&hand, &table, &move));
    answer(&hand, &table, &move, "{\"idea\":5,\"version\":4}");
    table.phase.move = 1;
    begin(&table, &hand, PHASE_POST, 0);
    assert_true(hand_next(&hand, &table, &move));
    assert_written(&table, &move,
                   "\"idea.build\",\"params\":{\"board\":\"b\",\"parent\":5,"
                   "\"relation\":\"expand\",\"text\":\"trois\"");
    answer(&hand, &table, &move, NULL); /* refused: it is not there */
    assert_false(hand_next(&hand, &table, &move));
    assert_int_equal(table.count, 2);
    begin(&table, &hand, PHASE_CAST, 1);
    assert_true(hand_next(&hand, &table, &move));
    assert_written(&table, &move,
                   "\"vote.cast\",\"params\":{\"board\":\"b\",\"idea\":8,\"choice\":\"agree\"");
    table_finish(&table);
}

static void what_is_served_is_answered_as_the_deck_does_and_the_rest_put_off(void **state)
{
    (void)state;
    struct table table;
    struct hand hand;
    struct move move;

    table_init(&table, &deck, deck.ideas_count);
    begin(&table, &hand, PHASE_JUDGE, 1);
    assert_true(hand_next(&hand, &table, &move));
    assert_written(&table, &move, "\"judge.next\",\"params\":{\"board\":\"b\",\"count\":5");
    answer(&hand, &table, &move, "{\"ideas\":[{\"n\":3},{\"n\":1}],\"left\":1}");
    assert_true(hand_next(&hand, &table, &move));
    assert_written(&table, &move, "\"judge.skip\",\"params\":{\"board\":\"b\",\"idea\":3");
    answer(&hand, &table, &move, "{\"version\":5}");
    assert_true(hand_next(&hand, &table, &move));
    assert_int_equal(move.choice, CHOICE_DISAGREE); /* what they say of it in the end */
    assert_int_equal(move.at_ms, 10);               /* at the pace of their first ballot */
    answer(&hand, &table, &move, "{\"version\":6}");
    assert_true(hand_next(&hand, &table, &move));
    assert_int_equal(move.kind, MOVE_ASK);
    answer(&hand, &table, &move, "{\"ideas\":[],\"left\":0}");
    assert_false(hand_next(&hand, &table, &move));
    table_finish(&table);
}

static void a_queue_that_only_gives_back_what_was_put_off_ends(void **state)
{
    (void)state;
    struct table table;
    struct hand hand;
    struct move move;
    size_t moves = 0;

    table_init(&table, &deck, deck.ideas_count);
    begin(&table, &hand, PHASE_JUDGE, 1);
    for (; hand_next(&hand, &table, &move); moves++) {
        answer(&hand, &table, &move,
               move.kind == MOVE_ASK ? "{\"ideas\":[{\"n\":3}]}" : "{\"version\":5}");
        assert_in_range(moves, 0, 20);
    }
    assert_int_equal(moves, 12);
    begin(&table, &hand, PHASE_JUDGE, 0);
    assert_false(hand_next(&hand, &table, &move)); /* who has no opinion is not asked */
    table_finish(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_cast_in_its_order),
        cmocka_unit_test(what_is_out_and_what_is_ones_own_is_passed_over),
        cmocka_unit_test(ideas_are_posted_in_their_move_under_the_number_that_they_get),
        cmocka_unit_test(what_is_served_is_answered_as_the_deck_does_and_the_rest_put_off),
        cmocka_unit_test(a_queue_that_only_gives_back_what_was_put_off_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
