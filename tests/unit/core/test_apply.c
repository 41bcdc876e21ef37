/* Goal: an entry is decided at its place in the log, once, and a refusal only takes a place. */
#include "support/expect.h"

static void begins_with_the_creation_of_the_board(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_init(&h);

    expect_ok(history_create(&h, NULL));
    assert_int_equal(h.board->version, 1);
    assert_int_equal(h.board->state, BOARD_OPEN);
    assert_int_equal(h.board->epoch, HISTORY_EPOCH);
    assert_string_equal(h.board->definition.slug, "foret");
    assert_int_equal(h.board->round, 1);
    assert_int_equal(h.board->rounds[0].state, ROUND_OPEN);
    assert_int_equal(h.board->rounds[0].opened_version, 1);
    assert_int_equal(h.board->defined_version, 1);
    assert_true(h.effects.defined);
    assert_int_equal(h.effects.person, 0);
}

static void refuses_everything_before_the_creation(void **state)
{
    (void)state;

    for (unsigned kind = CMD_CREATE + 1; kind < COMMAND_KINDS; kind++) {
        AUTO_HISTORY h;
        history_init(&h);
        struct command command = history_command(&h, (enum command_kind)kind, STRANGER);

        expect_refusal(&h, &command, ERR_UNKNOWN_BOARD);
    }
}

static void refuses_a_second_creation(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command command = history_command(&h, CMD_CREATE, 0);

    command.definition = mem_alloc(sizeof *command.definition);
    history_define(command.definition);
    expect_refusal(&h, &command, ERR_CONFLICT);
}

static void refuses_a_board_without_rounds(void **state)
{
    (void)state;
    AUTO(board) struct board *board = board_create();
    struct definition definition;
    struct command command = {.kind = CMD_CREATE, .definition = &definition};

    history_define(&definition);
    expect_ok(board_check(board, &command));
    definition.rounds_count = 0;
    expect_err(board_check(board, &command), ERR_PARAMS);
    command.definition = NULL;
    expect_err(board_check(board, &command), ERR_PARAMS);
}

/* Each head is BLAKE2b-256(head before ‖ id as two big-endian numbers ‖ bytes). */
static void chains_every_entry_to_those_before(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    h.now_ms = 0x0102030405060708;
    h.seq = 0x1112131415161718;
    struct digest before = h.board->head;
    static const char id[] = "\1\2\3\4\5\6\7\10\21\22\23\24\25\26\27\30";

    expect_ok(history_post(&h, AUTHOR));
    struct digest expected =
        hash_blake2b((struct view){(const char *)before.bytes, sizeof before.bytes},
                     (struct view){id, 16}, buf_view(&h.log[h.count - 1].bytes));

    assert_memory_equal(&h.board->head, &expected, sizeof expected);
    assert_int_equal(h.board->last.ms, 0x0102030405060708);
    assert_int_equal(h.board->last.seq, 0x1112131415161718);
}

static void begins_the_chain_with_the_key_id(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_init(&h);
    h.now_ms = 0;
    static const char zeros[16];

    expect_ok(history_create(&h, NULL));
    struct digest expected = hash_blake2b(view_of("abcdefghijkl"), (struct view){zeros, 16},
                                          buf_view(&h.log[0].bytes));

    assert_memory_equal(&h.board->head, &expected, sizeof expected);
}

static void counts_a_repeated_op_once_and_answers_as_the_first_time(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    expect_ok(history_post(&h, AUTHOR));
    uint64_t version = h.board->version;
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};

    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_DISAGREE));
    dump_state(&before, h.board);
    struct decision decision = history_repeat(&h, h.count - 2);

    expect_ok(decision.err);
    assert_true(decision.repeat);
    assert_int_equal(decision.version, version + 1);
    assert_int_equal(h.board->version, version + 3);
    assert_int_equal(h.effects.tally, 0);
    expect_tally(&h, 1, 0, 1, 0); /* the later gesture stands */
    dump_state(&after, h.board);
    assert_string_equal(before.bytes, after.bytes);
}

static void answers_the_repeat_of_a_refusal_with_that_refusal(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_err(history_vote(&h, JUDGE, 1, CHOICE_AGREE), ERR_UNKNOWN_IDEA);
    uint64_t version = h.board->version;

    expect_ok(history_post(&h, AUTHOR)); /* now it would be accepted */
    struct decision decision = history_repeat(&h, h.count - 2);

    expect_err(decision.err, ERR_UNKNOWN_IDEA);
    assert_true(decision.repeat);
    assert_int_equal(decision.version, version);
    expect_tally(&h, 1, 0, 0, 0);
}

static void knows_ops_by_person(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    expect_ok(history_post(&h, AUTHOR));
    struct command one = history_command(&h, CMD_VOTE, JUDGE);
    struct command two = history_command(&h, CMD_VOTE, OTHER);

    one.idea = two.idea = 1;
    two.op = one.op;
    expect_ok(history_add(&h, &one).err);
    assert_false(history_add(&h, &two).repeat);
    expect_tally(&h, 1, 2, 0, 0);
}

static void checks_a_known_op_as_accepted(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command command = history_command(&h, CMD_VOTE, JUDGE);

    command.idea = 1;
    expect_err(board_check(h.board, &command), ERR_UNKNOWN_IDEA);
    expect_err(history_add(&h, &command).err, ERR_UNKNOWN_IDEA);
    expect_ok(board_check(h.board, &command));
}

static void remembers_the_latest_128_ops_of_a_person(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    size_t first = h.count;

    expect_ok(history_post(&h, AUTHOR));
    for (int i = 1; i < LIMIT_OPS_REMEMBERED; i++) {
        expect_err(history_vote(&h, AUTHOR, 1, CHOICE_PASS), ERR_OWN_IDEA);
    }
    assert_true(history_repeat(&h, first).repeat);
    assert_int_equal(h.board->ideas_count, 1);
    expect_err(history_vote(&h, AUTHOR, 1, CHOICE_PASS), ERR_OWN_IDEA); /* the 129th */
    assert_false(history_repeat(&h, first).repeat);
    assert_int_equal(h.board->ideas_count, 2);
}

static void a_repeat_is_not_remembered_again(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(history_post(&h, AUTHOR));
    uint32_t answers = history_who(&h, AUTHOR)->answers_count;

    history_repeat(&h, h.count - 1);
    assert_int_equal(history_who(&h, AUTHOR)->answers_count, answers);
    assert_int_equal(history_who(&h, AUTHOR)->acts, 1);
}

static void refuses_a_command_checked_under_another_epoch(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command command = history_command(&h, CMD_POST, AUTHOR);

    command.epoch = HISTORY_EPOCH + 1;
    expect_refusal(&h, &command, ERR_CONFLICT);
}

static void takes_a_new_epoch_from_the_system_only(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command stale = history_command(&h, CMD_POST, AUTHOR);
    struct command by_lead = history_command(&h, CMD_EPOCH, LEAD);
    struct command command = history_command(&h, CMD_EPOCH, 0);

    by_lead.target = 5;
    expect_refusal(&h, &by_lead, ERR_FORBIDDEN);
    command.epoch = 123; /* whatever it was before */
    command.target = 77;
    expect_ok(history_add(&h, &command).err);
    assert_true(h.effects.defined);
    assert_int_equal(h.board->epoch, 77);
    assert_int_equal(h.board->defined_version, h.board->version);
    expect_refusal(&h, &stale, ERR_CONFLICT);
    expect_ok(history_post(&h, AUTHOR));
}

static void refuses_whoever_the_board_does_not_know(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    expect_ok(history_post(&h, AUTHOR));

    for (unsigned kind = 0; kind < COMMAND_KINDS; kind++) {
        if (kind != CMD_CREATE && kind != CMD_PERSON) {
            expect_refused_on(&h, (enum command_kind)kind, STRANGER, 1, ERR_UNKNOWN_PERSON);
        }
    }
}

static void checks_whoever_it_does_not_know_as_a_participant(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command post = history_command(&h, CMD_POST, STRANGER);
    struct command vote = history_command(&h, CMD_VOTE, STRANGER);
    struct command hide = history_command(&h, CMD_HIDE, STRANGER);
    struct command edit = history_command(&h, CMD_EDIT, STRANGER);

    expect_ok(history_post(&h, AUTHOR));
    vote.idea = hide.idea = edit.idea = 1;
    expect_ok(board_check(h.board, &post));
    expect_ok(board_check(h.board, &vote));
    expect_err(board_check(h.board, &hide), ERR_FORBIDDEN);
    expect_err(board_check(h.board, &edit), ERR_FORBIDDEN);
}

static void counts_people_who_acted_once(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    assert_int_equal(h.board->people_count, 6);
    assert_int_equal(h.board->active_people, 0);
    expect_err(history_vote(&h, JUDGE, 9, CHOICE_PASS), ERR_UNKNOWN_IDEA);
    assert_int_equal(h.board->active_people, 0);
    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_serve(&h, JUDGE, 1));
    assert_int_equal(h.board->active_people, 1);
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_PASS));
    expect_ok(history_vote(&h, JUDGE, 1, CHOICE_AGREE));
    assert_int_equal(h.board->active_people, 2);
    assert_int_equal(history_who(&h, JUDGE)->acts, 2);
    assert_int_equal(h.effects.person, 2);
}

static void lets_only_an_import_bring_its_own_times(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command early = history_command(&h, CMD_POST, AUTHOR);
    struct command during = history_command(&h, CMD_POST, AUTHOR);

    early.at_ms = 1234;
    expect_refusal(&h, &early, ERR_PARAMS);
    expect_ok(history_import(&h, false));
    during.at_ms = 1234;
    during.text.length = 1; /* shorter than what may be posted here */
    memcpy(during.source.system, "polis", sizeof "polis");
    memcpy(during.source.id, "12", sizeof "12");
    expect_ok(history_add(&h, &during).err);
    assert_int_equal(history_idea(&h, 1)->at_ms, 1234);
    assert_string_equal(history_idea(&h, 1)->source.system, "polis");
    assert_string_equal(history_idea(&h, 1)->source.id, "12");
    expect_ok(history_import(&h, true));
    assert_true(h.effects.refreshed);
    struct command late = history_command(&h, CMD_POST, AUTHOR);

    late.at_ms = 1234;
    expect_refusal(&h, &late, ERR_PARAMS);
}

static void keeps_one_import_at_a_time(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    struct command by_person = history_command(&h, CMD_IMPORT, LEAD);
    struct command again = history_command(&h, CMD_IMPORT, 0);
    struct command another = history_command(&h, CMD_IMPORT, 0);

    memcpy(by_person.source.system, "polis", sizeof "polis");
    again.source = another.source = by_person.source;
    expect_refusal(&h, &by_person, ERR_FORBIDDEN);
    expect_ok(history_import(&h, false));
    expect_refusal(&h, &again, ERR_CONFLICT);
    another.done = true;
    another.source.id[0] = 'x';
    expect_refusal(&h, &another, ERR_CONFLICT);
    expect_ok(history_import(&h, true));
    assert_int_equal(h.board->importing.system[0], 0);
}

static void takes_imported_texts_up_to_the_hard_bound(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);
    expect_ok(history_import(&h, false));
    struct command command = history_command(&h, CMD_POST, AUTHOR);
    struct command longer = history_command(&h, CMD_POST, AUTHOR);
    struct command empty = history_command(&h, CMD_POST, AUTHOR);

    command.text.length = LIMIT_TEXT_MAX_GRAPHEMES;
    expect_ok(history_add(&h, &command).err);
    longer.text.length = LIMIT_TEXT_MAX_GRAPHEMES + 1;
    expect_refusal(&h, &longer, ERR_TOO_LONG);
    empty.text.length = 0;
    expect_refusal(&h, &empty, ERR_EMPTY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(begins_with_the_creation_of_the_board),
        cmocka_unit_test(refuses_everything_before_the_creation),
        cmocka_unit_test(refuses_a_second_creation),
        cmocka_unit_test(refuses_a_board_without_rounds),
        cmocka_unit_test(chains_every_entry_to_those_before),
        cmocka_unit_test(begins_the_chain_with_the_key_id),
        cmocka_unit_test(counts_a_repeated_op_once_and_answers_as_the_first_time),
        cmocka_unit_test(answers_the_repeat_of_a_refusal_with_that_refusal),
        cmocka_unit_test(knows_ops_by_person),
        cmocka_unit_test(checks_a_known_op_as_accepted),
        cmocka_unit_test(remembers_the_latest_128_ops_of_a_person),
        cmocka_unit_test(a_repeat_is_not_remembered_again),
        cmocka_unit_test(refuses_a_command_checked_under_another_epoch),
        cmocka_unit_test(takes_a_new_epoch_from_the_system_only),
        cmocka_unit_test(refuses_whoever_the_board_does_not_know),
        cmocka_unit_test(checks_whoever_it_does_not_know_as_a_participant),
        cmocka_unit_test(counts_people_who_acted_once),
        cmocka_unit_test(lets_only_an_import_bring_its_own_times),
        cmocka_unit_test(keeps_one_import_at_a_time),
        cmocka_unit_test(takes_imported_texts_up_to_the_hard_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
