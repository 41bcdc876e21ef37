#include "app/export_kinds.h"

#include "auth/random.h"
#include "export/audit.h"
#include "export/csv.h"
#include "export/decidim.h"
#include "export/json.h"
#include "export/log.h"
#include "export/sheet.h"
#include "export/tar.h"
#include "export/xlsx.h"

#include <unistd.h>

enum err export_job_init(struct export_job *job, const struct export_asked *asked)
{
    *job = (struct export_job){.kind = asked->kind,
                               .until = asked->until,
                               .options = asked->options,
                               .texts = {.file = -1}};
    job->sink = (struct sink){.drain = spool_add};
    job->role = asked->role;
    for (size_t i = 0; asked->holds && i < HOLDS; i++) {
        job->held[i] = holds_look(asked->holds, i);
        job->has_held = true;
    }
    buf_add_view(&job->base, asked->base);
    random_bytes(&job->seed, sizeof job->seed);
    enum err err = spool_open(&job->spool);

    if (!err && job->kind == EXPORT_AUDIT) {
        err = spool_open(&job->texts);
    }
    return err;
}

void export_job_finish(struct export_job *job)
{
    sink_finish(&job->sink);
    buf_finish(&job->base);
    spool_close(&job->spool);
    spool_close(&job->texts);
    archive_finish(&job->archive);
}

void export_job_before(struct export_job *job, const struct copy *copy,
                       const struct entry *entry)
{
    if (job->kind == EXPORT_ARCHIVE) {
        archive_before(&job->archive, copy->board, &entry->command);
    }
}

static void add_log_line(struct export_job *job, const struct entry *entry)
{
    job->sink.user = &job->spool;
    export_log_line(entry, &job->sink.buf);
    sink_row(&job->sink);
}

static void add_texts(struct export_job *job, const struct slice *slice, size_t n)
{
    const struct slice_entry *entry = &slice->entries[n];
    AUTO_BUF lines = {0};

    for (size_t i = 0; i < entry->texts_count; i++) {
        const struct slice_text *text = &slice->texts[entry->texts + i];
        struct view json = slice_text_json(slice, text);

        if (json.len) {
            audit_write_text(&lines, text->ref, json);
        }
    }
    spool_add(&job->texts, buf_view(&lines));
}

void export_job_after(struct export_job *job, const struct copy *copy,
                      const struct slice *slice, size_t n, const struct entry *entry)
{
    if (job->kind == EXPORT_ARCHIVE) {
        archive_after(&job->archive, copy->board, entry, &copy->effects.decision);
    } else if (job->kind == EXPORT_LOG || job->kind == EXPORT_AUDIT) {
        add_log_line(job, entry);
        if (job->kind == EXPORT_AUDIT) {
            add_texts(job, slice, n);
        }
    }
}

/* Archives: each file is put between a header, which says how long it is, and what fills its
   last block. */

static void add_member(struct export_job *job, const char *name, struct view bytes)
{
    AUTO_BUF edge = {0};

    tar_write_head(&edge, name, bytes.len, job->until.ms);
    spool_add(&job->spool, buf_view(&edge));
    spool_add(&job->spool, bytes);
    buf_clear(&edge);
    tar_write_fill(&edge, bytes.len);
    spool_add(&job->spool, buf_view(&edge));
}

static void end_tar(struct export_job *job)
{
    AUTO_BUF end = {0};

    tar_write_end(&end);
    spool_add(&job->spool, buf_view(&end));
}

static void write_archive(struct export_job *job, const struct copy *copy)
{
    AUTO_BUF sums = {0};
    struct archive_subject subject = {
        .archive = &job->archive, .board = copy->board, .texts = &copy->texts, .sums = &sums};
    const char *name = "";

    archive_end(&job->archive, copy->board, &job->seed);
    for (size_t n = 0; name; n++) {
        AUTO_BUF bytes = {0};

        name = archive_write(&bytes, &subject, n);
        if (name) {
            add_member(job, name, buf_view(&bytes));
        }
    }
    end_tar(job);
}

/* A file that was written beside becomes a member. */
static void add_spool(struct export_job *job, const char *name, struct spool *from)
{
    char piece[SINK_PIECE_BYTES];
    AUTO_BUF edge = {0};
    ssize_t len = 0;

    tar_write_head(&edge, name, from->size, job->until.ms);
    spool_add(&job->spool, buf_view(&edge));
    for (uint64_t at = 0; at < from->size && !job->spool.failed; at += (uint64_t)len) {
        len = pread(from->file, piece, sizeof piece, (off_t)at);
        job->spool.failed = job->spool.failed || len <= 0;
        spool_add(&job->spool, (struct view){piece, len > 0 ? (size_t)len : 0});
    }
    job->spool.failed = job->spool.failed || from->failed;
    buf_clear(&edge);
    tar_write_fill(&edge, from->size);
    spool_add(&job->spool, buf_view(&edge));
}

static void write_audit(struct export_job *job, const struct copy *copy)
{
    struct spool lines = job->spool;
    AUTO_BUF readme = {0};
    AUTO_BUF manifest = {0};

    job->spool = (struct spool){.file = -1};
    if (spool_open(&job->spool)) {
        job->spool.failed = true;
    }
    audit_write_readme(&readme, copy->board);
    audit_write_manifest(&manifest, copy->board);
    add_member(job, "README.md", buf_view(&readme));
    add_spool(job, "log.ndjson", &lines);
    add_spool(job, "texts.ndjson", &job->texts);
    add_member(job, "manifest.json", buf_view(&manifest));
    end_tar(job);
    spool_close(&lines);
}

static void write_xlsx(struct export_job *job, const struct copy *copy)
{
    struct xlsx_subject subject = {.board = copy->board,
                                   .texts = &copy->texts,
                                   .options = job->options,
                                   .base = buf_view(&job->base)};
    AUTO_BUF path = {0};

    if (spool_name(&path) || xlsx_write(&subject, path.bytes)) {
        job->spool.failed = true;
    } else {
        spool_take(&job->spool, path.bytes);
    }
}

static void write_sheet(struct export_job *job, const struct copy *copy)
{
    struct sheet_subject subject = {
        .viewer = {.board = copy->board, .texts = &copy->texts, .role = job->role},
        .options = job->options,
        .base = buf_view(&job->base),
        .held = job->has_held ? job->held : NULL};

    if (job->kind == EXPORT_REPORT) {
        sheet_report(&job->sink.buf, &subject);
    } else {
        sheet_dossiers(&job->sink.buf, &subject);
    }
}

static void write_file(struct export_job *job, const struct copy *copy)
{
    switch (job->kind) {
    case EXPORT_IDEAS_CSV:
        export_ideas_csv(copy->board, &copy->texts, job->options, &job->sink);
        break;
    case EXPORT_IDEAS_JSON:
        export_json(copy->board, &copy->texts, job->options, &job->sink);
        break;
    case EXPORT_BALLOTS_CSV:
        export_ballots_csv(copy->board, &job->seed, &job->sink);
        break;
    case EXPORT_ARCHIVE:
        write_archive(job, copy);
        break;
    case EXPORT_DECIDIM_CSV:
        decidim_write(copy->board, &copy->texts, job->options, buf_view(&job->base),
                      &job->sink);
        break;
    case EXPORT_XLSX:
        write_xlsx(job, copy);
        break;
    case EXPORT_REPORT:
    case EXPORT_DOSSIERS:
        write_sheet(job, copy);
        break;
    case EXPORT_LOG:
    case EXPORT_AUDIT:
        break;
    }
}

void export_job_end(struct export_job *job, const struct copy *copy)
{
    job->sink.user = &job->spool;
    write_file(job, copy);
    sink_flush(&job->sink);
    if (job->kind == EXPORT_AUDIT) {
        write_audit(job, copy);
    }
    job->ended = true;
}
