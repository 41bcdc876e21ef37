/*
 * page — what a browser shows before, or without, any script: the words of a board as
 * HTML. Pure. Every text is escaped; the shell is web/index.html with its placeholders.
 */
#ifndef EXPORT_PAGE_H
#define EXPORT_PAGE_H

#include "wire/view.h"

/* One page's title, description and content, as HTML; init/finish like any buf. */
struct page {
    struct buf title;
    struct buf head;
    struct buf content;
    const char *lang; /* borrowed */
};

void page_finish(struct page *page);

/* One board in the list of the home page. */
struct page_board {
    struct viewer viewer;
    const char *slug;
};

void page_home(struct page *page, const struct page_board *boards, size_t count);
void page_board(struct page *page, const struct viewer *viewer);
void page_idea(struct page *page, const struct viewer *viewer, const struct idea *idea);
void page_missing(struct page *page);

/* The shell with its placeholders replaced. */
void page_write(struct buf *to, struct view shell, const struct page *page);

#endif
