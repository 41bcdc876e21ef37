/*
 * verify — three checks in one fold of the log: at the projection's version its tallies,
 * scores and numbers are compared, of every round; at each version of which a chain head is
 * kept, that head; of each serving, the choice on the version that it was made on.
 */
#include "cli/commands.h"
#include "cli/fold.h"
#include "cli/index.h"
#include "cli/servings.h"
#include "cli/verify_archive.h"
#include "cli/views.h"
#include "wire/json.h"

#include <stdio.h>
#include <string.h>

const char verify_help[] =
    "pinson verify BOARD [options]\n"
    "pinson verify --archive PATH [--json]\n"
    "Recomputes a board from its log and compares all that the store says of it: tallies,\n"
    "scores, servings, texts, the chain. Exit status 1 if anything differs.\n\n"
    "  --archive PATH  recounts what `pinson export --format archive` or audit wrote, without "
    "a\n"
    "                store\n"
    "  --data DIR    directory of the installation (./data)\n"
    "  --redis URL   or the Redis that it is on\n"
    "  --json        the differences as JSON\n\n"
    "  pinson verify mobilite\n";

struct verification {
    const char *slug;
    struct views views;
    size_t next_head;      /* of the kept ones, to be compared */
    uint64_t agreed_until; /* version of the last head that agrees */
    uint64_t departs_by;   /* version of the first that doesn't; 0: none */
    bool was_compared;
    bool is_unreadable; /* what the store says beside the log */

    struct servings servings;

    struct differences views_differ;
    struct differences servings_differ;
};

static void check_head(struct verification *verification, const struct digest *kept,
                       const struct board *board)
{
    if (verification->departs_by) {
        return;
    }
    if (memcmp(kept, &board->head, sizeof *kept) == 0) {
        verification->agreed_until = board->version;
    } else {
        verification->departs_by = board->version;
    }
}

static void after(void *user, const struct fold *fold, const struct stored_entry *entry)
{
    struct verification *verification = user;
    const struct projection *stored = &verification->views.projection;
    const struct board *board = fold->board;

    (void)entry;
    if (!servings_follow(&verification->servings, board, &fold->effects.decision)) {
        differ(&verification->servings_differ,
               "version %llu: ideas were served that the queue would not have chosen",
               (unsigned long long)board->version);
    }
    while (verification->next_head < stored->heads_count &&
           stored->heads[verification->next_head].version <= board->version) {
        if (stored->heads[verification->next_head].version == board->version) {
            check_head(verification, &stored->heads[verification->next_head].head, board);
        }
        verification->next_head++;
    }
    if (stored->version == board->version) {
        verification->was_compared = true;
        views_compare(&verification->views, board, &verification->views_differ);
        views_compare_closed(&verification->views, board, &verification->views_differ);
        check_head(verification, &stored->head, board);
    }
}

/* What is known only at the end of the log. */
static void conclude(struct verification *verification, const struct fold *fold)
{
    struct differences *differences = &verification->servings_differ;
    unsigned long long version = fold->board->version;

    if (fold->texts_wrong) {
        differ(differences,
               "%zu texts are not what the log commits to, the first that of idea %u",
               fold->texts_wrong, fold->wrong_idea);
    }
    if (fold->is_broken) {
        differ(differences, "the log cannot be read at entry %llu-%llu, after version %llu",
               (unsigned long long)fold->broken.ms, (unsigned long long)fold->broken.seq,
               version);
    }
    if (verification->is_unreadable) {
        differ(differences, "the ranking in the store holds what Pinson never writes");
    } else if (!verification->views.projection.version) {
        differ(differences, "the store has no ranking of this board; start the server once");
    } else if (!verification->was_compared) {
        differ(differences, "the log ends at version %llu, what the store says is of %llu",
               version, (unsigned long long)verification->views.projection.version);
    }
    if (verification->departs_by) {
        differ(differences, "the chain departs between version %llu and %llu",
               (unsigned long long)verification->agreed_until,
               (unsigned long long)verification->departs_by);
    }
}

static void write_json_list(const struct differences *differences, struct buf *to, bool *first)
{
    for (size_t i = 0; i < differences->count; i++) {
        buf_add_text(to, *first ? "" : ",");
        json_write_string(to, view_of(differences->items[i]));
        *first = false;
    }
}

static void print_json(const struct verification *verification, const struct board *board,
                       size_t total)
{
    AUTO_BUF out = {0};
    bool first = true;

    buf_printf(&out, "{\"board\":\"%s\",\"ok\":%s,\"version\":%llu,\"head\":\"",
               verification->slug, total ? "false" : "true",
               (unsigned long long)board->version);
    buf_add_hex(&out, board->head.bytes, sizeof board->head.bytes);
    buf_printf(&out, "\",\"compared_at\":%llu,\"ideas\":%zu,\"ballots\":%llu,\"heads\":%zu",
               (unsigned long long)verification->views.projection.version, board->ideas_count,
               (unsigned long long)board->ballots, verification->views.projection.heads_count);
    buf_printf(&out,
               ",\"servings\":%llu,\"servings_untold\":%llu,\"differences_total\":%zu,"
               "\"differences\":[",
               (unsigned long long)verification->servings.checked,
               (unsigned long long)verification->servings.untold, total);
    write_json_list(&verification->views_differ, &out, &first);
    write_json_list(&verification->servings_differ, &out, &first);
    buf_add_text(&out, "]}");
    puts(out.bytes);
}

static void print_list(const struct differences *differences)
{
    for (size_t i = 0; i < differences->count; i++) {
        puts(differences->items[i]);
    }
    if (differences->total > differences->count) {
        printf("and %zu more like these\n", differences->total - differences->count);
    }
}

static void print_text(const struct verification *verification, const struct board *board,
                       size_t total)
{
    AUTO_BUF head = {0};

    print_list(&verification->views_differ);
    print_list(&verification->servings_differ);
    if (verification->servings.untold) {
        printf(
            "%llu servings come from an archive, which does not tell when they were chosen\n",
            (unsigned long long)verification->servings.untold);
    }
    if (total) {
        return;
    }
    buf_add_hex(&head, board->head.bytes, 8);
    printf("%s verifies: version %llu, chain %s…, %zu ideas, %llu ballots, compared at version "
           "%llu with %zu kept chain heads\n",
           verification->slug, (unsigned long long)board->version, head.bytes,
           board->ideas_count, (unsigned long long)board->ballots,
           (unsigned long long)verification->views.projection.version,
           verification->views.projection.heads_count);
}

static enum status report(const struct verification *verification, const struct board *board,
                          bool json)
{
    size_t total = verification->views_differ.total + verification->servings_differ.total;

    if (json) {
        print_json(verification, board, total);
    } else {
        print_text(verification, board, total);
    }
    return total ? STATUS_REFUSED : STATUS_DONE;
}

static enum status verify(struct verification *verification, struct workspace *workspace,
                          bool json)
{
    struct board_key key;
    struct fold fold;
    struct fold_visitor visitor = {.after = after, .user = verification};

    if (!index_find(workspace, verification->slug, &key)) {
        return STATUS_REFUSED;
    }
    enum err err = views_read(workspace, key, &verification->views);

    verification->is_unreadable = err == ERR_PARSE;
    if (err && err != ERR_PARSE) {
        return refuse_store(err);
    }
    fold_init(&fold);
    fold.visitor = &visitor;
    enum status status = STATUS_REFUSED;

    err = servings_collect(&verification->servings, workspace, key);
    if (!err) {
        err = fold_read(&fold, workspace, key);
    }
    if (err) {
        status = refuse_store(err);
    } else {
        conclude(verification, &fold);
        status = report(verification, fold.board, json);
    }
    fold_finish(&fold);
    return status;
}

static enum status verify_board(struct verification *verification, struct config *config)
{
    struct workspace workspace;

    if (!workspace_open(&workspace, config, WORKSPACE_READS)) {
        return STATUS_REFUSED;
    }
    enum status status = verify(verification, &workspace, config->json);

    views_finish(&verification->views);
    servings_finish(&verification->servings);
    differences_finish(&verification->views_differ);
    differences_finish(&verification->servings_differ);
    workspace_close(&workspace);
    return status;
}

enum status verify_command(struct config *config)
{
    static const struct option own[] = {{"archive", required_argument, NULL, 1}, {0}};
    struct verification verification = {0};
    const char *archive = NULL;

    while (config_next(config, own)) {
        archive = optarg;
    }
    if (!archive) {
        verification.slug = config_word(config, "the SLUG of the board");
    }
    if (!config_finish(config)) {
        return config->status;
    }
    return archive ? verify_archive(archive, config->json)
                   : verify_board(&verification, config);
}
