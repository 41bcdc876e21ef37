#include "cli/project.h"

#include "auth/random.h"
#include "base/mem.h"
#include "cli/wait.h"
#include "export/json.h"

enum {
    SLICE = 500,
    LEASE_MS = 5000
};

void head_list_finish(struct head_list *heads)
{
    mem_free(heads->items);
    *heads = (struct head_list){0};
}

void head_list_add(struct head_list *heads, const struct board *board)
{
    if (board->version % PROJECT_HEAD_EACH) {
        return;
    }
    heads->items = mem_reserve(heads->items, heads->count, &heads->room, sizeof *heads->items);
    heads->items[heads->count++] =
        (struct projected_head){.version = board->version, .head = board->head};
}

static void collect_head(void *user, const struct fold *fold, const struct stored_entry *entry)
{
    (void)entry;
    head_list_add(user, fold->board);
}

static struct projected project_idea(const struct board *board, const struct idea *idea)
{
    bool ranked = board_competes(board, idea);

    return (struct projected){.idea = idea->number,
                              .ranked = ranked,
                              .score = ranked ? board_score(board, idea) : 0,
                              .tally = idea->tally};
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* One call: the ideas and the heads from those places on, as many as fit. */
static enum err project_slice(struct workspace *workspace, struct board_key key, uint64_t node,
                              struct projection *projection)
{
    struct wait wait;

    wait_init(&wait, &workspace->loop);
    store_lease(workspace->store, key, node, LEASE_MS, wait_on_done, &wait);
    enum err err = wait_for(&wait);

    if (err) {
        return err;
    }
    wait_init(&wait, &workspace->loop);
    store_project(workspace->store, key, node, projection, wait_on_done, &wait);
    return wait_for(&wait);
}

/* A server that runs takes over at once. */
static void give_back(struct workspace *workspace, struct board_key key, uint64_t node)
{
    struct wait wait;

    wait_init(&wait, &workspace->loop);
    store_lease(workspace->store, key, node, 1, wait_on_done, &wait);
    enum err err = wait_for(&wait);

    (void)err; /* else it ends by itself */
}

static enum err project_fold(struct workspace *workspace, struct board_key key,
                             const struct fold *fold, const struct head_list *heads)
{
    const struct board *board = fold->board;
    struct projected *ideas = mem_array(SLICE, sizeof *ideas);
    uint64_t node = random_u64();
    size_t ideas_done = 0;
    size_t heads_done = 0;
    enum err err = OK;
    AUTO_BUF summary = {0};

    export_summary(board, &fold->texts, &summary);
    do {
        size_t count = smaller(SLICE, board->ideas_count - ideas_done);
        size_t heads_now = smaller(SLICE, heads->count - heads_done);

        for (size_t i = 0; i < count; i++) {
            ideas[i] = project_idea(board, &board->ideas[ideas_done + i]);
        }
        struct projection projection = {
            .round = board->round,
            .version = board->version,
            .last = board->last,
            .head = board->head,
            .pool = board->pool,
            .pending = (uint32_t)(board->ideas_count - ideas_done - count),
            .summary = buf_view(&summary),
            .ideas = ideas,
            .ideas_count = count,
            .heads = heads->items ? heads->items + heads_done : NULL,
            .heads_count = heads_now,
        };

        err = project_slice(workspace, key, node, &projection);
        ideas_done += count;
        heads_done += heads_now;
    } while (!err && (ideas_done < board->ideas_count || heads_done < heads->count));
    give_back(workspace, key, node);
    mem_free(ideas);
    return err;
}

enum err project_board(struct workspace *workspace, struct board_key key, struct fold *fold)
{
    struct head_list heads = {0};
    struct fold_visitor visitor = {.after = collect_head, .user = &heads};

    fold->visitor = &visitor;
    enum err err = fold_read(fold, workspace, key);

    fold->visitor = NULL;
    if (!err && (fold->is_broken || fold->refused)) {
        err = ERR_PARSE; /* the store does not hold what was written */
    }
    if (!err) {
        err = project_fold(workspace, key, fold, &heads);
    }
    head_list_finish(&heads);
    return err;
}
