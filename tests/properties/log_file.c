/*
 * Goal: a log that was written to a file folds, read back line by line, to the same chain head
 * and the same board as it did live.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "export/log.h"
#include "support/dump.h"
#include "support/golden.h"
#include "support/story.h"

enum {
    STORIES = 100,
    STEPS = 120
};

static void write_log(const struct history *history, struct buf *to)
{
    for (size_t i = 0; i < history->count; i++) {
        const struct entry entry = {.id = history->log[i].id,
                                    .bytes = buf_view(&history->log[i].bytes)};

        export_log_line(&entry, to);
    }
}

/* The board that the lines of a file come to. */
static struct board *read_log(struct view file)
{
    struct board *board = board_create();
    struct effects effects;

    effects_init(&effects);
    while (file.len) {
        const char *end = memchr(file.ptr, '\n', file.len);

        assert_non_null(end);
        size_t len = (size_t)(end - file.ptr);
        json_auto_t *line = json_loadb(file.ptr, len, JSON_REJECT_DUPLICATES, NULL);

        assert_non_null(line);
        assert_true(golden_fold(board, &effects, line));
        file = (struct view){end + 1, file.len - len - 1};
    }
    effects_finish(&effects);
    return board;
}

static void folds_alike(uint64_t seed)
{
    struct history history;
    struct chance chance = {.state = seed};
    AUTO_BUF file = {0};
    AUTO_BUF live = {0};
    AUTO_BUF read = {0};

    story_begin(&history, &chance);
    for (int i = 0; i < STEPS; i++) {
        (void)story_step(&history, &chance);
    }
    write_log(&history, &file);
    AUTO(board) struct board *board = read_log(buf_view(&file));

    dump_board(&live, history.board);
    dump_board(&read, board);
    if (!view_equal(buf_view(&live), buf_view(&read)) ||
        memcmp(&board->head, &history.board->head, sizeof board->head) != 0) {
        fail_msg("seed %llu", (unsigned long long)seed);
    }
    history_finish(&history);
}

static void a_file_folds_as_the_live_log_did(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= STORIES; seed++) {
        folds_alike(seed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_file_folds_as_the_live_log_did)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
