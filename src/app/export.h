/*
 * export — downloads that take long: a thread folds the board once more from its log, up to
 * the entry where it stood, and writes what was asked for into spools.
 *
 * One log at a time is read, a page a turn of the loop; whoever asks for the same board
 * meanwhile waits for the next reading and shares it. Private to app/.
 */
#ifndef APP_EXPORT_H
#define APP_EXPORT_H

#include "app/spool.h"
#include "app/state.h"
#include "export/holds.h"
#include "export/json.h"

enum export_kind {
    EXPORT_IDEAS_CSV,
    EXPORT_IDEAS_JSON,
    EXPORT_BALLOTS_CSV,
    EXPORT_DECIDIM_CSV,
    EXPORT_XLSX,
    EXPORT_LOG,
    EXPORT_ARCHIVE,
    EXPORT_AUDIT,
    EXPORT_REPORT,
    EXPORT_DOSSIERS
};

struct export_asked {
    enum export_kind kind;
    struct entry_id until; /* the last entry that it may know of */
    struct export_options options;
    struct view base;          /* of absolute links; copied */
    enum role role;            /* of who asks */
    const struct holds *holds; /* of a report: what is known of whether it holds, or NULL */
};

/* spool is borrowed until it returns; NULL on ERR_UNAVAILABLE (the store is away) and ERR_FULL
   (too much is asked for, or there is no room on the disk). */
typedef void export_done(void *user, enum err err, const struct spool *spool);

/* Called back exactly once; at once when too many wait already. */
void export_start(struct app_board *board, const struct export_asked *asked, export_done *done,
                  void *user);

struct exporter *exporter_create(struct app *app);
/* Turns the loop until the thread has ended what it was at. */
void exporter_destroy(struct exporter *exporter);

#endif
