/*
 * import_pinson — a board that was exported is made again.
 *
 * An audit has its whole log: the board that comes of it is the same to the last byte, under
 * the same key, chain and address. Of an archive see import_archive.c.
 */
#include "cli/audit_read.h"
#include "cli/import.h"
#include "cli/import_board.h"
#include "cli/index.h"
#include "cli/writer.h"

#include <stdio.h>
#include <string.h>

/* Under the key or the address that it had there is another board, or this very one. */
static bool is_free(struct workspace *workspace, const struct definition *definition)
{
    struct index index;
    enum err err = index_read(workspace, &index);
    const char *taken = NULL;

    if (err) {
        (void)refuse_store(err);
        return false;
    }
    for (size_t i = 0; i < index.count; i++) {
        if (strcmp(index.items[i].key.id, definition->key_id) == 0) {
            taken = "the board is here already";
        } else if (strcmp(index.items[i].slug, definition->slug) == 0) {
            taken = "its address is that of another board here";
        }
    }
    index_finish(&index);
    if (taken) {
        (void)refuse("%s: %s; nothing was imported", definition->slug, taken);
    }
    return !taken;
}

static void restore(void *user, const struct entry *entry, const struct stored_text *texts,
                    size_t texts_count)
{
    writer_restore(user, entry, texts, texts_count);
}

/* Once more through the files, which were found to be sound. */
static bool write_log(struct writer *writer, const char *folder)
{
    struct audit_read audit = {.visit = restore, .user = writer};
    bool ok = audit_read(&audit, folder);

    audit_read_finish(&audit);
    return ok;
}

void import_print_board(const struct import_call *call, const struct writer *writer,
                        const struct board *board)
{
    if (call->config->json) {
        printf("{\"slug\":\"%s\",\"b\":\"%s\",\"join_code\":\"%s\",\"ideas\":%zu,"
               "\"people\":%zu,\"ballots\":%llu,\"version\":%llu}\n",
               writer->slug, writer->board.key.id, writer->board.code, board->ideas_count,
               board->active_people, (unsigned long long)board->ballots,
               (unsigned long long)board->version);
        return;
    }
    printf("%zu ideas, %zu people, %llu ballots; version %llu\n"
           "The board is at /b/%s; its join code is %.3s %s\n",
           board->ideas_count, board->active_people, (unsigned long long)board->ballots,
           (unsigned long long)board->version, writer->slug, writer->board.code,
           writer->board.code + 3);
}

static bool make(const struct import_call *call, struct workspace *workspace,
                 const struct definition *definition)
{
    struct board_key key;
    struct writer writer;
    struct fold fold;

    memcpy(key.id, definition->key_id, sizeof key.id);
    if (!is_free(workspace, definition) ||
        !writer_begin_again(&writer, workspace, key, definition)) {
        return false;
    }
    if (!write_log(&writer, call->path)) {
        writer_abandon(&writer);
        return false;
    }
    fold_init(&fold);
    bool ok = writer_finish(&writer, &fold);

    if (ok) {
        import_print_board(call, &writer, fold.board);
    }
    fold_finish(&fold);
    return ok;
}

static enum status run(const struct import_call *call, const struct audit_read *audit)
{
    const struct definition *definition = &audit->board->definition;
    struct workspace workspace;

    if (audit->differences.count) {
        return refuse("%s is not what was exported: %s; nothing was imported", call->path,
                      audit->differences.items[0]);
    }
    if (call->slug && strcmp(call->slug, definition->slug) != 0) {
        return refuse("an audit is the board %s itself, and keeps its address; leave --board "
                      "out",
                      definition->slug);
    }
    if (!workspace_open(&workspace, call->config, WORKSPACE_MAKES)) {
        return STATUS_REFUSED;
    }
    bool ok = make(call, &workspace, definition);

    workspace_close(&workspace);
    return ok ? STATUS_DONE : STATUS_REFUSED;
}

enum status import_pinson(const struct import_call *call)
{
    struct audit_read audit = {0};
    enum status status = STATUS_REFUSED;

    if (!audit_is(call->path)) {
        return import_archive(call);
    }
    if (audit_read(&audit, call->path)) {
        status = run(call, &audit);
    }
    audit_read_finish(&audit);
    return status;
}
