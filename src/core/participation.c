#include "core/participation.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct histogram {
    uint32_t of[PARTICIPATION_JUDGES + 1];
};

/* How many judges the idea of that place has, the least judged being at 0. */
static uint32_t at_place(const struct histogram *histogram, uint32_t place)
{
    uint32_t seen = 0;

    for (uint32_t judges = 0; judges <= PARTICIPATION_JUDGES; judges++) {
        seen += histogram->of[judges];
        if (place < seen) {
            return judges;
        }
    }
    return 0;
}

static void count_exposure(struct exposure *out, const struct histogram *histogram)
{
    uint32_t last = out->candidates ? out->candidates - 1 : 0;

    out->least = at_place(histogram, 0);
    out->quarter = at_place(histogram, last / 4);
    out->middle = at_place(histogram, last / 2);
    out->three_quarters = at_place(histogram, last - last / 4);
    out->most = at_place(histogram, last);
}

static void count_candidate(struct participation *out, const struct idea *idea,
                            struct histogram *histogram)
{
    uint32_t judges = tally_judged(&idea->tally);
    bool lacks = judges < out->exposure.wanted;

    out->exposure.candidates++;
    out->exposure.lacking += lacks;
    out->themes[idea->theme].candidates++;
    out->themes[idea->theme].lacking += lacks;
    histogram->of[judges < PARTICIPATION_JUDGES ? judges : PARTICIPATION_JUDGES]++;
}

static void count_ideas(const struct board *board, struct participation *out)
{
    const struct round_definition *round = board_round(board);
    struct histogram histogram = {0};

    out->exposure.wanted = round ? round->rule.min_judges : 0;
    for (size_t i = 0; i < board->ideas_count; i++) {
        const struct idea *idea = &board->ideas[i];

        if (idea->state != IDEA_SHOWN) {
            continue;
        }
        out->ideas++;
        out->themes[idea->theme].ideas++;
        out->themes[idea->theme].ballots += tally_judged(&idea->tally);
        if (board_competes(board, idea)) {
            count_candidate(out, idea, &histogram);
        }
    }
    count_exposure(&out->exposure, &histogram);
}

static void add(struct share_of *to, const struct person *person)
{
    to->people++;
    to->ballots += person->judged;
}

static bool takes_part(const struct person *person)
{
    return person->acts && !person->erased;
}

static void count_person(const struct board *board, const struct person *person,
                         struct participation *out)
{
    bool enough = person->judged >= PARTICIPATION_ENOUGH;

    add(&out->by_assurance[person->assurance], person);
    out->judged += person->judged > 0;
    out->enough += enough;
    out->finished += enough && person->done;
    for (uint32_t g = 0; g < board->definition.groups_count; g++) {
        if (person->groups >> g & 1) {
            add(&out->groups[g], person);
        }
    }
}

/* Groups of which there are enough people, as a person's groups are. */
static uint64_t keep_large_groups(const struct board *board, struct participation *out)
{
    uint64_t large = 0;

    for (uint32_t g = 0; g < board->definition.groups_count; g++) {
        if (out->groups[g].people >= PARTICIPATION_GROUP_MIN) {
            large |= UINT64_C(1) << g;
        } else {
            out->groups[g] = (struct share_of){0};
        }
    }
    return large;
}

static int compare_falling(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;

    return x > y ? -1 : x < y;
}

static void count_busiest(const struct board *board, struct participation *out)
{
    uint32_t *judged = mem_alloc((out->judged + 1) * sizeof *judged);
    uint32_t count = 0;

    for (size_t i = 0; i < board->people_count; i++) {
        if (board->people[i].judged && takes_part(&board->people[i])) {
            judged[count++] = board->people[i].judged;
        }
    }
    qsort(judged, count, sizeof *judged, compare_falling);
    out->busiest.people = (count + 99) / 100;
    for (uint32_t i = 0; i < out->busiest.people; i++) {
        out->busiest.ballots += judged[i];
    }
    mem_free(judged);
}

void participation_count(const struct board *board, struct participation *out)
{
    memset(out, 0, sizeof *out);
    out->ballots = board->ballots;
    count_ideas(board, out);
    for (size_t i = 0; i < board->people_count; i++) {
        if (takes_part(&board->people[i])) {
            out->people++;
            count_person(board, &board->people[i], out);
        }
    }
    uint64_t large = keep_large_groups(board, out);

    for (size_t i = 0; i < board->people_count; i++) {
        if (takes_part(&board->people[i]) && !(board->people[i].groups & large)) {
            add(&out->rest, &board->people[i]);
        }
    }
    count_busiest(board, out);
}
