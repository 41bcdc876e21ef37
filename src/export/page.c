/* page — the shell around every page, and what each says of itself in its head. */
#include "export/page_parts.h"

#include <assert.h>
#include <string.h>

void page_finish(struct page *page)
{
    buf_finish(&page->title);
    buf_finish(&page->head);
    buf_finish(&page->content);
}

const char *page_say(const struct page *page, const char *french, const char *english)
{
    return say(page->tongue, french, english);
}

void page_add(struct page *page, struct view text)
{
    markup_add(&page->content, text);
}

enum {
    DESCRIPTION_MAX = 300,
    TITLE_MAX = 120
};

static void add_attribute(struct page *page, const char *before, struct view value, size_t max)
{
    buf_add_text(&page->head, before);
    markup_add_short(&page->head, value, max);
    buf_add_text(&page->head, "\">");
}

static void add_address(struct page *page, struct view address)
{
    static const char *const places[] = {"<link rel=\"canonical\" href=\"",
                                         "<meta property=\"og:url\" content=\""};

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        buf_add_text(&page->head, places[i]);
        markup_add(&page->head, page->base);
        markup_add(&page->head, address);
        buf_add_text(&page->head, "\">");
    }
}

static void add_alternates(struct page *page, const struct definition *board)
{
    if (board->visibility != VISIBILITY_PUBLIC) {
        buf_add_text(&page->head, "<meta name=\"robots\" content=\"noindex\">");
        return;
    }
    buf_printf(&page->head,
               "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"%s\" "
               "href=\"/b/%s/feed.atom\"><link rel=\"alternate\" type=\"text/calendar\" "
               "title=\"%s\" href=\"/b/%s/agenda.ics\">",
               page_say(page, "Nouvelles idées et résultats", "New ideas and results"),
               board->slug, page_say(page, "Calendrier des tours", "Calendar of the rounds"),
               board->slug);
}

void page_describe(struct page *page, const struct page_about *about)
{
    struct view title = about->title.len ? about->title : view_of("Pinson");

    page->screen = page->screen.len ? page->screen : view_of(about->screen);
    markup_add_short(&page->title, about->title, TITLE_MAX);
    buf_add_text(&page->title, about->title.len ? " – Pinson" : "Pinson");
    if (about->description.len) {
        add_attribute(page, "<meta name=\"description\" content=\"", about->description,
                      DESCRIPTION_MAX);
        add_attribute(page, "<meta property=\"og:description\" content=\"", about->description,
                      DESCRIPTION_MAX);
    }
    add_attribute(page, "<meta property=\"og:title\" content=\"", title, TITLE_MAX);
    buf_printf(&page->head,
               "<meta property=\"og:type\" content=\"website\"><meta property=\"og:site_name\" "
               "content=\"Pinson\"><meta property=\"og:locale\" content=\"%s\">",
               page_say(page, "fr_FR", "en_GB"));
    if (about->address.len) {
        add_address(page, about->address);
    } else {
        buf_add_text(&page->head, "<meta name=\"robots\" content=\"noindex\">");
    }
    if (about->board) {
        add_alternates(page, about->board);
    }
}

/* The shell */

static void add_foot(struct buf *to, const struct page *page)
{
    static const struct {
        const char *name;
        const char *french;
        const char *english;
    } pages[] = {
        {"help", "Aide", "Help"},
        {"easy", "Facile à lire", "Easy to read"},
        {"charter", "Charte", "Charter"},
        {"accessibility", "Accessibilité", "Accessibility"},
        {"privacy", "Données personnelles", "Personal data"},
        {"legal", "Mentions légales", "Legal notice"},
    };

    buf_printf(to, "<nav aria-label=\"%s\"><ul class=\"row center quiet\">",
               page_say(page, "À propos", "About"));
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        bool status = page->accessibility.len && strcmp(pages[i].name, "accessibility") == 0;

        buf_printf(to, "<li><a href=\"/pages/%s\">", pages[i].name);
        markup_add(to, status ? page->accessibility
                              : view_of(page_say(page, pages[i].french, pages[i].english)));
        buf_add_text(to, "</a></li>");
    }
    buf_add_text(to, "</ul></nav>");
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

/* Takes what stands before mark, which is there, off the front of text. */
static struct view take_before(struct view *text, const char *mark)
{
    const char *at = find(*text, mark);
    struct view before = {text->ptr, (size_t)(at - text->ptr)};

    assert(at < text->ptr + text->len);
    *text = after(*text, at + strlen(mark));
    return before;
}

/* Of the scripts that screens add, only those of the page's own are asked for ahead:
   <!--screen:NAME-->…<!--/screen--> stays, or goes. */
static void add_part(struct buf *to, struct view part, struct view screen)
{
    static const char begin[] = "<!--screen:";

    while (find(part, begin) < part.ptr + part.len) {
        buf_add_view(to, take_before(&part, begin));
        struct view name = take_before(&part, "-->");
        struct view scripts = take_before(&part, "<!--/screen-->");

        if (name.len == screen.len && memcmp(name.ptr, screen.ptr, name.len) == 0) {
            buf_add_view(to, scripts);
        }
    }
    buf_add_view(to, part);
}

void page_write(struct buf *to, struct view shell, const struct page *page)
{
    AUTO_BUF html = {0};
    AUTO_BUF foot = {0};

    buf_printf(&html, "<html lang=\"%s\"", tongue_name(page->tongue));
    add_foot(&foot, page);
    const struct {
        const char *mark;
        struct view value;
    } places[] = {
        {"<html lang=\"fr\"", buf_view(&html)},
        {"<!--pinson:title-->", buf_view(&page->title)},
        {"<!--pinson:head-->", buf_view(&page->head)},
        {"<!--pinson:content-->", buf_view(&page->content)},
        {"<!--pinson:foot-->", buf_view(&foot)},
    };

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const char *at = find(shell, places[i].mark);
        bool found = at < shell.ptr + shell.len;

        add_part(to, (struct view){shell.ptr, (size_t)(at - shell.ptr)}, page->screen);
        if (found) {
            buf_add_view(to, places[i].value);
        }
        shell = after(shell, found ? at + strlen(places[i].mark) : at);
    }
    buf_add_view(to, shell);
}
