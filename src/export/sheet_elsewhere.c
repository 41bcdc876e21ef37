/*
 * sheet_elsewhere — the part of the report about ideas that were done somewhere else: where,
 * what came of it, and the page that says so. What the board kept comes first.
 */
#include "export/page_parts.h"
#include "export/sheet.h"
#include "wire/source_text.h"

struct elsewhere {
    struct page *page;
    const struct sheet_subject *subject;
    size_t count; /* of those that were found so far */
};

/* Somebody said where, or what came of it: a source alone is only a reference. */
static bool says_where(const struct elsewhere *elsewhere, const struct idea *idea,
                       struct source_text *out)
{
    const struct viewer *viewer = &elsewhere->subject->viewer;

    bool is = view_shows_text(viewer, idea) && page_lists(idea) &&
              source_text_read(texts_find(viewer->texts, idea->source_text), out);

    if (is && (out->place.len || out->result.len)) {
        return true;
    }
    if (is) {
        source_text_finish(out);
    }
    return false;
}

/* On paper an address has to be read. */
static void add_link(struct page *page, const struct viewer *viewer,
                     const struct source_text *source)
{
    if (!source->url.len) {
        page_add_words(page, viewer, "<p class=\"quiet\"", source->title, "</p>");
        return;
    }
    buf_add_text(&page->content, "<p class=\"quiet\">");
    if (source->title.len) {
        page_add_words(page, viewer, "<span", source->title, "</span>");
        buf_add_text(&page->content, page_say(page, " : ", ": "));
    }
    buf_add_text(&page->content, "<a class=\"url\" rel=\"nofollow noopener\" href=\"");
    page_add(page, source->url);
    buf_add_text(&page->content, "\">");
    page_add(page, source->url);
    buf_add_text(&page->content, "</a></p>");
}

static void begin(struct page *page)
{
    sheet_section(page, page_say(page, "Déjà fait ailleurs", "Done elsewhere already"));
    buf_printf(
        &page->content, "<p>%s</p><ul class=\"elsewhere\">",
        page_say(page,
                 "Parmi les idées proposées, celles-ci ont été signalées comme déjà mises "
                 "en œuvre ailleurs. Les liens et les résultats sont ceux qui ont été "
                 "donnés par leurs auteurs ou par l’équipe.",
                 "Among the ideas that were proposed, these were said to have been carried "
                 "out elsewhere. Links and results are those given by their authors or by "
                 "the team."));
}

static void add_idea(struct elsewhere *elsewhere, const struct idea *idea,
                     const struct source_text *source)
{
    struct page *page = elsewhere->page;
    const struct viewer *viewer = &elsewhere->subject->viewer;

    buf_add_text(&page->content, "<li><p>");
    page_add_words(page, viewer, "<b", source->place, "</b>");
    buf_add_text(&page->content, source->place.len ? page_say(page, " : ", ": ") : "");
    page_add_said(page, viewer, idea);
    buf_printf(&page->content, " <span class=\"quiet\">(%s %u)</span></p>",
               page_say(page, "idée n°", "idea no."), idea->number);
    if (source->result.len) {
        buf_printf(&page->content, "<p>%s", page_say(page, "Résultat : ", "What came of it: "));
        page_add_words(page, viewer, "<span", source->result, "</span>");
        buf_add_text(&page->content, "</p>");
    }
    add_link(page, viewer, source);
    buf_add_text(&page->content, "</li>");
}

static void add_if_elsewhere(struct elsewhere *elsewhere, const struct idea *idea)
{
    struct source_text source;

    if (!says_where(elsewhere, idea, &source)) {
        return;
    }
    if (!elsewhere->count++) {
        begin(elsewhere->page);
    }
    if (elsewhere->count <= SHEET_ELSEWHERE_MAX) {
        add_idea(elsewhere, idea, &source);
    }
    source_text_finish(&source);
}

void report_elsewhere(struct page *page, const struct sheet_subject *subject)
{
    struct elsewhere elsewhere = {.page = page, .subject = subject};
    size_t count = 0;
    uint32_t *order = view_order(&subject->viewer, &count);

    for (size_t i = 0; i < count; i++) {
        add_if_elsewhere(&elsewhere, board_idea(subject->viewer.board, order[i]));
    }
    mem_free(order);
    if (!elsewhere.count) {
        return;
    }
    buf_add_text(&page->content, "</ul>");
    if (elsewhere.count > SHEET_ELSEWHERE_MAX) {
        buf_printf(&page->content, "<p>%s%zu.</p>",
                   page_say(page,
                            "Les premières sont reproduites ici, les autres sont dans les "
                            "données ; en tout : ",
                            "The first are given here, the others are in the data; in all: "),
                   elsewhere.count);
    }
    sheet_section_end(page);
}
