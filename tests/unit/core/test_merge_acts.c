/* Goal: ideas that say the same are judged as one, each person once, and come apart again as
   they were. */
#include "support/expect.h"

#include "core/round.h"
#include "core/serve.h"

/* Two rounds: the best one of each goes on. */
static void in_two_rounds(struct definition *definition)
{
    definition->rounds_count = 2;
    round_definition_init(&definition->rounds[1]);
    definition->rounds[0].rule = (struct rule){.keep = KEEP_TOP, .top = 1};
    definition->rounds[1].rule = (struct rule){.keep = KEEP_TOP, .top = 1};
}

static void with_a_fresh_final(struct definition *definition)
{
    in_two_rounds(definition);
    definition->rounds[1].final = true;
    definition->rounds[1].counts = COUNTS_FRESH;
}

/* Ideas 1 to 3 by AUTHOR, OTHER and nobody. */
static void start(struct history *h, void (*define)(struct definition *))
{
    history_start(h, define);
    expect_ok(history_post(h, AUTHOR));
    expect_ok(history_post(h, OTHER));
    expect_ok(history_post(h, 0));
}

static void expect_same_sums(const struct history *h)
{
    struct pool sums = {0, 0};

    for (size_t i = 0; i < h->board->ideas_count; i++) {
        const struct idea *idea = &h->board->ideas[i];

        sums.agree += board_competes(h->board, idea) ? idea->tally.agree : 0;
        sums.judged += board_competes(h->board, idea) ? tally_judged(&idea->tally) : 0;
    }
    assert_int_equal(h->board->sums.agree, sums.agree);
    assert_int_equal(h->board->sums.judged, sums.judged);
}

static void expect_merge_refusal(struct history *h, uint64_t person, uint32_t into,
                                 uint32_t idea, enum err expected)
{
    struct command command = history_command(h, CMD_MERGE, person);

    command.idea = into;
    command.ideas[command.ideas_count++] = idea;
    expect_refusal(h, &command, expected);
}

static void expect_union(const struct history *h, const uint32_t *ideas, size_t count,
                         struct tally expected)
{
    struct tally tally = board_union(h->board, ideas, count);

    assert_memory_equal(&tally, &expected, sizeof tally);
}

/* Each person once, by what they said last, and not who wrote any of them. */
static void the_tally_of_a_merge_is_known_before_it(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h, NULL);
    static const uint32_t both[] = {1, 3};
    static const uint32_t all[] = {2, 1};

    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, THIRD, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, JUDGE, 3, CHOICE_DISAGREE));
    expect_ok(history_vote(&h, AUTHOR, 3, CHOICE_AGREE));
    expect_ok(history_vote(&h, OTHER, 3, CHOICE_PASS));
    expect_union(&h, both, 1, (struct tally){2, 0, 0});
    expect_union(&h, both, 2, (struct tally){1, 1, 1});
    expect_union(&h, both, 0, (struct tally){0, 0, 0});
    expect_ok(history_merge(&h, 1, 3));
    expect_tally(&h, 1, 1, 1, 1);
    expect_union(&h, both, 1, (struct tally){1, 1, 1}); /* with its parts */
    expect_union(&h, all, 2, (struct tally){1, 1, 0});  /* OTHER wrote the second */
    expect_ok(history_merge(&h, 2, 1));
    expect_tally(&h, 2, 1, 1, 0);
}

static void only_staff_merge_what_can_be_merged(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h, NULL);
    struct command none = history_command(&h, CMD_MERGE, STAFF);
    struct command many = history_command(&h, CMD_MERGE, STAFF);
    struct command twice = history_command(&h, CMD_MERGE, STAFF);

    none.idea = many.idea = twice.idea = 1;
    many.ideas_count = LIMIT_MERGE_COUNT + 1;
    twice.ideas_count = 2;
    twice.ideas[0] = twice.ideas[1] = 2;
    expect_refusal(&h, &none, ERR_PARAMS);
    expect_refusal(&h, &many, ERR_PARAMS);
    expect_refusal(&h, &twice, ERR_PARAMS);
    expect_merge_refusal(&h, JUDGE, 1, 2, ERR_FORBIDDEN);
    expect_merge_refusal(&h, STAFF, 1, 1, ERR_CONFLICT);
    expect_merge_refusal(&h, STAFF, 1, 9, ERR_UNKNOWN_IDEA);
    expect_merge_refusal(&h, STAFF, 9, 1, ERR_UNKNOWN_IDEA);
    expect_ok(history_reply(&h, JUDGE, RELATION_COUNTER, 1));
    expect_merge_refusal(&h, STAFF, 1, 4, ERR_NOT_ALLOWED_NOW); /* it is not in the round */
    expect_ok(history_hide(&h, STAFF, 2));
    expect_merge_refusal(&h, STAFF, 1, 2, ERR_UNKNOWN_IDEA);
    expect_merge_refusal(&h, STAFF, 2, 1, ERR_UNKNOWN_IDEA);
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 2));
    expect_ok(history_merge(&h, 1, 2));
    expect_merge_refusal(&h, STAFF, 1, 2, ERR_CONFLICT);
    expect_merge_refusal(&h, STAFF, 2, 3, ERR_UNKNOWN_IDEA); /* into what has gone */
    expect_refused_on(&h, CMD_UNMERGE, JUDGE, 2, ERR_FORBIDDEN);
    expect_refused_on(&h, CMD_UNMERGE, STAFF, 9, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_UNMERGE, STAFF, 1, ERR_CONFLICT);
    expect_refused_on(&h, CMD_HIDE, STAFF, 2, ERR_CONFLICT);
    expect_refused_on(&h, CMD_RESTORE, STAFF, 2, ERR_CONFLICT);
    expect_refused_on(&h, CMD_REPORT, JUDGE, 2, ERR_UNKNOWN_IDEA);
}

static void each_person_counts_once_and_the_latest_stands(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h, NULL);

    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, JUDGE, 3, CHOICE_DISAGREE)); /* the later */
    expect_ok(history_vote(&h, THIRD, 3, CHOICE_AGREE));
    expect_ok(history_vote(&h, THIRD, 1, CHOICE_PASS)); /* the later */
    expect_ok(history_merge(&h, 1, 3));
    assert_true(h.effects.refreshed);
    expect_tally(&h, 1, 0, 1, 1);
    assert_int_equal(h.board->ballots, 4);
    assert_int_equal(h.board->merged, 1);
    expect_same_sums(&h);
    expect_ok(history_vote(&h, JUDGE, 3, CHOICE_AGREE)); /* from a screen that is behind */
    expect_tally(&h, 1, 1, 0, 1);
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_PASS));
    expect_tally(&h, 1, 0, 0, 2);
    expect_ok(history_on(&h, CMD_UNVOTE, JUDGE, 1)); /* nothing said before takes its place */
    expect_tally(&h, 1, 0, 0, 1);
    expect_refused_on(&h, CMD_UNVOTE, JUDGE, 1, ERR_CONFLICT);
    expect_same_sums(&h);
    expect_ok(history_unmerge(&h, 3));
    expect_tally(&h, 1, 0, 0, 1);
    expect_tally(&h, 3, 1, 0, 0);
    expect_same_sums(&h);
}

static void the_authors_of_its_parts_are_no_judges(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h, NULL);

    expect_ok(history_vote(&h, AUTHOR, 2, CHOICE_AGREE));
    expect_ok(history_vote(&h, OTHER, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, JUDGE, 2, CHOICE_PASS));
    expect_ok(history_merge(&h, 1, 2));
    expect_tally(&h, 1, 0, 0, 1);
    expect_refused_on(&h, CMD_VOTE, OTHER, 1, ERR_OWN_IDEA);
    expect_refused_on(&h, CMD_VOTE, AUTHOR, 2, ERR_OWN_IDEA);
    expect_refused_on(&h, CMD_SERVE, OTHER, 1, ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_SERVE, JUDGE, 1, ERR_NOT_ALLOWED_NOW); /* judged, as 2 */
    expect_refused_on(&h, CMD_SERVE, THIRD, 2, ERR_NOT_ALLOWED_NOW); /* 1 stands for it */
    expect_ok(history_serve(&h, THIRD, 1));
    expect_ok(history_unmerge(&h, 2));
    expect_tally(&h, 1, 1, 0, 0);
    expect_tally(&h, 2, 1, 0, 1);
}

static void that_is_served(struct definition *definition)
{
    in_two_rounds(definition);
    definition->rounds[0].ballots = BALLOTS_SERVED;
}

static void served_once_is_served_for_all_parts(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h, that_is_served);

    expect_ok(history_serve(&h, JUDGE, 3));
    expect_ok(history_merge(&h, 1, 3));
    expect_refused_on(&h, CMD_VOTE, THIRD, 1, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_tally(&h, 1, 1, 0, 0);
    expect_refused_on(&h, CMD_SKIP, JUDGE, 3, ERR_NOT_ALLOWED_NOW);
}

static void ideas_come_apart_in_the_same_round_only(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h, in_two_rounds);

    expect_ok(history_merge(&h, 1, 2));
    expect_ok(history_close(&h, 1));
    expect_refused_on(&h, CMD_UNMERGE, STAFF, 2, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_round(&h, CMD_REOPEN, LEAD, 1));
    expect_ok(history_unmerge(&h, 2));
    expect_ok(history_merge(&h, 1, 2));
    expect_ok(history_open(&h, 2));
    expect_refused_on(&h, CMD_UNMERGE, STAFF, 2, ERR_NOT_ALLOWED_NOW);
}

static void parts_of_parts_come_apart_one_by_one(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h, NULL);
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};

    for (uint32_t i = 1; i <= 3; i++) {
        expect_ok(history_vote(&h, JUDGE, i, (enum choice)i));
    }
    dump_counts(&before, h.board);
    expect_ok(history_merge(&h, 2, 3));
    expect_ok(history_merge(&h, 1, 2));
    expect_tally(&h, 1, 0, 0, 1);
    expect_ok(history_unmerge(&h, 2)); /* with what is part of it */
    expect_tally(&h, 1, 1, 0, 0);
    expect_tally(&h, 2, 0, 0, 1);
    expect_ok(history_merge(&h, 1, 2));
    expect_ok(history_unmerge(&h, 3)); /* out of the middle */
    expect_tally(&h, 1, 0, 1, 0);
    expect_ok(history_unmerge(&h, 2));
    dump_counts(&after, h.board);
    assert_string_equal(before.bytes, after.bytes);
    assert_int_equal(h.board->merged, 0);
}

static void a_withdrawn_survivor_gives_its_parts_back(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h, NULL);

    expect_ok(history_vote(&h, JUDGE, 2, CHOICE_AGREE));
    expect_ok(history_vote(&h, JUDGE, 3, CHOICE_PASS));
    expect_ok(history_merge(&h, 1, 2));
    expect_ok(history_merge(&h, 1, 3));
    expect_ok(history_on(&h, CMD_WITHDRAW, AUTHOR, 1));
    assert_int_equal(history_idea(&h, 1)->state, IDEA_WITHDRAWN);
    assert_int_equal(history_idea(&h, 2)->state, IDEA_SHOWN);
    assert_int_equal(history_idea(&h, 3)->state, IDEA_SHOWN);
    expect_tally(&h, 2, 1, 0, 0);
    expect_tally(&h, 3, 0, 0, 1);
    expect_same_sums(&h);
}

/* Merging set the complaint aside; now somebody is to look at it again. */
static void a_part_that_was_reported_waits_again(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h, NULL);

    expect_ok(history_report(&h, JUDGE, 2));
    expect_ok(history_merge(&h, 1, 2));
    assert_int_equal(history_idea(&h, 2)->waiting_ms, 0);
    h.now_ms += 5000;
    expect_ok(history_on(&h, CMD_WITHDRAW, AUTHOR, 1));
    assert_int_equal(history_idea(&h, 2)->state, IDEA_SHOWN);
    assert_int_equal(history_idea(&h, 2)->reports, 1);
    assert_int_equal(history_idea(&h, 2)->waiting_ms, h.now_ms);
}

static void a_withdrawn_part_leaves(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h, NULL);

    expect_ok(history_vote(&h, JUDGE, 2, CHOICE_AGREE));
    expect_ok(history_merge(&h, 1, 2));
    expect_tally(&h, 1, 1, 0, 0);
    expect_ok(history_on(&h, CMD_WITHDRAW, OTHER, 2));
    expect_tally(&h, 1, 0, 0, 0);
    assert_int_equal(history_idea(&h, 2)->state, IDEA_WITHDRAWN);
    assert_int_equal(history_idea(&h, 2)->merged_into, 0);
    expect_same_sums(&h);
}

/* Its tally leaves the pool once, whatever happens to its parts meanwhile. */
static void a_hidden_survivor_counts_for_nothing(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h, NULL);
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};

    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, THIRD, 2, CHOICE_AGREE));
    expect_ok(history_vote(&h, JUDGE, 3, CHOICE_AGREE));
    dump_counts(&before, h.board);
    expect_ok(history_merge(&h, 1, 2));
    expect_ok(history_hide(&h, STAFF, 1));
    expect_same_sums(&h);
    expect_refused_on(&h, CMD_VOTE, JUDGE, 2, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_unmerge(&h, 2));
    expect_same_sums(&h);
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 1));
    dump_counts(&after, h.board);
    assert_string_equal(before.bytes, after.bytes);
}

static void hiding_and_restoring_a_survivor_is_identity(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h, NULL);
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};

    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, THIRD, 2, CHOICE_DISAGREE));
    expect_ok(history_merge(&h, 1, 2));
    dump_counts(&before, h.board);
    expect_ok(history_hide(&h, STAFF, 1));
    assert_int_equal(h.board->sums.judged, 0);
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 1));
    dump_counts(&after, h.board);
    assert_string_equal(before.bytes, after.bytes);
}

/* Tallies of a round that is over stand as it closed: fresh ballots of the next round or none.
 */
static void merging_what_is_out_counts_nothing_anew(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h, with_a_fresh_final);

    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_DISAGREE));
    expect_ok(history_vote(&h, JUDGE, 2, CHOICE_DISAGREE));
    expect_ok(history_vote(&h, JUDGE, 3, CHOICE_AGREE));
    expect_ok(history_open(&h, 2));
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};

    dump_counts(&before, h.board);
    expect_ok(history_merge(&h, 1, 2));
    expect_same_sums(&h);
    expect_tally(&h, 1, 0, 1, 0);
    expect_ok(history_unmerge(&h, 2));
    dump_counts(&after, h.board);
    assert_string_equal(before.bytes, after.bytes);
}

/* What became part of an eliminated idea is out with it. */
static void parts_share_what_their_survivor_becomes(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h, with_a_fresh_final);

    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_DISAGREE));
    expect_ok(history_vote(&h, JUDGE, 3, CHOICE_AGREE));
    expect_ok(history_merge(&h, 1, 2));
    expect_ok(history_open(&h, 2));
    assert_int_equal(history_idea(&h, 1)->outcome, OUTCOME_ELIMINATED);
    expect_ok(history_on(&h, CMD_WITHDRAW, AUTHOR, 1));
    assert_false(
        board_competes(h.board, history_idea(&h, 2))); /* no finalist by the back door */
    expect_refused_on(&h, CMD_VOTE, JUDGE, 2, ERR_NOT_ALLOWED_NOW);
}

/* Being shown an idea again is no later word about it. */
static void a_serving_does_not_make_a_ballot_later(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h, with_a_fresh_final);

    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, JUDGE, 3, CHOICE_DISAGREE)); /* the later */
    expect_ok(history_vote(&h, OTHER, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, THIRD, 1, CHOICE_AGREE));
    expect_ok(history_merge(&h, 1, 3));
    expect_tally(&h, 1, 2, 1, 0);
    expect_ok(history_open(&h, 2));
    expect_ok(history_serve(&h, JUDGE, 1));
    expect_ok(history_round(&h, CMD_REOPEN, LEAD, 1));
    expect_tally(&h, 1, 2, 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tally_of_a_merge_is_known_before_it),
        cmocka_unit_test(only_staff_merge_what_can_be_merged),
        cmocka_unit_test(each_person_counts_once_and_the_latest_stands),
        cmocka_unit_test(the_authors_of_its_parts_are_no_judges),
        cmocka_unit_test(served_once_is_served_for_all_parts),
        cmocka_unit_test(ideas_come_apart_in_the_same_round_only),
        cmocka_unit_test(parts_of_parts_come_apart_one_by_one),
        cmocka_unit_test(a_withdrawn_survivor_gives_its_parts_back),
        cmocka_unit_test(a_part_that_was_reported_waits_again),
        cmocka_unit_test(a_withdrawn_part_leaves),
        cmocka_unit_test(a_hidden_survivor_counts_for_nothing),
        cmocka_unit_test(hiding_and_restoring_a_survivor_is_identity),
        cmocka_unit_test(merging_what_is_out_counts_nothing_anew),
        cmocka_unit_test(parts_share_what_their_survivor_becomes),
        cmocka_unit_test(a_serving_does_not_make_a_ballot_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
