#include "cli/views.h"

#include "base/mem.h"
#include "base/time.h"
#include "cli/wait.h"
#include "core/round.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SETTLE_MS = 5000,
    LOOK_MS = 100,
    SENTENCE_BYTES = 256
};

/* Differences */

void differ(struct differences *differences, const char *format, ...)
{
    char sentence[SENTENCE_BYTES];
    va_list arguments;

    differences->total++;
    if (differences->count == sizeof differences->items / sizeof differences->items[0]) {
        return;
    }
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    differences->items[differences->count++] = mem_copy_text(sentence, strlen(sentence));
}

void differences_finish(struct differences *differences)
{
    for (size_t i = 0; i < differences->count; i++) {
        mem_free(differences->items[i]);
    }
    *differences = (struct differences){0};
}

/* Reading */

struct reading {
    struct wait wait;
    struct views *out;
};

static void *copy(const void *items, size_t count, size_t size)
{
    void *copied = mem_array(count, size);

    if (count) {
        memcpy(copied, items, count * size);
    }
    return copied;
}

static int by_idea(const void *left, const void *right)
{
    const struct projected *a = left;
    const struct projected *b = right;

    return a->idea == b->idea ? 0 : (a->idea < b->idea ? -1 : 1);
}

static int by_version(const void *left, const void *right)
{
    const struct projected_head *a = left;
    const struct projected_head *b = right;

    return a->version == b->version ? 0 : (a->version < b->version ? -1 : 1);
}

static void on_projection(void *user, enum err err, const struct projection_read *read)
{
    struct reading *reading = user;
    struct projection *to = &reading->out->projection;

    if (!err) {
        *to = read->projection;
        to->ideas = copy(to->ideas, to->ideas_count, sizeof *to->ideas);
        to->heads = copy(to->heads, to->heads_count, sizeof *to->heads);
        reading->out->summary = copy(to->summary.ptr, to->summary.len, 1);
        to->summary.ptr = reading->out->summary;
        qsort(to->ideas, to->ideas_count, sizeof *to->ideas, by_idea);
        qsort(to->heads, to->heads_count, sizeof *to->heads, by_version);
        reading->out->log_last = read->log_last;
        reading->out->log_length = read->log_length;
    }
    wait_on_done(&reading->wait, err);
}

static enum err read_round(struct workspace *workspace, struct board_key key, uint32_t round,
                           struct views *out)
{
    struct reading reading = {.out = out};

    *out = (struct views){0};
    wait_init(&reading.wait, &workspace->loop);
    store_read_projection(workspace->store, key, round, on_projection, &reading);
    return wait_for(&reading.wait);
}

/* Which round is the present one is written beside the views of it. */
static enum err read_once(struct workspace *workspace, struct board_key key, struct views *out)
{
    enum err err = read_round(workspace, key, 1, out);
    uint32_t round = err ? 1 : out->projection.round;

    if (!err && round > 1) {
        views_finish(out);
        err = read_round(workspace, key, round, out);
    }
    for (uint32_t before = 1; !err && before < round && before <= LIMIT_ROUNDS; before++) {
        struct views views;

        err = read_round(workspace, key, before, &views);
        if (!err) {
            out->closed[before - 1] = (struct projection){
                .round = before,
                .ideas = views.projection.ideas,
                .ideas_count = views.projection.ideas_count,
            };
            views.projection.ideas = NULL;
            views_finish(&views);
        }
    }
    return err;
}

static bool is_settled(const struct views *views)
{
    return views->projection.pending == 0 &&
           entry_id_compare(views->projection.last, views->log_last) == 0;
}

enum err views_read(struct workspace *workspace, struct board_key key, struct views *out)
{
    uint64_t until_us = time_monotonic_us() + (uint64_t)SETTLE_MS * 1000;
    enum err err = read_once(workspace, key, out);

    while (!err && workspace->is_redis_of_others && !is_settled(out) &&
           time_monotonic_us() < until_us) {
        views_finish(out);
        wait_pause(&workspace->loop, LOOK_MS);
        err = read_once(workspace, key, out);
    }
    /* Away, it would have said so; what cannot be understood is answered the same way. */
    return err == ERR_UNAVAILABLE && workspace->is_available ? ERR_PARSE : err;
}

void views_finish(struct views *views)
{
    mem_free(views->projection.ideas);
    mem_free(views->projection.heads);
    mem_free(views->summary);
    for (size_t i = 0; i < LIMIT_ROUNDS; i++) {
        mem_free(views->closed[i].ideas);
    }
    *views = (struct views){0};
}

/* Comparing */

static const struct projected *find(const struct projection *projection, uint32_t idea)
{
    static const struct projected none;
    struct projected key = {.idea = idea};
    const struct projected *found =
        projection->ideas_count
            ? bsearch(&key, projection->ideas, projection->ideas_count, sizeof key, by_idea)
            : NULL;

    return found ? found : &none;
}

static void compare_count(struct differences *differences, uint32_t idea, const char *what,
                          uint32_t stored, uint32_t folded)
{
    if (stored != folded) {
        differ(differences, "idea %u: the store says %u %s, the log says %u", idea, stored,
               what, folded);
    }
}

static void compare_tallies(const struct views *views, const struct board *board,
                            struct differences *differences)
{
    for (uint32_t n = 1; n <= board->ideas_count; n++) {
        const struct tally *stored = &find(&views->projection, n)->tally;
        const struct tally *folded = &board->ideas[n - 1].tally;

        compare_count(differences, n, "agree", stored->agree, folded->agree);
        compare_count(differences, n, "disagree", stored->disagree, folded->disagree);
        compare_count(differences, n, "pass", stored->pass, folded->pass);
    }
    for (size_t i = 0; i < views->projection.ideas_count; i++) {
        if (!board_idea(board, views->projection.ideas[i].idea)) {
            differ(differences, "idea %u: the store has it, the log does not",
                   views->projection.ideas[i].idea);
        }
    }
}

static void compare_score(const struct views *views, const struct board *board,
                          const struct idea *idea, struct differences *differences)
{
    const struct projected *stored = find(&views->projection, idea->number);
    bool ranked = board_competes(board, idea);
    uint32_t score = ranked ? board_score(board, idea) : 0;

    if (stored->ranked != ranked) {
        differ(differences,
               ranked ? "idea %u: the store does not rank it, the log does"
                      : "idea %u: the store ranks it, the log does not",
               idea->number);
    } else if (ranked && stored->score != score) {
        differ(differences, "idea %u: the store says a score of %u, the log says %u",
               idea->number, stored->score, score);
    }
}

static void compare_pool(const struct views *views, const struct board *board,
                         struct differences *differences)
{
    const struct pool *stored = &views->projection.pool;

    if (stored->agree != board->pool.agree || stored->judged != board->pool.judged) {
        differ(differences, "the mean: the store says %llu of %llu, the log says %llu of %llu",
               (unsigned long long)stored->agree, (unsigned long long)stored->judged,
               (unsigned long long)board->pool.agree, (unsigned long long)board->pool.judged);
    }
}

static void compare_number(struct differences *differences, const json_t *summary,
                           const char *what, uint64_t folded)
{
    const json_t *number = json_object_get(summary, what);

    if (!json_is_integer(number) || (uint64_t)json_integer_value(number) != folded) {
        differ(differences, "the summary: the store says %lld %s, the log says %llu",
               (long long)json_integer_value(number), what, (unsigned long long)folded);
    }
}

static void compare_summary(const struct views *views, const struct board *board,
                            struct differences *differences)
{
    struct view bytes = views->projection.summary;
    json_auto_t *summary = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, NULL);

    if (!summary) {
        differ(differences, "the summary in the store cannot be read");
        return;
    }
    compare_number(differences, summary, "ideas", board->ideas_count);
    compare_number(differences, summary, "people", board->active_people);
    compare_number(differences, summary, "ballots", board->ballots);
}

void views_compare(const struct views *views, const struct board *board,
                   struct differences *differences)
{
    compare_tallies(views, board, differences);
    if (views->projection.pending) {
        differ(differences, "the scores of %u ideas wait to be written; start the server once",
               views->projection.pending);
    } else {
        for (size_t i = 0; i < board->ideas_count; i++) {
            compare_score(views, board, &board->ideas[i], differences);
        }
    }
    compare_pool(views, board, differences);
    compare_summary(views, board, differences);
}

static void compare_standing(struct differences *differences, uint32_t round,
                             const struct projected *stored, const struct standing *item)
{
    if (!stored->ranked || stored->score != item->score) {
        differ(differences,
               "round %u, idea %u: the store says a score of %u, it closed with %u", round,
               item->idea, stored->score, item->score);
    } else if (stored->tally.agree != item->tally.agree ||
               stored->tally.disagree != item->tally.disagree ||
               stored->tally.pass != item->tally.pass) {
        differ(differences,
               "round %u, idea %u: the store says other ballots than it closed with", round,
               item->idea);
    }
}

static void compare_closed(const struct projection *stored, const struct round_result *result,
                           struct differences *differences)
{
    size_t ranked = 0;

    for (size_t i = 0; i < result->selection.count; i++) {
        const struct standing *item = &result->selection.items[i];

        compare_standing(differences, stored->round, find(stored, item->idea), item);
    }
    for (size_t i = 0; i < stored->ideas_count; i++) {
        ranked += stored->ideas[i].ranked;
    }
    if (ranked > result->selection.count) {
        differ(differences, "round %u: the store ranks %zu ideas, it closed with %zu",
               stored->round, ranked, result->selection.count);
    }
}

void views_compare_closed(const struct views *views, const struct board *board,
                          struct differences *differences)
{
    for (uint32_t round = 1; round < board->round; round++) {
        const struct round_result *result = round_result(board, round);

        if (result && views->closed[round - 1].round) {
            compare_closed(&views->closed[round - 1], result, differences);
        }
    }
}
