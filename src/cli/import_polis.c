/* import_polis — a conversation that Polis exported becomes a board. */
#include "cli/import.h"
#include "cli/polis_board.h"

#include <stdio.h>
#include <string.h>

struct making {
    const struct import_call *call;
    struct polis polis;
    struct new_board board;
    struct begun_board made;
};

static void print(const struct making *making, const struct board *board)
{
    size_t corrected = polis_board_corrected(&making->polis, board);

    if (making->call->config->json) {
        printf(
            "{\"slug\":\"%s\",\"b\":\"%s\",\"join_code\":\"%s\",\"ideas\":%zu,\"people\":%zu,"
            "\"ballots\":%llu,\"vote_rows\":%zu,\"corrected\":%zu}\n",
            making->call->slug, making->made.key.id, making->made.code, board->ideas_count,
            board->active_people, (unsigned long long)board->ballots, making->polis.votes_count,
            corrected);
        return;
    }
    printf("%zu ideas, %zu people, %llu ballots from %zu vote rows\n"
           "%zu of %zu published tallies corrected\n"
           "The board is at /b/%s; its join code is %.3s %s\n"
           "Gathered with Polis: published under CC BY 4.0, attribution to The Computational "
           "Democracy Project\n",
           board->ideas_count, board->active_people, (unsigned long long)board->ballots,
           making->polis.votes_count, corrected, board->ideas_count, making->call->slug,
           making->made.code, making->made.code + 3);
}

static enum status run(struct making *making)
{
    struct workspace workspace;
    struct fold fold;

    if (!workspace_open(&workspace, making->call->config, WORKSPACE_MAKES)) {
        return STATUS_REFUSED;
    }
    fold_init(&fold);
    bool ok =
        polis_board_make(&workspace, &making->polis, &making->board, &fold, &making->made);

    if (ok) {
        print(making, fold.board);
    }
    fold_finish(&fold);
    workspace_close(&workspace);
    return ok ? STATUS_DONE : STATUS_REFUSED;
}

enum status import_polis(const struct import_call *call)
{
    struct making making = {.call = call};
    enum status status = STATUS_REFUSED;
    AUTO_BUF why = {0};

    if (polis_read(call->path, &making.polis, &why)) {
        return refuse("%s; nothing was imported, mend the file and try again", why.bytes);
    }
    if (polis_board_words(&making.board, &making.polis, call->slug, call->lang, call->title)) {
        status = run(&making);
    }
    polis_finish(&making.polis);
    return status;
}
