/* page_idea — one idea: what it grew from, what grew from it, and how it fared. */
#include "core/round.h"
#include "export/page_parts.h"
#include "wire/names.h"

enum {
    THREAD_MAX = 500, /* ideas of a thread on one page */
    SHORT = 80        /* characters of one in the title of another */
};

/* Above it */

static void add_ancestor(struct page *page, const struct viewer *viewer,
                         const struct idea *parent, const struct idea *child)
{
    buf_add_text(&page->content, "<li>");
    page_add_idea_link(page, viewer, parent);
    if (page_is_out(viewer, parent)) {
        buf_add_text(&page->content, " <span class=\"quiet\">");
        page_add_outcome(page, parent->outcome, parent->ground);
        buf_add_text(&page->content, "</span>");
    }
    buf_printf(&page->content, " <span class=\"kind %s\">↓ %s</span></li>",
               name_of_relation(child->relation),
               phrase_relation(page->tongue, child->relation));
}

static void add_chain(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    const struct idea *path[LIMIT_DEPTH + 1];
    const struct idea *crossed = board_idea(viewer->board, idea->with);
    size_t depth = 0;

    for (const struct idea *at = idea; at && depth <= LIMIT_DEPTH;
         at = board_idea(viewer->board, at->parent)) {
        path[depth++] = at;
    }
    if (depth > 1) {
        buf_printf(&page->content, "<nav class=\"chain\" aria-label=\"%s\"><ol>",
                   page_say(page, "Le fil", "The thread"));
        for (size_t i = depth - 1; i > 0; i--) {
            add_ancestor(page, viewer, path[i], path[i - 1]);
        }
        buf_add_text(&page->content, "</ol></nav>");
    }
    if (crossed) {
        buf_printf(&page->content, "<p class=\"crossed\"><span class=\"quiet\">%s</span> ",
                   page_say(page, "Croisée avec", "Crossed with"));
        page_add_idea_link(page, viewer, crossed);
        buf_add_text(&page->content, "</p>");
    }
}

/* Itself */

/* In numbers, or why there are none. */
static void add_results(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    const struct round_definition *round = board_round(viewer->board);
    AUTO_BUF words = {0};

    if (!view_shows_scores(viewer) && board_competes(viewer->board, idea)) {
        buf_printf(
            &page->content, "<p class=\"masked quiet\">%s</p>",
            round->scores == SCORES_AFTER_VOTE
                ? page_say(page,
                           "Les résultats d’une idée s’affichent une fois votre avis donné.",
                           "The results of an idea show once you have given your opinion.")
                : page_say(page, "Résultats masqués jusqu’à la fin du tour",
                           "Results hidden until the end of the round"));
    } else if (view_shows_scores(viewer) && tally_judged(&idea->tally)) {
        page_add_bar(page, viewer, idea);
        phrase_tally(&words, page->tongue, &idea->tally);
        buf_add_text(&page->content, "<p class=\"num quiet\">");
        page_add_phrase(page, &words);
        buf_add_text(&page->content, "</p>");
    }
}

/* Beside the ballots, where theirs are told. */
static void add_hands(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    if (!idea->hands_ms || !view_shows_score(viewer, idea)) {
        return;
    }
    buf_printf(&page->content, "<p class=\"num quiet\">%s %u %s, %u %s, %u %s.</p>",
               page_say(page, "À main levée dans la salle (hors avis) :",
                        "By show of hands in the room (apart from the opinions):"),
               idea->hands.agree, page_say(page, "pour", "for"), idea->hands.disagree,
               page_say(page, "contre", "against"), idea->hands.pass,
               page_say(page, "sans avis", "no opinion"));
}

static void add_milestone(struct page *page, const struct viewer *viewer,
                          const struct idea *idea)
{
    if (idea->merged_into) {
        buf_printf(&page->content, "<p><a href=\"/b/%s/i/%u\">%s #%u.</a></p>",
                   viewer->board->definition.slug, idea->merged_into,
                   page_say(page, "Cette idée a été réunie avec l’idée",
                            "This idea was merged with idea"),
                   idea->merged_into);
    }
    if (page_is_out(viewer, idea)) {
        buf_printf(&page->content, "<div class=\"notice milestone\"><p>%s</p></div>",
                   page_say(page,
                            "Cette idée n’a pas été qualifiée. Elle reste lisible, et peut en "
                            "faire naître d’autres.",
                            "This idea did not qualify. It can still be read, and others can "
                            "grow from it."));
    }
}

static void add_face(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    buf_printf(&page->content,
               "<article class=\"face\"><h1><span class=\"hidden\">%s #%u – </span>",
               page_say(page, "Idée", "Idea"), idea->number);
    page_add_said(page, viewer, idea);
    buf_add_text(&page->content, "</h1>");
    page_add_meta(page, viewer, idea);
    add_results(page, viewer, idea);
    add_hands(page, viewer, idea);
    add_milestone(page, viewer, idea);
    buf_add_text(&page->content, "</article>");
}

/* Its rounds */

static const struct standing *standing_in(const struct viewer *viewer, uint32_t round,
                                          const struct idea *idea)
{
    const struct round_result *result =
        view_shows_result(viewer, round) ? round_result(viewer->board, round) : NULL;

    for (size_t i = 0; result && i < result->selection.count; i++) {
        if (result->selection.items[i].idea == idea->number) {
            return &result->selection.items[i];
        }
    }
    return NULL;
}

static void add_station(struct page *page, const struct viewer *viewer, uint32_t round,
                        const struct standing *item)
{
    buf_printf(&page->content, "<li><a href=\"/b/%s?mode=result&amp;round=%u\">%s %u</a>%s",
               viewer->board->definition.slug, round, page_say(page, "Tour", "Round"), round,
               page_say(page, " : ", ": "));
    if (tally_judged(&item->tally)) {
        buf_printf(&page->content, "%s %u, ", page_say(page, "rang", "rank"), item->rank);
        page_add_count(page, tally_judged(&item->tally), &noun_opinion);
        buf_add_text(&page->content, " ");
    }
    page_add_outcome(page, item->outcome, item->ground);
    buf_add_text(&page->content, "</li>");
}

static void add_path(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    bool begun = false;

    for (uint32_t i = 1; i <= viewer->board->round; i++) {
        const struct standing *item = standing_in(viewer, i, idea);

        if (!item || !(viewer->board->definition.rounds[i - 1].allows & ALLOW_VOTE)) {
            continue;
        }
        if (!begun) {
            buf_printf(&page->content,
                       "<section class=\"path\"><h2>%s</h2><ol class=\"points num\">",
                       page_say(page, "Le parcours de l’idée", "The path of the idea"));
            begun = true;
        }
        add_station(page, viewer, i, item);
    }
    buf_add_text(&page->content, begun ? "</ol></section>" : "");
}

/* What was done about it */

static void add_followup(struct page *page, const struct viewer *viewer,
                         const struct followup *item, bool readable)
{
    struct view answer =
        readable ? texts_find(viewer->texts, item->answer) : (struct view){NULL, 0};

    buf_printf(&page->content, "<li><p><b>%s</b> <span class=\"quiet\">",
               phrase_followup(page->tongue, item->status));
    page_add_moment(page, item->at_ms);
    buf_add_text(&page->content, "</span></p>");
    if (answer.len) {
        buf_add_text(&page->content, "<p class=\"said\"");
        page_add_lang(page, viewer, "");
        buf_add_char(&page->content, '>');
        page_add(page, answer);
        buf_add_text(&page->content, "</p>");
    }
    buf_add_text(&page->content, "</li>");
}

/* When more will be said, or was to be. */
static void add_promise(struct page *page, const struct viewer *viewer, const struct idea *idea,
                        uint32_t next_by)
{
    uint32_t days = page_days_late(page, viewer, idea);
    AUTO_BUF words = {0};

    buf_add_text(
        &words,
        days ? page_say(page, "Réponse promise pour le ", "Answer promised for ")
             : page_say(page, "Prochaine réponse promise le ", "Next answer promised for "));
    phrase_day(&words, page->tongue, next_by);
    if (days) {
        buf_add_text(&words, page_say(page, " : elle est ", ": it is "));
        phrase_late(&words, page->tongue, days);
        buf_add_char(&words, '.');
    }
    buf_printf(&page->content, "<li class=\"%s\"><p>", days ? "next overdue" : "next");
    page_add_phrase(page, &words);
    buf_add_text(&page->content, "</p></li>");
}

static void add_followups(struct page *page, const struct viewer *viewer,
                          const struct idea *idea)
{
    bool readable = view_shows_text(viewer, idea);
    const struct followup *last = NULL;

    if (!idea->followups) {
        return;
    }
    buf_printf(&page->content, "<section><h2>%s</h2><ol class=\"timeline\">",
               page_say(page, "Les suites données", "What was done about it"));
    for (const struct followup *item = board_next_followup(viewer->board, idea, NULL); item;
         item = board_next_followup(viewer->board, idea, item)) {
        add_followup(page, viewer, item, readable);
        last = item;
    }
    if (last && last->next_by) {
        add_promise(page, viewer, idea, last->next_by);
    }
    buf_add_text(&page->content, "</ol></section>");
}

/* Below it */

static void add_lane(struct page *page, const struct viewer *viewer, const struct idea *parent,
                     enum relation relation)
{
    static const char *const titles[RELATIONS][2] = {
        {"", ""},
        {"Enrichir – « Oui, et… »", "Expand – “Yes, and…”"},
        {"Objecter – « Oui, mais… »", "Object – “Yes, but…”"},
        {"Adapter – « Et si plutôt… »", "Adapt – “What if instead…”"},
        {"Questionner – « Il manque… »", "Question – “What about…”"},
    };
    const struct board *board = viewer->board;

    buf_printf(&page->content,
               "<section class=\"lane %s\"><h3 class=\"kind %s\">%s</h3><ol class=\"cards\">",
               name_of_relation(relation), name_of_relation(relation),
               titles[relation][page->tongue]);
    for (size_t i = parent->number; i < board->ideas_count; i++) {
        const struct idea *idea = &board->ideas[i];

        if ((idea->parent == parent->number || idea->with == parent->number) &&
            idea->relation == relation && page_lists(idea)) {
            page_add_card(page, viewer, idea, 0);
        }
    }
    buf_add_text(&page->content, "</ol></section>");
}

static void add_lanes(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    buf_printf(&page->content, "<section><h2>%s</h2><div class=\"lanes\">",
               page_say(page, "Ce qui s’appuie sur cette idée", "What builds on this idea"));
    for (unsigned relation = RELATION_EXPAND; relation < RELATIONS; relation++) {
        add_lane(page, viewer, idea, (enum relation)relation);
    }
    buf_add_text(&page->content, "</div></section>");
}

/* The whole thread. Numbers of ideas of the root's thread; 0: none. */
struct thread {
    uint32_t *child; /* of idea n at n: its first reply; owned */
    uint32_t *next;  /* likewise: the reply after it under the same parent; owned */
    size_t count;
};

/* Links the first THREAD_MAX of them, which a parent is among before its replies. */
static void thread_init(struct thread *thread, const struct board *board, uint32_t root)
{
    size_t last = 0;

    *thread = (struct thread){
        .child = mem_array(board->ideas_count + 1, sizeof *thread->child),
        .next = mem_array(board->ideas_count + 1, sizeof *thread->next),
    };
    for (size_t n = root; n <= board->ideas_count; n++) {
        if (board->ideas[n - 1].root == root && ++thread->count <= THREAD_MAX) {
            last = n;
        }
    }
    for (size_t n = last; n > root; n--) {
        const struct idea *idea = &board->ideas[n - 1];

        if (idea->root == root) {
            thread->next[n] = thread->child[idea->parent];
            thread->child[idea->parent] = (uint32_t)n;
        }
    }
}

static void thread_finish(struct thread *thread)
{
    mem_free(thread->child);
    mem_free(thread->next);
}

static void add_leaf(struct page *page, const struct viewer *viewer, const struct idea *idea,
                     const struct idea *current)
{
    buf_printf(&page->content, "<li%s>", idea == current ? " aria-current=\"true\"" : "");
    if (idea->relation != RELATION_IDEA) {
        buf_printf(&page->content, "<span class=\"kind %s\">%s</span> ",
                   name_of_relation(idea->relation),
                   phrase_relation(page->tongue, idea->relation));
    }
    page_add_idea_link(page, viewer, idea);
    buf_printf(&page->content, " <span class=\"quiet num\">#%u</span>", idea->number);
}

/* Closes an idea and those above it that have nothing after them: the idea after the last of
   them; 0: the whole list is written. */
static uint32_t climb(struct page *page, const struct board *board, const struct thread *thread,
                      uint32_t at, uint32_t root)
{
    buf_add_text(&page->content, "</li>");
    while (at != root && !thread->next[at]) {
        at = board_idea(board, at)->parent;
        buf_add_text(&page->content, "</ul></li>");
    }
    return at == root ? 0 : thread->next[at];
}

/* Depth first, without recursion: from each idea to its replies, or to the one after it. */
static void add_tree(struct page *page, const struct viewer *viewer,
                     const struct thread *thread, const struct idea *current)
{
    uint32_t at = current->root;

    buf_add_text(&page->content, "<ul>");
    while (at) {
        add_leaf(page, viewer, board_idea(viewer->board, at), current);
        if (thread->child[at]) {
            buf_add_text(&page->content, "<ul>");
            at = thread->child[at];
        } else {
            at = climb(page, viewer->board, thread, at, current->root);
        }
    }
    buf_add_text(&page->content, "</ul>");
}

static void add_thread(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    struct thread thread;

    thread_init(&thread, viewer->board, idea->root);
    if (thread.count > 1) {
        buf_printf(&page->content, "<details class=\"about outline\" open><summary>%s (",
                   page_say(page, "Tout le fil", "The whole thread"));
        page_add_count(page, thread.count, &noun_idea);
        buf_add_text(&page->content, ")</summary>");
        add_tree(page, viewer, &thread, idea);
        if (thread.count > THREAD_MAX) {
            buf_printf(&page->content, "<p class=\"quiet\">%s</p>",
                       page_say(page, "Le fil est trop long pour être montré en entier.",
                                "The thread is too long to be shown in full."));
        }
        buf_add_text(&page->content, "</details>");
    }
    thread_finish(&thread);
}

void page_idea(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    struct view text = view_shows_text(viewer, idea) ? texts_find(viewer->texts, idea->text)
                                                     : (struct view){NULL, 0};
    AUTO_BUF address = {0};
    AUTO_BUF title = {0};

    buf_printf(&address, "/b/%s/i/%u", viewer->board->definition.slug, idea->number);
    if (text.len) {
        markup_add_plain_short(&title, text, SHORT);
    } else {
        buf_printf(&title, "%s #%u", page_say(page, "Idée", "Idea"), idea->number);
    }
    page_describe(page, &(struct page_about){.screen = "idea",
                                             .title = buf_view(&title),
                                             .description = page_question(viewer),
                                             .address = buf_view(&address),
                                             .board = &viewer->board->definition});
    buf_add_text(&page->content, "<main class=\"wrap idea\" id=\"main\">");
    page_add_back(page, viewer);
    add_chain(page, viewer, idea);
    add_face(page, viewer, idea);
    add_followups(page, viewer, idea);
    add_path(page, viewer, idea);
    add_lanes(page, viewer, idea);
    add_thread(page, viewer, idea);
    buf_add_text(&page->content, "</main>");
}
