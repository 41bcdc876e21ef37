#include "cli/commands.h"
#include "cli/file.h"
#include "cli/writer.h"
#include "wire/names.h"
#include "wire/template.h"

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
    "  --group TEXT      a group that people can say they belong to; again for more\n"
    "  --entry RULE      who may act: open (everybody, unless named), code or ticket\n"
    "  --visibility WHO  public: in the list, unless named; link: for who has its address;\n"
    "                    private: for who has its code, of ten digits, or a ticket\n"
    "  --template NAME   ready rounds: atelier, consultation or mmowgli\n"
    "  --rounds FILE     or a JSON list of rounds (one: post, build and vote, no budgets)\n"
    "  --licence NAME    under which it is published: etalab-2.0 (the default), CC-BY-4.0,\n"
    "                    CC-BY-SA-4.0, CC0-1.0 or ODbL-1.0\n"
    "  --draft           nothing is open until a lead opens the first round\n"
    "  --publish-log     the log of the board may be read by everybody\n"
    "  --data DIR        directory of the installation (./data)\n"
    "  --redis URL       or the Redis that it is on\n"
    "  --json            print address and join code as JSON\n\n"
    "  pinson create mobilite --title \"Se déplacer en 2030\" --theme Vélo --theme Bus\n"
    "  pinson create atelier-eau --title \"L'eau demain\" --template atelier --draft\n";

enum {
    OPTION_TITLE = 1,
    OPTION_QUESTION,
    OPTION_ABOUT,
    OPTION_LANG,
    OPTION_THEME,
    OPTION_GROUP,
    OPTION_ENTRY,
    OPTION_VISIBILITY,
    OPTION_TEMPLATE,
    OPTION_ROUNDS,
    OPTION_LICENCE,
    OPTION_DRAFT,
    OPTION_PUBLISH_LOG
};

struct create {
    struct config *config;
    const char *slug;
    const char *title;
    const char *question;
    const char *about;
    const char *lang;
    const char *template;
    const char *rounds_path;
    json_t *rounds; /* new reference; the board borrows its words */
    struct new_board board;
};

/* One more theme or group, from optarg. */
static void add_name(struct create *create, const char *what,
                     char (*names)[LIMIT_THEME_MAX_BYTES + 1], size_t max, uint32_t *count)
{
    struct view name = view_trim(view_of(optarg));
    bool is_new = true;

    for (uint32_t i = 0; i < *count; i++) {
        is_new = is_new && !view_is(name, names[i]);
    }
    if (*count == max) {
        config_misuse(create->config, "a board has at most %zu %ss", max, what);
    } else if (!name.len || name.len > LIMIT_THEME_MAX_BYTES || !text_is_clean_name(name) ||
               !is_new) {
        config_misuse(create->config, "\"%s\" cannot be a %s, or is one already", optarg, what);
    } else {
        memcpy(names[(*count)++], name.ptr, name.len);
    }
}

static void take_option(struct create *create, int code)
{
    struct definition *definition = &create->board.definition;

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
        add_name(create, "theme", definition->themes, LIMIT_THEMES, &definition->themes_count);
        break;
    case OPTION_GROUP:
        add_name(create, "group", definition->groups, LIMIT_GROUPS, &definition->groups_count);
        break;
    case OPTION_ENTRY:
        if (!entry_rule_of_name(view_of(optarg), &definition->entry)) {
            config_misuse(create->config, "--entry is open, code or ticket, not \"%s\"",
                          optarg);
        }
        break;
    case OPTION_VISIBILITY:
        if (!visibility_of_name(view_of(optarg), &definition->visibility)) {
            config_misuse(create->config, "--visibility is public, link or private, not \"%s\"",
                          optarg);
        }
        break;
    case OPTION_TEMPLATE:
        create->template = optarg;
        break;
    case OPTION_ROUNDS:
        create->rounds_path = optarg;
        break;
    case OPTION_LICENCE:
        if (!licence_of_name(view_of(optarg), &definition->licence)) {
            config_misuse(create->config, "--licence is etalab-2.0, CC-BY-4.0, CC-BY-SA-4.0, "
                                          "CC0-1.0 or ODbL-1.0");
        }
        break;
    case OPTION_DRAFT:
        definition->draft = true;
        break;
    default:
        definition->publish_log = true;
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
        {"group", required_argument, NULL, OPTION_GROUP},
        {"entry", required_argument, NULL, OPTION_ENTRY},
        {"visibility", required_argument, NULL, OPTION_VISIBILITY},
        {"template", required_argument, NULL, OPTION_TEMPLATE},
        {"rounds", required_argument, NULL, OPTION_ROUNDS},
        {"licence", required_argument, NULL, OPTION_LICENCE},
        {"draft", no_argument, NULL, OPTION_DRAFT},
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
    if (!create->config->ended && create->template && create->rounds_path) {
        config_misuse(create->config, "--template and --rounds both say which rounds there "
                                      "are; give one of them");
    }
    return config_finish(create->config);
}

static bool load_template(struct create *create)
{
    AUTO_BUF names = {0};

    create->rounds = template_rounds(view_of(create->template), view_of(create->lang));
    if (!create->rounds) {
        template_write_names(&names);
        (void)refuse("there is no template \"%s\"; use one of %s", create->template,
                     names.bytes);
    }
    return create->rounds != NULL;
}

static bool load_file(struct create *create)
{
    json_error_t error;
    AUTO_BUF text = {0};
    AUTO_BUF why = {0};

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
    return true;
}

static bool read_rounds(struct create *create)
{
    struct field field;

    if (!create->template && !create->rounds_path) {
        return true;
    }
    if (create->template ? !load_template(create) : !load_file(create)) {
        return false;
    }
    if (rounds_parse(create->rounds, &create->board.definition, create->board.round_words,
                     &field)) {
        (void)refuse("%s: %s is not known here, or has a wrong value; mend the file",
                     create->rounds_path ? create->rounds_path : create->template, field.path);
        return false;
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
