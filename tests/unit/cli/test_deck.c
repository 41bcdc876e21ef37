/* Goal: what a rehearsal plays is what the file holds, each person's ballots in their order. */
#include "cli/deck.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void each_persons_ballots_stand_together_in_order_of_time(void **state)
{
    (void)state;
    struct polis polis;
    struct deck deck;
    AUTO_BUF why = {0};

    assert_int_equal(
        polis_parse(view_of("timestamp,comment-id,author-id,agrees,disagrees,moderated,"
                            "comment-body\n10,1,50,0,0,1,One\n20,2,60,0,0,-1,Two\n"),
                    view_of("timestamp,comment-id,voter-id,vote\n"
                            "900,2,70,1\n500,1,60,1\n600,1,70,0\n500,2,60,-1\n500,1,60,-1\n"),
                    view_of(""), &polis, &why),
        OK);
    deck_of_polis(&deck, &polis);
    polis_finish(&polis);
    assert_int_equal(deck.people, 3); /* two authors, of whom one never voted, and a voter */
    assert_int_equal(deck.firsts[0], 0);
    assert_int_equal(deck.firsts[1], 0);
    assert_int_equal(deck.firsts[2], 3);
    assert_int_equal(deck.firsts[3], 5);
    assert_int_equal(deck.ballots[0].choice, CHOICE_AGREE);
    assert_int_equal(deck.ballots[1].idea, 2);
    assert_int_equal(deck.ballots[2].choice, CHOICE_DISAGREE); /* the same idea once more */
    assert_int_equal(deck.ballots[3].at_ms, 100);
    assert_int_equal(deck.ballots[4].at_ms, 400);
    assert_true(deck.ideas[1].is_rejected);
    assert_string_equal(deck.ideas[1].text, "Two");
    deck_finish(&deck);
}

static void an_invented_crowd_is_the_same_for_the_same_seed(void **state)
{
    (void)state;
    struct deck one;
    struct deck two;

    deck_invent(&one, 30, 25, 7);
    deck_invent(&two, 30, 25, 7);
    assert_int_equal(one.ballots_count, 600);
    assert_int_equal(two.ballots_count, 600);
    for (size_t i = 0; i < one.ballots_count; i++) {
        assert_int_equal(one.ballots[i].person, two.ballots[i].person);
        assert_int_equal(one.ballots[i].idea, two.ballots[i].idea);
        assert_int_equal(one.ballots[i].choice, two.ballots[i].choice);
    }
    for (size_t i = 0; i < one.ideas_count; i++) {
        assert_string_equal(one.ideas[i].text, two.ideas[i].text);
    }
    deck_finish(&one);
    deck_finish(&two);
}

static void nobody_of_an_invented_crowd_judges_an_idea_twice(void **state)
{
    (void)state;
    struct deck deck;

    deck_invent(&deck, 10, 5, 1);
    for (uint32_t person = 0; person < deck.people; person++) {
        unsigned seen = 0;

        for (size_t i = deck.firsts[person]; i < deck.firsts[person + 1]; i++) {
            assert_int_equal(deck.ballots[i].person, person);
            assert_int_equal(seen >> deck.ballots[i].idea & 1u, 0);
            seen |= 1u << deck.ballots[i].idea;
        }
        assert_int_equal(seen, 62);
    }
    deck_finish(&deck);
}

static void chance_keeps_its_share(void **state)
{
    (void)state;
    uint64_t chance = 3;
    unsigned happened = 0;

    for (int i = 0; i < 10000; i++) {
        happened += deck_happens(&chance, 250000);
        assert_false(deck_happens(&chance, 0));
        assert_true(deck_happens(&chance, 1000000));
    }
    assert_in_range(happened, 2300, 2700);
}

static void what_a_person_says_in_the_end_is_their_last_ballot(void **state)
{
    (void)state;
    struct deck_ballot ballots[] = {{.person = 1, .idea = 2, .choice = CHOICE_AGREE},
                                    {.person = 1, .idea = 1, .choice = CHOICE_PASS},
                                    {.person = 1, .idea = 2, .choice = CHOICE_DISAGREE}};
    size_t firsts[] = {0, 0, 3};
    struct deck deck = {.people = 2, .ballots = ballots, .ballots_count = 3, .firsts = firsts};

    assert_int_equal(deck_choice(&deck, 1, 2), CHOICE_DISAGREE);
    assert_int_equal(deck_choice(&deck, 1, 1), CHOICE_PASS);
    assert_int_equal(deck_choice(&deck, 1, 3), CHOICE_NONE);
    assert_int_equal(deck_choice(&deck, 0, 2), CHOICE_NONE);
}

static void ideas_are_spread_over_the_moves_and_build_on_earlier_ones(void **state)
{
    (void)state;
    struct deck deck;
    uint32_t each[3] = {0};
    uint32_t built = 0;

    deck_invent(&deck, 10, 60, 4);
    deck_spread(&deck, 3, 4);
    for (size_t i = 0; i < deck.ideas_count; i++) {
        const struct deck_idea *idea = &deck.ideas[i];

        assert_in_range(idea->move, 0, 2);
        each[idea->move]++;
        built += idea->parent != 0;
        assert_true(!idea->parent || deck.ideas[idea->parent - 1].move < idea->move);
    }
    assert_int_equal(each[0], 20);
    assert_int_equal(each[1], 20);
    assert_int_equal(each[2], 20);
    assert_in_range(built, 10, 30);
    deck_spread(&deck, 1, 4);
    for (size_t i = 0; i < deck.ideas_count; i++) {
        assert_int_equal(deck.ideas[i].parent, 0);
    }
    deck_finish(&deck);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_persons_ballots_stand_together_in_order_of_time),
        cmocka_unit_test(an_invented_crowd_is_the_same_for_the_same_seed),
        cmocka_unit_test(nobody_of_an_invented_crowd_judges_an_idea_twice),
        cmocka_unit_test(chance_keeps_its_share),
        cmocka_unit_test(what_a_person_says_in_the_end_is_their_last_ballot),
        cmocka_unit_test(ideas_are_spread_over_the_moves_and_build_on_earlier_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
