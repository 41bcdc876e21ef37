/*
 * Goal: whatever happens on a board, what waits for staff waits since a known time, complaints
 * are counted as they stand open, and what staff take out, bring back, unite and tell apart is
 * counted exactly as before; the tally that is shown before a merge is the one after it.
 *
 * A property that does not hold is reported with the seed of its story.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/dump.h"
#include "support/story.h"

/* NULL, or what does not hold. */
typedef const char *property(struct history *history, struct chance *chance);

static void tell(property *holds, uint64_t first_seed, unsigned stories)
{
    for (uint64_t seed = first_seed; seed < first_seed + stories; seed++) {
        AUTO_HISTORY history;
        struct chance chance = {seed << 32};

        story_begin(&history, &chance);
        const char *wrong = holds(&history, &chance);

        if (wrong) {
            fail_msg("seed %llu, entry %zu: %s\n%s", (unsigned long long)seed, history.count,
                     wrong, history.log[history.count - 1].bytes.bytes);
        }
    }
}

static uint32_t open_reports(const struct board *board, uint32_t first, bool appeals)
{
    const struct report *report = NULL;
    uint32_t open = 0;

    while ((report = board_next_report(board, first, report)) != NULL) {
        open += !report->resolution && report->appeal == appeals;
    }
    return open;
}

static bool is_too_long(const struct board *board, const struct lease *lease)
{
    return lease->until_ms > board->last.ms + CASE_LEASE_MS;
}

static const char *check_idea(const struct board *board, const struct idea *idea)
{
    enum case_class class = case_of_idea(board, idea);
    bool away = idea->state == IDEA_WITHDRAWN || idea->state == IDEA_MERGED;

    if (!away && (class <= CASE_PENDING) != (idea->waiting_ms != 0)) {
        return "a case waits since never, or what is no case waits";
    }
    if (idea->waiting_ms > board->last.ms) {
        return "something waits since later";
    }
    if (idea->reports != open_reports(board, idea->first_report, false)) {
        return "an idea's reports are not those that stand open";
    }
    if (!away &&
        (open_reports(board, idea->first_report, true) == 1) != (class == CASE_APPEAL)) {
        return "an open appeal is no case, or the other way round";
    }
    return is_too_long(board, &idea->lease) ? "a lease is too long" : NULL;
}

static bool is_listed(const struct board *board, uint32_t person)
{
    size_t times = 0;

    for (size_t i = 0; i < board->reported_count; i++) {
        times += board->reported[i] == person;
    }
    assert_true(times <= 1);
    return times == 1;
}

static const char *check_person(const struct board *board, const struct person *person)
{
    uint32_t open = person->erased ? 0 : open_reports(board, person->first_report, false);

    if (person->reports != open) {
        return "a person's reports are not those that stand open";
    }
    if (is_listed(board, person->number) != (open > 0) ||
        (person->waiting_ms != 0) != (open > 0)) {
        return "who is complained about is no case, or the other way round";
    }
    return is_too_long(board, &person->lease) ? "a lease is too long" : NULL;
}

static const char *check_record(const struct board *board)
{
    struct record_summary summary = board_summary(board);
    uint32_t appeals = 0;
    uint32_t granted = 0;

    for (size_t i = 0; i < board->reports_count; i++) {
        appeals += board->reports[i].appeal;
        granted +=
            board->reports[i].appeal && board->reports[i].resolution == RESOLUTION_UPHELD;
    }
    return summary.appeals == appeals && summary.granted == granted
               ? NULL
               : "the record has other appeals than authors made";
}

static const char *check_choice(const struct board *board, const struct person *person)
{
    struct case_place place;
    bool found = case_choose(board, person, board->last.ms, (struct case_place){0, 0}, &place);
    const struct idea *idea = found ? board_idea(board, place.idea) : NULL;

    if (idea && (case_of_idea(board, idea) == CASE_NONE ||
                 case_is_taken(&idea->lease, person->number, board->last.ms))) {
        return "staff are given what is no case, or another's";
    }
    return !found || idea || is_listed(board, place.person) ? NULL
                                                            : "staff are given nobody's case";
}

static const char *nothing_is_lost(struct history *history, struct chance *chance)
{
    const char *wrong = NULL;

    for (int i = 0; i < 120 && !wrong; i++) {
        story_step(history, chance);
        const struct board *board = history->board;

        wrong = check_record(board);
        for (size_t n = 0; n < board->ideas_count && !wrong; n++) {
            wrong = check_idea(board, &board->ideas[n]);
        }
        for (size_t n = 0; n < board->people_count && !wrong; n++) {
            wrong = check_person(board, &board->people[n]);
            wrong = wrong ? wrong : check_choice(board, &board->people[n]);
        }
    }
    return wrong;
}

static void what_waits_is_known_and_complaints_add_up(void **state)
{
    (void)state;
    tell(nothing_is_lost, 50000, 800);
}

/* States, replies, tallies, scores by the sums that are exact at any time, and everybody's
   ballots: what is counted and shown. */
static void write_counts(struct buf *to, const struct board *board)
{
    for (size_t i = 0; i < board->ideas_count; i++) {
        const struct idea *idea = &board->ideas[i];

        buf_printf(to, "\n%zu %d %u %u %u %u", i + 1, (int)idea->state, idea->merged_into,
                   idea->replies, rank_score(board->sums, RANK_K0, &idea->tally),
                   idea->in_flight);
        for (size_t n = 0; n < board->people_count; n++) {
            const struct ballot *ballot = person_ballot(&board->people[n], idea->number);
            const struct ballot *counted = board_counted(board, &board->people[n], idea);

            buf_printf(to, " %d/%d", ballot ? (int)ballot->choice : 0,
                       counted ? (int)counted->choice : 0);
        }
    }
    dump_counts(to, board);
}

static const char *hides_and_restores(struct history *history, struct chance *chance)
{
    for (int i = 0; i < 60; i++) {
        story_step(history, chance);
    }
    for (uint32_t idea = 1; idea <= history->board->ideas_count; idea++) {
        AUTO_BUF before = {0};
        AUTO_BUF after = {0};

        if (history_idea(history, idea)->state != IDEA_SHOWN) {
            continue;
        }
        write_counts(&before, history->board);
        if (history_hide(history, 0, idea) || history_on(history, CMD_RESTORE, 0, idea)) {
            return "what is shown could not be hidden and restored";
        }
        write_counts(&after, history->board);
        if (strcmp(before.bytes, after.bytes) != 0) {
            return "hiding and restoring changed what is counted";
        }
    }
    return NULL;
}

static void hide_then_restore_is_identity_on_tallies_and_scores(void **state)
{
    (void)state;
    tell(hides_and_restores, 51000, 400);
}

/* What takes apart or unites one and another, if that is allowed now. */
static const char *merge_and_back(struct history *history, uint32_t into, uint32_t idea)
{
    struct command trial = history_command(history, CMD_MERGE, 0);
    uint32_t both[] = {into, idea};
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};

    trial.idea = into;
    trial.ideas[trial.ideas_count++] = idea;
    if (board_check(history->board, &trial)) {
        return NULL;
    }
    bool counted = board_competes(history->board, history_idea(history, into));
    struct tally union_before = board_union(history->board, both, 2);

    write_counts(&before, history->board);
    if (history_add(history, &trial).err) {
        return "what could be merged was not";
    }
    struct tally after_merge = history_idea(history, into)->tally;

    if (counted && memcmp(&union_before, &after_merge, sizeof after_merge) != 0) {
        return "the union is not the tally after the merge";
    }
    struct command back = history_command(history, CMD_UNMERGE, 0);

    back.idea = idea;
    if (history_add(history, &back).err == OK) {
        write_counts(&after, history->board);
        return strcmp(before.bytes, after.bytes) == 0
                   ? NULL
                   : "merging and unmerging changed what is counted";
    }
    return NULL;
}

/* Everybody judges anything, so that many have judged two ideas differently. */
static void judge_much(struct history *history, struct chance *chance)
{
    for (int i = 0; i < 60; i++) {
        struct command ballot =
            story_ballot(history, chance, 1 + chance_below(chance, STORY_PEOPLE));

        history_add(history, &ballot);
    }
}

static const char *merges(struct history *history, struct chance *chance)
{
    for (int i = 0; i < 50; i++) {
        story_step(history, chance);
    }
    judge_much(history, chance);
    uint32_t count = (uint32_t)history->board->ideas_count;
    const char *wrong = NULL;

    for (uint32_t i = 0; i < count * count && !wrong; i++) {
        wrong = merge_and_back(history, 1 + i / count, 1 + i % count);
    }
    return wrong;
}

static void merge_then_unmerge_gives_back_ideas_ballots_tallies_and_scores(void **state)
{
    (void)state;
    tell(merges, 52000, 300);
}

static const char *unites_many(struct history *history, struct chance *chance)
{
    for (int i = 0; i < 50; i++) {
        story_step(history, chance);
    }
    judge_much(history, chance);
    for (int i = 0; i < 6 && history->board->ideas_count; i++) {
        struct command merge = history_command(history, CMD_MERGE, 0);
        uint32_t all[4];

        merge.idea = all[0] = 1 + chance_below(chance, (uint32_t)history->board->ideas_count);
        merge.ideas_count = 1 + chance_below(chance, 3);
        for (uint32_t n = 0; n < merge.ideas_count; n++) {
            merge.ideas[n] = all[n + 1] =
                1 + chance_below(chance, (uint32_t)history->board->ideas_count);
        }
        if (board_check(history->board, &merge) ||
            !board_competes(history->board, history_idea(history, merge.idea))) {
            continue;
        }
        struct tally before = board_union(history->board, all, merge.ideas_count + 1u);
        struct tally tally = {0, 0, 0};

        if (history_add(history, &merge).err == OK) {
            tally = history_idea(history, all[0])->tally;
        }
        if (memcmp(&before, &tally, sizeof tally) != 0) {
            return "the union of many is not the tally after the merge";
        }
    }
    return NULL;
}

static void the_union_is_the_tally_after_the_merge(void **state)
{
    (void)state;
    tell(unites_many, 53000, 600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_waits_is_known_and_complaints_add_up),
        cmocka_unit_test(hide_then_restore_is_identity_on_tallies_and_scores),
        cmocka_unit_test(merge_then_unmerge_gives_back_ideas_ballots_tallies_and_scores),
        cmocka_unit_test(the_union_is_the_tally_after_the_merge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
