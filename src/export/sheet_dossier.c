/* sheet_dossier — a page about each winner: its words, how it came there, and what was said of
   it, for and against. */
#include "core/round.h"
#include "export/page_parts.h"
#include "export/sheet.h"
#include "export/winners.h"

enum {
    REPLIES_SHOWN = 3
};

/* One winner. */
struct dossier {
    const struct sheet_subject *subject;
    const struct winners *winners;
    const struct standing *item;
    const struct idea *idea;
};

static bool replies_to(const struct dossier *dossier, const struct idea *idea,
                       enum relation relation)
{
    uint32_t number = dossier->idea->number;

    return idea->relation == relation && (idea->parent == number || idea->with == number) &&
           page_lists(idea);
}

/* More agree with it; where that may not be told, and among equals, the older one. */
static bool is_stronger(const struct dossier *dossier, const struct idea *a,
                        const struct idea *b)
{
    return view_shows_scores(&dossier->subject->viewer) && a->tally.agree > b->tally.agree;
}

/* Puts it in its place among the best so far; the last of them falls out. */
static void place(const struct dossier *dossier, const struct idea *best[REPLIES_SHOWN],
                  const struct idea *idea)
{
    for (size_t i = 0; idea && i < REPLIES_SHOWN; i++) {
        if (!best[i] || is_stronger(dossier, idea, best[i])) {
            const struct idea *moved = best[i];

            best[i] = idea;
            idea = moved;
        }
    }
}

/* The strongest replies of a kind, best first; how many there are in all. */
static size_t find_replies(const struct dossier *dossier, enum relation relation,
                           const struct idea *best[REPLIES_SHOWN])
{
    const struct board *board = dossier->subject->viewer.board;
    size_t count = 0;

    for (size_t n = dossier->idea->number; n < board->ideas_count; n++) {
        if (replies_to(dossier, &board->ideas[n], relation)) {
            place(dossier, best, &board->ideas[n]);
            count++;
        }
    }
    return count;
}

static void add_reply(struct page *page, const struct dossier *dossier, const struct idea *idea)
{
    const struct viewer *viewer = &dossier->subject->viewer;
    AUTO_BUF words = {0};

    buf_add_text(&page->content, "<li>");
    page_add_said(page, viewer, idea);
    buf_printf(&page->content, " <span class=\"quiet\">(%s %u", page_say(page, "n°", "no."),
               idea->number);
    phrase_author(&words, viewer, idea->author);
    if (words.len) {
        buf_add_text(&page->content, page_say(page, ", par ", ", by "));
        page_add_phrase(page, &words);
    }
    if (view_shows_scores(viewer) && tally_judged(&idea->tally)) {
        buf_add_text(&words, ", ");
        phrase_support(&words, page->tongue, &idea->tally);
        page_add_phrase(page, &words);
    }
    buf_add_text(&page->content, ")</span></li>");
}

static void add_replies(struct page *page, const struct dossier *dossier,
                        enum relation relation, const char *title, const char *none)
{
    const struct idea *best[REPLIES_SHOWN] = {0};
    size_t count = find_replies(dossier, relation, best);

    buf_printf(&page->content, "<h3>%s</h3>", title);
    if (!count) {
        buf_printf(&page->content, "<p class=\"quiet\">%s</p>", none);
        return;
    }
    buf_add_text(&page->content, "<ul>");
    for (size_t i = 0; i < REPLIES_SHOWN && best[i]; i++) {
        add_reply(page, dossier, best[i]);
    }
    buf_add_text(&page->content, "</ul>");
    if (count > REPLIES_SHOWN) {
        buf_printf(&page->content, "<p class=\"quiet\">%s%zu</p>",
                   page_say(page, "Il y en a en tout : ", "In all there are: "), count);
    }
}

/* Who is behind it */

static void add_author(struct page *page, const struct dossier *dossier)
{
    const struct idea *idea = dossier->idea;
    AUTO_BUF name = {0};

    phrase_author(&name, &dossier->subject->viewer, idea->author);
    buf_add_text(&page->content, "<p class=\"quiet\">");
    if (idea->seed) {
        buf_add_text(&page->content,
                     page_say(page, "Idée de départ, proposée par l’organisateur, le ",
                              "Starting idea, put in by the organiser, on "));
    } else if (name.len) {
        buf_add_text(&page->content, page_say(page, "Proposée par ", "Proposed by "));
        page_add_phrase(page, &name);
        buf_add_text(&page->content, page_say(page, " le ", " on "));
    } else {
        buf_add_text(&page->content, page_say(page, "Proposée le ", "Proposed on "));
    }
    page_add_moment(page, idea->at_ms);
    if (idea->theme) {
        buf_add_text(&page->content, page_say(page, ". Thème : ", ". Theme: "));
        page_add(page,
                 view_of(dossier->subject->viewer.board->definition.themes[idea->theme - 1]));
    }
    buf_add_text(&page->content, ".</p>");
}

static void add_parent(struct page *page, const struct dossier *dossier)
{
    const struct idea *parent =
        board_idea(dossier->subject->viewer.board, dossier->idea->parent);

    if (parent) {
        buf_printf(&page->content, "<p class=\"quiet\">%s %s %u%s",
                   phrase_relation(page->tongue, dossier->idea->relation),
                   page_say(page, "l’idée n°", "idea no."), parent->number,
                   page_say(page, " : ", ": "));
        page_add_said(page, &dossier->subject->viewer, parent);
        buf_add_text(&page->content, "</p>");
    }
}

/* Its path */

static const struct standing *standing_in(const struct dossier *dossier, uint32_t number)
{
    const struct viewer *viewer = &dossier->subject->viewer;
    const struct round_result *result =
        view_shows_result(viewer, number) ? round_result(viewer->board, number) : NULL;

    for (size_t i = 0; result && i < result->selection.count; i++) {
        if (result->selection.items[i].idea == dossier->idea->number) {
            return &result->selection.items[i];
        }
    }
    return NULL;
}

static void add_path(struct page *page, const struct dossier *dossier)
{
    const struct viewer *viewer = &dossier->subject->viewer;

    buf_printf(&page->content, "<h3>%s</h3><ol>",
               page_say(page, "Son parcours", "How it came here"));
    for (uint32_t n = 1; n <= dossier->winners->round; n++) {
        const struct standing *item = standing_in(dossier, n);
        AUTO_BUF words = {0};

        if (!item || !(viewer->board->definition.rounds[n - 1].allows & ALLOW_VOTE)) {
            continue;
        }
        phrase_round(&words, page->tongue, viewer, n);
        buf_printf(&words, "%s%s %u %s %zu, ", page_say(page, " : ", ": "),
                   page_say(page, "rang", "rank"), item->rank, page_say(page, "sur", "of"),
                   round_result(viewer->board, n)->selection.count);
        phrase_tally(&words, page->tongue, &item->tally);
        buf_add_text(&page->content, "<li>");
        page_add_phrase(page, &words);
        buf_add_text(&page->content, ". ");
        page_add_outcome(page, item->outcome, item->ground);
        buf_add_text(&page->content, "</li>");
    }
    buf_add_text(&page->content, "</ol>");
}

/* What the team did */

static bool add_merged(struct page *page, const struct dossier *dossier)
{
    const struct board *board = dossier->subject->viewer.board;
    const struct idea *part = dossier->idea;
    const char *before = page_say(page, "D’autres idées ont été réunies avec elle : n° ",
                                  "Other ideas were merged with it: no. ");
    bool any = false;

    while ((part = board_next_part(board, dossier->idea, part)) != NULL) {
        buf_printf(&page->content, "%s%s%u", any ? "" : "<li>", any ? ", " : before,
                   part->number);
        any = true;
    }
    buf_add_text(&page->content, any ? ".</li>" : "");
    return any;
}

static void add_followups(struct page *page, const struct dossier *dossier)
{
    const struct viewer *viewer = &dossier->subject->viewer;
    const struct followup *item = NULL;

    while ((item = board_next_followup(viewer->board, dossier->idea, item)) != NULL) {
        struct view answer = texts_find(viewer->texts, item->answer);

        buf_add_text(&page->content, "<li>");
        page_add_moment(page, item->at_ms);
        buf_printf(&page->content, "%s%s", page_say(page, " : ", ": "),
                   phrase_followup(page->tongue, item->status));
        if (answer.len) {
            buf_add_text(&page->content, ". <span class=\"said\"");
            page_add_lang(page, viewer, "");
            buf_add_char(&page->content, '>');
            page_add(page, answer);
            buf_add_text(&page->content, "</span>");
        }
        buf_add_text(&page->content, "</li>");
    }
}

static void add_staff(struct page *page, const struct dossier *dossier)
{
    buf_printf(&page->content, "<h3>%s</h3><ul>",
               page_say(page, "Ce que l’équipe en a fait", "What the team did with it"));
    bool merged = add_merged(page, dossier);

    add_followups(page, dossier);
    if (!merged && !dossier->idea->followups) {
        buf_printf(&page->content, "<li>%s</li>",
                   dossier->idea->seed
                       ? page_say(page, "Elle l’a proposée ; rien n’y a été changé depuis.",
                                  "It put it in; nothing was changed since.")
                       : page_say(page,
                                  "Rien : ni réunion avec d’autres idées, ni réponse publiée.",
                                  "Nothing: neither merged with other ideas, nor answered."));
    }
    buf_add_text(&page->content, "</ul>");
}

static void add_dossier(struct page *page, const struct dossier *dossier)
{
    bool won = dossier->item->outcome == OUTCOME_WINNER;

    buf_printf(&page->content,
               "<article class=\"dossier\"><p class=\"what\">%s – %s %u</p><h2>",
               won ? page_say(page, "Lauréate", "Winner")
                   : page_say(page, "Idée qualifiée", "Idea that qualified"),
               page_say(page, "idée n°", "idea no."), dossier->idea->number);
    page_add_said(page, &dossier->subject->viewer, dossier->idea);
    buf_add_text(&page->content, "</h2>");
    add_author(page, dossier);
    add_parent(page, dossier);
    buf_add_text(&page->content, "<p>");
    sheet_add_numbers(page, dossier->item);
    buf_add_text(&page->content, "</p>");
    add_path(page, dossier);
    add_replies(page, dossier, RELATION_EXPAND,
                page_say(page, "Ce qui l’enrichit", "What expands it"),
                page_say(page, "Personne ne l’a enrichie.", "Nobody expanded it."));
    add_replies(page, dossier, RELATION_ADAPT,
                page_say(page, "Ce qui l’adapte", "What adapts it"),
                page_say(page, "Personne ne l’a adaptée.", "Nobody adapted it."));
    add_replies(page, dossier, RELATION_COUNTER,
                page_say(page, "Les plus fortes objections", "The strongest objections"),
                page_say(page, "Personne n’a fait d’objection.", "Nobody objected."));
    add_replies(page, dossier, RELATION_EXPLORE,
                page_say(page, "Les questions ouvertes", "The open questions"),
                page_say(page, "Personne n’a posé de question.", "Nobody asked a question."));
    add_staff(page, dossier);
    buf_add_text(&page->content, "</article>");
}

void sheet_dossiers(struct buf *to, const struct sheet_subject *subject)
{
    struct winners winners = winners_of(subject->viewer.board, subject->options);
    bool english = tongue_of(view_of(subject->viewer.board->definition.lang)) == ENGLISH;
    const struct standing *item = NULL;
    struct page page;
    size_t count = 0;

    sheet_begin(&page, subject, english ? "Winners" : "Lauréats");
    while (count < SHEET_WINNERS_MAX && (item = winners_next(&winners, item)) != NULL) {
        struct dossier dossier = {.subject = subject,
                                  .winners = &winners,
                                  .item = item,
                                  .idea = board_idea(subject->viewer.board, item->idea)};

        add_dossier(&page, &dossier);
        count++;
    }
    if (!count) {
        buf_printf(&page.content, "<p>%s</p>",
                   page_say(&page, "Rien n’est encore décidé.", "Nothing is decided yet."));
    }
    sheet_end(to, &page);
}
