#include "cli/commands.h"
#include "cli/fold.h"
#include "cli/index.h"
#include "cli/wait.h"
#include "wire/json.h"
#include "wire/names.h"

#include <stdio.h>

const char boards_help[] = "pinson boards [options]\n"
                           "Lists the boards with what they hold.\n\n"
                           "  --data DIR    directory of the installation (./data)\n"
                           "  --redis URL   or the Redis that it is on\n"
                           "  --json        as a JSON list, with each board's key id b\n\n"
                           "  pinson boards --data /var/lib/pinson\n";

static void write_json(struct buf *to, const struct fold *fold, const struct indexed *item)
{
    const struct board *board = fold->board;

    buf_printf(to, "{\"slug\":\"%s\",\"b\":\"%s\",\"title\":", item->slug, item->key.id);
    json_write_text_or_null(to, texts_find(&fold->texts, board->definition.title.ref));
    buf_printf(to, ",\"state\":\"%s\",\"ideas\":%zu,\"people\":%zu,\"ballots\":%llu",
               name_of_board_state(board->state), board->ideas_count, board->active_people,
               (unsigned long long)board->ballots);
    buf_printf(to, ",\"version\":%llu}", (unsigned long long)board->version);
}

static void write_line(struct buf *to, const struct fold *fold, const struct indexed *item)
{
    const struct board *board = fold->board;
    struct view title = texts_find(&fold->texts, board->definition.title.ref);

    buf_printf(to, "%-32s %-8s %6zu ideas %7zu people %9llu ballots  %.*s\n", item->slug,
               name_of_board_state(board->state), board->ideas_count, board->active_people,
               (unsigned long long)board->ballots, (int)title.len, title.ptr ? title.ptr : "");
}

/* Folded from its log: a board that no server has seen since has no up-to-date summary. */
static enum err add_board(struct workspace *workspace, const struct indexed *item, bool json,
                          struct buf *out)
{
    struct fold fold;

    fold_init(&fold);
    enum err err = fold_read(&fold, workspace, item->key);

    if (!err && json) {
        buf_add_text(out, out->len ? ",\n" : "");
        write_json(out, &fold, item);
    } else if (!err) {
        write_line(out, &fold, item);
    }
    fold_finish(&fold);
    return err;
}

static enum err list(struct workspace *workspace, bool json, struct buf *out)
{
    struct index index;
    enum err err = index_read(workspace, &index);

    for (size_t i = 0; !err && i < index.count; i++) {
        err = add_board(workspace, &index.items[i], json, out);
    }
    if (!err) {
        index_finish(&index);
    }
    return err;
}

enum status boards_command(struct config *config)
{
    static const struct option none[] = {{0}};
    struct workspace workspace;
    AUTO_BUF out = {0};

    (void)config_next(config, none);
    if (!config_finish(config)) {
        return config->status;
    }
    if (!workspace_open(&workspace, config, WORKSPACE_READS)) {
        return STATUS_REFUSED;
    }
    enum err err = list(&workspace, config->json, &out);

    workspace_close(&workspace);
    if (err) {
        return refuse_store(err);
    }
    printf(config->json ? "[%s]\n" : "%s", out.bytes ? out.bytes : "");
    if (!config->json && !out.len) {
        puts("There is no board yet; make one with `pinson create`.");
    }
    return STATUS_DONE;
}
