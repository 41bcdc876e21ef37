/* Goal: a person's latest ballot on an idea counts, once, within what the round allows, and
   what was shown to be judged is remembered until it is answered or expires. */
#include "support/expect.h"

#include "core/serve.h"

static void counts_each_choice(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    assert_int_equal(h.effects.tally, 1);
    assert_int_equal(h.effects.ideas_count, 0);
    expect_ok(history_vote(&h, OTHER, 1, CHOICE_DISAGREE));
    expect_ok(history_vote(&h, THIRD, 1, CHOICE_PASS));
    expect_tally(&h, 1, 1, 1, 1);
    assert_int_equal(h.board->ballots, 3);
    assert_int_equal(h.board->sums.agree, 1);
    assert_int_equal(h.board->sums.judged, 3);
    assert_int_equal(history_idea(&h, 1)->tallied_version, h.board->version);
    assert_int_equal(history_idea(&h, 1)->changed_version, h.board->version - 3);
}

static void the_latest_ballot_of_a_person_stands(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    for (unsigned i = 0; i < 7; i++) {
        expect_ok(history_vote(&h, JUDGE, 1, (enum choice)(CHOICE_AGREE + i % 3)));
    }
    expect_tally(&h, 1, 1, 0, 0);
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_DISAGREE));
    expect_tally(&h, 1, 0, 1, 0);
    assert_int_equal(h.board->ballots, 1);
    assert_int_equal(h.board->sums.agree, 0);
    assert_int_equal(history_who(&h, JUDGE)->votes, 1);
    assert_int_equal(person_ballot(history_who(&h, JUDGE), 1)->choice, CHOICE_DISAGREE);
    assert_int_equal(person_ballot(history_who(&h, JUDGE), 1)->version, h.board->version);
}

static void a_ballot_can_be_withdrawn_and_given_again(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_refused_on(&h, CMD_UNVOTE, JUDGE, 1, ERR_CONFLICT);
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_PASS));
    expect_ok(history_on(&h, CMD_UNVOTE, JUDGE, 1));
    assert_int_equal(h.effects.tally, 1);
    expect_tally(&h, 1, 0, 0, 0);
    assert_int_equal(h.board->ballots, 0);
    assert_int_equal(h.board->sums.judged, 0);
    assert_int_equal(history_who(&h, JUDGE)->votes, 0);
    expect_refused_on(&h, CMD_UNVOTE, JUDGE, 1, ERR_CONFLICT);
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_tally(&h, 1, 1, 0, 0);
}

static void refuses_a_ballot_on_ones_own_idea(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_refused_on(&h, CMD_VOTE, AUTHOR, 1, ERR_OWN_IDEA);
    expect_refused_on(&h, CMD_SERVE, AUTHOR, 1, ERR_NOT_ALLOWED_NOW);
}

static void with_own_ballots(struct definition *definition)
{
    definition->own_ballots_count = true;
}

static void a_board_may_count_ballots_on_own_ideas(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, with_own_ballots);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_vote(&h, AUTHOR, 1, CHOICE_AGREE));
    expect_tally(&h, 1, 1, 0, 0);
    assert_false(history_idea(&h, 1)->judged);
}

static void refuses_ballots_on_what_is_not_there(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_refused_on(&h, CMD_VOTE, JUDGE, 0, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_VOTE, JUDGE, 1, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_UNVOTE, JUDGE, 1, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_SKIP, JUDGE, 1, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_SERVE, JUDGE, 1, ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_VOTE, JUDGE, UINT32_MAX, ERR_UNKNOWN_IDEA);
}

static void refuses_ballots_on_what_does_not_compete(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    static const enum err expected[] = {
        [RELATION_EXPAND] = OK,
        [RELATION_COUNTER] = ERR_NOT_ALLOWED_NOW,
        [RELATION_ADAPT] = OK,
        [RELATION_EXPLORE] = ERR_NOT_ALLOWED_NOW,
    };

    expect_ok(history_post(&h, AUTHOR));
    for (uint32_t i = RELATION_EXPAND; i < RELATIONS; i++) {
        expect_ok(history_reply(&h, AUTHOR, (enum relation)i, 1));
        expect_err(history_vote(&h, JUDGE, i + 1, CHOICE_AGREE), expected[i]);
    }
}

static void staff_do_not_judge(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_refused_on(&h, CMD_VOTE, STAFF, 1, ERR_FORBIDDEN);
    expect_refused_on(&h, CMD_VOTE, LEAD, 1, ERR_FORBIDDEN);
    expect_refused_on(&h, CMD_SERVE, STAFF, 1, ERR_FORBIDDEN);
}

static void the_system_does_not_judge(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_refused_on(&h, CMD_VOTE, 0, 1, ERR_UNKNOWN_PERSON);
    expect_refused_on(&h, CMD_UNVOTE, 0, 1, ERR_UNKNOWN_PERSON);
    expect_refused_on(&h, CMD_SERVE, 0, 1, ERR_UNKNOWN_PERSON);
    expect_refused_on(&h, CMD_SKIP, 0, 1, ERR_UNKNOWN_PERSON);
}

static void with_staff_ballots(struct definition *definition)
{
    definition->staff_ballots_count = true;
}

static void a_board_may_count_the_ballots_of_staff(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, with_staff_ballots);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_serve(&h, STAFF, 1));
    expect_ok(history_vote(&h, STAFF, 1, CHOICE_AGREE));
    expect_tally(&h, 1, 1, 0, 0);
}

static void with_two_votes(struct definition *definition)
{
    definition->rounds[0].votes_per_person = 2;
}

static void a_budget_of_votes_counts_ideas_not_changes(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, with_two_votes);

    for (int i = 0; i < 3; i++) {
        expect_ok(history_post(&h, AUTHOR));
    }
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, JUDGE, 2, CHOICE_AGREE));
    expect_refused_on(&h, CMD_VOTE, JUDGE, 3, ERR_OVER_BUDGET);
    expect_ok(history_vote(&h, JUDGE, 2, CHOICE_PASS)); /* a change is free */
    expect_ok(history_on(&h, CMD_UNVOTE, JUDGE, 1));
    expect_ok(history_vote(&h, JUDGE, 3, CHOICE_AGREE)); /* what is withdrawn can be spent */
    expect_refused_on(&h, CMD_VOTE, JUDGE, 1, ERR_OVER_BUDGET);
    assert_int_equal(history_who(&h, JUDGE)->votes, 2);
    expect_ok(history_vote(&h, OTHER, 1, CHOICE_AGREE));
}

static void that_is_served(struct definition *definition)
{
    definition->rounds[0].ballots = BALLOTS_SERVED;
}

static void a_served_round_takes_ballots_on_what_was_served(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, that_is_served);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_report(&h, OTHER, 1)); /* something happened, but it was not served */
    expect_refused_on(&h, CMD_VOTE, OTHER, 1, ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_VOTE, JUDGE, 1, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_serve(&h, JUDGE, 1));
    h.now_ms += 600 * 1000 + 1; /* expired: it was served all the same */
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_DISAGREE));
    expect_ok(history_on(&h, CMD_UNVOTE, JUDGE, 1));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_PASS));
    expect_tally(&h, 1, 0, 0, 1);
}

/* How many ideas somebody would be shown at most. */
static uint32_t chosen_for(const struct history *h, uint64_t key)
{
    uint32_t chosen[LIMIT_SERVE_COUNT];

    return serve_choose(h->board, history_who(h, key), h->now_ms, LIMIT_SERVE_COUNT, chosen);
}

static void a_serving_may_be_renewed_and_then_lasts_longer(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_serve(&h, JUDGE, 1));
    h.now_ms += 400 * 1000;
    expect_ok(history_serve(&h, JUDGE, 1));
    assert_int_equal(history_idea(&h, 1)->in_flight, 1); /* one person, once */
    assert_int_equal(history_who(&h, JUDGE)->served, 2);
    h.now_ms += 400 * 1000; /* the first has expired */
    expect_ok(history_post(&h, AUTHOR));
    assert_int_equal(history_idea(&h, 1)->in_flight, 1);
    assert_int_equal(chosen_for(&h, JUDGE), 1); /* the new one, not that */
    h.now_ms += 200 * 1000;
    expect_ok(history_post(&h, AUTHOR));
    assert_int_equal(history_idea(&h, 1)->in_flight, 0);
    assert_int_equal(h.board->servings.count, 0);
}

static void a_serving_exposes_until_it_is_answered(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_serve(&h, JUDGE, 1));
    expect_ok(history_serve(&h, OTHER, 1));
    assert_int_equal(history_idea(&h, 1)->in_flight, 2);
    assert_int_equal(history_who(&h, JUDGE)->served, 1);
    assert_int_equal(chosen_for(&h, JUDGE), 0); /* it is on their screen */
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_PASS));
    assert_int_equal(history_idea(&h, 1)->in_flight, 1);
    expect_refused_on(&h, CMD_SERVE, JUDGE, 1, ERR_NOT_ALLOWED_NOW); /* it is judged */
    expect_ok(history_on(&h, CMD_SKIP, OTHER, 1));
    assert_int_equal(history_idea(&h, 1)->in_flight, 0);
    expect_ok(history_serve(&h, OTHER, 1)); /* "later" has come */
    assert_int_equal(history_idea(&h, 1)->in_flight, 1);
    assert_int_equal(history_who(&h, OTHER)->served, 2);
}

static void a_serving_expires_after_the_rounds_time(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_serve(&h, JUDGE, 1));
    h.now_ms += 600 * 1000 - 1;
    expect_ok(history_post(&h, AUTHOR));
    assert_int_equal(history_idea(&h, 1)->in_flight, 1);
    assert_int_equal(chosen_for(&h, JUDGE), 1); /* the other idea */
    h.now_ms += 1;
    assert_int_equal(chosen_for(&h, JUDGE), 2); /* before any entry says what time it is */
    expect_ok(history_post(&h, AUTHOR));
    assert_int_equal(history_idea(&h, 1)->in_flight, 0);
    assert_int_equal(h.board->servings.count, 0);
    assert_int_equal(person_ballot(history_who(&h, JUDGE), 1)->served, 1);
    expect_ok(history_serve(&h, JUDGE, 1));
    assert_int_equal(history_idea(&h, 1)->in_flight, 1);
}

static void an_answered_serving_does_not_end_the_next(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_serve(&h, JUDGE, 1));
    expect_ok(history_on(&h, CMD_SKIP, JUDGE, 1));
    h.now_ms += 300 * 1000;
    expect_ok(history_serve(&h, JUDGE, 1));
    h.now_ms += 300 * 1000; /* the first would expire now, the second is half way */
    expect_ok(history_post(&h, AUTHOR));
    assert_int_equal(history_idea(&h, 1)->in_flight, 1);
    h.now_ms += 300 * 1000;
    expect_ok(history_post(&h, AUTHOR));
    assert_int_equal(history_idea(&h, 1)->in_flight, 0);
}

static void that_serves_for_90_seconds(struct definition *definition)
{
    definition->rounds[0].serving_s = 90;
}

static void the_time_is_the_rounds_own(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, that_serves_for_90_seconds);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_serve(&h, JUDGE, 1));
    h.now_ms += 90 * 1000;
    expect_ok(history_post(&h, AUTHOR));
    assert_int_equal(history_idea(&h, 1)->in_flight, 0);
}

static void many_servings_expire_in_their_order(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    for (uint32_t i = 1; i <= 30; i++) {
        expect_ok(history_post(&h, AUTHOR));
    }
    for (uint32_t i = 1; i <= 90; i++) {
        uint64_t who = i % 3 == 0 ? JUDGE : (i % 3 == 1 ? OTHER : THIRD);

        h.now_ms += 60 * 1000;
        expect_ok(history_serve(&h, who, (i - 1) / 3 + 1));
        assert_int_equal(h.board->servings.count, i < 10 ? i : 10);
    }
    assert_true(h.board->servings.room <= 64); /* those that expired make room */
    h.now_ms += 600 * 1000;
    expect_ok(history_post(&h, AUTHOR));
    assert_int_equal(h.board->servings.count, 0);
    for (uint32_t i = 1; i <= 30; i++) {
        assert_int_equal(history_idea(&h, i)->in_flight, 0);
    }
}

static void serves_several_ideas_at_once_but_none_twice(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    for (int i = 0; i < 3; i++) {
        expect_ok(history_post(&h, AUTHOR));
    }
    struct command twice = history_command(&h, CMD_SERVE, JUDGE);
    struct command none = history_command(&h, CMD_SERVE, JUDGE);
    struct command fine = history_command(&h, CMD_SERVE, JUDGE);

    twice.ideas_count = 3;
    twice.ideas[0] = twice.ideas[2] = 1;
    twice.ideas[1] = 2;
    expect_refusal(&h, &twice, ERR_PARAMS);
    expect_refusal(&h, &none, ERR_PARAMS);
    fine.ideas_count = 2;
    fine.ideas[0] = 3;
    fine.ideas[1] = 1;
    expect_ok(history_add(&h, &fine).err);
    assert_int_equal(history_idea(&h, 1)->in_flight, 1);
    assert_int_equal(history_idea(&h, 2)->in_flight, 0);
    assert_int_equal(history_idea(&h, 3)->in_flight, 1);
    assert_int_equal(history_who(&h, JUDGE)->served, 2);
}

static void refuses_a_serving_over_the_cap(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    for (uint32_t i = 1; i <= SERVE_CAP + 1; i++) {
        expect_ok(history_post(&h, AUTHOR));
    }
    for (uint32_t i = 1; i < SERVE_CAP; i++) {
        expect_ok(history_serve(&h, JUDGE, i));
    }
    struct command two = history_command(&h, CMD_SERVE, JUDGE); /* from two tabs, say */

    two.ideas_count = 2;
    two.ideas[0] = SERVE_CAP;
    two.ideas[1] = SERVE_CAP + 1;
    expect_refusal(&h, &two, ERR_OVER_BUDGET);
    expect_ok(history_serve(&h, JUDGE, SERVE_CAP));
    expect_refused_on(&h, CMD_SERVE, JUDGE, SERVE_CAP + 1, ERR_OVER_BUDGET);
}

static void skips_only_what_was_served_and_is_not_judged(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_refused_on(&h, CMD_SKIP, JUDGE, 1, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_serve(&h, JUDGE, 1));
    expect_ok(history_on(&h, CMD_SKIP, JUDGE, 1));
    assert_int_equal(h.board->ballots, 0); /* later is no ballot */
    assert_int_equal(h.effects.tally, 0);
    assert_int_equal(history_idea(&h, 1)->judged, 0);
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_PASS));
    expect_refused_on(&h, CMD_SKIP, JUDGE, 1, ERR_NOT_ALLOWED_NOW);
}

/* The mean of live scores follows when the ballots have grown by one eighth. */
static void refreshes_the_mean_by_eighths(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    uint64_t at = 0;

    for (uint32_t i = 1; i <= 60; i++) {
        expect_ok(history_post(&h, AUTHOR));
    }
    for (uint32_t i = 1; i <= 60; i++) {
        bool due = 8 * (i - at) >= at;

        expect_ok(history_vote(&h, JUDGE, i, CHOICE_AGREE));
        assert_int_equal(h.effects.refreshed, due);
        at = due ? i : at;
        assert_int_equal(h.board->pool.judged, at);
        assert_int_equal(h.board->pool.agree, at);
        assert_int_equal(h.board->pool_version == h.board->version, due);
    }
    assert_true(at < 60); /* some were not due */
}

static void a_changed_or_withdrawn_ballot_refreshes_nothing(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    assert_true(h.effects.refreshed);
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_PASS));
    assert_false(h.effects.refreshed);
    expect_ok(history_on(&h, CMD_UNVOTE, JUDGE, 1));
    assert_false(h.effects.refreshed);
    assert_int_equal(h.board->pool.judged, 1);
    assert_int_equal(h.board->sums.judged, 0);
}

static void what_is_left_out_takes_nothing_else_of_a_serving_with_it(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    const struct omission omission = {.seeds = true};
    history_start(&h, that_is_served);
    struct command seed = history_command(&h, CMD_POST, STAFF);

    seed.seed = true;
    expect_ok(history_add(&h, &seed).err);
    expect_ok(history_post(&h, AUTHOR));
    struct command both = history_choice(&h, JUDGE, 2);

    assert_int_equal(both.ideas_count, 2);
    expect_ok(history_add(&h, &both).err);
    expect_ok(history_vote(&h, JUDGE, 2, CHOICE_AGREE));
    AUTO(board) struct board *without = history_replay_without(&h, &omission);

    assert_int_equal(board_idea(without, 2)->tally.agree, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_each_choice),
        cmocka_unit_test(the_latest_ballot_of_a_person_stands),
        cmocka_unit_test(a_ballot_can_be_withdrawn_and_given_again),
        cmocka_unit_test(refuses_a_ballot_on_ones_own_idea),
        cmocka_unit_test(a_board_may_count_ballots_on_own_ideas),
        cmocka_unit_test(refuses_ballots_on_what_is_not_there),
        cmocka_unit_test(refuses_ballots_on_what_does_not_compete),
        cmocka_unit_test(staff_do_not_judge),
        cmocka_unit_test(the_system_does_not_judge),
        cmocka_unit_test(a_board_may_count_the_ballots_of_staff),
        cmocka_unit_test(a_budget_of_votes_counts_ideas_not_changes),
        cmocka_unit_test(a_served_round_takes_ballots_on_what_was_served),
        cmocka_unit_test(a_serving_may_be_renewed_and_then_lasts_longer),
        cmocka_unit_test(a_serving_exposes_until_it_is_answered),
        cmocka_unit_test(a_serving_expires_after_the_rounds_time),
        cmocka_unit_test(an_answered_serving_does_not_end_the_next),
        cmocka_unit_test(the_time_is_the_rounds_own),
        cmocka_unit_test(many_servings_expire_in_their_order),
        cmocka_unit_test(serves_several_ideas_at_once_but_none_twice),
        cmocka_unit_test(refuses_a_serving_over_the_cap),
        cmocka_unit_test(skips_only_what_was_served_and_is_not_judged),
        cmocka_unit_test(what_is_left_out_takes_nothing_else_of_a_serving_with_it),
        cmocka_unit_test(refreshes_the_mean_by_eighths),
        cmocka_unit_test(a_changed_or_withdrawn_ballot_refreshes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
