/*
 * page — what a browser shows before, or without, any script: the words of a board as
 * HTML. Pure. Every text is escaped; the shell is web/index.html with its placeholders, and
 * the comment in it says which elements and classes are used.
 *
 * Who looks is nobody in particular: a viewer without a person. While scores are closed no
 * page has a number that comes of ballots, nor an order.
 */
#ifndef EXPORT_PAGE_H
#define EXPORT_PAGE_H

#include "export/holds.h"
#include "export/phrases.h"
#include "wire/view.h"

/* One page's title, description and content, as HTML; init/finish like any buf. */
struct page {
    struct buf title;
    struct buf head;
    struct buf content;
    enum tongue tongue; /* of its own words */
    uint32_t today;     /* where the server is, as 20261123; 0: what is late is not told */
    struct view screen; /* of the client, that the address opens; empty: none; borrowed */
    struct view base;   /* of absolute links, without a final slash; borrowed */
    struct view
        accessibility; /* title of the statement, which says how far it goes; borrowed */
};

void page_finish(struct page *page);

/* One board in the list of the home page. */
struct page_board {
    struct viewer viewer;
    const char *slug;
};

void page_home(struct page *page, const struct page_board *boards, size_t count);
/* No public board has the code that was typed (its digits, or none). */
void page_no_code(struct page *page, struct view code);
void page_missing(struct page *page);
/* Where a board is made, which takes a script. */
void page_new(struct page *page);

enum page_sort {
    PAGE_STRONGEST, /* where scores may be seen; otherwise the newest */
    PAGE_NEWEST,
    PAGE_ACTIVE, /* most built upon */
    PAGE_OUT     /* not qualified */
};

/* A board that only its own people may read, which takes a script. */
void page_unopened(struct page *page, const struct viewer *viewer);

/* What of a board's ideas is listed, from its address. */
struct page_list {
    enum page_sort sort;
    bool sorted;    /* sort was asked for */
    uint32_t theme; /* 0: all */
    uint32_t part;  /* of a long list, from 0 */
};

/* PAGE_STRONGEST for what is no name of a sort; false then. */
bool page_sort_of_name(struct view name, enum page_sort *out);

void page_board(struct page *page, const struct viewer *viewer, const struct page_list *list);
void page_idea(struct page *page, const struct viewer *viewer, const struct idea *idea);

/* What a round came to, beyond what the fold knows at once. */
struct page_result {
    uint32_t round;            /* its number; 0: the one that closed last */
    uint32_t first_place;      /* how often in a hundred replays the winner comes first */
    bool replayed;             /* that is known */
    const struct holds *holds; /* NULL: not asked, or still being read */
};

/* The round that it would be about; 0: none was ever opened. */
uint32_t page_result_round(const struct viewer *viewer, uint32_t asked);
void page_result(struct page *page, const struct viewer *viewer,
                 const struct page_result *result);

/* For the projector. */
void page_presenter(struct page *page, const struct viewer *viewer);

/* A text of the installation, as HTML. */
void page_text(struct page *page, const char *name, struct view title, struct view html);

/* The shell with its placeholders replaced. */
void page_write(struct buf *to, struct view shell, const struct page *page);

#endif
