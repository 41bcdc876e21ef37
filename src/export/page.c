#include "export/page.h"

#include "wire/names.h"

#include <string.h>

enum {
    PAGE_IDEAS = 200 /* on one page; the rest is a script or a download away */
};

void page_finish(struct page *page)
{
    buf_finish(&page->title);
    buf_finish(&page->head);
    buf_finish(&page->content);
}

static void add_escaped(struct buf *to, struct view text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.ptr[i]) {
        case '<':
            buf_add_text(to, "&lt;");
            break;
        case '>':
            buf_add_text(to, "&gt;");
            break;
        case '&':
            buf_add_text(to, "&amp;");
            break;
        case '"':
            buf_add_text(to, "&quot;");
            break;
        default:
            buf_add_char(to, text.ptr[i]);
            break;
        }
    }
}

static bool is_french(const struct page *page)
{
    return strcmp(page->lang, "fr") == 0;
}

static const char *say(const struct page *page, const char *french, const char *english)
{
    return is_french(page) ? french : english;
}

static void describe(struct page *page, struct view title, struct view description)
{
    add_escaped(&page->title, title);
    buf_add_text(&page->title, title.len ? " – Pinson" : "Pinson");
    buf_add_text(&page->head, "<meta name=\"description\" content=\"");
    add_escaped(&page->head, description);
    buf_add_text(&page->head, "\"><meta property=\"og:title\" content=\"");
    add_escaped(&page->head, title);
    buf_add_text(&page->head, "\"><meta property=\"og:description\" content=\"");
    add_escaped(&page->head, description);
    buf_add_text(&page->head, "\"><meta property=\"og:type\" content=\"website\">");
}

static struct view question_of(const struct viewer *viewer)
{
    const struct definition *definition = &viewer->board->definition;
    struct view question = texts_find(viewer->texts, definition->question.ref);

    return question.len ? question : texts_find(viewer->texts, definition->title.ref);
}

static void add_counts(struct page *page, const struct viewer *viewer)
{
    const struct board *board = viewer->board;

    buf_printf(
        &page->content, "<p class=\"meta quiet num\"><span>%zu %s</span> <span>%zu %s</span>",
        board->ideas_count,
        board->ideas_count == 1 ? say(page, "idée", "idea") : say(page, "idées", "ideas"),
        board->active_people,
        board->active_people == 1 ? say(page, "personne", "person")
                                  : say(page, "personnes", "people"));
    if (view_shows_scores(viewer)) {
        buf_printf(&page->content, " <span>%llu %s</span>", (unsigned long long)board->ballots,
                   say(page, "avis", board->ballots == 1 ? "opinion" : "opinions"));
    }
    buf_add_text(&page->content, "</p>");
}

static const char *home_lead(const struct page *page)
{
    return say(
        page,
        "Proposez une idée, lisez celles des autres, donnez votre avis. Lire ne demande "
        "rien ; participer ne demande pas de compte.",
        "Propose an idea, read other people’s, have your say. Reading asks nothing of you; "
        "taking part needs no account.");
}

void page_home(struct page *page, const struct page_board *boards, size_t count)
{
    describe(page, (struct view){NULL, 0}, view_of(home_lead(page)));
    buf_printf(&page->content,
               "<main class=\"wrap home\"><header class=\"hero\"><h1>%s</h1><p "
               "class=\"lead\">%s</p></header><div class=\"home-grid\"><div "
               "class=\"home-boards\"><section><h2>%s</h2><ol class=\"boards\">",
               say(page, "Des idées de tout le monde, et les plus fortes se dégagent",
                   "Ideas from everyone, and the strongest rise"),
               home_lead(page), say(page, "En ce moment", "Open now"));
    for (size_t i = 0; i < count; i++) {
        const struct viewer *viewer = &boards[i].viewer;
        const struct definition *definition = &viewer->board->definition;

        buf_printf(&page->content,
                   "<li class=\"board-link\"><a href=\"/b/%s\"><span class=\"quiet\">",
                   boards[i].slug);
        add_escaped(&page->content, texts_find(viewer->texts, definition->title.ref));
        buf_add_text(&page->content, "</span><strong>");
        add_escaped(&page->content, question_of(viewer));
        buf_add_text(&page->content, "</strong></a>");
        add_counts(page, viewer);
        buf_add_text(&page->content, "</li>");
    }
    buf_add_text(&page->content, "</ol></section></div></div></main>");
}

static const char *kind_name(const struct page *page, enum relation relation)
{
    static const char *const names[RELATIONS][2] = {
        {"Idée", "Idea"},     {"Enrichit", "Expands"},     {"Objecte", "Objects"},
        {"Adapte", "Adapts"}, {"Questionne", "Questions"},
    };

    return names[relation][is_french(page) ? 0 : 1];
}

static void add_said(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    struct view text = view_shows_text(viewer, idea) ? texts_find(viewer->texts, idea->text)
                                                     : (struct view){NULL, 0};

    if (!text.ptr) {
        text = view_of(
            say(page, "Cette idée n’est plus affichée.", "This idea is no longer shown."));
    }
    buf_printf(&page->content, "<span class=\"said\" dir=\"auto\" lang=\"%s\">",
               idea->lang[0] ? idea->lang : viewer->board->definition.lang);
    add_escaped(&page->content, text);
    buf_add_text(&page->content, "</span>");
}

static void add_support(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    uint32_t judged = tally_judged(&idea->tally);

    if (!judged || !view_shows_scores(viewer)) {
        return;
    }
    buf_printf(&page->content, "<div class=\"bar\"><b class=\"num\">%u %% %s</b></div>",
               (200 * idea->tally.agree + judged) / (2 * judged), say(page, "Pour", "For"));
}

static void add_meta(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    const struct definition *definition = &viewer->board->definition;

    buf_add_text(&page->content, "<div class=\"meta quiet\">");
    if (idea->relation != RELATION_IDEA) {
        buf_printf(&page->content, "<span class=\"kind %s\">%s #%u</span> ",
                   name_of_relation(idea->relation), kind_name(page, idea->relation),
                   idea->parent);
    }
    if (idea->theme) {
        buf_add_text(&page->content, "<span class=\"tag\">");
        add_escaped(&page->content, view_of(definition->themes[idea->theme - 1]));
        buf_add_text(&page->content, "</span> ");
    }
    buf_printf(&page->content, "<span class=\"num\">#%u</span>", idea->number);
    if (view_shows_scores(viewer)) {
        buf_printf(&page->content, " <span class=\"num\">%u %s</span>",
                   tally_judged(&idea->tally), say(page, "avis", "opinions"));
    }
    if (idea->seed) {
        buf_printf(&page->content, " <span>%s</span>",
                   say(page, "Idée de départ, proposée par l’organisateur",
                       "Starting idea, proposed by the organiser"));
    }
    buf_add_text(&page->content, "</div>");
}

static void add_card(struct page *page, const struct viewer *viewer, const struct idea *idea,
                     size_t rank)
{
    buf_printf(&page->content, "<li class=\"card%s\">", rank ? "" : " reply");
    if (rank) {
        buf_printf(&page->content, "<span class=\"rank\">%zu</span>", rank);
    }
    buf_printf(&page->content, "<p class=\"text\"><a href=\"/b/%s/i/%u\">",
               viewer->board->definition.slug, idea->number);
    add_said(page, viewer, idea);
    buf_add_text(&page->content, "</a></p>");
    add_support(page, viewer, idea);
    add_meta(page, viewer, idea);
    buf_add_text(&page->content, "</li>");
}

void page_board(struct page *page, const struct viewer *viewer)
{
    const struct definition *definition = &viewer->board->definition;
    size_t count = 0;
    size_t rank = 0;
    uint32_t *order = view_order(viewer, &count);

    describe(page, question_of(viewer), texts_find(viewer->texts, definition->about.ref));
    buf_add_text(&page->content,
                 "<main class=\"wrap board\"><header class=\"board-head\"><h1>");
    add_escaped(&page->content, question_of(viewer));
    buf_add_text(&page->content, "</h1>");
    add_counts(page, viewer);
    buf_add_text(&page->content, "</header><section class=\"ideas\"><ol class=\"cards\">");
    for (size_t i = 0; i < count && rank < PAGE_IDEAS; i++) {
        const struct idea *idea = board_idea(viewer->board, order[i]);

        if (board_competes(viewer->board, idea)) {
            add_card(page, viewer, idea, ++rank);
        }
    }
    buf_add_text(&page->content, "</ol></section></main>");
    mem_free(order);
}

static void add_parent(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    const struct idea *parent = board_idea(viewer->board, idea->parent);

    if (!parent) {
        return;
    }
    buf_printf(&page->content, "<nav class=\"chain\"><ol><li><a href=\"/b/%s/i/%u\">",
               viewer->board->definition.slug, parent->number);
    add_said(page, viewer, parent);
    buf_printf(&page->content, "</a> <span class=\"kind %s\">%s</span></li></ol></nav>",
               name_of_relation(idea->relation), kind_name(page, idea->relation));
}

static void add_lane(struct page *page, const struct viewer *viewer, const struct idea *parent,
                     enum relation relation)
{
    static const char *const titles[RELATIONS][2] = {
        {"", ""},
        {"Enrichir – « Oui, et… »", "Build on – “Yes, and…”"},
        {"Objecter – « Oui, mais… »", "Object – “Yes, but…”"},
        {"Adapter – « Et si plutôt… »", "Adapt – “What if instead…”"},
        {"Questionner – « Il manque… »", "Question – “What is missing…”"},
    };
    const struct board *board = viewer->board;

    buf_printf(&page->content,
               "<section class=\"lane %s\"><h3 class=\"kind %s\">%s</h3><ol class=\"cards\">",
               name_of_relation(relation), name_of_relation(relation),
               titles[relation][is_french(page) ? 0 : 1]);
    for (size_t i = 0; i < board->ideas_count; i++) {
        const struct idea *idea = &board->ideas[i];

        if ((idea->parent == parent->number || idea->with == parent->number) &&
            idea->relation == relation && idea->state == IDEA_SHOWN) {
            add_card(page, viewer, idea, 0);
        }
    }
    buf_add_text(&page->content, "</ol></section>");
}

void page_idea(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    struct view text = view_shows_text(viewer, idea) ? texts_find(viewer->texts, idea->text)
                                                     : (struct view){NULL, 0};

    describe(page, text, question_of(viewer));
    buf_printf(&page->content,
               "<main class=\"wrap idea\"><p class=\"back\"><a href=\"/b/%s\">← ",
               viewer->board->definition.slug);
    add_escaped(&page->content, question_of(viewer));
    buf_add_text(&page->content, "</a></p>");
    add_parent(page, viewer, idea);
    buf_add_text(&page->content, "<article class=\"face\"><h1>");
    add_said(page, viewer, idea);
    buf_add_text(&page->content, "</h1>");
    add_support(page, viewer, idea);
    add_meta(page, viewer, idea);
    buf_add_text(&page->content, "</article><div class=\"lanes\">");
    for (unsigned relation = RELATION_EXPAND; relation < RELATIONS; relation++) {
        add_lane(page, viewer, idea, (enum relation)relation);
    }
    buf_add_text(&page->content, "</div></main>");
}

void page_missing(struct page *page)
{
    describe(page, view_of(say(page, "Page introuvable", "Page not found")),
             (struct view){NULL, 0});
    buf_printf(
        &page->content,
        "<main class=\"wrap narrow\"><h1>%s</h1><p class=\"lead\"><a href=\"/\">%s</a></p>"
        "</main>",
        say(page, "Cette page n’existe pas", "This page does not exist"),
        say(page, "Voir les consultations ouvertes", "See the open consultations"));
}

/* The first of what in text, or its end. */
static const char *find(struct view text, const char *what)
{
    size_t len = strlen(what);

    for (size_t i = 0; i + len <= text.len; i++) {
        if (memcmp(text.ptr + i, what, len) == 0) {
            return text.ptr + i;
        }
    }
    return text.ptr + text.len;
}

static struct view after(struct view text, const char *at)
{
    return (struct view){at, (size_t)(text.ptr + text.len - at)};
}

void page_write(struct buf *to, struct view shell, const struct page *page)
{
    const struct {
        const char *mark;
        struct view value;
    } places[] = {
        {"<html lang=\"fr\"", {NULL, 0}},
        {"<!--pinson:title-->", buf_view(&page->title)},
        {"<!--pinson:head-->", buf_view(&page->head)},
        {"<!--pinson:content-->", buf_view(&page->content)},
    };

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const char *at = find(shell, places[i].mark);
        bool found = at < shell.ptr + shell.len;

        buf_add(to, shell.ptr, (size_t)(at - shell.ptr));
        if (found && i == 0) {
            buf_printf(to, "<html lang=\"%s\"", page->lang);
        } else if (found) {
            buf_add_view(to, places[i].value);
        }
        shell = after(shell, found ? at + strlen(places[i].mark) : at);
    }
    buf_add_view(to, shell);
}
