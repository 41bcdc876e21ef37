#include "cli/project.h"

#include "auth/random.h"
#include "base/mem.h"
#include "cli/wait.h"
#include "core/round.h"
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

/* A projection on its way: of the present round, or of one that has closed. */
struct projecting {
    struct workspace *workspace;
    struct board_key key;
    uint64_t node;
    const struct board *board;
    const struct head_list *heads;
    struct view summary;
    struct projected *ideas; /* room for a slice */
};

static struct projection projection_of(const struct projecting *projecting, uint32_t round)
{
    const struct board *board = projecting->board;

    return (struct projection){.round = round,
                               .version = board->version,
                               .last = board->last,
                               .head = board->head,
                               .pool = board->pool,
                               .summary = projecting->summary,
                               .ideas = projecting->ideas};
}

/* What a round that closed came to: the ideas that were in it. */
static enum err project_closed(const struct projecting *projecting, uint32_t round)
{
    const struct round_result *result = round_result(projecting->board, round);
    size_t count = result ? result->selection.count : 0;
    enum err err = OK;

    for (size_t done = 0; !err && done < count; done += SLICE) {
        struct projection projection = projection_of(projecting, round);

        projection.pending = (uint32_t)projecting->board->ideas_count; /* more rounds follow */
        projection.ideas_count = smaller(SLICE, count - done);
        for (size_t i = 0; i < projection.ideas_count; i++) {
            const struct standing *item = &result->selection.items[done + i];

            projecting->ideas[i] = (struct projected){
                .idea = item->idea, .ranked = true, .score = item->score, .tally = item->tally};
        }
        err = project_slice(projecting->workspace, projecting->key, projecting->node,
                            &projection);
    }
    return err;
}

static enum err project_present(const struct projecting *projecting)
{
    const struct board *board = projecting->board;
    const struct head_list *heads = projecting->heads;
    size_t ideas_done = 0;
    size_t heads_done = 0;
    enum err err = OK;

    do {
        struct projection projection = projection_of(projecting, board->round);

        projection.ideas_count = smaller(SLICE, board->ideas_count - ideas_done);
        projection.heads_count = smaller(SLICE, heads->count - heads_done);
        projection.heads = heads->items ? heads->items + heads_done : NULL;
        for (size_t i = 0; i < projection.ideas_count; i++) {
            projecting->ideas[i] = project_idea(board, &board->ideas[ideas_done + i]);
        }
        ideas_done += projection.ideas_count;
        heads_done += projection.heads_count;
        projection.pending = (uint32_t)(board->ideas_count - ideas_done);
        err = project_slice(projecting->workspace, projecting->key, projecting->node,
                            &projection);
    } while (!err && (ideas_done < board->ideas_count || heads_done < heads->count));
    return err;
}

static enum err project_fold(struct workspace *workspace, struct board_key key,
                             const struct fold *fold, const struct head_list *heads)
{
    AUTO_BUF summary = {0};
    enum err err = OK;

    export_summary(fold->board, &fold->texts, &summary);
    struct projecting projecting = {.workspace = workspace,
                                    .key = key,
                                    .node = random_u64(),
                                    .board = fold->board,
                                    .heads = heads,
                                    .summary = buf_view(&summary),
                                    .ideas = mem_array(SLICE, sizeof(struct projected))};

    for (uint32_t round = 1; !err && round < fold->board->round; round++) {
        err = project_closed(&projecting, round);
    }
    err = err ? err : project_present(&projecting);
    give_back(workspace, key, projecting.node);
    mem_free(projecting.ideas);
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
