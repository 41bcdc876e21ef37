/*
 * Goal: an intake brings what it announces or, once it is cut off, nothing more; and what it
 * brought goes out again as long as nobody has judged any of it.
 */
#include "support/expect.h"

#include "core/round.h"
#include "core/serve.h"

static struct command intake(struct history *h, uint64_t person, uint32_t rows)
{
    struct command command = history_command(h, CMD_INTAKE, person);

    memcpy(command.source.system, "csv", sizeof "csv");
    memcpy(command.source.id, "one", sizeof "one");
    command.rows = rows;
    command.text = (struct text_use){0};
    return command;
}

static struct command row(struct history *h, uint64_t person)
{
    struct command command = history_command(h, CMD_POST, person);

    memcpy(command.source.system, "csv", sizeof "csv");
    command.text.length = 1;
    command.at_ms = 1234;
    return command;
}

static struct command undoing(struct history *h, uint64_t person)
{
    struct command command = intake(h, person, 0);

    command.kind = CMD_UNIMPORT;
    return command;
}

static void begin(struct history *h, uint32_t rows)
{
    struct command command = intake(h, LEAD, rows);

    expect_ok(history_add(h, &command).err);
}

static void bring(struct history *h, uint64_t person)
{
    struct command command = row(h, person);

    expect_ok(history_add(h, &command).err);
}

static void make_draft(struct definition *definition)
{
    definition->draft = true;
}

static void brings_what_it_announces(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    begin(&h, 3);
    bring(&h, 0);
    expect_ok(history_person(&h, STRANGER, ASSURANCE_PROXY));
    bring(&h, STRANGER);
    struct command reply = row(&h, 0);

    reply.relation = RELATION_COUNTER;
    reply.parent = 1;
    expect_ok(history_add(&h, &reply).err);
    assert_true(h.effects.defined);
    const struct import *import = &h.board->imports[0];

    assert_int_equal(h.board->imports_count, 1);
    assert_true(import->complete);
    assert_int_equal(import->first, 1);
    assert_int_equal(import->ideas, 3);
    assert_int_equal(history_idea(&h, 1)->at_ms, 1234);
    assert_int_equal(h.board->importing.system[0], 0);
    struct command more = row(&h, 0);

    more.at_ms = 0;
    expect_refusal(&h, &more, ERR_NOT_ALLOWED_NOW); /* one more than was announced */
}

static void comes_before_the_board_opens_and_takes_part_then(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, make_draft);
    begin(&h, 1);
    bring(&h, 0);
    assert_int_equal(history_idea(&h, 1)->candidate, 0);
    expect_ok(history_open(&h, 1));
    assert_int_equal(history_idea(&h, 1)->candidate, 1);
}

static void is_cut_off_by_anything_else(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    begin(&h, 2);
    bring(&h, 0);
    expect_ok(history_post(&h, AUTHOR));
    assert_false(h.board->imports[0].complete);
    struct command rest = row(&h, 0);

    rest.at_ms = 0;
    expect_refusal(&h, &rest, ERR_NOT_ALLOWED_NOW);
    struct command undo = undoing(&h, LEAD);

    expect_ok(history_add(&h, &undo).err);
    assert_int_equal(history_idea(&h, 1)->state, IDEA_WITHDRAWN);
    assert_int_equal(history_idea(&h, 2)->state, IDEA_SHOWN);
}

static void is_cut_off_by_a_row_that_is_refused(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    begin(&h, 2);
    struct command empty = row(&h, 0);
    struct command next = row(&h, 0);

    empty.text.length = 0;
    expect_err(history_add(&h, &empty).err, ERR_EMPTY);
    next.at_ms = 0;
    expect_err(history_add(&h, &next).err, ERR_NOT_ALLOWED_NOW);
    assert_int_equal(h.board->ideas_count, 0);
}

static void does_not_lend_its_rights_to_what_comes_between(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    begin(&h, 2);
    struct command shorter = history_command(&h, CMD_POST, AUTHOR);

    shorter.text.length = 1;
    expect_err(history_add(&h, &shorter).err, ERR_TOO_SHORT);
}

static void is_for_a_lead_once_and_in_its_place(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command moderator = intake(&h, STAFF, 1);
    struct command nothing = intake(&h, LEAD, 0);
    struct command many = intake(&h, LEAD, LIMIT_IMPORT_ROWS + 1);
    struct command elsewhere = intake(&h, LEAD, 1);

    expect_refusal(&h, &moderator, ERR_FORBIDDEN);
    expect_refusal(&h, &nothing, ERR_PARAMS);
    expect_refusal(&h, &many, ERR_PARAMS);
    elsewhere.first = 7;
    expect_refusal(&h, &elsewhere, ERR_CONFLICT);
    begin(&h, 1);
    bring(&h, 0);
    struct command again = intake(&h, LEAD, 1);

    expect_refusal(&h, &again, ERR_CONFLICT);
}

static void goes_out_again_until_somebody_has_judged(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    begin(&h, 2);
    bring(&h, 0);
    bring(&h, 0);
    struct command stranger = undoing(&h, AUTHOR);
    struct command other = undoing(&h, LEAD);
    struct command first = undoing(&h, LEAD);
    struct command second = undoing(&h, LEAD);

    other.source.id[0] = 'x';
    expect_refusal(&h, &stranger, ERR_FORBIDDEN);
    expect_refusal(&h, &other, ERR_PARAMS);
    expect_ok(history_vote(&h, JUDGE, 2, CHOICE_AGREE));
    expect_ok(history_on(&h, CMD_UNVOTE, JUDGE, 2));
    expect_refusal(&h, &first, ERR_NOT_ALLOWED_NOW); /* it was judged, if it is not any more */
    struct command undo = undoing(&h, 0);

    undo.source.id[0] = 'z';
    struct command begun = intake(&h, LEAD, 1);

    begun.source.id[0] = 'z';
    expect_ok(history_add(&h, &begun).err);
    bring(&h, 0);
    expect_ok(history_add(&h, &undo).err);
    assert_int_equal(h.effects.dropped_count, 1);
    assert_int_equal(history_idea(&h, 3)->state, IDEA_WITHDRAWN);
    assert_true(h.board->imports[1].undone);
    second.source.id[0] = 'z';
    expect_refusal(&h, &second, ERR_CONFLICT);
}

static void serve_only(struct definition *definition)
{
    definition->rounds[0].ballots = BALLOTS_SERVED;
}

/* What another installation counted: it was served there, and hidden since. */
static void tells_ballots_as_they_were_counted(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, serve_only);
    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_hide(&h, STAFF, 1));
    expect_err(history_vote(&h, JUDGE, 1, CHOICE_AGREE), ERR_UNKNOWN_IDEA);
    expect_err(history_vote(&h, JUDGE, 2, CHOICE_AGREE), ERR_NOT_ALLOWED_NOW);
    expect_ok(history_import(&h, false));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, JUDGE, 2, CHOICE_DISAGREE));
    expect_ok(history_vote(&h, OTHER, 2, CHOICE_PASS));
    expect_err(history_vote(&h, AUTHOR, 2, CHOICE_AGREE), ERR_OWN_IDEA);
    for (unsigned i = 0; i < SERVE_CAP + 2; i++) {
        expect_ok(history_serve(&h, THIRD, 1)); /* hidden, and more than a person is shown */
    }
    expect_ok(history_import(&h, true));
    expect_tally(&h, 1, 1, 0, 0);
    expect_tally(&h, 2, 0, 1, 1);
    assert_int_equal(h.board->sums.judged, 2); /* what is hidden weighs nothing */
    expect_ok(history_on(&h, CMD_RESTORE, STAFF, 1));
    assert_int_equal(h.board->sums.judged, 3);
    expect_tally(&h, 1, 1, 0, 0);
    expect_err(history_vote(&h, OTHER, 1, CHOICE_AGREE), ERR_NOT_ALLOWED_NOW);
    expect_ok(history_vote(&h, JUDGE, 2, CHOICE_PASS)); /* theirs stands, and may change */
    expect_tally(&h, 2, 0, 0, 2);
}

/* Rows of an intake are ideas; a ballot ends it, and must be possible. */
static void an_intake_tells_no_ballots(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, serve_only);
    expect_ok(history_post(&h, AUTHOR));
    begin(&h, 2);
    expect_err(history_vote(&h, JUDGE, 1, CHOICE_AGREE), ERR_NOT_ALLOWED_NOW);
}

static void end_in_a_final(struct definition *definition)
{
    definition->groups_count = 2;
    definition->rounds_count = 2;
    round_definition_init(&definition->rounds[1]);
    definition->rounds[0].rule = (struct rule){.keep = KEEP_TOP, .top = 2, .min_judges = 1};
    definition->rounds[1].final = true;
}

static enum err tell(struct history *h, uint64_t person, uint32_t idea,
                     const struct group_tally *told)
{
    struct command command = history_command(h, CMD_TELL, person);

    command.text = (struct text_use){0};
    command.idea = idea;
    command.told = *told;
    return history_add(h, &command).err;
}

/* Sums of a group stand beside what its people, if any are known, say. */
static void tells_what_groups_said_of_finalists(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, end_in_a_final);
    static const struct group_tally north = {.group = 1, .agree = 19, .judged = 40};
    static const struct group_tally wrong[] = {
        {0, 1, 2}, {3, 1, 2}, {2, 3, 2}, {2, 0, 0}, {2, 0, LIMIT_PEOPLE + 1}};

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_import(&h, false));
    expect_err(tell(&h, 0, 1, &north), ERR_NOT_ALLOWED_NOW); /* it is no final */
    expect_ok(history_import(&h, true));
    expect_ok(history_open(&h, 2));
    expect_err(tell(&h, 0, 1, &north), ERR_NOT_ALLOWED_NOW); /* of no import */
    expect_ok(history_import(&h, false));
    expect_err(tell(&h, LEAD, 1, &north), ERR_FORBIDDEN);
    expect_err(tell(&h, 0, 2, &north), ERR_UNKNOWN_IDEA);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        expect_err(tell(&h, 0, 1, &wrong[i]), ERR_PARAMS);
    }
    expect_ok(tell(&h, 0, 1, &north));
    expect_err(tell(&h, 0, 1, &north), ERR_CONFLICT);
    expect_ok(history_vote(&h, OTHER, 1, CHOICE_AGREE));
    expect_ok(history_import(&h, true));
    static const uint32_t groups[] = {1};

    expect_ok(history_declare(&h, OTHER, 1, groups));
    expect_ok(history_close(&h, 2));
    const struct round_result *result = round_result(h.board, 2);

    assert_int_equal(result->groups[0].judged, 41);
    assert_int_equal(result->groups[0].agree, 20);
    assert_int_equal(result->groups[1].judged, 0);
    assert_int_equal(result->verdict.groups, TEST_FAILED);
    expect_ok(history_round(&h, CMD_REOPEN, LEAD, 2));
    assert_int_equal(board_told(h.board, 1, 1).judged, 40);
}

static void goes_on_as_long_as_no_idea_came_between(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    expect_ok(history_import(&h, false));
    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_import(&h, true));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_import(&h, false));
    assert_false(h.board->imports[0].complete);
    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_import(&h, true));
    assert_int_equal(h.board->imports_count, 1);
    assert_int_equal(h.board->imports[0].ideas, 2);
    assert_true(h.board->imports[0].complete);
    expect_ok(history_post(&h, OTHER));
    expect_err(history_import(&h, false), ERR_CONFLICT);
}

static void authors_come_with_what_they_wrote_or_not_at_all(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    size_t people = h.board->people_count;

    expect_err(history_person(&h, STRANGER, ASSURANCE_PROXY), ERR_NOT_ALLOWED_NOW);
    assert_int_equal(h.board->people_count, people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brings_what_it_announces),
        cmocka_unit_test(comes_before_the_board_opens_and_takes_part_then),
        cmocka_unit_test(is_cut_off_by_anything_else),
        cmocka_unit_test(is_cut_off_by_a_row_that_is_refused),
        cmocka_unit_test(does_not_lend_its_rights_to_what_comes_between),
        cmocka_unit_test(is_for_a_lead_once_and_in_its_place),
        cmocka_unit_test(goes_out_again_until_somebody_has_judged),
        cmocka_unit_test(tells_ballots_as_they_were_counted),
        cmocka_unit_test(an_intake_tells_no_ballots),
        cmocka_unit_test(authors_come_with_what_they_wrote_or_not_at_all),
        cmocka_unit_test(tells_what_groups_said_of_finalists),
        cmocka_unit_test(goes_on_as_long_as_no_idea_came_between),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
