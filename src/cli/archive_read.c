#include "cli/archive_read.h"

#include "base/formula.h"
#include "base/mem.h"
#include "cli/archive_rounds.h"
#include "cli/archive_table.h"
#include "cli/config.h"
#include "cli/file.h"
#include "export/result.h"
#include "wire/names.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum {
    WHAT_BYTES = 64
};

void archive_read_finish(struct archive_read *archive)
{
    for (size_t i = 0; i < LIMIT_ROUNDS; i++) {
        mem_free(archive->rounds[i].candidates);
        mem_free(archive->rounds[i].groups);
        selection_finish(&archive->rounds[i].result.selection);
    }
    for (size_t i = 0; i < archive->ideas_count; i++) {
        mem_free(archive->words[i]);
    }
    mem_free(archive->words);
    mem_free(archive->ideas);
    differences_finish(&archive->differences);
    *archive = (struct archive_read){0};
}

const struct round_result *archive_result(const struct archive_read *archive, uint32_t round)
{
    bool is = round >= 1 && round <= archive->definition.rounds_count &&
              archive->rounds[round - 1].opened;

    return is ? &archive->rounds[round - 1].result : NULL;
}

struct view archive_words(const struct archive_read *archive, uint32_t idea)
{
    return view_of(archive->words[idea - 1]);
}

/* Rows: each reader is given the latest row. */

static uint32_t find_name(const struct archive_table_read *row, size_t column,
                          const char (*names)[LIMIT_THEME_MAX_BYTES + 1], uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (archive_table_is(row, column, names[i])) {
            return i + 1;
        }
    }
    return 0;
}

static void copy_text(const struct archive_table_read *row, size_t column, char *out,
                      size_t size)
{
    struct view text = archive_table_text(row, column);

    if (text.len < size) {
        memcpy(out, text.ptr, text.len);
        out[text.len] = '\0';
    }
}

enum {
    IDEA_NUMBER = 0,
    IDEA_THEME = 6,
    IDEA_SOURCE_SYSTEM = 12,
    IDEA_SOURCE_ID = 13,
    IDEA_TEXT = 14
};

static void read_idea(struct archive_read *archive, struct archive_table_read *row)
{
    const struct definition *definition = &archive->definition;
    uint32_t number = archive_table_number(row, IDEA_NUMBER, LIMIT_IDEAS);
    struct view text = text_rearmed(archive_table_text(row, IDEA_TEXT));

    if (number != archive->ideas_count + 1) {
        archive_table_complain(row, "idea %zu was to come here", archive->ideas_count + 1);
        return;
    }
    archive->ideas = mem_reserve(archive->ideas, archive->ideas_count, &archive->ideas_room,
                                 sizeof *archive->ideas);
    archive->words = mem_reserve(archive->words, archive->ideas_count, &archive->words_room,
                                 sizeof *archive->words);
    struct idea *idea = &archive->ideas[archive->ideas_count];

    *idea = (struct idea){.number = number};
    idea->theme = find_name(row, IDEA_THEME, definition->themes, definition->themes_count);
    copy_text(row, IDEA_SOURCE_SYSTEM, idea->source.system, sizeof idea->source.system);
    copy_text(row, IDEA_SOURCE_ID, idea->source.id, sizeof idea->source.id);
    archive->words[archive->ideas_count++] =
        text.len ? mem_copy_text(text.ptr, text.len) : NULL;
}

/* The round of the row, its first column, or NULL. */
static struct archive_read_round *round_of(struct archive_read *archive,
                                           struct archive_table_read *row)
{
    uint32_t number = archive_table_number(row, 0, LIMIT_ROUNDS);

    if (!number || !archive_result(archive, number)) {
        archive_table_complain(row, "no such round was opened");
        return NULL;
    }
    return &archive->rounds[number - 1];
}

static bool state_of(const struct archive_table_read *row, size_t column, enum idea_state *out)
{
    for (unsigned state = IDEA_SHOWN; state <= IDEA_WITHDRAWN; state++) {
        if (archive_table_is(row, column, name_of_idea_state((enum idea_state)state))) {
            *out = (enum idea_state)state;
            return true;
        }
    }
    return false;
}

static struct tally read_tally(struct archive_table_read *row, size_t first)
{
    return (struct tally){.agree = archive_table_number(row, first, INT32_MAX),
                          .disagree = archive_table_number(row, first + 1, INT32_MAX),
                          .pass = archive_table_number(row, first + 2, INT32_MAX)};
}

static void read_candidate(struct archive_read *archive, struct archive_table_read *row)
{
    struct archive_read_round *round = round_of(archive, row);
    struct archive_read_candidate candidate = {
        .idea = archive_table_number(row, 1, (uint32_t)archive->ideas_count),
        .claimed = read_tally(row, 3),
    };

    if (!state_of(row, 2, &candidate.state)) {
        archive_table_complain(row, "there is no such state");
    }
    if (!round || !candidate.idea ||
        (round->candidates_count &&
         round->candidates[round->candidates_count - 1].idea >= candidate.idea)) {
        archive_table_complain(row, "the ideas of a round are to come by number, each once");
        return;
    }
    round->candidates = mem_reserve(round->candidates, round->candidates_count,
                                    &round->candidates_room, sizeof *round->candidates);
    round->candidates[round->candidates_count++] = candidate;
}

static struct archive_read_candidate *find_candidate(const struct archive_read_round *round,
                                                     uint32_t idea)
{
    size_t low = 0;
    size_t high = round ? round->candidates_count : 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (round->candidates[middle].idea < idea) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return round && low < round->candidates_count && round->candidates[low].idea == idea
               ? &round->candidates[low]
               : NULL;
}

const struct archive_read_candidate *archive_candidate(const struct archive_read *archive,
                                                       uint32_t round, uint32_t idea)
{
    return find_candidate(&archive->rounds[round - 1], idea);
}

/* The candidate of a row that begins with round and, at that column, idea; or NULL. */
static struct archive_read_candidate *
candidate_of(struct archive_read *archive, struct archive_table_read *row, size_t column)
{
    uint32_t idea = archive_table_number(row, column, LIMIT_IDEAS);
    struct archive_read_candidate *found = find_candidate(round_of(archive, row), idea);

    if (!found) {
        archive_table_complain(row, "the idea took no part in that round");
    }
    return found;
}

static void read_ballot(struct archive_read *archive, struct archive_table_read *row)
{
    struct archive_read_candidate *candidate = candidate_of(archive, row, 2);
    enum choice choice = CHOICE_NONE;

    if (!choice_of_name(archive_table_text(row, 3), &choice)) {
        archive_table_complain(row, "a choice is agree, disagree or pass");
    } else if (candidate) {
        ++*tally_of(&candidate->counted, choice);
        archive->ballots++;
    }
}

static void read_count(struct archive_read *archive, struct archive_table_read *row)
{
    struct archive_read_candidate *candidate = candidate_of(archive, row, 1);
    struct tally tally = read_tally(row, 2);

    if (candidate && (uint64_t)tally_judged(&candidate->counted) + tally.agree +
                             tally.disagree + tally.pass >
                         LIMIT_PEOPLE) {
        archive_table_complain(row, "there are more ballots than there can be people");
    } else if (candidate) {
        candidate->counted.agree += tally.agree;
        candidate->counted.disagree += tally.disagree;
        candidate->counted.pass += tally.pass;
        archive->ballots += tally_judged(&tally);
    }
}

static void read_group(struct archive_read *archive, struct archive_table_read *row)
{
    struct archive_read_round *round = round_of(archive, row);
    const struct definition *definition = &archive->definition;
    struct archive_read_group group = {
        .idea = archive_table_number(row, 1, LIMIT_IDEAS),
        .tally = {.group = find_name(row, 2, definition->groups, definition->groups_count),
                  .agree = archive_table_number(row, 3, INT32_MAX),
                  .judged = archive_table_number(row, 4, INT32_MAX)}};

    if (!round || !group.tally.group) {
        archive_table_complain(row, "there is no such group");
        return;
    }
    round->groups = mem_reserve(round->groups, round->groups_count, &round->groups_room,
                                sizeof *round->groups);
    round->groups[round->groups_count++] = group;
}

static bool read_table(struct archive_read *archive, enum archive_table_kind kind,
                       void (*read_row)(struct archive_read *, struct archive_table_read *))
{
    struct archive_table_read read;
    bool ok = archive_table_open(&read, archive->folder, kind);

    while (ok && archive_table_next(&read)) {
        read_row(archive, &read);
    }
    ok = ok && !archive_table_is_wrong(&read);
    if (!ok) {
        (void)refuse("%s: %s", archive->folder, read.why.bytes);
    }
    archive_table_close(&read);
    return ok;
}

/* Recounting. */

static void check_sum(struct archive_read *archive, uint32_t round,
                      const struct archive_read_candidate *candidate)
{
    const struct tally *claimed = &candidate->claimed;
    const struct tally *counted = &candidate->counted;

    if (claimed->agree != counted->agree || claimed->disagree != counted->disagree ||
        claimed->pass != counted->pass) {
        differ(&archive->differences,
               "round %u, idea %u: candidates.csv says %u for, %u against and %u without "
               "opinion, the ballots say %u, %u and %u",
               round, candidate->idea, claimed->agree, claimed->disagree, claimed->pass,
               counted->agree, counted->disagree, counted->pass);
    }
}

static void judge_final(struct archive_read_round *round, const struct rule *rule)
{
    static const struct final_tests tests = {.group_min = FINAL_GROUP_MIN,
                                             .trim_ppm = FINAL_TRIM_PPM};
    struct round_result *result = &round->result;

    final_rank(&result->selection, rule->min_judges);
    for (size_t i = 0; result->selection.count && i < round->groups_count; i++) {
        if (round->groups[i].idea == result->selection.items[0].idea &&
            result->groups_count < LIMIT_GROUPS) {
            result->groups[result->groups_count++] = round->groups[i].tally;
        }
    }
    final_verdict(&result->selection, result->groups, result->groups_count, &tests,
                  &result->verdict);
}

static void recount(struct archive_read *archive, uint32_t number)
{
    struct archive_read_round *round = &archive->rounds[number - 1];
    const struct round_definition *definition = &archive->definition.rounds[number - 1];

    for (size_t i = 0; i < round->candidates_count; i++) {
        const struct archive_read_candidate *candidate = &round->candidates[i];

        check_sum(archive, number, candidate);
        if (candidate->state == IDEA_SHOWN) {
            selection_add(&round->result.selection, candidate->idea,
                          archive->ideas[candidate->idea - 1].theme, &candidate->counted);
        }
    }
    round->result.final = definition->final;
    if (definition->final) {
        judge_final(round, &definition->rule);
    } else {
        selection_run(&round->result.selection, &definition->rule, RANK_K0);
    }
}

bool archive_read(struct archive_read *archive, const char *folder)
{
    archive->folder = folder;
    bool ok = archive_rounds_read(archive) && read_table(archive, ARCHIVE_IDEAS, read_idea) &&
              read_table(archive, ARCHIVE_CANDIDATES, read_candidate) &&
              read_table(archive, ARCHIVE_BALLOTS, read_ballot) &&
              read_table(archive, ARCHIVE_COUNTS, read_count) &&
              read_table(archive, ARCHIVE_GROUPS, read_group);

    for (uint32_t round = 1; ok && round <= archive->round; round++) {
        recount(archive, round);
    }
    return ok;
}

/* The published results. */

static void compare_value(struct archive_read *archive, uint32_t round, const char *what,
                          const json_t *published, const json_t *recounted)
{
    char *left = json_dumps(published, JSON_COMPACT | JSON_ENCODE_ANY);
    char *right = json_dumps(recounted, JSON_COMPACT | JSON_ENCODE_ANY);

    differ(&archive->differences,
           "round %u, %s: results.json says %.60s, the ballots say %.60s", round, what,
           left ? left : "nothing", right ? right : "nothing");
    mem_free(left);
    mem_free(right);
}

/* false: something of the idea at that rank differs, and the first of it was told. */
static bool compare_idea(struct archive_read *archive, uint32_t round, size_t rank,
                         const json_t *published, json_t *recounted)
{
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach(recounted, key, value)
    {
        const json_t *was = json_object_get(published, key);
        char what[WHAT_BYTES];

        if (!json_equal(was, value)) {
            snprintf(what, sizeof what, "rank %zu, %s", rank, key);
            compare_value(archive, round, what, was, value);
            return false;
        }
    }
    return true;
}

static void compare_ideas(struct archive_read *archive, uint32_t round, const json_t *published,
                          const json_t *recounted)
{
    size_t count = json_array_size(recounted);

    if (json_array_size(published) != count) {
        differ(&archive->differences, "round %u: results.json ranks %zu ideas, the ballots %zu",
               round, json_array_size(published), count);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (!compare_idea(archive, round, i + 1, json_array_get(published, i),
                          json_array_get(recounted, i))) {
            return;
        }
    }
}

static void compare_round(struct archive_read *archive, uint32_t round, const json_t *published)
{
    AUTO_BUF bytes = {0};
    const char *key = NULL;
    json_t *value = NULL;

    result_write(&bytes, &(struct result_subject){.round = round,
                                                  .definition = &archive->definition,
                                                  .ideas = archive->ideas,
                                                  .result = archive_result(archive, round)});
    json_auto_t *recounted = json_loadb(bytes.bytes, bytes.len, 0, NULL);

    json_object_foreach(recounted, key, value)
    {
        const json_t *was = json_object_get(published, key);

        if (strcmp(key, "ideas") == 0) {
            compare_ideas(archive, round, was, value);
        } else if (!json_equal(was, value)) {
            compare_value(archive, round, key, was, value);
        }
    }
}

void archive_compare_results(struct archive_read *archive)
{
    AUTO_BUF path = {0};
    AUTO_BUF bytes = {0};
    AUTO_BUF why = {0};

    buf_printf(&path, "%s/results.json", archive->folder);
    if (file_read(path.bytes, &bytes, &why)) {
        differ(&archive->differences, "%s", why.bytes);
        return;
    }
    json_auto_t *results =
        json_loadb(bytes.bytes ? bytes.bytes : "", bytes.len, JSON_REJECT_DUPLICATES, NULL);

    if (json_array_size(results) != archive->round) {
        differ(&archive->differences, "results.json is no list of %u results", archive->round);
        return;
    }
    for (uint32_t round = 1; round <= archive->round; round++) {
        compare_round(archive, round, json_array_get(results, round - 1));
    }
}
