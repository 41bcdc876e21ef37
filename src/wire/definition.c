#include "wire/definition.h"

#include "wire/json.h"
#include "wire/names.h"

#include <stdio.h>
#include <string.h>

enum {
    FIELD_BYTES = 32
};

void text_use_write(struct buf *to, const struct text_use *text)
{
    buf_add_text(to, "[\"");
    buf_add_hex(to, text->ref.bytes, sizeof text->ref.bytes);
    buf_add_text(to, "\",\"");
    buf_add_hex(to, text->hash.bytes, sizeof text->hash.bytes);
    buf_printf(to, "\",%u]", text->length);
}

void text_use_read(struct scan *scan, struct text_use *out)
{
    scan_open(scan);
    bool ok = view_to_bytes(scan_hex(scan), out->ref.bytes, sizeof out->ref.bytes);

    ok = view_to_bytes(scan_hex(scan), out->hash.bytes, sizeof out->hash.bytes) && ok;
    uint64_t length = scan_uint(scan);

    scan_close(scan);
    scan->failed = scan->failed || !ok || length > UINT32_MAX || ref_is_none(out->ref);
    out->length = (uint32_t)length;
}

static json_t *text_json(const struct text_use *text)
{
    AUTO_BUF bytes = {0};

    if (ref_is_none(text->ref)) {
        return json_null();
    }
    text_use_write(&bytes, text);
    return json_loadb(bytes.bytes, bytes.len, 0, NULL);
}

static json_t *allows_json(unsigned allows)
{
    json_t *list = json_array();

    for (unsigned i = 0; i < 3; i++) {
        if (allows >> i & 1u) {
            json_array_append_new(list, json_string(name_of_allow(i)));
        }
    }
    return list;
}

static json_t *compete_json(unsigned compete)
{
    json_t *list = json_array();

    for (unsigned i = 0; i < RELATIONS; i++) {
        if (compete >> i & 1u) {
            json_array_append_new(list, json_string(name_of_relation((enum relation)i)));
        }
    }
    return list;
}

static json_t *round_json(const struct round_definition *round)
{
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:s, s:s, s:i, s:i, s:i}", "title", text_json(&round->title),
        "prompt", text_json(&round->prompt), "allows", allows_json(round->allows), "compete",
        compete_json(round->compete), "ballots", name_of_ballots(round->ballots), "scores",
        name_of_scores(round->scores), "posts_per_person", (int)round->posts_per_person,
        "votes_per_person", (int)round->votes_per_person, "serving_s", (int)round->serving_s);
}

static json_t *names_json(const char (*names)[LIMIT_THEME_MAX_BYTES + 1], uint32_t count)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < count; i++) {
        json_array_append_new(list, json_string(names[i]));
    }
    return list;
}

static json_t *rounds_json(const struct definition *definition)
{
    json_t *rounds = json_array();

    for (uint32_t i = 0; i < definition->rounds_count; i++) {
        json_array_append_new(rounds, round_json(&definition->rounds[i]));
    }
    return rounds;
}

void definition_write(struct buf *to, const struct definition *definition)
{
    json_auto_t *json = json_pack(
        "{s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:b, s:b, s:b, s:i, s:i, s:o, s:o, s:o}", "b",
        definition->key_id, "slug", definition->slug, "lang", definition->lang, "title",
        text_json(&definition->title), "question", text_json(&definition->question), "about",
        text_json(&definition->about), "visibility", name_of_visibility(definition->visibility),
        "entry", name_of_entry_rule(definition->entry), "own_ballots",
        definition->own_ballots_count, "staff_ballots", definition->staff_ballots_count,
        "publish_log", definition->publish_log, "idea_min", (int)definition->idea_min,
        "idea_max", (int)definition->idea_max, "themes",
        names_json(definition->themes, definition->themes_count), "groups",
        names_json(definition->groups, definition->groups_count), "rounds",
        rounds_json(definition));

    json_write_value(to, json);
}

static bool copy_chars(const json_t *json, char *out, size_t size)
{
    size_t len = json_string_length(json);

    if (!json_is_string(json) || len >= size) {
        return false;
    }
    memcpy(out, json_string_value(json), len + 1);
    return true;
}

static bool read_text(const json_t *json, struct text_use *out)
{
    struct scan scan;

    *out = (struct text_use){0};
    if (json_is_null(json)) {
        return true;
    }
    AUTO_BUF bytes = {0};
    json_write_value(&bytes, json);
    scan_init(&scan, buf_view(&bytes));
    text_use_read(&scan, out);
    return scan_done(&scan);
}

static bool read_names(const json_t *json, char (*out)[LIMIT_THEME_MAX_BYTES + 1], size_t max,
                       uint32_t *count)
{
    if (!json_is_array(json) || json_array_size(json) > max) {
        return false;
    }
    *count = (uint32_t)json_array_size(json);
    for (size_t i = 0; i < *count; i++) {
        if (!copy_chars(json_array_get(json, i), out[i], LIMIT_THEME_MAX_BYTES + 1)) {
            return false;
        }
    }
    return true;
}

static bool read_uint(const json_t *json, uint32_t max, uint32_t *out)
{
    json_int_t value = json_integer_value(json);

    if (!json_is_integer(json) || value < 0 || value > (json_int_t)max) {
        return false;
    }
    *out = (uint32_t)value;
    return true;
}

static bool read_allows(const json_t *json, unsigned *out)
{
    unsigned allows = 0;

    for (size_t i = 0; i < json_array_size(json); i++) {
        unsigned index = 0;

        if (!allow_of_name(json_view(json_array_get(json, i)), &index)) {
            return false;
        }
        allows |= 1u << index;
    }
    *out = allows;
    return json_is_array(json);
}

static bool read_compete(const json_t *json, unsigned *out)
{
    unsigned compete = 0;

    for (size_t i = 0; i < json_array_size(json); i++) {
        enum relation relation = RELATION_IDEA;

        if (!relation_of_name(json_view(json_array_get(json, i)), &relation)) {
            return false;
        }
        compete |= 1u << relation;
    }
    *out = compete;
    return json_is_array(json);
}

/* One field of a round but its words; false: a bad value or no such field. */
static bool read_round_field(const char *key, const json_t *value, struct round_definition *out)
{
    struct view name = view_of(key);

    if (view_is(name, "allows")) {
        return read_allows(value, &out->allows);
    }
    if (view_is(name, "compete")) {
        return read_compete(value, &out->compete);
    }
    if (view_is(name, "ballots")) {
        return ballots_of_name(json_view(value), &out->ballots);
    }
    if (view_is(name, "scores")) {
        return scores_of_name(json_view(value), &out->scores);
    }
    bool none = json_is_null(value);

    if (view_is(name, "posts_per_person")) {
        return none || read_uint(value, 1000000, &out->posts_per_person);
    }
    if (view_is(name, "votes_per_person")) {
        return none || read_uint(value, 1000000, &out->votes_per_person);
    }
    return view_is(name, "serving_s") && read_uint(value, 86400, &out->serving_s) &&
           out->serving_s > 0;
}

static bool is_words(struct view key)
{
    return view_is(key, "title") || view_is(key, "prompt");
}

enum err round_parse(json_t *json, struct round_definition *out, struct view *title,
                     struct view *prompt, char *field)
{
    const char *key = NULL;
    json_t *value = NULL;

    round_definition_init(out);
    *title = *prompt = (struct view){NULL, 0};
    if (!json_is_object(json)) {
        snprintf(field, FIELD_BYTES, "rounds");
        return ERR_PARAMS;
    }
    json_object_foreach(json, key, value)
    {
        bool ok =
            is_words(view_of(key)) ? json_is_string(value) : read_round_field(key, value, out);

        if (!ok) {
            snprintf(field, FIELD_BYTES, "%s", key);
            return ERR_PARAMS;
        }
    }
    *title = json_view(json_object_get(json, "title"));
    *prompt = json_view(json_object_get(json, "prompt"));
    return OK;
}

static bool read_round(json_t *json, struct round_definition *out)
{
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach(json, key, value)
    {
        if (!is_words(view_of(key)) && !read_round_field(key, value, out)) {
            return false;
        }
    }
    return read_text(json_object_get(json, "title"), &out->title) &&
           read_text(json_object_get(json, "prompt"), &out->prompt);
}

static bool read_rounds(const json_t *json, struct definition *out)
{
    size_t count = json_array_size(json);

    for (size_t i = 0; i < count && count <= LIMIT_ROUNDS; i++) {
        if (!read_round(json_array_get(json, i), &out->rounds[i])) {
            return false;
        }
    }
    out->rounds_count = (uint32_t)count;
    return count >= 1 && count <= LIMIT_ROUNDS;
}

static bool read_words(const json_t *json, struct definition *out)
{
    return read_text(json_object_get(json, "title"), &out->title) &&
           read_text(json_object_get(json, "question"), &out->question) &&
           read_text(json_object_get(json, "about"), &out->about) &&
           copy_chars(json_object_get(json, "b"), out->key_id, sizeof out->key_id) &&
           copy_chars(json_object_get(json, "slug"), out->slug, sizeof out->slug) &&
           copy_chars(json_object_get(json, "lang"), out->lang, sizeof out->lang) &&
           read_names(json_object_get(json, "themes"), out->themes, LIMIT_THEMES,
                      &out->themes_count) &&
           read_names(json_object_get(json, "groups"), out->groups, LIMIT_GROUPS,
                      &out->groups_count);
}

static bool read_rules(const json_t *json, struct definition *out)
{
    out->own_ballots_count = json_is_true(json_object_get(json, "own_ballots"));
    out->staff_ballots_count = json_is_true(json_object_get(json, "staff_ballots"));
    out->publish_log = json_is_true(json_object_get(json, "publish_log"));
    return visibility_of_name(json_view(json_object_get(json, "visibility")),
                              &out->visibility) &&
           entry_rule_of_name(json_view(json_object_get(json, "entry")), &out->entry) &&
           read_uint(json_object_get(json, "idea_min"), LIMIT_TEXT_MAX_GRAPHEMES,
                     &out->idea_min) &&
           read_uint(json_object_get(json, "idea_max"), LIMIT_TEXT_MAX_GRAPHEMES,
                     &out->idea_max);
}

enum err definition_parse(struct view bytes, struct definition *out)
{
    json_auto_t *json = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, NULL);

    definition_init(out);
    if (!json || !read_words(json, out) || !read_rules(json, out) ||
        !read_rounds(json_object_get(json, "rounds"), out)) {
        return ERR_PARSE;
    }
    AUTO_BUF again = {0};
    definition_write(&again, out);
    return view_equal(buf_view(&again), bytes) ? OK : ERR_PARSE; /* one spelling only */
}
