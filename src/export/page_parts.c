#include "export/page_parts.h"

#include "base/time.h"
#include "core/alerts.h"
#include "core/round.h"
#include "wire/names.h"

#include <string.h>

void page_add_phrase(struct page *page, struct buf *phrase)
{
    page_add(page, buf_view(phrase));
    buf_clear(phrase);
}

void page_add_lang(struct page *page, const struct viewer *viewer, const char *lang)
{
    buf_add_text(&page->content, " dir=\"auto\" lang=\"");
    page_add(page, view_of(lang[0] ? lang : viewer->board->definition.lang));
    buf_add_char(&page->content, '"');
}

void page_add_words(struct page *page, const struct viewer *viewer, const char *before,
                    struct view text, const char *after)
{
    if (text.len) {
        buf_add_text(&page->content, before);
        page_add_lang(page, viewer, "");
        buf_add_char(&page->content, '>');
        page_add(page, text);
        buf_add_text(&page->content, after);
    }
}

void page_add_lines(struct page *page, struct buf *phrase)
{
    struct view rest = buf_view(phrase);

    while (rest.len) {
        const char *end = memchr(rest.ptr, '\n', rest.len);
        struct view line = {rest.ptr, end ? (size_t)(end - rest.ptr) : rest.len};
        size_t used = line.len + (end != NULL);

        buf_add_text(&page->content, "<li>");
        page_add(page, line);
        buf_add_text(&page->content, "</li>");
        rest = (struct view){rest.ptr + used, rest.len - used};
    }
    buf_clear(phrase);
}

void page_add_moment(struct page *page, uint64_t ms)
{
    AUTO_BUF words = {0};

    buf_add_text(&page->content, "<time datetime=\"");
    time_write(&page->content, ms);
    buf_add_text(&page->content, "\">");
    phrase_moment(&words, page->tongue, ms);
    page_add_phrase(page, &words);
    buf_add_text(&page->content, "</time>");
}

void page_add_count(struct page *page, uint64_t count, const struct noun *noun)
{
    AUTO_BUF words = {0};

    phrase_count(&words, page->tongue, count, noun);
    page_add_phrase(page, &words);
}

/* Boards */

struct view page_question(const struct viewer *viewer)
{
    const struct definition *definition = &viewer->board->definition;
    struct view question = texts_find(viewer->texts, definition->question.ref);

    return question.len ? question : texts_find(viewer->texts, definition->title.ref);
}

void page_add_question(struct page *page, const struct viewer *viewer)
{
    buf_add_text(&page->content, "<span");
    page_add_lang(page, viewer, "");
    buf_add_char(&page->content, '>');
    page_add(page, page_question(viewer));
    buf_add_text(&page->content, "</span>");
}

static void add_figure(struct page *page, uint64_t count, const struct noun *noun)
{
    buf_add_text(&page->content, "<span>");
    page_add_count(page, count, noun);
    buf_add_text(&page->content, "</span> ");
}

void page_add_counts(struct page *page, const struct viewer *viewer)
{
    const struct board *board = viewer->board;

    buf_add_text(&page->content, "<p class=\"meta quiet num\">");
    add_figure(page, board->ideas_count, &noun_idea);
    add_figure(page, board->active_people, &noun_participant);
    if (view_shows_scores(viewer)) {
        add_figure(page, board->ballots, &noun_opinion);
    }
    buf_add_text(&page->content, "</p>");
}

void page_add_back(struct page *page, const struct viewer *viewer)
{
    buf_printf(&page->content, "<p class=\"back\"><a href=\"/b/%s\">← %s</a></p>",
               viewer->board->definition.slug, page_say(page, "Toutes les idées", "All ideas"));
}

/* Ideas */

bool page_lists(const struct idea *idea)
{
    return idea->state == IDEA_SHOWN;
}

bool page_may_tell_fate(const struct viewer *viewer, const struct idea *idea)
{
    return !idea->candidate || !round_result(viewer->board, idea->candidate) ||
           view_shows_result(viewer, idea->candidate);
}

bool page_is_out(const struct viewer *viewer, const struct idea *idea)
{
    return idea->outcome == OUTCOME_ELIMINATED && page_may_tell_fate(viewer, idea);
}

void page_add_said(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    struct view text = view_shows_text(viewer, idea) ? texts_find(viewer->texts, idea->text)
                                                     : (struct view){NULL, 0};

    if (!text.len) {
        buf_printf(&page->content, "<em class=\"quiet\">%s</em>",
                   phrase_state(page->tongue, idea->state));
        return;
    }
    buf_add_text(&page->content, "<span class=\"said\"");
    page_add_lang(page, viewer, idea->lang);
    buf_add_char(&page->content, '>');
    page_add(page, text);
    buf_add_text(&page->content, "</span>");
}

void page_add_idea_link(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    buf_printf(&page->content, "<a href=\"/b/%s/i/%u\">", viewer->board->definition.slug,
               idea->number);
    page_add_said(page, viewer, idea);
    buf_add_text(&page->content, "</a>");
}

/* A stretch of the bar in tenths of a percent, as the client draws it. */
static void add_stretch(struct page *page, const char *name, uint64_t from, uint64_t to)
{
    buf_printf(&page->content,
               "<rect class=\"%s\" x=\"%u.%u\" width=\"%u.%u\" height=\"4\"></rect>", name,
               (unsigned)(from / 10), (unsigned)(from % 10), (unsigned)((to - from) / 10),
               (unsigned)((to - from) % 10));
}

static void add_shape(struct page *page, const struct tally *tally)
{
    uint64_t judged = tally_judged(tally);
    uint64_t agree = (uint64_t)1000 * tally->agree / judged;
    uint64_t pass = (uint64_t)1000 * ((uint64_t)tally->agree + tally->pass) / judged;

    buf_add_text(&page->content,
                 "<svg class=\"bar-shape\" viewBox=\"0 0 100 4\" "
                 "preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">");
    add_stretch(page, "agree", 0, agree);
    add_stretch(page, "pass", agree, pass);
    add_stretch(page, "disagree", pass, 1000);
    buf_add_text(&page->content, "</svg>");
}

void page_add_bar(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    AUTO_BUF words = {0};

    if (!tally_judged(&idea->tally) || !view_shows_scores(viewer)) {
        return;
    }
    phrase_support(&words, page->tongue, &idea->tally);
    buf_add_text(&page->content, "<div class=\"bar\">");
    add_shape(page, &idea->tally);
    buf_add_text(&page->content, "<b class=\"num\">");
    page_add_phrase(page, &words);
    buf_add_text(&page->content, "</b></div>");
}

void page_add_outcome(struct page *page, enum outcome outcome, enum ground ground)
{
    const char *words = phrase_outcome(page->tongue, outcome, ground);

    if (words) {
        buf_printf(&page->content, "<span class=\"outcome %s\">%s</span> ",
                   name_of_outcome(outcome), words);
    }
}

static void add_relation(struct page *page, const struct viewer *viewer,
                         const struct idea *idea)
{
    if (idea->relation == RELATION_IDEA) {
        return;
    }
    buf_printf(&page->content, "<a class=\"kind %s\" href=\"/b/%s/i/%u\">↳ %s #%u</a> ",
               name_of_relation(idea->relation), viewer->board->definition.slug, idea->parent,
               phrase_relation(page->tongue, idea->relation), idea->parent);
}

uint32_t page_days_late(const struct page *page, const struct viewer *viewer,
                        const struct idea *idea)
{
    if (!page->today || !idea_is_overdue(viewer->board, idea, page->today)) {
        return 0;
    }
    return date_days_after(page->today,
                           viewer->board->followups[idea->last_followup - 1].next_by);
}

static void add_late(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    uint32_t days = page_days_late(page, viewer, idea);
    AUTO_BUF words = {0};

    if (days) {
        buf_add_text(&words, page_say(page, "Réponse promise ", "The promised answer is "));
        phrase_late(&words, page->tongue, days);
        buf_add_text(&page->content, "<span class=\"fault\">");
        page_add_phrase(page, &words);
        buf_add_text(&page->content, "</span> ");
    }
}

static void add_labels(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    if (idea->theme) {
        buf_add_text(&page->content, "<span class=\"tag\" dir=\"auto\">");
        page_add(page, view_of(viewer->board->definition.themes[idea->theme - 1]));
        buf_add_text(&page->content, "</span> ");
    }
    if (page_may_tell_fate(viewer, idea)) {
        page_add_outcome(page, idea->outcome, idea->ground);
    }
    add_late(page, viewer, idea);
    if (idea->seed) {
        buf_printf(&page->content, "<span>%s</span> ",
                   page_say(page, "Idée de départ, proposée par l’organisateur",
                            "Starting idea, proposed by the organisers"));
    }
    if (idea->proxy) {
        buf_printf(&page->content, "<span>%s</span> ",
                   page_say(page, "Saisie par l’équipe pour une personne présente",
                            "Entered by the team for somebody who was there"));
    }
}

void page_add_meta(struct page *page, const struct viewer *viewer, const struct idea *idea)
{
    AUTO_BUF name = {0};
    uint32_t judged = tally_judged(&idea->tally);

    buf_add_text(&page->content, "<div class=\"meta quiet\">");
    add_relation(page, viewer, idea);
    add_labels(page, viewer, idea);
    buf_printf(&page->content, "<span class=\"num\">#%u</span> ", idea->number);
    phrase_author(&name, viewer, idea->author);
    if (name.len && view_shows_text(viewer, idea)) {
        buf_add_text(&page->content, "<bdi>");
        page_add_phrase(page, &name);
        buf_add_text(&page->content, "</bdi> ");
    }
    if (judged && view_shows_scores(viewer)) {
        buf_add_text(&page->content, "<span class=\"num\">");
        page_add_count(page, judged, &noun_opinion);
        buf_add_text(&page->content, "</span> ");
    }
    if (idea->replies) {
        buf_printf(&page->content, "<a class=\"num\" href=\"/b/%s/i/%u\">",
                   viewer->board->definition.slug, idea->number);
        page_add_count(page, idea->replies, &noun_reply);
        buf_add_text(&page->content, "</a>");
    }
    buf_add_text(&page->content, "</div>");
}

void page_add_card(struct page *page, const struct viewer *viewer, const struct idea *idea,
                   size_t rank)
{
    buf_printf(&page->content, "<li class=\"card%s\">",
               idea->relation == RELATION_IDEA ? "" : " reply");
    if (rank) {
        buf_printf(&page->content, "<span class=\"rank num\">%zu</span>", rank);
    }
    buf_add_text(&page->content, "<p class=\"text\">");
    page_add_idea_link(page, viewer, idea);
    buf_add_text(&page->content, "</p>");
    page_add_bar(page, viewer, idea);
    page_add_meta(page, viewer, idea);
    buf_add_text(&page->content, "</li>");
}

void page_add_margin(struct page *page)
{
    buf_printf(&page->content, "<p class=\"quiet\">%s</p>",
               page_say(page,
                        "« Entre … et … » : marge d’incertitude, parmi ceux qui ont donné leur "
                        "avis ; ce n’est pas un sondage.",
                        "“Between … and …”: margin of uncertainty, among those who gave their "
                        "opinion; this is not a poll."));
}

/* What everybody may take away, under the names that the screen has for it. */
void page_add_downloads(struct page *page, const char *slug, uint32_t round)
{
    static const struct {
        const char *before; /* of the board in the address */
        const char *file;
        const char *french;
        const char *english;
    } files[] = {
        {"/b/", "rapport", "Le rapport à imprimer", "The report to print"},
        {"/b/", "laureats", "Une page par lauréate", "A page per winner"},
        {"/api/boards/", "ideas.csv", "Les idées (CSV)", "The ideas (CSV)"},
        {"/api/boards/", "ballots.csv", "Les avis (CSV)", "The opinions (CSV)"},
        {"/api/boards/", "board.xlsx", "Le classeur (XLSX)", "The workbook (XLSX)"},
    };

    buf_printf(
        &page->content, "<section><h2>%s</h2><p class=\"quiet\">%s</p><ul class=\"row\">",
        page_say(page, "Les données", "The data"),
        page_say(
            page,
            "Pour refaire les calculs soi-même. Les avis y sont sans nom, sous un numéro "
            "tiré au sort à chaque téléchargement.",
            "To redo the calculations yourself. Opinions carry no name there, only a number "
            "drawn anew for each download."));
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        buf_printf(&page->content, "<li><a class=\"button plain\" href=\"%s%s/%s\">%s</a></li>",
                   files[i].before, slug, files[i].file,
                   page_say(page, files[i].french, files[i].english));
    }
    buf_printf(&page->content,
               "<li><a class=\"button plain\" href=\"/api/boards/%s/ranking?round=%u\">%s</a>"
               "</li></ul></section>",
               slug, round, page_say(page, "Le classement (JSON)", "The ranking (JSON)"));
}

static void add_time(struct page *page, uint64_t ms, const char *what)
{
    buf_printf(&page->content, "<li>%s ", what);
    page_add_moment(page, ms);
    buf_add_text(&page->content, "</li>");
}

static void add_condition(struct page *page, uint32_t count, const char *what)
{
    if (count) {
        buf_printf(&page->content, "<li>%s%s%u</li>", what, page_say(page, " : ", ": "), count);
    }
}

void page_add_course(struct page *page, const struct round *round)
{
    if (round->opened_ms) {
        add_time(page, round->opened_ms, page_say(page, "Ouverture :", "Opened:"));
    }
    if (round->closed_ms && round->closed_version) {
        add_time(page, round->closed_ms, page_say(page, "Clôture :", "Closed:"));
    }
    add_condition(page, round->extended,
                  page_say(page, "Minutes de prolongation", "Minutes of extension"));
    if (round->early) {
        buf_printf(&page->content, "<li>%s</li>",
                   page_say(page, "Clôture avant l’heure annoncée",
                            "Closed before the announced time"));
    }
    add_condition(
        page, round->reopenings,
        page_say(page, "Réouvertures après la clôture", "Reopenings after the close"));
    add_condition(page, round->previews,
                  page_say(page,
                           "Aperçus du résultat demandés par les responsables avant la fin",
                           "Previews of the result asked for by the leads before the end"));
}
