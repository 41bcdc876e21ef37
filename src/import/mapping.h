/*
 * mapping — which column of a table is what of an idea: as somebody says, or as its names make
 * one guess. Pure.
 */
#ifndef IMPORT_MAPPING_H
#define IMPORT_MAPPING_H

#include "import/sheet.h"

/* What a column can be. */
enum part {
    PART_TEXT,
    PART_TITLE, /* comes before the text */
    PART_THEME,
    PART_LANG,
    PART_AUTHOR, /* people are told apart by it; what it says is not kept */
    PART_ID,
    PART_URL,
    PART_SOURCE, /* title of what it comes from */
    PART_PLACE,
    PART_RESULT,
    PART_PARENT, /* number of the row that it answers */
    PART_RELATION,
    PART_AT,
    PARTS
};

enum import_format {
    FORMAT_CSV,
    FORMAT_DECIDIM_CSV,
    FORMAT_DECIDIM_JSON,
    FORMAT_PINSON_CSV,
    FORMAT_PINSON_JSON,
    FORMAT_JSON
};

struct mapping {
    enum import_format format;
    size_t columns[PARTS]; /* or SHEET_NOWHERE */
};

const char *part_name(enum part part);
const char *format_name(enum import_format format);
/* Under which ideas remember where they come from: csv, decidim, pinson or json. */
const char *format_system(enum import_format format);

void mapping_init(struct mapping *mapping); /* no part is anywhere */
/* lang: of the board, preferred among several. */
void mapping_guess(struct mapping *mapping, const struct sheet *sheet, const char *lang);
/* Changes it as given says: `text=Titre,theme=#3,url=`; %XX stands for a byte, # for the place
   of a column. false: a part or column is not known, and that was added to the problems. */
MUST_USE bool mapping_set(struct mapping *mapping, const struct sheet *sheet, struct view given,
                          struct problems *problems);

/* `a=b,c=d`, %XX for what separates: the next pair, decoded; false: there is none. */
bool pairs_next(struct view *rest, struct buf *key, struct buf *value);

#endif
