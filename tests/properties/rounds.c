/*
 * Goal: whatever happens in a round, its result depends on ballots and not on their order,
 * nobody is out for want of judges where that is the rule, those that few have seen are shown
 * first, and every question of "what if" can be asked of any log.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/round.h"
#include "core/serve.h"
#include "support/dump.h"
#include "support/story.h"

enum {
    STEPS = 90
};

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

static bool is_kind(const struct logged *logged, enum command_kind kind)
{
    AUTO_BUF start = {0};

    buf_printf(&start, "[\"%s\",", command_name(kind));
    return logged->bytes.len > start.len &&
           memcmp(logged->bytes.bytes, start.bytes, start.len) == 0;
}

static bool is_free_ballot(const struct logged *logged)
{
    return !logged->decision.repeat &&
           (is_kind(logged, CMD_VOTE) || is_kind(logged, CMD_UNVOTE));
}

/* The person of an entry: the first text behind its kind. */
static struct view who(const struct logged *logged)
{
    const char *from = strchr(logged->bytes.bytes, ',');

    return (struct view){from, 20};
}

/* Folds the log with some neighbouring ballots of different people in the other order. */
static struct board *fold_mixed(const struct history *history, struct chance *chance)
{
    struct board *board = board_create();
    AUTO_HISTORY mixed;

    history_init(&mixed);
    for (size_t i = 0; i < history->count; i++) {
        mixed.now_ms = history->log[i].id.ms;
        const struct logged *one = &history->log[i];
        const struct logged *next = i + 1 < history->count ? one + 1 : NULL;
        bool swap = next && is_free_ballot(one) && is_free_ballot(next) &&
                    !view_equal(who(one), who(next)) && one->id.ms == next->id.ms &&
                    chance_one_in(chance, 2);

        history_add_bytes(&mixed, buf_view(&(swap ? next : one)->bytes));
        if (swap) {
            history_add_bytes(&mixed, buf_view(&one->bytes));
            i++;
        }
    }
    history_fold(&mixed, board, 0, mixed.count);
    return board;
}

static void dump_results(struct buf *to, const struct board *board)
{
    for (uint32_t i = 1; i <= board->definition.rounds_count; i++) {
        if (round_result(board, i)) {
            dump_result(to, round_result(board, i));
        }
    }
    dump_counts(to, board);
}

static const char *order_does_not_matter(struct history *history, struct chance *chance)
{
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};

    for (int i = 0; i < STEPS; i++) {
        story_step(history, chance);
    }
    AUTO(board) struct board *mixed = fold_mixed(history, chance);

    dump_results(&before, history->board);
    dump_results(&after, mixed);
    return strcmp(before.bytes, after.bytes) == 0 ? NULL : "another order, another result";
}

static void the_order_of_ballots_changes_no_result(void **state)
{
    (void)state;
    tell(order_does_not_matter, 1, 800);
}

static const char *few_judges_are_no_reason(struct history *history, struct chance *chance)
{
    for (int i = 0; i < STEPS; i++) {
        story_step(history, chance);
        for (uint32_t r = 1; r <= history->board->definition.rounds_count; r++) {
            const struct round_result *result = round_result(history->board, r);
            const struct rule *rule = &history->board->definition.rounds[r - 1].rule;

            for (size_t k = 0; result && k < result->selection.count; k++) {
                const struct standing *item = &result->selection.items[k];

                if (rule->carry_over && item->outcome == OUTCOME_ELIMINATED &&
                    tally_judged(&item->tally) < rule->min_judges) {
                    return "an idea is out that too few people judged";
                }
            }
        }
    }
    return NULL;
}

static void nothing_is_out_for_want_of_judges_where_it_is_carried_over(void **state)
{
    (void)state;
    tell(few_judges_are_no_reason, 10000, 800);
}

static bool holds(const struct command *command, uint32_t idea)
{
    bool found = false;

    for (uint32_t i = 0; i < command->ideas_count; i++) {
        found = found || command->ideas[i] == idea;
    }
    return found;
}

static uint32_t exposures(const struct idea *idea)
{
    return tally_judged(&idea->tally) + idea->in_flight;
}

/* Of those that they could be shown, which nobody waits for on their screen. */
static bool could_be_shown(const struct history *history, const struct person *person,
                           const struct idea *idea)
{
    const struct ballot *ballot = person_ballot(person, idea->number);

    return serve_may(history->board, person, idea) && !(ballot && ballot->in_flight);
}

static const char *check_choice(struct history *history, uint64_t key, uint32_t count)
{
    struct command command = history_choice(history, key, count);
    const struct person *person = history_who(history, key);
    const struct round_definition *round = board_round(history->board);
    uint32_t needed = round && !round->final ? round->rule.min_judges : 0;

    for (uint32_t i = 0; i < command.ideas_count; i++) {
        bool enough = exposures(history_idea(history, command.ideas[i])) >= needed;

        for (uint32_t n = 1; enough && n <= history->board->ideas_count; n++) {
            const struct idea *idea = history_idea(history, n);

            if (exposures(idea) < needed && !holds(&command, n) &&
                could_be_shown(history, person, idea)) {
                return "somebody is shown what enough have seen, before what they have not";
            }
        }
    }
    bool may =
        board_is_open(history->board) && round->allows & ALLOW_VOTE &&
        (person->role < ROLE_MODERATOR || history->board->definition.staff_ballots_count);

    return may && command.ideas_count && board_check(history->board, &command)
               ? "what was chosen is refused"
               : NULL;
}

static const char *shows_the_least_seen(struct history *history, struct chance *chance)
{
    const char *wrong = NULL;

    for (int i = 0; i < STEPS && !wrong; i++) {
        story_step(history, chance);
        for (uint64_t key = 1; key <= STORY_LEAD && !wrong; key++) {
            if (board_person_number(history->board, key) &&
                !history_who(history, key)->erased) {
                wrong = check_choice(history, key, 1 + chance_below(chance, 4));
            }
        }
    }
    return wrong;
}

static void what_few_have_seen_is_shown_first(void **state)
{
    (void)state;
    tell(shows_the_least_seen, 20000, 500);
}

static const char *closes_once(struct history *history, struct chance *chance)
{
    for (int i = 0; i < STEPS; i++) {
        AUTO_BUF before = {0};
        AUTO_BUF after = {0};

        story_step(history, chance);
        uint32_t round = history->board->round;

        if (!round || !history->board->rounds[round - 1].closed_version) {
            continue;
        }
        dump_results(&before, history->board);
        if (!history_round(history, CMD_CLOSE, STORY_LEAD, round)) {
            return "a round closed twice";
        }
        dump_results(&after, history->board);
        if (strcmp(before.bytes, after.bytes) != 0) {
            return "closing twice changed something";
        }
    }
    return NULL;
}

static void closing_twice_changes_nothing(void **state)
{
    (void)state;
    tell(closes_once, 30000, 300);
}

/* Ideas, ballots, tallies, exact scores. */
static void dump_standing(struct buf *to, const struct board *board)
{
    struct round_result now;

    dump_counts(to, board);
    round_result_now(board, &now);
    now.participants = 0; /* staff who merge begin to take part */
    dump_result(to, &now);
    round_result_finish(&now);
    for (size_t i = 0; i < board->ideas_count; i++) {
        const struct idea *idea = &board->ideas[i];

        buf_printf(to, " %u/%d/%u/%u", idea->candidate, (int)idea->outcome, idea->merged_into,
                   idea->in_flight);
    }
}

static const char *merges_come_apart(struct history *history, struct chance *chance)
{
    for (int i = 0; i < STEPS; i++) {
        AUTO_BUF before = {0};
        AUTO_BUF after = {0};
        uint32_t count = (uint32_t)history->board->ideas_count;

        story_step(history, chance);
        struct command command = history_command(history, CMD_MERGE, 0);
        struct command back = history_command(history, CMD_UNMERGE, 0);

        command.idea = 1 + chance_below(chance, count ? count : 1);
        command.ideas[command.ideas_count++] = 1 + chance_below(chance, count ? count : 1);
        back.idea = command.ideas[0];
        uint32_t round = history->board->round;
        bool over = round && history->board->rounds[round - 1].closed_version;

        if (over || board_check(history->board, &command)) {
            continue;
        }
        dump_standing(&before, history->board);
        if (history_add(history, &command).err || history_add(history, &back).err) {
            return "what was merged does not come apart";
        }
        dump_standing(&after, history->board);
        if (strcmp(before.bytes, after.bytes) != 0) {
            return "merging and taking apart is not identity";
        }
    }
    return NULL;
}

static void merging_and_taking_apart_is_identity(void **state)
{
    (void)state;
    tell(merges_come_apart, 40000, 500);
}

static const char *asks_what_if(struct history *history, struct chance *chance)
{
    struct map people;
    const char *wrong = NULL;

    for (int i = 0; i < STEPS; i++) {
        story_step(history, chance);
    }
    map_init(&people);
    map_put(&people, 1 + chance_below(chance, 5), 1);
    for (unsigned i = 0; i < 128 && !wrong; i += i ? i : 1) { /* nothing, then each alone */
        const struct omission omission = {.guests = i & 1,
                                          .seeds = i & 2,
                                          .staff = i & 4,
                                          .extensions = i & 8,
                                          .earlier = i & 16,
                                          .opposition = i & 32,
                                          .people = i & 64 ? &people : NULL};
        AUTO(board) struct board *board = history_replay_without(history, &omission);
        AUTO_BUF before = {0};
        AUTO_BUF after = {0};

        dump_board(&before, history->board);
        dump_board(&after, board);
        if (i == 0 && strcmp(before.bytes, after.bytes) != 0) {
            wrong = "leaving nothing out changes the board";
        }
    }
    map_finish(&people);
    return wrong;
}

static void any_log_can_be_asked_what_if(void **state)
{
    (void)state;
    tell(asks_what_if, 50000, 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_ballots_changes_no_result),
        cmocka_unit_test(nothing_is_out_for_want_of_judges_where_it_is_carried_over),
        cmocka_unit_test(what_few_have_seen_is_shown_first),
        cmocka_unit_test(closing_twice_changes_nothing),
        cmocka_unit_test(merging_and_taking_apart_is_identity),
        cmocka_unit_test(any_log_can_be_asked_what_if),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
