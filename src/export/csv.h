/*
 * csv — a board as tables (RFC 4180), safe to open in a spreadsheet. Pure.
 */
#ifndef EXPORT_CSV_H
#define EXPORT_CSV_H

#include "export/json.h"

/* One row an idea, by number. */
void export_ideas_csv(const struct board *board, const struct texts *texts,
                      struct export_options options, struct buf *to);

/*
 * Every standing ballot as voter,idea,choice, numbered and shuffled as export/ballots.h says;
 * seed is chance used once. Ballots on own ideas and times are left out.
 */
void export_ballots_csv(const struct board *board, const struct digest *seed, struct buf *to);

/* One field: quoted when it must be, and disarmed when a spreadsheet would run it. */
void export_csv_field(struct buf *to, struct view text);

#endif
