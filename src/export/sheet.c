#include "export/sheet.h"

#include "export/page_parts.h"

void sheet_begin(struct page *page, const struct sheet_subject *subject, const char *what)
{
    const struct definition *definition = &subject->viewer.board->definition;
    struct view title = texts_find(subject->viewer.texts, definition->title.ref);

    *page =
        (struct page){.tongue = tongue_of(view_of(definition->lang)), .base = subject->base};
    buf_printf(&page->title, "%s – ", what);
    markup_add_short(&page->title, page_question(&subject->viewer), 120);
    buf_printf(&page->content, "<header><p class=\"what\">%s</p><h1>", what);
    page_add_question(page, &subject->viewer);
    buf_add_text(&page->content, "</h1>");
    if (title.len && texts_find(subject->viewer.texts, definition->question.ref).len) {
        buf_add_text(&page->content, "<p class=\"of\"");
        page_add_lang(page, &subject->viewer, "");
        buf_add_char(&page->content, '>');
        page_add(page, title);
        buf_add_text(&page->content, "</p>");
    }
    buf_printf(&page->content, "<p class=\"quiet\">%s ",
               page_say(page, "État de la consultation le", "State of the consultation on"));
    page_add_moment(page, subject->viewer.board->last.ms);
    buf_add_text(&page->content, "</p></header>");
}

void sheet_end(struct buf *to, struct page *page)
{
    buf_printf(to,
               "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><meta "
               "name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta "
               "name=\"robots\" content=\"noindex\"><title>",
               tongue_name(page->tongue));
    buf_add_view(to, buf_view(&page->title));
    buf_add_text(to, "</title><link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\">"
                     "<link rel=\"stylesheet\" href=\"/styles/sheet.css\"></head><body><main>");
    buf_add_view(to, buf_view(&page->content));
    buf_add_text(to, "</main></body></html>\n");
    page_finish(page);
}

void sheet_section(struct page *page, const char *title)
{
    buf_printf(&page->content, "<section><h2>%s</h2>", title);
}

void sheet_section_end(struct page *page)
{
    buf_add_text(&page->content, "</section>");
}

void sheet_add_numbers(struct page *page, const struct standing *item)
{
    uint32_t judged = tally_judged(&item->tally);
    AUTO_BUF words = {0};

    if (!judged) {
        buf_add_text(&words, page_say(page, "Personne n’a donné son avis.",
                                      "Nobody gave their opinion."));
        page_add_phrase(page, &words);
        return;
    }
    buf_add_text(&words, page_say(page, "Sur ", "Out of "));
    phrase_count(&words, page->tongue, judged, &noun_opinion);
    buf_printf(&words,
               page->tongue == FRENCH ? " : %u Pour, %u Contre et %u Sans avis. Cela fait "
                                      : ": %u for, %u against and %u without opinion. That is ",
               item->tally.agree, item->tally.disagree, item->tally.pass);
    phrase_percent(&words, page->tongue, item->tally.agree, judged);
    buf_add_text(&words, page_say(page, " de Pour, et, compte tenu de la marge d’incertitude, ",
                                  " for and, given the margin of uncertainty, "));
    phrase_interval(&words, page->tongue, item->low, item->high);
    buf_add_char(&words, '.');
    page_add_phrase(page, &words);
}
