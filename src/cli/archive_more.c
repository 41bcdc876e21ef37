#include "cli/archive_more.h"

#include "base/formula.h"
#include "base/mem.h"
#include "base/time.h"
#include "cli/archive_table.h"
#include "cli/config.h"
#include "cli/file.h"
#include "core/command.h"
#include "wire/json.h"
#include "wire/names.h"
#include "wire/round.h"
#include "wire/rule.h"
#include "wire/source.h"

#include <string.h>

struct more_reading {
    struct archive_more *more;
    struct archive_read *archive;
};

enum {
    SERVINGS_MAX = 1 << 20 /* of one idea in one round */
};

void archive_more_finish(struct archive_more *more)
{
    for (size_t i = 0; i < LIMIT_ROUNDS; i++) {
        mem_free(more->rounds[i].title);
        mem_free(more->rounds[i].own);
        mem_free(more->rounds[i].served);
    }
    mem_free(more->slug);
    mem_free(more->title);
    mem_free(more->question);
    for (size_t i = 0; i < more->ideas_count; i++) {
        mem_free(more->ideas[i].source);
    }
    mem_free(more->ideas);
    mem_free(more->ballots);
    mem_free(more->acts);
    *more = (struct archive_more){0};
}

/* rounds.json */

static char *copy_member(const json_t *json, const char *key)
{
    struct view text = json_view(json_object_get(json, key));

    return text.len ? mem_copy_text(text.ptr, text.len) : NULL;
}

static uint64_t moment(const json_t *json, const char *key)
{
    uint64_t ms = 0;

    return time_parse(json_view(json_object_get(json, key)), &ms) ? ms : 0;
}

static bool read_count(const json_t *json, const char *key, json_int_t max, uint32_t *out)
{
    const json_t *value = json_object_get(json, key);
    json_int_t number = json_integer_value(value);

    *out = (uint32_t)number;
    return json_is_integer(value) && number >= 0 && number <= max;
}

static uint64_t version_of(const json_t *json, const char *key)
{
    json_int_t number = json_integer_value(json_object_get(json, key)); /* 0 for null */

    return number > 0 ? (uint64_t)number : 0;
}

static bool read_course(struct more_round *round, const json_t *json)
{
    round->opened_version = version_of(json, "opened_version");
    round->closed_version = version_of(json, "closed_version");
    round->opened_ms = moment(json, "opened_at");
    round->closed_ms = moment(json, "closed_at");
    round->scheduled_ms = moment(json, "scheduled_at");
    round->early = json_is_true(json_object_get(json, "early"));
    return read_count(json, "extended_minutes", (json_int_t)MORE_CHANGES * LIMIT_ROUND_MINUTES,
                      &round->extended) &&
           read_count(json, "reopenings", MORE_CHANGES, &round->reopenings) &&
           read_count(json, "previews", MORE_CHANGES, &round->previews);
}

static bool is_state(const json_t *json, enum round_state state)
{
    return view_is(json_view(json_object_get(json, "state")), name_of_round_state(state));
}

static bool read_round(struct more_reading *reading, const json_t *json, const json_t *next,
                       uint32_t number)
{
    struct more_round *round = &reading->more->rounds[number - 1];
    struct round_definition *definition = &reading->archive->definition.rounds[number - 1];
    const json_t *closed = json_object_get(json, "closed_version");
    const json_t *opened = json_object_get(next, "opened_version");

    if (!read_course(round, json)) {
        return false;
    }
    round->title = copy_member(json, "title");
    round->closed_by_next = json_is_integer(closed) && json_equal(closed, opened);
    round->kept = is_state(json, ROUND_CLOSED);
    round->paused = is_state(json, ROUND_PAUSED);
    round->own = mem_array(reading->archive->ideas_count, sizeof *round->own);
    round->served = mem_array(reading->archive->ideas_count, sizeof *round->served);
    definition->closes_at_ms = round->scheduled_ms;
    definition->reveal = round->kept ? REVEAL_BY_LEAD : REVEAL_AT_CLOSE;
    definition->rule_hash = rule_hash(&definition->rule);
    ballots_of_name(json_view(json_object_get(json, "ballots")), &definition->ballots);
    scores_of_name(json_view(json_object_get(json, "scores")), &definition->scores);
    counts_of_name(json_view(json_object_get(json, "counts")), &definition->counts);
    return round_compete_parse(json_object_get(json, "compete"), &definition->compete);
}

static bool read_rounds(struct more_reading *reading)
{
    struct archive_more *more = reading->more;
    struct definition *definition = &reading->archive->definition;
    AUTO_BUF path = {0};
    AUTO_BUF bytes = {0};
    AUTO_BUF why = {0};

    buf_printf(&path, "%s/rounds.json", reading->archive->folder);
    if (file_read(path.bytes, &bytes, &why)) {
        (void)refuse("%s", why.bytes);
        return false;
    }
    json_auto_t *json = json_loadb(bytes.bytes, bytes.len, JSON_REJECT_DUPLICATES, NULL);
    const json_t *board = json_object_get(json, "board");
    const json_t *rounds = json_object_get(json, "rounds");
    struct view lang = json_view(json_object_get(board, "lang"));

    more->slug = copy_member(board, "slug");
    more->title = copy_member(board, "title");
    more->question = copy_member(board, "question");
    definition->own_ballots_count = json_is_true(json_object_get(board, "own_ballots_count"));
    definition->staff_ballots_count =
        json_is_true(json_object_get(board, "staff_ballots_count"));
    licence_of_name(json_view(json_object_get(board, "licence")), &definition->licence);
    if (!more->slug || !lang.len || lang.len >= LANG_BYTES) {
        (void)refuse("%s does not say which board it is of", path.bytes);
        return false;
    }
    memcpy(more->lang, lang.ptr, lang.len);
    for (uint32_t n = 1; n <= definition->rounds_count; n++) {
        if (!read_round(reading, json_array_get(rounds, n - 1), json_array_get(rounds, n), n)) {
            (void)refuse("%s: the course of round %u is not told", path.bytes, n);
            return false;
        }
    }
    return true;
}

/* Tables: each reader is given the latest row. */

/* Older archives do not have it. */
static void read_source(struct more_idea *idea, const struct archive_table_read *row)
{
    struct source_words words = {.title = text_rearmed(archive_table_text(row, 16)),
                                 .url = text_rearmed(archive_table_text(row, 17)),
                                 .place = text_rearmed(archive_table_text(row, 18)),
                                 .result = text_rearmed(archive_table_text(row, 19))};
    AUTO_BUF text = {0};

    if (!source_words_are_none(&words)) {
        source_words_write(&text, &words);
        idea->source = buf_take(&text);
    }
}

static void read_idea(struct more_reading *reading, struct archive_table_read *row)
{
    struct more_idea *idea =
        &reading->more
             ->ideas[archive_table_number(row, 0, (uint32_t)reading->archive->ideas_count) - 1];

    relation_of_name(archive_table_text(row, 1), &idea->relation);
    idea->parent = archive_table_number(row, 2, LIMIT_IDEAS);
    idea->with = archive_table_number(row, 3, LIMIT_IDEAS);
    idea->seed = archive_table_is(row, 7, "true");
    idea->proxy = archive_table_is(row, 15, "true");
    read_source(idea, row);
    idea->last_round = archive_table_number(row, 9, LIMIT_ROUNDS);
    for (unsigned state = IDEA_SHOWN; state <= IDEA_WITHDRAWN; state++) {
        if (archive_table_is(row, 8, name_of_idea_state((enum idea_state)state))) {
            idea->state = (enum idea_state)state;
        }
    }
}

static void read_ballot(struct more_reading *reading, struct archive_table_read *row)
{
    struct archive_more *more = reading->more;
    struct more_ballot ballot = {.round = archive_table_number(row, 0, LIMIT_ROUNDS),
                                 .voter = archive_table_number(row, 1, INT32_MAX),
                                 .idea = archive_table_number(row, 2, LIMIT_IDEAS)};

    choice_of_name(archive_table_text(row, 3), &ballot.choice);
    more->ballots = mem_reserve(more->ballots, more->ballots_count, &more->ballots_room,
                                sizeof *more->ballots);
    more->ballots[more->ballots_count++] = ballot;
}

/* Rows of counts.csv and exposures.csv begin alike; false: there is no such round or idea. */
static bool find_place(struct more_reading *reading, struct archive_table_read *row,
                       struct more_round **round, size_t *at)
{
    uint32_t number = archive_table_number(row, 0, LIMIT_ROUNDS);
    uint32_t idea = archive_table_number(row, 1, LIMIT_IDEAS);

    if (!number || !idea || idea > reading->archive->ideas_count ||
        number > reading->archive->definition.rounds_count) {
        archive_table_complain(row, "there is no such round or idea");
        return false;
    }
    *round = &reading->more->rounds[number - 1];
    *at = idea - 1;
    return true;
}

static void read_own(struct more_reading *reading, struct archive_table_read *row)
{
    struct more_round *round = NULL;
    size_t at = 0;

    if (find_place(reading, row, &round, &at)) {
        round->own[at] = (struct tally){.agree = archive_table_number(row, 2, INT32_MAX),
                                        .disagree = archive_table_number(row, 3, INT32_MAX),
                                        .pass = archive_table_number(row, 4, INT32_MAX)};
    }
}

static void read_exposure(struct more_reading *reading, struct archive_table_read *row)
{
    struct more_round *round = NULL;
    size_t at = 0;

    if (find_place(reading, row, &round, &at)) {
        round->served[at] = archive_table_number(row, 2, SERVINGS_MAX);
    }
}

static void note_act(struct archive_more *more, uint32_t number, uint64_t version)
{
    if (number && !more->ideas[number - 1].acted_version) {
        more->ideas[number - 1].acted_version = version;
    }
}

/* false: there is no such act. */
static bool find_act(struct view name, enum command_kind *out)
{
    static const enum command_kind kinds[] = {CMD_HIDE, CMD_RESTORE, CMD_MERGE, CMD_UNMERGE};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (view_is(name, command_name(kinds[i]))) {
            *out = kinds[i];
            return true;
        }
    }
    return false;
}

static void read_act(struct more_reading *reading, struct archive_table_read *row)
{
    struct archive_more *more = reading->more;
    struct more_act act = {
        .version = archive_table_number(row, 0, UINT32_MAX),
        .idea = archive_table_number(row, 3, LIMIT_IDEAS),
        .into = archive_table_number(row, 4, (uint32_t)reading->archive->ideas_count)};
    uint64_t delay_ms = archive_table_number(row, 6, INT32_MAX) * UINT64_C(1000);

    if (!time_parse(archive_table_text(row, 1), &act.at_ms) || !act.idea ||
        act.idea > reading->archive->ideas_count) {
        archive_table_complain(row, "the moment or the idea is not known");
        return;
    }
    if (!find_act(archive_table_text(row, 2), &act.kind) ||
        (act.kind == CMD_MERGE) != (act.into && act.into != act.idea)) {
        archive_table_complain(row, "there is no such act");
        return;
    }
    reason_of_name(archive_table_text(row, 5), &act.reason);
    struct more_idea *idea = &more->ideas[act.idea - 1];
    uint64_t at_ms = act.at_ms - delay_ms;

    /* The delay is in whole seconds: the earliest moment is what all of them agree on. */
    idea->at_ms = !idea->at_ms || at_ms < idea->at_ms ? at_ms : idea->at_ms;
    idea->moderated = true;
    note_act(more, act.idea, act.version);
    note_act(more, act.into, act.version);
    more->acts =
        mem_reserve(more->acts, more->acts_count, &more->acts_room, sizeof *more->acts);
    more->acts[more->acts_count++] = act;
}

static bool read_table(struct more_reading *reading, enum archive_table_kind kind,
                       void (*read_row)(struct more_reading *, struct archive_table_read *))
{
    struct archive_table_read read;
    bool ok = archive_table_open(&read, reading->archive->folder, kind);

    while (ok && archive_table_next(&read)) {
        read_row(reading, &read);
    }
    ok = ok && !archive_table_is_wrong(&read);
    if (!ok) {
        (void)refuse("%s: %s", reading->archive->folder, read.why.bytes);
    }
    archive_table_close(&read);
    return ok;
}

static void find_first_rounds(struct more_reading *reading)
{
    for (uint32_t n = reading->archive->round; n > 0; n--) {
        const struct archive_read_round *round = &reading->archive->rounds[n - 1];

        for (size_t i = 0; i < round->candidates_count; i++) {
            reading->more->ideas[round->candidates[i].idea - 1].first_round = n;
        }
    }
}

bool archive_more_read(struct archive_more *more, struct archive_read *archive)
{
    struct more_reading reading = {.more = more, .archive = archive};

    more->ideas = mem_array(archive->ideas_count, sizeof *more->ideas);
    more->ideas_count = archive->ideas_count;
    bool ok = read_rounds(&reading) && read_table(&reading, ARCHIVE_IDEAS, read_idea) &&
              read_table(&reading, ARCHIVE_BALLOTS, read_ballot) &&
              read_table(&reading, ARCHIVE_COUNTS, read_own) &&
              read_table(&reading, ARCHIVE_EXPOSURES, read_exposure) &&
              read_table(&reading, ARCHIVE_MODERATION, read_act);

    find_first_rounds(&reading);
    return ok;
}
