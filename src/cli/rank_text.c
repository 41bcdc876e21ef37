#include "cli/rank_text.h"

#include <stdio.h>

enum {
    WORDS_COLUMNS = 48
};

static const struct rule *rule_of(const struct rank_text *rank)
{
    static const struct rule none;
    uint32_t round = rank->subject.round;

    return round ? &rank->subject.definition->rounds[round - 1].rule : &none;
}

static const char *plural(uint64_t count, const char *one, const char *many)
{
    return count == 1 ? one : many;
}

static bool is_continued(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80; /* not the first byte of a character */
}

void rank_text_print_words(struct view words, size_t columns)
{
    size_t used = 0;

    for (size_t i = 0; i < words.len; i++) {
        char c = words.ptr[i];

        if (!is_continued(c) && used++ == columns) {
            fputs("…", stdout);
            return;
        }
        putchar(c == '\n' || c == '\t' ? ' ' : c);
    }
}

static const char *reason_of(const struct standing *item)
{
    static const char *const reasons[] = {
        [GROUND_NONE] = "",
        [GROUND_RANK] = "goes on",
        [GROUND_SUPPORT] = "goes on: enough support",
        [GROUND_QUOTA] = "goes on: a place of its theme",
        [GROUND_BELOW_CUT] = "below the line",
        [GROUND_DISPLACED_BY_QUOTA] = "gave its place to a theme",
        [GROUND_TOO_FEW_JUDGES] = "too few judges",
        [GROUND_HIDDEN] = "hidden",
    };

    switch (item->outcome) {
    case OUTCOME_WINNER:
        return "winner";
    case OUTCOME_FINALIST:
        return item->enough ? "finalist" : "finalist: too few judges";
    case OUTCOME_CARRIED_OVER:
        return "stays in: too few judges";
    case OUTCOME_NONE:
    case OUTCOME_PROMOTED:
    case OUTCOME_ELIMINATED:
    case OUTCOME_EXCLUDED:
        break;
    }
    return reasons[item->ground];
}

static void print_row(const struct rank_text *rank, const struct standing *item)
{
    printf("%4u  #%-6u %3u.%u %%  %3u to %3u %% %7u %7u %7u  %-30s ", item->rank, item->idea,
           item->score / 10000, item->score / 1000 % 10, item->low / 100,
           (item->high + 99) / 100, item->tally.agree, item->tally.disagree, item->tally.pass,
           reason_of(item));
    fputs(item->uncertain ? "~ " : "  ", stdout);
    rank_text_print_words(rank->words(rank->user, item->idea), WORDS_COLUMNS);
    putchar('\n');
}

static void print_line(const struct cut *cut)
{
    if (cut->drawn) {
        printf("---- the line: %u.%u %% ", cut->ppm / 10000, cut->ppm / 1000 % 10);
    } else {
        fputs("---- the line ", stdout);
    }
    puts("----------------------------------------------------------");
}

static void print_table(const struct rank_text *rank)
{
    const struct selection *selection = &rank->subject.result->selection;
    const struct cut *cut = &selection->cut;

    printf("rank  idea     %s  95 %% of them     for against  no opin.\n",
           rank->subject.result->final ? " share " : " score ");
    for (size_t i = 0; i < selection->count; i++) {
        if (selection->items[i].idea == cut->first_out) {
            print_line(cut);
        }
        print_row(rank, &selection->items[i]);
    }
}

static void print_heading(const struct rank_text *rank)
{
    const struct round_result *result = rank->subject.result;
    size_t ideas = result->selection.count;

    printf("Round %u, %s%s: %zu %s, judged by %u of %u %s\n\n", rank->subject.round,
           result->final ? "the final, " : "",
           rank->closed ? "as it closed" : "as if it closed now", ideas,
           plural(ideas, "idea", "ideas"), result->judges, result->participants,
           plural(result->participants, "person", "people"));
}

static void print_places(const struct rank_text *rank)
{
    const struct selection *selection = &rank->subject.result->selection;
    uint32_t min_judges = rule_of(rank)->min_judges;
    size_t promoted = 0;
    size_t few = 0;

    for (size_t i = 0; i < selection->count; i++) {
        promoted += selection->items[i].seated;
        few += !selection->items[i].enough;
    }
    if (rule_of(rank)->keep == KEEP_ALL) {
        puts("This round has no rule: every idea goes on.");
    } else if (selection->limited) {
        printf("%zu of %u places are taken.\n", promoted, selection->seats);
    } else {
        printf("%zu %s enough support to go on.\n", promoted,
               plural(promoted, "idea has", "ideas have"));
    }
    if (few) {
        printf(
            "%zu %s been judged by fewer than %u people, which says nothing of how good %s.\n",
            few, plural(few, "idea has", "ideas have"), min_judges,
            plural(few, "it is", "they are"));
    }
}

static void print_quotas(const struct rank_text *rank)
{
    const struct rule *rule = rule_of(rank);

    for (uint32_t i = 0; i < rule->quotas_count; i++) {
        uint32_t got = rank->subject.result->selection.quota_got[i];

        printf("Theme %s: %u of at least %u places%s.\n",
               rank->subject.definition->themes[rule->quotas[i].theme - 1], got,
               rule->quotas[i].at_least,
               got < rule->quotas[i].at_least ? ", which could not be filled" : "");
    }
}

static void print_certainty(const struct rank_text *rank)
{
    const struct selection *selection = &rank->subject.result->selection;
    const struct cut *cut = &selection->cut;
    uint64_t ballots = selection_ballots_to_settle(selection);

    if (!cut->drawn) {
        return;
    }
    if (!ballots) {
        puts("The line is certain: no idea's 95 % interval reaches across it.");
        return;
    }
    printf("The line is not certain: %u that %s on and %u that %s not (~) are neck and neck.\n",
           cut->uncertain_in, plural(cut->uncertain_in, "goes", "go"), cut->uncertain_out,
           plural(cut->uncertain_out, "does", "do"));
    printf("About %llu more %s on them would probably settle it.\n",
           (unsigned long long)ballots, plural(ballots, "ballot", "ballots"));
}

static const char *name_of_test(enum test test)
{
    static const char *const names[] = {"passed ", "FAILED ", "skipped"};

    return names[test];
}

static void print_groups(const struct rank_text *rank)
{
    uint32_t tested[LIMIT_GROUPS];
    uint32_t count = result_tested_groups(&rank->subject, tested);

    printf("  groups    %s  ", name_of_test(rank->subject.result->verdict.groups));
    for (uint32_t i = 0; i < count; i++) {
        const struct group_tally *group = &rank->subject.result->groups[tested[i]];

        printf("%s%s %u for of %u", i ? ", " : "",
               rank->subject.definition->groups[group->group - 1], group->agree, group->judged);
    }
    puts(count ? "" : "no group of 30 judges or more");
}

static void print_stability(const struct selection *selection)
{
    uint32_t *firsts = mem_array(selection->count, sizeof *firsts);
    uint32_t resamples = final_stability(selection, FINAL_SEED, FINAL_RESAMPLES, firsts);

    printf("Had other people of the same mind judged, it would have come first in %u of %u "
           "draws.\n",
           firsts[0], resamples);
    mem_free(firsts);
}

static void print_verdict(const struct rank_text *rank)
{
    const struct round_result *result = rank->subject.result;
    const struct verdict *verdict = &result->verdict;

    if (!verdict->winner) {
        puts("No winner: no idea has been judged by enough people.");
        return;
    }
    const struct standing *winner = &result->selection.items[0];
    uint32_t judged = tally_judged(&winner->tally);

    printf(verdict->robust ? "#%u wins, and its majority is confirmed:\n"
                           : "#%u is in the lead; its majority is not confirmed:\n",
           verdict->winner);
    printf("  interval  %s  %u of %u are for it; with 95 %% certainty at least %u.%02u %%, and "
           "more than 50 %% is needed\n",
           name_of_test(verdict->interval), winner->tally.agree, judged, winner->low / 100,
           winner->low % 100);
    print_groups(rank);
    printf("  trim      %s  without %u of its favourable ballots: %u of %u\n",
           name_of_test(verdict->trim), verdict->trimmed,
           winner->tally.agree - verdict->trimmed, judged - verdict->trimmed);
    print_stability(&result->selection);
    printf("Turnout: %u of %u participants judged it. The certainty is of those who judged; "
           "this is no poll.\n",
           judged, result->participants);
}

void rank_text_print(const struct rank_text *rank)
{
    print_heading(rank);
    if (!rank->subject.result->selection.count) {
        puts("No idea takes part.");
        return;
    }
    print_table(rank);
    putchar('\n');
    if (rank->subject.result->final) {
        print_verdict(rank);
        return;
    }
    print_places(rank);
    print_quotas(rank);
    print_certainty(rank);
}
