#include "auth/random.h"
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/fold.h"
#include "cli/index.h"
#include "export/archive.h"
#include "export/audit.h"
#include "export/csv.h"
#include "export/decidim.h"
#include "export/log.h"
#include "export/xlsx.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

const char export_help[] =
    "pinson export BOARD --format json|csv|xlsx|decidim|archive|audit|log [options]\n"
    "Writes a board to standard output, or to files in a directory.\n\n"
    "  --format json   the board with its ideas, tallies and ranks: board.json\n"
    "  --format csv    ideas.csv and ballots.csv, which need -o\n"
    "  --format xlsx   a workbook, the winners first: board.xlsx, which needs -o\n"
    "  --format decidim  the public ideas as Decidim writes proposals: decidim.csv\n"
    "  --format archive  public files from which every result can be recounted; needs -o\n"
    "  --format audit  the whole log with its texts, for a sworn auditor; needs -o\n"
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

static void check_format(const struct export *export)
{
    static const char *const formats[] = {"json", "log",     "decidim", "csv",
                                          "xlsx", "archive", "audit"};
    size_t i = 0;

    if (export->config->ended) {
        return;
    }
    while (i < sizeof formats / sizeof *formats && !is_format(export, formats[i])) {
        i++;
    }
    if (i == sizeof formats / sizeof *formats) {
        config_misuse(export->config,
                      "--format is json, csv, xlsx, decidim, archive, audit or log");
    } else if (i >= 3 && !export->dir) {
        config_misuse(export->config, "%s makes files: name their directory with -o DIR",
                      export->format);
    }
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
    check_format(export);
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
    AUTO_SINK ideas = {0};
    AUTO_SINK ballots = {0};

    random_bytes(&seed, sizeof seed);
    export_ideas_csv(fold->board, &fold->texts, export->options, &ideas);
    export_ballots_csv(fold->board, &seed, &ballots);
    enum status status = write_file(export, "ideas.csv", buf_view(&ideas.buf));

    return status ? status : write_file(export, "ballots.csv", buf_view(&ballots.buf));
}

static enum status write_xlsx(const struct export *export, const struct fold *fold)
{
    struct xlsx_subject subject = {
        .board = fold->board, .texts = &fold->texts, .options = export->options};
    AUTO_BUF path = {0};

    buf_printf(&path, "%s/board.xlsx", export->dir);
    return xlsx_write(&subject, path.bytes)
               ? refuse("%s cannot be written; name another directory with -o", path.bytes)
               : STATUS_DONE;
}

static enum status write_decidim(const struct export *export, const struct fold *fold)
{
    AUTO_SINK out = {0};

    decidim_write(fold->board, &fold->texts, export->options, view_of(NULL), &out);
    return write_file(export, "decidim.csv", buf_view(&out.buf));
}

/* What is collected while the log is folded. */
struct parts {
    struct buf lines;
    struct buf texts;
    struct archive archive;
};

static enum status write_archive(const struct export *export, const struct fold *fold,
                                 struct parts *parts)
{
    AUTO_BUF sums = {0};
    struct archive_subject subject = {
        .archive = &parts->archive, .board = fold->board, .texts = &fold->texts, .sums = &sums};
    struct digest seed;
    enum status status = STATUS_DONE;
    const char *name = "";

    random_bytes(&seed, sizeof seed);
    archive_end(&parts->archive, fold->board, &seed);
    for (size_t n = 0; !status && name; n++) {
        AUTO_BUF bytes = {0};

        name = archive_write(&bytes, &subject, n);
        status = name ? write_file(export, name, buf_view(&bytes)) : STATUS_DONE;
    }
    return status;
}

static enum status write_audit(const struct export *export, const struct fold *fold,
                               const struct parts *parts)
{
    AUTO_BUF readme = {0};
    AUTO_BUF manifest = {0};

    audit_write_readme(&readme, fold->board);
    audit_write_manifest(&manifest, fold->board);
    enum status status = write_file(export, "README.md", buf_view(&readme));

    status = status ? status : write_file(export, "log.ndjson", buf_view(&parts->lines));
    status = status ? status : write_file(export, "texts.ndjson", buf_view(&parts->texts));
    return status ? status : write_file(export, "manifest.json", buf_view(&manifest));
}

static enum status write_format(const struct export *export, const struct fold *fold,
                                struct parts *parts)
{
    AUTO_SINK json = {0};

    if (export->dir && mkdir(export->dir, 0777) != 0 && errno != EEXIST) {
        return refuse("%s: %s; name another directory with -o", export->dir, strerror(errno));
    }
    if (is_format(export, "csv")) {
        return write_csv(export, fold);
    }
    if (is_format(export, "xlsx")) {
        return write_xlsx(export, fold);
    }
    if (is_format(export, "decidim")) {
        return write_decidim(export, fold);
    }
    if (is_format(export, "archive")) {
        return write_archive(export, fold, parts);
    }
    if (is_format(export, "audit")) {
        return write_audit(export, fold, parts);
    }
    if (is_format(export, "log")) {
        return write_file(export, "log.ndjson", buf_view(&parts->lines));
    }
    export_json(fold->board, &fold->texts, export->options, &json);
    return write_file(export, "board.json", buf_view(&json.buf));
}

static void add_entry(void *user, const struct fold *fold, const struct stored_entry *entry)
{
    struct parts *parts = user;

    (void)fold;
    export_log_line(&entry->entry, &parts->lines);
    for (size_t i = 0; i < entry->texts_count; i++) {
        if (entry->texts[i].json.len) {
            audit_write_text(&parts->texts, entry->texts[i].ref, entry->texts[i].json);
        }
    }
}

static void before_entry(void *user, const struct fold *fold, const struct stored_entry *entry)
{
    struct parts *parts = user;

    archive_before(&parts->archive, fold->board, &entry->entry.command);
}

static void after_entry(void *user, const struct fold *fold, const struct stored_entry *entry)
{
    struct parts *parts = user;

    archive_after(&parts->archive, fold->board, &entry->entry, &fold->effects.decision);
}

static enum status run(const struct export *export)
{
    struct workspace workspace;
    struct fold fold;
    struct parts parts = {0};
    bool archive = is_format(export, "archive");
    bool log = is_format(export, "log") || is_format(export, "audit");
    struct fold_visitor visitor = {.before = archive ? before_entry : NULL,
                                   .after = archive ? after_entry : (log ? add_entry : NULL),
                                   .user = &parts};
    enum status status = STATUS_REFUSED;

    if (!workspace_open(&workspace, export->config, WORKSPACE_READS)) {
        return STATUS_REFUSED;
    }
    fold_init(&fold);
    fold.visitor = &visitor;
    if (fold_board(&fold, &workspace, export->slug)) {
        status = write_format(export, &fold, &parts);
    }
    fold_finish(&fold);
    archive_finish(&parts.archive);
    buf_finish(&parts.lines);
    buf_finish(&parts.texts);
    workspace_close(&workspace);
    return status;
}

enum status export_command(struct config *config)
{
    struct export export = {.config = config, .format = ""};

    return read_options(&export) ? run(&export) : config->status;
}
