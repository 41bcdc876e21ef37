#include "export/feed.h"

#include "base/time.h"
#include "core/round.h"
#include "export/licence.h"
#include "export/markup.h"
#include "export/stable_id.h"

#include <stdlib.h>

enum {
    TITLE_MAX = 100, /* characters of an idea in its title */
    NAMED_MAX = 20,  /* ideas named in a result */
    NEWS = 3         /* of a round, at most */
};

enum kind {
    KIND_IDEA,
    KIND_OPENED,
    KIND_CLOSED,
    KIND_RESULT
};

/* One piece of news; number is an idea's or a round's. */
struct news {
    uint64_t at_ms;
    enum kind kind;
    uint32_t number;
};

struct feed {
    struct buf *to;
    const struct viewer *viewer;
    struct view base;
    enum tongue tongue;
    struct news *news; /* owned; the latest first */
    size_t count;
};

/* Gathering */

static int compare_news(const void *a, const void *b)
{
    const struct news *left = a;
    const struct news *right = b;

    if (left->at_ms != right->at_ms) {
        return left->at_ms > right->at_ms ? -1 : 1;
    }
    if (left->kind != right->kind) {
        return left->kind > right->kind ? -1 : 1;
    }
    return left->number > right->number ? -1 : 1;
}

static void gather(struct feed *feed, uint64_t at_ms, enum kind kind, uint32_t number)
{
    feed->news[feed->count++] = (struct news){at_ms, kind, number};
}

static void gather_round(struct feed *feed, uint32_t number)
{
    const struct round *round = &feed->viewer->board->rounds[number - 1];

    if (round->opened_ms) {
        gather(feed, round->opened_ms, KIND_OPENED, number);
    }
    if (round->closed_version) {
        gather(feed, round->closed_ms, KIND_CLOSED, number);
    }
    if (view_shows_result(feed->viewer, number)) {
        gather(feed, round->closed_ms, KIND_RESULT, number);
    }
}

static void gather_all(struct feed *feed)
{
    const struct board *board = feed->viewer->board;

    feed->news = mem_array(FEED_IDEAS + NEWS * (size_t)LIMIT_ROUNDS, sizeof *feed->news);
    for (size_t n = board->ideas_count; n > 0 && feed->count < FEED_IDEAS; n--) {
        const struct idea *idea = &board->ideas[n - 1];

        if (idea->state == IDEA_SHOWN) {
            gather(feed, idea->at_ms, KIND_IDEA, (uint32_t)n);
        }
    }
    for (uint32_t i = 1; i <= board->definition.rounds_count; i++) {
        gather_round(feed, i);
    }
    qsort(feed->news, feed->count, sizeof *feed->news, compare_news);
}

/* Writing */

/* <name type="text">…</name>; what text holds is taken. */
static void add_text(struct feed *feed, const char *name, struct buf *text)
{
    buf_printf(feed->to, "<%s type=\"text\">", name);
    markup_add(feed->to, buf_view(text));
    buf_printf(feed->to, "</%s>\n", name);
    buf_clear(text);
}

static void add_id(struct feed *feed, const char *kind, uint32_t number)
{
    buf_add_text(feed->to, "<id>urn:uuid:");
    stable_id_write(feed->to, feed->viewer->board, kind, number);
    buf_add_text(feed->to, "</id>\n");
}

static void add_moment(struct feed *feed, const char *name, uint64_t ms)
{
    buf_printf(feed->to, "<%s>", name);
    time_write(feed->to, ms);
    buf_printf(feed->to, "</%s>\n", name);
}

/* <link> to a path under the board's. */
static void add_link(struct feed *feed, const char *rel, const char *type, const char *path)
{
    buf_printf(feed->to, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
    markup_add(feed->to, feed->base);
    buf_printf(feed->to, "/b/%s%s\"/>\n", feed->viewer->board->definition.slug, path);
}

static void add_idea(struct feed *feed, const struct idea *idea)
{
    const struct viewer *viewer = feed->viewer;
    struct view text = texts_find(viewer->texts, idea->text);
    AUTO_BUF words = {0};

    add_id(feed, "idea", idea->number);
    buf_printf(&words, "#%u – ", idea->number);
    markup_add_plain_short(&words, text, TITLE_MAX);
    add_text(feed, "title", &words);
    buf_printf(&words, "/i/%u", idea->number);
    add_link(feed, "alternate", "text/html", words.bytes);
    buf_clear(&words);
    add_moment(feed, "published", idea->at_ms);
    phrase_author(&words, viewer, idea->author);
    if (words.len) {
        buf_add_text(feed->to, "<author><name>");
        markup_add(feed->to, buf_view(&words));
        buf_add_text(feed->to, "</name></author>\n");
        buf_clear(&words);
    }
    if (idea->theme) {
        buf_add_text(feed->to, "<category term=\"");
        markup_add(feed->to, view_of(viewer->board->definition.themes[idea->theme - 1]));
        buf_add_text(feed->to, "\"/>\n");
    }
    markup_add_plain(&words, text);
    add_text(feed, "content", &words);
}

/* The ideas that went on, or the winner, as sentences. */
static void add_outcomes(struct feed *feed, struct buf *words, uint32_t number)
{
    const struct round_result *result = round_result(feed->viewer->board, number);
    uint32_t named = 0;

    for (size_t i = 0; i < result->selection.count && named < NAMED_MAX; i++) {
        const struct standing *item = &result->selection.items[i];
        const struct idea *idea = board_idea(feed->viewer->board, item->idea);
        bool chosen = item->outcome == OUTCOME_WINNER || item->outcome == OUTCOME_PROMOTED;
        struct view text = view_shows_text(feed->viewer, idea)
                               ? texts_find(feed->viewer->texts, idea->text)
                               : (struct view){NULL, 0};

        if (!chosen) {
            continue;
        }
        buf_printf(words, "\n%s%s#%u ",
                   phrase_outcome(feed->tongue, item->outcome, item->ground),
                   say(feed->tongue, " : ", ": "), item->idea);
        markup_add_plain(words, text);
        buf_add_text(words, " – ");
        phrase_support(words, feed->tongue, &item->tally);
        named++;
    }
}

static void add_verdict(struct feed *feed, struct buf *words, const struct round_result *result)
{
    if (!result->final) {
        return;
    }
    buf_add_char(words, '\n');
    if (!result->verdict.winner) {
        buf_add_text(words, say(feed->tongue,
                                "Pas de lauréate : aucune idée finaliste n’a assez d’avis.",
                                "No winner: no finalist has enough opinions."));
    } else if (result->verdict.robust) {
        buf_add_text(words, say(feed->tongue, "Majorité confirmée", "Majority confirmed"));
    } else {
        buf_add_text(words, say(feed->tongue, "En tête, majorité non confirmée",
                                "In the lead, majority not confirmed"));
    }
}

/* What is told of a round under its title. */
static void add_round_words(struct feed *feed, struct buf *words, const struct news *news)
{
    const struct viewer *viewer = feed->viewer;
    const struct definition *definition = &viewer->board->definition;

    switch (news->kind) {
    case KIND_OPENED:
        markup_add_plain(
            words, texts_find(viewer->texts, definition->rounds[news->number - 1].prompt.ref));
        buf_add_text(words, words->len ? "\n" : "");
        phrase_rule(words, feed->tongue, definition, news->number);
        break;
    case KIND_CLOSED:
        buf_add_text(words, say(feed->tongue, "Le tour est terminé.", "The round is over."));
        break;
    case KIND_RESULT:
        phrase_rule(words, feed->tongue, definition, news->number);
        add_outcomes(feed, words, news->number);
        add_verdict(feed, words, round_result(viewer->board, news->number));
        break;
    case KIND_IDEA:
        break;
    }
}

static void add_round(struct feed *feed, const struct news *news)
{
    static const struct {
        const char *id;
        const char *french;
        const char *english;
    } kinds[] = {
        [KIND_OPENED] = {"round-opened", "ouverture", "opened"},
        [KIND_CLOSED] = {"round-closed", "clôture", "closed"},
        [KIND_RESULT] = {"round-result", "résultat", "result"},
    };
    AUTO_BUF words = {0};

    add_id(feed, kinds[news->kind].id, news->number);
    phrase_round(&words, feed->tongue, feed->viewer, news->number);
    buf_printf(&words, "%s%s", say(feed->tongue, " : ", ": "),
               say(feed->tongue, kinds[news->kind].french, kinds[news->kind].english));
    add_text(feed, "title", &words);
    if (news->kind == KIND_RESULT) {
        buf_printf(&words, "?mode=result&amp;round=%u", news->number);
    }
    add_link(feed, "alternate", "text/html", words.len ? words.bytes : "");
    buf_clear(&words);
    add_round_words(feed, &words, news);
    add_text(feed, "content", &words);
}

static void add_entry(struct feed *feed, const struct news *news)
{
    buf_add_text(feed->to, "<entry>\n");
    add_moment(feed, "updated", news->at_ms);
    if (news->kind == KIND_IDEA) {
        add_idea(feed, board_idea(feed->viewer->board, news->number));
    } else {
        add_round(feed, news);
    }
    buf_add_text(feed->to, "</entry>\n");
}

static void add_head(struct feed *feed)
{
    const struct viewer *viewer = feed->viewer;
    const struct definition *definition = &viewer->board->definition;
    struct view title = texts_find(viewer->texts, definition->title.ref);
    AUTO_BUF words = {0};

    buf_printf(feed->to,
               "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed "
               "xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n",
               tongue_name(feed->tongue));
    add_id(feed, "board", 0);
    markup_add_plain(&words, title);
    add_text(feed, "title", &words);
    markup_add_plain(&words, texts_find(viewer->texts, definition->question.ref));
    if (words.len) {
        add_text(feed, "subtitle", &words);
    }
    add_moment(feed, "updated", feed->count ? feed->news[0].at_ms : viewer->board->last.ms);
    buf_add_text(feed->to, "<author><name>");
    markup_add(feed->to, title);
    buf_add_text(feed->to, "</name></author>\n");
    add_link(feed, "self", "application/atom+xml", "/feed.atom");
    add_link(feed, "alternate", "text/html", "");
    buf_add_text(&words, licence_title(definition->licence));
    add_text(feed, "rights", &words);
    buf_add_text(feed->to, "<generator>Pinson</generator>\n");
}

void feed_write(struct buf *to, const struct viewer *viewer, struct view base)
{
    struct feed feed = {.to = to,
                        .viewer = viewer,
                        .base = base,
                        .tongue = tongue_of(view_of(viewer->board->definition.lang))};

    gather_all(&feed);
    add_head(&feed);
    for (size_t i = 0; i < feed.count; i++) {
        add_entry(&feed, &feed.news[i]);
    }
    buf_add_text(to, "</feed>\n");
    mem_free(feed.news);
}
