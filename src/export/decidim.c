#include "export/decidim.h"

#include "base/time.h"
#include "export/csv.h"
#include "export/markup.h"
#include "wire/names.h"

enum {
    TITLE_MAX = 150 /* bytes, as titles of proposals are short */
};

/* What it is written from. */
struct proposals {
    const struct board *board;
    const struct texts *texts;
    struct export_options options;
    struct view base;
};

static void add_text(struct buf *to, struct view text)
{
    export_csv_field(to, text);
    buf_add_char(to, ';');
}

static void add_uint(struct buf *to, uint64_t value)
{
    buf_add_uint(to, value);
    buf_add_char(to, ';');
}

/* 2025-03-06 10:00:00 UTC */
static void add_time(struct buf *to, uint64_t ms)
{
    AUTO_BUF text = {0};

    time_write(&text, ms); /* 2025-03-06T10:00:00.000Z */
    if (text.len >= 19) {
        buf_add(to, text.bytes, 10);
        buf_add_char(to, ' ');
        buf_add(to, text.bytes + 11, 8);
        buf_add_text(to, " UTC");
    }
    buf_add_char(to, ';');
}

static void add_url(struct buf *to, const struct proposals *from, uint32_t idea)
{
    AUTO_BUF url = {0};

    buf_add_view(&url, from->base);
    buf_printf(&url, "/b/%s/i/%u", from->board->definition.slug, idea);
    add_text(to, buf_view(&url));
}

static const struct followup *latest(const struct board *board, const struct idea *idea)
{
    const struct followup *last = NULL;
    const struct followup *item = NULL;

    while ((item = board_next_followup(board, idea, item)) != NULL) {
        last = item;
    }
    return last;
}

/* Its own words for what was answered; a site may have others. */
static const char *state_of(const struct followup *answer)
{
    if (!answer || answer->status == FOLLOWUP_PUBLISHED) {
        return NULL;
    }
    if (answer->status == FOLLOWUP_REVIEW) {
        return "evaluating";
    }
    return answer->status == FOLLOWUP_REFUSED ? "rejected" : "accepted";
}

static void add_words(struct buf *to, const struct proposals *from, const struct idea *idea)
{
    const struct definition *definition = &from->board->definition;
    struct view text = texts_find(from->texts, idea->text);
    AUTO_BUF title = {0};

    markup_add_plain_short(&title, text, TITLE_MAX);
    add_uint(to, idea->number);
    if (idea->theme) {
        buf_add_uint(to, idea->theme);
    }
    buf_add_char(to, ';');
    add_text(to, view_of(idea->theme ? definition->themes[idea->theme - 1] : NULL));
    add_text(to, view_of(definition->slug));
    add_text(to, buf_view(&title));
    add_text(to, text);
}

static void add_answer(struct buf *to, const struct proposals *from, const struct idea *idea)
{
    const struct followup *answer = latest(from->board, idea);

    add_text(to, view_of(state_of(answer)));
    add_text(to, answer ? texts_find(from->texts, answer->answer) : view_of(NULL));
    if (answer && state_of(answer)) {
        add_time(to, answer->at_ms);
    } else {
        buf_add_char(to, ';');
    }
}

static void add_idea(struct buf *to, const struct proposals *from, const struct idea *idea)
{
    add_words(to, from, idea);
    add_answer(to, from, idea);
    if (!from->options.closed) {
        buf_add_uint(to, idea->tally.agree);
    }
    buf_add_char(to, ';');
    add_uint(to, idea->replies);
    add_time(to, idea->at_ms);
    add_url(to, from, idea->number);
    if (idea->parent) {
        add_url(to, from, idea->parent);
    } else {
        buf_add_char(to, ';');
    }
    buf_printf(to, "%s;false;", idea->relation == RELATION_ADAPT ? "true" : "false");
    add_time(to, idea->at_ms);
    to->len--;
    buf_add_text(to, "\r\n");
}

void decidim_write(const struct board *board, const struct texts *texts,
                   struct export_options options, struct view base, struct sink *sink)
{
    struct proposals from = {.board = board, .texts = texts, .options = options, .base = base};
    const char *lang = board->definition.lang;

    buf_printf(&sink->buf,
               "id;taxonomies/id;taxonomies/name;participatory_space/id;title/%s;body/%s;state;"
               "answer/%s;answered_at;votes;comments;published_at;url;related_proposals;"
               "is_amend;withdrawn;created_at\r\n",
               lang, lang, lang);
    for (size_t i = 0; i < board->ideas_count; i++) {
        if (board->ideas[i].state == IDEA_SHOWN) {
            add_idea(&sink->buf, &from, &board->ideas[i]);
            sink_row(sink);
        }
    }
}
