#include "import/plan.h"

#include "base/hash.h"
#include "base/mem.h"
#include "import/rows.h"

#include <stdlib.h>
#include <string.h>

/* The board */

static uint64_t hash_source(const char *system, const char *id)
{
    struct digest digest = hash_blake2b(view_of(system), view_of(" "), view_of(id));
    uint64_t hash = 0;

    memcpy(&hash, digest.bytes, sizeof hash);
    return hash;
}

void import_target_init(struct import_target *target, const struct board *board)
{
    *target = (struct import_target){.definition = board->definition};
    map_init(&target->known);
    for (size_t i = 0; i < board->ideas_count; i++) {
        const struct idea *idea = &board->ideas[i];

        if (idea->source.id[0] && idea->state != IDEA_WITHDRAWN) {
            map_put(&target->known, hash_source(idea->source.system, idea->source.id), 1);
        }
    }
}

void import_target_finish(struct import_target *target)
{
    map_finish(&target->known);
}

bool import_target_knows(const struct import_target *target, const char *system, const char *id)
{
    return map_find(&target->known, hash_source(system, id)) != NULL;
}

/* Order: a reply comes after what it answers */

static void find_parents(struct making *making)
{
    struct import_plan *plan = making->plan;

    for (size_t i = 0; i < plan->count; i++) {
        const uint64_t *parent =
            making->parents[i] ? map_find(&making->ids, rows_hash(view_of(making->parents[i])))
                               : NULL;

        plan->rows[i].parent = parent && *parent != i + 1 ? (uint32_t)*parent : 0;
    }
}

/* How many it hangs below; more than may be: its chain is too long, or runs in a ring. */
static size_t depth_of(const struct import_plan *plan, size_t at)
{
    size_t depth = 0;

    while (plan->rows[at].parent && depth <= LIMIT_DEPTH) {
        at = plan->rows[at].parent - 1;
        depth++;
    }
    return depth;
}

/* A row with its depth, for sorting. */
struct place {
    size_t depth;
    size_t at;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *left = a;
    const struct place *right = b;

    if (left->depth != right->depth) {
        return left->depth < right->depth ? -1 : 1;
    }
    return left->at < right->at ? -1 : left->at > right->at;
}

static void cut_rings(struct making *making)
{
    struct import_plan *plan = making->plan;

    for (size_t i = 0; i < plan->count; i++) {
        struct import_row *row = &plan->rows[i];

        if (depth_of(plan, i) > LIMIT_DEPTH) {
            row->parent = 0;
        }
        if (making->parents[i] && !row->parent) {
            row->relation = RELATION_IDEA;
            problems_add(&plan->problems, row->line, FAULT_PARENT, view_of(making->parents[i]));
        }
        plan->has_replies = plan->has_replies || row->parent;
    }
}

static void put_in_order(struct import_plan *plan)
{
    struct place *places = mem_array(plan->count, sizeof *places);
    size_t *now_at = mem_array(plan->count, sizeof *now_at);
    struct import_row *rows = mem_array(plan->count, sizeof *rows);

    for (size_t i = 0; i < plan->count; i++) {
        places[i] = (struct place){depth_of(plan, i), i};
    }
    qsort(places, plan->count, sizeof *places, compare_places);
    for (size_t i = 0; i < plan->count; i++) {
        rows[i] = plan->rows[places[i].at];
        now_at[places[i].at] = i;
    }
    for (size_t i = 0; i < plan->count; i++) {
        rows[i].parent = rows[i].parent ? (uint32_t)now_at[rows[i].parent - 1] + 1 : 0;
    }
    mem_free(places);
    mem_free(now_at);
    mem_free(plan->rows);
    plan->rows = rows;
    plan->room = plan->count;
}

static void make_rows(struct making *making)
{
    struct import_plan *plan = making->plan;

    map_init(&making->ids);
    map_init(&making->authors);
    making->parents = mem_array(plan->sheet.rows, sizeof *making->parents);
    rows_read(making);
    find_parents(making);
    cut_rings(making);
    if (plan->has_replies) {
        put_in_order(plan);
    }
    for (size_t i = 0; i < plan->sheet.rows; i++) {
        mem_free(making->parents[i]);
    }
    mem_free(making->parents);
    map_finish(&making->ids);
    map_finish(&making->authors);
}

void import_plan_make(struct import_plan *plan, struct view bytes,
                      const struct import_target *target, const struct import_options *options)
{
    struct making making = {.plan = plan, .target = target, .options = options};

    *plan = (struct import_plan){.seed = options->seed, .skip = options->skip};
    mapping_init(&plan->mapping);
    if (!sheet_read(&plan->sheet, bytes, options->rows_max, &plan->problems)) {
        return;
    }
    mapping_guess(&plan->mapping, &plan->sheet, target->definition.lang);
    if (!mapping_set(&plan->mapping, &plan->sheet, options->map, &plan->problems)) {
        return;
    }
    if (plan->mapping.columns[PART_TEXT] == SHEET_NOWHERE) {
        problems_add(&plan->problems, 1, FAULT_NO_TEXT, view_of(NULL));
        return;
    }
    make_rows(&making);
}

void import_plan_finish(struct import_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        mem_free(plan->rows[i].text);
        mem_free(plan->rows[i].words);
    }
    for (size_t i = 0; i < plan->themes_count; i++) {
        mem_free(plan->themes[i].name);
    }
    mem_free(plan->rows);
    sheet_finish(&plan->sheet);
    problems_finish(&plan->problems);
    *plan = (struct import_plan){0};
}

bool import_plan_may_go(const struct import_plan *plan)
{
    const size_t *by_weight = plan->problems.by_weight;

    return plan->count && !by_weight[FAULT_STOPS] && (plan->skip || !by_weight[FAULT_SKIPS]);
}
