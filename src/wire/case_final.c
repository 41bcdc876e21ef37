#include "core/final.h"

#include "base/mem.h"
#include "wire/case_read.h"
#include "wire/case_round.h"
#include "wire/json.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_RESAMPLES = 100000
};

/* What a final has besides ideas and ballots. */
struct final {
    struct case_round round;
    struct selection selection;
    struct intern names; /* of groups */
    struct group {
        struct view name;
        struct group_tally tally;
    } * groups;           /* owned; one for each name, in their order once they are counted */
    json_t *groups_of;    /* participant → names; borrowed */
    const json_t *counts; /* borrowed */
    struct final_tests tests;
    uint32_t min_judges;
    uint32_t resamples;
    uint64_t seed;
    struct verdict verdict;
};

static void finish(struct final *final)
{
    mem_free(final->groups);
    intern_finish(&final->names);
    selection_finish(&final->selection);
    case_round_finish(&final->round);
}

static void read_numbers(struct final *final, struct case_read *read)
{
    const json_t *root = read->root;
    struct bounds judges = {.max = UINT32_MAX, .otherwise = 1};
    struct bounds group_min = {.max = UINT32_MAX, .otherwise = FINAL_GROUP_MIN};
    struct bounds resamples = {.max = MAX_RESAMPLES, .otherwise = FINAL_RESAMPLES};
    struct bounds seed = {.max = UINT64_MAX, .otherwise = FINAL_SEED};

    (void)case_k0(read); /* may be there, as in a case of rank; shares need none */
    final->min_judges = (uint32_t)case_uint(read, root, "min_judges", judges);
    final->tests.group_min = (uint32_t)case_uint(read, root, "group_min", group_min);
    final->tests.trim_ppm = case_ppm(read, root, "trim", FINAL_TRIM_PPM);
    final->resamples = (uint32_t)case_uint(read, root, "resamples", resamples);
    final->seed = case_uint(read, root, "seed", seed);
}

static void read_names(struct final *final, struct case_read *read, const json_t *names)
{
    bool are = json_is_array(names);

    for (size_t i = 0; i < json_array_size(names); i++) {
        const json_t *name = json_array_get(names, i);

        are = are && json_is_string(name);
        if (are) {
            intern_add(&final->names, json_view(name));
        }
    }
    if (!are) {
        case_complain(read, "groups", "be lists of names by participant");
    }
}

/* Every group that is named, so that one is seen of which nobody came. */
static void read_groups(struct final *final, struct case_read *read)
{
    json_t *groups = json_object_get(read->root, "groups");
    const json_t *row = NULL;

    if (groups && !json_is_object(groups)) {
        case_complain(read, "groups", "be lists of names by participant");
    }
    for (void *at = json_object_iter(groups); at; at = json_object_iter_next(groups, at)) {
        read_names(final, read, json_object_iter_value(at));
    }
    final->groups_of = groups;
    final->counts = case_list(read, read->root, "counts", false);
    while ((row = case_next_row(read, "counts", final->counts))) {
        struct view name = case_text(read, row, "g", false);

        if (name.ptr) {
            intern_add(&final->names, name);
        }
    }
}

/* Each of a person's groups once, however often it is named. */
static void add_ballot(struct final *final, const json_t *names, enum choice choice)
{
    for (size_t i = 0; i < json_array_size(names); i++) {
        struct view name = json_view(json_array_get(names, i));
        bool again = false;

        for (size_t j = 0; j < i && !again; j++) {
            again = view_equal(name, json_view(json_array_get(names, j)));
        }
        if (!again) {
            struct group *group = &final->groups[intern_find(&final->names, name) - 1];

            group->tally.judged++;
            group->tally.agree += choice == CHOICE_AGREE;
        }
    }
}

static void count_people(struct final *final, const struct case_idea *winner)
{
    json_t *people = final->groups_of;

    for (void *at = json_object_iter(people); at; at = json_object_iter_next(people, at)) {
        struct view name = view_of(json_object_iter_key(at));
        uint32_t person = intern_find(&final->round.people, name);
        enum choice choice = person ? case_ballot(&final->round, person, winner) : CHOICE_NONE;

        if (choice != CHOICE_NONE) {
            add_ballot(final, json_object_iter_value(at), choice);
        }
    }
}

static void count_rows(struct final *final, struct case_read *read, uint32_t winner)
{
    const json_t *row = NULL;

    while ((row = case_next_row(read, "counts", final->counts))) {
        struct view name = case_text(read, row, "g", false);
        struct tally tally = {0};

        if (name.ptr && json_integer_value(json_object_get(row, "i")) == winner) {
            struct group *group = &final->groups[intern_find(&final->names, name) - 1];

            case_add_tally(read, row, &tally);
            group->tally.agree += tally.agree;
            group->tally.judged += tally_judged(&tally);
        }
    }
}

static int compare_groups(const void *left, const void *right)
{
    struct view a = ((const struct group *)left)->name;
    struct view b = ((const struct group *)right)->name;
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* What the groups say of the winner. */
static void count_groups(struct final *final, struct case_read *read, uint32_t winner)
{
    for (size_t i = 0; i < final->names.count; i++) {
        final->groups[i].name = intern_text(&final->names, (uint32_t)i + 1);
        final->groups[i].tally.group = (uint32_t)i + 1;
    }
    count_people(final, case_find_idea(&final->round, winner));
    count_rows(final, read, winner);
    qsort(final->groups, final->names.count, sizeof *final->groups, compare_groups);
}

static void judge(struct final *final, struct case_read *read)
{
    struct selection *selection = &final->selection;
    size_t count = final->names.count;

    case_round_select(&final->round, selection);
    final_rank(selection, final->min_judges);
    final->groups = mem_array(count, sizeof *final->groups);
    if (selection->count && selection->items[0].enough) {
        count_groups(final, read, selection->items[0].idea);
    }
    struct group_tally *tallies = mem_array(count, sizeof *tallies);

    for (size_t i = 0; i < count; i++) {
        tallies[i] = final->groups[i].tally;
    }
    final_verdict(selection, tallies, count, &final->tests, &final->verdict);
    mem_free(tallies);
}

static void write_standing(struct buf *to, const struct standing *item, uint32_t first_place)
{
    buf_printf(to, "{\"agree\":%u,\"disagree\":%u,", item->tally.agree, item->tally.disagree);
    case_write_bool(to, "enough_judges", item->enough);
    buf_printf(to, ",\"first_place\":%u,\"id\":%u,\"n\":%u,\"pass\":%u,\"rank\":%u,",
               first_place, item->idea, tally_judged(&item->tally), item->tally.pass,
               item->rank);
    buf_printf(to, "\"share_ppm\":%u,\"wilson_e4\":[%u,%u]}", item->score, item->low,
               item->high);
}

static void write_tests(struct buf *to, const char *key, const struct verdict *verdict,
                        enum test result)
{
    const struct {
        const char *name;
        enum test result;
    } tests[] = {
        {"interval", verdict->interval}, {"groups", verdict->groups}, {"trim", verdict->trim}};
    const char *between = "";

    buf_printf(to, "\"%s\":[", key);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        if (tests[i].result == result) {
            buf_printf(to, "%s\"%s\"", between, tests[i].name);
            between = ",";
        }
    }
    buf_add_text(to, "],");
}

static void write_groups(struct buf *to, const struct final *final)
{
    buf_add_text(to, "\"groups\":[");
    for (size_t i = 0; i < final->names.count; i++) {
        const struct group_tally *tally = &final->groups[i].tally;

        buf_printf(to, "%s{\"agree\":%u,\"group\":", i ? "," : "", tally->agree);
        case_write_text(to, final->groups[i].name);
        buf_add_char(to, ',');
        case_write_bool(to, "majority", final_group_has_majority(tally));
        buf_printf(to, ",\"n\":%u,", tally->judged);
        case_write_bool(to, "tested", final_group_is_tested(tally, final->tests.group_min));
        buf_add_char(to, '}');
    }
    buf_add_text(to, "],");
}

static void write_verdict(struct buf *to, const struct final *final)
{
    const struct verdict *verdict = &final->verdict;

    if (!verdict->winner) {
        buf_add_text(to, "\"verdict\":null,\"winner\":null}");
        return;
    }
    buf_add_text(to, "\"verdict\":{");
    write_tests(to, "failed", verdict, TEST_FAILED);
    write_groups(to, final);
    write_tests(to, "passed", verdict, TEST_PASSED);
    case_write_bool(to, "robust", verdict->robust);
    buf_add_char(to, ',');
    write_tests(to, "skipped", verdict, TEST_SKIPPED);
    buf_printf(to, "\"trimmed_ballots\":%u},\"winner\":%u}", verdict->trimmed, verdict->winner);
}

static void write(struct buf *to, const struct final *final)
{
    const struct selection *selection = &final->selection;
    uint32_t *first = mem_array(selection->count, sizeof *first);
    uint32_t resamples = final_stability(selection, final->seed, final->resamples, first);

    buf_add_text(to, "{\"ideas\":[");
    for (size_t i = 0; i < selection->count; i++) {
        buf_add_text(to, i ? "," : "");
        write_standing(to, &selection->items[i], first[i]);
    }
    buf_add_text(to, "],");
    case_write_ignored(to, &final->round);
    buf_printf(to, ",\"resamples\":%u,", resamples);
    write_verdict(to, final);
    mem_free(first);
}

void case_final(struct case_read *read, struct buf *out)
{
    struct final final = {0};

    read_numbers(&final, read);
    case_round_read_ideas(&final.round, read);
    case_round_read_ballots(&final.round, read);
    read_groups(&final, read);
    if (!case_is_wrong(read)) {
        judge(&final, read);
        write(out, &final);
    }
    finish(&final);
}
