/*
 * Goal: whatever happened on a board, erasing a person changes no tally and no result and
 * leaves nothing of theirs but ballots; following and leaving is identity.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/dump.h"
#include "support/oracle.h"
#include "support/story.h"

enum {
    STORIES = 200,
    LENGTH = 60
};

typedef const char *property(struct history *history, struct chance *chance);

static void tell(property *holds, uint64_t first_seed)
{
    for (uint64_t seed = first_seed; seed < first_seed + STORIES; seed++) {
        AUTO_HISTORY history;
        struct chance chance = {seed << 32};

        story_begin(&history, &chance);
        for (int i = 0; i < LENGTH; i++) {
            story_step(&history, &chance);
        }
        const char *wrong = holds(&history, &chance);

        if (wrong) {
            fail_msg("seed %llu: %s", (unsigned long long)seed, wrong);
        }
    }
}

static enum err erase(struct history *history, uint64_t person, enum erasure erasure)
{
    struct command command = history_command(history, CMD_ERASE, person);

    command.erasure = erasure;
    return history_add(history, &command).err;
}

static void dump_results(struct buf *to, const struct board *board)
{
    for (uint32_t i = 0; i < board->definition.rounds_count; i++) {
        if (board->rounds[i].result) {
            dump_result(to, board->rounds[i].result);
        }
    }
}

/* Somebody who may still act; 0: nobody. */
static uint64_t somebody(const struct history *history, struct chance *chance)
{
    const struct board *board = history->board;
    size_t from = chance_below(chance, (uint32_t)board->people_count);

    for (size_t i = 0; i < board->people_count; i++) {
        const struct person *person = &board->people[(from + i) % board->people_count];

        if (!person->erased) {
            return person->key;
        }
    }
    return 0;
}

static const char *check_traces(struct history *history, uint64_t key)
{
    const struct person *person = history_who(history, key);

    if (!person->erased || !ref_is_none(person->name) || person->own_count ||
        person->follows_count || person->notes_count || person->role > ROLE_PARTICIPANT) {
        return "something of an erased person is left";
    }
    for (size_t i = 0; i < history->board->ideas_count; i++) {
        if (history->board->ideas[i].author == person->number) {
            return "an idea still names its author";
        }
    }
    return history_on(history, CMD_RENAME, key, 0) == ERR_GONE ? NULL : "an erased person acts";
}

static const char *keeps_tallies(struct history *history, struct chance *chance)
{
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};
    uint64_t key = somebody(history, chance);

    if (!key) {
        return NULL;
    }
    dump_counts(&before, history->board);
    dump_results(&before, history->board);
    if (erase(history, key, ERASURE_ANONYMOUS)) {
        return "somebody could not be erased";
    }
    dump_counts(&after, history->board);
    dump_results(&after, history->board);
    if (strcmp(before.bytes, after.bytes) != 0) {
        return "erasing changed what was counted";
    }
    const char *wrong = oracle_check(history);

    return wrong ? wrong : check_traces(history, key);
}

static void erasing_a_person_changes_nothing_that_was_counted(void **state)
{
    (void)state;
    tell(keeps_tallies, 50000);
}

/* With their ideas what was merged comes apart, and is counted as it stood before. */
static const char *keeps_ballots(struct history *history, struct chance *chance)
{
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};
    uint64_t key = somebody(history, chance);
    uint64_t ballots = history->board->ballots;

    if (!key) {
        return NULL;
    }
    bool merged = history->board->merged > 0;

    for (size_t i = 0; i < history->board->ideas_count && !merged; i++) {
        const struct tally *tally = &history->board->ideas[i].tally;

        buf_printf(&before, "%u %u %u,", tally->agree, tally->disagree, tally->pass);
    }
    dump_results(&before, history->board);
    if (erase(history, key, ERASURE_TEXTS)) {
        return "somebody could not be erased";
    }
    for (size_t i = 0; i < history->board->ideas_count && !merged; i++) {
        const struct tally *tally = &history->board->ideas[i].tally;

        buf_printf(&after, "%u %u %u,", tally->agree, tally->disagree, tally->pass);
    }
    dump_results(&after, history->board);
    if (ballots != history->board->ballots ||
        (before.len && strcmp(before.bytes, after.bytes) != 0)) {
        return "erasing changed ballots, tallies or results";
    }
    const char *wrong = oracle_check(history);

    return wrong ? wrong : check_traces(history, key);
}

static void erasing_words_takes_no_ballot(void **state)
{
    (void)state;
    tell(keeps_ballots, 60000);
}

static const char *comes_back(struct history *history, struct chance *chance)
{
    uint64_t key = somebody(history, chance);

    if (key && person_is_suspended(history_who(history, key), history->now_ms)) {
        return NULL; /* they follow nothing for now */
    }
    for (uint32_t n = 1; key && n <= history->board->ideas_count; n++) {
        const struct person *person = history_who(history, key);
        bool did = person_follows(person, n);

        for (int i = 0; i < 2; i++) {
            struct command command = history_command(history, CMD_FOLLOW, key);

            command.idea = n;
            command.on = i ? did : !did;
            enum err err = history_add(history, &command).err;

            if (err && err != ERR_UNKNOWN_IDEA) {
                return "an idea could not be followed or left";
            }
            did = err && i == 0 ? person_follows(history_who(history, key), n) : did;
        }
        bool shown = history_idea(history, n)->state == IDEA_SHOWN;

        if (shown && person_follows(history_who(history, key), n) != did) {
            return "following and leaving changed who follows";
        }
    }
    return NULL;
}

static void following_and_leaving_is_identity(void **state)
{
    (void)state;
    tell(comes_back, 70000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(erasing_a_person_changes_nothing_that_was_counted),
        cmocka_unit_test(erasing_words_takes_no_ballot),
        cmocka_unit_test(following_and_leaving_is_identity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
