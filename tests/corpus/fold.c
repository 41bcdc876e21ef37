/*
 * Goal: folding each log of fold/ gives exactly the outcomes and the board written beside it.
 *
 * The expected values were computed by a second reading of the rules, which counts every tally
 * anew from the ballots; the chain's heads with another implementation of BLAKE2b.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/apply.h"
#include "support/dump.h"
#include "support/golden.h"

static json_t *outcome_json(struct decision decision)
{
    return json_pack("{s:s, s:I, s:b}", "err", err_name(decision.err), "version",
                     (json_int_t)decision.version, "repeat", decision.repeat);
}

static void expect_equal(const json_t *expected, const json_t *got)
{
    AUTO_BUF difference = {0};

    golden_difference(&difference, expected, got);
    if (difference.len) {
        fail_msg("%s", difference.bytes);
    }
}

static void folds_as_written(void **state)
{
    json_auto_t *golden = golden_load(*state);
    AUTO(board) struct board *board = board_create();
    struct effects effects;
    json_auto_t *outcomes = json_array();
    AUTO_BUF dump = {0};
    size_t i = 0;
    json_t *line = NULL;

    effects_init(&effects);
    json_array_foreach(json_object_get(golden, "log"), i, line)
    {
        assert_true(golden_fold(board, &effects, line));
        json_array_append_new(outcomes, outcome_json(effects.decision));
    }
    effects_finish(&effects);
    expect_equal(json_object_get(golden, "expect"), outcomes);
    dump_board(&dump, board);
    json_auto_t *got = json_loadb(dump.bytes, dump.len, JSON_REJECT_DUPLICATES, NULL);

    assert_non_null(got);
    expect_equal(json_object_get(golden, "state"), got);
    expect_equal(got, json_object_get(golden, "state")); /* nothing more either */
}

int main(void)
{
    struct golden golden;

    golden_init(&golden);
    golden_add(&golden, PINSON_SOURCE_DIR "/tests/corpus/fold", "", ".json");
    struct CMUnitTest *tests = mem_array(golden.count, sizeof *tests);

    for (size_t i = 0; i < golden.count; i++) {
        tests[i] = (struct CMUnitTest){.name = golden_name(golden.paths[i]),
                                       .test_func = folds_as_written,
                                       .initial_state = golden.paths[i]};
    }
    int failed = golden.count ? _cmocka_run_group_tests("fold", tests, golden.count, NULL, NULL)
                              : 1; /* a corpus that is not found has not passed */

    mem_free(tests);
    golden_finish(&golden);
    return failed;
}
