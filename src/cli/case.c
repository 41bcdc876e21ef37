#include "wire/case.h"

#include "cli/commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

const char case_help[] =
    "pinson case rank|final|serve FILE\n"
    "Computes one case of the published arithmetic: ideas and ballots in, the result out.\n\n"
    "FILE is JSON of at most 64 MiB, - for standard input. The result is canonical JSON:\n"
    "two programs that agree print the same bytes. A bad case prints {\"error\":…} and ends\n"
    "with status 1.\n\n"
    "  rank     who goes on at the end of a round, why, and how certain the line is\n"
    "  final    who wins, and whether the winner's majority stands its tests\n"
    "  serve    which idea a person is asked to judge next\n\n"
    "  pinson case rank round.json\n"
    "  pinson case final - < final.json\n";

enum {
    CHUNK_BYTES = 65536
};

/* Reads one byte more than a case may have, at most: what is longer is refused as a case. */
static bool read_stream(FILE *file, struct buf *out)
{
    char chunk[CHUNK_BYTES];
    size_t len = 0;

    while (out->len <= CASE_MAX_BYTES && (len = fread(chunk, 1, sizeof chunk, file))) {
        buf_add(out, chunk, len);
    }
    return !ferror(file);
}

static bool read_case(const char *path, struct buf *out)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    bool read = file && read_stream(file, out);
    int error = errno;

    if (file && file != stdin) {
        (void)fclose(file);
    }
    if (!read) {
        (void)refuse("%s: %s", path, strerror(error));
    }
    return read;
}

static enum status run(enum case_kind kind, const char *path)
{
    AUTO_BUF json = {0};
    AUTO_BUF result = {0};

    if (!read_case(path, &json)) {
        return STATUS_REFUSED;
    }
    enum err err = case_run(kind, buf_view(&json), &result);

    if (fwrite(result.bytes, 1, result.len, stdout) != result.len || fflush(stdout) != 0) {
        return refuse("The result could not be written: %s", strerror(errno));
    }
    return err ? STATUS_REFUSED : STATUS_DONE;
}

enum status case_command(struct config *config)
{
    static const struct option none[] = {{0}};
    enum case_kind kind = CASE_RANK;

    while (config_next(config, none)) {
    }
    const char *name = config_word(config, "rank, final or serve");
    const char *path = config_word(config, "the FILE of the case");

    if (!config_finish(config)) {
        return config->status;
    }
    if (!case_kind_of_name(view_of(name), &kind)) {
        config_misuse(config, "there is no kind of case \"%s\"", name);
        return config->status;
    }
    return run(kind, path);
}
