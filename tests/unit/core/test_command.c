/* Goal: commands name their kinds, texts and gestures, and a definition its themes. */
#include "core/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

static void every_kind_has_a_name_of_its_own(void **state)
{
    (void)state;

    for (unsigned i = 0; i < COMMAND_KINDS; i++) {
        for (unsigned k = 0; k < i; k++) {
            assert_string_not_equal(command_name((enum command_kind)i),
                                    command_name((enum command_kind)k));
        }
    }
    assert_string_equal(command_name(CMD_VOTE), "vote");
}

static void mark(struct text_use *text, unsigned char byte)
{
    text->ref.bytes[0] = byte;
}

static void lists_every_text_that_it_names(void **state)
{
    (void)state;
    const struct text_use *texts[COMMAND_TEXTS] = {NULL};
    struct definition *definition = mem_alloc(sizeof *definition);
    struct command command = {.kind = CMD_CREATE};

    assert_int_equal(command_texts(&command, texts), 0);
    mark(&command.text, 1);
    mark(&command.source_text, 2);
    assert_int_equal(command_texts(&command, texts), 2);
    command.definition = definition;
    mark(&definition->title, 3);
    mark(&definition->question, 4);
    mark(&definition->about, 5);
    definition->rounds_count = LIMIT_ROUNDS;
    for (unsigned i = 0; i < LIMIT_ROUNDS; i++) {
        mark(&definition->rounds[i].title, (unsigned char)(6 + 2 * i));
        mark(&definition->rounds[i].prompt, (unsigned char)(7 + 2 * i));
    }
    assert_int_equal(command_texts(&command, texts), COMMAND_TEXTS);
    for (unsigned i = 0; i < COMMAND_TEXTS; i++) {
        assert_int_equal(texts[i]->ref.bytes[0], i + 1);
    }
    definition->rounds_count = 1;
    mark(&definition->about, 0);
    assert_int_equal(command_texts(&command, texts), 2 + 2 + 2);
    command_finish(&command);
    assert_null(command.definition);
}

static void an_op_begins_with_the_time_of_the_gesture(void **state)
{
    (void)state;
    struct op op = {.high = UINT64_C(1795428000123) << 16 | 0xFFFF, .low = UINT64_MAX};

    assert_int_equal(op_time_ms(op), 1795428000123);
    assert_false(op_is_none(op));
    assert_true(op_is_none((struct op){0, 0}));
    assert_false(op_is_none((struct op){0, 1}));
    assert_false(op_is_none((struct op){1, 0}));
    assert_int_not_equal(op_hash((struct op){0, 1}), op_hash((struct op){1, 0}));
}

static void entries_are_ordered_by_time_then_by_sequence(void **state)
{
    (void)state;
    static const struct entry_id ids[] = {{0, 1}, {1, 0}, {1, UINT64_MAX}, {UINT64_MAX, 0}};

    for (int i = 0; i < 4; i++) {
        for (int k = 0; k < 4; k++) {
            assert_int_equal(entry_id_compare(ids[i], ids[k]), (i > k) - (i < k));
        }
    }
}

static void a_theme_is_found_by_its_whole_name(void **state)
{
    (void)state;
    struct definition definition;

    definition_init(&definition);
    assert_int_equal(definition_theme(&definition, (struct view){"", 0}), 0);
    definition.themes_count = 2;
    memcpy(definition.themes[0], "Eau", sizeof "Eau");
    memcpy(definition.themes[1], "Eau douce", sizeof "Eau douce");
    assert_int_equal(definition_theme(&definition, (struct view){"Eau", 3}), 1);
    assert_int_equal(definition_theme(&definition, (struct view){"Eau douce", 9}), 2);
    assert_int_equal(definition_theme(&definition, (struct view){"Eau d", 5}), 0);
    assert_int_equal(definition_theme(&definition, (struct view){"", 0}), 0);
}

static void a_definition_begins_with_one_round_open_to_all(void **state)
{
    (void)state;
    struct definition definition;
    const struct round_definition *round = &definition.rounds[0];

    definition_init(&definition);
    assert_int_equal(definition.rounds_count, 1);
    assert_int_equal(definition.idea_min, 5);
    assert_int_equal(definition.idea_max, 280);
    assert_string_equal(definition.lang, "fr");
    assert_int_equal(round->allows, ALLOW_POST | ALLOW_BUILD | ALLOW_VOTE);
    assert_int_equal(round->compete,
                     1 << RELATION_IDEA | 1 << RELATION_EXPAND | 1 << RELATION_ADAPT);
    assert_int_equal(round->ballots, BALLOTS_ANY);
    assert_int_equal(round->scores, SCORES_LIVE);
    assert_int_equal(round->posts_per_person, 0);
    assert_int_equal(round->votes_per_person, 0);
    assert_int_equal(round->serving_s, 600);
}

static void references_spread_by_their_bytes(void **state)
{
    (void)state;
    struct ref one = {{1}};
    struct ref two = {{2}};

    assert_int_not_equal(ref_hash(one), ref_hash(two));
    assert_true(ref_is_none((struct ref){{0}}));
    assert_false(ref_is_none(one));
    one.bytes[0] = 0;
    one.bytes[15] = 1;
    assert_false(ref_is_none(one));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_a_name_of_its_own),
        cmocka_unit_test(lists_every_text_that_it_names),
        cmocka_unit_test(an_op_begins_with_the_time_of_the_gesture),
        cmocka_unit_test(entries_are_ordered_by_time_then_by_sequence),
        cmocka_unit_test(a_theme_is_found_by_its_whole_name),
        cmocka_unit_test(a_definition_begins_with_one_round_open_to_all),
        cmocka_unit_test(references_spread_by_their_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
