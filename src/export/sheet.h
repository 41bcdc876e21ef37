/*
 * sheet — documents for paper: the report of a board, and a page about each of its winners.
 * Pure.
 *
 * Whole HTML documents without a script, in the board's language, made for A4 and for a PDF
 * with tags: headings, lists and tables say what they are. What may be told is what the viewer
 * may see. Numbers of groups with fewer than SHEET_GROUP_MIN people are never told.
 */
#ifndef EXPORT_SHEET_H
#define EXPORT_SHEET_H

#include "export/holds.h"
#include "export/json.h"
#include "export/page.h"

enum {
    SHEET_GROUP_MIN = 30,
    SHEET_ELSEWHERE_MAX = 60, /* ideas that exist elsewhere; the others are in the data */
    SHEET_WINNERS_MAX = 100   /* pages of winners; the report names the others by their count */
};

/* What they are written from, all borrowed. */
struct sheet_subject {
    struct viewer viewer;
    struct export_options options; /* of what may be told of results */
    struct view base;              /* of absolute links, without a final slash */
    const struct held *held;       /* HOLDS of them: does the result hold? NULL: not asked */
};

/* What moderation did, in figures. */
struct moderation_figures {
    uint64_t hidden;
    uint64_t pending;
    uint64_t merged;
    uint64_t withdrawn;           /* by their authors */
    struct record_summary record; /* what staff did in all */
};

void sheet_report(struct buf *to, const struct sheet_subject *subject);
void sheet_dossiers(struct buf *to, const struct sheet_subject *subject);

/* The part of the report about ideas that exist somewhere else already; nothing without any. */
void report_elsewhere(struct page *page, const struct sheet_subject *subject);

/* As far as the fold knows. */
struct moderation_figures moderation_figures_of(const struct board *board);
/* The part of the report about it. */
void report_moderation(struct page *page, const struct moderation_figures *figures);

/* Private to the sheets: begins with the title of the document, and ends it. */
void sheet_begin(struct page *page, const struct sheet_subject *subject, const char *what);
void sheet_end(struct buf *to, struct page *page);
/* A heading of the second rank and what follows it, up to sheet_section_end. */
void sheet_section(struct page *page, const char *title);
void sheet_section_end(struct page *page);
/* "Sur 43 avis, 29 sont Pour …": the numbers of an idea in words. */
void sheet_add_numbers(struct page *page, const struct standing *item);

#endif
