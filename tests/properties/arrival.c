/*
 * Goal: in which order the ballots of different people arrive changes no tally, no sum and no
 * rank.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/dump.h"
#include "support/story.h"

enum {
    PEOPLE = 6,
    IDEAS = 7,
    EACH = 8, /* ballots of a person */
    STORIES = 600,
    ORDERS = 3
};

static void define(struct definition *definition)
{
    definition->own_ballots_count = true;
    definition->rounds[0].votes_per_person = 5;
}

/* What everyone will do, each in their own order. */
struct script {
    struct command ballots[PEOPLE][EACH];
};

static void prepare(struct history *history)
{
    history_init(history);
    history_create(history, define);
    for (uint64_t key = 1; key <= PEOPLE; key++) {
        history_person(history, key, ASSURANCE_GUEST);
    }
    for (uint64_t i = 0; i < IDEAS; i++) {
        history_post(history, 1 + i % PEOPLE);
    }
}

static void write_script(struct script *script, struct chance *chance)
{
    AUTO_HISTORY history;

    prepare(&history); /* for the number of ideas, and ops that differ */
    for (uint64_t person = 0; person < PEOPLE; person++) {
        for (int i = 0; i < EACH; i++) {
            script->ballots[person][i] = story_ballot(&history, chance, person + 1);
        }
    }
}

/* Plays the script, drawing at each step whose turn it is. */
static void play(const struct script *script, struct chance *chance, struct history *history)
{
    int done[PEOPLE] = {0};

    prepare(history);
    for (int left = PEOPLE * EACH; left > 0;) {
        uint32_t person = chance_below(chance, PEOPLE);

        if (done[person] < EACH) {
            struct command command = script->ballots[person][done[person]++];

            history_add(history, &command);
            left--;
        }
    }
}

static void rank(struct buf *to, const struct board *board)
{
    struct ranked items[IDEAS];

    for (size_t i = 0; i < IDEAS; i++) {
        items[i] = (struct ranked){board->ideas[i].number, board->ideas[i].tally};
    }
    rank_sort(board->sums, items, IDEAS);
    for (size_t i = 0; i < IDEAS; i++) {
        buf_printf(to, " %u:%u", items[i].idea,
                   rank_score(board->sums, RANK_K0, &items[i].tally));
    }
}

static void the_order_of_arrival_changes_nothing(void **state)
{
    (void)state;
    unsigned heads_differ = 0;

    for (uint64_t seed = 1; seed <= STORIES; seed++) {
        struct chance chance = {seed << 32};
        struct script script;
        struct digest head = {{0}};
        AUTO_BUF first = {0};

        write_script(&script, &chance);
        for (int i = 0; i < ORDERS; i++) {
            AUTO_HISTORY history;
            AUTO_BUF counts = {0};

            play(&script, &chance, &history);
            dump_counts(&counts, history.board);
            rank(&counts, history.board);
            if (i == 0) {
                buf_add_view(&first, buf_view(&counts));
                head = history.board->head;
            } else if (!view_equal(buf_view(&first), buf_view(&counts))) {
                fail_msg("seed %llu:\n%s\n%s", (unsigned long long)seed, first.bytes,
                         counts.bytes);
            }
            heads_differ += i > 0 && memcmp(&head, &history.board->head, sizeof head) != 0;
        }
    }
    assert_int_equal(heads_differ, STORIES * (ORDERS - 1)); /* they were other orders */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_arrival_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
