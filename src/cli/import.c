#include "cli/commands.h"
#include "cli/polis_board.h"

#include <stdio.h>
#include <string.h>

const char import_help[] =
    "pinson import polis DIR --board SLUG [options]\n"
    "Makes a board from a conversation exported by Polis: comments.csv, votes.csv, "
    "summary.csv.\n"
    "Everything is read and checked first; a board half made is never seen.\n\n"
    "  --board SLUG     address of the new board\n"
    "  --title TEXT     its title (the topic of summary.csv)\n"
    "  --lang LANG      language of the ideas (en)\n"
    "  --data DIR       directory of the installation (./data)\n"
    "  --redis URL      or the Redis that it is on\n"
    "  --json           print the numbers as JSON\n\n"
    "  pinson import polis 15-per-hour-seattle --board seattle\n";

struct import {
    struct config *config;
    const char *dir;
    const char *slug;
    const char *title;
    const char *lang;
    struct polis polis;
    struct new_board board;
    struct begun_board made;
};

enum {
    OPTION_BOARD = 1,
    OPTION_TITLE,
    OPTION_LANG
};

static void read_options(struct import *import)
{
    static const struct option own[] = {{"board", required_argument, NULL, OPTION_BOARD},
                                        {"title", required_argument, NULL, OPTION_TITLE},
                                        {"lang", required_argument, NULL, OPTION_LANG},
                                        {0}};

    for (int code = 0; (code = config_next(import->config, own));) {
        switch (code) {
        case OPTION_BOARD:
            import->slug = optarg;
            break;
        case OPTION_TITLE:
            import->title = optarg;
            break;
        default:
            import->lang = optarg;
            break;
        }
    }
}

static bool read_words(struct import *import)
{
    const char *system = config_word(import->config, "\"polis\"");

    if (system && strcmp(system, "polis") != 0) {
        config_misuse(import->config, "only polis can be imported, not \"%s\"", system);
    }
    import->dir = config_word(import->config, "the directory of the export");
    if (!import->config->ended && !import->slug) {
        config_misuse(import->config, "--board SLUG is missing");
    }
    return config_finish(import->config);
}

static void print(const struct import *import, const struct board *board)
{
    size_t corrected = polis_board_corrected(&import->polis, board);

    if (import->config->json) {
        printf(
            "{\"slug\":\"%s\",\"b\":\"%s\",\"join_code\":\"%s\",\"ideas\":%zu,\"people\":%zu,"
            "\"ballots\":%llu,\"vote_rows\":%zu,\"corrected\":%zu}\n",
            import->slug, import->made.key.id, import->made.code, board->ideas_count,
            board->active_people, (unsigned long long)board->ballots, import->polis.votes_count,
            corrected);
        return;
    }
    printf("%zu ideas, %zu people, %llu ballots from %zu vote rows\n"
           "%zu of %zu published tallies corrected\n"
           "The board is at /b/%s; its join code is %.3s %s\n"
           "Gathered with Polis: published under CC BY 4.0, attribution to The Computational "
           "Democracy Project\n",
           board->ideas_count, board->active_people, (unsigned long long)board->ballots,
           import->polis.votes_count, corrected, board->ideas_count, import->slug,
           import->made.code, import->made.code + 3);
}

static enum status run(struct import *import)
{
    struct workspace workspace;
    struct fold fold;

    if (!workspace_open(&workspace, import->config, WORKSPACE_MAKES)) {
        return STATUS_REFUSED;
    }
    fold_init(&fold);
    bool ok =
        polis_board_make(&workspace, &import->polis, &import->board, &fold, &import->made);

    if (ok) {
        print(import, fold.board);
    }
    fold_finish(&fold);
    workspace_close(&workspace);
    return ok ? STATUS_DONE : STATUS_REFUSED;
}

enum status import_command(struct config *config)
{
    struct import import = {.config = config, .lang = "en"};
    enum status status = STATUS_REFUSED;
    AUTO_BUF why = {0};

    read_options(&import);
    if (!read_words(&import)) {
        return config->status;
    }
    if (polis_read(import.dir, &import.polis, &why)) {
        return refuse("%s; nothing was imported, mend the file and try again", why.bytes);
    }
    if (polis_board_words(&import.board, &import.polis, import.slug, import.lang,
                          import.title)) {
        status = run(&import);
    }
    polis_finish(&import.polis);
    return status;
}
