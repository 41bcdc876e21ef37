/*
 * csv — a board as tables (RFC 4180), safe to open in a spreadsheet. Pure.
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

/* One field: quoted when it must be, and disarmed when a spreadsheet would run it. */
void export_csv_field(struct buf *to, struct view text);

#endif
