/* Goal: a public archive alone gives the very bytes of every result, and whoever changes one of
   its files is found out and told where. */
#include "cli/archive_read.h"

#include "cli/file.h"
#include "core/round.h"
#include "export/archive.h"
#include "export/result.h"
#include "support/history.h"
#include "wire/entry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum {
    PEOPLE = 45,
    IDEAS = 12,
    FILES = 11
};

/* Two themes, two groups; a heat with a quota, then a final. Own ballots count. */
static void define(struct definition *definition)
{
    history_define(definition);
    definition->own_ballots_count = true;
    definition->themes_count = 2;
    memcpy(definition->themes[0], "=Bus", sizeof "=Bus");
    memcpy(definition->themes[1], "Vélo, marche", sizeof "Vélo, marche");
    definition->groups_count = 2;
    memcpy(definition->groups[0], "Nord", sizeof "Nord");
    memcpy(definition->groups[1], "Est", sizeof "Est");
    definition->rounds_count = 3;
    for (int i = 0; i < 3; i++) {
        round_definition_init(&definition->rounds[i]);
    }
    definition->rounds[0].rule = (struct rule){.keep = KEEP_TOP,
                                               .top = 4,
                                               .min_judges = 3,
                                               .quotas = {{.theme = 2, .at_least = 2}},
                                               .quotas_count = 1};
    definition->rounds[1].final = true;
    definition->rounds[1].rule = (struct rule){.min_judges = 2, .carry_over = true};
}

static void post(struct history *h, uint64_t person, uint32_t theme)
{
    struct command command = history_command(h, CMD_POST, person);

    command.theme = theme;
    assert_int_equal(history_add(h, &command).err, OK);
}

static void turn(struct history *h, enum command_kind kind, uint32_t round)
{
    struct command command = history_round_command(h, kind, LEAD, round);

    assert_int_equal(history_add(h, &command).err, OK);
}

static void judge_all(struct history *h, uint32_t people)
{
    for (uint32_t person = 1; person <= people; person++) {
        for (uint32_t idea = 1; idea <= IDEAS; idea++) {
            uint32_t mix = (person * 31 + idea * 17) % 11;
            enum choice choice =
                mix < 3 + idea / 2 ? CHOICE_AGREE : (mix < 9 ? CHOICE_DISAGREE : CHOICE_PASS);

            (void)history_vote(h, person, idea, choice); /* refused where it is out */
        }
    }
}

static void declare(struct history *h, uint64_t person, uint32_t group)
{
    struct command command = history_command(h, CMD_DECLARE, person);

    command.ideas[0] = group;
    command.ideas_count = 1;
    assert_int_equal(history_add(h, &command).err, OK);
}

static void play(struct history *h)
{
    history_start(h, define);
    for (uint32_t person = 1; person <= PEOPLE; person++) {
        assert_int_equal(history_person(h, person, ASSURANCE_GUEST), OK);
        declare(h, person, person <= 33 ? 1 : 2);
    }
    for (uint32_t i = 1; i <= IDEAS; i++) {
        post(h, i, i % 4 == 0 ? 2 : 1);
    }
    judge_all(h, 30);
    struct command merge = history_command(h, CMD_MERGE, STAFF);

    merge.idea = 1;
    merge.ideas[0] = 5;
    merge.ideas_count = 1;
    assert_int_equal(history_add(h, &merge).err, OK);
    assert_int_equal(history_hide(h, STAFF, 2), OK);
    turn(h, CMD_CLOSE, 1);
    turn(h, CMD_REOPEN, 1);
    judge_all(h, 32);
    turn(h, CMD_OPEN, 2);
    judge_all(h, PEOPLE);
}

/* What `pinson export --format archive` does, into a folder of its own. */
static void write_archive(const struct history *h, const char *folder)
{
    AUTO(board) struct board *board = board_create();
    struct archive archive = {.rounds = {{0}}};
    struct effects effects;
    struct texts texts;
    struct digest seed = {{9}};

    effects_init(&effects);
    texts_init(&texts);
    for (size_t i = 0; i < h->count; i++) {
        struct entry entry = {.id = h->log[i].id, .bytes = buf_view(&h->log[i].bytes)};

        assert_int_equal(entry_parse(entry.bytes, &entry.command), OK);
        archive_before(&archive, board, &entry.command);
        board_apply(board, &entry, &effects);
        archive_after(&archive, board, &entry, &effects.decision);
        command_finish(&entry.command);
    }
    archive_end(&archive, board, &seed);
    struct archive_subject subject = {.archive = &archive, .board = board, .texts = &texts};

    for (size_t n = 0; n < FILES; n++) {
        AUTO_BUF bytes = {0};
        AUTO_BUF path = {0};
        AUTO_BUF why = {0};
        const char *name = archive_write(&bytes, &subject, n);

        assert_non_null(name);
        buf_printf(&path, "%s/%s", folder, name);
        assert_int_equal(file_write(path.bytes, buf_view(&bytes), &why), OK);
    }
    assert_null(archive_write(NULL, &subject, FILES));
    archive_finish(&archive);
    texts_finish(&texts);
    effects_finish(&effects);
}

struct place {
    struct history history;
    char folder[40];
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    memcpy(place->folder, "/tmp/pinson-archive-XXXXXX", sizeof "/tmp/pinson-archive-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    play(&place->history);
    write_archive(&place->history, place->folder);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    static const char *const names[FILES] = {
        "README.md",  "datapackage.json", "rounds.json",   "results.json",
        "ideas.csv",  "candidates.csv",   "ballots.csv",   "counts.csv",
        "groups.csv", "exposures.csv",    "moderation.csv"};

    for (size_t i = 0; i < FILES; i++) {
        char path[80];

        snprintf(path, sizeof path, "%s/%s", place->folder, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(place->folder);
    history_finish(&place->history);
    free(place);
    return 0;
}

static void gives_the_same_bytes_as_the_fold(void **state)
{
    const struct place *place = *state;
    struct archive_read archive = {0};

    assert_true(archive_read(&archive, place->folder));
    archive_compare_results(&archive);
    assert_int_equal(archive.differences.total, 0);
    assert_int_equal(archive.round, 2);
    for (uint32_t round = 1; round <= 2; round++) {
        AUTO_BUF live = {0};
        AUTO_BUF read = {0};

        assert_true(result_write_round(&live, place->history.board, round));
        result_write(&read,
                     &(struct result_subject){.round = round,
                                              .definition = &archive.definition,
                                              .ideas = archive.ideas,
                                              .result = archive_result(&archive, round)});
        assert_string_equal(read.bytes, live.bytes);
    }
    assert_null(archive_result(&archive, 3));
    archive_read_finish(&archive);
}

static void the_board_had_what_makes_it_hard(void **state)
{
    const struct place *place = *state;
    const struct board *board = place->history.board;
    AUTO_BUF final = {0};

    assert_true(result_write_round(&final, board, 2));
    assert_non_null(strstr(final.bytes, "\"group\":\"Nord\""));
    assert_null(strstr(final.bytes, "\"group\":\"Est\"")); /* fewer than 30 */
    assert_int_equal(board->rounds[0].reopenings, 1);
    assert_true(board->ideas[0].tally.agree !=
                board->rounds[0].result->selection.items[0].tally.agree);
}

/* Puts other words in the place of the first such words of a file. */
static void change(const struct place *place, const char *name, const char *from,
                   const char *to)
{
    AUTO_BUF path = {0};
    AUTO_BUF bytes = {0};
    AUTO_BUF changed = {0};
    AUTO_BUF why = {0};

    buf_printf(&path, "%s/%s", place->folder, name);
    assert_int_equal(file_read(path.bytes, &bytes, &why), OK);
    const char *at = strstr(bytes.bytes, from);

    assert_non_null(at);
    buf_add(&changed, bytes.bytes, (size_t)(at - bytes.bytes));
    buf_add_text(&changed, to);
    buf_add_text(&changed, at + strlen(from));
    assert_int_equal(file_write(path.bytes, buf_view(&changed), &why), OK);
}

static void expect_difference(const struct place *place, const char *words)
{
    struct archive_read archive = {0};

    assert_true(archive_read(&archive, place->folder));
    archive_compare_results(&archive);
    assert_true(archive.differences.total > 0);
    bool found = false;

    for (size_t i = 0; i < archive.differences.count; i++) {
        found = found || strstr(archive.differences.items[i], words);
    }
    assert_true(found);
    archive_read_finish(&archive);
}

static void a_changed_ballot_is_found_in_the_sums(void **state)
{
    change(*state, "ballots.csv", ",disagree\r\n", ",agree\r\n");
    expect_difference(*state, "candidates.csv says");
}

static void a_changed_rule_gives_another_result(void **state)
{
    change(*state, "rounds.json", "\"keep\":{\"top\":4}", "\"keep\":{\"top\":3}");
    expect_difference(*state, "round 1, seats");
}

static void a_changed_group_is_found(void **state)
{
    const struct place *place = *state;
    struct round_result now;
    char from[40];
    char to[40];

    round_result_now(place->history.board, &now);
    snprintf(from, sizeof from, "2,%u,Nord,", now.verdict.winner);
    snprintf(to, sizeof to, "2,%u,Est,", now.verdict.winner);
    round_result_finish(&now);
    change(place, "groups.csv", from, to);
    expect_difference(*state, "round 2, verdict");
}

static void a_changed_result_is_found(void **state)
{
    change(*state, "results.json", "\"outcome\":\"promoted\"", "\"outcome\":\"eliminated\"");
    expect_difference(*state, "round 1, rank 1, outcome");
}

static void words_of_another_head_are_found(void **state)
{
    change(*state, "rounds.json", "\"words\":\"", "\"words\":\"faux ");
    expect_difference(*state, "the words are not those of the head");
}

static void what_is_no_archive_is_refused_in_a_sentence(void **state)
{
    struct place *place = *state;
    struct archive_read archive = {0};

    assert_false(archive_read(&archive, "/nowhere"));
    archive_read_finish(&archive);
    change(place, "ballots.csv", "round,voter", "round,person");
    assert_false(archive_read(&archive, place->folder));
    archive_read_finish(&archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gives_the_same_bytes_as_the_fold, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_board_had_what_makes_it_hard, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_changed_ballot_is_found_in_the_sums, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_changed_rule_gives_another_result, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_changed_group_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_changed_result_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_of_another_head_are_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_archive_is_refused_in_a_sentence, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
