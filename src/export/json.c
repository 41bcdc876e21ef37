#include "export/json.h"

#include "base/time.h"
#include "core/round.h"
#include "export/result.h"
#include "export/standings.h"
#include "wire/json.h"
#include "wire/member.h"
#include "wire/names.h"
#include "wire/rule.h"
#include "wire/source_text.h"

bool export_shows_text(const struct idea *idea)
{
    return idea->state == IDEA_SHOWN || idea->state == IDEA_MERGED;
}

static void write_board(struct buf *to, const struct board *board, const struct texts *texts)
{
    const struct definition *definition = &board->definition;

    buf_add_text(to, ",\"board\":{\"slug\":");
    json_write_string(to, view_of(definition->slug));
    member_text(to, "title", texts_find(texts, definition->title.ref));
    member_text(to, "question", texts_find(texts, definition->question.ref));
    member_text(to, "lang", view_of(definition->lang));
    member_text(to, "licence", view_of(name_of_licence(definition->licence)));
    buf_add_char(to, '}');
}

static uint64_t counted_ballots(const struct board *board)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < board->ideas_count; i++) {
        sum += tally_judged(&board->ideas[i].tally);
    }
    return sum;
}

static void write_place(struct buf *to, const struct board *board,
                        struct export_options options)
{
    buf_printf(to, ",\"totals\":{\"people\":%zu,\"ideas\":%zu", board->active_people,
               board->ideas_count);
    if (options.closed) {
        member_text(to, "ballots", view_of(NULL));
    } else {
        member_uint(to, "ballots", counted_ballots(board));
    }
    buf_add_text(to, "},\"epoch\":\"");
    buf_add_hex64(to, board->epoch);
    buf_add_char(to, '"');
    member_uint(to, "version", board->version);
    if (options.closed) {
        member_text(to, "head", view_of(NULL)); /* ballots could be guessed from it */
    } else {
        member_hex(to, "head", &board->head);
    }
}

/* What is not revealed yet is the lead's, who learns it elsewhere. */
static bool shows_result(const struct round *round, struct export_options options)
{
    return !options.everybody || round->state == ROUND_REVEALED;
}

static void write_rounds(struct buf *to, const struct board *board, const struct texts *texts,
                         struct export_options options)
{
    const struct definition *definition = &board->definition;

    buf_add_text(to, ",\"rounds\":[");
    for (uint32_t i = 0; i < definition->rounds_count; i++) {
        const struct round *round = &board->rounds[i];

        buf_printf(to, "%s{\"n\":%u", i ? "," : "", i + 1);
        member_text(to, "title", texts_find(texts, definition->rounds[i].title.ref));
        member_text(to, "state", view_of(name_of_round_state(round->state)));
        member_key(to, "rule");
        rule_write(to, &definition->rounds[i].rule, definition);
        member_key(to, "results");
        result_write_outcomes(to,
                              shows_result(round, options) ? round_result(board, i + 1) : NULL);
        buf_add_char(to, '}');
    }
    buf_add_char(to, ']');
}

static void write_place_of(struct buf *to, const struct idea *idea)
{
    member_text(to, "kind", view_of(name_of_relation(idea->relation)));
    member_uint_or_null(to, "parent", idea->parent);
    member_uint_or_null(to, "with", idea->with);
    member_uint(to, "root", idea->root);
    member_uint(to, "depth", idea->depth);
    member_uint_or_null(to, "author", idea->author);
    buf_add_text(to, ",\"at\":\"");
    time_write(to, idea->at_ms);
    buf_add_char(to, '"');
}

static void write_tally(struct buf *to, const struct tally *tally)
{
    buf_printf(to, ",\"tally\":{\"agree\":%u,\"disagree\":%u,\"pass\":%u}", tally->agree,
               tally->disagree, tally->pass);
}

static void write_standing(struct buf *to, const struct standing *standing)
{
    if (standing) {
        member_uint(to, "score", standing->score);
        member_uint(to, "rank", standing->rank);
    } else {
        buf_add_text(to, ",\"score\":null,\"rank\":null");
    }
}

/* What an export is made of, for the functions that write its parts. */
struct subject {
    const struct board *board;
    const struct texts *texts;
    struct export_options options;
    struct standings standings;
};

static void member_words(struct buf *to, const char *key, struct view text)
{
    member_text(to, key, text.len ? text : view_of(NULL));
}

/* Where it was imported from, and where somebody said that it exists already. */
static void write_source(struct buf *to, const struct idea *idea, struct view given)
{
    struct source_text source;

    if (!source_text_read(given, &source)) {
        member_source(to, &idea->source);
        source_text_finish(&source);
        return;
    }
    buf_add_text(to, ",\"source\":{\"system\":");
    json_write_text_or_null(to, view_of(idea->source.system[0] ? idea->source.system : NULL));
    member_text(to, "id", view_of(idea->source.system[0] ? idea->source.id : NULL));
    member_words(to, "title", source.title);
    member_words(to, "url", source.url);
    member_words(to, "place", source.place);
    member_words(to, "result", source.result);
    buf_add_char(to, '}');
    source_text_finish(&source);
}

static void write_idea(struct buf *to, const struct subject *subject, const struct idea *idea)
{
    const struct definition *definition = &subject->board->definition;
    bool shows = subject->options.staff || export_shows_text(idea);

    buf_printf(to, "{\"n\":%u", idea->number);
    member_text(to, "text", shows ? texts_find(subject->texts, idea->text) : view_of(NULL));
    member_text(to, "theme", view_of(idea->theme ? definition->themes[idea->theme - 1] : NULL));
    write_place_of(to, idea);
    member_text(to, "state", view_of(name_of_idea_state(idea->state)));
    member_bool(to, "seed", idea->seed);
    if (idea->proxy) {
        member_bool(to, "proxy", true);
    }
    write_source(to, idea,
                 shows ? texts_find(subject->texts, idea->source_text) : view_of(NULL));
    if (subject->options.closed) {
        buf_add_text(to, ",\"tally\":null,\"score\":null,\"rank\":null}");
        return;
    }
    write_tally(to, &idea->tally);
    write_standing(to, subject->standings.by_idea[idea->number - 1]);
    buf_add_char(to, '}');
}

void export_json(const struct board *board, const struct texts *texts,
                 struct export_options options, struct sink *sink)
{
    struct buf *to = &sink->buf;
    struct subject subject = {.board = board, .texts = texts, .options = options};

    standings_init(&subject.standings, board);
    buf_add_text(to, "{\"format\":\"pinson.board/1\"");
    write_board(to, board, texts);
    write_place(to, board, options);
    write_rounds(to, board, texts, options);
    buf_add_text(to, ",\"ideas\":[");
    for (size_t i = 0; i < board->ideas_count; i++) {
        buf_add_text(to, i ? ",\n" : "\n");
        write_idea(to, &subject, &board->ideas[i]);
        sink_row(sink);
    }
    buf_add_text(to, "]}\n");
    standings_finish(&subject.standings);
}

void export_summary(const struct board *board, const struct texts *texts, struct buf *to)
{
    buf_add_text(to, "{\"slug\":");
    json_write_string(to, view_of(board->definition.slug));
    member_text(to, "title", texts_find(texts, board->definition.title.ref));
    member_text(to, "question", texts_find(texts, board->definition.question.ref));
    member_text(to, "state", view_of(name_of_board_state(board->state)));
    member_uint(to, "round", board->round);
    member_uint(to, "ideas", board->ideas_count);
    member_uint(to, "people", board->active_people);
    member_uint(to, "ballots", board->ballots);
    buf_add_char(to, '}');
}
