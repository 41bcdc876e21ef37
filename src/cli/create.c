#include "cli/commands.h"
#include "cli/file.h"
#include "cli/writer.h"
#include "wire/definition.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

const char create_help[] =
    "pinson create SLUG --title TEXT [options]\n"
    "Makes a board, public and open at once.\n\n"
    "  --title TEXT      its title\n"
    "  --question TEXT   what is asked\n"
    "  --about TEXT      what people should know first\n"
    "  --lang LANG       fr or en (fr)\n"
    "  --theme TEXT      a theme; again for more\n"
    "  --rounds FILE     a JSON list of rounds (one: post, build and vote, no budgets)\n"
    "  --publish-log     the log of the board may be read by everybody\n"
    "  --data DIR        directory of the installation (./data)\n"
    "  --redis URL       or the Redis that it is on\n"
    "  --json            print address and join code as JSON\n\n"
    "  pinson create mobilite --title \"Se déplacer en 2030\" --theme Vélo --theme Bus\n";

enum {
    OPTION_TITLE = 1,
    OPTION_QUESTION,
    OPTION_ABOUT,
    OPTION_LANG,
    OPTION_THEME,
    OPTION_ROUNDS,
    OPTION_PUBLISH_LOG
};

struct create {
    struct config *config;
    const char *slug;
    const char *title;
    const char *question;
    const char *about;
    const char *lang;
    const char *rounds_path;
    json_t *rounds; /* new reference; the board borrows its words */
    struct new_board board;
};

static void add_theme(struct create *create, const char *text)
{
    struct definition *definition = &create->board.definition;
    struct view theme = view_trim(view_of(text));

    if (definition->themes_count == LIMIT_THEMES) {
        config_misuse(create->config, "a board has at most %d themes", LIMIT_THEMES);
    } else if (!theme.len || theme.len > LIMIT_THEME_MAX_BYTES || !text_is_clean_name(theme) ||
               definition_theme(definition, theme)) {
        config_misuse(create->config, "\"%s\" cannot be a theme, or is one already", text);
    } else {
        memcpy(definition->themes[definition->themes_count++], theme.ptr, theme.len);
    }
}

static void take_option(struct create *create, int code)
{
    switch (code) {
    case OPTION_TITLE:
        create->title = optarg;
        break;
    case OPTION_QUESTION:
        create->question = optarg;
        break;
    case OPTION_ABOUT:
        create->about = optarg;
        break;
    case OPTION_LANG:
        create->lang = optarg;
        break;
    case OPTION_THEME:
        add_theme(create, optarg);
        break;
    case OPTION_ROUNDS:
        create->rounds_path = optarg;
        break;
    default:
        create->board.definition.publish_log = true;
        break;
    }
}

static bool read_words(struct create *create)
{
    static const struct option own[] = {
        {"title", required_argument, NULL, OPTION_TITLE},
        {"question", required_argument, NULL, OPTION_QUESTION},
        {"about", required_argument, NULL, OPTION_ABOUT},
        {"lang", required_argument, NULL, OPTION_LANG},
        {"theme", required_argument, NULL, OPTION_THEME},
        {"rounds", required_argument, NULL, OPTION_ROUNDS},
        {"publish-log", no_argument, NULL, OPTION_PUBLISH_LOG},
        {0},
    };

    for (int code = 0; (code = config_next(create->config, own));) {
        take_option(create, code);
    }
    create->slug = config_word(create->config, "the SLUG of the board");
    if (!create->config->ended && !create->title) {
        config_misuse(create->config, "--title TEXT is missing");
    }
    return config_finish(create->config);
}

static bool read_round(struct create *create, size_t i)
{
    struct new_board *board = &create->board;
    char field[32] = "";

    if (round_parse(json_array_get(create->rounds, i), &board->definition.rounds[i],
                    &board->round_titles[i], &board->round_prompts[i], field)) {
        (void)refuse(
            "%s: in round %zu, \"%s\" is not known or has a wrong value; mend the file",
            create->rounds_path, i + 1, field);
        return false;
    }
    return writer_check_text("title of a round", board->round_titles[i],
                             LIMIT_TITLE_MAX_GRAPHEMES) &&
           writer_check_text("prompt of a round", board->round_prompts[i],
                             LIMIT_NOTE_MAX_GRAPHEMES);
}

static bool read_rounds(struct create *create)
{
    json_error_t error;
    AUTO_BUF text = {0};
    AUTO_BUF why = {0};

    if (!create->rounds_path) {
        return true;
    }
    if (file_read(create->rounds_path, &text, &why)) {
        (void)refuse("%s; name another file with --rounds", why.bytes);
        return false;
    }
    create->rounds =
        json_loadb(text.bytes ? text.bytes : "", text.len, JSON_REJECT_DUPLICATES, &error);
    size_t count = json_array_size(create->rounds);

    if (!count || count > LIMIT_ROUNDS) {
        (void)refuse("%s is not a JSON list of 1 to %d rounds; mend the file",
                     create->rounds_path, LIMIT_ROUNDS);
        return false;
    }
    create->board.definition.rounds_count = (uint32_t)count;
    for (size_t i = 0; i < count; i++) {
        if (!read_round(create, i)) {
            return false;
        }
    }
    return true;
}

static bool set_words(struct create *create)
{
    create->board.question = view_trim(view_of(create->question));
    create->board.about = view_trim(view_of(create->about));
    return writer_words(&create->board, create->slug, create->lang, create->title) &&
           writer_check_text("question", create->board.question, LIMIT_TITLE_MAX_GRAPHEMES) &&
           writer_check_text("description", create->board.about, LIMIT_TEXT_MAX_GRAPHEMES) &&
           read_rounds(create);
}

static void print(const struct create *create, const struct writer *writer)
{
    if (create->config->json) {
        printf("{\"slug\":\"%s\",\"b\":\"%s\",\"path\":\"/b/%s\",\"join_code\":\"%s\"}\n",
               create->slug, writer->board.key.id, create->slug, writer->board.code);
    } else {
        printf("The board is at /b/%s; its join code is %.3s %s\n", create->slug,
               writer->board.code, writer->board.code + 3);
    }
}

static enum status run(struct create *create)
{
    struct workspace workspace;
    struct writer writer;
    struct fold fold;

    if (!workspace_open(&workspace, create->config, WORKSPACE_MAKES)) {
        return STATUS_REFUSED;
    }
    fold_init(&fold);
    bool ok =
        writer_begin(&writer, &workspace, &create->board) && writer_finish(&writer, &fold);

    if (ok) {
        print(create, &writer);
    }
    fold_finish(&fold);
    workspace_close(&workspace);
    return ok ? STATUS_DONE : STATUS_REFUSED;
}

enum status create_command(struct config *config)
{
    struct create create = {.config = config, .lang = "fr"};
    enum status status = STATUS_REFUSED;

    definition_init(&create.board.definition);
    if (!read_words(&create)) {
        return config->status;
    }
    if (set_words(&create)) {
        status = run(&create);
    }
    json_decref(create.rounds);
    return status;
}
