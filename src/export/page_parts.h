/* page_parts — what several pages are made of. Private to export/. */
#ifndef EXPORT_PAGE_PARTS_H
#define EXPORT_PAGE_PARTS_H

#include "export/markup.h"
#include "export/page.h"
#include "export/result.h"

/* What a page says of itself in its head. Empty views leave things out. */
struct page_about {
    const char *screen; /* of the client, unless the address asks for another; NULL: none */
    struct view title;
    struct view description;
    struct view address;            /* path with query; empty: none of its own */
    const struct definition *board; /* whose feed and calendar there are; or NULL */
};

void page_describe(struct page *page, const struct page_about *about);

const char *page_say(const struct page *page, const char *french, const char *english);
/* Escaped. */
void page_add(struct page *page, struct view text);
/* Escaped from a buf of phrases, which is emptied. */
void page_add_phrase(struct page *page, struct buf *phrase);
/*  dir="auto" lang="…" of what people wrote; lang "": the board's. */
void page_add_lang(struct page *page, const struct viewer *viewer, const char *lang);
/* The text in an element, if there is any. before: its tag, open yet; after: what closes it. */
void page_add_words(struct page *page, const struct viewer *viewer, const char *before,
                    struct view text, const char *after);
/* <li> for each line of it. */
void page_add_lines(struct page *page, struct buf *phrase);
/* <time datetime="…">…</time> */
void page_add_moment(struct page *page, uint64_t ms);
/* When the round was opened and closed, and what was not as announced: items of a list. */
void page_add_course(struct page *page, const struct round *round);
void page_add_count(struct page *page, uint64_t count, const struct noun *noun);

/* The question, or the title of a board without one. */
struct view page_question(const struct viewer *viewer);
/* The same in a span with its language and direction. */
void page_add_question(struct page *page, const struct viewer *viewer);
void page_add_counts(struct page *page, const struct viewer *viewer);
/* "Tour 2 sur 3, jusqu’au …" with the steps. */
void page_add_round_line(struct page *page, const struct viewer *viewer);
/* All rounds with what is known of them. */
void page_add_rounds(struct page *page, const struct viewer *viewer);
void page_add_rule(struct page *page, const struct viewer *viewer, uint32_t round);
/* The join form of the home page. */
void page_add_join(struct page *page);
void page_add_back(struct page *page, const struct viewer *viewer);

/* The words of an idea, or why they are not there; as a link to it. */
void page_add_said(struct page *page, const struct viewer *viewer, const struct idea *idea);
void page_add_idea_link(struct page *page, const struct viewer *viewer,
                        const struct idea *idea);
void page_add_bar(struct page *page, const struct viewer *viewer, const struct idea *idea);
/* By how many days an answer that was promised is late today; 0: none is. */
uint32_t page_days_late(const struct page *page, const struct viewer *viewer,
                        const struct idea *idea);
void page_add_meta(struct page *page, const struct viewer *viewer, const struct idea *idea);
/* rank 0: in no order. */
void page_add_card(struct page *page, const struct viewer *viewer, const struct idea *idea,
                   size_t rank);
void page_add_outcome(struct page *page, enum outcome outcome, enum ground ground);

/* What everybody may take away of a board, and the ranking of that round. */
void page_add_downloads(struct page *page, const char *slug, uint32_t round);
/* What an interval says. */
void page_add_margin(struct page *page);
/* Of a final. */
void page_add_verdict(struct page *page, const struct viewer *viewer,
                      const struct result_subject *subject, const struct page_result *asked);
/* What is left out, or done otherwise, as holds names it. */
const char *page_hold_name(const struct page *page, const char *without);
/* holds NULL: nothing. */
void page_add_holds(struct page *page, const struct viewer *viewer, const struct holds *holds);

/* Hidden, pending, merged and withdrawn ideas are in no list. */
bool page_lists(const struct idea *idea);
/* It did not qualify in the last round it was in, and that may be seen. */
bool page_is_out(const struct viewer *viewer, const struct idea *idea);
bool page_may_tell_fate(const struct viewer *viewer, const struct idea *idea);

#endif
