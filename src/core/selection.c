#include "core/selection.h"

#include "base/mem.h"
#include "core/exact.h"

#include <stdlib.h>
#include <string.h>

/* A rule being applied to a selection in rank order. */
struct run {
    struct selection *selection;
    const struct rule *rule;
    uint32_t k0;
    uint64_t free; /* seats */
};

/* What the sort moves about instead of standings. */
struct sorted {
    struct exact exact;
    size_t from;
};

void selection_finish(struct selection *selection)
{
    mem_free(selection->items);
    *selection = (struct selection){0};
}

void selection_add(struct selection *selection, uint32_t idea, uint32_t theme,
                   const struct tally *tally)
{
    selection->items = mem_reserve(selection->items, selection->count, &selection->room,
                                   sizeof *selection->items);
    selection->items[selection->count++] =
        (struct standing){.idea = idea, .theme = theme, .tally = *tally};
}

static void sum(struct selection *selection)
{
    selection->pool = (struct pool){0, 0};
    for (size_t i = 0; i < selection->count; i++) {
        selection->pool.agree += selection->items[i].tally.agree;
        selection->pool.judged += tally_judged(&selection->items[i].tally);
    }
}

static struct exact exact_standing(const struct run *run, const struct standing *item)
{
    return exact_of(run->selection->pool, run->k0,
                    &(struct ranked){.idea = item->idea, .tally = item->tally});
}

static int compare_sorted(const void *left, const void *right)
{
    const struct exact *a = &((const struct sorted *)left)->exact;
    const struct exact *b = &((const struct sorted *)right)->exact;

    if (a->digits != b->digits) {
        return a->digits > b->digits ? -1 : 1;
    }
    return exact_compare(a, b);
}

static struct sorted *sort(const struct run *run)
{
    const struct selection *selection = run->selection;
    struct sorted *entries = mem_array(selection->count, sizeof *entries);

    for (size_t i = 0; i < selection->count; i++) {
        entries[i].exact = exact_standing(run, &selection->items[i]);
        entries[i].from = i;
        exact_add_digits(&entries[i].exact);
    }
    qsort(entries, selection->count, sizeof *entries, compare_sorted);
    return entries;
}

/* Best first, each with its rank, score and interval. */
static void rank(struct run *run)
{
    struct selection *selection = run->selection;
    struct sorted *entries = sort(run);
    struct standing *items = mem_array(selection->count, sizeof *items);

    for (size_t i = 0; i < selection->count; i++) {
        const struct standing *from = &selection->items[entries[i].from];
        uint32_t judged = entries[i].exact.judged;

        items[i] = (struct standing){
            .idea = from->idea,
            .theme = from->theme,
            .tally = from->tally,
            .rank = (uint32_t)i + 1,
            .score = exact_score(&entries[i].exact),
            .enough = judged >= run->rule->min_judges,
        };
        rank_interval(items[i].tally.agree, judged, &items[i].low, &items[i].high);
    }
    mem_free(entries);
    mem_free(selection->items);
    selection->items = items;
    selection->room = selection->count;
}

static void count_seats(struct run *run)
{
    struct selection *selection = run->selection;
    const uint64_t ppm = PPM;
    uint64_t share = (2 * selection->count * run->rule->ppm + ppm) / (2 * ppm);

    switch (run->rule->keep) {
    case KEEP_TOP:
        selection->seats = run->rule->top;
        break;
    case KEEP_SHARE:
        selection->seats = share ? (uint32_t)share : 1;
        break;
    case KEEP_ALL:
    case KEEP_AT_LEAST:
        selection->limited = false;
        selection->seats = 0;
        run->free = selection->count;
        return;
    }
    selection->limited = true;
    run->free = selection->seats;
}

static void seat(struct run *run, struct standing *item)
{
    if (!item->seated && run->free) {
        item->seated = true;
        run->free--;
    }
}

static void seat_quota(struct run *run, const struct quota *quota)
{
    struct selection *selection = run->selection;
    uint32_t left = quota->at_least;

    for (size_t i = 0; i < selection->count && left; i++) {
        if (selection->items[i].enough && selection->items[i].theme == quota->theme) {
            seat(run, &selection->items[i]);
            left--;
        }
    }
}

/* Would be promoted if there were no quotas; before: how many able ideas rank before it. */
static bool is_plain(const struct run *run, const struct standing *item, uint32_t before)
{
    if (run->selection->limited) {
        return before < run->selection->seats;
    }
    struct exact exact = exact_standing(run, item);

    return exact_is_at_least(&exact, run->rule->ppm);
}

static void seat_plain(struct run *run)
{
    struct selection *selection = run->selection;
    uint32_t able = 0;

    for (size_t i = 0; i < selection->count; i++) {
        if (selection->items[i].enough && is_plain(run, &selection->items[i], able++)) {
            seat(run, &selection->items[i]);
        }
    }
}

static void set_outcome(struct standing *item, enum outcome outcome, enum ground ground)
{
    item->outcome = outcome;
    item->ground = ground;
}

static void judge_able(const struct run *run, struct standing *item, bool plain)
{
    struct cut *cut = &run->selection->cut;

    if (!item->seated) {
        cut->first_out = cut->first_out ? cut->first_out : item->idea;
        set_outcome(item, OUTCOME_ELIMINATED,
                    plain ? GROUND_DISPLACED_BY_QUOTA : GROUND_BELOW_CUT);
    } else if (plain && !cut->first_out) {
        cut->last_in = item->idea;
        set_outcome(item, OUTCOME_PROMOTED,
                    run->rule->keep == KEEP_AT_LEAST ? GROUND_SUPPORT : GROUND_RANK);
    } else {
        set_outcome(item, OUTCOME_PROMOTED, GROUND_QUOTA);
    }
}

static void judge(struct run *run)
{
    uint32_t able = 0;

    for (size_t i = 0; i < run->selection->count; i++) {
        struct standing *item = &run->selection->items[i];

        if (item->enough) {
            judge_able(run, item, is_plain(run, item, able++));
        } else {
            set_outcome(item, run->rule->carry_over ? OUTCOME_CARRIED_OVER : OUTCOME_ELIMINATED,
                        GROUND_TOO_FEW_JUDGES);
        }
    }
}

static void count_quotas(struct run *run)
{
    const struct selection *selection = run->selection;

    for (uint32_t q = 0; q < run->rule->quotas_count; q++) {
        for (size_t i = 0; i < selection->count; i++) {
            run->selection->quota_got[q] +=
                selection->items[i].seated &&
                selection->items[i].theme == run->rule->quotas[q].theme;
        }
    }
}

static uint32_t score_of(const struct selection *selection, uint32_t idea)
{
    size_t i = 0;

    while (selection->items[i].idea != idea) {
        i++;
    }
    return selection->items[i].score;
}

static void draw_cut(struct run *run)
{
    const struct selection *selection = run->selection;
    struct cut *cut = &run->selection->cut;

    if (run->rule->keep == KEEP_AT_LEAST) {
        cut->drawn = true;
        cut->ppm = run->rule->ppm;
    } else if (cut->last_in && cut->first_out) {
        cut->drawn = true;
        cut->ppm =
            (score_of(selection, cut->last_in) + score_of(selection, cut->first_out)) / 2;
    }
}

/* Wilson's interval, unrounded, holds the line: (A/n - c)² <= z²·c·(1 - c)/n. */
static bool straddles(const struct tally *tally, uint32_t ppm)
{
    wide n = tally_judged(tally);
    wide distance = (wide)tally->agree * PPM - n * ppm;

    return n > 0 && distance * distance * Z2_UNIT <= Z2 * n * ppm * (PPM - ppm);
}

static void find_uncertain(struct run *run)
{
    struct cut *cut = &run->selection->cut;

    for (size_t i = 0; cut->drawn && i < run->selection->count; i++) {
        struct standing *item = &run->selection->items[i];

        item->uncertain = item->enough && straddles(&item->tally, cut->ppm);
        cut->uncertain_in += item->uncertain && item->seated;
        cut->uncertain_out += item->uncertain && !item->seated;
    }
}

void selection_run(struct selection *selection, const struct rule *rule, uint32_t k0)
{
    struct run run = {.selection = selection, .rule = rule, .k0 = k0};

    selection->cut = (struct cut){0};
    memset(selection->quota_got, 0, sizeof selection->quota_got);
    sum(selection);
    rank(&run);
    count_seats(&run);
    if (rule->keep == KEEP_ALL) {
        return;
    }
    for (uint32_t i = 0; i < rule->quotas_count; i++) {
        seat_quota(&run, &rule->quotas[i]);
    }
    seat_plain(&run);
    judge(&run);
    count_quotas(&run);
    draw_cut(&run);
    find_uncertain(&run);
}

bool selection_line(const struct selection *selection, uint64_t places, uint32_t *ppm)
{
    if (places == 0 || places >= selection->count) {
        return false;
    }
    *ppm = (selection->items[places - 1].score + selection->items[places].score) / 2;
    return true;
}

/* It straddles while (A/n - c)² <= z²·c·(1 - c)/n: at the same share p until n is over
   z²·c·(1 - c)/(p - c)². */
static uint64_t ballots_to_settle(const struct tally *tally, uint32_t ppm)
{
    wide n = tally_judged(tally);
    wide distance = (wide)tally->agree * PPM - n * ppm;

    if (!distance) {
        return SELECTION_SETTLE_MAX;
    }
    wide needed = (wide)Z2 * ppm * (PPM - ppm) * n * n / (distance * distance * Z2_UNIT) + 1;
    wide missing = needed > n ? needed - n : 1;

    return missing < SELECTION_SETTLE_MAX ? (uint64_t)missing : SELECTION_SETTLE_MAX;
}

uint64_t selection_ballots_to_settle(const struct selection *selection)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < selection->count; i++) {
        if (selection->items[i].uncertain) {
            sum += ballots_to_settle(&selection->items[i].tally, selection->cut.ppm);
        }
    }
    return sum;
}
