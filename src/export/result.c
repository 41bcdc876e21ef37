#include "export/result.h"

#include "core/round.h"
#include "wire/json.h"
#include "wire/member.h"
#include "wire/names.h"

#include <string.h>

static const struct rule *rule_of(const struct result_subject *subject)
{
    static const struct rule none;

    return subject->round ? &subject->definition->rounds[subject->round - 1].rule : &none;
}

static void add_number(struct buf *to, uint32_t number, bool first)
{
    buf_printf(to, first ? "%u" : ",%u", number);
}

/* Ideas of the ranking that are seated, or that straddle the line. */
static void write_ideas(struct buf *to, const struct selection *selection, bool seated)
{
    bool first = true;

    for (size_t i = 0; i < selection->count; i++) {
        const struct standing *item = &selection->items[i];

        if (seated ? item->seated : item->uncertain) {
            add_number(to, item->idea, first);
            first = false;
        }
    }
}

static void write_cut(struct buf *to, const struct selection *selection)
{
    const struct cut *cut = &selection->cut;

    if (!cut->drawn) {
        buf_add_text(to, ",\"cut\":null");
        return;
    }
    buf_add_text(to, ",\"cut\":{\"last_in\":");
    buf_add_text(to, cut->last_in ? "" : "null");
    if (cut->last_in) {
        buf_add_uint(to, cut->last_in);
    }
    member_uint_or_null(to, "first_out", cut->first_out);
    member_uint(to, "score_ppm", cut->ppm);
    buf_add_text(to, ",\"uncertain\":[");
    write_ideas(to, selection, false);
    buf_add_char(to, ']');
    member_uint(to, "uncertain_in", cut->uncertain_in);
    member_uint(to, "uncertain_out", cut->uncertain_out);
    buf_add_char(to, '}');
}

static void write_quotas(struct buf *to, const struct result_subject *subject)
{
    const struct rule *rule = rule_of(subject);
    const struct round_result *result = subject->result;

    buf_add_text(to, ",\"quota\":[");
    for (uint32_t i = 0; !result->final && i < rule->quotas_count; i++) {
        const struct quota *quota = &rule->quotas[i];
        uint32_t got = result->selection.quota_got[i];

        buf_add_text(to, i ? ",{\"theme\":" : "{\"theme\":");
        json_write_string(to, view_of(subject->definition->themes[quota->theme - 1]));
        member_uint(to, "at_least", quota->at_least);
        member_uint(to, "got", got);
        member_bool(to, "met", got >= quota->at_least);
        buf_add_char(to, '}');
    }
    buf_add_char(to, ']');
}

static void write_people(struct buf *to, const struct round_result *result)
{
    const struct selection *selection = &result->selection;
    uint32_t short_of_judges = 0;

    for (size_t i = 0; i < selection->count; i++) {
        short_of_judges += !selection->items[i].enough;
    }
    member_uint(to, "judges", result->judges);
    member_uint(to, "participants", result->participants);
    member_uint(to, "short", short_of_judges);
    if (selection->cut.uncertain_in + selection->cut.uncertain_out) {
        buf_add_text(to, ",\"settle\":{\"ballots\":");
        buf_add_uint(to, selection_ballots_to_settle(selection));
        buf_add_char(to, '}');
    } else {
        buf_add_text(to, ",\"settle\":null");
    }
}

uint32_t result_tested_groups(const struct result_subject *subject, uint32_t *out)
{
    const struct round_result *result = subject->result;
    uint32_t count = 0;

    for (uint32_t g = 0; g < result->groups_count; g++) {
        const char *name = subject->definition->groups[result->groups[g].group - 1];
        uint32_t at = count;

        if (!final_group_is_tested(&result->groups[g], FINAL_GROUP_MIN)) {
            continue;
        }
        for (; at && strcmp(subject->definition->groups[result->groups[out[at - 1]].group - 1],
                            name) > 0;
             at--) {
            out[at] = out[at - 1];
        }
        out[at] = g;
        count++;
    }
    return count;
}

static void write_groups(struct buf *to, const struct result_subject *subject)
{
    uint32_t tested[LIMIT_GROUPS];
    uint32_t count = result_tested_groups(subject, tested);

    buf_add_text(to, ",\"groups\":[");
    for (uint32_t i = 0; i < count; i++) {
        const struct group_tally *group = &subject->result->groups[tested[i]];

        buf_add_text(to, i ? ",{\"group\":" : "{\"group\":");
        json_write_string(to, view_of(subject->definition->groups[group->group - 1]));
        member_uint(to, "agree", group->agree);
        member_uint(to, "n", group->judged);
        member_bool(to, "majority", final_group_has_majority(group));
        member_bool(to, "tested", true);
        buf_add_char(to, '}');
    }
    buf_add_char(to, ']');
}

static void write_tests(struct buf *to, const char *key, const struct verdict *verdict,
                        enum test wanted)
{
    const struct {
        const char *name;
        enum test test;
    } tests[] = {
        {"interval", verdict->interval}, {"groups", verdict->groups}, {"trim", verdict->trim}};
    bool first = true;

    member_key(to, key);
    buf_add_char(to, '[');
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        if (tests[i].test == wanted) {
            buf_printf(to, first ? "\"%s\"" : ",\"%s\"", tests[i].name);
            first = false;
        }
    }
    buf_add_char(to, ']');
}

static void write_verdict(struct buf *to, const struct result_subject *subject)
{
    const struct verdict *verdict = &subject->result->verdict;

    member_uint_or_null(to, "winner", verdict->winner);
    if (!verdict->winner) {
        buf_add_text(to, ",\"verdict\":null");
        return;
    }
    buf_printf(to, ",\"verdict\":{\"robust\":%s", verdict->robust ? "true" : "false");
    write_tests(to, "passed", verdict, TEST_PASSED);
    write_tests(to, "failed", verdict, TEST_FAILED);
    write_tests(to, "skipped", verdict, TEST_SKIPPED);
    write_groups(to, subject);
    member_uint(to, "trimmed_ballots", verdict->trimmed);
    buf_add_char(to, '}');
}

static void write_standing(struct buf *to, const struct result_subject *subject,
                           const struct standing *item)
{
    buf_printf(to, "{\"n\":%u", item->idea);
    member_source(to, &subject->ideas[item->idea - 1].source);
    member_uint(to, "agree", item->tally.agree);
    member_uint(to, "disagree", item->tally.disagree);
    member_uint(to, "pass", item->tally.pass);
    member_uint(to, "judged", tally_judged(&item->tally));
    member_uint(to, "score", item->score);
    member_uint(to, "rank", item->rank);
    member_uint(to, "low", item->low);
    member_uint(to, "high", item->high);
    member_text(to, "outcome", view_of(name_of_outcome(item->outcome)));
    member_text(to, "reason", view_of(name_of_ground(item->ground)));
}

static void write_head(struct buf *to, const struct result_subject *subject)
{
    const struct selection *selection = &subject->result->selection;

    buf_printf(to, "{\"round\":%u,\"pool\":{\"agree\":", subject->round);
    buf_add_uint(to, selection->pool.agree);
    member_uint(to, "n", selection->pool.judged);
    buf_add_char(to, '}');
    member_key(to, "seats");
    if (selection->limited) {
        buf_add_uint(to, selection->seats);
    } else {
        buf_add_text(to, "null");
    }
    buf_add_text(to, ",\"promoted\":[");
    write_ideas(to, selection, true);
    buf_add_char(to, ']');
    write_cut(to, selection);
    write_quotas(to, subject);
    write_people(to, subject->result);
}

static void write_object(struct buf *to, const struct result_subject *subject)
{
    const struct selection *selection = &subject->result->selection;
    bool final = subject->result->final;
    uint32_t *firsts = mem_array(selection->count, sizeof *firsts);

    write_head(to, subject);
    if (final) {
        write_verdict(to, subject);
        member_uint(to, "resamples",
                    final_stability(selection, FINAL_SEED, FINAL_RESAMPLES, firsts));
    }
    buf_add_text(to, ",\"ideas\":[");
    for (size_t i = 0; i < selection->count; i++) {
        buf_add_text(to, i ? ",\n" : "\n");
        write_standing(to, subject, &selection->items[i]);
        if (final) {
            member_uint(to, "first_place", firsts[i]);
        }
        buf_add_char(to, '}');
    }
    buf_add_text(to, "]}");
    mem_free(firsts);
}

void result_write(struct buf *to, const struct result_subject *subject)
{
    write_object(to, subject);
    buf_add_char(to, '\n');
}

static struct result_subject subject_of(const struct board *board, uint32_t round,
                                        const struct round_result *result)
{
    return (struct result_subject){.round = round,
                                   .definition = &board->definition,
                                   .ideas = board->ideas,
                                   .result = result};
}

void result_write_present(struct buf *to, const struct board *board)
{
    struct round_result now = {0};

    round_result_now(board, &now);
    struct result_subject subject = subject_of(board, board->round, &now);

    write_object(to, &subject);
    round_result_finish(&now);
}

bool result_write_round(struct buf *to, const struct board *board, uint32_t number)
{
    uint32_t round = number ? number : board->round;
    const struct round_result *closed = round_result(board, round);

    if (round > board->round) {
        return false;
    }
    if (closed) {
        struct result_subject subject = subject_of(board, round, closed);

        write_object(to, &subject);
    } else {
        result_write_present(to, board);
    }
    buf_add_char(to, '\n');
    return true;
}

void result_write_outcomes(struct buf *to, const struct round_result *came_to)
{
    const char *comma = "";

    buf_add_char(to, '[');
    for (size_t i = 0; came_to && i < came_to->selection.count; i++) {
        const struct standing *item = &came_to->selection.items[i];

        if (item->outcome == OUTCOME_NONE) {
            continue; /* the round has no rule: nothing was decided */
        }
        buf_printf(to, "%s{\"idea\":%u", comma, item->idea);
        comma = ",";
        member_text(to, "outcome", view_of(name_of_outcome(item->outcome)));
        member_text(to, "reason", view_of(name_of_ground(item->ground)));
        buf_add_char(to, '}');
    }
    buf_add_char(to, ']');
}
