/* Goal: people arrive with an assurance that is only raised, get roles from leads, and choose
   their name once. */
#include "support/expect.h"

static void a_person_arrives_as_a_participant(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_init(&h);

    expect_ok(history_create(&h, NULL));
    expect_ok(history_person(&h, STRANGER, ASSURANCE_TICKET));
    const struct person *person = history_who(&h, STRANGER);

    assert_int_equal(person->number, 1);
    assert_int_equal(person->key, STRANGER);
    assert_int_equal(person->role, ROLE_PARTICIPANT);
    assert_int_equal(person->assurance, ASSURANCE_TICKET);
    assert_int_equal(person->acts, 0);
    assert_int_equal(h.effects.person, 1);
    assert_int_equal(board_person_number(h.board, STRANGER), 1);
    assert_int_equal(board_person_number(h.board, STRANGER + 1), 0);
}

static void assurance_is_only_raised(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_person(&h, JUDGE, ASSURANCE_FRANCECONNECT));
    assert_int_equal(history_who(&h, JUDGE)->assurance, ASSURANCE_FRANCECONNECT);
    expect_ok(history_person(&h, JUDGE, ASSURANCE_MAIL));
    assert_int_equal(history_who(&h, JUDGE)->assurance, ASSURANCE_FRANCECONNECT);
    assert_int_equal(h.board->people_count, 6);
}

static void refuses_a_person_without_key(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command command = history_command(&h, CMD_PERSON, 0);

    expect_refusal(&h, &command, ERR_PARAMS);
}

static void remembers_the_op_of_an_arrival(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command command = history_command(&h, CMD_PERSON, STRANGER);

    assert_false(history_add(&h, &command).repeat);
    assert_true(history_repeat(&h, h.count - 1).repeat);
}

static void refuses_more_people_than_a_board_holds(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    size_t count = h.board->people_count;
    struct command arrives = history_command(&h, CMD_PERSON, STRANGER);
    struct command returns = history_command(&h, CMD_PERSON, JUDGE);
    struct command role = history_command(&h, CMD_ROLE, 0);

    role.role = ROLE_LEAD;
    role.target = STRANGER;
    h.board->people_count = LIMIT_PEOPLE; /* as if: these checks read nobody */
    expect_err(board_check(h.board, &arrives), ERR_FULL);
    expect_err(board_check(h.board, &role), ERR_FULL);
    expect_ok(board_check(h.board, &returns));
    h.board->people_count = count;
}

static struct command role_of(struct history *h, uint64_t by, uint64_t target, enum role role)
{
    struct command command = history_command(h, CMD_ROLE, by);

    command.target = target;
    command.role = role;
    return command;
}

static void a_lead_gives_and_takes_roles(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command up = role_of(&h, LEAD, JUDGE, ROLE_MODERATOR);
    struct command down = role_of(&h, LEAD, JUDGE, ROLE_PARTICIPANT);

    expect_ok(history_add(&h, &up).err);
    assert_int_equal(history_who(&h, JUDGE)->role, ROLE_MODERATOR);
    assert_true(h.effects.defined);
    assert_int_equal(h.effects.person, 6);
    assert_int_equal(h.board->defined_version, h.board->version);
    expect_ok(history_add(&h, &down).err);
    assert_int_equal(history_who(&h, JUDGE)->role, ROLE_PARTICIPANT);
    assert_int_equal(history_who(&h, JUDGE)->assurance, ASSURANCE_GUEST);
}

static void a_role_says_since_when(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command up = role_of(&h, LEAD, JUDGE, ROLE_MODERATOR);

    assert_int_equal(history_who(&h, JUDGE)->role_ms, 0);
    expect_ok(history_add(&h, &up).err);
    assert_int_equal(history_who(&h, JUDGE)->role_ms, h.board->last.ms);
}

static void somebody_always_leads_a_board_that_a_lead_changes(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command down = role_of(&h, LEAD, LEAD, ROLE_PARTICIPANT);
    struct command up = role_of(&h, LEAD, OTHER, ROLE_LEAD);
    struct command again = role_of(&h, LEAD, OTHER, ROLE_LEAD);
    struct command leaves = role_of(&h, LEAD, LEAD, ROLE_MODERATOR);
    struct command system = role_of(&h, 0, OTHER, ROLE_PARTICIPANT);

    expect_err(history_add(&h, &down).err, ERR_NOT_ALLOWED_NOW);
    expect_ok(history_add(&h, &up).err);
    expect_err(history_add(&h, &again).err, ERR_CONFLICT);
    expect_ok(history_add(&h, &leaves).err);
    assert_int_equal(history_who(&h, LEAD)->role, ROLE_MODERATOR);
    system.op = (struct op){0, 0};
    expect_ok(history_add(&h, &system).err); /* the operator's to answer for */
    assert_int_equal(history_who(&h, OTHER)->role, ROLE_PARTICIPANT);
}

static void only_a_lead_makes_links(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command invite = history_command(&h, CMD_INVITE, STAFF);

    invite.text = (struct text_use){0};
    invite.role = ROLE_MODERATOR;
    invite.count = 3;
    expect_err(board_check(h.board, &invite), ERR_FORBIDDEN);
    invite.person = LEAD;
    expect_ok(board_check(h.board, &invite));
    invite.role = ROLE_ADMIN;
    expect_err(board_check(h.board, &invite), ERR_PARAMS);
    invite.role = ROLE_PARTICIPANT;
    invite.count = 0;
    expect_err(board_check(h.board, &invite), ERR_PARAMS);
    invite.count = LIMIT_INVITATIONS + 1;
    expect_err(board_check(h.board, &invite), ERR_PARAMS);
    invite.count = LIMIT_INVITATIONS;
    expect_ok(history_add(&h, &invite).err);
}

static void ask_for_tickets(struct definition *definition)
{
    history_define(definition);
    definition->entry = ENTRY_TICKET;
}

static void a_board_of_tickets_takes_nobody_without_one(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_init(&h);

    expect_ok(history_create(&h, ask_for_tickets));
    expect_err(history_person(&h, AUTHOR, ASSURANCE_GUEST), ERR_FORBIDDEN);
    assert_int_equal(h.board->people_count, 0);
    expect_ok(history_person(&h, AUTHOR, ASSURANCE_TICKET));
    expect_ok(history_person(&h, AUTHOR, ASSURANCE_GUEST)); /* is there already */
    assert_int_equal(history_who(&h, AUTHOR)->assurance, ASSURANCE_TICKET);
    expect_ok(history_role(&h, STAFF, ROLE_MODERATOR));
}

static void a_role_makes_its_person_known(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    /* Enough of them for the array of people to move while one of them acts. */
    for (uint64_t key = 1; key <= 40; key++) {
        struct command command = role_of(&h, LEAD, key, ROLE_MODERATOR);

        expect_ok(history_add(&h, &command).err);
        assert_int_equal(history_who(&h, key)->number, 6 + key);
        assert_int_equal(history_who(&h, key)->assurance, ASSURANCE_STAFF);
        assert_int_equal(history_who(&h, LEAD)->acts, key);
    }
}

static void refuses_roles_by_others_and_roles_that_no_board_gives(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command by_judge = role_of(&h, JUDGE, JUDGE, ROLE_LEAD);
    struct command by_staff = role_of(&h, STAFF, STAFF, ROLE_LEAD);
    struct command admin = role_of(&h, LEAD, LEAD, ROLE_ADMIN);
    struct command visitor = role_of(&h, LEAD, JUDGE, ROLE_VISITOR);
    struct command nobody = role_of(&h, LEAD, 0, ROLE_LEAD);

    expect_refusal(&h, &by_judge, ERR_FORBIDDEN);
    expect_refusal(&h, &by_staff, ERR_FORBIDDEN);
    expect_refusal(&h, &admin, ERR_PARAMS);
    expect_refusal(&h, &visitor, ERR_PARAMS);
    expect_refusal(&h, &nobody, ERR_PARAMS);
}

static void a_name_is_chosen_once(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command rename = history_command(&h, CMD_RENAME, AUTHOR);
    struct ref name = rename.text.ref;

    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_post(&h, JUDGE));
    expect_ok(history_reply(&h, AUTHOR, RELATION_EXPAND, 2));
    expect_ok(history_add(&h, &rename).err);
    assert_memory_equal(&history_who(&h, AUTHOR)->name, &name, sizeof name);
    assert_true(history_who(&h, AUTHOR)->renamed);
    assert_int_equal(h.effects.ideas_count, 2); /* their ideas carry the name */
    assert_int_equal(h.effects.ideas[0], 1);
    assert_int_equal(h.effects.ideas[1], 3);
    expect_refused_on(&h, CMD_RENAME, AUTHOR, 0, ERR_NOT_ALLOWED_NOW);
}

static void refuses_a_name_of_the_wrong_length(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command empty = history_command(&h, CMD_RENAME, JUDGE);
    struct command longer = history_command(&h, CMD_RENAME, JUDGE);
    struct command longest = history_command(&h, CMD_RENAME, JUDGE);

    empty.text.length = 0;
    expect_refusal(&h, &empty, ERR_EMPTY);
    longer.text.length = LIMIT_NAME_MAX_GRAPHEMES + 1;
    expect_refusal(&h, &longer, ERR_TOO_LONG);
    expect_refused_on(&h, CMD_RENAME, 0, 0, ERR_NOT_ALLOWED_NOW); /* the system has no name */
    longest.text.length = LIMIT_NAME_MAX_GRAPHEMES;
    expect_ok(history_add(&h, &longest).err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_arrives_as_a_participant),
        cmocka_unit_test(assurance_is_only_raised),
        cmocka_unit_test(refuses_a_person_without_key),
        cmocka_unit_test(remembers_the_op_of_an_arrival),
        cmocka_unit_test(refuses_more_people_than_a_board_holds),
        cmocka_unit_test(a_lead_gives_and_takes_roles),
        cmocka_unit_test(a_role_says_since_when),
        cmocka_unit_test(somebody_always_leads_a_board_that_a_lead_changes),
        cmocka_unit_test(only_a_lead_makes_links),
        cmocka_unit_test(a_board_of_tickets_takes_nobody_without_one),
        cmocka_unit_test(a_role_makes_its_person_known),
        cmocka_unit_test(refuses_roles_by_others_and_roles_that_no_board_gives),
        cmocka_unit_test(a_name_is_chosen_once),
        cmocka_unit_test(refuses_a_name_of_the_wrong_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
