#include "auth/random.h"
#include "base/map.h"
#include "cli/commands.h"
#include "cli/index.h"
#include "cli/polis.h"
#include "cli/progress.h"
#include "cli/writer.h"
#include "wire/json.h"

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
    struct writer writer;
    struct map people; /* id of the source → key */
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

/* The topic is the question; where it is too long for a title, --title must name one. */
static bool set_words(struct import *import)
{
    const char *title = import->title ? import->title : import->polis.topic;

    definition_init(&import->board.definition);
    import->board.definition.own_ballots_count = true;
    import->board.definition.rounds[0].compete = 1u << RELATION_IDEA;
    import->board.question = view_of(import->polis.topic);
    return writer_words(&import->board, import->slug, import->lang,
                        title ? title : import->slug) &&
           writer_check_text("topic", import->board.question, LIMIT_TEXT_MAX_GRAPHEMES);
}

/* The key of a person of the source, who is introduced at their first act. */
static uint64_t person(struct import *import, uint64_t id)
{
    const uint64_t *known = map_find(&import->people, id);
    uint64_t key = known ? *known : random_u64();

    if (!known) {
        map_put(&import->people, id, key);
        writer_person(&import->writer, key, ASSURANCE_GUEST);
    }
    return key;
}

static void write_ideas(struct import *import)
{
    for (size_t i = 0; i < import->polis.comments_count; i++) {
        const struct polis_comment *comment = &import->polis.comments[i];
        struct new_idea idea = {.text = view_of(comment->text),
                                .person = person(import, comment->author),
                                .lang = import->lang,
                                .source = {.system = "polis"},
                                .at_ms = comment->at_ms};

        snprintf(idea.source.id, sizeof idea.source.id, "%llu",
                 (unsigned long long)comment->id);
        writer_post(&import->writer, &idea);
    }
}

static void write_ballots(struct import *import)
{
    struct progress progress;

    progress_init(&progress, "Importing", import->polis.votes_count);
    for (size_t i = 0; i < import->polis.votes_count; i++) {
        const struct polis_vote *vote = &import->polis.votes[i];

        writer_vote(&import->writer, person(import, vote->voter), vote->idea, vote->choice,
                    vote->at_ms);
        progress_at(&progress, i);
    }
    progress_finish(&progress);
}

static void write_rejections(struct import *import)
{
    for (size_t i = 0; i < import->polis.comments_count; i++) {
        if (import->polis.comments[i].is_rejected) {
            writer_hide(&import->writer, (uint32_t)i + 1);
        }
    }
}

static bool write_board(struct import *import, struct workspace *workspace, struct fold *fold)
{
    struct source source = writer_import_source("polis");

    if (!writer_begin(&import->writer, workspace, &import->board)) {
        return false;
    }
    writer_import(&import->writer, &source, false);
    write_ideas(import);
    write_ballots(import);
    write_rejections(import);
    writer_import(&import->writer, &source, true);
    return writer_finish(&import->writer, fold);
}

/* The published tallies count rows that a later one of the same voter supersedes. */
static size_t count_corrected(const struct polis *polis, const struct board *board)
{
    size_t count = 0;

    for (size_t i = 0; i < polis->comments_count; i++) {
        const struct tally *tally = &board->ideas[i].tally;

        count += tally->agree != polis->comments[i].agrees ||
                 tally->disagree != polis->comments[i].disagrees;
    }
    return count;
}

static void print(const struct import *import, const struct board *board)
{
    size_t corrected = count_corrected(&import->polis, board);

    if (import->config->json) {
        printf(
            "{\"slug\":\"%s\",\"b\":\"%s\",\"join_code\":\"%s\",\"ideas\":%zu,\"people\":%zu,"
            "\"ballots\":%llu,\"vote_rows\":%zu,\"corrected\":%zu}\n",
            import->slug, import->writer.board.key.id, import->writer.board.code,
            board->ideas_count, board->active_people, (unsigned long long)board->ballots,
            import->polis.votes_count, corrected);
        return;
    }
    printf("%zu ideas, %zu people, %llu ballots from %zu vote rows\n"
           "%zu of %zu published tallies corrected\n"
           "The board is at /b/%s; its join code is %.3s %s\n"
           "Gathered with Polis: published under CC BY 4.0, attribution to The Computational "
           "Democracy Project\n",
           board->ideas_count, board->active_people, (unsigned long long)board->ballots,
           import->polis.votes_count, corrected, board->ideas_count, import->slug,
           import->writer.board.code, import->writer.board.code + 3);
}

static enum status run(struct import *import)
{
    struct workspace workspace;
    struct fold fold;

    if (!workspace_open(&workspace, import->config, WORKSPACE_MAKES)) {
        return STATUS_REFUSED;
    }
    fold_init(&fold);
    bool ok = write_board(import, &workspace, &fold);

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
    map_init(&import.people);
    if (set_words(&import)) {
        status = run(&import);
    }
    map_finish(&import.people);
    polis_finish(&import.polis);
    return status;
}
