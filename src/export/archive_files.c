#include "export/archive.h"

#include "base/time.h"
#include "core/round.h"
#include "export/archive_readme.h"
#include "export/archive_tables.h"
#include "export/csv.h"
#include "export/json.h"
#include "export/licence.h"
#include "export/result.h"
#include "wire/json.h"
#include "wire/member.h"
#include "wire/names.h"
#include "wire/round.h"
#include "wire/rule.h"
#include "wire/words.h"

#include <string.h>

/* One row: each value ends with a comma, which the row's end takes back. */

static void add_uint(struct buf *to, uint64_t value)
{
    buf_add_uint(to, value);
    buf_add_char(to, ',');
}

static void add_number(struct buf *to, uint64_t value) /* 0: none */
{
    if (value) {
        buf_add_uint(to, value);
    }
    buf_add_char(to, ',');
}

static void add_view(struct buf *to, struct view text)
{
    export_csv_field(to, text);
    buf_add_char(to, ',');
}

static void add_text(struct buf *to, const char *text) /* NULL: none */
{
    add_view(to, view_of(text));
}

static void end_row(struct buf *to)
{
    to->len--;
    buf_add_text(to, "\r\n");
}

static void add_tally(struct buf *to, const struct tally *tally)
{
    add_uint(to, tally->agree);
    add_uint(to, tally->disagree);
    add_uint(to, tally->pass);
}

static void add_idea(struct buf *to, const struct archive_subject *subject,
                     const struct idea *idea)
{
    const struct definition *definition = &subject->board->definition;

    add_uint(to, idea->number);
    add_text(to, name_of_relation(idea->relation));
    add_number(to, idea->parent);
    add_number(to, idea->with);
    add_uint(to, idea->root);
    add_uint(to, idea->depth);
    add_text(to, idea->theme ? definition->themes[idea->theme - 1] : NULL);
    add_text(to, idea->seed ? "true" : "false");
    add_text(to, name_of_idea_state(idea->state));
    add_number(to, idea->candidate);
    add_text(to, name_of_outcome(idea->outcome));
    add_text(to, name_of_ground(idea->ground));
    add_text(to, idea->source.system);
    add_text(to, idea->source.id);
    bool shows = export_shows_text(idea);

    add_view(to, shows ? texts_find(subject->texts, idea->text) : view_of(NULL));
    export_csv_origin(to, idea,
                      shows ? texts_find(subject->texts, idea->source_text) : view_of(NULL));
    buf_add_text(to, "\r\n");
}

static void write_ideas(struct buf *to, const struct archive_subject *subject)
{
    archive_table_write_header(to, &archive_tables[ARCHIVE_IDEAS]);
    for (size_t i = 0; i < subject->board->ideas_count; i++) {
        add_idea(to, subject, &subject->board->ideas[i]);
    }
}

/* What a closed round made of each idea; by number. Owned by the caller. */
static const struct standing **standings_of(const struct board *board, uint32_t round)
{
    const struct round_result *result = round_result(board, round);
    const struct standing **by_idea =
        mem_array(board->ideas_count, sizeof(const struct standing *));

    for (size_t i = 0; result && i < result->selection.count; i++) {
        by_idea[result->selection.items[i].idea - 1] = &result->selection.items[i];
    }
    return by_idea;
}

static void add_outcome(struct buf *to, const struct archive_candidate *candidate,
                        const struct standing *standing, bool closed)
{
    bool excluded = closed && !standing &&
                    (candidate->state == IDEA_HIDDEN || candidate->state == IDEA_PENDING);

    add_text(to, excluded ? name_of_outcome(OUTCOME_EXCLUDED)
                          : (standing ? name_of_outcome(standing->outcome) : NULL));
    add_text(to, excluded ? name_of_ground(GROUND_HIDDEN)
                          : (standing ? name_of_ground(standing->ground) : NULL));
}

static void write_candidates_of(struct buf *to, const struct archive_subject *subject,
                                uint32_t number)
{
    const struct archive_round *round = &subject->archive->rounds[number - 1];
    const struct standing **standings = standings_of(subject->board, number);

    for (size_t i = 0; i < round->candidates_count; i++) {
        const struct archive_candidate *candidate = &round->candidates[i];

        add_uint(to, number);
        add_uint(to, candidate->idea);
        add_text(to, name_of_idea_state(candidate->state));
        add_tally(to, &candidate->tally);
        add_outcome(to, candidate, standings[candidate->idea - 1],
                    round_result(subject->board, number) != NULL);
        end_row(to);
    }
    mem_free(standings);
}

static void write_candidates(struct buf *to, const struct archive_subject *subject)
{
    archive_table_write_header(to, &archive_tables[ARCHIVE_CANDIDATES]);
    for (uint32_t number = 1; number <= subject->board->round; number++) {
        write_candidates_of(to, subject, number);
    }
}

static void write_ballots(struct buf *to, const struct archive_subject *subject)
{
    const struct urn *urn = &subject->archive->urn;

    archive_table_write_header(to, &archive_tables[ARCHIVE_BALLOTS]);
    for (size_t i = 0; i < urn->count; i++) {
        const struct urn_ballot *ballot = &urn->rows[i];

        add_uint(to, ballot->round);
        add_uint(to, ballot->voter);
        add_uint(to, ballot->idea);
        add_text(to, name_of_choice(ballot->choice));
        end_row(to);
    }
}

static void write_counts_of(struct buf *to, const struct archive_round *round, uint32_t number)
{
    for (size_t i = 0; i < round->candidates_count; i++) {
        if (tally_judged(&round->candidates[i].own)) {
            add_uint(to, number);
            add_uint(to, round->candidates[i].idea);
            add_tally(to, &round->candidates[i].own);
            end_row(to);
        }
    }
}

static void write_counts(struct buf *to, const struct archive_subject *subject)
{
    archive_table_write_header(to, &archive_tables[ARCHIVE_COUNTS]);
    for (uint32_t number = 1; number <= subject->board->round; number++) {
        write_counts_of(to, &subject->archive->rounds[number - 1], number);
    }
}

static void write_groups_of(struct buf *to, const struct archive_subject *subject,
                            uint32_t number)
{
    const struct definition *definition = &subject->board->definition;
    const struct archive_round *round = &subject->archive->rounds[number - 1];
    size_t count = round->candidates_count * definition->groups_count;

    for (size_t i = 0; i < count; i++) {
        if (final_group_is_tested(&round->groups[i], FINAL_GROUP_MIN)) {
            add_uint(to, number);
            add_uint(to, round->candidates[i / definition->groups_count].idea);
            add_text(to, definition->groups[i % definition->groups_count]);
            add_uint(to, round->groups[i].agree);
            add_uint(to, round->groups[i].judged);
            end_row(to);
        }
    }
}

static void write_groups(struct buf *to, const struct archive_subject *subject)
{
    archive_table_write_header(to, &archive_tables[ARCHIVE_GROUPS]);
    for (uint32_t number = 1; number <= subject->board->round; number++) {
        if (subject->board->definition.rounds[number - 1].final) {
            write_groups_of(to, subject, number);
        }
    }
}

static void write_exposures_of(struct buf *to, const struct archive_round *round,
                               uint32_t number)
{
    for (size_t i = 0; i < round->served_count; i++) {
        if (round->served[i]) {
            buf_printf(to, "%u,%zu,%u\r\n", number, i + 1, round->served[i]);
        }
    }
}

static void write_exposures(struct buf *to, const struct archive_subject *subject)
{
    archive_table_write_header(to, &archive_tables[ARCHIVE_EXPOSURES]);
    for (uint32_t number = 1; number <= subject->board->round; number++) {
        write_exposures_of(to, &subject->archive->rounds[number - 1], number);
    }
}

static void write_moderation(struct buf *to, const struct archive_subject *subject)
{
    archive_table_write_header(to, &archive_tables[ARCHIVE_MODERATION]);
    buf_add_view(to, buf_view(&subject->archive->moderation));
}

static void member_head(struct buf *to, const struct digest *head)
{
    member_hex(to, "head", head);
    buf_add_text(to, ",\"words\":\"");
    words_write(to, head);
    buf_add_char(to, '"');
}

static void write_names(struct buf *to, const char *key,
                        const char (*names)[LIMIT_THEME_MAX_BYTES + 1], uint32_t count)
{
    member_key(to, key);
    buf_add_char(to, '[');
    for (uint32_t i = 0; i < count; i++) {
        buf_add_text(to, i ? "," : "");
        json_write_string(to, view_of(names[i]));
    }
    buf_add_char(to, ']');
}

static void write_board(struct buf *to, const struct archive_subject *subject)
{
    const struct board *board = subject->board;
    const struct definition *definition = &board->definition;

    buf_add_text(to, "{\"format\":\"pinson.archive/1\",\"board\":{\"slug\":");
    json_write_string(to, view_of(definition->slug));
    member_text(to, "title", texts_find(subject->texts, definition->title.ref));
    member_text(to, "question", texts_find(subject->texts, definition->question.ref));
    member_text(to, "lang", view_of(definition->lang));
    member_text(to, "licence", view_of(name_of_licence(definition->licence)));
    write_names(to, "themes", definition->themes, definition->themes_count);
    write_names(to, "groups", definition->groups, definition->groups_count);
    member_bool(to, "own_ballots_count", definition->own_ballots_count);
    member_bool(to, "staff_ballots_count", definition->staff_ballots_count);
    buf_add_char(to, '}');
    member_uint(to, "version", board->version);
    member_head(to, &board->head);
}

static void write_course(struct buf *to, const struct round *round)
{
    member_uint_or_null(to, "opened_version", round->opened_version);
    member_time_or_null(to, "opened_at", round->opened_ms);
    member_time_or_null(to, "scheduled_at", round->scheduled_ms);
    member_uint_or_null(to, "closed_version", round->closed_version);
    member_time_or_null(to, "closed_at", round->closed_ms);
    member_bool(to, "early", round->early);
    member_uint(to, "extended_minutes", round->extended);
    member_uint(to, "reopenings", round->reopenings);
    member_uint(to, "previews", round->previews);
    if (round->closed_version) {
        member_head(to, &round->closed_head);
    } else {
        buf_add_text(to, ",\"head\":null,\"words\":null");
    }
}

static void write_turnout(struct buf *to, const struct board *board, uint32_t number)
{
    const struct round_result *closed = round_result(board, number);
    struct round_result now = {0};

    if (!closed && number == board->round) {
        round_result_now(board, &now);
    }
    member_uint(to, "participants", closed ? closed->participants : now.participants);
    member_uint(to, "judges", closed ? closed->judges : now.judges);
    round_result_finish(&now);
}

static void write_round(struct buf *to, const struct archive_subject *subject, uint32_t number)
{
    const struct board *board = subject->board;
    const struct round_definition *definition = &board->definition.rounds[number - 1];

    buf_printf(to, "{\"n\":%u", number);
    member_text(to, "title", texts_find(subject->texts, definition->title.ref));
    member_text(to, "state", view_of(name_of_round_state(board->rounds[number - 1].state)));
    member_bool(to, "final", definition->final);
    member_key(to, "compete");
    round_compete_write(to, definition->compete);
    member_text(to, "ballots", view_of(name_of_ballots(definition->ballots)));
    member_text(to, "scores", view_of(name_of_scores(definition->scores)));
    member_text(to, "counts", view_of(name_of_counts(definition->counts)));
    member_key(to, "rule");
    rule_write(to, &definition->rule, &board->definition);
    write_course(to, &board->rounds[number - 1]);
    write_turnout(to, board, number);
    buf_add_char(to, '}');
}

static void write_rounds(struct buf *to, const struct archive_subject *subject)
{
    write_board(to, subject);
    buf_add_text(to, ",\"rounds\":[");
    for (uint32_t n = 1; n <= subject->board->definition.rounds_count; n++) {
        buf_add_text(to, n > 1 ? ",\n" : "\n");
        write_round(to, subject, n);
    }
    buf_add_text(to, "]}\n");
}

static void write_results(struct buf *to, const struct archive_subject *subject)
{
    buf_add_char(to, '[');
    for (uint32_t n = 1; n <= subject->board->round; n++) {
        buf_add_text(to, n > 1 ? "," : "");
        (void)result_write_round(to, subject->board, n);
    }
    buf_add_text(to, "]\n");
}

static bool is_french(const struct archive_subject *subject)
{
    return strcmp(subject->board->definition.lang, "fr") == 0;
}

static void write_package(struct buf *to, const struct archive_subject *subject)
{
    const struct definition *definition = &subject->board->definition;

    buf_add_text(to, "{\"profile\":\"tabular-data-package\",\"name\":");
    json_write_string(to, view_of(definition->slug));
    member_text(to, "title", texts_find(subject->texts, definition->title.ref));
    buf_printf(to, ",\"licenses\":[{\"name\":\"%s\",\"path\":\"%s\"}],\"resources\":[",
               name_of_licence(definition->licence), licence_url(definition->licence));
    for (size_t i = 0; i < ARCHIVE_TABLES; i++) {
        buf_add_text(to, i ? ",\n" : "\n");
        archive_table_write_schema(to, &archive_tables[i], is_french(subject));
    }
    buf_add_text(to, "]}\n");
}

static void write_readme(struct buf *to, const struct archive_subject *subject)
{
    struct view title = texts_find(subject->texts, subject->board->definition.title.ref);

    archive_readme_write(to, title, licence_title(subject->board->definition.licence),
                         is_french(subject));
}

static void write_sums(struct buf *to, const struct archive_subject *subject)
{
    buf_add_view(to, buf_view(subject->sums));
}

static void note_sum(struct buf *sums, struct view file, const char *name)
{
    struct digest digest = hash_sha256(file);

    buf_add_hex(sums, digest.bytes, sizeof digest.bytes);
    buf_printf(sums, "  %s\n", name);
}

static const struct {
    const char *name;
    void (*write)(struct buf *, const struct archive_subject *);
} files[] = {
    {"README.md", write_readme},          {"datapackage.json", write_package},
    {"rounds.json", write_rounds},        {"results.json", write_results},
    {"ideas.csv", write_ideas},           {"candidates.csv", write_candidates},
    {"ballots.csv", write_ballots},       {"counts.csv", write_counts},
    {"groups.csv", write_groups},         {"exposures.csv", write_exposures},
    {"moderation.csv", write_moderation}, {ARCHIVE_SUMS, write_sums},
};

enum {
    LAST = sizeof files / sizeof *files - 1
};

const char *archive_file(size_t n)
{
    return n < LAST ? files[n].name : NULL;
}

const char *archive_write(struct buf *to, const struct archive_subject *subject, size_t n)
{
    if (n > LAST || (n == LAST && !subject->sums)) {
        return NULL;
    }
    files[n].write(to, subject);
    if (subject->sums && n < LAST) {
        note_sum(subject->sums, buf_view(to), files[n].name);
    }
    return files[n].name;
}
