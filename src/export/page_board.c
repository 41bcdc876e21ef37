/* page_board — a question and what was answered: the ideas in an order, and where it stands. */
#include "export/page_parts.h"

#include <stdlib.h>
#include <string.h>

enum {
    PAGE_IDEAS = 200 /* on one page */
};

static const struct {
    const char *name;
    enum page_sort sort;
    const char *french;
    const char *english;
} sorts[] = {
    {"strongest", PAGE_STRONGEST, "Mieux classées", "Top ranked"},
    {"newest", PAGE_NEWEST, "Récentes", "Newest"},
    {"active", PAGE_ACTIVE, "Plus prolongées", "Most built upon"},
    {"out", PAGE_OUT, "Non qualifiées", "Not qualified"},
};

enum {
    SORTS = sizeof sorts / sizeof *sorts
};

bool page_sort_of_name(struct view name, enum page_sort *out)
{
    *out = PAGE_STRONGEST;
    for (size_t i = 0; i < SORTS; i++) {
        if (view_is(name, sorts[i].name)) {
            *out = sorts[i].sort;
            return true;
        }
    }
    return false;
}

/* Whether there is an order at all: not in a step where nobody has judged and nobody can. */
static bool is_ranked(const struct viewer *viewer)
{
    const struct round_definition *round = board_round(viewer->board);

    return view_shows_scores(viewer) &&
           (!round || round->allows & ALLOW_VOTE || viewer->board->ballots);
}

static enum page_sort sort_of(const struct viewer *viewer, const struct page_list *list)
{
    if (list->sorted && list->sort != PAGE_STRONGEST) {
        return list->sort;
    }
    return is_ranked(viewer) ? PAGE_STRONGEST : PAGE_NEWEST;
}

/* Ideas that are listed, in their order; the numbers are owned by the caller. */
struct listed {
    uint32_t *numbers;
    size_t count;
};

static bool belongs(const struct viewer *viewer, const struct idea *idea, enum page_sort sort)
{
    if (sort == PAGE_OUT) {
        return page_lists(idea) && page_is_out(viewer, idea);
    }
    if (!viewer->board->round) {
        return page_lists(idea) && idea->relation == RELATION_IDEA;
    }
    return board_competes(viewer->board, idea);
}

struct activity {
    uint32_t idea;
    uint32_t replies;
};

static int compare_activity(const void *a, const void *b)
{
    const struct activity *left = a;
    const struct activity *right = b;

    if (left->replies != right->replies) {
        return left->replies > right->replies ? -1 : 1;
    }
    return left->idea > right->idea ? -1 : 1;
}

static void sort_by_activity(const struct board *board, struct listed *listed)
{
    struct activity *items = mem_array(listed->count, sizeof *items);

    for (size_t i = 0; i < listed->count; i++) {
        items[i] = (struct activity){listed->numbers[i],
                                     board_idea(board, listed->numbers[i])->replies};
    }
    if (listed->count) {
        qsort(items, listed->count, sizeof *items, compare_activity);
    }
    for (size_t i = 0; i < listed->count; i++) {
        listed->numbers[i] = items[i].idea;
    }
    mem_free(items);
}

static struct listed list_ideas(const struct viewer *viewer, enum page_sort sort,
                                uint32_t theme)
{
    size_t count = 0;
    struct listed listed = {.numbers = view_order(viewer, &count)};

    for (size_t i = 0; i < count; i++) {
        /* A new order is written over the old one, from its beginning, or comes of numbers. */
        uint32_t number = sort == PAGE_STRONGEST ? listed.numbers[i] : (uint32_t)(count - i);
        const struct idea *idea = board_idea(viewer->board, number);

        if (belongs(viewer, idea, sort) && (!theme || idea->theme == theme)) {
            listed.numbers[listed.count++] = number;
        }
    }
    if (sort == PAGE_ACTIVE) {
        sort_by_activity(viewer->board, &listed);
    }
    return listed;
}

/* The address of the list with something else asked for. */
static void add_list_address(struct page *page, const struct viewer *viewer,
                             enum page_sort sort, uint32_t theme, uint32_t part)
{
    buf_printf(&page->content, "/b/%s?sort=%s", viewer->board->definition.slug,
               sorts[sort].name);
    if (theme) {
        buf_add_text(&page->content, "&amp;theme=");
        markup_add_query(&page->content, view_of(viewer->board->definition.themes[theme - 1]));
    }
    if (part) {
        buf_printf(&page->content, "&amp;page=%u", part + 1);
    }
}

static bool has_out(const struct viewer *viewer)
{
    for (size_t i = 0; i < viewer->board->ideas_count; i++) {
        if (belongs(viewer, &viewer->board->ideas[i], PAGE_OUT)) {
            return true;
        }
    }
    return false;
}

static void add_sorts(struct page *page, const struct viewer *viewer, enum page_sort sort,
                      uint32_t theme)
{
    bool ranked = is_ranked(viewer);
    bool out = has_out(viewer);

    buf_printf(&page->content, "<nav aria-label=\"%s\"><ul class=\"sorts row\">",
               page_say(page, "Trier les idées", "Sort the ideas"));
    for (size_t i = 0; i < SORTS; i++) {
        if ((sorts[i].sort == PAGE_STRONGEST && !ranked) ||
            (sorts[i].sort == PAGE_OUT && !out)) {
            continue;
        }
        buf_add_text(&page->content, "<li><a class=\"chip\" href=\"");
        add_list_address(page, viewer, sorts[i].sort, theme, 0);
        buf_printf(&page->content, "\"%s>%s</a></li>",
                   sorts[i].sort == sort ? " aria-current=\"true\"" : "",
                   page_say(page, sorts[i].french, sorts[i].english));
    }
    buf_add_text(&page->content, "</ul></nav>");
}

static void add_theme(struct page *page, const struct viewer *viewer, enum page_sort sort,
                      uint32_t theme, bool current)
{
    buf_add_text(&page->content, "<li><a class=\"chip\" dir=\"auto\" href=\"");
    add_list_address(page, viewer, sort, theme, 0);
    buf_printf(&page->content, "\"%s>", current ? " aria-current=\"true\"" : "");
    page_add(page, theme ? view_of(viewer->board->definition.themes[theme - 1])
                         : view_of(page_say(page, "Tous les thèmes", "All themes")));
    buf_add_text(&page->content, "</a></li>");
}

static void add_themes(struct page *page, const struct viewer *viewer, enum page_sort sort,
                       uint32_t theme)
{
    uint32_t count = viewer->board->definition.themes_count;

    if (!count) {
        return;
    }
    buf_printf(&page->content, "<nav aria-label=\"%s\"><ul class=\"sorts row\">",
               page_say(page, "Thème", "Theme"));
    for (uint32_t i = 0; i <= count; i++) {
        add_theme(page, viewer, sort, i, i == theme);
    }
    buf_add_text(&page->content, "</ul></nav>");
}

/* Why there are no numbers. */
static void add_masked(struct page *page, const struct viewer *viewer)
{
    const struct board *board = viewer->board;
    const struct round_definition *round = board_round(board);
    const char *words = page_say(page, "Résultats masqués jusqu’à la fin du tour",
                                 "Results hidden until the end of the round");

    if (view_shows_scores(viewer)) {
        return;
    }
    if (board->rounds[board->round - 1].state == ROUND_CLOSED) {
        words =
            page_say(page, "Le tour est terminé. Les résultats ne sont pas encore dévoilés.",
                     "The round is over. The results are not revealed yet.");
    } else if (round->scores == SCORES_AFTER_VOTE) {
        words =
            page_say(page, "Les résultats d’une idée s’affichent une fois votre avis donné.",
                     "The results of an idea show once you have given your opinion.");
    }
    buf_printf(&page->content, "<p class=\"masked quiet\">%s</p>", words);
}

static void add_parts(struct page *page, const struct viewer *viewer,
                      const struct page_list *list, enum page_sort sort, size_t count)
{
    if (count <= PAGE_IDEAS) {
        return;
    }
    buf_printf(&page->content, "<nav class=\"more row\" aria-label=\"%s\">",
               page_say(page, "Suite de la liste", "More of the list"));
    if (list->part) {
        buf_add_text(&page->content, "<a class=\"button plain\" rel=\"prev\" href=\"");
        add_list_address(page, viewer, sort, list->theme, list->part - 1);
        buf_printf(&page->content, "\">%s</a> ", page_say(page, "Précédentes", "Previous"));
    }
    if ((list->part + (size_t)1) * PAGE_IDEAS < count) {
        buf_add_text(&page->content, "<a class=\"button plain\" rel=\"next\" href=\"");
        add_list_address(page, viewer, sort, list->theme, list->part + 1);
        buf_printf(&page->content, "\">%s</a>", page_say(page, "Suivantes", "Next"));
    }
    buf_add_text(&page->content, "</nav>");
}

static void add_ideas(struct page *page, const struct viewer *viewer,
                      const struct page_list *list)
{
    enum page_sort sort = sort_of(viewer, list);
    struct listed listed = list_ideas(viewer, sort, list->theme);
    size_t first = (size_t)list->part * PAGE_IDEAS;
    bool ranked = sort == PAGE_STRONGEST && !list->theme;

    buf_printf(&page->content,
               "<section class=\"ideas\"><h2 class=\"hidden\">%s</h2><div class=\"toolbar\">",
               page_say(page, "Les idées", "The ideas"));
    add_sorts(page, viewer, sort, list->theme);
    add_themes(page, viewer, sort, list->theme);
    buf_add_text(&page->content, "</div>");
    add_masked(page, viewer);
    if (!listed.count) {
        buf_printf(&page->content, "<p class=\"empty\">%s</p>",
                   page_say(page, "Aucune idée pour l’instant.", "No ideas yet."));
    }
    buf_printf(&page->content, "<ol class=\"cards\" start=\"%zu\">", first + 1);
    for (size_t i = first; i < listed.count && i < first + PAGE_IDEAS; i++) {
        page_add_card(page, viewer, board_idea(viewer->board, listed.numbers[i]),
                      ranked ? i + 1 : 0);
    }
    buf_add_text(&page->content, "</ol>");
    add_parts(page, viewer, list, sort, listed.count);
    buf_add_text(&page->content, "</section>");
    mem_free(listed.numbers);
}

static void add_head(struct page *page, const struct viewer *viewer)
{
    const struct board *board = viewer->board;
    const struct round_definition *round = board_round(board);
    AUTO_BUF about = {0};

    buf_add_text(&page->content, "<header class=\"board-head\">");
    page_add_round_line(page, viewer);
    buf_add_text(&page->content, "<h1>");
    page_add_question(page, viewer);
    buf_add_text(&page->content, "</h1>");
    if (round && board_is_open(board)) {
        page_add_words(page, viewer, "<p class=\"lead\"",
                       texts_find(viewer->texts, round->prompt.ref), "</p>");
    }
    page_add_counts(page, viewer);
    buf_printf(&about, "<details class=\"about\"><summary>%s</summary><p",
               page_say(page, "En savoir plus", "More about this"));
    page_add_words(page, viewer, about.bytes,
                   texts_find(viewer->texts, board->definition.about.ref), "</p></details>");
    if (round && board_is_open(board)) {
        buf_printf(&page->content, "<details class=\"about\"><summary>%s</summary>",
                   page_say(page, "La règle de ce tour", "The rule of this round"));
        page_add_rule(page, viewer, board->round);
        buf_add_text(&page->content, "</details>");
    }
    buf_add_text(&page->content, "</header>");
}

static void add_links(struct page *page, const struct viewer *viewer)
{
    const struct {
        const char *path;
        const char *words;
    } links[] = {
        {"/b/%s/feed.atom",
         page_say(page, "Suivre les nouvelles idées et les résultats (flux Atom)",
                  "Follow new ideas and results (Atom feed)")},
        {"/b/%s/agenda.ics", page_say(page, "Ajouter les tours à mon agenda (iCalendar)",
                                      "Add the rounds to my calendar (iCalendar)")},
        {"/b/%s/ecran", page_say(page, "Afficher pour une salle", "Show to a room")},
        {"/api/boards/%s/ideas.csv",
         page_say(page, "Télécharger les idées (CSV)", "Download the ideas (CSV)")},
        {"/api/boards/%s/ballots.csv", page_say(page, "Télécharger les avis, sans nom (CSV)",
                                                "Download the opinions, without names (CSV)")},
    };

    buf_printf(&page->content, "<section class=\"links\"><h2>%s</h2><ul class=\"points\">",
               page_say(page, "Suivre et vérifier", "Follow and check"));
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        const char *slug = strstr(links[i].path, "%s");

        buf_add_text(&page->content, "<li><a href=\"");
        buf_add(&page->content, links[i].path, (size_t)(slug - links[i].path));
        buf_printf(&page->content, "%s%s\">%s</a></li>", viewer->board->definition.slug,
                   slug + strlen("%s"), links[i].words);
    }
    buf_add_text(&page->content, "</ul></section>");
}

static void add_how_to(struct page *page)
{
    buf_printf(
        &page->content,
        "<section class=\"how-to\"><h2>%s</h2><p>%s <a "
        "href=\"/pages/help\">%s</a></p></section>",
        page_say(page, "Participer", "Take part"),
        page_say(page,
                 "Lire ne demande rien. Pour proposer une idée ou donner votre avis, "
                 "activez JavaScript sur cette page : ni compte ni adresse e-mail ne sont "
                 "nécessaires.",
                 "Reading asks nothing of you. To propose an idea or give your opinion, "
                 "turn JavaScript on for this page: no account and no e-mail address are "
                 "needed."),
        page_say(page, "Comment cela se passe", "How it works"));
}

void page_board(struct page *page, const struct viewer *viewer, const struct page_list *list)
{
    const struct definition *definition = &viewer->board->definition;
    AUTO_BUF address = {0};

    buf_printf(&address, "/b/%s", definition->slug);
    page_describe(page, &(struct page_about){
                            .screen = "board",
                            .title = page_question(viewer),
                            .description = texts_find(viewer->texts, definition->about.ref),
                            .address = buf_view(&address),
                            .board = definition});
    buf_add_text(&page->content, "<main class=\"wrap board\" id=\"main\">");
    add_head(page, viewer);
    add_ideas(page, viewer, list);
    page_add_rounds(page, viewer);
    add_how_to(page);
    add_links(page, viewer);
    buf_add_text(&page->content, "</main>");
}
