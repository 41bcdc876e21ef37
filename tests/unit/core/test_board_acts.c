/* Goal: leads change what a board says of itself, close it and put it away; what stands in the
   log keeps its meaning. */
#include "support/expect.h"

static void define(struct definition *definition)
{
    definition->themes_count = 1;
    memcpy(definition->themes[0], "Eau", sizeof "Eau");
    definition->groups_count = 1;
    memcpy(definition->groups[0], "Nord", sizeof "Nord");
}

static void define_draft(struct definition *definition)
{
    define(definition);
    definition->draft = true;
}

/* The board's definition, to be changed. */
static struct command change(struct history *h, uint64_t person)
{
    return history_command(h, CMD_DEFINE, person);
}

static struct command turn(struct history *h, uint64_t person, enum board_state to)
{
    struct command command = history_command(h, CMD_STATE, person);

    command.board_state = to;
    return command;
}

static enum err set(struct history *h, uint64_t person, enum board_state to)
{
    struct command command = turn(h, person, to);

    return history_add(h, &command).err;
}

static void refuse(struct history *h, enum board_state to, enum err err)
{
    struct command command = turn(h, LEAD, to);

    expect_refusal(h, &command, err);
}

static void a_draft_is_changed_whole(void **state)
{
    (void)state;
    AUTO_HISTORY h;

    history_start(&h, define_draft);
    struct command command = change(&h, LEAD);

    memcpy(command.definition->themes[0], "Air", sizeof "Air");
    command.definition->groups_count = 0;
    command.definition->idea_max = 99;
    command.definition->rounds_count = 2;
    round_definition_init(&command.definition->rounds[1]);
    command.definition->rounds[1].final = true;
    command.definition->rounds[1].rule_hash = command.definition->rounds[0].rule_hash;
    command.definition->draft = false;
    command.definition->publish_log = true;
    expect_ok(history_add(&h, &command).err);
    const struct definition *now = &h.board->definition;

    assert_true(h.effects.defined);
    assert_string_equal(now->themes[0], "Air");
    assert_int_equal(now->groups_count, 0);
    assert_int_equal(now->idea_max, 99);
    assert_int_equal(now->rounds_count, 2);
    assert_true(now->draft);        /* how it was made stays */
    assert_false(now->publish_log); /* and what was promised of its log */
    assert_int_equal(h.effects.dropped_count, 0);
    assert_int_equal(h.board->state, BOARD_DRAFT);
}

static void words_that_are_replaced_are_given_up(void **state)
{
    (void)state;
    AUTO_HISTORY h;

    history_start(&h, define);
    struct text_use title = h.board->definition.title;
    struct command command = change(&h, LEAD);

    command.definition->title = history_text(&h, 7);
    command.definition->about = history_text(&h, 9);
    expect_ok(history_add(&h, &command).err);
    assert_int_equal(h.board->definition.title.length, 7);
    assert_int_equal(h.board->definition.about.length, 9);
    assert_int_equal(h.effects.dropped_count, 1);
    assert_memory_equal(&h.effects.dropped[0], &title.ref, sizeof title.ref);
}

static void rules_of_a_board_that_has_begun_stand(void **state)
{
    (void)state;
    AUTO_HISTORY h;

    history_start(&h, define);
    struct command command = change(&h, LEAD);

    command.definition->rounds[0].rule.min_judges = 99;
    command.definition->idea_max = 99;
    command.definition->own_ballots_count = true;
    command.definition->staff_ballots_count = true;
    command.definition->visibility = VISIBILITY_PRIVATE;
    command.definition->entry = ENTRY_TICKET;
    command.definition->themes_count = 2;
    memcpy(command.definition->themes[1], "Feu", sizeof "Feu");
    expect_ok(history_add(&h, &command).err);
    const struct definition *now = &h.board->definition;

    assert_int_equal(now->rounds[0].rule.min_judges, 0);
    assert_int_equal(now->idea_max, LIMIT_IDEA_MAX_DEFAULT);
    assert_false(now->own_ballots_count || now->staff_ballots_count);
    assert_int_equal(now->visibility, VISIBILITY_PUBLIC);
    assert_int_equal(now->entry, ENTRY_OPEN);
    assert_int_equal(now->themes_count, 2);
}

static void what_is_numbered_in_the_log_only_grows(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    const uint32_t north = 1;

    history_start(&h, define_draft);
    expect_ok(history_declare(&h, STAFF, 1, &north)); /* one declaration is enough */
    struct command renamed = change(&h, LEAD);

    memcpy(renamed.definition->groups[0], "Sud", sizeof "Sud");
    expect_refusal(&h, &renamed, ERR_NOT_ALLOWED_NOW);
    struct command fewer = change(&h, LEAD);

    fewer.definition->themes_count = 0;
    expect_refusal(&h, &fewer, ERR_NOT_ALLOWED_NOW);
    struct command more = change(&h, LEAD);

    more.definition->groups_count = 2;
    memcpy(more.definition->groups[1], "Sud", sizeof "Sud");
    expect_ok(history_add(&h, &more).err);
}

static void it_stays_the_same_board_and_its_leads_one(void **state)
{
    (void)state;
    AUTO_HISTORY h;

    history_start(&h, define);
    struct command foreign = change(&h, STAFF);

    expect_refusal(&h, &foreign, ERR_FORBIDDEN);
    struct command other = change(&h, LEAD);

    other.definition->key_id[0] ^= 1;
    expect_refusal(&h, &other, ERR_PARAMS);
    struct command moved = change(&h, LEAD);

    memcpy(moved.definition->slug, "autre", sizeof "autre");
    expect_refusal(&h, &moved, ERR_PARAMS);
    struct command mute = change(&h, LEAD);

    mute.definition->title = (struct text_use){0};
    expect_refusal(&h, &mute, ERR_PARAMS);
    struct command none = history_command(&h, CMD_DEFINE, LEAD);

    command_finish(&none);
    expect_err(board_check(h.board, &none), ERR_PARAMS);
    expect_ok(history_close(&h, 1));
    expect_ok(set(&h, LEAD, BOARD_CLOSED));
    struct command late = change(&h, LEAD);

    expect_refusal(&h, &late, ERR_NOT_ALLOWED_NOW);
}

static void it_is_closed_between_rounds_and_opened_again(void **state)
{
    (void)state;
    AUTO_HISTORY h;

    history_start(&h, define);
    expect_ok(history_post(&h, AUTHOR));
    refuse(&h, BOARD_CLOSED, ERR_NOT_ALLOWED_NOW); /* a round is open */
    refuse(&h, BOARD_OPEN, ERR_NOT_ALLOWED_NOW);   /* it is */
    refuse(&h, BOARD_DRAFT, ERR_PARAMS);
    expect_ok(history_close(&h, 1));
    struct command foreign = turn(&h, STAFF, BOARD_CLOSED);

    expect_refusal(&h, &foreign, ERR_FORBIDDEN);
    expect_ok(set(&h, LEAD, BOARD_CLOSED));
    assert_true(h.effects.defined);
    assert_int_equal(h.board->state, BOARD_CLOSED);
    expect_ok(set(&h, LEAD, BOARD_OPEN));
    expect_ok(set(&h, 0, BOARD_CLOSED)); /* the operator may, too */
    expect_ok(set(&h, LEAD, BOARD_ARCHIVED));
    refuse(&h, BOARD_OPEN, ERR_NOT_ALLOWED_NOW); /* one step at a time */
    expect_ok(set(&h, LEAD, BOARD_CLOSED));
}

static void what_is_put_away_is_read_only_but_for_rights_and_harm(void **state)
{
    (void)state;
    AUTO_HISTORY h;

    history_start(&h, define);
    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_close(&h, 1));
    expect_ok(set(&h, LEAD, BOARD_ARCHIVED));
    expect_refused_on(&h, CMD_FOLLOW, JUDGE, 1, ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_WITHDRAW, AUTHOR, 1, ERR_NOT_ALLOWED_NOW);
    expect_refused_on(&h, CMD_STATUS, LEAD, 1, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_hide(&h, STAFF, 1));
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 1));
    expect_ok(history_role(&h, STRANGER, ROLE_MODERATOR));
    struct command erase = history_command(&h, CMD_ERASE, AUTHOR);

    expect_ok(history_add(&h, &erase).err);
}

static void a_draft_can_be_put_away_but_not_opened_by_its_state(void **state)
{
    (void)state;
    AUTO_HISTORY h;

    history_start(&h, define_draft);
    refuse(&h, BOARD_OPEN, ERR_NOT_ALLOWED_NOW);
    expect_ok(set(&h, LEAD, BOARD_CLOSED));
    refuse(&h, BOARD_OPEN, ERR_NOT_ALLOWED_NOW);
    expect_ok(set(&h, LEAD, BOARD_ARCHIVED));
}

static void a_fold_of_the_same_log_comes_to_the_same(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    AUTO_BUF first = {0};
    AUTO_BUF second = {0};

    history_start(&h, define);
    struct command command = change(&h, LEAD);

    command.definition->question = history_text(&h, 5);
    expect_ok(history_add(&h, &command).err);
    expect_ok(history_close(&h, 1));
    expect_ok(set(&h, LEAD, BOARD_ARCHIVED));
    AUTO(board) struct board *again = history_replay(&h, h.count);

    dump_state(&first, h.board);
    dump_state(&second, again);
    assert_string_equal(first.bytes, second.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draft_is_changed_whole),
        cmocka_unit_test(words_that_are_replaced_are_given_up),
        cmocka_unit_test(rules_of_a_board_that_has_begun_stand),
        cmocka_unit_test(what_is_numbered_in_the_log_only_grows),
        cmocka_unit_test(it_stays_the_same_board_and_its_leads_one),
        cmocka_unit_test(it_is_closed_between_rounds_and_opened_again),
        cmocka_unit_test(what_is_put_away_is_read_only_but_for_rights_and_harm),
        cmocka_unit_test(a_draft_can_be_put_away_but_not_opened_by_its_state),
        cmocka_unit_test(a_fold_of_the_same_log_comes_to_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
