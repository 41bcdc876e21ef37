/*
 * simulate — does the best idea win? A seeded crowd, given to every mechanism alike.
 *
 *   bench-simulate [--worlds 50] [--seed 1] [--ideas 500] [--people 2000] [--reads 20]
 *                  [--spread 0.28] [--jobs N] [--json]
 *
 * Ours is not modelled: the crowd's commands go through board_apply, serve_choose decides what
 * each person is shown, rounds open and close by entries, in the rounds of the template
 * "consultation". The peers are given the same people, ideas and opinions.
 *
 * The world (Thurstone 1927). An idea has a quality, normal with the standard deviation
 * --spread; a person a generosity, normal with 0.3; and what the person thinks of the idea is
 * the sum of both and of a taste of their own for it, normal with 1. They agree when that is
 * above 0, otherwise disagree; of ten ideas they have no opinion on one; and they think the
 * same whenever they are asked. Of two ideas they prefer the one of which they think more. The
 * best idea is the one of the highest quality, and so of the highest share in an endless crowd.
 * --spread is where peers without a final and without a list come out as in the table of our
 * design, the fair queue alone and comparisons; nothing was chosen by what ours comes to.
 *
 * People come once, in a random order, and read so many ideas; AT_ONCE of them at a time.
 * Ideas are posted while the first half of them comes, those that the first person reads
 * before. A list is read at place r with a chance in proportion to 1/sqrt(r). In the final,
 * RETURN_PERCENT of the people judge every finalist that they have not judged yet; what they
 * and the others said before stands. Late: the best ten ideas are posted last. Attack: 5 % more
 * people, who agree with one idea that is none of the best five and disagree with every other,
 * come all to the final, and go straight to their idea where a list lets them.
 */
#include "base/mem.h"
#include "core/apply.h"
#include "core/round.h"
#include "core/serve.h"
#include "wire/rounds.h"
#include "wire/template.h"

#include <assert.h>
#include <getopt.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    AT_ONCE = 20, /* people who judge at the same time */
    AHEAD = 3,    /* ideas that a browser holds to be judged next */
    PASS_PERCENT = 10,
    RETURN_PERCENT = 60,
    ATTACK_PERCENT = 5,
    LATE = 10, /* ideas */
    TOP = 5,
    TRIES = 200, /* draws until one gives up to find an idea not read yet */
    FINALISTS = 10,
    JOBS_MAX = 64
};

static const double generosity_spread = 0.3;
static const uint64_t began_ms = UINT64_C(1795428000000); /* 2026-11-23T10:00:00Z */
static const uint64_t lead_key = 1;

enum mechanism {
    OURS,
    UNIFORM_FINAL,
    HEAT_ALONE,
    FAIR_WILSON,
    LIST_WILSON,
    PAIRWISE,
    LIST_NET,
    RANDOM_LIKES,
    LIST_LIKES,
    MECHANISMS
};

static const char *const mechanism_names[MECHANISMS] = {
    "fair queue, undecided first, heat and final",
    "the same with a uniform queue",
    "the same heat, no final: by score",
    "fair queue, least exposed first, no final: Wilson",
    "list sorted by Wilson's bound",
    "comparisons, (wins + 1)/(wins + losses + 2)",
    "list sorted by up - down",
    "likes, random order",
    "likes, sorted by likes",
};

enum condition {
    PLAIN,
    BEST_LATE,
    ATTACKED,
    CONDITIONS
};

/* What is asked for. */
struct plan {
    uint64_t worlds;
    uint64_t seed;
    uint64_t ideas;
    uint64_t people;
    uint64_t reads;
    uint64_t jobs;
    double spread;
    bool json;
};

/* What a mechanism made of a world. */
struct finding {
    bool best;   /* the best idea won */
    bool top;    /* the winner is among the best five */
    bool pushed; /* the attackers' idea won */
    double gini; /* of the ballots on each idea; in a comparison each idea has one */
    double least;
    double early; /* Spearman: places by order of posting; 0: that does not matter */
};

/* Ideas and people by their place, from 0. Ideas are in the order of posting. */
struct world {
    const struct plan *plan;
    uint64_t seed;
    bool attacked;
    uint32_t people; /* attackers, who are the last ones, included */
    double *quality;
    double *generosity;
    uint32_t *true_rank; /* of each idea, from 0 */
    uint32_t *author;
    uint32_t *posted_at; /* how many people have come by then */
    uint32_t *arrivals;  /* people in the order in which they come */
    uint32_t target;     /* of the attackers */
};

struct scored {
    double score;
    uint32_t idea;
};

/* Chance: a counted stream, and what only depends on what it is asked for. */

struct stream {
    uint64_t seed;
    uint64_t at;
};

static uint64_t draw(struct stream *stream)
{
    return hash_mix(stream->seed ^ hash_mix(stream->at++));
}

static uint32_t below(struct stream *stream, uint64_t limit)
{
    assert(limit);
    return (uint32_t)(draw(stream) % limit);
}

static double unit(uint64_t random)
{
    return (double)(random >> 11) / (double)(UINT64_C(1) << 53);
}

/* Twelve uniform numbers less six: within a thousandth of normal where ideas are. */
static double normal(uint64_t random)
{
    double sum = -6;

    for (int word = 0; word < 3; word++) {
        random = hash_mix(random);
        for (int part = 0; part < 4; part++) {
            sum += ((double)(random >> (16 * part) & 0xFFFF) + 0.5) / 65536;
        }
    }
    return sum;
}

static uint64_t pair_hash(const struct world *world, uint32_t person, uint32_t idea)
{
    return hash_mix(hash_mix(world->seed ^ person) ^ ((uint64_t)idea << 32));
}

static bool is_attacker(const struct world *world, uint32_t person)
{
    return person >= world->plan->people;
}

static double liking(const struct world *world, uint32_t person, uint32_t idea)
{
    if (is_attacker(world, person)) {
        return idea == world->target ? 1000 : -1000;
    }
    return world->quality[idea] + world->generosity[person] +
           normal(pair_hash(world, person, idea));
}

static enum choice opinion(const struct world *world, uint32_t person, uint32_t idea)
{
    bool passes = hash_mix(pair_hash(world, person, idea) + 1) % 100 < PASS_PERCENT;

    if (passes && !is_attacker(world, person)) {
        return CHOICE_PASS;
    }
    return liking(world, person, idea) > 0 ? CHOICE_AGREE : CHOICE_DISAGREE;
}

/* The world. */

static int compare_scored(const void *left, const void *right)
{
    const struct scored *a = left;
    const struct scored *b = right;

    if (a->score > b->score || a->score < b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return a->idea < b->idea ? -1 : a->idea > b->idea;
}

static void put_best_last(struct world *world)
{
    for (uint64_t left = world->plan->ideas, i = 0; i < LATE && left > 1; i++, left--) {
        uint64_t best = 0;

        for (uint64_t idea = 1; idea < left; idea++) {
            best = world->quality[idea] > world->quality[best] ? idea : best;
        }
        double quality = world->quality[best];

        world->quality[best] = world->quality[left - 1];
        world->quality[left - 1] = quality;
    }
}

static void rank_truly(struct world *world, struct stream *stream)
{
    uint64_t count = world->plan->ideas;
    struct scored *order = mem_array(count, sizeof *order);

    for (uint32_t i = 0; i < count; i++) {
        order[i] = (struct scored){world->quality[i], i};
    }
    qsort(order, count, sizeof *order, compare_scored);
    for (uint32_t rank = 0; rank < count; rank++) {
        world->true_rank[order[rank].idea] = rank;
    }
    world->target = order[TOP + below(stream, count - TOP)].idea;
    mem_free(order);
}

static int compare_places(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;

    return a < b ? -1 : a > b;
}

/* Who posts what when, and who comes when. */
static void set_times(struct world *world, struct stream *stream)
{
    const struct plan *plan = world->plan;

    for (uint64_t i = 0; i < plan->ideas; i++) {
        world->author[i] = below(stream, plan->people);
        world->posted_at[i] = i < plan->reads ? 0 : below(stream, plan->people / 2);
    }
    qsort(world->posted_at, plan->ideas, sizeof *world->posted_at, compare_places);
    for (uint32_t i = 0; i < world->people; i++) {
        uint32_t other = below(stream, i + 1);

        world->arrivals[i] = world->arrivals[other];
        world->arrivals[other] = i;
    }
}

static void world_init(struct world *world, const struct plan *plan, uint64_t number,
                       enum condition condition)
{
    struct stream stream = {.seed = hash_mix(hash_mix(plan->seed) + number)};
    uint64_t attackers = condition == ATTACKED ? plan->people * ATTACK_PERCENT / 100 : 0;

    *world = (struct world){.plan = plan,
                            .seed = hash_mix(stream.seed),
                            .attacked = condition == ATTACKED,
                            .people = (uint32_t)(plan->people + attackers)};
    world->quality = mem_array(plan->ideas, sizeof *world->quality);
    world->generosity = mem_array(plan->people, sizeof *world->generosity);
    world->true_rank = mem_array(plan->ideas, sizeof *world->true_rank);
    world->author = mem_array(plan->ideas, sizeof *world->author);
    world->posted_at = mem_array(plan->ideas, sizeof *world->posted_at);
    world->arrivals = mem_array(world->people, sizeof *world->arrivals);
    for (uint64_t i = 0; i < plan->ideas; i++) {
        world->quality[i] = plan->spread * normal(draw(&stream));
    }
    for (uint64_t i = 0; i < plan->people; i++) {
        world->generosity[i] = generosity_spread * normal(draw(&stream));
    }
    if (condition == BEST_LATE) {
        put_best_last(world);
    }
    rank_truly(world, &stream);
    set_times(world, &stream);
}

static void world_finish(struct world *world)
{
    mem_free(world->quality);
    mem_free(world->generosity);
    mem_free(world->true_rank);
    mem_free(world->author);
    mem_free(world->posted_at);
    mem_free(world->arrivals);
}

/* What a ranking, best first, and the ballots of each idea are worth. */

static double gini(const uint32_t *counts, uint64_t count)
{
    uint32_t *sorted = mem_array(count, sizeof *sorted);
    double sum = 0;
    double weighted = 0;

    memcpy(sorted, counts, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_places);
    for (uint64_t i = 0; i < count; i++) {
        sum += sorted[i];
        weighted += (2 * (double)i + 1 - (double)count) * sorted[i];
    }
    mem_free(sorted);
    return sum > 0 ? weighted / ((double)count * sum) : 0;
}

static struct finding judge(const struct world *world, const uint32_t *ranking,
                            const uint32_t *ballots)
{
    uint64_t count = world->plan->ideas;
    double n = (double)count;
    double distance = 0;
    uint32_t least = UINT32_MAX;

    for (uint64_t i = 0; i < count; i++) {
        double apart = (double)i - ranking[i];

        distance += apart * apart;
        least = ballots[i] < least ? ballots[i] : least;
    }
    return (struct finding){
        .best = world->true_rank[ranking[0]] == 0,
        .top = world->true_rank[ranking[0]] < TOP,
        .pushed = world->attacked && ranking[0] == world->target,
        .gini = gini(ballots, count),
        .least = least,
        .early = 1 - 6 * distance / (n * (n * n - 1)),
    };
}

static struct finding judge_scores(const struct world *world, struct scored *scores,
                                   const uint32_t *ballots)
{
    uint32_t *ranking = mem_array(world->plan->ideas, sizeof *ranking);

    qsort(scores, world->plan->ideas, sizeof *scores, compare_scored);
    for (uint64_t i = 0; i < world->plan->ideas; i++) {
        ranking[i] = scores[i].idea;
    }
    struct finding finding = judge(world, ranking, ballots);

    mem_free(ranking);
    return finding;
}

/* Ours: a board. */

enum queue {
    QUEUE_FAIR,      /* as it is */
    QUEUE_UNIFORM,   /* ideas drawn at random instead */
    QUEUE_EXPLORING, /* as it is, with a rule under which no idea ever has enough judges */
};

struct stage {
    const struct world *world;
    enum queue queue;
    struct board *board;
    struct effects effects;
    struct stream chance;
    uint64_t now_ms;
    uint64_t seq;
    uint32_t came;
    uint32_t posted;
};

static uint64_t key_of(uint32_t person)
{
    return hash_mix(person) | 2;
}

static struct command act_of(struct stage *stage, enum command_kind kind, uint64_t person)
{
    return (struct command){
        .kind = kind,
        .person = person,
        .epoch = 1,
        .op = {.high = stage->now_ms << 16, .low = hash_mix(stage->seq)},
    };
}

/* Whatever is refused here is an error of this program. */
static void add(struct stage *stage, const struct command *command)
{
    struct entry entry = {
        .id = {stage->now_ms, stage->seq++}, .bytes = view_of(""), .command = *command};

    board_apply(stage->board, &entry, &stage->effects);
    if (stage->effects.decision.err) {
        fprintf(stderr, "%s is refused: %d\n", command_name(command->kind),
                (int)stage->effects.decision.err);
        exit(1);
    }
}

/* Half of the ballots that an idea can expect, between 4 and 20. */
static uint32_t usual_min_judges(const struct plan *plan)
{
    uint64_t half = plan->people * plan->reads / plan->ideas / 2;

    return half < 4 ? 4 : (half > 20 ? 20 : (uint32_t)half);
}

static void define(const struct stage *stage, struct definition *definition)
{
    static struct round_words words[LIMIT_ROUNDS];
    const struct plan *plan = stage->world->plan;
    json_t *rounds = template_rounds(view_of("consultation"), view_of("en"));
    struct field field;

    definition_init(definition);
    if (!rounds || rounds_parse(rounds, definition, words, &field)) {
        fputs("the template cannot be read\n", stderr);
        exit(1);
    }
    json_decref(rounds);
    struct round_definition *heat = &definition->rounds[0];

    heat->rule.top = FINALISTS;
    heat->rule.min_judges =
        stage->queue == QUEUE_EXPLORING ? UINT32_MAX : usual_min_judges(plan);
    heat->rule.carry_over = stage->queue == QUEUE_EXPLORING;
    if (plan->reads > SERVE_CAP) {
        heat->votes_per_person = (uint32_t)plan->reads;
    }
}

static void stage_init(struct stage *stage, const struct world *world, enum queue queue)
{
    struct definition definition;

    *stage = (struct stage){.world = world,
                            .queue = queue,
                            .board = board_create(),
                            .chance = {.seed = hash_mix(world->seed + 1)},
                            .now_ms = began_ms};
    effects_init(&stage->effects);
    define(stage, &definition);
    add(stage, &(struct command){.kind = CMD_CREATE, .epoch = 1, .definition = &definition});
    for (uint32_t i = 0; i < world->people; i++) {
        add(stage, &(struct command){.kind = CMD_PERSON, .epoch = 1, .person = key_of(i)});
    }
    add(stage,
        &(struct command){.kind = CMD_ROLE, .epoch = 1, .target = lead_key, .role = ROLE_LEAD});
}

static void stage_finish(struct stage *stage)
{
    board_destroy(stage->board);
    effects_finish(&stage->effects);
}

static void post_what_is_due(struct stage *stage)
{
    const struct world *world = stage->world;

    while (stage->posted < world->plan->ideas &&
           world->posted_at[stage->posted] <= stage->came) {
        uint32_t author = world->author[stage->posted++];
        struct command post = act_of(stage, CMD_POST, key_of(author));

        post.text.length = LIMIT_IDEA_MIN_DEFAULT;
        add(stage, &post);
    }
}

static bool is_among(const uint32_t *numbers, uint32_t count, uint32_t number)
{
    for (uint32_t i = 0; i < count; i++) {
        if (numbers[i] == number) {
            return true;
        }
    }
    return false;
}

/* Any that may be shown, each as likely. */
static uint32_t choose_at_random(struct stage *stage, const struct person *person,
                                 uint32_t count, uint32_t *out)
{
    uint32_t found = 0;

    for (int i = 0; i < TRIES && found < count; i++) {
        const struct idea *idea =
            &stage->board->ideas[below(&stage->chance, stage->board->ideas_count)];
        const struct ballot *ballot = person_ballot(person, idea->number);

        if (serve_may(stage->board, person, idea) && !(ballot && ballot->in_flight) &&
            !is_among(out, found, idea->number)) {
            out[found++] = idea->number;
        }
    }
    return found;
}

/* Shows the person up to count ideas more; returns how many. */
static uint32_t serve(struct stage *stage, uint32_t number, uint32_t count, uint32_t *out)
{
    struct command serve = act_of(stage, CMD_SERVE, key_of(number));
    const struct person *person = board_person(stage->board, number + 1);
    bool uniform = stage->queue == QUEUE_UNIFORM && stage->board->round == 1;

    if (!count) {
        return 0;
    }
    serve.chosen_at = stage->board->version;
    serve.chosen_ms = stage->now_ms;
    serve.ideas_count =
        uniform ? choose_at_random(stage, person, count, serve.ideas)
                : serve_choose(stage->board, person, stage->now_ms, count, serve.ideas);
    if (serve.ideas_count) {
        add(stage, &serve);
        memcpy(out, serve.ideas, serve.ideas_count * sizeof *out);
    }
    return serve.ideas_count;
}

static void vote(struct stage *stage, uint32_t person, uint32_t idea)
{
    struct command vote = act_of(stage, CMD_VOTE, key_of(person));

    vote.idea = idea;
    vote.choice = opinion(stage->world, person, idea - 1);
    add(stage, &vote);
}

/* Somebody who judges, and the ideas that wait for them in their browser. */
struct visit {
    uint32_t person;
    uint32_t left;
    uint32_t waiting[AHEAD];
    uint32_t count;
};

/* One more opinion; false: they leave. */
static bool judge_one(struct stage *stage, struct visit *visit)
{
    uint32_t room = visit->left < AHEAD ? visit->left : AHEAD;

    visit->count +=
        serve(stage, visit->person, room - visit->count, visit->waiting + visit->count);
    if (!visit->count) {
        return false;
    }
    vote(stage, visit->person, visit->waiting[0]);
    visit->count--;
    visit->left--;
    memmove(visit->waiting, visit->waiting + 1, visit->count * sizeof *visit->waiting);
    return visit->left > 0;
}

static void run_heat(struct stage *stage)
{
    struct visit visits[AT_ONCE];
    uint32_t present = 0;
    const struct world *world = stage->world;

    do {
        while (present < AT_ONCE && stage->came < world->people) {
            post_what_is_due(stage);
            visits[present++] = (struct visit){.person = world->arrivals[stage->came++],
                                               .left = (uint32_t)world->plan->reads};
        }
        uint32_t at = below(&stage->chance, present);

        stage->now_ms += 1000;
        if (!judge_one(stage, &visits[at])) {
            visits[at] = visits[--present];
        }
    } while (present || stage->came < world->people);
}

static void change_round(struct stage *stage, enum command_kind kind, uint32_t round)
{
    struct command command = act_of(stage, kind, lead_key);

    stage->now_ms += 1000;
    command.round = round;
    command.rule_hash = board_round(stage->board)->rule_hash;
    add(stage, &command);
}

static bool comes_back(const struct world *world, uint32_t person)
{
    return is_attacker(world, person) ||
           hash_mix(hash_mix(world->seed + 2) ^ person) % 100 < RETURN_PERCENT;
}

static void run_final(struct stage *stage)
{
    uint32_t ideas[FINALISTS];

    for (uint32_t i = 0; i < stage->world->people; i++) {
        uint32_t person = stage->world->arrivals[i];
        uint32_t count =
            comes_back(stage->world, person) ? serve(stage, person, FINALISTS, ideas) : 0;

        stage->now_ms += 1000;
        for (uint32_t k = 0; k < count; k++) {
            vote(stage, person, ideas[k]);
        }
    }
}

static void count_ballots(const struct selection *heat, uint32_t *ballots)
{
    for (size_t i = 0; i < heat->count; i++) {
        ballots[heat->items[i].idea - 1] = tally_judged(&heat->items[i].tally);
    }
}

/* The finalists as the final ranks them, then the others as the heat left them. */
static struct finding judge_board(const struct stage *stage, bool final)
{
    const struct selection *heat = &round_result(stage->board, 1)->selection;
    uint64_t count = stage->world->plan->ideas;
    uint32_t *ranking = mem_array(count, sizeof *ranking);
    uint32_t *ballots = mem_array(count, sizeof *ballots);
    size_t ranked = 0;

    if (final) {
        const struct selection *last = &round_result(stage->board, 2)->selection;

        for (size_t i = 0; i < last->count; i++) {
            ranking[ranked++] = last->items[i].idea - 1;
        }
    }
    for (size_t i = 0; i < heat->count; i++) {
        if (!final || heat->items[i].outcome != OUTCOME_PROMOTED) {
            ranking[ranked++] = heat->items[i].idea - 1;
        }
    }
    count_ballots(heat, ballots);
    struct finding finding = judge(stage->world, ranking, ballots);

    mem_free(ranking);
    mem_free(ballots);
    return finding;
}

static struct finding judge_by_bound(const struct stage *stage)
{
    const struct selection *heat = &round_result(stage->board, 1)->selection;
    struct scored *scores = mem_array(heat->count, sizeof *scores);
    uint32_t *ballots = mem_array(heat->count, sizeof *ballots);

    for (size_t i = 0; i < heat->count; i++) {
        scores[i] = (struct scored){heat->items[i].low, heat->items[i].idea - 1};
    }
    count_ballots(heat, ballots);
    struct finding finding = judge_scores(stage->world, scores, ballots);

    mem_free(scores);
    mem_free(ballots);
    return finding;
}

static void run_board(const struct world *world, enum queue queue, struct finding *out)
{
    struct stage stage;

    stage_init(&stage, world, queue);
    run_heat(&stage);
    if (queue == QUEUE_EXPLORING) {
        change_round(&stage, CMD_CLOSE, 1);
        out[FAIR_WILSON] = judge_by_bound(&stage);
    } else {
        change_round(&stage, CMD_OPEN, 2);
        run_final(&stage);
        change_round(&stage, CMD_CLOSE, 2);
        out[queue == QUEUE_FAIR ? OURS : UNIFORM_FINAL] = judge_board(&stage, true);
    }
    if (queue == QUEUE_FAIR) {
        out[HEAT_ALONE] = judge_board(&stage, false);
    }
    stage_finish(&stage);
}

/* Peers: a shelf of ideas on which people put their opinions. */

struct shelf {
    const struct world *world;
    enum mechanism mechanism;
    struct stream chance;
    struct tally *tallies;
    uint32_t *ballots;
    uint32_t *seen;       /* by whom last, from 1 */
    struct scored *order; /* of what is posted; sorted where it is a list */
    uint32_t posted;
};

static void shelf_init(struct shelf *shelf, const struct world *world, enum mechanism mechanism)
{
    uint64_t count = world->plan->ideas;

    *shelf = (struct shelf){.world = world,
                            .mechanism = mechanism,
                            .chance = {.seed = hash_mix(world->seed + 10 + mechanism)}};
    shelf->tallies = mem_array(count, sizeof *shelf->tallies);
    shelf->ballots = mem_array(count, sizeof *shelf->ballots);
    shelf->seen = mem_array(count, sizeof *shelf->seen);
    shelf->order = mem_array(count, sizeof *shelf->order);
}

static void shelf_finish(struct shelf *shelf)
{
    mem_free(shelf->tallies);
    mem_free(shelf->ballots);
    mem_free(shelf->seen);
    mem_free(shelf->order);
}

static double score_of(enum mechanism mechanism, const struct tally *tally)
{
    uint32_t low;
    uint32_t high;

    if (mechanism == LIST_WILSON) {
        rank_interval(tally->agree, tally_judged(tally), &low, &high);
        return low;
    }
    if (mechanism == PAIRWISE) {
        return (tally->agree + 1.0) / (tally->agree + tally->disagree + 2.0);
    }
    return mechanism == LIST_NET ? (double)tally->agree - tally->disagree : tally->agree;
}

/* Nearly sorted already: each visit moves few ideas. */
static void sort_shelf(struct shelf *shelf)
{
    for (uint32_t i = 0; i < shelf->posted; i++) {
        struct scored item = shelf->order[i];
        uint32_t at = i;

        item.score = score_of(shelf->mechanism, &shelf->tallies[item.idea]);
        for (; at > 0 && compare_scored(&item, &shelf->order[at - 1]) < 0; at--) {
            shelf->order[at] = shelf->order[at - 1];
        }
        shelf->order[at] = item;
    }
}

static void fill_shelf(struct shelf *shelf, uint32_t came)
{
    while (shelf->posted < shelf->world->plan->ideas &&
           shelf->world->posted_at[shelf->posted] <= came) {
        shelf->order[shelf->posted] = (struct scored){0, shelf->posted};
        shelf->posted++;
    }
    sort_shelf(shelf);
}

/* A place of the list: the higher, the likelier. */
static uint32_t look_at_list(struct shelf *shelf)
{
    double point = unit(draw(&shelf->chance));

    return (uint32_t)(point * point * (double)shelf->posted);
}

/* An idea that the person has not read and did not write; false: none is found. */
static bool find_unread(struct shelf *shelf, uint32_t person, uint32_t *out)
{
    bool list = shelf->mechanism != RANDOM_LIKES && shelf->mechanism != PAIRWISE;

    for (int i = 0; i < TRIES; i++) {
        uint32_t at = list ? look_at_list(shelf) : below(&shelf->chance, shelf->posted);
        uint32_t idea = shelf->order[at].idea;

        if (shelf->seen[idea] != person + 1 && shelf->world->author[idea] != person) {
            shelf->seen[idea] = person + 1;
            *out = idea;
            return true;
        }
    }
    return false;
}

static void read_idea(struct shelf *shelf, uint32_t person, uint32_t idea)
{
    ++*tally_of(&shelf->tallies[idea], opinion(shelf->world, person, idea));
    shelf->ballots[idea]++;
}

static void read_ideas(struct shelf *shelf, uint32_t person)
{
    const struct world *world = shelf->world;
    uint64_t left = world->plan->reads;
    uint32_t idea;

    if (is_attacker(world, person) && world->target < shelf->posted) {
        shelf->seen[world->target] = person + 1;
        read_idea(shelf, person, world->target);
        left--;
    }
    for (; left && find_unread(shelf, person, &idea); left--) {
        read_idea(shelf, person, idea);
    }
}

/* Two ideas at a time: as much to read as for the others. */
static void compare_ideas(struct shelf *shelf, uint32_t person)
{
    uint32_t a;
    uint32_t b;

    for (uint64_t left = shelf->world->plan->reads / 2; left; left--) {
        if (!find_unread(shelf, person, &a) || !find_unread(shelf, person, &b)) {
            return;
        }
        double more = liking(shelf->world, person, a) - liking(shelf->world, person, b);
        uint32_t won = more > 0 || (more >= 0 && draw(&shelf->chance) % 2) ? a : b;

        shelf->tallies[won].agree++;
        shelf->tallies[won == a ? b : a].disagree++;
        shelf->ballots[a]++;
        shelf->ballots[b]++;
    }
}

static struct finding run_shelf(const struct world *world, enum mechanism mechanism)
{
    struct shelf shelf;

    shelf_init(&shelf, world, mechanism);
    for (uint32_t came = 0; came < world->people; came++) {
        fill_shelf(&shelf, came);
        if (mechanism == PAIRWISE) {
            compare_ideas(&shelf, world->arrivals[came]);
        } else {
            read_ideas(&shelf, world->arrivals[came]);
        }
    }
    sort_shelf(&shelf);
    struct finding finding = judge_scores(world, shelf.order, shelf.ballots);

    shelf_finish(&shelf);
    return finding;
}

/* All worlds, on every processor. */

struct shared {
    atomic_uint_fast64_t done;
    struct finding findings[]; /* by world, condition, mechanism */
};

static struct finding *findings_of(struct shared *shared, uint64_t world, uint64_t condition)
{
    return shared->findings + (world * CONDITIONS + condition) * MECHANISMS;
}

static void run_world(const struct plan *plan, uint64_t number, enum condition condition,
                      struct finding *out)
{
    struct world world;

    world_init(&world, plan, number, condition);
    run_board(&world, QUEUE_FAIR, out);
    run_board(&world, QUEUE_UNIFORM, out);
    run_board(&world, QUEUE_EXPLORING, out);
    for (enum mechanism m = LIST_WILSON; m < MECHANISMS; m++) {
        out[m] = run_shelf(&world, m);
    }
    world_finish(&world);
}

static void run_share(const struct plan *plan, uint64_t job, struct shared *shared)
{
    for (uint64_t number = job; number < plan->worlds; number += plan->jobs) {
        for (enum condition c = PLAIN; c < CONDITIONS; c++) {
            run_world(plan, number, c, findings_of(shared, number, c));
        }
        fprintf(stderr, "\r  world %llu of %llu ",
                (unsigned long long)atomic_fetch_add(&shared->done, 1) + 1,
                (unsigned long long)plan->worlds);
    }
}

static bool run_all(const struct plan *plan, struct shared *shared)
{
    bool ok = true;
    int status;

    for (uint64_t job = 0; job < plan->jobs; job++) {
        pid_t pid = fork();

        if (pid == 0) {
            run_share(plan, job, shared);
            _exit(0);
        }
        ok = ok && pid > 0;
    }
    while (wait(&status) > 0) {
        ok = ok && status == 0;
    }
    fputs("\n", stderr);
    return ok;
}

/* What is shown. */

/* A mechanism over all worlds. */
struct summary {
    uint32_t best[CONDITIONS]; /* worlds */
    uint32_t top[CONDITIONS];
    uint32_t pushed;
    double gini;
    double least;
    double early;
};

static struct summary summarize(const struct plan *plan, struct shared *shared,
                                enum mechanism mechanism)
{
    struct summary summary = {.best = {0}};

    for (uint64_t world = 0; world < plan->worlds; world++) {
        for (uint64_t c = 0; c < CONDITIONS; c++) {
            const struct finding *finding = &findings_of(shared, world, c)[mechanism];

            summary.best[c] += finding->best;
            summary.top[c] += finding->top;
            summary.pushed += finding->pushed;
        }
        const struct finding *plain = &findings_of(shared, world, PLAIN)[mechanism];

        summary.gini += plain->gini / (double)plan->worlds;
        summary.least += plain->least / (double)plan->worlds;
        summary.early += plain->early / (double)plan->worlds;
    }
    return summary;
}

/* One line of JSON, as scripts/bench writes them; least and most are the 95 % interval. */
static void write_chance(const struct plan *plan, const char *of, const char *what,
                         uint32_t count, double goal)
{
    double value = (double)count / (double)plan->worlds;
    uint32_t low;
    uint32_t high;

    rank_interval(count, (uint32_t)plan->worlds, &low, &high);
    printf(
        "{\"bench\":\"simulate\",\"figure\":\"%s: %s\",\"value\":%.4g,\"unit\":\"of worlds\","
        "\"least\":%.4g,\"most\":%.4g,\"times\":%llu",
        of, what, value, low / 1e4, high / 1e4, (unsigned long long)plan->worlds);
    if (goal > 0) {
        printf(",\"goal\":\">= %.2f\",\"met\":%s", goal, value >= goal ? "true" : "false");
    }
    puts("}");
}

static void write_mean(const struct plan *plan, const char *of, const char *what, double value)
{
    printf("{\"bench\":\"simulate\",\"figure\":\"%s: %s\",\"value\":%.4g,\"unit\":\"mean\","
           "\"times\":%llu}\n",
           of, what, value, (unsigned long long)plan->worlds);
}

static const double goal_best = 0.65;
static const double goal_top = 0.95;

static void write_json(const struct plan *plan, enum mechanism mechanism,
                       const struct summary *it)
{
    const char *name = mechanism_names[mechanism];
    bool ours = mechanism == OURS;

    write_chance(plan, name, "the best wins", it->best[PLAIN], ours ? goal_best : 0);
    write_chance(plan, name, "one of the best five wins", it->top[PLAIN], ours ? goal_top : 0);
    write_chance(plan, name, "the best wins, posted last", it->best[BEST_LATE], 0);
    write_chance(plan, name, "the best wins, attacked", it->best[ATTACKED], 0);
    write_chance(plan, name, "one of the best five wins, attacked", it->top[ATTACKED], 0);
    write_chance(plan, name, "what attackers push wins", it->pushed, 0);
    write_mean(plan, name, "inequality of ballots", it->gini);
    write_mean(plan, name, "ballots of the least read", it->least);
    write_mean(plan, name, "advantage of early ideas", it->early);
}

static void write_row(const struct plan *plan, enum mechanism mechanism,
                      const struct summary *it)
{
    double n = (double)plan->worlds;

    printf("  %-50s %5.2f %5.2f %6.2f %9.2f %5.2f %6.2f %6.2f %6.0f %6.2f\n",
           mechanism_names[mechanism], it->best[PLAIN] / n, it->top[PLAIN] / n,
           it->best[BEST_LATE] / n, it->best[ATTACKED] / n, it->top[ATTACKED] / n,
           it->pushed / n, it->gini, it->least, it->early);
}

static void write_goal(const struct plan *plan, const char *what, uint32_t count, double goal)
{
    uint32_t low;
    uint32_t high;

    rank_interval(count, (uint32_t)plan->worlds, &low, &high);
    printf("  %-46s %10.2f %-12s [%.2f … %.2f]  goal >= %.2f%s\n", what,
           (double)count / (double)plan->worlds, "of worlds", low / 1e4, high / 1e4, goal,
           (double)count / (double)plan->worlds >= goal ? "" : ": MISSED");
}

static void write_all(const struct plan *plan, struct shared *shared)
{
    if (!plan->json) {
        printf("  %-50s %5s %5s %6s %9s %5s %6s %6s %6s %6s\n", "", "best", "top 5", "late",
               "attacked", "top 5", "pushed", "Gini", "least", "early");
    }
    for (enum mechanism m = OURS; m < MECHANISMS; m++) {
        struct summary summary = summarize(plan, shared, m);

        if (plan->json) {
            write_json(plan, m, &summary);
        } else {
            write_row(plan, m, &summary);
        }
    }
    struct summary ours = summarize(plan, shared, OURS);

    if (!plan->json) {
        puts(
            "  Shares of worlds in which the best idea wins, or one of the best five; late: the"
            " best are\n  posted last; attacked: 5 % more people push one idea, which wins"
            " (pushed). Ballots on ideas:\n  their inequality, the least. Early: how much an"
            " earlier place of posting helps (0: nothing).");
        write_goal(plan, "the best idea wins", ours.best[PLAIN], goal_best);
        write_goal(plan, "one of the best five wins", ours.top[PLAIN], goal_top);
    }
}

static bool read_plan(int argc, char **argv, struct plan *plan)
{
    static const struct option options[] = {
        {"worlds", required_argument, NULL, 0},
        {"seed", required_argument, NULL, 1},
        {"ideas", required_argument, NULL, 2},
        {"people", required_argument, NULL, 3},
        {"reads", required_argument, NULL, 4},
        {"jobs", required_argument, NULL, 5},
        {"spread", required_argument, NULL, 6},
        {"json", no_argument, NULL, 7},
        {NULL, 0, NULL, 0},
    };
    uint64_t *const numbers[] = {&plan->worlds, &plan->seed,  &plan->ideas,
                                 &plan->people, &plan->reads, &plan->jobs};
    bool ok = true;

    for (int at; ok && (at = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (at < 0 || at > 7) {
            ok = false;
        } else if (at == 7) {
            plan->json = true;
        } else if (at == 6) {
            plan->spread = strtod(optarg, NULL);
            ok = plan->spread > 0;
        } else {
            ok = view_to_uint(view_of(optarg), 1000000, numbers[at]) && *numbers[at];
        }
    }
    return ok && optind == argc && plan->ideas / 2 > LATE && plan->people >= 4 &&
           plan->jobs <= JOBS_MAX;
}

int main(int argc, char **argv)
{
    struct plan plan = {.worlds = 50,
                        .seed = 1,
                        .ideas = 500,
                        .people = 2000,
                        .reads = 20,
                        .jobs = (uint64_t)sysconf(_SC_NPROCESSORS_ONLN),
                        .spread = 0.28};

    if (!read_plan(argc, argv, &plan)) {
        fputs("usage: bench-simulate [--worlds N] [--seed N] [--ideas N] [--people N]"
              " [--reads N] [--spread X] [--jobs N] [--json]\n",
              stderr);
        return 2;
    }
    size_t size = sizeof(struct shared) +
                  plan.worlds * (uint64_t)CONDITIONS * MECHANISMS * sizeof(struct finding);
    struct shared *shared =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (shared == MAP_FAILED || !run_all(&plan, shared)) {
        fputs("the worlds cannot be run\n", stderr);
        return 1;
    }
    write_all(&plan, shared);
    munmap(shared, size);
    return 0;
}
