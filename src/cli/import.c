#include "cli/import.h"

#include "cli/commands.h"

#include <string.h>

const char import_help[] =
    "pinson import polis DIR --board SLUG [options]\n"
    "pinson import csv FILE --board SLUG [options]\n"
    "pinson import pinson DIR [options]\n"
    "pinson import undo ID --board SLUG\n"
    "Makes a board from a conversation exported by Polis, brings ideas into a board from a "
    "table,\nor makes a board again from what `pinson export` wrote. Everything is read and "
    "checked first:\nall of it comes in, or nothing.\n\n"
    "polis: comments.csv, votes.csv, summary.csv of a conversation\n"
    "  --board SLUG     address of the new board\n"
    "  --title TEXT     its title (the topic of summary.csv)\n"
    "  --lang LANG      language of the ideas (en)\n\n"
    "csv: separated values, proposals of Decidim as CSV or JSON, ideas.csv or board.json of "
    "ours\n"
    "  --board SLUG     the board that they come into\n"
    "  --map MAP        which column is what: text=Titre,theme=#3,url= (title text theme lang\n"
    "                   author id url source place result parent relation at)\n"
    "  --themes MAP     their themes as ours: Voirie=Mobilité,Divers=\n"
    "  --seed           as ideas to start with, labelled as the organiser's\n"
    "  --skip           leave out the rows that cannot come in\n"
    "  --preview        show what would come in, and change nothing\n\n"
    "pinson: a directory that `pinson export --format archive` or `--format audit` made\n"
    "  --board SLUG     another address than it had (archive only)\n\n"
    "undo: takes out what an import brought, while nobody has judged any of it\n\n"
    "  --data DIR       directory of the installation (./data)\n"
    "  --redis URL      or the Redis that it is on\n"
    "  --json           print the numbers as JSON\n\n"
    "  pinson import polis 15-per-hour-seattle --board seattle\n"
    "  pinson import csv idees.csv --board mobilite --preview\n";

enum {
    OPTION_BOARD = 1,
    OPTION_TITLE,
    OPTION_LANG,
    OPTION_MAP,
    OPTION_THEMES,
    OPTION_SEED,
    OPTION_SKIP,
    OPTION_PREVIEW
};

static void take_option(struct import_call *call, int code)
{
    switch (code) {
    case OPTION_BOARD:
        call->slug = optarg;
        break;
    case OPTION_TITLE:
        call->title = optarg;
        break;
    case OPTION_LANG:
        call->lang = optarg;
        break;
    case OPTION_MAP:
        call->map = optarg;
        break;
    case OPTION_THEMES:
        call->themes = optarg;
        break;
    case OPTION_SEED:
        call->seed = true;
        break;
    case OPTION_SKIP:
        call->skip = true;
        break;
    default:
        call->preview = true;
        break;
    }
}

static const struct system {
    const char *name;
    enum status (*run)(const struct import_call *call);
    const char *what;
    bool needs_board;
} systems[] = {
    {"polis", import_polis, "the directory of the export", true},
    {"csv", import_file, "the file", true},
    {"decidim", import_file, "the file", true},
    {"pinson", import_pinson, "what `pinson export` wrote", false},
    {"undo", import_undo, "the id of the import", true},
};

static const struct system *find(const char *name)
{
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++) {
        if (name && strcmp(systems[i].name, name) == 0) {
            return &systems[i];
        }
    }
    return NULL;
}

static const struct system *read_words(struct import_call *call)
{
    const char *name = config_word(call->config, "\"polis\", \"csv\", \"pinson\" or \"undo\"");
    const struct system *system = find(name);

    if (name && !system) {
        config_misuse(call->config, "polis, csv, decidim or pinson can be imported, not \"%s\"",
                      name);
    }
    call->path = config_word(call->config, system ? system->what : "the file");
    if (!call->config->ended && system && system->needs_board && !call->slug) {
        config_misuse(call->config, "--board SLUG is missing");
    }
    return config_finish(call->config) ? system : NULL;
}

enum status import_command(struct config *config)
{
    static const struct option own[] = {{"board", required_argument, NULL, OPTION_BOARD},
                                        {"title", required_argument, NULL, OPTION_TITLE},
                                        {"lang", required_argument, NULL, OPTION_LANG},
                                        {"map", required_argument, NULL, OPTION_MAP},
                                        {"themes", required_argument, NULL, OPTION_THEMES},
                                        {"seed", no_argument, NULL, OPTION_SEED},
                                        {"skip", no_argument, NULL, OPTION_SKIP},
                                        {"preview", no_argument, NULL, OPTION_PREVIEW},
                                        {0}};
    struct import_call call = {.config = config, .lang = "en"};

    for (int code = 0; (code = config_next(config, own));) {
        take_option(&call, code);
    }
    const struct system *system = read_words(&call);

    return system ? system->run(&call) : config->status;
}
