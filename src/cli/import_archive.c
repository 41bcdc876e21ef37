/*
 * import_archive — a public archive becomes a board again.
 *
 * A log is made that comes to what the archive says, and what that log would publish is
 * compared with the archive, file by file; a board that would not be the same is not made.
 * Numbers of voters are drawn anew with each archive, and versions and heads are those of a
 * log: these differ.
 */
#include "auth/random.h"
#include "base/mem.h"
#include "cli/archive_replay.h"
#include "cli/file.h"
#include "cli/import.h"
#include "cli/import_board.h"
#include "export/archive_tables.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SHOWN = 40 /* bytes of a line that are quoted */
};

/* Comparing */

/* Without what is of one log or of one publication. */
static void strip(json_t *json, size_t depth)
{
    static const char *const keys[] = {"version", "head",           "words",
                                       "slug",    "opened_version", "closed_version"};
    const char *key = NULL;
    json_t *value = NULL;
    size_t i = 0;

    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        json_object_del(json, keys[k]);
    }
    if (depth > 8) {
        return;
    }
    json_object_foreach(json, key, value)
    {
        strip(value, depth + 1);
    }
    json_array_foreach(json, i, value)
    {
        strip(value, depth + 1);
    }
}

/* Where they differ first, as ".rounds[0].judges". */
static void find_in_json(const json_t *made, json_t *given, struct buf *where)
{
    const char *key = NULL;
    json_t *value = NULL;
    size_t i = 0;

    json_object_foreach(given, key, value)
    {
        if (!json_equal(json_object_get(made, key), value)) {
            buf_printf(where, ".%s", key);
            find_in_json(json_object_get(made, key), value, where);
            return;
        }
    }
    json_array_foreach(given, i, value)
    {
        if (!json_equal(json_array_get(made, i), value)) {
            buf_printf(where, "[%zu]", i);
            find_in_json(json_array_get(made, i), value, where);
            return;
        }
    }
}

static bool is_same_json(struct view made, struct view given, struct buf *where)
{
    json_auto_t *a = json_loadb(made.ptr, made.len, JSON_REJECT_DUPLICATES, NULL);
    json_auto_t *b = json_loadb(given.ptr, given.len, JSON_REJECT_DUPLICATES, NULL);

    strip(a, 0);
    strip(b, 0);
    if (a && b && json_equal(a, b)) {
        return true;
    }
    find_in_json(a, b, where);
    return false;
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The line without one column; owned by the caller. */
static char *copy_line(struct view line, size_t without)
{
    size_t column = 0;
    struct buf out = {0};

    for (size_t i = 0; i < line.len; i++) {
        column += line.ptr[i] == ',';
        if (column != without) {
            buf_add_char(&out, line.ptr[i]);
        }
    }
    buf_add_char(&out, '\n');
    return buf_take(&out);
}

static struct view next_line(struct view *rest)
{
    const char *end = memchr(rest->ptr, '\n', rest->len);
    struct view line = {rest->ptr, end ? (size_t)(end - rest->ptr) : rest->len};
    size_t used = line.len + (end != NULL);

    *rest = (struct view){rest->ptr + used, rest->len - used};
    return line;
}

/* The lines of a table without one column, sorted if their order is drawn. */
static void take_lines(struct buf *to, struct view bytes, size_t without, bool sorted)
{
    char **lines = NULL;
    size_t count = 0;
    size_t room = 0;

    while (bytes.len) {
        lines = mem_reserve(lines, count, &room, sizeof *lines);
        lines[count++] = copy_line(next_line(&bytes), without);
    }
    if (sorted && count) {
        qsort(lines, count, sizeof *lines, compare_lines);
    }
    for (size_t i = 0; i < count; i++) {
        buf_add_text(to, lines[i]);
        mem_free(lines[i]);
    }
    mem_free(lines);
}

static bool is_same_table(struct view made, struct view given, size_t without, bool sorted,
                          struct buf *where)
{
    AUTO_BUF a = {0};
    AUTO_BUF b = {0};

    take_lines(&a, made, without, sorted);
    take_lines(&b, given, without, sorted);
    struct view left = buf_view(&a);
    struct view right = buf_view(&b);

    while (left.len && right.len) {
        struct view line = next_line(&right);

        if (!view_equal(next_line(&left), line)) {
            buf_printf(where, ", at \"%.*s\"", (int)(line.len < SHOWN ? line.len : SHOWN),
                       line.ptr);
            return false;
        }
    }
    return !left.len && !right.len;
}

static bool is_same(const char *name, struct view made, struct view given, struct buf *where)
{
    if (strcmp(name, "rounds.json") == 0 || strcmp(name, "results.json") == 0) {
        return is_same_json(made, given, where);
    }
    if (strcmp(name, "README.md") == 0 || strcmp(name, "datapackage.json") == 0) {
        return true; /* words */
    }
    bool is_ballots = strcmp(name, "ballots.csv") == 0;
    bool is_moderation = strcmp(name, "moderation.csv") == 0;
    size_t without = is_ballots ? 1 : (is_moderation ? 0 : SIZE_MAX); /* voter; version */

    return is_same_table(made, given, without, is_ballots, where);
}

/* The first file that would be another, and where; false: all are the same. */
static bool find_difference(struct replica *replica, const char *folder, struct buf *out)
{
    struct archive_subject subject = {
        .archive = &replica->archive, .board = replica->board, .texts = &replica->texts};
    struct digest seed;
    const char *name = "";

    random_bytes(&seed, sizeof seed);
    archive_end(&replica->archive, replica->board, &seed);
    for (size_t n = 0; name && !out->len; n++) {
        AUTO_BUF made = {0};
        AUTO_BUF given = {0};
        AUTO_BUF path = {0};
        AUTO_BUF why = {0};
        AUTO_BUF where = {0};

        name = archive_write(&made, &subject, n);
        buf_printf(&path, "%s/%s", folder, name ? name : "");
        if (name && (file_read(path.bytes, &given, &why) ||
                     !is_same(name, buf_view(&made), buf_view(&given), &where))) {
            buf_add_text(out, name);
            buf_add_view(out, buf_view(&where));
        }
    }
    return out->len > 0;
}

/* Making */

static bool make(const struct import_call *call, struct replica *replica, struct board_key key)
{
    struct workspace workspace;
    struct writer writer;
    struct fold fold;
    bool ok = false;

    if (!workspace_open(&workspace, call->config, WORKSPACE_MAKES)) {
        return false;
    }
    fold_init(&fold);
    if (writer_begin_again(&writer, &workspace, key, &replica->board->definition)) {
        replica_write(replica, &writer);
        ok = writer_finish(&writer, &fold);
    }
    if (ok) {
        import_print_board(call, &writer, fold.board);
    }
    fold_finish(&fold);
    workspace_close(&workspace);
    return ok;
}

static enum status run(const struct import_call *call, struct archive_read *archive,
                       struct archive_more *more)
{
    struct replica replica;
    struct board_key key = {{0}};
    const char *slug = call->slug ? call->slug : more->slug;
    enum status status = STATUS_REFUSED;
    AUTO_BUF difference = {0};

    if (!text_is_slug(view_of(slug))) {
        return refuse("\"%s\" cannot be an address; give another with --board", slug);
    }
    random_key_id(key.id);
    replica_init(&replica);
    archive_replay(&replica, archive, more, key, slug);
    if (find_difference(&replica, call->path, &difference)) {
        status = refuse(
            "no log was found that comes to this archive: it would be another in %s%s%s; "
            "nothing was imported. An audit brings the whole board back, and "
            "`pinson import csv` the ideas of ideas.csv",
            difference.bytes, replica.refused ? ", for want of this entry: " : "",
            replica.refused ? command_name(replica.refused_kind) : "");
    } else if (make(call, &replica, key)) {
        status = STATUS_DONE;
    }
    replica_finish(&replica);
    return status;
}

enum status import_archive(const struct import_call *call)
{
    struct archive_read archive = {0};
    struct archive_more more = {0};
    enum status status = STATUS_REFUSED;

    if (archive_read(&archive, call->path) && archive_more_read(&more, &archive)) {
        status = archive.differences.count
                     ? refuse("%s does not add up: %s; nothing was imported", call->path,
                              archive.differences.items[0])
                     : run(call, &archive, &more);
    }
    archive_more_finish(&more);
    archive_read_finish(&archive);
    return status;
}
