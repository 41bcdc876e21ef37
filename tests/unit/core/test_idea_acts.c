/* Goal: ideas are posted, built upon, edited, withdrawn, reported, hidden and restored by those
   who may, and what hangs on them stays right. */
#include "support/expect.h"

static void gives_numbers_in_the_order_of_posting(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command command = history_command(&h, CMD_POST, AUTHOR);
    struct command kept = command;

    memcpy(command.lang, "en", sizeof "en");
    expect_ok(history_add(&h, &command).err);
    expect_ok(history_post(&h, JUDGE));
    const struct idea *idea = history_idea(&h, 1);

    assert_int_equal(idea->number, 1);
    assert_int_equal(idea->author, 1);
    assert_int_equal(idea->root, 1);
    assert_int_equal(idea->depth, 0);
    assert_int_equal(idea->relation, RELATION_IDEA);
    assert_int_equal(idea->state, IDEA_SHOWN);
    assert_string_equal(idea->lang, "en");
    assert_int_equal(idea->at_ms, h.now_ms);
    assert_int_equal(idea->created_version, h.board->version - 1);
    assert_int_equal(idea->changed_version, h.board->version - 1);
    assert_memory_equal(&idea->text, &kept.text.ref, sizeof idea->text);
    assert_memory_equal(&idea->op, &kept.op, sizeof idea->op);
    assert_int_equal(history_idea(&h, 2)->author, 2);
    assert_int_equal(history_who(&h, AUTHOR)->own_count, 1);
    assert_int_equal(history_who(&h, AUTHOR)->own[0], 1);
    assert_int_equal(h.effects.ideas_count, 1);
    assert_int_equal(h.effects.ideas[0], 2);
}

static void a_post_by_the_system_has_no_author(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, 0));
    assert_int_equal(history_idea(&h, 1)->author, 0);
    assert_int_equal(h.effects.person, 0);
    expect_ok(history_vote(&h, AUTHOR, 1, CHOICE_AGREE));
}

static void refuses_a_text_of_the_wrong_length(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    static const struct {
        uint32_t length;
        enum err err;
    } cases[] = {{0, ERR_EMPTY}, {4, ERR_TOO_SHORT}, {5, OK}, {280, OK}, {281, ERR_TOO_LONG}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct command command = history_command(&h, CMD_POST, AUTHOR);

        command.text.length = cases[i].length;
        if (cases[i].err) {
            expect_refusal(&h, &command, cases[i].err);
        } else {
            expect_ok(history_add(&h, &command).err);
        }
    }
    struct command none = history_command(&h, CMD_POST, AUTHOR);

    none.text = (struct text_use){0};
    expect_refusal(&h, &none, ERR_EMPTY);
}

static void with_themes(struct definition *definition)
{
    definition->themes_count = 2;
    memcpy(definition->themes[0], "Eau", sizeof "Eau");
    memcpy(definition->themes[1], "Sol", sizeof "Sol");
}

static void takes_only_themes_of_the_board(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, with_themes);
    struct command last = history_command(&h, CMD_POST, AUTHOR);
    struct command beyond = history_command(&h, CMD_POST, AUTHOR);

    last.theme = 2;
    expect_ok(history_add(&h, &last).err);
    assert_int_equal(history_idea(&h, 1)->theme, 2);
    beyond.theme = 3;
    expect_refusal(&h, &beyond, ERR_PARAMS);
}

static void only_staff_put_in_seeds(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command by_staff = history_command(&h, CMD_POST, STAFF);
    struct command by_person = history_command(&h, CMD_POST, AUTHOR);

    by_staff.seed = by_person.seed = true;
    expect_refusal(&h, &by_person, ERR_FORBIDDEN);
    expect_ok(history_add(&h, &by_staff).err);
    assert_true(history_idea(&h, 1)->seed);
}

static void with_two_posts(struct definition *definition)
{
    definition->rounds[0].posts_per_person = 2;
}

static void refuses_posts_over_the_budget(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, with_two_posts);
    struct command root = history_command(&h, CMD_POST, AUTHOR);
    struct command reply = history_command(&h, CMD_POST, AUTHOR);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_reply(&h, AUTHOR, RELATION_EXPAND, 1));
    assert_int_equal(history_who(&h, AUTHOR)->posts, 2);
    expect_refusal(&h, &root, ERR_OVER_BUDGET);
    reply.relation = RELATION_COUNTER;
    reply.parent = 1;
    expect_refusal(&h, &reply, ERR_OVER_BUDGET);
    expect_ok(history_post(&h, JUDGE));
    for (int i = 0; i < 3; i++) {
        expect_ok(history_post(&h, 0)); /* the system has no budget */
    }
}

static void that_only_builds(struct definition *definition)
{
    definition->rounds[0].allows = ALLOW_BUILD;
}

static void that_only_takes_posts(struct definition *definition)
{
    definition->rounds[0].allows = ALLOW_POST;
}

static void a_round_may_refuse_posts(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, that_only_builds);

    expect_refused_on(&h, CMD_POST, AUTHOR, 0, ERR_NOT_ALLOWED_NOW);
}

static void a_round_may_refuse_replies_and_ballots(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, that_only_takes_posts);
    struct command reply = history_command(&h, CMD_POST, JUDGE);

    expect_ok(history_post(&h, AUTHOR));
    reply.relation = RELATION_EXPAND;
    reply.parent = 1;
    expect_refusal(&h, &reply, ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_VOTE, JUDGE, 1, ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_SERVE, JUDGE, 1, ERR_NOT_ALLOWED_NOW);
}

static void a_reply_hangs_below_its_parent(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_post(&h, OTHER));
    expect_ok(history_reply(&h, JUDGE, RELATION_COUNTER, 2));
    expect_ok(history_reply(&h, AUTHOR, RELATION_EXPLORE, 3));
    const struct idea *idea = history_idea(&h, 4);

    assert_int_equal(idea->parent, 3);
    assert_int_equal(idea->relation, RELATION_EXPLORE);
    assert_int_equal(idea->root, 2);
    assert_int_equal(idea->depth, 2);
    assert_int_equal(history_idea(&h, 1)->replies, 0);
    assert_int_equal(history_idea(&h, 2)->replies, 1); /* direct ones */
    assert_int_equal(history_idea(&h, 3)->replies, 1);
    assert_int_equal(history_idea(&h, 3)->changed_version, h.board->version);
    assert_int_equal(history_idea(&h, 2)->changed_version, h.board->version - 1);
    assert_int_equal(h.effects.ideas_count, 2);
    assert_int_equal(h.effects.ideas[0], 4);
    assert_int_equal(h.effects.ideas[1], 3);
}

static struct command crossing(struct history *h, uint32_t parent, uint32_t with)
{
    struct command command = history_command(h, CMD_POST, JUDGE);

    command.relation = RELATION_ADAPT;
    command.parent = parent;
    command.with = with;
    return command;
}

static void a_crossing_shows_under_both_of_its_ideas(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_post(&h, OTHER));
    struct command command = crossing(&h, 2, 1);

    expect_ok(history_add(&h, &command).err);
    const struct idea *idea = history_idea(&h, 3);

    assert_int_equal(idea->parent, 2);
    assert_int_equal(idea->with, 1);
    assert_int_equal(idea->root, 2); /* root and depth follow the first */
    assert_int_equal(idea->depth, 1);
    assert_int_equal(history_idea(&h, 1)->replies, 1);
    assert_int_equal(history_idea(&h, 2)->replies, 1);
    assert_int_equal(h.effects.ideas_count, 3);
    expect_ok(history_hide(&h, STAFF, 3));
    assert_int_equal(history_idea(&h, 1)->replies, 0);
    assert_int_equal(history_idea(&h, 2)->replies, 0);
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 3));
    assert_int_equal(history_idea(&h, 1)->replies, 1);
    assert_int_equal(history_idea(&h, 2)->replies, 1);
}

static void refuses_a_crossing_with_nothing_or_with_its_parent(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_post(&h, OTHER));
    struct command itself = crossing(&h, 1, 1);
    struct command unknown = crossing(&h, 1, 3); /* the number it would get */
    struct command hidden = crossing(&h, 1, 2);

    expect_refusal(&h, &itself, ERR_UNKNOWN_IDEA);
    expect_refusal(&h, &unknown, ERR_UNKNOWN_IDEA);
    expect_ok(history_hide(&h, STAFF, 2));
    expect_refusal(&h, &hidden, ERR_UNKNOWN_IDEA);
}

static void refuses_a_reply_to_what_cannot_be_read(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    struct command unknown = crossing(&h, 2, 0);
    struct command none = crossing(&h, 0, 0);
    struct command hidden = crossing(&h, 1, 0);
    struct command withdrawn = crossing(&h, 1, 0);

    expect_refusal(&h, &unknown, ERR_UNKNOWN_IDEA);
    expect_refusal(&h, &none, ERR_UNKNOWN_IDEA);
    expect_ok(history_hide(&h, STAFF, 1));
    expect_refusal(&h, &hidden, ERR_UNKNOWN_IDEA);
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 1));
    expect_ok(history_on(&h, CMD_WITHDRAW, AUTHOR, 1));
    expect_refusal(&h, &withdrawn, ERR_UNKNOWN_IDEA);
}

static void refuses_a_root_that_names_a_parent(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    struct command parent = history_command(&h, CMD_POST, JUDGE);
    struct command with = history_command(&h, CMD_POST, JUDGE);

    parent.parent = 1;
    with.with = 1;
    expect_refusal(&h, &parent, ERR_PARAMS);
    expect_refusal(&h, &with, ERR_PARAMS);
}

static void a_chain_ends_at_its_greatest_depth(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    for (uint32_t depth = 1; depth <= LIMIT_DEPTH; depth++) {
        expect_ok(history_reply(&h, JUDGE, RELATION_EXPAND, depth));
    }
    assert_int_equal(history_idea(&h, LIMIT_DEPTH + 1)->depth, LIMIT_DEPTH);
    struct command deeper = crossing(&h, LIMIT_DEPTH + 1, 0);

    expect_refusal(&h, &deeper, ERR_FULL);
}

static void refuses_an_idea_more_than_a_board_holds(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command command = history_command(&h, CMD_POST, AUTHOR);

    h.board->ideas_count = LIMIT_IDEAS; /* as if: the check reads no idea */
    expect_err(board_check(h.board, &command), ERR_FULL);
    h.board->ideas_count = LIMIT_IDEAS - 1;
    expect_ok(board_check(h.board, &command));
    h.board->ideas_count = 0;
}

static void an_author_edits_until_someone_else_has_judged(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct ref old;

    expect_ok(history_post(&h, AUTHOR));
    old = history_idea(&h, 1)->text;
    struct command edit = history_command(&h, CMD_EDIT, AUTHOR);
    struct ref text = edit.text.ref;

    edit.idea = 1;
    expect_ok(history_add(&h, &edit).err);
    assert_memory_equal(&history_idea(&h, 1)->text, &text, sizeof text);
    assert_int_equal(h.effects.dropped_count, 1);
    assert_memory_equal(&h.effects.dropped[0], &old, sizeof old);
    assert_int_equal(history_idea(&h, 1)->changed_version, h.board->version);
    assert_int_equal(h.effects.ideas_count, 1);
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_PASS));
    assert_true(history_idea(&h, 1)->judged);
    expect_refused_on(&h, CMD_EDIT, AUTHOR, 1, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_on(&h, CMD_UNVOTE, JUDGE, 1)); /* it has been judged all the same */
    expect_refused_on(&h, CMD_EDIT, AUTHOR, 1, ERR_NOT_ALLOWED_NOW);
}

static void with_own_ballots(struct definition *definition)
{
    definition->own_ballots_count = true;
}

static void ones_own_ballot_does_not_fix_the_text(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, with_own_ballots);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_vote(&h, AUTHOR, 1, CHOICE_AGREE));
    expect_tally(&h, 1, 1, 0, 0);
    expect_ok(history_on(&h, CMD_EDIT, AUTHOR, 1));
}

static void an_edit_keeps_to_the_lengths(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command edit = history_command(&h, CMD_EDIT, AUTHOR);

    expect_ok(history_post(&h, AUTHOR));
    edit.idea = 1;
    edit.text.length = 281;
    expect_refusal(&h, &edit, ERR_TOO_LONG);
}

static void nobody_else_edits_or_withdraws(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    static const enum command_kind kinds[] = {CMD_EDIT, CMD_WITHDRAW};

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_hide(&h, STAFF, 2));
    for (size_t i = 0; i < 2; i++) {
        expect_refused_on(&h, kinds[i], JUDGE, 1, ERR_FORBIDDEN);
        expect_refused_on(&h, kinds[i], LEAD, 1, ERR_FORBIDDEN);
        expect_refused_on(&h, kinds[i], 0, 1, ERR_FORBIDDEN);
        /* What the caller may not see does not exist. */
        expect_refused_on(&h, kinds[i], JUDGE, 2, ERR_UNKNOWN_IDEA);
        expect_refused_on(&h, kinds[i], AUTHOR, 3, ERR_UNKNOWN_IDEA);
        expect_refused_on(&h, kinds[i], AUTHOR, 0, ERR_UNKNOWN_IDEA);
    }
}

static void a_closed_board_takes_nothing(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_serve(&h, JUDGE, 1));
    h.board->state = BOARD_CLOSED; /* until boards can be closed by an entry */
    expect_refused_on(&h, CMD_POST, AUTHOR, 0, ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_EDIT, AUTHOR, 1, ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_WITHDRAW, AUTHOR, 1, ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_VOTE, JUDGE, 1, ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_SKIP, JUDGE, 1, ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_SERVE, OTHER, 1, ERR_NOT_ALLOWED_NOW);
}

static void a_withdrawn_idea_is_gone_for_good(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_reply(&h, OTHER, RELATION_EXPAND, 1));
    expect_ok(history_vote(&h, JUDGE, 2, CHOICE_AGREE));
    struct ref text = history_idea(&h, 2)->text;

    expect_ok(history_on(&h, CMD_WITHDRAW, OTHER, 2));
    assert_int_equal(h.effects.dropped_count, 1);
    assert_memory_equal(&h.effects.dropped[0], &text, sizeof text);
    assert_true(h.effects.refreshed);
    assert_int_equal(history_idea(&h, 2)->state, IDEA_WITHDRAWN);
    assert_int_equal(history_idea(&h, 1)->replies, 0);
    assert_int_equal(h.board->sums.judged, 0);
    expect_refused_on(&h, CMD_WITHDRAW, OTHER, 2, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_EDIT, OTHER, 2, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_HIDE, STAFF, 2, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_RESTORE, STAFF, 2, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_REPORT, JUDGE, 2, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_VOTE, JUDGE, 2, ERR_NOT_ALLOWED_NOW);
}

static void hiding_keeps_ballots_and_restoring_gives_all_back(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_post(&h, OTHER));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, OTHER, 1, CHOICE_PASS));
    expect_ok(history_vote(&h, JUDGE, 2, CHOICE_DISAGREE));
    dump_counts(&before, h.board);
    expect_ok(history_hide(&h, STAFF, 1));
    assert_int_equal(history_idea(&h, 1)->state, IDEA_HIDDEN);
    assert_int_equal(history_idea(&h, 1)->reason, REASON_SPAM);
    assert_true(h.effects.refreshed);
    expect_tally(&h, 1, 1, 0, 1); /* kept, but in no ranking */
    assert_int_equal(h.board->ballots, 3);
    assert_int_equal(h.board->sums.agree, 0);
    assert_int_equal(h.board->sums.judged, 1);
    assert_int_equal(h.board->pool.judged, 1);
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 1));
    dump_counts(&after, h.board);
    assert_string_equal(before.bytes, after.bytes);
    assert_int_equal(history_idea(&h, 1)->state, IDEA_SHOWN);
    assert_int_equal(history_idea(&h, 1)->reason, REASON_NONE);
}

static void a_hidden_idea_is_nothing_to_participants(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_hide(&h, STAFF, 1));
    expect_refused_on(&h, CMD_VOTE, OTHER, 1, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_UNVOTE, JUDGE, 1, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_SKIP, OTHER, 1, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_REPORT, OTHER, 1, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_SERVE, OTHER, 1, ERR_NOT_ALLOWED_NOW);
}

static void only_staff_and_the_system_hide_and_restore(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_refused_on(&h, CMD_HIDE, JUDGE, 1, ERR_FORBIDDEN);
    expect_refused_on(&h, CMD_HIDE, AUTHOR, 1, ERR_FORBIDDEN);
    expect_refused_on(&h, CMD_HIDE, JUDGE, 9, ERR_FORBIDDEN); /* whether it exists or not */
    expect_refused_on(&h, CMD_HIDE, STAFF, 9, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_RESTORE, STAFF, 9, ERR_UNKNOWN_IDEA);
    expect_refused_on(&h, CMD_RESTORE, STAFF, 1, ERR_CONFLICT);
    expect_ok(history_hide(&h, LEAD, 1));
    expect_refused_on(&h, CMD_HIDE, STAFF, 1, ERR_CONFLICT);
    expect_refused_on(&h, CMD_RESTORE, AUTHOR, 1, ERR_FORBIDDEN);
    expect_ok(history_on(&h, CMD_RESTORE, 0, 1));
    expect_ok(history_hide(&h, 0, 1));
}

static void a_demoted_moderator_hides_nothing_more(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_hide(&h, STAFF, 1));
    expect_ok(history_role(&h, STAFF, ROLE_PARTICIPANT));
    expect_refused_on(&h, CMD_HIDE, STAFF, 2, ERR_FORBIDDEN);
}

static void hiding_what_does_not_compete_moves_no_mean(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_reply(&h, OTHER, RELATION_COUNTER, 1));
    expect_ok(history_hide(&h, STAFF, 2));
    assert_false(h.effects.refreshed);
    assert_int_equal(history_idea(&h, 1)->replies, 0);
}

static void three_people_report_an_idea_away(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    for (int i = 0; i < 3; i++) {
        expect_ok(history_report(&h, JUDGE, 1)); /* one person counts once */
    }
    assert_int_equal(history_idea(&h, 1)->reports, 1);
    expect_ok(history_report(&h, OTHER, 1));
    assert_int_equal(history_idea(&h, 1)->state, IDEA_SHOWN);
    expect_ok(history_report(&h, THIRD, 1));
    assert_int_equal(history_idea(&h, 1)->state, IDEA_PENDING);
    assert_true(h.effects.refreshed);
    assert_int_equal(h.board->sums.judged, 0);
    expect_tally(&h, 1, 1, 0, 0);
    expect_refused_on(&h, CMD_VOTE, OTHER, 1, ERR_UNKNOWN_IDEA);
    expect_ok(history_report(&h, STAFF, 1)); /* it may still be reported */
    assert_int_equal(history_idea(&h, 1)->reports, 4);
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 1));
    assert_int_equal(history_idea(&h, 1)->state, IDEA_SHOWN);
    assert_int_equal(history_idea(&h, 1)->reports, 0);
    assert_int_equal(h.board->sums.judged, 1);
}

static void a_pending_idea_may_be_hidden(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_report(&h, JUDGE, 1));
    expect_ok(history_report(&h, OTHER, 1));
    expect_ok(history_report(&h, THIRD, 1));
    expect_ok(history_hide(&h, STAFF, 1));
    assert_int_equal(history_idea(&h, 1)->state, IDEA_HIDDEN);
    assert_false(h.effects.refreshed); /* it was out already */
}

static void a_report_is_no_ballot(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_report(&h, JUDGE, 1));
    assert_int_equal(h.board->ballots, 0);
    expect_tally(&h, 1, 0, 0, 0);
    assert_false(history_idea(&h, 1)->judged);
    assert_int_equal(history_who(&h, JUDGE)->votes, 0);
    expect_refused_on(&h, CMD_UNVOTE, JUDGE, 1, ERR_CONFLICT);
}

static void reports_a_person_only_when_there_is_one(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command known = history_command(&h, CMD_REPORT, JUDGE);
    struct command unknown = history_command(&h, CMD_REPORT, JUDGE);

    known.target = 1;
    unknown.target = 7;
    expect_ok(history_add(&h, &known).err);
    expect_refusal(&h, &unknown, ERR_UNKNOWN_PERSON);
    expect_refused_on(&h, CMD_REPORT, JUDGE, 1, ERR_UNKNOWN_IDEA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_numbers_in_the_order_of_posting),
        cmocka_unit_test(a_post_by_the_system_has_no_author),
        cmocka_unit_test(refuses_a_text_of_the_wrong_length),
        cmocka_unit_test(takes_only_themes_of_the_board),
        cmocka_unit_test(only_staff_put_in_seeds),
        cmocka_unit_test(refuses_posts_over_the_budget),
        cmocka_unit_test(a_round_may_refuse_posts),
        cmocka_unit_test(a_round_may_refuse_replies_and_ballots),
        cmocka_unit_test(a_reply_hangs_below_its_parent),
        cmocka_unit_test(a_crossing_shows_under_both_of_its_ideas),
        cmocka_unit_test(refuses_a_crossing_with_nothing_or_with_its_parent),
        cmocka_unit_test(refuses_a_reply_to_what_cannot_be_read),
        cmocka_unit_test(refuses_a_root_that_names_a_parent),
        cmocka_unit_test(a_chain_ends_at_its_greatest_depth),
        cmocka_unit_test(refuses_an_idea_more_than_a_board_holds),
        cmocka_unit_test(an_author_edits_until_someone_else_has_judged),
        cmocka_unit_test(ones_own_ballot_does_not_fix_the_text),
        cmocka_unit_test(an_edit_keeps_to_the_lengths),
        cmocka_unit_test(nobody_else_edits_or_withdraws),
        cmocka_unit_test(a_closed_board_takes_nothing),
        cmocka_unit_test(a_withdrawn_idea_is_gone_for_good),
        cmocka_unit_test(hiding_keeps_ballots_and_restoring_gives_all_back),
        cmocka_unit_test(a_hidden_idea_is_nothing_to_participants),
        cmocka_unit_test(only_staff_and_the_system_hide_and_restore),
        cmocka_unit_test(a_demoted_moderator_hides_nothing_more),
        cmocka_unit_test(hiding_what_does_not_compete_moves_no_mean),
        cmocka_unit_test(three_people_report_an_idea_away),
        cmocka_unit_test(a_pending_idea_may_be_hidden),
        cmocka_unit_test(a_report_is_no_ballot),
        cmocka_unit_test(reports_a_person_only_when_there_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
