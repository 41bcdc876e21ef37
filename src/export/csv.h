/*
 * csv — a board as tables (RFC 4180), safe to open in a spreadsheet. Pure.
 *
 * Commas, CRLF, UTF-8 without a byte order mark: with one, the first column has another name
 * for every program that reads by names, the importer of others included; a spreadsheet that
 * guesses wrong asks for the encoding, and board.xlsx is there for those.
 */
#ifndef EXPORT_CSV_H
#define EXPORT_CSV_H

#include "export/json.h"
#include "export/sink.h"

/* One row an idea, by number. */
void export_ideas_csv(const struct board *board, const struct texts *texts,
                      struct export_options options, struct sink *sink);

/*
 * Every standing ballot as voter,idea,choice, numbered and shuffled as export/ballots.h says;
 * seed is chance used once. Ballots on own ideas and times are left out.
 */
void export_ballots_csv(const struct board *board, const struct digest *seed,
                        struct sink *sink);

/* proxy,source_title,source_url,source_place,source_result; given: the text of the source, or
   empty where it may not be read. */
void export_csv_origin(struct buf *to, const struct idea *idea, struct view given);

/*
 * One field: quoted when it must be, and with an apostrophe before what a spreadsheet would
 * run (base/formula.h).
 */
void export_csv_field(struct buf *to, struct view text);

#endif
