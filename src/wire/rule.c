#include "wire/rule.h"

#include "wire/json.h"

enum {
    MILLION = 1000000,
    MOST_JUDGES = 1000000
};

/* Writing */

static void write_decimal(struct buf *to, uint32_t ppm)
{
    unsigned digits = 6;
    uint32_t rest = ppm % MILLION;

    buf_add_uint(to, ppm / MILLION);
    if (!rest) {
        return;
    }
    while (rest % 10 == 0) {
        rest /= 10;
        digits--;
    }
    buf_printf(to, ".%0*u", (int)digits, rest);
}

static void write_keep(struct buf *to, const struct rule *rule)
{
    switch (rule->keep) {
    case KEEP_TOP:
        buf_printf(to, "{\"top\":%u}", rule->top);
        return;
    case KEEP_SHARE:
        buf_add_text(to, "{\"share\":");
        break;
    case KEEP_AT_LEAST:
        buf_add_text(to, "{\"at_least\":");
        break;
    case KEEP_ALL:
        buf_add_text(to, "null");
        return;
    }
    write_decimal(to, rule->ppm);
    buf_add_char(to, '}');
}

static bool says_nothing(const struct rule *rule)
{
    return rule->keep == KEEP_ALL && !rule->min_judges && rule->carry_over &&
           !rule->quotas_count;
}

void rule_write(struct buf *to, const struct rule *rule, const struct definition *definition)
{
    if (says_nothing(rule)) {
        buf_add_text(to, "null");
        return;
    }
    buf_printf(to, "{\"carry_over\":%s,\"keep\":", rule->carry_over ? "true" : "false");
    write_keep(to, rule);
    buf_printf(to, ",\"min_judges\":%u,\"quota\":[", rule->min_judges);
    for (uint32_t i = 0; i < rule->quotas_count; i++) {
        const struct quota *quota = &rule->quotas[i];

        buf_printf(to, "%s{\"at_least\":%u,\"theme\":", i ? "," : "", quota->at_least);
        if (definition) {
            json_write_string(to, view_of(definition->themes[quota->theme - 1]));
        } else {
            buf_add_uint(to, quota->theme);
        }
        buf_add_char(to, '}');
    }
    buf_add_text(to, "]}");
}

struct digest rule_hash(const struct rule *rule)
{
    const struct view none = {NULL, 0};
    AUTO_BUF bytes = {0};

    rule_write(&bytes, rule, NULL);
    return hash_blake2b(buf_view(&bytes), none, none);
}

/* Reading. Every reader returns false with what is wrong in field. */

struct reading {
    const struct definition *definition; /* NULL: themes by number */
    struct rule *out;
    struct field *field;
};

static bool read_count(const json_t *json, uint32_t min, uint32_t max, uint32_t *out)
{
    json_int_t value = json_integer_value(json);

    if (!json_is_integer(json) || value < (json_int_t)min || value > (json_int_t)max) {
        return false;
    }
    *out = (uint32_t)value;
    return true;
}

/* A part of one with at most six digits after the point. A millionth more or less is another
   double, so the division gives back the very number that was written, or it had more. */
static bool read_decimal(const json_t *json, uint32_t min, uint32_t *out)
{
    double value = json_number_value(json);

    if (!json_is_number(json) || !(value >= 0 && value <= 1)) {
        return false;
    }
    uint32_t ppm = (uint32_t)(value * MILLION + 0.5);

    if ((double)ppm / MILLION != value || ppm < min) {
        return false;
    }
    *out = ppm;
    return true;
}

static bool read_keep_as(const struct reading *reading, struct view kind, const json_t *value)
{
    struct rule *out = reading->out;

    if (view_is(kind, "top")) {
        out->keep = KEEP_TOP;
        return read_count(value, 1, LIMIT_IDEAS, &out->top);
    }
    if (view_is(kind, "share")) {
        out->keep = KEEP_SHARE;
        return read_decimal(value, 1, &out->ppm);
    }
    out->keep = KEEP_AT_LEAST;
    return view_is(kind, "at_least") && read_decimal(value, 0, &out->ppm);
}

static bool read_keep(const struct reading *reading, json_t *json)
{
    const char *kind = json_object_iter_key(json_object_iter(json));

    if (json_is_null(json)) {
        return true;
    }
    if (json_object_size(json) != 1) {
        return field_wrong(reading->field, "");
    }
    return read_keep_as(reading, view_of(kind), json_object_get(json, kind)) ||
           field_wrong(reading->field, kind);
}

static bool read_theme(const struct reading *reading, const json_t *json, uint32_t *out)
{
    if (!reading->definition) {
        return read_count(json, 1, LIMIT_THEMES, out);
    }
    *out = definition_theme(reading->definition, json_view(json));
    return *out > 0;
}

static bool has_quota(const struct rule *rule, uint32_t theme)
{
    for (uint32_t i = 0; i < rule->quotas_count; i++) {
        if (rule->quotas[i].theme == theme) {
            return true;
        }
    }
    return false;
}

static bool read_quota(const struct reading *reading, json_t *json)
{
    struct rule *rule = reading->out;
    struct quota quota = {0};
    const char *key = NULL;
    json_t *value = NULL;

    if (!json_is_object(json)) {
        return field_wrong(reading->field, "");
    }
    json_object_foreach(json, key, value)
    {
        if (!view_is(view_of(key), "theme") && !view_is(view_of(key), "at_least")) {
            return field_wrong(reading->field, key);
        }
    }
    /* A theme named twice would leave the reader to guess which of the two is meant. */
    if (!read_theme(reading, json_object_get(json, "theme"), &quota.theme) ||
        has_quota(rule, quota.theme)) {
        return field_wrong(reading->field, "theme");
    }
    if (!read_count(json_object_get(json, "at_least"), 1, LIMIT_IDEAS, &quota.at_least)) {
        return field_wrong(reading->field, "at_least");
    }
    rule->quotas[rule->quotas_count++] = quota;
    return true;
}

static bool read_quotas(const struct reading *reading, json_t *json)
{
    size_t count = json_array_size(json);

    if (json_is_null(json)) {
        return true;
    }
    if (!json_is_array(json) || count > LIMIT_THEMES) {
        return field_wrong(reading->field, "");
    }
    for (size_t i = 0; i < count; i++) {
        if (!read_quota(reading, json_array_get(json, i))) {
            return field_within_item(reading->field, i);
        }
    }
    return true;
}

static bool read_part(const struct reading *reading, struct view name, json_t *value)
{
    struct rule *out = reading->out;

    if (view_is(name, "keep")) {
        return read_keep(reading, value);
    }
    if (view_is(name, "quota")) {
        return read_quotas(reading, value);
    }
    if (view_is(name, "min_judges")) {
        return read_count(value, 0, MOST_JUDGES, &out->min_judges);
    }
    out->carry_over = json_is_true(value);
    return view_is(name, "carry_over") && json_is_boolean(value);
}

enum err rule_parse(json_t *json, const struct definition *definition, struct rule *out,
                    struct field *field)
{
    struct reading reading = {definition, out, field};
    const char *key = NULL;
    json_t *value = NULL;

    *out = (struct rule){.carry_over = true};
    field_clear(field);
    if (json_is_null(json)) {
        return OK;
    }
    if (!json_is_object(json)) {
        return ERR_PARAMS;
    }
    json_object_foreach(json, key, value)
    {
        field_clear(field);
        if (!read_part(&reading, view_of(key), value)) {
            field_within(field, key);
            return ERR_PARAMS;
        }
    }
    /* Places are reserved where some are refused. */
    if (out->keep == KEEP_ALL && out->quotas_count) {
        field_wrong(field, "quota");
        return ERR_PARAMS;
    }
    return OK;
}
