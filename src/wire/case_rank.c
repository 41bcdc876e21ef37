#include "base/mem.h"
#include "wire/case_read.h"
#include "wire/case_round.h"
#include "wire/json.h"
#include "wire/names.h"

#include <stdlib.h>
#include <string.h>

static void refuse_other_keys(struct case_read *read, json_t *object, const char *const *known)
{
    void *at = json_object_iter(object);

    for (; at; at = json_object_iter_next(object, at)) {
        size_t i = 0;

        while (known[i] && strcmp(known[i], json_object_iter_key(at)) != 0) {
            i++;
        }
        if (!known[i]) {
            case_complain(read, json_object_iter_key(at),
                          "be left out: a rule has no such field");
        }
    }
}

static void read_keep(struct case_read *read, const json_t *rules, struct rule *rule)
{
    static const char *const known[] = {"top", "share", "at_least", NULL};
    json_t *keep = json_object_get(rules, "keep");

    if (json_object_size(keep) != 1) {
        case_complain(read, "keep", "be one of top, share and at_least");
        return;
    }
    read->within = "rules.keep";
    refuse_other_keys(read, keep, known);
    if (json_object_get(keep, "top")) {
        struct bounds bounds = {.min = 1, .max = UINT32_MAX};

        rule->keep = KEEP_TOP;
        rule->top = (uint32_t)case_uint(read, keep, "top", bounds);
    } else if (json_object_get(keep, "share")) {
        rule->keep = KEEP_SHARE;
        rule->ppm = case_ppm(read, keep, "share", 0);
    } else {
        rule->keep = KEEP_AT_LEAST;
        rule->ppm = case_ppm(read, keep, "at_least", 0);
    }
    read->within = "rules";
}

/* A theme that no idea has is nobody's mistake: its quota is not met. */
static void read_quotas(struct case_round *round, struct case_read *read, const json_t *rules,
                        struct rule *rule)
{
    const json_t *list = case_list(read, rules, "quota", false);
    const json_t *row = NULL;

    if (json_array_size(list) > LIMIT_THEMES) {
        case_complain(read, "quota", "be at most %d", LIMIT_THEMES);
        return;
    }
    while ((row = case_next_row(read, "rules.quota", list))) {
        struct bounds bounds = {.max = UINT32_MAX, .needed = true};
        struct view theme = case_text(read, row, "theme", true);

        rule->quotas[rule->quotas_count++] = (struct quota){
            .theme = theme.ptr ? intern_add(&round->themes, theme) : 0,
            .at_least = (uint32_t)case_uint(read, row, "at_least", bounds),
        };
    }
}

static void read_rule(struct case_round *round, struct case_read *read, struct rule *rule)
{
    static const char *const known[] = {"keep", "min_judges", "carry_over", "quota", NULL};
    json_t *rules = json_object_get(read->root, "rules");
    struct bounds bounds = {.max = UINT32_MAX};

    if (!json_is_object(rules)) {
        case_complain(read, "rules", "be an object");
        return;
    }
    read->within = "rules";
    refuse_other_keys(read, rules, known);
    read_keep(read, rules, rule);
    rule->min_judges = (uint32_t)case_uint(read, rules, "min_judges", bounds);
    rule->carry_over = case_bool(read, rules, "carry_over", true);
    read_quotas(round, read, rules, rule);
    read->within = NULL;
}

static void add_id(struct buf *to, uint32_t id)
{
    char last = to->bytes[to->len - 1];

    if (last != '[') {
        buf_add_char(to, ',');
    }
    buf_add_uint(to, id);
}

static void write_id_or_null(struct buf *to, const char *key, uint32_t id)
{
    buf_printf(to, id ? "\"%s\":%u," : "\"%s\":null,", key, id);
}

static void write_cut(struct buf *to, const struct selection *selection)
{
    const struct cut *cut = &selection->cut;

    if (!cut->drawn) {
        buf_add_text(to, "\"cut\":null,");
        return;
    }
    buf_add_text(to, "\"cut\":{");
    write_id_or_null(to, "first_out", cut->first_out);
    write_id_or_null(to, "last_in", cut->last_in);
    buf_printf(to, "\"score_ppm\":%u,\"uncertain\":[", cut->ppm);
    for (size_t i = 0; i < selection->count; i++) {
        if (selection->items[i].uncertain) {
            add_id(to, selection->items[i].idea);
        }
    }
    buf_printf(to, "],\"uncertain_in\":%u,\"uncertain_out\":%u},", cut->uncertain_in,
               cut->uncertain_out);
}

static void write_standing(struct buf *to, const struct standing *item)
{
    buf_printf(to, "{\"agree\":%u,\"disagree\":%u,\"id\":%u,\"n\":%u,\"outcome\":\"%s\",",
               item->tally.agree, item->tally.disagree, item->idea, tally_judged(&item->tally),
               name_of_outcome(item->outcome));
    buf_printf(to, "\"pass\":%u,\"rank\":%u,\"reason\":\"%s\",\"score_ppm\":%u,",
               item->tally.pass, item->rank, name_of_ground(item->ground), item->score);
    buf_printf(to, "\"wilson_e4\":[%u,%u]}", item->low, item->high);
}

static int compare_ids(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;

    return (a > b) - (a < b);
}

static void write_hidden(struct buf *to, const struct case_round *round, bool first)
{
    uint32_t *ids = mem_array(round->count, sizeof *ids);
    size_t count = 0;

    for (size_t i = 0; i < round->count; i++) {
        if (round->ideas[i].hidden) {
            ids[count++] = round->ideas[i].id;
        }
    }
    qsort(ids, count, sizeof *ids, compare_ids);
    for (size_t i = 0; i < count; i++) {
        buf_printf(to, "%s{\"id\":%u,\"outcome\":\"%s\",\"reason\":\"%s\"}",
                   first && i == 0 ? "" : ",", ids[i], name_of_outcome(OUTCOME_EXCLUDED),
                   name_of_ground(GROUND_HIDDEN));
    }
    mem_free(ids);
}

static void write_quotas(struct buf *to, const struct case_round *round,
                         const struct rule *rule, const uint32_t *got)
{
    buf_add_text(to, "\"quota\":[");
    for (uint32_t i = 0; i < rule->quotas_count; i++) {
        const struct quota *quota = &rule->quotas[i];

        buf_printf(to, "%s{\"at_least\":%u,\"got\":%u,", i ? "," : "", quota->at_least, got[i]);
        case_write_bool(to, "met", got[i] >= quota->at_least);
        buf_add_text(to, ",\"theme\":");
        case_write_text(to, intern_text(&round->themes, quota->theme));
        buf_add_char(to, '}');
    }
    buf_add_text(to, "],");
}

static void write(struct buf *to, const struct case_round *round, const struct rule *rule,
                  const struct selection *selection)
{
    buf_add_char(to, '{');
    write_cut(to, selection);
    buf_add_text(to, "\"ideas\":[");
    for (size_t i = 0; i < selection->count; i++) {
        buf_add_text(to, i ? "," : "");
        write_standing(to, &selection->items[i]);
    }
    write_hidden(to, round, selection->count == 0);
    buf_add_text(to, "],");
    case_write_ignored(to, round);
    buf_printf(to, ",\"pool\":{\"agree\":%llu,\"ideas\":%zu,\"n\":%llu},\"promoted\":[",
               (unsigned long long)selection->pool.agree, selection->count,
               (unsigned long long)selection->pool.judged);
    for (size_t i = 0; i < selection->count; i++) {
        if (selection->items[i].seated) {
            add_id(to, selection->items[i].idea);
        }
    }
    buf_add_text(to, "],");
    write_quotas(to, round, rule, selection->quota_got);
    if (selection->limited) {
        buf_printf(to, "\"seats\":%u}", selection->seats);
    } else {
        buf_add_text(to, "\"seats\":null}");
    }
}

void case_rank(struct case_read *read, struct buf *out)
{
    struct case_round round = {0};
    struct selection selection = {0};
    struct rule rule = {0};
    uint32_t k0 = case_k0(read);

    case_round_read_ideas(&round, read);
    case_round_read_ballots(&round, read);
    read_rule(&round, read, &rule);
    if (!case_is_wrong(read)) {
        case_round_select(&round, &selection);
        selection_run(&selection, &rule, k0);
        write(out, &round, &rule, &selection);
    }
    selection_finish(&selection);
    case_round_finish(&round);
}
