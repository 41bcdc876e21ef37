#include "auth/random.h"
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/fold.h"
#include "cli/index.h"
#include "export/csv.h"
#include "export/log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

const char export_help[] =
    "pinson export BOARD --format json|csv|log [options]\n"
    "Writes a board to standard output, or to files in a directory.\n\n"
    "  --format json   the board with its ideas, tallies and ranks: board.json\n"
    "  --format csv    ideas.csv and ballots.csv, which need -o\n"
    "  --format log    the entries as they are stored: log.ndjson\n"
    "  -o, --output DIR  the directory, which is made\n"
    "  --staff         with the texts of hidden ideas\n"
    "  --data DIR      directory of the installation (./data)\n"
    "  --redis URL     or the Redis that it is on\n\n"
    "  pinson export mobilite --format csv -o mobilite\n";

enum {
    OPTION_FORMAT = 1,
    OPTION_STAFF,
    OPTION_OUTPUT = 'o'
};

struct export
{
    struct config *config;
    const char *slug;
    const char *format;
    const char *dir;
    struct export_options options;
};

static bool is_format(const struct export *export, const char *format)
{
    return strcmp(export->format, format) == 0;
}

static bool read_options(struct export *export)
{
    static const struct option own[] = {{"format", required_argument, NULL, OPTION_FORMAT},
                                        {"output", required_argument, NULL, OPTION_OUTPUT},
                                        {"staff", no_argument, NULL, OPTION_STAFF},
                                        {0}};

    for (int code = 0; (code = config_next(export->config, own));) {
        switch (code) {
        case OPTION_FORMAT:
            export->format = optarg;
            break;
        case OPTION_OUTPUT:
            export->dir = optarg;
            break;
        default:
            export->options.staff = true;
            break;
        }
    }
    export->slug = config_word(export->config, "the SLUG of the board");
    if (!export->config->ended && !is_format(export, "json") && !is_format(export, "csv") &&
        !is_format(export, "log")) {
        config_misuse(export->config, "--format is json, csv or log");
    }
    if (!export->config->ended && is_format(export, "csv") && !export->dir) {
        config_misuse(export->config, "csv makes two files: name their directory with -o DIR");
    }
    return config_finish(export->config);
}

static enum status write_file(const struct export *export, const char *name, struct view bytes)
{
    AUTO_BUF path = {0};
    AUTO_BUF why = {0};

    if (!export->dir) {
        bool ok = fwrite(bytes.ptr ? bytes.ptr : "", 1, bytes.len, stdout) == bytes.len;

        return ok && fflush(stdout) == 0 ? STATUS_DONE
                                         : refuse("standard output cannot be written to");
    }
    buf_printf(&path, "%s/%s", export->dir, name);
    return file_write(path.bytes, bytes, &why)
               ? refuse("%s; name another directory with -o", why.bytes)
               : STATUS_DONE;
}

static enum status write_csv(const struct export *export, const struct fold *fold)
{
    struct digest seed;
    AUTO_BUF ideas = {0};
    AUTO_BUF ballots = {0};

    random_bytes(&seed, sizeof seed);
    export_ideas_csv(fold->board, &fold->texts, export->options, &ideas);
    export_ballots_csv(fold->board, &seed, &ballots);
    enum status status = write_file(export, "ideas.csv", buf_view(&ideas));

    return status ? status : write_file(export, "ballots.csv", buf_view(&ballots));
}

static enum status write_format(const struct export *export, const struct fold *fold,
                                const struct buf *lines)
{
    AUTO_BUF json = {0};

    if (export->dir && mkdir(export->dir, 0777) != 0 && errno != EEXIST) {
        return refuse("%s: %s; name another directory with -o", export->dir, strerror(errno));
    }
    if (is_format(export, "csv")) {
        return write_csv(export, fold);
    }
    if (is_format(export, "log")) {
        return write_file(export, "log.ndjson", buf_view(lines));
    }
    export_json(fold->board, &fold->texts, export->options, &json);
    return write_file(export, "board.json", buf_view(&json));
}

static void add_line(void *user, const struct fold *fold, const struct stored_entry *entry)
{
    (void)fold;
    export_log_line(&entry->entry, user);
}

static enum status run(const struct export *export)
{
    struct workspace workspace;
    struct fold fold;
    AUTO_BUF lines = {0};
    struct fold_visitor visitor = {.after = add_line, .user = &lines};
    enum status status = STATUS_REFUSED;

    if (!workspace_open(&workspace, export->config, WORKSPACE_READS)) {
        return STATUS_REFUSED;
    }
    fold_init(&fold);
    fold.visitor = is_format(export, "log") ? &visitor : NULL;
    if (fold_board(&fold, &workspace, export->slug)) {
        status = write_format(export, &fold, &lines);
    }
    fold_finish(&fold);
    workspace_close(&workspace);
    return status;
}

enum status export_command(struct config *config)
{
    struct export export = {.config = config, .format = ""};

    return read_options(&export) ? run(&export) : config->status;
}
