/*
 * Goal: whatever happens on a board, its counts add up, its budgets hold, refusals and repeats
 * change nothing, and any way of folding its log gives the same board.
 *
 * A property that does not hold is reported with the seed of its story.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/serve.h"
#include "support/dump.h"
#include "support/oracle.h"
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

static uint32_t replies(const struct board *board, uint32_t number)
{
    uint32_t found = 0;

    for (size_t i = 0; i < board->ideas_count; i++) {
        const struct idea *idea = &board->ideas[i];

        found += idea->state == IDEA_SHOWN && (idea->parent == number || idea->with == number);
    }
    return found;
}

static const char *check_idea(const struct board *board, const struct idea *idea)
{
    uint32_t reports = 0;
    bool by_others = false;

    for (size_t i = 0; i < board->people_count; i++) {
        const struct ballot *ballot = person_ballot(&board->people[i], idea->number);

        by_others =
            by_others || (ballot && ballot->choice && !person_wrote(&board->people[i], idea));
        reports += ballot && ballot->reported;
    }
    if (idea->reports > reports) {
        return "an idea has more reports than people reported it";
    }
    if (by_others && !idea->judged) {
        return "an idea that others judged can still be edited";
    }
    return replies(board, idea->number) == idea->replies ? NULL
                                                         : "the replies shown are not counted";
}

static const char *check_person(const struct board *board, const struct person *person)
{
    const struct round_definition *round = board_round(board);

    for (uint32_t i = 1; i <= board->ideas_count; i++) {
        const struct ballot *ballot = person_ballot(person, i);

        if (ballot && ballot->in_flight && !ballot->served) {
            return "what was never shown is in flight";
        }
    }
    if (!round) {
        return person->votes || person->served ? "something was judged before any round" : NULL;
    }
    if (round->votes_per_person && person->votes > round->votes_per_person) {
        return "a person judged more than the budget";
    }
    if (round->posts_per_person && person->posts > round->posts_per_person) {
        return "a person posted more than the budget";
    }
    uint32_t cap = round->final ? UINT32_MAX : SERVE_CAP;

    cap = round->votes_per_person ? round->votes_per_person : cap;
    return person->served > cap ? "a person was served more than the cap" : NULL;
}

static size_t outstanding(const struct board *board)
{
    const struct serving_queue *queue = &board->servings;
    size_t found = 0;

    for (size_t i = queue->first; i < queue->first + queue->count; i++) {
        const struct serving *serving = &queue->items[i];
        const struct person *person = board_person(board, serving->person); /* NULL: ended */

        found += person && person_ballot(person, serving->idea)->in_flight;
    }
    return found;
}

static const char *check_servings(const struct board *board)
{
    size_t in_flight = 0;

    for (size_t i = 0; i < board->ideas_count; i++) {
        in_flight += board->ideas[i].in_flight;
    }
    return in_flight == outstanding(board) ? NULL : "servings are lost or never expire";
}

static const char *check_board(const struct board *board)
{
    const char *wrong = check_servings(board);
    size_t active = 0;

    for (size_t i = 0; i < board->ideas_count && !wrong; i++) {
        wrong = check_idea(board, &board->ideas[i]);
    }
    for (size_t i = 0; i < board->people_count && !wrong; i++) {
        wrong = check_person(board, &board->people[i]);
        active += board->people[i].acts > 0;
    }
    return !wrong && active != board->active_people ? "people who acted are miscounted" : wrong;
}

static const char *adds_up(struct history *history, struct chance *chance)
{
    struct oracle *oracle = oracle_create();
    const char *wrong = NULL;

    for (int i = 0; i < 80 && !wrong; i++) {
        story_step(history, chance);
        wrong = check_board(history->board);
        wrong = wrong ? wrong : oracle_follow(oracle, history);
    }
    oracle_destroy(oracle);
    return wrong;
}

static void counts_add_up_and_budgets_hold(void **state)
{
    (void)state;
    tell(adds_up, 1, 1500);
}

static const char *changes_nothing(struct history *history, struct chance *chance)
{
    for (int i = 0; i < 60; i++) {
        AUTO_BUF before = {0};
        AUTO_BUF after = {0};
        size_t servings = history->board->servings.count;

        dump_state(&before, history->board);
        struct decision decision = story_step(history, chance);
        bool expired = history->board->servings.count != servings; /* time does that */

        dump_state(&after, history->board);
        if ((decision.err || decision.repeat) && !expired &&
            strcmp(before.bytes, after.bytes) != 0) {
            return decision.repeat ? "a repeat changed the board"
                                   : "a refusal changed the board";
        }
        if (history->board->version != history->count) {
            return "the version is not the number of entries";
        }
    }
    return NULL;
}

static void refusals_and_repeats_change_nothing(void **state)
{
    (void)state;
    tell(changes_nothing, 10000, 400);
}

static const char *replays(struct history *history, struct chance *chance)
{
    for (int i = 0; i < 80; i++) {
        story_step(history, chance);
    }
    AUTO_BUF live = {0};
    AUTO_BUF again = {0};
    AUTO_BUF pieces = {0};
    AUTO(board) struct board *replayed = history_replay(history, history->count);
    AUTO(board) struct board *pieced = board_create();

    for (size_t from = 0; from < history->count;) {
        size_t to = from + 1 + chance_below(chance, 20);

        to = to < history->count ? to : history->count;
        AUTO(board) struct board *other = history_replay(history, to); /* they share nothing */

        history_fold(history, pieced, from, to);
        if (memcmp(&other->head, &pieced->head, sizeof other->head) != 0) {
            return "a prefix has another head";
        }
        from = to;
    }
    dump_board(&live, history->board);
    dump_board(&again, replayed);
    dump_board(&pieces, pieced);
    if (strcmp(live.bytes, again.bytes) != 0) {
        return "a replay is not the live board";
    }
    return strcmp(live.bytes, pieces.bytes) == 0 ? NULL
                                                 : "folding in pieces gives another board";
}

static void any_way_of_folding_gives_the_same_board(void **state)
{
    (void)state;
    tell(replays, 20000, 600);
}

static const char *comes_back(struct history *history, struct chance *chance)
{
    for (int i = 0; i < 40; i++) {
        story_step(history, chance);
    }
    for (uint32_t idea = 1; idea <= history->board->ideas_count; idea++) {
        AUTO_BUF before = {0};
        AUTO_BUF after = {0};

        dump_counts(&before, history->board);
        if (history_idea(history, idea)->state != IDEA_SHOWN) {
            continue;
        }
        if (history_hide(history, 0, idea)) {
            return "what is shown could not be hidden";
        }
        if (board_competes(history->board, history_idea(history, idea))) {
            return "what is hidden competes";
        }
        if (chance_one_in(chance, 2)) {
            history->now_ms += 1000000;
        }
        if (history_on(history, CMD_RESTORE, 0, idea)) {
            return "what was hidden could not be restored";
        }
        dump_counts(&after, history->board);
        if (strcmp(before.bytes, after.bytes) != 0) {
            return "hiding and restoring lost or made ballots";
        }
    }
    return NULL;
}

static void hiding_and_restoring_is_identity(void **state)
{
    (void)state;
    tell(comes_back, 30000, 600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_add_up_and_budgets_hold),
        cmocka_unit_test(refusals_and_repeats_change_nothing),
        cmocka_unit_test(any_way_of_folding_gives_the_same_board),
        cmocka_unit_test(hiding_and_restoring_is_identity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
