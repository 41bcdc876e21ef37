#include "cli/archive_rounds.h"

#include "cli/config.h"
#include "cli/file.h"
#include "wire/json.h"
#include "wire/rule.h"
#include "wire/words.h"

#include <stdio.h>
#include <string.h>

static bool read_names(const json_t *list, char (*out)[LIMIT_THEME_MAX_BYTES + 1], size_t max,
                       uint32_t *count)
{
    if (!json_is_array(list) || json_array_size(list) > max) {
        return false;
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct view name = json_view(json_array_get(list, i));

        if (!name.len || name.len > LIMIT_THEME_MAX_BYTES) {
            return false;
        }
        memcpy(out[i], name.ptr, name.len);
        out[i][name.len] = '\0';
    }
    *count = (uint32_t)json_array_size(list);
    return true;
}

static bool read_count(const json_t *json, const char *key, uint32_t *out)
{
    const json_t *value = json_object_get(json, key);
    json_int_t number = json_integer_value(value);

    *out = (uint32_t)number;
    return json_is_integer(value) && number >= 0 && number <= (json_int_t)LIMIT_PEOPLE;
}

/* The words are those of the head, or somebody changed one of the two. */
static void check_words(struct archive_read *archive, const json_t *json, const char *where)
{
    struct view hex = json_view(json_object_get(json, "head"));
    struct view words = json_view(json_object_get(json, "words"));
    struct digest head;
    AUTO_BUF expected = {0};

    if (!hex.len && !words.len) {
        return;
    }
    if (view_to_bytes(hex, head.bytes, sizeof head.bytes)) {
        words_write(&expected, &head);
    }
    if (!view_equal(buf_view(&expected), words)) {
        differ(&archive->differences, "rounds.json, %s: the words are not those of the head",
               where);
    }
}

static bool read_rule(struct archive_read *archive, json_t *json, uint32_t number)
{
    struct round_definition *round = &archive->definition.rounds[number - 1];
    struct field field = {""};

    if (rule_parse(json_object_get(json, "rule"), &archive->definition, &round->rule, &field)) {
        (void)refuse("%s/rounds.json: the rule of round %u has a wrong %s", archive->folder,
                     number, field.path);
        return false;
    }
    return true;
}

static bool read_round(struct archive_read *archive, json_t *json, uint32_t number)
{
    struct archive_read_round *round = &archive->rounds[number - 1];
    char where[32];

    round_definition_init(&archive->definition.rounds[number - 1]);
    archive->definition.rounds[number - 1].final = json_is_true(json_object_get(json, "final"));
    round->opened = json_is_integer(json_object_get(json, "opened_version"));
    round->closed = json_is_integer(json_object_get(json, "closed_version"));
    if (round->opened) {
        archive->round = number;
    }
    snprintf(where, sizeof where, "round %u", number);
    check_words(archive, json, where);
    if (!read_count(json, "judges", &round->result.judges) ||
        !read_count(json, "participants", &round->result.participants)) {
        (void)refuse("%s/rounds.json: round %u does not say how many people judged",
                     archive->folder, number);
        return false;
    }
    return read_rule(archive, json, number);
}

static bool read_board(struct archive_read *archive, const json_t *json)
{
    struct definition *definition = &archive->definition;
    const json_t *board = json_object_get(json, "board");
    size_t rounds = json_array_size(json_object_get(json, "rounds"));

    if (!view_is(json_view(json_object_get(json, "format")), "pinson.archive/1") || !rounds ||
        rounds > LIMIT_ROUNDS ||
        !read_names(json_object_get(board, "themes"), definition->themes, LIMIT_THEMES,
                    &definition->themes_count) ||
        !read_names(json_object_get(board, "groups"), definition->groups, LIMIT_GROUPS,
                    &definition->groups_count)) {
        (void)refuse("%s/rounds.json is not what an archive has there", archive->folder);
        return false;
    }
    definition->rounds_count = (uint32_t)rounds;
    return true;
}

bool archive_rounds_read(struct archive_read *archive)
{
    AUTO_BUF path = {0};
    AUTO_BUF bytes = {0};
    AUTO_BUF why = {0};

    buf_printf(&path, "%s/rounds.json", archive->folder);
    if (file_read(path.bytes, &bytes, &why)) {
        (void)refuse("%s; name a folder that `pinson export --format archive` made", why.bytes);
        return false;
    }
    json_auto_t *json =
        json_loadb(bytes.bytes ? bytes.bytes : "", bytes.len, JSON_REJECT_DUPLICATES, NULL);
    json_t *rounds = json_object_get(json, "rounds");

    definition_init(&archive->definition);
    if (!read_board(archive, json)) {
        return false;
    }
    check_words(archive, json, "the board");
    for (uint32_t n = 1; n <= archive->definition.rounds_count; n++) {
        if (!read_round(archive, json_array_get(rounds, n - 1), n)) {
            return false;
        }
    }
    return true;
}
