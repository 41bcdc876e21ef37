/* page_presenter — for a room: the question, how to join, and ideas that may be shown to all.
 */
#include "export/page_parts.h"

enum {
    SHOWN_MAX = 10
};

static void add_ideas(struct page *page, const struct viewer *viewer)
{
    const struct board *board = viewer->board;
    bool ordered = view_shows_scores(viewer);
    size_t count = 0;
    uint32_t *order = view_order(viewer, &count);
    size_t shown = 0;

    buf_add_text(&page->content, "<ol>");
    for (size_t i = 0; i < count && shown < SHOWN_MAX; i++) {
        const struct idea *idea = board_idea(board, ordered ? order[i] : (uint32_t)(count - i));

        if (board_competes(board, idea) && board_is_vetted(board, idea)) {
            buf_add_text(&page->content, "<li>");
            page_add_said(page, viewer, idea);
            buf_add_text(&page->content, "</li>");
            shown++;
        }
    }
    buf_add_text(&page->content, "</ol>");
    mem_free(order);
}

/* Said aloud in groups of three: 482 913. */
static void add_code(struct page *page, struct view code)
{
    buf_add_text(&page->content, "<p class=\"code num\">");
    for (size_t i = 0; i < code.len; i++) {
        bool gap = i && (code.len - i) % 3 == 0;

        buf_add_text(&page->content, gap ? "\u00a0" : "");
        page_add(page, (struct view){code.ptr + i, 1});
    }
    buf_add_text(&page->content, "</p>");
}

/* The address without its scheme, as it is typed. */
static struct view address_of(const struct page *page)
{
    struct view base = page->base;

    for (size_t i = 0; i + 2 < base.len; i++) {
        if (base.ptr[i] == ':' && base.ptr[i + 1] == '/' && base.ptr[i + 2] == '/') {
            return (struct view){base.ptr + i + 3, base.len - i - 3};
        }
    }
    return base;
}

static void add_join(struct page *page, const struct viewer *viewer)
{
    buf_printf(&page->content,
               "<aside><img class=\"qr\" src=\"/b/%s/qr.svg\" width=\"320\" height=\"320\" "
               "alt=\"%s\"><p>",
               viewer->board->definition.slug,
               page_say(page, "Code QR pour rejoindre la consultation",
                        "QR code to join the consultation"));
    page_add(page, address_of(page));
    buf_add_text(&page->content, "</p>");
    if (view_shows_code(viewer)) {
        add_code(page, view_of(viewer->join_code));
    }
    buf_add_text(&page->content, "</aside>");
}

void page_presenter(struct page *page, const struct viewer *viewer)
{
    const struct definition *definition = &viewer->board->definition;
    AUTO_BUF address = {0};

    buf_printf(&address, "/b/%s/ecran", definition->slug);
    page_describe(page, &(struct page_about){.screen = "presenter",
                                             .title = page_question(viewer),
                                             .address = buf_view(&address),
                                             .board = definition});
    buf_add_text(&page->content, "<main class=\"wrap screen\" id=\"main\"><div>");
    page_add_round_line(page, viewer);
    page_add_counts(page, viewer);
    buf_add_text(&page->content, "<h1>");
    page_add_question(page, viewer);
    buf_add_text(&page->content, "</h1>");
    add_ideas(page, viewer);
    buf_add_text(&page->content, "</div>");
    add_join(page, viewer);
    buf_printf(&page->content, "<p class=\"back\"><a href=\"/b/%s\">%s</a></p></main>",
               definition->slug, page_say(page, "Toutes les idées", "All ideas"));
}
