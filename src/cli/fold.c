#include "cli/fold.h"

#include "cli/index.h"
#include "cli/progress.h"
#include "cli/wait.h"
#include "wire/entry.h"

#include <string.h>

enum {
    READ_COUNT = 1000
};

struct reading {
    struct wait wait;
    struct fold *fold;
    size_t count;
};

void fold_init(struct fold *fold)
{
    *fold = (struct fold){.board = board_create(), .until = UINT64_MAX};
    texts_init(&fold->texts);
    effects_init(&fold->effects);
}

void fold_finish(struct fold *fold)
{
    board_destroy(fold->board);
    texts_finish(&fold->texts);
    effects_finish(&fold->effects);
    fold->board = NULL;
}

static const struct stored_text *find_text(const struct stored_entry *entry, struct ref ref)
{
    for (size_t i = 0; i < entry->texts_count; i++) {
        if (memcmp(&entry->texts[i].ref, &ref, sizeof ref) == 0) {
            return &entry->texts[i];
        }
    }
    return NULL;
}

/* json empty: it was erased, which the log allows. */
static void take_text(struct fold *fold, const struct command *command,
                      const struct text_use *use, struct view json)
{
    char *words = NULL;

    if (!json.len) {
        return;
    }
    fold->texts_read++;
    if (!text_open(json, use, &words)) {
        texts_put(&fold->texts, use->ref, words);
        return;
    }
    fold->texts_wrong++;
    if (!fold->wrong_idea && command->kind == CMD_POST) {
        fold->wrong_idea = (uint32_t)fold->board->ideas_count;
    }
}

static void take_texts(struct fold *fold, const struct stored_entry *entry)
{
    const struct command *command = &entry->entry.command;
    const struct text_use *uses[COMMAND_TEXTS];
    size_t count = command_texts(command, uses);

    for (size_t i = 0; i < count; i++) {
        const struct stored_text *text = find_text(entry, uses[i]->ref);

        take_text(fold, command, uses[i], text ? text->json : (struct view){NULL, 0});
    }
}

static void fold_entry(struct fold *fold, const struct stored_entry *entry)
{
    const struct fold_visitor *visitor = fold->visitor;

    if (visitor && visitor->before) {
        visitor->before(visitor->user, fold, entry);
    }
    board_apply(fold->board, &entry->entry, &fold->effects);
    if (!fold->effects.decision.err && !fold->effects.decision.repeat) {
        take_texts(fold, entry);
    }
    fold->refused += fold->effects.decision.err != OK;
    for (size_t i = 0; i < fold->effects.dropped_count; i++) {
        texts_remove(&fold->texts, fold->effects.dropped[i]);
    }
    if (visitor && visitor->after) {
        visitor->after(visitor->user, fold, entry);
    }
}

static bool is_next(const struct fold *fold, const struct stored_entry *entry)
{
    return !entry->poisoned &&
           (!fold->board->version || entry_id_compare(fold->board->last, entry->entry.id) < 0);
}

static void on_entries(void *user, enum err err, const struct stored_entry *entries,
                       size_t count)
{
    struct reading *reading = user;
    struct fold *fold = reading->fold;

    for (size_t i = 0; i < count && !fold->is_broken && fold->board->version < fold->until;
         i++) {
        if (is_next(fold, &entries[i])) {
            fold_entry(fold, &entries[i]);
        } else {
            fold->is_broken = true;
            fold->broken = entries[i].entry.id;
        }
    }
    reading->count = count;
    wait_on_done(&reading->wait, err);
}

enum err fold_read(struct fold *fold, struct workspace *workspace, struct board_key key)
{
    struct reading reading = {.fold = fold, .count = READ_COUNT};
    struct progress progress;
    enum err err = OK;

    progress_init(&progress, "Reading the log", 0);
    while (!err && !fold->is_broken && reading.count == READ_COUNT &&
           fold->board->version < fold->until) {
        wait_init(&reading.wait, &workspace->loop);
        store_read(workspace->store, key, fold->board->last, READ_COUNT, on_entries, &reading);
        err = wait_for(&reading.wait);
        progress_at(&progress, fold->board->version);
    }
    progress_finish(&progress);
    return err;
}

struct scanning {
    struct wait wait;
    void (*visit)(void *user, const struct stored_entry *entry);
    void *user;
    struct entry_id last;
    size_t count;
};

static void on_scanned(void *user, enum err err, const struct stored_entry *entries,
                       size_t count)
{
    struct scanning *scanning = user;

    for (size_t i = 0; i < count; i++) {
        scanning->visit(scanning->user, &entries[i]);
        scanning->last = entries[i].entry.id;
    }
    scanning->count = count;
    wait_on_done(&scanning->wait, err);
}

enum err fold_scan(struct workspace *workspace, struct board_key key,
                   void (*visit)(void *user, const struct stored_entry *entry), void *user)
{
    struct scanning scanning = {.visit = visit, .user = user, .count = READ_COUNT};
    enum err err = OK;

    while (!err && scanning.count == READ_COUNT) {
        wait_init(&scanning.wait, &workspace->loop);
        store_read(workspace->store, key, scanning.last, READ_COUNT, on_scanned, &scanning);
        err = wait_for(&scanning.wait);
    }
    return err;
}

bool fold_board(struct fold *fold, struct workspace *workspace, const char *slug)
{
    struct board_key key;

    if (!index_find(workspace, slug, &key)) {
        return false;
    }
    enum err err = fold_read(fold, workspace, key);

    if (err) {
        (void)refuse_store(err);
        return false;
    }
    if (fold->is_broken) {
        (void)refuse("the log of %s cannot be read at %llu-%llu; see `pinson verify %s`", slug,
                     (unsigned long long)fold->broken.ms, (unsigned long long)fold->broken.seq,
                     slug);
        return false;
    }
    return true;
}
