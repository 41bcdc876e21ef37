#include "core/plan.h"

#include "base/hash.h"
#include "base/mem.h"
#include "core/queue.h"
#include "core/selection.h"

#include <string.h>

enum {
    CHUNK_BITS = 16,
    /* standard deviation of a sum of four uniform numbers of 16 bits */
    TASTE_DEVIATION = 37837,
    /* quality: 0.28 of a taste, generosity of 0.3 being part of what a taste is here */
    QUALITY_PERCENT = 27,
    PASS_EVERY = 10
};

/* One world: ideas, and what is known of them so far. */
struct world {
    const struct plan *plan;
    uint64_t drawn;  /* numbers so far */
    uint64_t seed;   /* of this world */
    uint32_t ideas;  /* played */
    uint64_t budget; /* opinions left */
    int32_t *quality;
    struct tally *tallies;
    uint32_t *looks; /* what is looked at next; scratch */
};

struct totals {
    uint64_t promoted;
    uint64_t wins;
    uint64_t top5;
    uint64_t right;
    uint64_t seated;
    uint64_t least;
    uint64_t lacking;
};

static uint64_t draw(struct world *world)
{
    return hash_mix(world->seed + world->drawn++ * UINT64_C(0x9E3779B97F4A7C15));
}

/* About normal, around 0. */
static int32_t draw_taste(struct world *world)
{
    uint64_t bits = draw(world);
    int32_t sum = -2 * 65535;

    for (unsigned i = 0; i < 4; i++) {
        sum += (int32_t)(bits >> (CHUNK_BITS * i) & 0xFFFF);
    }
    return sum;
}

/* Three of them together are nearer to a normal: the ends matter for what is best. */
static int32_t draw_quality(struct world *world)
{
    int64_t sum = (int64_t)draw_taste(world) + draw_taste(world) + draw_taste(world);

    return (int32_t)(sum * QUALITY_PERCENT * 1000 / INT64_C(173200));
}

static bool is_full(const struct world *world, uint32_t idea)
{
    uint32_t judges = tally_judged(&world->tallies[idea]);

    return judges >= world->plan->people || judges >= PLAN_JUDGES_MAX;
}

static void ask(struct world *world, uint32_t idea)
{
    struct tally *tally = &world->tallies[idea];
    int32_t thinks = world->quality[idea] + draw_taste(world);

    if (draw(world) % PASS_EVERY == 0) {
        tally->pass++;
    } else if (thinks > 0) {
        tally->agree++;
    } else {
        tally->disagree++;
    }
}

/* As long as there is somebody left who may judge it; true: somebody did. */
static bool ask_if_any(struct world *world, uint32_t idea)
{
    bool asks = !is_full(world, idea);

    if (asks) {
        ask(world, idea);
    }
    return asks;
}

/* The least seen first: everybody in turn, until all have enough or the time is over. */
static void explore(struct world *world)
{
    for (uint32_t turn = 0; turn < world->plan->min_judges && world->budget; turn++) {
        for (uint32_t idea = 0; idea < world->ideas && world->budget; idea++) {
            world->budget -= ask_if_any(world, idea);
        }
    }
}

static void rank(const struct world *world, struct selection *out)
{
    struct rule rule = {
        .keep = KEEP_TOP, .top = world->plan->seats, .min_judges = world->plan->min_judges};

    *out = (struct selection){0};
    for (uint32_t i = 0; i < world->ideas; i++) {
        selection_add(out, i + 1, 0, &world->tallies[i]);
    }
    selection_run(out, &rule, RANK_K0);
}

/* The ideas nearest to the line, at most room: put into looks; how many. */
static uint32_t nearest(const struct world *world, const struct selection *ranked, uint32_t ppm,
                        uint32_t room)
{
    uint32_t count = 0;
    struct queue_key *keys = mem_alloc(room * sizeof *keys);

    for (size_t i = 0; i < ranked->count; i++) {
        const struct standing *item = &ranked->items[i];
        uint32_t judges = tally_judged(&item->tally);

        if (!is_full(world, item->idea - 1)) {
            count =
                queue_insert(keys, count, room,
                             &(struct queue_key){
                                 .stage = 1,
                                 .distance = queue_distance(item->score, ppm, judges, RANK_K0),
                                 .exposures = judges,
                                 .idea = item->idea,
                             });
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        world->looks[i] = keys[i].idea - 1;
    }
    mem_free(keys);
    return count;
}

/* What is nearest to the line, which is looked at from time to time. */
static void refine(struct world *world)
{
    uint64_t step = world->budget / PLAN_LOOKS + 1;
    uint32_t room = world->plan->seats < 16 ? 32 : 2 * world->plan->seats;

    while (world->budget) {
        struct selection ranked;
        uint32_t ppm = 0;

        rank(world, &ranked);
        bool drawn = selection_line(&ranked, world->plan->seats, &ppm);
        uint32_t count = drawn ? nearest(world, &ranked, ppm, room) : 0;

        selection_finish(&ranked);
        if (!count) {
            return; /* there is nothing left to be undecided about */
        }
        for (uint64_t i = 0; i < step && world->budget; i++, world->budget--) {
            (void)ask_if_any(world, world->looks[i % count]);
        }
    }
}

/* Place of an idea among all by quality, the best being 0. */
static uint32_t place_of(const struct world *world, uint32_t idea)
{
    uint32_t place = 0;

    for (uint32_t i = 0; i < world->ideas; i++) {
        place += world->quality[i] > world->quality[idea];
    }
    return place;
}

/* A final among those that are seated; the winner, or the number of ideas: none. */
static uint32_t play_final(struct world *world, const struct selection *ranked)
{
    uint32_t judges = world->plan->people * PLAN_RETURN_PERCENT / 100 + 1;
    uint32_t winner = world->ideas;
    uint64_t most = 0;

    judges = judges < PLAN_FINAL_MAX ? judges : PLAN_FINAL_MAX;
    for (size_t i = 0; i < ranked->count; i++) {
        uint32_t idea = ranked->items[i].idea - 1;

        if (!ranked->items[i].seated) {
            continue;
        }
        while (tally_judged(&world->tallies[idea]) < judges) {
            ask(world, idea);
        }
        uint64_t share = world->tallies[idea].agree * UINT64_C(1000000) /
                         tally_judged(&world->tallies[idea]);

        if (winner == world->ideas || share > most) {
            winner = idea;
            most = share;
        }
    }
    return winner;
}

static void count_seats(const struct world *world, const struct selection *ranked,
                        struct totals *totals)
{
    uint32_t least = UINT32_MAX;

    for (size_t i = 0; i < ranked->count; i++) {
        const struct standing *item = &ranked->items[i];
        uint32_t judges = tally_judged(&item->tally);

        least = judges < least ? judges : least;
        totals->lacking += !item->enough;
        if (item->seated) {
            uint32_t place = place_of(world, item->idea - 1);

            totals->seated++;
            totals->promoted += place == 0;
            totals->right += place < world->plan->seats;
        }
    }
    totals->least += least;
}

static void play(struct world *world, struct totals *totals)
{
    struct selection ranked;

    for (uint32_t i = 0; i < world->ideas; i++) {
        world->quality[i] = draw_quality(world);
        world->tallies[i] = (struct tally){0};
    }
    explore(world);
    refine(world);
    rank(world, &ranked);
    count_seats(world, &ranked, totals);
    uint32_t winner = play_final(world, &ranked);
    uint32_t place = winner < world->ideas ? place_of(world, winner) : UINT32_MAX;

    totals->wins += place == 0;
    totals->top5 += place < 5;
    selection_finish(&ranked);
}

static uint32_t percent(uint64_t part, uint64_t whole)
{
    return whole ? (uint32_t)((200 * part + whole) / (2 * whole)) : 0;
}

static uint32_t worlds_for(const struct world *world)
{
    uint64_t work = world->budget + (uint64_t)PLAN_LOOKS * world->ideas * 8 +
                    (uint64_t)world->plan->seats * world->ideas;
    uint64_t worlds = PLAN_WORK / (work + 1);

    worlds = worlds < PLAN_WORLDS_MIN ? PLAN_WORLDS_MIN : worlds;
    return worlds > PLAN_WORLDS_MAX ? PLAN_WORLDS_MAX : (uint32_t)worlds;
}

/* The plan at the size at which it is played: of too many ideas a part, and of the people, who
   would judge the others, as large a part. */
static uint64_t scaled_budget(const struct plan *plan, const struct forecast *out,
                              uint32_t ideas)
{
    uint64_t all = (uint64_t)plan->people * out->opinions_a_person * ideas / plan->ideas;
    uint64_t most = (uint64_t)ideas * PLAN_JUDGES_MAX;

    return all < most ? all : most;
}

static void conclude(const struct totals *totals, uint32_t ideas, const struct plan *plan,
                     struct forecast *out)
{
    out->least = (uint32_t)(totals->least / out->worlds);
    out->lacking = (uint32_t)(totals->lacking * plan->ideas / ((uint64_t)out->worlds * ideas));
    out->best_promoted = percent(totals->promoted, out->worlds);
    out->best_wins = percent(totals->wins, out->worlds);
    out->winner_top5 = percent(totals->top5, out->worlds);
    out->right_seats = percent(totals->right, totals->seated);
}

void plan_forecast(const struct plan *plan, struct forecast *out)
{
    uint64_t time = (uint64_t)plan->minutes * 60 / plan->seconds;
    uint64_t each = time < plan->cap ? time : plan->cap;
    struct world world = {.plan = plan,
                          .ideas = plan->ideas < PLAN_IDEAS_MAX ? plan->ideas : PLAN_IDEAS_MAX};
    struct totals totals = {0};

    *out = (struct forecast){.opinions_a_person =
                                 (uint32_t)(each < plan->ideas ? each : plan->ideas)};
    uint64_t opinions = (uint64_t)plan->people * out->opinions_a_person;

    out->per_idea_tenths = (uint32_t)(10 * opinions / plan->ideas);
    world.budget = scaled_budget(plan, out, world.ideas);
    out->worlds = worlds_for(&world);
    world.quality = mem_alloc(world.ideas * sizeof *world.quality);
    world.tallies = mem_alloc(world.ideas * sizeof *world.tallies);
    world.looks = mem_alloc((2 * (size_t)plan->seats + 32) * sizeof *world.looks);
    for (uint32_t i = 0; i < out->worlds; i++) {
        world.seed = hash_mix(plan->seed ^ hash_mix(i));
        world.drawn = 0;
        world.budget = scaled_budget(plan, out, world.ideas);
        play(&world, &totals);
    }
    conclude(&totals, world.ideas, plan, out);
    mem_free(world.quality);
    mem_free(world.tallies);
    mem_free(world.looks);
}
