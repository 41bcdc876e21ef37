#include "export/csv.h"

#include "base/formula.h"
#include "base/time.h"
#include "export/archive_tables.h"
#include "export/standings.h"
#include "export/urn.h"
#include "wire/names.h"
#include "wire/source_text.h"

static bool needs_quotes(struct view text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == ',' || c == ';' || c == '"' || c == '\r' || c == '\n') {
            return true;
        }
    }
    return text.len && (text.ptr[0] == ' ' || text.ptr[text.len - 1] == ' ');
}

void export_csv_field(struct buf *to, struct view text)
{
    bool formula = text_is_formula(text);

    if (!formula && !needs_quotes(text)) {
        buf_add_view(to, text);
        return;
    }
    buf_add_text(to, formula ? "\"'" : "\"");
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"') {
            buf_add_char(to, '"');
        }
        buf_add_char(to, text.ptr[i]);
    }
    buf_add_char(to, '"');
}

static void add_text(struct buf *to, struct view text)
{
    export_csv_field(to, text);
    buf_add_char(to, ',');
}

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

static void add_words(struct buf *to, const struct board *board, const struct idea *idea,
                      struct view text)
{
    add_uint(to, idea->number);
    add_text(to, text);
    add_text(to, view_of(idea->theme ? board->definition.themes[idea->theme - 1] : NULL));
    add_text(to, view_of(name_of_relation(idea->relation)));
    add_number(to, idea->parent);
    add_number(to, idea->with);
    add_uint(to, idea->root);
    add_uint(to, idea->depth);
    add_number(to, idea->author);
    time_write(to, idea->at_ms);
    buf_add_char(to, ',');
    add_text(to, view_of(name_of_idea_state(idea->state)));
    add_text(to, view_of(idea->seed ? "true" : "false"));
    add_text(to, view_of(idea->source.system));
    add_text(to, view_of(idea->source.id));
}

static void add_standing(struct buf *to, const struct idea *idea,
                         const struct standing *standing)
{
    add_uint(to, idea->tally.agree);
    add_uint(to, idea->tally.disagree);
    add_uint(to, idea->tally.pass);
    if (standing) {
        add_uint(to, standing->score);
        buf_add_uint(to, standing->rank);
    } else {
        buf_add_char(to, ',');
    }
}

void export_csv_origin(struct buf *to, const struct idea *idea, struct view given)
{
    struct source_text source;

    (void)source_text_read(given, &source);
    add_text(to, view_of(idea->proxy ? "true" : "false"));
    add_text(to, source.title);
    add_text(to, source.url);
    add_text(to, source.place);
    export_csv_field(to, source.result);
    source_text_finish(&source);
}

void export_ideas_csv(const struct board *board, const struct texts *texts,
                      struct export_options options, struct sink *sink)
{
    struct standings standings;
    struct buf *to = &sink->buf;

    standings_init(&standings, board);
    archive_table_write_header(to, &board_ideas_table);
    for (size_t i = 0; i < board->ideas_count; i++) {
        const struct idea *idea = &board->ideas[i];
        bool shows = options.staff || export_shows_text(idea);

        add_words(to, board, idea, shows ? texts_find(texts, idea->text) : view_of(NULL));
        if (options.closed) {
            buf_add_text(to, ",,,,");
        } else {
            add_standing(to, idea, standings.by_idea[i]);
        }
        buf_add_char(to, ',');
        export_csv_origin(to, idea,
                          shows ? texts_find(texts, idea->source_text) : view_of(NULL));
        buf_add_text(to, "\r\n");
        sink_row(sink);
    }
    standings_finish(&standings);
}

static void collect_person(const struct board *board, const struct person *person,
                           struct urn *out)
{
    for (uint32_t i = 0; i < person->ballots_room; i++) {
        const struct ballot *ballot = &person->ballots[i];

        if (!ballot->idea || ballot->choice == CHOICE_NONE ||
            person_wrote(person, &board->ideas[ballot->idea - 1])) {
            continue;
        }
        urn_add(out, &(struct urn_ballot){.person = person->number,
                                          .idea = ballot->idea,
                                          .choice = (enum choice)ballot->choice});
    }
}

void export_ballots_csv(const struct board *board, const struct digest *seed, struct sink *sink)
{
    struct urn urn = {0};
    struct buf *to = &sink->buf;

    for (size_t i = 0; i < board->people_count; i++) {
        collect_person(board, &board->people[i], &urn);
    }
    urn_draw(&urn, board, seed);
    archive_table_write_header(to, &board_ballots_table);
    for (size_t i = 0; i < urn.count; i++) {
        const struct urn_ballot *row = &urn.rows[i];

        buf_printf(to, "%u,%u,%s\r\n", row->voter, row->idea, name_of_choice(row->choice));
        sink_row(sink);
    }
    urn_finish(&urn);
}
