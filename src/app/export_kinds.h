/*
 * export_kinds — what each kind of download takes from a log and writes into its spool.
 *
 * All but init and finish is called by the exporter's thread. Private to app/.
 */
#ifndef APP_EXPORT_KINDS_H
#define APP_EXPORT_KINDS_H

#include "app/copy.h"
#include "app/export.h"
#include "export/archive.h"
#include "export/sink.h"

/* One file that is being made. init/finish on the caller's memory. */
struct export_job {
    enum export_kind kind;
    struct entry_id until;
    struct export_options options;
    struct buf base;
    enum role role;
    struct held held[HOLDS];
    bool has_held;
    struct digest seed; /* chance, used once */
    struct spool spool;
    struct sink sink;       /* into the spool */
    struct spool texts;     /* of an audit, beside its log */
    struct archive archive; /* of a public archive */
    bool ended;             /* the spool has all of it */
};

/* ERR_FULL: there is no room for files. */
MUST_USE enum err export_job_init(struct export_job *job, const struct export_asked *asked);
void export_job_finish(struct export_job *job);
/* Around each entry. */
void export_job_before(struct export_job *job, const struct copy *copy,
                       const struct entry *entry);
void export_job_after(struct export_job *job, const struct copy *copy,
                      const struct slice *slice, size_t n, const struct entry *entry);
/* With the board as it is now. */
void export_job_end(struct export_job *job, const struct copy *copy);

#endif
