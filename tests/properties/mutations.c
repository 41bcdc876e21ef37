/*
 * Goal: no bytes make the reader of entries crash or take two spellings for one command, and a
 * log that differs anywhere has another head.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "support/samples.h"
#include "support/story.h"
#include "wire/entry.h"

enum {
    STORIES = 150,
    LENGTH = 40,
    MUTATIONS = 60000
};

/* One to four small damages: a byte flipped, removed, doubled, or another entry's tail. */
static void damage(struct buf *bytes, struct chance *chance)
{
    static const char likely[] = "[]{}\",:\\0123456789abcdefABCDEF null\x80\xc3\xff";

    for (uint32_t left = 1 + chance_below(chance, 4); left > 0 && bytes->len; left--) {
        size_t at = chance_below(chance, (uint32_t)bytes->len);
        uint32_t how = chance_below(chance, 4);

        if (how == 0) {
            bytes->bytes[at] = (char)(chance_next(chance) & 0xFF);
        } else if (how == 1) {
            bytes->bytes[at] = likely[chance_below(chance, sizeof likely)];
        } else if (how == 2) {
            memmove(bytes->bytes + at, bytes->bytes + at + 1, bytes->len - at);
            bytes->len--;
        } else {
            buf_add_char(bytes, ' ');
            memmove(bytes->bytes + at + 1, bytes->bytes + at, bytes->len - at - 1);
        }
    }
}

static void mutated_entries_are_refused_or_spelt_as_written(void **state)
{
    (void)state;
    unsigned accepted = 0;

    for (uint64_t seed = 1; seed <= MUTATIONS; seed++) {
        struct chance chance = {seed << 32};
        struct command before =
            sample_command((enum command_kind)chance_below(&chance, COMMAND_KINDS),
                           chance_below(&chance, SAMPLE_VARIANTS));
        struct command after;
        AUTO_BUF bytes = {0};
        AUTO_BUF again = {0};

        entry_write(&bytes, &before);
        command_finish(&before);
        damage(&bytes, &chance);
        char *exact =
            mem_copy_text(bytes.bytes, bytes.len); /* so that reading beyond is seen */

        if (!entry_parse((struct view){exact, bytes.len}, &after)) {
            entry_write(&again, &after);
            command_finish(&after);
            accepted++;
            if (!view_equal(buf_view(&again), buf_view(&bytes))) {
                fail_msg("seed %llu: %s read as %s", (unsigned long long)seed, bytes.bytes,
                         again.bytes);
            }
        }
        mem_free(exact);
    }
    assert_true(accepted > MUTATIONS / 100); /* numbers and names that are others */
}

/* Folds the log with entry at replaced by bytes, when these are an entry. */
static bool fold_with(const struct history *history, size_t at, const struct buf *bytes,
                      struct digest *head)
{
    AUTO(board) struct board *board = history_replay(history, at);
    struct entry entry = {.id = history->log[at].id, .bytes = buf_view(bytes)};
    struct effects effects;

    if (entry_parse(entry.bytes, &entry.command)) {
        return false;
    }
    effects_init(&effects);
    board_apply(board, &entry, &effects);
    command_finish(&entry.command);
    effects_finish(&effects);
    history_fold(history, board, at + 1, history->count);
    *head = board->head;
    return true;
}

static void a_changed_entry_changes_the_head(void **state)
{
    (void)state;
    unsigned folded = 0;

    for (uint64_t seed = 1; seed <= STORIES; seed++) {
        AUTO_HISTORY history;
        struct chance chance = {seed << 32};

        story_begin(&history, &chance);
        for (int i = 0; i < LENGTH; i++) {
            story_step(&history, &chance);
        }
        for (size_t at = 0; at < history.count; at++) {
            AUTO_BUF bytes = {0};
            struct digest head;

            buf_add_view(&bytes, buf_view(&history.log[at].bytes));
            damage(&bytes, &chance);
            if (!view_equal(buf_view(&bytes), buf_view(&history.log[at].bytes)) &&
                fold_with(&history, at, &bytes, &head)) {
                folded++;
                if (memcmp(&head, &history.board->head, sizeof head) == 0) {
                    fail_msg("seed %llu, entry %zu", (unsigned long long)seed, at);
                }
            }
        }
    }
    assert_true(folded > STORIES);
}

/* Folds the log without the entry at, or with it and its successor changed about. */
static struct digest fold_altered(const struct history *history, size_t at, bool dropped)
{
    AUTO(board) struct board *board = history_replay(history, at);

    if (!dropped) {
        struct effects effects;

        effects_init(&effects);
        for (size_t i = 0; i < 2; i++) {
            struct entry entry = {.id = history->log[at + i].id,
                                  .bytes = buf_view(&history->log[at + 1 - i].bytes)};

            assert_int_equal(entry_parse(entry.bytes, &entry.command), OK);
            board_apply(board, &entry, &effects);
            command_finish(&entry.command);
        }
        effects_finish(&effects);
    }
    history_fold(history, board, at + (dropped ? 1 : 2), history->count);
    return board->head;
}

static void a_lost_or_moved_entry_changes_the_head(void **state)
{
    (void)state;

    for (uint64_t seed = 1; seed <= STORIES / 3; seed++) {
        AUTO_HISTORY history;
        struct chance chance = {seed << 32};

        story_begin(&history, &chance);
        for (int i = 0; i < LENGTH; i++) {
            story_step(&history, &chance);
        }
        for (size_t at = 0; at + 1 < history.count; at++) {
            struct digest dropped = fold_altered(&history, at, true);
            struct digest moved = fold_altered(&history, at, false);
            bool same = view_equal(buf_view(&history.log[at].bytes),
                                   buf_view(&history.log[at + 1].bytes));

            assert_memory_not_equal(&dropped, &history.board->head, sizeof dropped);
            if (!same) {
                assert_memory_not_equal(&moved, &history.board->head, sizeof moved);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mutated_entries_are_refused_or_spelt_as_written),
        cmocka_unit_test(a_changed_entry_changes_the_head),
        cmocka_unit_test(a_lost_or_moved_entry_changes_the_head),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
