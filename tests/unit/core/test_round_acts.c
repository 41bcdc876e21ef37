/* Goal: rounds follow each other as the lead says or the schedule, each closing the one before
   by its published rule, and a step back gives everything back. */
#include "support/expect.h"

#include "core/round.h"
#include "core/serve.h"

enum {
    MINUTE_MS = 60000
};

/* Three rounds: two keep the best two of those that two people judged; then a final. */
static void in_three_rounds(struct definition *definition)
{
    definition->rounds_count = 3;
    for (int i = 0; i < 3; i++) {
        round_definition_init(&definition->rounds[i]);
        definition->rounds[i].rule =
            (struct rule){.keep = KEEP_TOP, .top = 2, .min_judges = 2, .carry_over = true};
    }
    definition->rounds[2].final = true;
    definition->rounds[2].rule = (struct rule){.min_judges = 1};
}

static void start_with_ideas(struct history *h, void (*define)(struct definition *),
                             uint32_t ideas)
{
    history_start(h, define);
    for (uint32_t i = 0; i < ideas; i++) {
        expect_ok(history_post(h, AUTHOR));
    }
}

static void judge(struct history *h, uint32_t idea, enum choice first, enum choice second)
{
    expect_ok(history_vote(h, JUDGE, idea, first));
    expect_ok(history_vote(h, OTHER, idea, second));
}

static const struct round *state_of(const struct history *h, uint32_t round)
{
    return &h->board->rounds[round - 1];
}

static void expect_outcome(const struct history *h, uint32_t idea, enum outcome outcome,
                           enum ground ground)
{
    assert_int_equal(history_idea(h, idea)->outcome, outcome);
    assert_int_equal(history_idea(h, idea)->ground, ground);
}

static void expect_round_refusal(struct history *h, enum command_kind kind, uint64_t person,
                                 uint32_t round, enum err expected)
{
    struct command command = history_round_command(h, kind, person, round);

    command.minutes = 2;
    expect_refusal(h, &command, expected);
}

static void only_a_lead_turns_rounds(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 1);
    static const enum command_kind kinds[] = {CMD_OPEN,   CMD_PAUSE,  CMD_CLOSE,  CMD_REOPEN,
                                              CMD_REVEAL, CMD_EXTEND, CMD_REVISE, CMD_PREVIEW};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        uint32_t round = kinds[i] == CMD_OPEN || kinds[i] == CMD_REVISE ? 2 : 1;

        expect_round_refusal(&h, kinds[i], AUTHOR, round, ERR_FORBIDDEN);
        expect_round_refusal(&h, kinds[i], STAFF, round, ERR_FORBIDDEN);
        expect_round_refusal(&h, kinds[i], LEAD, 0, ERR_PARAMS);
        expect_round_refusal(&h, kinds[i], LEAD, 4, ERR_PARAMS);
    }
}

static void the_system_only_does_what_is_due(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 1);
    static const enum command_kind never[] = {CMD_PAUSE,  CMD_REOPEN, CMD_REVEAL,
                                              CMD_EXTEND, CMD_REVISE, CMD_PREVIEW};

    expect_round_refusal(&h, CMD_OPEN, 0, 2, ERR_NOT_ALLOWED_NOW); /* nothing is scheduled */
    expect_round_refusal(&h, CMD_CLOSE, 0, 1, ERR_NOT_ALLOWED_NOW);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        expect_round_refusal(&h, never[i], 0, 1, ERR_FORBIDDEN);
    }
    expect_ok(history_round(&h, CMD_PAUSE, LEAD, 1));
    expect_round_refusal(&h, CMD_OPEN, 0, 1, ERR_NOT_ALLOWED_NOW);
}

static void that_is_scheduled(struct definition *definition)
{
    in_three_rounds(definition);
    definition->rounds[0].minutes = 10;
    definition->rounds[1].opens_at_ms = UINT64_C(1795428000000) + 20 * MINUTE_MS;
}

static void a_schedule_closes_and_opens_on_time(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, that_is_scheduled, 1);

    assert_int_equal(round_closes_ms(h.board, 1), h.now_ms + 10 * MINUTE_MS);
    assert_int_equal(round_opens_ms(h.board, 2), h.now_ms + 20 * MINUTE_MS);
    h.now_ms += 10 * MINUTE_MS - 1;
    expect_round_refusal(&h, CMD_CLOSE, 0, 1, ERR_NOT_ALLOWED_NOW);
    h.now_ms += 1;
    expect_ok(history_round(&h, CMD_CLOSE, 0, 1));
    assert_false(state_of(&h, 1)->early);
    expect_round_refusal(&h, CMD_CLOSE, 0, 1, ERR_NOT_ALLOWED_NOW); /* done twice */
    expect_round_refusal(&h, CMD_OPEN, 0, 2, ERR_NOT_ALLOWED_NOW);
    h.now_ms += 10 * MINUTE_MS - 1;
    expect_round_refusal(&h, CMD_OPEN, 0, 2, ERR_NOT_ALLOWED_NOW);
    h.now_ms += 1;
    expect_ok(history_round(&h, CMD_OPEN, 0, 2));
    expect_round_refusal(&h, CMD_OPEN, 0, 2, ERR_NOT_ALLOWED_NOW);
    assert_int_equal(h.board->round, 2);
    assert_int_equal(round_opens_ms(h.board, 2), 0);
}

static void opening_closes_the_one_before_and_applies_its_rule(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 4);

    judge(&h, 1, CHOICE_AGREE, CHOICE_AGREE);
    judge(&h, 2, CHOICE_AGREE, CHOICE_DISAGREE);
    judge(&h, 3, CHOICE_DISAGREE, CHOICE_PASS);
    expect_ok(history_open(&h, 2));
    const struct round *first = state_of(&h, 1);
    const struct round_result *result = round_result(h.board, 1);

    assert_int_equal(first->state, ROUND_REVEALED);
    assert_int_equal(first->closed_version, h.board->version);
    assert_int_equal(first->closed_ms, h.now_ms);
    assert_memory_equal(&first->closed_head, &h.board->head, sizeof first->closed_head);
    assert_int_equal(first->changed_version, h.board->version);
    assert_int_equal(h.effects.round, 2);
    assert_true(h.effects.refreshed);
    assert_non_null(result);
    assert_int_equal(result->judges, 2);
    assert_int_equal(result->participants, 3); /* before the act of the lead */
    assert_int_equal(result->selection.count, 4);
    expect_outcome(&h, 1, OUTCOME_PROMOTED, GROUND_RANK);
    expect_outcome(&h, 2, OUTCOME_PROMOTED, GROUND_RANK);
    expect_outcome(&h, 3, OUTCOME_ELIMINATED, GROUND_BELOW_CUT);
    expect_outcome(&h, 4, OUTCOME_CARRIED_OVER, GROUND_TOO_FEW_JUDGES);
    assert_int_equal(history_idea(&h, 1)->candidate, 2);
    assert_int_equal(history_idea(&h, 3)->candidate, 1);
    assert_int_equal(history_idea(&h, 4)->candidate, 2);
    assert_int_equal(state_of(&h, 2)->candidates, 3);
    assert_int_equal(state_of(&h, 2)->opened_version, h.board->version);
    expect_tally(&h, 1, 2, 0, 0); /* standing ballots stand */
    expect_tally(&h, 3, 0, 1, 1); /* as its last round had it */
    assert_null(round_result(h.board, 2));
    assert_null(round_result(h.board, 0));
    assert_null(round_result(h.board, 4));
}

static void rounds_open_in_their_order_and_once(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 2);

    expect_round_refusal(&h, CMD_OPEN, LEAD, 1, ERR_NOT_ALLOWED_NOW); /* it is open */
    expect_round_refusal(&h, CMD_OPEN, LEAD, 3, ERR_NOT_ALLOWED_NOW); /* not the next */
    expect_round_refusal(&h, CMD_REVEAL, LEAD, 1, ERR_NOT_ALLOWED_NOW);
    expect_round_refusal(&h, CMD_REOPEN, LEAD, 1, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_open(&h, 2));
    expect_round_refusal(&h, CMD_OPEN, LEAD, 1, ERR_NOT_ALLOWED_NOW);
    expect_round_refusal(&h, CMD_CLOSE, LEAD, 1, ERR_NOT_ALLOWED_NOW);
    expect_round_refusal(&h, CMD_PAUSE, LEAD, 1, ERR_NOT_ALLOWED_NOW);
    expect_round_refusal(&h, CMD_EXTEND, LEAD, 1, ERR_NOT_ALLOWED_NOW);
    expect_round_refusal(&h, CMD_PREVIEW, LEAD, 1, ERR_NOT_ALLOWED_NOW);
    expect_round_refusal(&h, CMD_DONE, JUDGE, 1, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_close(&h, 2));
    expect_round_refusal(&h, CMD_CLOSE, LEAD, 2, ERR_NOT_ALLOWED_NOW);
    expect_round_refusal(&h, CMD_PAUSE, LEAD, 2, ERR_NOT_ALLOWED_NOW);
    expect_round_refusal(&h, CMD_DONE, JUDGE, 2, ERR_NOT_ALLOWED_NOW);
    h.board->state = BOARD_CLOSED; /* until boards can be closed by an entry */
    expect_round_refusal(&h, CMD_OPEN, LEAD, 3, ERR_NOT_ALLOWED_NOW);
}

static void closing_names_the_published_rule(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 1);
    static const enum command_kind kinds[] = {CMD_CLOSE, CMD_OPEN};

    for (size_t i = 0; i < 2; i++) {
        struct command other = history_round_command(&h, kinds[i], LEAD, 1 + (uint32_t)i);
        struct command none = history_round_command(&h, kinds[i], LEAD, 1 + (uint32_t)i);

        other.rule_hash.bytes[31] ^= 1;
        none.rule_hash = (struct digest){{0}};
        expect_refusal(&h, &other, ERR_CONFLICT);
        expect_refusal(&h, &none, ERR_CONFLICT);
    }
    expect_ok(history_close(&h, 1));
    struct command open = history_round_command(&h, CMD_OPEN, LEAD, 2);

    open.rule_hash = h.board->definition.rounds[0].rule_hash; /* it closes nothing any more */
    expect_refusal(&h, &open, ERR_CONFLICT);
    expect_ok(history_open(&h, 2));
}

static void a_final_needs_finalists(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 0);

    expect_ok(history_open(&h, 2));
    expect_round_refusal(&h, CMD_OPEN, LEAD, 3, ERR_PARAMS);
    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_open(&h, 3)); /* it is carried over */
    assert_int_equal(state_of(&h, 3)->candidates, 1);
    assert_int_equal(history_idea(&h, 1)->candidate, 3);
}

static void a_final_of_a_closed_round_needs_finalists_too(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 1);

    expect_ok(history_open(&h, 2));
    expect_ok(history_hide(&h, STAFF, 1));
    expect_ok(history_close(&h, 2));
    expect_outcome(&h, 1, OUTCOME_EXCLUDED, GROUND_HIDDEN);
    expect_round_refusal(&h, CMD_OPEN, LEAD, 3, ERR_PARAMS);
}

static void a_final_takes_no_posts_and_judges_by_share(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 2);

    expect_ok(history_open(&h, 2));
    expect_ok(history_open(&h, 3));
    expect_ok(history_post(&h, AUTHOR));
    assert_int_equal(history_idea(&h, 3)->candidate, 0);
    expect_refused_on(&h, CMD_VOTE, JUDGE, 3, ERR_NOT_ALLOWED_NOW);
    judge(&h, 2, CHOICE_AGREE, CHOICE_AGREE);
    judge(&h, 1, CHOICE_AGREE, CHOICE_PASS);
    expect_ok(history_close(&h, 3));
    expect_outcome(&h, 2, OUTCOME_WINNER, GROUND_NONE);
    expect_outcome(&h, 1, OUTCOME_FINALIST, GROUND_NONE);
    assert_int_equal(round_result(h.board, 3)->verdict.winner, 2);
    assert_true(round_result(h.board, 3)->final);
}

static void an_adaptation_of_what_is_out_is_a_new_candidate(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 3);

    for (uint32_t i = 1; i <= 3; i++) {
        judge(&h, i, CHOICE_AGREE, i == 3 ? CHOICE_DISAGREE : CHOICE_AGREE);
    }
    expect_ok(history_open(&h, 2));
    expect_outcome(&h, 3, OUTCOME_ELIMINATED, GROUND_BELOW_CUT);
    expect_refused_on(&h, CMD_VOTE, THIRD, 3, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_reply(&h, THIRD, RELATION_ADAPT, 3));
    assert_int_equal(history_idea(&h, 4)->candidate, 2);
    expect_ok(history_vote(&h, JUDGE, 4, CHOICE_AGREE));
}

/* An op begun that many milliseconds before the clock of the log. */
static struct command begun(struct history *h, enum command_kind kind, uint64_t before_ms)
{
    struct command command = history_command(h, kind, OTHER);

    command.idea = kind == CMD_VOTE ? 1 : 0;
    command.op.high = (h->now_ms - before_ms) << 16;
    return command;
}

static void a_post_begun_before_the_end_is_taken_for_thirty_seconds(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 1);

    expect_ok(history_close(&h, 1));
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};

    dump_result(&before, round_result(h.board, 1));
    h.now_ms += LIMIT_POST_GRACE_MS;
    struct command same = begun(&h, CMD_POST, LIMIT_POST_GRACE_MS); /* as it closed */
    struct command last = begun(&h, CMD_POST, LIMIT_POST_GRACE_MS + 1);
    struct command by_system = history_command(&h, CMD_POST, 0); /* it begins nothing */

    expect_refusal(&h, &same, ERR_NOT_ALLOWED_NOW);
    expect_refusal(&h, &by_system, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_add(&h, &last).err);
    assert_int_equal(history_idea(&h, 2)->candidate, 0);
    assert_int_equal(history_who(&h, OTHER)->posts, 1);
    h.now_ms += 1;
    struct command late = begun(&h, CMD_POST, LIMIT_POST_GRACE_MS + 2);

    expect_err(history_add(&h, &late).err, ERR_NOT_ALLOWED_NOW); /* a check has no clock */
    dump_result(&after, round_result(h.board, 1));
    assert_string_equal(before.bytes, after.bytes);
    expect_ok(history_open(&h, 2));
    assert_int_equal(history_idea(&h, 2)->candidate, 2);
}

static void that_post_then_vote(struct definition *definition)
{
    in_three_rounds(definition);
    definition->rounds[0].allows = ALLOW_POST;
    definition->rounds[1].allows = ALLOW_VOTE;
    definition->rounds[2].allows = ALLOW_VOTE;
}

static void a_post_in_time_is_a_candidate_of_the_open_round_unless_a_final(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, that_post_then_vote, 1);

    expect_ok(history_open(&h, 2));
    h.now_ms += 1000;
    struct command root = begun(&h, CMD_POST, 1001);
    struct command reply = begun(&h, CMD_POST, 1001);

    reply.relation = RELATION_EXPAND;
    reply.parent = 1;
    expect_refusal(&h, &reply, ERR_NOT_ALLOWED_NOW); /* the round before took no replies */
    expect_ok(history_add(&h, &root).err);
    assert_int_equal(history_idea(&h, 2)->candidate, 2);
    expect_ok(history_open(&h, 3));
    struct command late = begun(&h, CMD_POST, 1);

    expect_refusal(&h, &late, ERR_NOT_ALLOWED_NOW); /* nor did this one */
}

static void a_ballot_begun_before_the_end_is_late_and_another_impossible(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 3);

    for (uint32_t i = 1; i <= 3; i++) {
        judge(&h, i, CHOICE_AGREE, i == 1 ? CHOICE_DISAGREE : CHOICE_AGREE);
    }
    expect_ok(history_close(&h, 1));
    h.now_ms += 5000;
    struct command late = begun(&h, CMD_VOTE, 5001);
    struct command impossible = begun(&h, CMD_VOTE, 5000);

    expect_refusal(&h, &late, ERR_TOO_LATE);
    expect_refusal(&h, &impossible, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_open(&h, 2));
    struct command still = begun(&h, CMD_VOTE, 5001); /* 1 is out */
    struct command after = begun(&h, CMD_VOTE, 1);
    struct command fine = begun(&h, CMD_VOTE, 5001);

    expect_refusal(&h, &still, ERR_TOO_LATE);
    expect_refusal(&h, &after, ERR_NOT_ALLOWED_NOW);
    fine.idea = 2; /* the open round takes it */
    expect_ok(history_add(&h, &fine).err);
    expect_ok(history_open(&h, 3));
    struct command much_later = begun(&h, CMD_VOTE, 5001); /* two rounds ago */

    expect_refusal(&h, &much_later, ERR_NOT_ALLOWED_NOW);
}

static void of_which_the_second_is_served(struct definition *definition)
{
    in_three_rounds(definition);
    definition->rounds[1].ballots = BALLOTS_SERVED;
}

static void a_ballot_begun_for_the_round_before_is_late_in_a_served_one(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, of_which_the_second_is_served, 1);

    expect_ok(history_open(&h, 2));
    h.now_ms += 10;
    struct command late = begun(&h, CMD_VOTE, 11);
    struct command impossible = begun(&h, CMD_VOTE, 1);

    expect_refusal(&h, &impossible, ERR_NOT_ALLOWED_NOW);
    expect_refusal(&h, &late, ERR_TOO_LATE);
}

static void with_budgets(struct definition *definition)
{
    in_three_rounds(definition);
    for (int i = 0; i < 3; i++) {
        definition->rounds[i].posts_per_person = 2;
        definition->rounds[i].votes_per_person = 2;
    }
}

static void budgets_begin_anew_with_each_round(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, with_budgets, 2);

    judge(&h, 1, CHOICE_AGREE, CHOICE_AGREE);
    judge(&h, 2, CHOICE_AGREE, CHOICE_AGREE);
    expect_ok(history_serve(&h, THIRD, 1));
    expect_refused_on(&h, CMD_POST, AUTHOR, 0, ERR_OVER_BUDGET);
    expect_ok(history_open(&h, 2));
    assert_int_equal(history_who(&h, AUTHOR)->posts, 0);
    assert_int_equal(history_who(&h, JUDGE)->votes, 0);
    assert_int_equal(history_who(&h, THIRD)->served, 0);
    assert_int_equal(history_idea(&h, 1)->in_flight, 0);
    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_post(&h, AUTHOR));
    expect_refused_on(&h, CMD_POST, AUTHOR, 0, ERR_OVER_BUDGET);
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE)); /* given again, it is of this round */
    expect_ok(history_vote(&h, JUDGE, 2, CHOICE_PASS));
    expect_refused_on(&h, CMD_VOTE, JUDGE, 3, ERR_OVER_BUDGET);
    expect_tally(&h, 1, 2, 0, 0);
}

static void of_which_the_last_is_fresh(struct definition *definition)
{
    in_three_rounds(definition);
    definition->rounds[2].counts = COUNTS_FRESH;
}

static void a_fresh_round_counts_what_was_cast_in_it(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, of_which_the_last_is_fresh, 1);

    judge(&h, 1, CHOICE_AGREE, CHOICE_DISAGREE);
    expect_ok(history_open(&h, 2));
    expect_tally(&h, 1, 1, 1, 0);
    expect_ok(history_open(&h, 3));
    expect_tally(&h, 1, 0, 0, 0);
    assert_int_equal(h.board->ballots, 2); /* they stand all the same */
    expect_ok(history_serve(&h, JUDGE, 1));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE)); /* the same choice included */
    expect_tally(&h, 1, 1, 0, 0);
    expect_ok(history_on(&h, CMD_UNVOTE, OTHER, 1));
    expect_tally(&h, 1, 1, 0, 0);
}

static void a_served_round_counts_what_was_served(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, of_which_the_second_is_served, 1);

    expect_ok(history_serve(&h, JUDGE, 1));
    judge(&h, 1, CHOICE_AGREE, CHOICE_DISAGREE);
    expect_ok(history_open(&h, 2));
    expect_tally(&h, 1, 1, 0, 0);
    expect_ok(history_serve(&h, OTHER, 1)); /* the ballot that stands counts from now on */
    assert_int_equal(h.effects.tally, 1);
    expect_tally(&h, 1, 1, 1, 0);
    assert_int_equal(history_idea(&h, 1)->in_flight, 0);
    expect_refused_on(&h, CMD_SERVE, OTHER, 1, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_open(&h, 3)); /* any ballot counts again */
    expect_tally(&h, 1, 1, 1, 0);
}

static void a_pause_stops_everything_and_the_clock(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, that_is_scheduled, 1);
    uint64_t closes_at = state_of(&h, 1)->closes_at_ms;

    h.now_ms += MINUTE_MS;
    expect_ok(history_round(&h, CMD_PAUSE, LEAD, 1));
    assert_int_equal(state_of(&h, 1)->state, ROUND_PAUSED);
    expect_round_refusal(&h, CMD_PAUSE, LEAD, 1, ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_POST, AUTHOR, 0, ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_VOTE, JUDGE, 1, ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_SERVE, JUDGE, 1, ERR_NOT_ALLOWED_NOW);
    expect_round_refusal(&h, CMD_DONE, JUDGE, 1, ERR_NOT_ALLOWED_NOW);
    assert_int_equal(round_closes_ms(h.board, 1), 0);
    h.now_ms += 30 * MINUTE_MS;
    expect_round_refusal(&h, CMD_CLOSE, 0, 1, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_open(&h, 1));
    assert_int_equal(state_of(&h, 1)->state, ROUND_OPEN);
    assert_int_equal(state_of(&h, 1)->closes_at_ms, closes_at + 30 * MINUTE_MS);
    assert_int_equal(state_of(&h, 1)->scheduled_ms, closes_at + 30 * MINUTE_MS);
    assert_int_equal(state_of(&h, 1)->reopenings, 0);
    expect_ok(history_round(&h, CMD_PAUSE, LEAD, 1));
    h.now_ms += MINUTE_MS;
    expect_ok(history_round(&h, CMD_REOPEN, LEAD, 1)); /* the same, by another name */
    assert_int_equal(state_of(&h, 1)->closes_at_ms, closes_at + 31 * MINUTE_MS);
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
}

static void a_lead_adds_minutes(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, that_is_scheduled, 1);
    uint64_t closes_at = state_of(&h, 1)->closes_at_ms;
    struct command none = history_round_command(&h, CMD_EXTEND, LEAD, 1);
    struct command many = history_round_command(&h, CMD_EXTEND, LEAD, 1);

    many.minutes = LIMIT_ROUND_MINUTES + 1;
    expect_refusal(&h, &none, ERR_PARAMS);
    expect_refusal(&h, &many, ERR_PARAMS);
    expect_ok(history_extend(&h, 1, 2));
    assert_int_equal(state_of(&h, 1)->closes_at_ms, closes_at + 2 * MINUTE_MS);
    assert_int_equal(state_of(&h, 1)->scheduled_ms, closes_at);
    assert_int_equal(state_of(&h, 1)->extended, 2);
    h.now_ms = closes_at + 5 * MINUTE_MS; /* nobody closed it: from now on */
    expect_ok(history_extend(&h, 1, 1));
    assert_int_equal(state_of(&h, 1)->closes_at_ms, closes_at + 6 * MINUTE_MS);
    expect_ok(history_close(&h, 1));
    assert_true(state_of(&h, 1)->early);
    expect_round_refusal(&h, CMD_EXTEND, LEAD, 1, ERR_NOT_ALLOWED_NOW);
}

static void that_the_lead_reveals(struct definition *definition)
{
    in_three_rounds(definition);
    definition->rounds[0].reveal = REVEAL_BY_LEAD;
}

static void a_result_waits_for_the_lead(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, that_the_lead_reveals, 1);

    expect_ok(history_close(&h, 1));
    assert_int_equal(state_of(&h, 1)->state, ROUND_CLOSED);
    expect_ok(history_round(&h, CMD_REVEAL, LEAD, 1));
    assert_int_equal(h.effects.round, 1);
    assert_int_equal(state_of(&h, 1)->state, ROUND_REVEALED);
    expect_round_refusal(&h, CMD_REVEAL, LEAD, 1, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_round(&h, CMD_REOPEN, LEAD, 1));
    expect_ok(history_close(&h, 1));
    assert_int_equal(state_of(&h, 1)->state, ROUND_CLOSED);
    expect_ok(history_open(&h, 2)); /* the next begins: everybody may know */
    assert_int_equal(state_of(&h, 1)->state, ROUND_REVEALED);
}

static void previews_are_counted_and_change_nothing_else(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 1);
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};

    dump_counts(&before, h.board);
    expect_ok(history_round(&h, CMD_PREVIEW, LEAD, 1));
    expect_ok(history_round(&h, CMD_PREVIEW, LEAD, 1));
    dump_counts(&after, h.board);
    assert_int_equal(state_of(&h, 1)->previews, 2);
    assert_string_equal(before.bytes, after.bytes);
    assert_null(round_result(h.board, 1));
}

static void what_lies_ahead_can_be_revised(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 1);
    struct round_definition round;
    struct command none = history_round_command(&h, CMD_REVISE, LEAD, 2);

    round_definition_init(&round);
    round.rule = (struct rule){.keep = KEEP_SHARE, .ppm = 500000, .min_judges = 3};
    expect_round_refusal(&h, CMD_REVISE, LEAD, 1, ERR_NOT_ALLOWED_NOW);
    command_finish(&none);
    expect_err(board_check(h.board, &none), ERR_PARAMS);
    round.rule.quotas[0] = (struct quota){.theme = 1, .at_least = 1};
    round.rule.quotas_count = 1;
    expect_err(history_revise(&h, 2, &round), ERR_PARAMS); /* the board has no themes */
    round.rule.quotas_count = 0;
    round.rule.quotas[0] = (struct quota){0, 0};
    expect_ok(history_revise(&h, 2, &round));
    assert_int_equal(h.effects.round, 2);
    assert_int_equal(h.board->definition.rounds[1].rule.keep, KEEP_SHARE);
    expect_ok(history_open(&h, 2));
    expect_round_refusal(&h, CMD_REVISE, LEAD, 2, ERR_NOT_ALLOWED_NOW);
}

/* Everything but what says that it happened. */
static void dump_without_round(struct buf *to, const struct history *h)
{
    dump_counts(to, h->board);
    for (size_t i = 0; i < h->board->ideas_count; i++) {
        const struct idea *idea = &h->board->ideas[i];

        buf_printf(to, " %u:%u/%d/%d", idea->number, idea->candidate, (int)idea->outcome,
                   (int)idea->ground);
    }
    for (size_t i = 0; i < h->board->people_count; i++) {
        const struct person *person = &h->board->people[i];

        buf_printf(to, " %u+%u+%u", person->posts, person->votes, person->served);
    }
}

static void a_step_back_gives_everything_back(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, of_which_the_last_is_fresh, 4);

    for (uint32_t i = 1; i <= 3; i++) {
        judge(&h, i, CHOICE_AGREE, i == 3 ? CHOICE_DISAGREE : CHOICE_AGREE);
    }
    expect_ok(history_open(&h, 2));
    expect_ok(history_vote(&h, THIRD, 1, CHOICE_PASS));
    expect_ok(history_serve(&h, THIRD, 2));
    h.now_ms += 3600 * 1000; /* a step back ends servings */
    expect_ok(history_post(&h, OTHER));
    AUTO_BUF before = {0};
    AUTO_BUF closed = {0};
    AUTO_BUF stepped = {0};

    dump_without_round(&before, &h);
    expect_ok(history_close(&h, 2));
    expect_ok(history_round(&h, CMD_REOPEN, LEAD, 2));
    dump_without_round(&closed, &h);
    assert_string_equal(before.bytes, closed.bytes);
    assert_int_equal(state_of(&h, 2)->state, ROUND_OPEN);
    assert_int_equal(state_of(&h, 2)->closed_version, 0);
    assert_null(round_result(h.board, 2));
    expect_ok(history_open(&h, 3));
    expect_tally(&h, 1, 0, 0, 0);
    expect_ok(history_serve(&h, THIRD, 2));
    expect_round_refusal(&h, CMD_REOPEN, LEAD, 1, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_round(&h, CMD_REOPEN, LEAD, 2));
    dump_without_round(&stepped, &h);
    assert_string_equal(before.bytes, stepped.bytes);
    assert_int_equal(h.board->round, 2);
    assert_int_equal(state_of(&h, 2)->reopenings, 2);
    assert_int_equal(state_of(&h, 3)->state, ROUND_PLANNED);
    assert_int_equal(state_of(&h, 3)->opened_version, 0);
    expect_ok(history_open(&h, 3));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_round_refusal(&h, CMD_REOPEN, LEAD, 2, ERR_NOT_ALLOWED_NOW); /* it has a ballot */
}

/* What a round makes of a whole its parts share, also where they are taken apart before the
   next one is opened again: nobody hid them. */
static void a_step_back_leaves_parts_what_the_round_before_made_of_them(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 3);

    judge(&h, 1, CHOICE_AGREE, CHOICE_AGREE);
    judge(&h, 3, CHOICE_AGREE, CHOICE_DISAGREE);
    expect_ok(history_merge(&h, 1, 2));
    expect_ok(history_open(&h, 2));
    expect_ok(history_on(&h, CMD_WITHDRAW, AUTHOR, 1));
    expect_outcome(&h, 2, OUTCOME_PROMOTED, GROUND_RANK);
    expect_ok(history_close(&h, 2));
    expect_outcome(&h, 2, OUTCOME_CARRIED_OVER, GROUND_TOO_FEW_JUDGES);
    expect_ok(history_round(&h, CMD_REOPEN, LEAD, 2));
    expect_outcome(&h, 2, OUTCOME_PROMOTED, GROUND_RANK);
    expect_outcome(&h, 1, OUTCOME_PROMOTED, GROUND_RANK);
}

static void a_round_past_its_time_is_reopened_without_one(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, that_is_scheduled, 1);
    uint64_t closes_at = state_of(&h, 1)->closes_at_ms;

    expect_ok(history_close(&h, 1));
    assert_true(state_of(&h, 1)->early);
    expect_ok(history_round(&h, CMD_REOPEN, LEAD, 1));
    assert_false(state_of(&h, 1)->early);
    assert_int_equal(state_of(&h, 1)->closes_at_ms, closes_at);
    h.now_ms = closes_at;
    expect_ok(history_close(&h, 1));
    expect_ok(history_round(&h, CMD_REOPEN, LEAD, 1));
    assert_int_equal(state_of(&h, 1)->closes_at_ms, 0);
}

/* It was accepted for this round's sake, and no other takes it. */
static void what_was_posted_after_the_end_is_in_the_reopened_round(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 1);

    expect_ok(history_close(&h, 1));
    h.now_ms += 1000;
    struct command post = begun(&h, CMD_POST, 1001);

    expect_ok(history_add(&h, &post).err);
    expect_ok(history_round(&h, CMD_REOPEN, LEAD, 1));
    assert_int_equal(history_idea(&h, 2)->candidate, 1);
    expect_ok(history_vote(&h, JUDGE, 2, CHOICE_AGREE));
    expect_ok(history_open(&h, 2));
    assert_int_equal(history_idea(&h, 2)->candidate, 2);
}

static void of_which_the_second_takes_counters(struct definition *definition)
{
    in_three_rounds(definition);
    definition->rounds[0].rule.keep = KEEP_ALL;
    definition->rounds[1].compete = 1u << RELATION_IDEA | 1u << RELATION_COUNTER;
}

static void a_step_back_takes_no_kind_that_the_round_has_not(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, of_which_the_second_takes_counters, 1);

    expect_ok(history_reply(&h, JUDGE, RELATION_COUNTER, 1));
    expect_ok(history_open(&h, 2));
    assert_int_equal(history_idea(&h, 2)->candidate, 2);
    expect_ok(history_reply(&h, JUDGE, RELATION_COUNTER, 1));
    expect_ok(history_round(&h, CMD_REOPEN, LEAD, 1));
    assert_int_equal(history_idea(&h, 1)->candidate, 1);
    assert_int_equal(history_idea(&h, 2)->candidate, 0);
    assert_int_equal(history_idea(&h, 3)->candidate, 0);
}

static void an_idea_hidden_at_the_end_keeps_that_outcome_through_a_step_back(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 2);

    expect_ok(history_hide(&h, STAFF, 1));
    expect_ok(history_open(&h, 2));
    expect_outcome(&h, 1, OUTCOME_EXCLUDED, GROUND_HIDDEN);
    assert_int_equal(history_idea(&h, 1)->candidate, 2); /* if it is restored */
    expect_ok(history_close(&h, 2));
    expect_ok(history_round(&h, CMD_REOPEN, LEAD, 2));
    expect_outcome(&h, 1, OUTCOME_EXCLUDED, GROUND_HIDDEN);
}

static void people_who_are_done_are_counted_once(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 1);

    expect_round_refusal(&h, CMD_DONE, 0, 1, ERR_UNKNOWN_PERSON);
    expect_round_refusal(&h, CMD_DONE, JUDGE, 0, ERR_NOT_ALLOWED_NOW);
    expect_round_refusal(&h, CMD_DONE, JUDGE, 2, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_round(&h, CMD_DONE, JUDGE, 1));
    expect_ok(history_round(&h, CMD_DONE, JUDGE, 1));
    expect_ok(history_round(&h, CMD_DONE, OTHER, 1));
    assert_int_equal(state_of(&h, 1)->done, 2);
    expect_ok(history_open(&h, 2));
    assert_int_equal(state_of(&h, 2)->done, 0);
    expect_ok(history_round(&h, CMD_DONE, JUDGE, 2));
    assert_int_equal(state_of(&h, 2)->done, 1);
}

static void people_who_are_done_are_counted_once_after_a_step_back(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 1);

    expect_ok(history_open(&h, 2));
    expect_ok(history_round(&h, CMD_DONE, JUDGE, 2));
    expect_ok(history_round(&h, CMD_REOPEN, LEAD, 1));
    expect_ok(history_open(&h, 2));
    expect_ok(history_round(&h, CMD_DONE, JUDGE, 2));
    assert_int_equal(state_of(&h, 2)->done, 1);
}

static void expect_order(const struct history *h, const uint32_t *ideas, size_t count)
{
    struct selection selection = {0};

    round_candidates(h->board, &selection);
    round_order(h->board, &selection);
    assert_int_equal(selection.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(selection.items[i].idea, ideas[i]);
    }
    selection_finish(&selection);
}

static void the_live_order_is_the_rounds_own(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, in_three_rounds, 3);
    static const uint32_t shrunk[] = {2, 1, 3};
    static const uint32_t plain[] = {1, 2, 3};

    judge(&h, 2, CHOICE_AGREE, CHOICE_AGREE);
    expect_ok(history_vote(&h, THIRD, 2, CHOICE_AGREE));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, JUDGE, 3, CHOICE_DISAGREE));
    expect_order(&h, shrunk, 3);
    expect_ok(history_open(&h, 2));
    expect_ok(history_open(&h, 3));
    expect_ok(history_role(&h, 0x77, ROLE_PARTICIPANT));
    expect_ok(history_vote(&h, 0x77, 2, CHOICE_DISAGREE));
    expect_order(&h, plain, 3);
}

static void that_is_a_draft(struct definition *definition)
{
    in_three_rounds(definition);
    definition->draft = true;
}

static void that_is_a_scheduled_draft(struct definition *definition)
{
    that_is_a_draft(definition);
    definition->rounds[0].opens_at_ms = 1; /* long ago */
}

static void a_draft_waits_for_a_lead_whatever_its_schedule(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, that_is_a_scheduled_draft);

    expect_round_refusal(&h, CMD_OPEN, 0, 1, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_round(&h, CMD_OPEN, LEAD, 1));
}

static void a_draft_begins_with_its_first_round(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, that_is_a_draft);
    uint32_t chosen[LIMIT_SERVE_COUNT];

    assert_int_equal(h.board->state, BOARD_DRAFT);
    assert_int_equal(h.board->round, 0);
    expect_refused_on(&h, CMD_POST, AUTHOR, 0, ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_SERVE, AUTHOR, 1, ERR_NOT_ALLOWED_NOW);
    expect_round_refusal(&h, CMD_REOPEN, LEAD, 1, ERR_NOT_ALLOWED_NOW);
    expect_round_refusal(&h, CMD_CLOSE, LEAD, 1, ERR_NOT_ALLOWED_NOW);
    assert_int_equal(serve_choose(h.board, history_who(&h, JUDGE), h.now_ms, 10, chosen), 0);
    expect_round_refusal(&h, CMD_OPEN, LEAD, 2, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_open(&h, 1));
    assert_int_equal(h.board->state, BOARD_OPEN);
    assert_int_equal(state_of(&h, 1)->opened_version, h.board->version);
    expect_ok(history_post(&h, AUTHOR));
    assert_int_equal(history_idea(&h, 1)->candidate, 1);
}

static void that_opens_later(struct definition *definition)
{
    definition->rounds[0].opens_at_ms = UINT64_C(1795428000000) + MINUTE_MS;
    definition->rounds[0].closes_at_ms = UINT64_C(1795428000000) + 2 * MINUTE_MS;
}

static void a_first_round_may_open_by_its_schedule(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, that_opens_later);

    assert_int_equal(h.board->round, 0);
    expect_round_refusal(&h, CMD_OPEN, 0, 1, ERR_NOT_ALLOWED_NOW);
    h.now_ms += MINUTE_MS;
    expect_ok(history_round(&h, CMD_OPEN, 0, 1));
    assert_int_equal(round_closes_ms(h.board, 1), h.now_ms + MINUTE_MS);
    assert_int_equal(state_of(&h, 1)->scheduled_ms, h.now_ms + MINUTE_MS);
}

static void with_groups_and_a_final(struct definition *definition)
{
    in_three_rounds(definition);
    definition->groups_count = 2;
    memcpy(definition->groups[0], "Nord", sizeof "Nord");
    memcpy(definition->groups[1], "Sud", sizeof "Sud");
}

static void groups_speak_of_the_winner(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start_with_ideas(&h, with_groups_and_a_final, 1);
    static const uint32_t both[] = {1, 2};
    static const uint32_t wrong[] = {1, 3};

    expect_err(history_declare(&h, JUDGE, 2, wrong), ERR_PARAMS);
    expect_err(history_declare(&h, 0, 2, both), ERR_UNKNOWN_PERSON);
    expect_ok(history_declare(&h, JUDGE, 2, both));
    expect_err(history_declare(&h, JUDGE, 1, both), ERR_NOT_ALLOWED_NOW); /* once */
    expect_ok(history_declare(&h, OTHER, 1, both + 1));
    expect_ok(history_declare(&h, THIRD, 0, NULL));
    assert_int_equal(history_who(&h, JUDGE)->groups, 3);
    expect_ok(history_open(&h, 2));
    expect_ok(history_open(&h, 3));
    judge(&h, 1, CHOICE_AGREE, CHOICE_DISAGREE);
    expect_ok(history_vote(&h, THIRD, 1, CHOICE_AGREE));
    expect_ok(history_close(&h, 3));
    const struct round_result *result = round_result(h.board, 3);

    assert_int_equal(result->groups_count, 2);
    assert_int_equal(result->groups[0].judged, 1);
    assert_int_equal(result->groups[0].agree, 1);
    assert_int_equal(result->groups[1].judged, 2);
    assert_int_equal(result->groups[1].agree, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_a_lead_turns_rounds),
        cmocka_unit_test(the_system_only_does_what_is_due),
        cmocka_unit_test(a_schedule_closes_and_opens_on_time),
        cmocka_unit_test(opening_closes_the_one_before_and_applies_its_rule),
        cmocka_unit_test(rounds_open_in_their_order_and_once),
        cmocka_unit_test(closing_names_the_published_rule),
        cmocka_unit_test(a_final_needs_finalists),
        cmocka_unit_test(a_final_of_a_closed_round_needs_finalists_too),
        cmocka_unit_test(a_final_takes_no_posts_and_judges_by_share),
        cmocka_unit_test(an_adaptation_of_what_is_out_is_a_new_candidate),
        cmocka_unit_test(a_post_begun_before_the_end_is_taken_for_thirty_seconds),
        cmocka_unit_test(a_post_in_time_is_a_candidate_of_the_open_round_unless_a_final),
        cmocka_unit_test(a_ballot_begun_before_the_end_is_late_and_another_impossible),
        cmocka_unit_test(a_ballot_begun_for_the_round_before_is_late_in_a_served_one),
        cmocka_unit_test(budgets_begin_anew_with_each_round),
        cmocka_unit_test(a_fresh_round_counts_what_was_cast_in_it),
        cmocka_unit_test(a_served_round_counts_what_was_served),
        cmocka_unit_test(a_pause_stops_everything_and_the_clock),
        cmocka_unit_test(a_lead_adds_minutes),
        cmocka_unit_test(a_result_waits_for_the_lead),
        cmocka_unit_test(previews_are_counted_and_change_nothing_else),
        cmocka_unit_test(what_lies_ahead_can_be_revised),
        cmocka_unit_test(a_step_back_gives_everything_back),
        cmocka_unit_test(a_step_back_leaves_parts_what_the_round_before_made_of_them),
        cmocka_unit_test(a_round_past_its_time_is_reopened_without_one),
        cmocka_unit_test(what_was_posted_after_the_end_is_in_the_reopened_round),
        cmocka_unit_test(a_step_back_takes_no_kind_that_the_round_has_not),
        cmocka_unit_test(an_idea_hidden_at_the_end_keeps_that_outcome_through_a_step_back),
        cmocka_unit_test(people_who_are_done_are_counted_once),
        cmocka_unit_test(people_who_are_done_are_counted_once_after_a_step_back),
        cmocka_unit_test(the_live_order_is_the_rounds_own),
        cmocka_unit_test(a_draft_waits_for_a_lead_whatever_its_schedule),
        cmocka_unit_test(a_draft_begins_with_its_first_round),
        cmocka_unit_test(a_first_round_may_open_by_its_schedule),
        cmocka_unit_test(groups_speak_of_the_winner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
