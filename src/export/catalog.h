/*
 * catalog — what there is to download, for programs that look for data: a data package
 * (Frictionless) of one board, and the catalogue of all (DCAT-AP, as JSON-LD). Pure.
 */
#ifndef EXPORT_CATALOG_H
#define EXPORT_CATALOG_H

#include "wire/view.h"

/* The tables ideas.csv and ballots.csv of the board with their schemas. */
void catalog_write_package(struct buf *to, const struct viewer *viewer);

/* Who publishes; borrowed. */
struct catalog_site {
    struct view base;      /* of absolute links, without a final slash */
    struct view publisher; /* empty: it is not said, and the address stands for it */
    bool french;
};

void catalog_begin(struct buf *to, const struct catalog_site *site);
void catalog_add(struct buf *to, const struct catalog_site *site, const struct viewer *viewer,
                 bool first);
void catalog_end(struct buf *to);

#endif
