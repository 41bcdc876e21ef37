#include "support/golden.h"

#include "base/mem.h"
#include "wire/entry.h"
#include "wire/json.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void golden_init(struct golden *golden)
{
    *golden = (struct golden){0};
}

void golden_finish(struct golden *golden)
{
    for (size_t i = 0; i < golden->count; i++) {
        mem_free(golden->paths[i]);
    }
    mem_free(golden->paths);
    *golden = (struct golden){0};
}

static bool matches(const char *name, const char *begins, const char *ends)
{
    size_t len = strlen(name);

    return strncmp(name, begins, strlen(begins)) == 0 && len > strlen(ends) &&
           strcmp(name + len - strlen(ends), ends) == 0;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void golden_add(struct golden *golden, const char *folder, const char *begins, const char *ends)
{
    DIR *dir = opendir(folder);

    for (const struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
        if (matches(entry->d_name, begins, ends)) {
            struct buf path = {0};

            buf_printf(&path, "%s/%s", folder, entry->d_name);
            golden->paths = mem_grow(golden->paths, golden->count + 1, sizeof(char *));
            golden->paths[golden->count++] = buf_take(&path);
        }
    }
    if (dir) {
        closedir(dir);
    }
    if (golden->count) {
        qsort(golden->paths, golden->count, sizeof(char *), compare);
    }
}

const char *golden_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

void golden_read(struct buf *to, const char *path)
{
    FILE *file = fopen(path, "rb");
    char part[4096];

    for (size_t len = 1; file && len;) {
        len = fread(part, 1, sizeof part, file);
        buf_add(to, part, len);
    }
    if (file) {
        fclose(file);
    }
}

json_t *golden_load(const char *path)
{
    json_error_t error;
    json_t *json = json_load_file(path, JSON_REJECT_DUPLICATES, &error);

    if (!json) {
        fprintf(stderr, "%s:%d: %s\n", path, error.line, error.text);
        abort();
    }
    return json;
}

/* As it stands in the log: the decimals of a rule are its shortest. */
static void write_command(struct buf *to, const json_t *command)
{
    char *text = json_dumps(command, JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(15));

    buf_add_text(to, text ? text : "");
    free(text);
}

bool golden_fold(struct board *board, struct effects *effects, const json_t *line)
{
    struct entry entry;
    AUTO_BUF bytes = {0};

    write_command(&bytes, json_object_get(line, "command"));
    entry.bytes = buf_view(&bytes);
    if (json_integer_value(json_object_get(line, "v")) != 1 ||
        entry_id_parse(json_view(json_object_get(line, "id")), &entry.id) ||
        entry_parse(entry.bytes, &entry.command)) {
        return false;
    }
    board_apply(board, &entry, effects);
    command_finish(&entry.command);
    return true;
}

/* What stands in both under the same key or index, and how that place is called. */
static void step_into(const json_t **expected, const json_t **got, struct buf *place)
{
    const char *key = NULL;
    json_t *value = NULL;
    size_t count = json_array_size(*expected);

    json_object_foreach((json_t *)(uintptr_t)*expected, key, value)
    {
        const json_t *other = json_object_get(*got, key);

        if (!json_equal(value, other)) {
            buf_printf(place, ".%s", key);
            *expected = value;
            *got = other;
            return;
        }
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *other = json_array_get(*got, i);

        if (!json_equal(json_array_get(*expected, i), other)) {
            buf_printf(place, "[%zu]", i);
            *expected = json_array_get(*expected, i);
            *got = other;
            return;
        }
    }
}

static void write_value(struct buf *to, const json_t *value)
{
    char *text = value ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;

    buf_add_text(to, text ? text : "nothing");
    free(text);
}

void golden_difference(struct buf *to, const json_t *expected, const json_t *got)
{
    size_t len = 0;

    if (json_equal(expected, got)) {
        return;
    }
    do {
        len = to->len;
        step_into(&expected, &got, to);
    } while (to->len > len && got);
    buf_add_text(to, " should be ");
    write_value(to, expected);
    buf_add_text(to, " and is ");
    write_value(to, got);
}
