#include "wire/definition.h"

#include "wire/json.h"
#include "wire/names.h"
#include "wire/round.h"
#include "wire/texts.h"

#include <string.h>

/* Writing */

static void write_flag(struct buf *to, const char *key, bool flag)
{
    buf_printf(to, ",\"%s\":%s", key, flag ? "true" : "false");
}

static void write_text(struct buf *to, const char *key, const struct text_use *text)
{
    buf_printf(to, ",\"%s\":", key);
    text_use_write_or_null(to, text);
}

static void write_chars(struct buf *to, const char *key, const char *chars)
{
    buf_printf(to, ",\"%s\":", key);
    json_write_string(to, view_of(chars));
}

static void write_names(struct buf *to, const char *key,
                        const char (*names)[LIMIT_THEME_MAX_BYTES + 1], uint32_t count)
{
    buf_printf(to, ",\"%s\":[", key);
    for (uint32_t i = 0; i < count; i++) {
        buf_add_text(to, i ? "," : "");
        json_write_string(to, view_of(names[i]));
    }
    buf_add_char(to, ']');
}

static void write_rounds(struct buf *to, const struct definition *definition)
{
    buf_add_text(to, ",\"rounds\":[");
    for (uint32_t i = 0; i < definition->rounds_count; i++) {
        buf_add_text(to, i ? "," : "");
        round_definition_write(to, &definition->rounds[i]);
    }
    buf_add_char(to, ']');
}

void definition_write(struct buf *to, const struct definition *definition)
{
    buf_add_text(to, "{\"about\":");
    text_use_write_or_null(to, &definition->about);
    write_chars(to, "b", definition->key_id);
    buf_add_text(to, definition->draft ? ",\"draft\":true" : "");
    write_chars(to, "entry", name_of_entry_rule(definition->entry));
    write_names(to, "groups", definition->groups, definition->groups_count);
    buf_printf(to, ",\"idea_max\":%u,\"idea_min\":%u", definition->idea_max,
               definition->idea_min);
    write_chars(to, "lang", definition->lang);
    if (definition->licence) {
        write_chars(to, "licence", name_of_licence(definition->licence));
    }
    write_flag(to, "own_ballots", definition->own_ballots_count);
    write_flag(to, "publish_log", definition->publish_log);
    write_text(to, "question", &definition->question);
    write_rounds(to, definition);
    write_chars(to, "slug", definition->slug);
    write_flag(to, "staff_ballots", definition->staff_ballots_count);
    write_names(to, "themes", definition->themes, definition->themes_count);
    write_text(to, "title", &definition->title);
    write_chars(to, "visibility", name_of_visibility(definition->visibility));
    buf_add_char(to, '}');
}

/* Reading */

static bool copy_chars(const json_t *json, char *out, size_t size)
{
    size_t len = json_string_length(json);

    if (!json_is_string(json) || len >= size) {
        return false;
    }
    memcpy(out, json_string_value(json), len + 1);
    return true;
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

static bool read_rounds(const json_t *json, struct definition *out)
{
    size_t count = json_array_size(json);

    for (size_t i = 0; i < count && count <= LIMIT_ROUNDS; i++) {
        if (!round_definition_read(json_array_get(json, i), &out->rounds[i]) ||
            !round_themes_exist(&out->rounds[i], out)) {
            return false;
        }
    }
    out->rounds_count = (uint32_t)count;
    return count >= 1 && count <= LIMIT_ROUNDS;
}

static bool read_words(const json_t *json, struct definition *out)
{
    return text_use_parse(json_object_get(json, "title"), &out->title) &&
           text_use_parse(json_object_get(json, "question"), &out->question) &&
           text_use_parse(json_object_get(json, "about"), &out->about) &&
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
    out->draft = json_is_true(json_object_get(json, "draft"));
    out->publish_log = json_is_true(json_object_get(json, "publish_log"));
    const json_t *licence = json_object_get(json, "licence");

    return (!licence || licence_of_name(json_view(licence), &out->licence)) &&
           visibility_of_name(json_view(json_object_get(json, "visibility")),
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
