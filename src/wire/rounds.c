#include "wire/rounds.h"

#include "wire/definition.h"

enum {
    TEXT_USE_BYTES = 114,  /* of a text's reference where null stood, and a few more */
    ENTRY_REST_BYTES = 200 /* kind, person, op and epoch around a definition */
};

static bool check_final(const struct definition *definition, uint32_t i, struct field *field)
{
    const struct round_definition *round = &definition->rounds[i];

    if (!round->final) {
        return true;
    }
    if (i == 0 || i + 1 < definition->rounds_count) {
        return field_wrong(field, "final");
    }
    if (round->allows & ALLOW_POST) {
        return field_wrong(field, "allows"); /* its ideas are its finalists */
    }
    return round->rule.keep == KEEP_ALL || field_wrong(field, "rule.keep");
}

static bool check_times(const struct definition *definition, uint32_t i, struct field *field)
{
    const struct round_definition *round = &definition->rounds[i];

    if (round->opens_at_ms && round->closes_at_ms &&
        round->closes_at_ms <= round->opens_at_ms) {
        return field_wrong(field, "closes_at");
    }
    for (uint32_t earlier = 0; round->opens_at_ms && earlier < i; earlier++) {
        if (definition->rounds[earlier].opens_at_ms > round->opens_at_ms) {
            return field_wrong(field, "opens_at");
        }
    }
    return true;
}

static bool check_round(const struct definition *definition, uint32_t i, struct field *field)
{
    if (!check_final(definition, i, field) || !check_times(definition, i, field)) {
        return false;
    }
    return round_themes_exist(&definition->rounds[i], definition) ||
           field_wrong(field, "rule.quota");
}

static size_t missing_text(struct text_use text)
{
    return ref_is_none(text.ref) ? TEXT_USE_BYTES : 0;
}

/* Many rounds with long rules, beside many long themes and groups, can be too much. */
static bool fits_an_entry(const struct definition *definition)
{
    AUTO_BUF bytes = {0};
    size_t rest = ENTRY_REST_BYTES + missing_text(definition->title) +
                  missing_text(definition->question) + missing_text(definition->about);

    for (uint32_t i = 0; i < definition->rounds_count; i++) {
        rest += missing_text(definition->rounds[i].title) +
                missing_text(definition->rounds[i].prompt);
    }
    definition_write(&bytes, definition);
    return bytes.len + rest <= LIMIT_ENTRY_MAX_BYTES;
}

enum err rounds_check(const struct definition *definition, struct field *field)
{
    for (uint32_t i = 0; i < definition->rounds_count; i++) {
        if (!check_round(definition, i, field)) {
            field_within_item(field, i);
            field_within(field, "rounds");
            return ERR_PARAMS;
        }
    }
    if (!fits_an_entry(definition)) {
        field_wrong(field, "rounds");
        return ERR_PARAMS;
    }
    return OK;
}

enum err rounds_parse(json_t *list, struct definition *definition, struct round_words *words,
                      struct field *field)
{
    size_t count = json_array_size(list);

    if (!json_is_array(list) || !count || count > LIMIT_ROUNDS) {
        field_wrong(field, "rounds");
        return ERR_PARAMS;
    }
    for (size_t i = 0; i < count; i++) {
        if (round_parse(json_array_get(list, i), definition, &definition->rounds[i], &words[i],
                        field)) {
            field_within_item(field, i);
            field_within(field, "rounds");
            return ERR_PARAMS;
        }
    }
    definition->rounds_count = (uint32_t)count;
    return rounds_check(definition, field);
}
