/*
 * decidim — the public ideas of a board as Decidim writes proposals, for tools that read those.
 * Pure.
 *
 * Semicolons, as its exporter has them by default. Decidim knows support only: votes is how
 * many agree, and empty while scores are closed, which it reads as unknown. Nobody's name is in
 * it.
 */
#ifndef EXPORT_DECIDIM_H
#define EXPORT_DECIDIM_H

#include "export/json.h"

/* base: of absolute links, without a final slash. */
void decidim_write(const struct board *board, const struct texts *texts,
                   struct export_options options, struct view base, struct sink *sink);

#endif
