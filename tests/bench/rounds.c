/*
 * rounds — what rounds cost on a large board: a vote, a choice, the line, a preview, an end.
 *
 *   bench-rounds [--ideas 20000] [--ballots 1000000] [--people 20000] [--rounds 3]
 *
 * Fills a served round with servings and votes, each folded from the bytes that a store would
 * hold, then measures on that board. One line a round: names and values; times are CPU time.
 *
 *   bench-rounds --count [--any] --ideas N --ballots N --people N
 *
 * Only fills, for callgrind to count what fold_entry takes: a serving and a vote, one after the
 * other; with --any a vote alone, in a round that counts any ballot.
 */
#include "base/mem.h"
#include "core/apply.h"
#include "core/round.h"
#include "core/serve.h"
#include "wire/entry.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    BLOCK = 10000, /* ballots that are written before the clock starts */
    FINALISTS = 10,
    MIN_JUDGES = 20,
    CHOICES = 2000, /* of what to show, at each count */
    DRAWS = 20,     /* of the line */
    PREVIEWS = 10,
    STRIDE = 7919 /* prime: from one idea or person to the next */
};

static const uint64_t began_ms = UINT64_C(1795428000000); /* 2026-11-23T10:00:00Z */
static const uint64_t lead_key = 2;
static const uint64_t author_key = 4; /* of every idea */

struct size {
    uint64_t ideas;
    uint64_t ballots;
    uint64_t people;
    uint64_t rounds;
    bool count;
    bool any;
};

/* A board that is filled, and the block of its log that is folded next. */
struct stage {
    struct size size;
    struct board *board;
    struct effects effects;
    uint64_t added; /* entries */
    struct buf bytes;
    size_t ends[BLOCK];
    size_t count;
};

/* Of this process: what others take of the machine meanwhile is not ours. */
static uint64_t cpu_ns(void)
{
    struct timespec spent;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return (uint64_t)spent.tv_sec * 1000000000 + (uint64_t)spent.tv_nsec;
}

static double ms_since(uint64_t began_ns)
{
    return (double)(cpu_ns() - began_ns) / 1e6;
}

/* Keys are random in a real log, so that they lie anywhere in the table of people. */
static uint64_t key_of(uint64_t person)
{
    return hash_mix(person) | 1;
}

static struct entry_id next_id(struct stage *stage)
{
    uint64_t at = stage->added++;

    return (struct entry_id){.ms = began_ms + at / 8, .seq = at % 8};
}

static struct command act_of(const struct stage *stage, enum command_kind kind, uint64_t person)
{
    uint64_t made = stage->added + stage->count;

    return (struct command){
        .kind = kind,
        .person = person,
        .epoch = 1,
        .op = {.high = (began_ms + made / 8) << 16, .low = hash_mix(made)},
    };
}

static void expect_accepted(const struct stage *stage, enum command_kind kind)
{
    if (stage->effects.decision.err) {
        fprintf(stderr, "%s is refused: %d\n", command_name(kind),
                (int)stage->effects.decision.err);
        exit(1);
    }
}

static void add(struct stage *stage, const struct command *command)
{
    struct entry entry = {.id = next_id(stage), .bytes = view_of(""), .command = *command};

    board_apply(stage->board, &entry, &stage->effects);
    expect_accepted(stage, command->kind);
}

static void define(const struct size *size, struct definition *definition)
{
    struct round_definition *heat = &definition->rounds[0];
    struct round_definition *final = &definition->rounds[1];

    definition_init(definition);
    round_definition_init(final);
    definition->rounds_count = 2;
    heat->ballots = size->any ? BALLOTS_ANY : BALLOTS_SERVED;
    heat->scores = SCORES_CLOSED;
    heat->votes_per_person = (uint32_t)(2 * size->ballots / size->people) + 1;
    heat->rule = (struct rule){.keep = KEEP_TOP, .top = FINALISTS, .min_judges = MIN_JUDGES};
    final->final = true;
    final->allows = ALLOW_VOTE;
    final->scores = SCORES_CLOSED;
}

static void stage_init(struct stage *stage, const struct size *size)
{
    struct definition definition;

    *stage = (struct stage){.size = *size, .board = board_create()};
    effects_init(&stage->effects);
    define(size, &definition);
    add(stage, &(struct command){.kind = CMD_CREATE, .epoch = 1, .definition = &definition});
    add(stage,
        &(struct command){.kind = CMD_ROLE, .epoch = 1, .target = lead_key, .role = ROLE_LEAD});
    add(stage, &(struct command){.kind = CMD_PERSON, .epoch = 1, .person = author_key});
    for (uint64_t i = 0; i < size->people; i++) {
        add(stage, &(struct command){.kind = CMD_PERSON, .epoch = 1, .person = key_of(i)});
    }
    for (uint64_t i = 0; i < size->ideas; i++) {
        struct command post = act_of(stage, CMD_POST, author_key);

        post.text.length = LIMIT_IDEA_MIN_DEFAULT;
        add(stage, &post);
    }
}

static void stage_finish(struct stage *stage)
{
    board_destroy(stage->board);
    effects_finish(&stage->effects);
    buf_finish(&stage->bytes);
}

/* Who gives the n-th ballot, on what, and how. Everybody in turn, each on other ideas. */

static uint64_t voter_of(const struct size *size, uint64_t n)
{
    return n * STRIDE % size->people;
}

static uint32_t idea_of(const struct size *size, uint64_t n)
{
    uint64_t first = hash_mix(voter_of(size, n)) % size->ideas;

    return (uint32_t)((first + n / size->people * STRIDE) % size->ideas) + 1;
}

/* Ideas differ in their support. */
static enum choice choice_of(uint64_t n, uint32_t idea)
{
    uint64_t point = hash_mix(n) % 1000;

    if (point < 100) {
        return CHOICE_PASS;
    }
    return point < 300 + hash_mix(idea) % 400 ? CHOICE_AGREE : CHOICE_DISAGREE;
}

static void write_vote(struct stage *stage, uint64_t n)
{
    struct command vote = act_of(stage, CMD_VOTE, key_of(voter_of(&stage->size, n)));

    vote.idea = idea_of(&stage->size, n);
    vote.choice = choice_of(n, vote.idea);
    entry_write(&stage->bytes, &vote);
    stage->ends[stage->count++] = stage->bytes.len;
}

/* A browser asks for one more with each answer. */
static void write_serving(struct stage *stage, uint64_t n)
{
    struct command serve = act_of(stage, CMD_SERVE, key_of(voter_of(&stage->size, n)));

    serve.chosen_at = stage->board->version;
    serve.chosen_ms = began_ms;
    serve.ideas[serve.ideas_count++] = idea_of(&stage->size, n);
    entry_write(&stage->bytes, &serve);
    stage->ends[stage->count++] = stage->bytes.len;
}

/* What callgrind counts: a function that stays one. */
__attribute__((noinline)) static void fold_entry(struct board *board, struct entry *entry,
                                                 struct effects *effects)
{
    if (entry_parse(entry->bytes, &entry->command)) {
        fprintf(stderr, "no entry: %.*s\n", (int)entry->bytes.len, entry->bytes.ptr);
        exit(1);
    }
    board_apply(board, entry, effects);
    command_finish(&entry->command);
}

/* Folds the block and empties it; returns milliseconds. */
static double fold_block(struct stage *stage, enum command_kind kind)
{
    uint64_t began_ns = cpu_ns();
    size_t from = 0;

    for (size_t i = 0; i < stage->count; i++) {
        struct entry entry = {
            .id = next_id(stage),
            .bytes = {stage->bytes.bytes + from, stage->ends[i] - from},
        };

        fold_entry(stage->board, &entry, &stage->effects);
        expect_accepted(stage, kind);
        from = stage->ends[i];
    }
    double spent_ms = ms_since(began_ns);

    stage->bytes.len = 0;
    stage->count = 0;
    return spent_ms;
}

struct filled {
    double votes_ms;
    double servings_ms;
};

static struct filled fill(struct stage *stage, uint64_t block)
{
    const struct size *size = &stage->size;
    struct filled filled = {0};

    for (uint64_t from = 0; from < size->ballots; from += block) {
        uint64_t to = from + block < size->ballots ? from + block : size->ballots;

        for (uint64_t n = from; n < to && !size->any; n++) {
            write_serving(stage, n);
        }
        filled.servings_ms += fold_block(stage, CMD_SERVE);
        for (uint64_t n = from; n < to; n++) {
            write_vote(stage, n);
        }
        filled.votes_ms += fold_block(stage, CMD_VOTE);
    }
    return filled;
}

/* Milliseconds of one. */

static double time_preview(const struct board *board)
{
    uint64_t began_ns = cpu_ns();

    for (int i = 0; i < PREVIEWS; i++) {
        struct round_result result;

        round_result_now(board, &result);
        round_result_finish(&result);
    }
    return ms_since(began_ns) / PREVIEWS;
}

static double time_line(struct board *board)
{
    uint64_t began_ns = cpu_ns();

    for (int i = 0; i < DRAWS; i++) {
        serve_draw_line(board);
    }
    return ms_since(began_ns) / DRAWS;
}

static double time_choice(const struct board *board, uint32_t count)
{
    uint32_t ideas[LIMIT_SERVE_COUNT];
    uint64_t people = board->people_count;
    uint64_t found = 0;
    uint64_t began_ns = cpu_ns();

    for (uint64_t i = 0; i < CHOICES; i++) {
        const struct person *person = board_person(board, 2 + i * STRIDE % (people - 2) + 1);

        found += serve_choose(board, person, board->last.ms, count, ideas);
    }
    double spent_ms = ms_since(began_ns) / CHOICES;

    if (found != CHOICES * (uint64_t)count) {
        fputs("not everybody is shown something\n", stderr);
        exit(1);
    }
    return spent_ms;
}

static double time_round(struct stage *stage, enum command_kind kind, uint32_t round)
{
    struct command command = act_of(stage, kind, lead_key);

    command.round = round;
    uint64_t began_ns = cpu_ns();

    add(stage, &command);
    return ms_since(began_ns);
}

static void run_round(const struct size *size)
{
    struct stage stage;

    stage_init(&stage, size);
    struct filled filled = fill(&stage, BLOCK);

    printf("votes_s %.3f servings_s %.3f ", filled.votes_ms / 1e3, filled.servings_ms / 1e3);
    double preview_ms = time_preview(stage.board);
    double line_ms = time_line(stage.board);

    printf("preview_ms %.2f line_ms %.3f ", preview_ms, line_ms);
    double one_ms = time_choice(stage.board, 1);
    double ten_ms = time_choice(stage.board, LIMIT_SERVE_COUNT);

    printf("choose_ms %.4f choose_ten_ms %.4f ", one_ms, ten_ms);
    double close_ms = time_round(&stage, CMD_CLOSE, 1);
    double reopen_ms = time_round(&stage, CMD_REOPEN, 1);
    double open_ms = time_round(&stage, CMD_OPEN, 2);

    printf("close_ms %.2f reopen_ms %.2f open_ms %.2f preview_final_ms %.2f\n", close_ms,
           reopen_ms, open_ms, time_preview(stage.board));
    stage_finish(&stage);
}

static bool read_size(int argc, char **argv, struct size *size)
{
    static const struct option options[] = {
        {"ideas", required_argument, NULL, 0},
        {"ballots", required_argument, NULL, 1},
        {"people", required_argument, NULL, 2},
        {"rounds", required_argument, NULL, 3},
        {"count", no_argument, NULL, 4},
        {"any", no_argument, NULL, 5},
        {NULL, 0, NULL, 0},
    };
    uint64_t *const numbers[] = {&size->ideas, &size->ballots, &size->people, &size->rounds};
    bool ok = true;

    for (int at; ok && (at = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (at < 0 || at > 5) {
            ok = false;
        } else if (at < 4) {
            ok = view_to_uint(view_of(optarg), 100000000, numbers[at]) && *numbers[at];
        } else {
            *(at == 4 ? &size->count : &size->any) = true;
        }
    }
    /* Nobody meets an idea twice. */
    return ok && optind == argc && size->ideas % STRIDE && size->people % STRIDE &&
           size->ballots / size->people + LIMIT_SERVE_COUNT < size->ideas;
}

int main(int argc, char **argv)
{
    struct size size = {.ideas = 20000, .ballots = 1000000, .people = 20000, .rounds = 3};

    if (!read_size(argc, argv, &size) || (size.any && !size.count)) {
        fputs("usage: bench-rounds [--ideas N] [--ballots N] [--people N] [--rounds N]\n"
              "       bench-rounds --count [--any] --ideas N --ballots N --people N\n",
              stderr);
        return 2;
    }
    for (uint64_t i = 0; i < size.rounds && !size.count; i++) {
        run_round(&size);
        fflush(stdout);
    }
    if (size.count) {
        struct stage stage;

        stage_init(&stage, &size);
        fill(&stage, 1);
        stage_finish(&stage);
    }
    return 0;
}
