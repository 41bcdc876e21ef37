/* import_file — ideas of a table come into a board, and go out of it again. */
#include "app/intake.h"
#include "auth/random.h"
#include "base/time.h"
#include "cli/file.h"
#include "cli/fold.h"
#include "cli/import.h"
#include "cli/index.h"
#include "cli/wait.h"
#include "wire/entry.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct importing {
    const struct import_call *call;
    struct workspace workspace;
    struct board_key key;
    struct fold fold;
    struct import_target target;
    struct import_plan plan;
    struct source source;
};

/* A file that is too large is not even read. */
static bool read_file(const char *path, struct buf *bytes)
{
    struct stat status;
    AUTO_BUF why = {0};

    if (stat(path, &status) == 0 && status.st_size > LIMIT_IMPORT_BYTES) {
        (void)refuse("%s is larger than %d MiB; divide it and import the parts", path,
                     LIMIT_IMPORT_BYTES >> 20);
        return false;
    }
    if (file_read(path, bytes, &why)) {
        (void)refuse("%s; nothing was imported", why.bytes);
        return false;
    }
    return true;
}

static bool open_board(struct importing *importing)
{
    fold_init(&importing->fold);
    if (!workspace_open(&importing->workspace, importing->call->config, WORKSPACE_READS)) {
        fold_finish(&importing->fold);
        return false;
    }
    if (!index_find(&importing->workspace, importing->call->slug, &importing->key) ||
        !fold_board(&importing->fold, &importing->workspace, importing->call->slug)) {
        fold_finish(&importing->fold);
        workspace_close(&importing->workspace);
        return false;
    }
    return true;
}

static void close_board(struct importing *importing)
{
    fold_finish(&importing->fold);
    workspace_close(&importing->workspace);
}

/* Saying */

static void print_problems(const struct problems *problems, FILE *to)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];

        if (problem->line) {
            fprintf(to, "line %zu: ", problem->line);
        }
        fprintf(to, "%s: %s%s%s%s\n", fault_name(problem->fault),
                fault_sentence(problem->fault), problem->detail[0] ? " (" : "", problem->detail,
                problem->detail[0] ? ")" : "");
    }
}

static void print_plan(const struct importing *importing)
{
    const struct import_plan *plan = &importing->plan;

    if (importing->call->config->json) {
        AUTO_BUF json = {0};

        import_plan_write(&json, plan, &importing->target);
        puts(json.bytes);
        return;
    }
    printf("%s: %zu rows, %zu ideas would come in\n", format_name(plan->mapping.format),
           plan->sheet.rows, plan->count);
    for (unsigned part = 0; plan->sheet.columns && part < PARTS; part++) {
        struct view name = sheet_name(&plan->sheet, plan->mapping.columns[part]);

        if (name.ptr) {
            printf("  %-9s %s\n", part_name((enum part)part), name.ptr);
        }
    }
    for (size_t i = 0; i < plan->count && i < LIMIT_IMPORT_SHOWN; i++) {
        printf("%zu\t%.*s\n", plan->rows[i].line, (int)strcspn(plan->rows[i].text, "\n"),
               plan->rows[i].text);
    }
    print_problems(&plan->problems, stdout);
}

static enum status refuse_plan(const struct importing *importing)
{
    const size_t *by_weight = importing->plan.problems.by_weight;

    if (importing->call->config->json) {
        print_plan(importing);
    } else {
        print_problems(&importing->plan.problems, stderr);
    }
    if (by_weight[FAULT_STOPS] || !importing->plan.count) {
        return refuse("%s cannot be imported; nothing was", importing->call->path);
    }
    return refuse("%zu rows cannot come in, so nothing was imported; mend them, or leave them "
                  "out with --skip",
                  by_weight[FAULT_SKIPS]);
}

static void print_import(const struct importing *importing, const struct import *import)
{
    if (importing->call->config->json) {
        printf("{\"import\":\"%s\",\"system\":\"%s\",\"first\":%u,\"ideas\":%u}\n",
               import->source.id, import->source.system, import->first, import->ideas);
        return;
    }
    print_problems(&importing->plan.problems, stdout);
    printf("%u ideas came into /b/%s, from #%u on\n"
           "To take them out again: pinson import undo %s --board %s\n",
           import->ideas, importing->call->slug, import->first, import->source.id,
           importing->call->slug);
}

/* Doing */

static void on_appended(void *user, enum err err, struct entry_id id)
{
    (void)id;
    wait_on_done(user, err);
}

static enum status bring(struct importing *importing)
{
    const struct board *board = importing->fold.board;
    struct import_bringing how = {.epoch = board->epoch,
                                  .ideas = (uint32_t)board->ideas_count,
                                  .source = importing->source,
                                  .random = random_bytes};
    struct import_entries entries = {0};
    struct wait wait;

    import_entries_make(&entries, &importing->plan, &how);
    wait_init(&wait, &importing->workspace.loop);
    intake_append(importing->workspace.store, importing->key, &entries, on_appended, &wait);
    enum err err = wait_for(&wait);

    import_entries_finish(&entries);
    err = err ? err : fold_read(&importing->fold, &importing->workspace, importing->key);
    if (err) {
        return refuse_store(err);
    }
    const struct import *import = board_import(board, &importing->source);

    if (!import || !import->complete) {
        return refuse("the board takes no ideas now, or somebody posted in that moment; "
                      "nothing was imported, try again");
    }
    print_import(importing, import);
    return STATUS_DONE;
}

static enum status run(struct importing *importing, struct view bytes)
{
    const struct import_call *call = importing->call;
    struct import_options options = {.map = view_of(call->map),
                                     .themes = view_of(call->themes),
                                     .seed = call->seed,
                                     .skip = call->skip,
                                     .rows_max = LIMIT_IMPORT_ROWS,
                                     .now_ms = time_now_ms()};
    enum status status = STATUS_DONE;

    import_target_init(&importing->target, importing->fold.board);
    import_plan_make(&importing->plan, bytes, &importing->target, &options);
    snprintf(importing->source.system, sizeof importing->source.system, "%s",
             format_system(importing->plan.mapping.format));
    snprintf(importing->source.id, sizeof importing->source.id, "%016llx",
             (unsigned long long)random_u64());
    if (call->preview) {
        print_plan(importing);
    } else if (!import_plan_may_go(&importing->plan)) {
        status = refuse_plan(importing);
    } else {
        status = bring(importing);
    }
    import_plan_finish(&importing->plan);
    import_target_finish(&importing->target);
    return status;
}

enum status import_file(const struct import_call *call)
{
    struct importing importing = {.call = call};
    AUTO_BUF bytes = {0};

    if (!read_file(call->path, &bytes) || !open_board(&importing)) {
        return STATUS_REFUSED;
    }
    enum status status = run(&importing, buf_view(&bytes));

    close_board(&importing);
    return status;
}

static const struct import *find_import(const struct importing *importing)
{
    const struct board *board = importing->fold.board;

    for (size_t i = 0; i < board->imports_count; i++) {
        if (strcmp(board->imports[i].source.id, importing->call->path) == 0) {
            return &board->imports[i];
        }
    }
    return NULL;
}

static enum status take_out(struct importing *importing, const struct import *import)
{
    struct command command = {
        .kind = CMD_UNIMPORT, .epoch = importing->fold.board->epoch, .source = import->source};
    uint32_t ideas = import->ideas;
    struct wait wait;
    AUTO_BUF bytes = {0};

    if (board_check(importing->fold.board, &command)) {
        return refuse("some of its ideas were judged already, or it was undone before; "
                      "nothing was changed");
    }
    entry_write(&bytes, &command);
    wait_init(&wait, &importing->workspace.loop);
    store_append(importing->workspace.store, importing->key, buf_view(&bytes), NULL, 0,
                 on_appended, &wait);
    enum err err = wait_for(&wait);

    err = err ? err : fold_read(&importing->fold, &importing->workspace, importing->key);
    if (err) {
        return refuse_store(err);
    }
    const struct import *now = find_import(importing);

    if (!now || !now->undone) {
        return refuse("one of its ideas was judged in that moment; nothing was changed");
    }
    printf(importing->call->config->json ? "{\"import\":\"%s\",\"undone\":true,\"ideas\":%u}\n"
                                         : "import %s is undone: %u ideas were taken out\n",
           importing->call->path, ideas);
    return STATUS_DONE;
}

enum status import_undo(const struct import_call *call)
{
    struct importing importing = {.call = call};

    if (!open_board(&importing)) {
        return STATUS_REFUSED;
    }
    const struct import *import = find_import(&importing);
    enum status status = import ? take_out(&importing, import)
                                : refuse("/b/%s has no import %s; the lead's desk lists them",
                                         call->slug, call->path);

    close_board(&importing);
    return status;
}
