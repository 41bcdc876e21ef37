#include "cli/commands.h"
#include "cli/fold.h"
#include "cli/index.h"
#include "export/json.h"
#include "export/order.h"

#include <stdio.h>

const char rank_help[] =
    "pinson rank BOARD [options]\n"
    "Shows the ranking of the open round, computed anew from the log.\n\n"
    "  --at VERSION   as it was after that many entries\n"
    "  --data DIR     directory of the installation (./data)\n"
    "  --redis URL    or the Redis that it is on\n"
    "  --json         as JSON, with scores in millionths and intervals in ten-thousandths\n\n"
    "  pinson rank mobilite --json\n";

enum {
    OPTION_AT = 1,
    TEXT_COLUMNS = 60
};

static void print_row(const struct fold *fold, const struct ranked *item, size_t rank)
{
    const struct board *board = fold->board;
    const struct idea *idea = board_idea(board, item->idea);
    uint32_t low = 0;
    uint32_t high = 0;
    uint32_t score = rank_score(board->sums, &item->tally);
    struct view text = texts_find(&fold->texts, idea->text);
    size_t len = text.len < TEXT_COLUMNS ? text.len : TEXT_COLUMNS;

    while (len && len < text.len && ((unsigned char)text.ptr[len] & 0xC0) == 0x80) {
        len--; /* not within a character */
    }
    rank_interval(item->tally.agree, tally_judged(&item->tally), &low, &high);
    printf("%4zu  #%-6u %3u.%01u %%  %3u-%-3u %%  %6u %6u %6u  ", rank, item->idea,
           score / 10000, score / 1000 % 10, low / 100, (high + 99) / 100, item->tally.agree,
           item->tally.disagree, item->tally.pass);
    for (size_t i = 0; i < len; i++) {
        putchar(text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
    }
    putchar('\n');
}

static void print_table(const struct fold *fold)
{
    struct order order;

    order_init(&order, fold->board);
    puts("rank  idea     score    interval     agree disagr.   pass");
    for (size_t i = 0; i < order.count; i++) {
        print_row(fold, &order.items[i], i + 1);
    }
    order_finish(&order);
}

static void print(const struct config *config, const struct fold *fold)
{
    AUTO_BUF out = {0};

    if (!config->json) {
        print_table(fold);
        return;
    }
    export_ranking(fold->board, &out);
    fwrite(out.bytes, 1, out.len, stdout);
}

static enum status run(struct config *config, const char *slug, uint64_t at)
{
    struct workspace workspace;
    struct fold fold;
    enum status status = STATUS_REFUSED;

    if (!workspace_open(&workspace, config, WORKSPACE_READS)) {
        return STATUS_REFUSED;
    }
    fold_init(&fold);
    fold.until = at;
    if (fold_board(&fold, &workspace, slug)) {
        status = STATUS_DONE;
        if (at != UINT64_MAX && fold.board->version < at) {
            status = refuse("%s is at version %llu only; ask for that one or an earlier", slug,
                            (unsigned long long)fold.board->version);
        } else {
            print(config, &fold);
        }
    }
    fold_finish(&fold);
    workspace_close(&workspace);
    return status;
}

enum status rank_command(struct config *config)
{
    static const struct option own[] = {{"at", required_argument, NULL, OPTION_AT}, {0}};
    uint64_t at = UINT64_MAX;

    while (config_next(config, own)) {
        (void)config_number(config, "at", 1, UINT64_MAX - 1, &at);
    }
    const char *slug = config_word(config, "the SLUG of the board");

    return config_finish(config) ? run(config, slug, at) : config->status;
}
