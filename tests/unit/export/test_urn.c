/* Goal: public ballots add up, and nobody finds an author among the voters by any trick. */
#include "export/urn.h"

#include "support/history.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum {
    PEOPLE = 14,
    DRAWS = 60
};

/* Everybody writes one idea and judges all the others: the board on which who has no ballot
   on an idea would be its author. Of readers, who only judge, there are some too. */
static void fill(struct history *history, uint32_t authors, uint32_t readers)
{
    history_init(history);
    assert_int_equal(history_create(history, history_define), OK);
    for (uint32_t i = 1; i <= authors + readers; i++) {
        assert_int_equal(history_person(history, i, ASSURANCE_GUEST), OK);
    }
    for (uint32_t i = 1; i <= authors; i++) {
        assert_int_equal(history_post(history, i), OK);
    }
    for (uint32_t i = 1; i <= authors + readers; i++) {
        for (uint32_t idea = 1; idea <= authors; idea++) {
            enum choice choice = (enum choice)(CHOICE_AGREE + (i * 7 + idea * 3) % 3);

            if (idea != i) {
                assert_int_equal(history_vote(history, i, idea, choice), OK);
            }
        }
    }
}

static void collect(struct urn *urn, const struct board *board)
{
    for (size_t i = 0; i < board->people_count; i++) {
        const struct person *person = &board->people[i];

        for (uint32_t b = 0; b < person->ballots_room; b++) {
            if (person->ballots[b].idea) {
                urn_add(urn,
                        &(struct urn_ballot){.person = person->number,
                                             .idea = person->ballots[b].idea,
                                             .choice = (enum choice)person->ballots[b].choice,
                                             .round = 1 + person->ballots[b].idea % 2});
            }
        }
    }
}

static void draw(struct urn *urn, const struct board *board, unsigned char chance)
{
    struct digest seed = {{chance, 1}};

    collect(urn, board);
    urn_draw(urn, board, &seed);
}

static uint32_t ballots_of(const struct urn *urn, uint32_t voter)
{
    uint32_t count = 0;

    for (size_t i = 0; i < urn->count; i++) {
        count += urn->rows[i].voter == voter;
    }
    return count;
}

static void every_ballot_is_there_once_and_rounds_follow_each_other(void **state)
{
    (void)state;
    AUTO_HISTORY history;
    struct urn urn = {0};
    uint32_t sums[2 * PEOPLE + 1] = {0};

    fill(&history, PEOPLE, 4);
    draw(&urn, history.board, 1);
    assert_int_equal(urn.count, history.board->ballots);
    for (size_t i = 0; i < urn.count; i++) {
        assert_true(i == 0 || urn.rows[i - 1].round <= urn.rows[i].round);
        assert_in_range(urn.rows[i].voter, 1, urn.count);
        sums[urn.rows[i].idea]++;
    }
    for (uint32_t idea = 1; idea <= PEOPLE; idea++) {
        assert_int_equal(sums[idea], PEOPLE - 1 + 4);
    }
    urn_finish(&urn);
}

static void authors_have_a_number_for_each_ballot_and_others_one(void **state)
{
    (void)state;
    AUTO_HISTORY history;
    struct urn urn = {0};

    fill(&history, PEOPLE, 4);
    draw(&urn, history.board, 2);
    for (size_t i = 0; i < urn.count; i++) {
        uint32_t expected = urn.rows[i].person <= PEOPLE ? 1 : PEOPLE;

        assert_int_equal(ballots_of(&urn, urn.rows[i].voter), expected);
    }
    urn_finish(&urn);
}

/* The attack: for each idea, a voter of many ballots who has none on it. */
static void nobody_is_the_one_without_a_ballot_on_an_idea(void **state)
{
    (void)state;
    AUTO_HISTORY history;
    struct urn urn = {0};

    fill(&history, PEOPLE, 4);
    draw(&urn, history.board, 3);
    for (size_t i = 0; i < urn.count; i++) {
        uint32_t voter = urn.rows[i].voter;

        /* Either a single ballot, which says nothing of others, or one on every idea. */
        assert_true(ballots_of(&urn, voter) == 1 || ballots_of(&urn, voter) == PEOPLE);
    }
    urn_finish(&urn);
}

static void with_few_authors_nobody_has_two_ballots_under_one_number(void **state)
{
    (void)state;
    AUTO_HISTORY history;
    struct urn urn = {0};

    fill(&history, 3, 6);
    draw(&urn, history.board, 4);
    for (size_t i = 0; i < urn.count; i++) {
        assert_int_equal(ballots_of(&urn, urn.rows[i].voter), 1);
    }
    urn_finish(&urn);
}

static void without_authors_everybody_keeps_one_number(void **state)
{
    (void)state;
    AUTO_HISTORY history;
    struct urn urn = {0};

    fill(&history, 3, 6);
    for (size_t i = 0; i < history.board->people_count; i++) {
        history.board->people[i].own_count = 0; /* as in an import that names no authors */
    }
    draw(&urn, history.board, 4);
    for (size_t i = 0; i < urn.count; i++) {
        assert_in_range(ballots_of(&urn, urn.rows[i].voter), 2, 3);
    }
    urn_finish(&urn);
}

/* How often something that an attacker guesses comes true, over many draws: the guess is that
   two places next to each other belong to one author. */
static void neither_the_order_of_numbers_nor_of_rows_tells_who(void **state)
{
    (void)state;
    AUTO_HISTORY history;
    size_t rows_hit = 0;
    size_t numbers_hit = 0;
    size_t tried = 0;

    fill(&history, PEOPLE, 0);
    for (unsigned char chance = 0; chance < DRAWS; chance++) {
        struct urn urn = {0};
        uint32_t persons[PEOPLE * PEOPLE + 1] = {0};

        draw(&urn, history.board, chance);
        for (size_t i = 0; i < urn.count; i++) {
            persons[urn.rows[i].voter] = urn.rows[i].person;
        }
        for (size_t i = 1; i < urn.count; i++) {
            rows_hit += urn.rows[i].person == urn.rows[i - 1].person;
            numbers_hit += persons[i] == persons[i + 1];
            tried++;
        }
        urn_finish(&urn);
    }
    /* By chance one in PEOPLE; the standard deviation is under one in fifty of that here. */
    assert_in_range(rows_hit, tried / PEOPLE * 8 / 10, tried / PEOPLE * 12 / 10);
    assert_in_range(numbers_hit, tried / PEOPLE * 8 / 10, tried / PEOPLE * 12 / 10);
}

/* A number says nothing of who it was, nor of the idea: its mean is the same for all. */
static void numbers_are_as_high_for_each_person_and_idea(void **state)
{
    (void)state;
    AUTO_HISTORY history;
    uint64_t by_person[PEOPLE + 1] = {0};
    uint64_t by_idea[PEOPLE + 1] = {0};
    const uint64_t ballots = PEOPLE * (PEOPLE - 1);

    fill(&history, PEOPLE, 0);
    for (unsigned char chance = 0; chance < DRAWS; chance++) {
        struct urn urn = {0};

        draw(&urn, history.board, chance);
        for (size_t i = 0; i < urn.count; i++) {
            by_person[urn.rows[i].person] += urn.rows[i].voter;
            by_idea[urn.rows[i].idea] += urn.rows[i].voter;
        }
        urn_finish(&urn);
    }
    uint64_t expected = DRAWS * (PEOPLE - 1) * (ballots + 1) / 2;

    for (uint32_t i = 1; i <= PEOPLE; i++) {
        assert_in_range(by_person[i], expected * 88 / 100, expected * 112 / 100);
        assert_in_range(by_idea[i], expected * 88 / 100, expected * 112 / 100);
    }
}

static void another_seed_draws_other_numbers(void **state)
{
    (void)state;
    AUTO_HISTORY history;
    struct urn one = {0};
    struct urn other = {0};
    struct urn again = {0};

    fill(&history, PEOPLE, 4);
    draw(&one, history.board, 1);
    draw(&other, history.board, 2);
    draw(&again, history.board, 1);
    size_t same = 0;

    for (size_t i = 0; i < one.count; i++) {
        same += one.rows[i].voter == other.rows[i].voter;
        assert_int_equal(one.rows[i].voter, again.rows[i].voter);
    }
    assert_true(same < one.count / 10);
    urn_finish(&one);
    urn_finish(&other);
    urn_finish(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_ballot_is_there_once_and_rounds_follow_each_other),
        cmocka_unit_test(authors_have_a_number_for_each_ballot_and_others_one),
        cmocka_unit_test(nobody_is_the_one_without_a_ballot_on_an_idea),
        cmocka_unit_test(with_few_authors_nobody_has_two_ballots_under_one_number),
        cmocka_unit_test(without_authors_everybody_keeps_one_number),
        cmocka_unit_test(neither_the_order_of_numbers_nor_of_rows_tells_who),
        cmocka_unit_test(numbers_are_as_high_for_each_person_and_idea),
        cmocka_unit_test(another_seed_draws_other_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
