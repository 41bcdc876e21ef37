#include "cli/audit_read.h"

#include "base/map.h"
#include "base/mem.h"
#include "cli/config.h"
#include "cli/file.h"
#include "core/apply.h"
#include "export/audit.h"
#include "wire/entry.h"
#include "wire/json.h"
#include "wire/texts.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct reading {
    struct audit_read *audit;
    struct map texts; /* ref_hash → the line, owned */
    struct effects effects;
};

bool audit_is(const char *folder)
{
    AUTO_BUF path = {0};

    buf_printf(&path, "%s/manifest.json", folder);
    return access(path.bytes, F_OK) == 0;
}

void audit_read_finish(struct audit_read *audit)
{
    board_destroy(audit->board);
    differences_finish(&audit->differences);
    audit->board = NULL;
}

static bool read_file(const char *folder, const char *name, struct buf *out)
{
    AUTO_BUF path = {0};
    AUTO_BUF why = {0};

    buf_printf(&path, "%s/%s", folder, name);
    if (file_read(path.bytes, out, &why)) {
        (void)refuse("%s; name a folder that `pinson export --format audit` made", why.bytes);
        return false;
    }
    return true;
}

/* The next line without its end; false: there is none. */
static bool next_line(struct view *rest, struct view *line)
{
    const char *end = rest->len ? memchr(rest->ptr, '\n', rest->len) : NULL;

    if (!end) {
        return false;
    }
    *line = (struct view){rest->ptr, (size_t)(end - rest->ptr)};
    *rest = (struct view){end + 1, rest->len - line->len - 1};
    return true;
}

static void keep_texts(struct reading *reading, struct view rest)
{
    struct view line;

    while (next_line(&rest, &line)) {
        json_auto_t *json = json_loadb(line.ptr, line.len, JSON_REJECT_DUPLICATES, NULL);
        struct ref ref = {{0}};

        if (!view_to_bytes(json_view(json_object_get(json, "ref")), ref.bytes,
                           sizeof ref.bytes)) {
            differ(&reading->audit->differences, "texts.ndjson has a line that is no text");
        } else if (!map_find_ptr(&reading->texts, ref_hash(ref))) {
            map_put_ptr(&reading->texts, ref_hash(ref), mem_copy_text(line.ptr, line.len));
        }
    }
}

static void check_texts(struct reading *reading, const struct command *command)
{
    const struct text_use *uses[COMMAND_TEXTS];
    size_t count = command_texts(command, uses);

    for (size_t i = 0; i < count; i++) {
        struct view json = view_of(map_find_ptr(&reading->texts, ref_hash(uses[i]->ref)));
        char *words = NULL;

        if (!json.len) {
            reading->audit->erased++;
        } else if (text_open(json, uses[i], &words)) {
            differ(&reading->audit->differences,
                   "version %llu: a text is not what the log commits to",
                   (unsigned long long)reading->audit->board->version);
        } else {
            reading->audit->texts++;
            mem_free(words);
        }
    }
}

/* The stored JSON is what of the line comes after its reference. */
static struct view stored_json(const char *line, struct buf *out)
{
    static const char head[] = "{\"ref\":\"";
    const size_t skipped = sizeof head - 1 + 2 * sizeof(struct ref) + 2; /* and ", */

    buf_clear(out);
    if (line && strlen(line) > skipped && memcmp(line, head, sizeof head - 1) == 0) {
        buf_add_char(out, '{');
        buf_add_text(out, line + skipped);
    }
    return buf_view(out);
}

static void show(struct reading *reading, const struct entry *entry)
{
    const struct text_use *uses[COMMAND_TEXTS];
    struct stored_text texts[COMMAND_TEXTS];
    struct buf jsons[COMMAND_TEXTS] = {{0}};
    size_t count = command_texts(&entry->command, uses);

    for (size_t i = 0; i < count; i++) {
        texts[i].ref = uses[i]->ref;
        texts[i].json =
            stored_json(map_find_ptr(&reading->texts, ref_hash(uses[i]->ref)), &jsons[i]);
    }
    reading->audit->visit(reading->audit->user, entry, texts, count);
    for (size_t i = 0; i < count; i++) {
        buf_finish(&jsons[i]);
    }
}

/* {"id":"<ms>-<n>","v":1,"command":[…]} */
static bool parse_line(struct view line, struct entry *out)
{
    static const char head[] = "{\"id\":\"";
    static const char middle[] = "\",\"v\":1,\"command\":";
    const size_t head_len = sizeof head - 1;
    const size_t middle_len = sizeof middle - 1;
    const char *quote = line.len > head_len && memcmp(line.ptr, head, head_len) == 0
                            ? memchr(line.ptr + head_len, '"', line.len - head_len)
                            : NULL;

    if (!quote || line.ptr[line.len - 1] != '}') {
        return false;
    }
    size_t id_len = (size_t)(quote - line.ptr) - head_len;
    size_t left = line.len - head_len - id_len - 1;

    if (left < middle_len || memcmp(quote, middle, middle_len) != 0 ||
        entry_id_parse((struct view){line.ptr + head_len, id_len}, &out->id)) {
        return false;
    }
    out->bytes = (struct view){quote + middle_len, left - middle_len};
    return entry_parse(out->bytes, &out->command) == OK;
}

/* false: it is no entry, or none that may come here, and that was said. */
static bool fold_line(struct reading *reading, struct view line)
{
    struct board *board = reading->audit->board;
    struct entry entry = {0};
    bool ok = parse_line(line, &entry) &&
              (!board->version || entry_id_compare(board->last, entry.id) < 0);

    if (ok) {
        board_apply(board, &entry, &reading->effects);
        if (!reading->effects.decision.err && !reading->effects.decision.repeat) {
            check_texts(reading, &entry.command);
        }
        if (reading->audit->visit) {
            show(reading, &entry);
        }
    } else {
        (void)refuse("log.ndjson cannot be read after version %llu; ask for a whole copy",
                     (unsigned long long)board->version);
    }
    command_finish(&entry.command);
    return ok;
}

static bool fold_log(struct reading *reading, struct view rest)
{
    struct view line;

    while (next_line(&rest, &line)) {
        if (!fold_line(reading, line)) {
            return false;
        }
    }
    return true;
}

/* The manifest is written anew and compared: the first part that differs is named. */
static void compare_manifest(struct audit_read *audit, struct view published)
{
    AUTO_BUF bytes = {0};
    const char *key = NULL;
    json_t *value = NULL;

    audit_write_manifest(&bytes, audit->board);
    json_auto_t *is = json_loadb(bytes.bytes, bytes.len, 0, NULL);
    json_auto_t *was = json_loadb(published.ptr, published.len, JSON_REJECT_DUPLICATES, NULL);

    json_object_foreach(is, key, value)
    {
        if (!json_equal(json_object_get(was, key), value)) {
            differ(&audit->differences, "manifest.json: %s is not what the log comes to", key);
        }
    }
}

bool audit_read(struct audit_read *audit, const char *folder)
{
    struct reading reading = {.audit = audit};
    AUTO_BUF log = {0};
    AUTO_BUF texts = {0};
    AUTO_BUF manifest = {0};
    bool ok = read_file(folder, "log.ndjson", &log) &&
              read_file(folder, "texts.ndjson", &texts) &&
              read_file(folder, "manifest.json", &manifest);

    audit->board = board_create();
    effects_init(&reading.effects);
    if (ok) {
        keep_texts(&reading, buf_view(&texts));
        ok = fold_log(&reading, buf_view(&log));
    }
    if (ok) {
        compare_manifest(audit, buf_view(&manifest));
    }
    effects_finish(&reading.effects);
    map_finish_owned(&reading.texts);
    return ok;
}
