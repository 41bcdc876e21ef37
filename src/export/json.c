#include "export/json.h"

#include "base/time.h"
#include "export/order.h"
#include "wire/json.h"
#include "wire/names.h"

bool export_shows_text(const struct idea *idea)
{
    return idea->state == IDEA_SHOWN || idea->state == IDEA_MERGED;
}

/* Keys are ours and need no escape; every field but an object's first brings its comma. */

static void write_key(struct buf *to, const char *key)
{
    buf_add_text(to, ",\"");
    buf_add_text(to, key);
    buf_add_text(to, "\":");
}

static void write_text(struct buf *to, const char *key, struct view text)
{
    write_key(to, key);
    json_write_text_or_null(to, text);
}

static void write_uint(struct buf *to, const char *key, uint64_t value)
{
    write_key(to, key);
    buf_add_uint(to, value);
}

static void write_number_or_null(struct buf *to, const char *key, uint64_t value)
{
    if (value) {
        write_uint(to, key, value);
    } else {
        write_text(to, key, view_of(NULL));
    }
}

static void write_bool(struct buf *to, const char *key, bool value)
{
    write_key(to, key);
    buf_add_text(to, value ? "true" : "false");
}

static void write_board(struct buf *to, const struct board *board, const struct texts *texts)
{
    const struct definition *definition = &board->definition;

    buf_add_text(to, ",\"board\":{\"slug\":");
    json_write_string(to, view_of(definition->slug));
    write_text(to, "title", texts_find(texts, definition->title.ref));
    write_text(to, "question", texts_find(texts, definition->question.ref));
    write_text(to, "lang", view_of(definition->lang));
    write_text(to, "licence", view_of("etalab-2.0"));
    buf_add_char(to, '}');
}

static void write_place(struct buf *to, const struct board *board)
{
    buf_printf(to, ",\"totals\":{\"people\":%zu,\"ideas\":%zu", board->active_people,
               board->ideas_count);
    write_uint(to, "ballots", board->ballots);
    buf_add_text(to, "},\"epoch\":\"");
    buf_add_hex64(to, board->epoch);
    buf_add_char(to, '"');
    write_uint(to, "version", board->version);
    buf_add_text(to, ",\"head\":\"");
    buf_add_hex(to, board->head.bytes, sizeof board->head.bytes);
    buf_add_char(to, '"');
}

static void write_rounds(struct buf *to, const struct board *board, const struct texts *texts)
{
    const struct definition *definition = &board->definition;

    buf_add_text(to, ",\"rounds\":[");
    for (uint32_t i = 0; i < definition->rounds_count; i++) {
        buf_printf(to, "%s{\"n\":%u", i ? "," : "", i + 1);
        write_text(to, "title", texts_find(texts, definition->rounds[i].title.ref));
        write_text(to, "state", view_of(name_of_round_state(board->rounds[i].state)));
        buf_add_text(to, ",\"rule\":{},\"results\":[]}");
    }
    buf_add_char(to, ']');
}

static void write_source(struct buf *to, const struct source *source)
{
    if (!source->system[0]) {
        write_text(to, "source", view_of(NULL));
        return;
    }
    buf_add_text(to, ",\"source\":{\"system\":");
    json_write_string(to, view_of(source->system));
    write_text(to, "id", view_of(source->id));
    buf_add_char(to, '}');
}

static void write_place_of(struct buf *to, const struct idea *idea)
{
    write_text(to, "kind", view_of(name_of_relation(idea->relation)));
    write_number_or_null(to, "parent", idea->parent);
    write_number_or_null(to, "with", idea->with);
    write_uint(to, "root", idea->root);
    write_uint(to, "depth", idea->depth);
    write_number_or_null(to, "author", idea->author);
    buf_add_text(to, ",\"at\":\"");
    time_write(to, idea->at_ms);
    buf_add_char(to, '"');
}

static void write_tally(struct buf *to, const struct tally *tally)
{
    buf_printf(to, ",\"tally\":{\"agree\":%u,\"disagree\":%u,\"pass\":%u}", tally->agree,
               tally->disagree, tally->pass);
}

static void write_standing(struct buf *to, const struct board *board, const struct idea *idea,
                           uint32_t rank)
{
    if (rank) {
        write_uint(to, "score", rank_score(board->sums, &idea->tally));
        write_uint(to, "rank", rank);
    } else {
        buf_add_text(to, ",\"score\":null,\"rank\":null");
    }
}

/* What an export is made of, for the functions that write its parts. */
struct subject {
    const struct board *board;
    const struct texts *texts;
    struct export_options options;
    struct order order;
};

static void write_idea(struct buf *to, const struct subject *subject, const struct idea *idea)
{
    const struct definition *definition = &subject->board->definition;
    bool shows = subject->options.staff || export_shows_text(idea);

    buf_printf(to, "{\"n\":%u", idea->number);
    write_text(to, "text", shows ? texts_find(subject->texts, idea->text) : view_of(NULL));
    write_text(to, "theme", view_of(idea->theme ? definition->themes[idea->theme - 1] : NULL));
    write_place_of(to, idea);
    write_text(to, "state", view_of(name_of_idea_state(idea->state)));
    write_bool(to, "seed", idea->seed);
    write_source(to, &idea->source);
    if (subject->options.closed) {
        buf_add_text(to, ",\"tally\":null,\"score\":null,\"rank\":null}");
        return;
    }
    write_tally(to, &idea->tally);
    write_standing(to, subject->board, idea, subject->order.ranks[idea->number - 1]);
    buf_add_char(to, '}');
}

void export_json(const struct board *board, const struct texts *texts,
                 struct export_options options, struct buf *to)
{
    struct subject subject = {.board = board, .texts = texts, .options = options};

    order_init(&subject.order, board);
    buf_add_text(to, "{\"format\":\"pinson.board/1\"");
    write_board(to, board, texts);
    write_place(to, board);
    write_rounds(to, board, texts);
    buf_add_text(to, ",\"ideas\":[");
    for (size_t i = 0; i < board->ideas_count; i++) {
        buf_add_text(to, i ? ",\n" : "\n");
        write_idea(to, &subject, &board->ideas[i]);
    }
    buf_add_text(to, "]}\n");
    order_finish(&subject.order);
}

static void write_ranked(struct buf *to, const struct board *board, const struct ranked *item)
{
    buf_printf(to, "{\"n\":%u", item->idea);
    write_source(to, &board->ideas[item->idea - 1].source);
    write_uint(to, "agree", item->tally.agree);
    write_uint(to, "disagree", item->tally.disagree);
    write_uint(to, "pass", item->tally.pass);
    write_uint(to, "judged", tally_judged(&item->tally));
    write_uint(to, "score", rank_score(board->sums, &item->tally));
}

static void write_interval(struct buf *to, const struct ranked *item, size_t rank)
{
    uint32_t low = 0;
    uint32_t high = 0;

    rank_interval(item->tally.agree, tally_judged(&item->tally), &low, &high);
    write_uint(to, "rank", rank);
    write_uint(to, "low", low);
    write_uint(to, "high", high);
    buf_add_text(to, ",\"outcome\":null,\"reason\":null}");
}

void export_ranking(const struct board *board, struct buf *to)
{
    struct order order;

    order_init(&order, board);
    buf_printf(to, "{\"round\":%u,\"pool\":{\"agree\":", board->round);
    buf_add_uint(to, board->sums.agree);
    write_uint(to, "n", board->sums.judged);
    buf_add_text(to, "},\"seats\":null,\"promoted\":[],\"cut\":null,\"ideas\":[");
    for (size_t i = 0; i < order.count; i++) {
        buf_add_text(to, i ? ",\n" : "\n");
        write_ranked(to, board, &order.items[i]);
        write_interval(to, &order.items[i], i + 1);
    }
    buf_add_text(to, "]}\n");
    order_finish(&order);
}

void export_summary(const struct board *board, const struct texts *texts, struct buf *to)
{
    buf_add_text(to, "{\"slug\":");
    json_write_string(to, view_of(board->definition.slug));
    write_text(to, "title", texts_find(texts, board->definition.title.ref));
    write_text(to, "question", texts_find(texts, board->definition.question.ref));
    write_text(to, "state", view_of(name_of_board_state(board->state)));
    write_uint(to, "round", board->round);
    write_uint(to, "ideas", board->ideas_count);
    write_uint(to, "people", board->active_people);
    write_uint(to, "ballots", board->ballots);
    buf_add_char(to, '}');
}
