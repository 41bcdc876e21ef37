#include "app/export.h"

#include "app/background.h"
#include "app/copy.h"
#include "app/export_kinds.h"
#include "base/log.h"

enum {
    SLICE_COUNT = 250,    /* entries: little enough to be read within a turn */
    EXPORTS_WAITING = 256 /* at once, in the installation */
};

/* Somebody who waits for a file. */
struct asking {
    struct list link;
    struct app_board *board;
    struct export_job job;
    export_done *done;
    void *user;
};

/* A reading of one log, for those who asked for its board before it began. Between begin_work
   and on_worked all of it is the thread's. */
struct exporter {
    struct app *app;
    struct list waiting;
    size_t waiting_count;

    struct app_board *board; /* that is being read; NULL: none */
    struct list served;      /* who it is for */
    struct entry_id position;
    struct entry_id until;
    bool ended;   /* the slice is the last one */
    bool read;    /* the slice that follows is there, or nothing follows */
    bool reading; /* it is on its way */
    enum err err; /* of that reading */
    uv_work_t work;
    bool working;
    struct slice slice;     /* that is being folded */
    struct slice following; /* that is read meanwhile */
    bool last;              /* it is the last one */
    struct copy copy;
};

static void next(struct exporter *exporter);

/* The thread's part */

/* Before the entry is folded: whose log has ended, and what becomes of the others. */
static void before_entry(struct exporter *exporter, const struct entry *entry)
{
    struct list *served = &exporter->served;

    for (struct list *at = served->next; at != served; at = at->next) {
        struct export_job *job = &LIST_ITEM(at, struct asking, link)->job;

        if (!job->ended && entry_id_compare(entry->id, job->until) > 0) {
            export_job_end(job, &exporter->copy);
        } else if (!job->ended) {
            export_job_before(job, &exporter->copy, entry);
        }
    }
}

static void after_entry(struct exporter *exporter, size_t n, const struct entry *entry)
{
    struct list *served = &exporter->served;

    for (struct list *at = served->next; at != served; at = at->next) {
        struct export_job *job = &LIST_ITEM(at, struct asking, link)->job;

        if (!job->ended) {
            export_job_after(job, &exporter->copy, &exporter->slice, n, entry);
        }
    }
}

/* false: it is none, and nobody knows what would come after it. */
static bool take_entry(struct exporter *exporter, size_t n)
{
    struct entry entry;

    if (copy_parse(&exporter->slice, n, &entry)) {
        return false;
    }
    before_entry(exporter, &entry);
    copy_apply(&exporter->copy, &exporter->slice, n, &entry);
    after_entry(exporter, n, &entry);
    command_finish(&entry.command);
    return true;
}

static void do_work(uv_work_t *work)
{
    struct exporter *exporter = work->data;
    struct list *served = &exporter->served;
    bool broken = false;

    background_give_way();
    for (size_t n = 0; n < exporter->slice.count && !broken; n++) {
        broken = !take_entry(exporter, n);
    }
    exporter->ended = exporter->ended || broken;
    if (!exporter->ended) {
        return;
    }
    for (struct list *at = served->next; at != served; at = at->next) {
        struct export_job *job = &LIST_ITEM(at, struct asking, link)->job;

        if (!job->ended) {
            export_job_end(job, &exporter->copy);
        }
    }
    copy_finish(&exporter->copy); /* of a large board not a matter of a turn */
}

/* The loop's part */

static void answer(struct exporter *exporter, struct asking *asking, enum err err)
{
    if (!err && asking->job.spool.failed) {
        log_event(LOG_ERROR, "export-failed", "board=%s", asking->board->key.id);
        err = ERR_FULL;
    }
    list_remove(&asking->link);
    asking->done(asking->user, err, err ? NULL : &asking->job.spool);
    export_job_finish(&asking->job);
    mem_free(asking);
    exporter->app->owed--;
}

static void finish(struct exporter *exporter, enum err err)
{
    while (!list_is_empty(&exporter->served)) {
        answer(exporter, LIST_ITEM(exporter->served.next, struct asking, link), err);
    }
    if (exporter->copy.board) {
        copy_finish(&exporter->copy);
    }
    slice_release(&exporter->slice);
    slice_release(&exporter->following);
    exporter->board = NULL;
    next(exporter);
}

static void on_slice(void *user, enum err err, const struct stored_entry *entries,
                     size_t count);

static void read_on(struct exporter *exporter)
{
    exporter->reading = true;
    store_read(exporter->app->store, exporter->board->key, exporter->position, SLICE_COUNT,
               on_slice, exporter);
}

static void on_worked(uv_work_t *work, int status);

/* The thread is at rest and the following slice is there: it folds that one, and the one after
   it is read meanwhile. */
static void work_on(struct exporter *exporter)
{
    struct slice done = exporter->slice;

    exporter->slice = exporter->following;
    exporter->following = done;
    exporter->ended = exporter->last;
    exporter->read = false;
    exporter->working = true;
    exporter->work.data = exporter;
    uv_queue_work(exporter->app->config.loop, &exporter->work, do_work, on_worked);
    if (!exporter->last) {
        read_on(exporter);
    }
}

static void go_on(struct exporter *exporter)
{
    if (exporter->working || exporter->reading) {
        return;
    }
    if (exporter->err || exporter->ended) {
        finish(exporter, exporter->err);
    } else if (exporter->read) {
        work_on(exporter);
    }
}

static void on_worked(uv_work_t *work, int status)
{
    struct exporter *exporter = work->data;

    exporter->working = false;
    exporter->err = status ? ERR_UNAVAILABLE : exporter->err;
    go_on(exporter);
}

static void take_slice(struct exporter *exporter, const struct stored_entry *entries,
                       size_t count)
{
    bool past = false;

    slice_clear(&exporter->following);
    for (size_t i = 0; i < count && !past; i++) {
        past =
            entries[i].poisoned || entry_id_compare(entries[i].entry.id, exporter->until) > 0;
        if (!past) {
            slice_add(&exporter->following, &entries[i]);
            exporter->position = entries[i].entry.id;
        }
    }
    exporter->last = past || count < SLICE_COUNT ||
                     entry_id_compare(exporter->position, exporter->until) == 0;
}

static void on_slice(void *user, enum err err, const struct stored_entry *entries, size_t count)
{
    struct exporter *exporter = user;

    exporter->reading = false;
    exporter->err = err;
    if (!err) {
        take_slice(exporter, entries, count);
        exporter->read = true;
    }
    go_on(exporter);
}

static void serve(struct exporter *exporter, struct asking *asking)
{
    list_remove(&asking->link);
    list_add(&exporter->served, &asking->link);
    exporter->waiting_count--;
    if (entry_id_compare(asking->job.until, exporter->until) > 0) {
        exporter->until = asking->job.until;
    }
}

static void next(struct exporter *exporter)
{
    struct list *following = NULL;

    if (exporter->board || list_is_empty(&exporter->waiting)) {
        return;
    }
    exporter->board = LIST_ITEM(exporter->waiting.next, struct asking, link)->board;
    exporter->position = exporter->until = (struct entry_id){0, 0};
    exporter->ended = exporter->read = exporter->last = false;
    exporter->err = OK;
    for (struct list *at = exporter->waiting.next; at != &exporter->waiting; at = following) {
        struct asking *asking = LIST_ITEM(at, struct asking, link);

        following = at->next;
        if (asking->board == exporter->board) {
            serve(exporter, asking);
        }
    }
    copy_init(&exporter->copy);
    read_on(exporter);
}

void export_start(struct app_board *board, const struct export_asked *asked, export_done *done,
                  void *user)
{
    struct exporter *exporter = board->app->exporter;
    struct asking *asking = mem_alloc(sizeof *asking);

    *asking = (struct asking){.board = board,
                              .job = {.spool = {.file = -1}, .texts = {.file = -1}},
                              .done = done,
                              .user = user};
    list_init(&asking->link);
    board->app->owed++;
    if (exporter->waiting_count == EXPORTS_WAITING || export_job_init(&asking->job, asked)) {
        answer(exporter, asking, ERR_FULL);
        return;
    }
    list_add(&exporter->waiting, &asking->link);
    exporter->waiting_count++;
    next(exporter);
}

struct exporter *exporter_create(struct app *app)
{
    struct exporter *exporter = mem_alloc(sizeof *exporter);

    exporter->app = app;
    list_init(&exporter->waiting);
    list_init(&exporter->served);
    return exporter;
}

void exporter_destroy(struct exporter *exporter)
{
    while (exporter->working) {
        uv_run(exporter->app->config.loop, UV_RUN_ONCE);
    }
    mem_free(exporter);
}
