#include "cli/archive_read.h"
#include "cli/commands.h"
#include "cli/fold.h"
#include "cli/index.h"
#include "cli/rank_study.h"
#include "cli/rank_text.h"
#include "core/round.h"

#include <stdio.h>

const char rank_help[] =
    "pinson rank BOARD [options]\n"
    "pinson rank --archive PATH [--round N] [--json]\n"
    "Shows what a round comes to, computed anew from the log or from a public archive: who\n"
    "goes on and why, and how certain the line is.\n\n"
    "  --round N      of that round; a closed one as it closed (the present round)\n"
    "  --at VERSION   as it was after that many entries\n"
    "  --robust       does the result hold without guests, seeds, staff acts, extensions, the\n"
    "                 busiest, earlier ballots, and by most likes?\n"
    "  --flow         how the ranking moved while people judged\n"
    "  --archive PATH from an archive that `pinson export` wrote, without a store\n"
    "  --data DIR     directory of the installation (./data)\n"
    "  --redis URL    or the Redis that it is on\n"
    "  --json         as JSON, with scores in millionths and intervals in ten-thousandths\n\n"
    "  pinson rank mobilite --round 1 --json\n";

enum {
    OPTION_AT = 1,
    OPTION_ROUND,
    OPTION_ROBUST,
    OPTION_FLOW,
    OPTION_ARCHIVE
};

struct ranking {
    struct config *config;
    const char *slug;
    const char *archive; /* NULL: from the log */
    uint64_t at;
    uint64_t round; /* 0: the present one */
    struct rank_study study;
};

static struct view words_of_fold(const void *user, uint32_t idea)
{
    const struct fold *fold = user;

    return texts_find(&fold->texts, board_idea(fold->board, idea)->text);
}

static struct view words_of_archive(const void *user, uint32_t idea)
{
    const struct archive_read *archive = user;

    return archive_words(archive, idea);
}

static void print_json(const struct ranking *ranking, const struct result_subject *subject)
{
    AUTO_BUF out = {0};

    result_write(&out, subject);
    if (ranking->study.robust || ranking->study.flow) {
        out.len -= 2; /* "}" and the end of the line */
        rank_study_write(&ranking->study, &out);
        buf_add_text(&out, "}\n");
    }
    fwrite(out.bytes, 1, out.len, stdout);
}

static void print(const struct ranking *ranking, const struct rank_text *rank)
{
    if (ranking->config->json) {
        print_json(ranking, &rank->subject);
        return;
    }
    rank_text_print(rank);
    rank_study_print(&ranking->study);
}

static enum status rank_fold(struct ranking *ranking, const struct fold *fold)
{
    const struct board *board = fold->board;
    uint32_t round = ranking->round ? (uint32_t)ranking->round : board->round;
    const struct round_result *closed = round_result(board, round);
    struct round_result now = {0};

    if (round > board->definition.rounds_count) {
        return refuse("%s has %u rounds", ranking->slug, board->definition.rounds_count);
    }
    if (!round) {
        return refuse("no round of %s has been opened yet", ranking->slug);
    }
    if (round > board->round) {
        return refuse("round %u of %s has not been opened yet; round %u is the latest", round,
                      ranking->slug, board->round);
    }
    if (!closed) {
        round_result_now(board, &now);
    }
    struct rank_text rank = {.subject = {.round = round,
                                         .definition = &board->definition,
                                         .ideas = board->ideas,
                                         .result = closed ? closed : &now},
                             .closed = closed != NULL,
                             .words = words_of_fold,
                             .user = fold};

    print(ranking, &rank);
    round_result_finish(&now);
    return STATUS_DONE;
}

static enum status rank_board(struct ranking *ranking, struct workspace *workspace)
{
    struct fold fold;
    enum status status = STATUS_REFUSED;

    fold_init(&fold);
    fold.until = ranking->at;
    if (!fold_board(&fold, workspace, ranking->slug)) {
        fold_finish(&fold);
        return STATUS_REFUSED;
    }
    if (ranking->at != UINT64_MAX && fold.board->version < ranking->at) {
        status = refuse("%s is at version %llu only; ask for that one or an earlier",
                        ranking->slug, (unsigned long long)fold.board->version);
    } else if (rank_study_run(&ranking->study, workspace, ranking->slug, fold.board)) {
        status = rank_fold(ranking, &fold);
    }
    fold_finish(&fold);
    return status;
}

static enum status rank_log(struct ranking *ranking)
{
    struct workspace workspace;

    if (!workspace_open(&workspace, ranking->config, WORKSPACE_READS)) {
        return STATUS_REFUSED;
    }
    enum status status = rank_board(ranking, &workspace);

    workspace_close(&workspace);
    return status;
}

static enum status rank_archive(struct ranking *ranking)
{
    struct archive_read archive = {0};
    enum status status = STATUS_REFUSED;

    if (ranking->study.robust || ranking->study.flow || ranking->at != UINT64_MAX) {
        return refuse("an archive holds no order of events: --at, --robust and --flow need the "
                      "log");
    }
    if (archive_read(&archive, ranking->archive)) {
        uint32_t round = ranking->round ? (uint32_t)ranking->round : archive.round;
        const struct round_result *result = archive_result(&archive, round);

        if (result) {
            print(ranking, &(struct rank_text){.subject = {.round = round,
                                                           .definition = &archive.definition,
                                                           .ideas = archive.ideas,
                                                           .result = result},
                                               .closed = archive.rounds[round - 1].closed,
                                               .words = words_of_archive,
                                               .user = &archive});
            status = STATUS_DONE;
        } else {
            status = refuse("%s has no round %u that was opened", ranking->archive, round);
        }
    }
    archive_read_finish(&archive);
    return status;
}

static void take_option(struct ranking *ranking, int code)
{
    struct config *config = ranking->config;

    switch (code) {
    case OPTION_AT:
        (void)config_number(config, "at", 1, UINT64_MAX - 1, &ranking->at);
        break;
    case OPTION_ROUND:
        (void)config_number(config, "round", 1, LIMIT_ROUNDS, &ranking->round);
        break;
    case OPTION_ROBUST:
        ranking->study.robust = true;
        break;
    case OPTION_FLOW:
        ranking->study.flow = true;
        break;
    default:
        ranking->archive = optarg;
        break;
    }
}

enum status rank_command(struct config *config)
{
    static const struct option own[] = {{"at", required_argument, NULL, OPTION_AT},
                                        {"round", required_argument, NULL, OPTION_ROUND},
                                        {"robust", no_argument, NULL, OPTION_ROBUST},
                                        {"flow", no_argument, NULL, OPTION_FLOW},
                                        {"archive", required_argument, NULL, OPTION_ARCHIVE},
                                        {0}};
    struct ranking ranking = {.config = config, .at = UINT64_MAX};

    for (int code = 0; (code = config_next(config, own));) {
        take_option(&ranking, code);
    }
    if (!ranking.archive) {
        ranking.slug = config_word(config, "the SLUG of the board");
    }
    if (!config_finish(config)) {
        return config->status;
    }
    enum status status = ranking.archive ? rank_archive(&ranking) : rank_log(&ranking);

    rank_study_finish(&ranking.study);
    return status;
}
