#include "wire/round.h"

#include "base/time.h"
#include "wire/json.h"
#include "wire/names.h"
#include "wire/rule.h"
#include "wire/texts.h"

enum {
    MOST_A_PERSON = 1000000,
    LONGEST_SERVING_S = 86400
};

#define LAST_MS UINT64_C(253402300799999) /* of the year 9999, where its written form ends */

/* Writing */

static void write_bits(struct buf *to, unsigned bits, const char *(*name_of)(unsigned))
{
    bool first = true;

    buf_add_char(to, '[');
    for (unsigned i = 0; bits >> i; i++) {
        if (bits >> i & 1u) {
            buf_printf(to, "%s\"%s\"", first ? "" : ",", name_of(i));
            first = false;
        }
    }
    buf_add_char(to, ']');
}

static const char *name_of_bit(unsigned relation)
{
    return name_of_relation((enum relation)relation);
}

void round_compete_write(struct buf *to, unsigned compete)
{
    write_bits(to, compete, name_of_bit);
}

static void write_number_unless_0(struct buf *to, const char *key, uint64_t number)
{
    if (number) {
        buf_printf(to, ",\"%s\":", key);
        buf_add_uint(to, number);
    }
}

static void write_name_unless(struct buf *to, const char *key, const char *name,
                              bool is_default)
{
    if (!is_default) {
        buf_printf(to, ",\"%s\":\"%s\"", key, name);
    }
}

static void write_rule(struct buf *to, const struct rule *rule)
{
    AUTO_BUF bytes = {0};

    rule_write(&bytes, rule, NULL);
    if (!view_is(buf_view(&bytes), "null")) {
        buf_add_text(to, ",\"rule\":");
        buf_add_view(to, buf_view(&bytes));
    }
}

void round_definition_write(struct buf *to, const struct round_definition *round)
{
    buf_add_text(to, "{\"allows\":");
    write_bits(to, round->allows, name_of_allow);
    buf_printf(to, ",\"ballots\":\"%s\"", name_of_ballots(round->ballots));
    write_number_unless_0(to, "closes_at", round->closes_at_ms);
    buf_add_text(to, ",\"compete\":");
    round_compete_write(to, round->compete);
    write_name_unless(to, "counts", name_of_counts(round->counts),
                      round->counts == COUNTS_STANDING);
    buf_add_text(to, round->final ? ",\"final\":true" : "");
    write_number_unless_0(to, "minutes", round->minutes);
    write_number_unless_0(to, "opens_at", round->opens_at_ms);
    buf_printf(to, ",\"posts_per_person\":%u,\"prompt\":", round->posts_per_person);
    text_use_write_or_null(to, &round->prompt);
    write_name_unless(to, "reveal", name_of_reveal(round->reveal),
                      round->reveal == REVEAL_AT_CLOSE);
    write_rule(to, &round->rule);
    buf_printf(to,
               ",\"scores\":\"%s\",\"serving_s\":%u,\"title\":", name_of_scores(round->scores),
               round->serving_s);
    text_use_write_or_null(to, &round->title);
    buf_printf(to, ",\"votes_per_person\":%u}", round->votes_per_person);
}

/* Reading */

struct reading {
    const struct definition *definition; /* names the themes; NULL: it is the log's spelling */
    struct round_definition *out;
    struct round_words *words; /* NULL in the log's spelling */
    struct field *field;       /* inside of a value */
};

static bool read_uint(const json_t *json, uint32_t min, uint32_t max, uint32_t *out)
{
    json_int_t value = json_integer_value(json);

    if (!json_is_integer(json) || value < (json_int_t)min || value > (json_int_t)max) {
        return false;
    }
    *out = (uint32_t)value;
    return true;
}

static bool read_uint_or_none(const json_t *json, uint32_t min, uint32_t max, uint32_t *out)
{
    if (json_is_null(json)) {
        *out = 0;
        return true;
    }
    return read_uint(json, min, max, out);
}

static bool read_time(const struct reading *reading, const json_t *json, uint64_t *out)
{
    if (json_is_null(json)) {
        *out = 0;
        return true;
    }
    if (reading->definition) {
        return time_parse(json_view(json), out) && *out > 0 && *out <= LAST_MS;
    }
    json_int_t value = json_integer_value(json);

    *out = (uint64_t)value;
    return json_is_integer(json) && value > 0 && (uint64_t)value <= LAST_MS;
}

static bool read_words(const struct reading *reading, const json_t *json, struct text_use *use,
                       struct view *text, size_t max_graphemes)
{
    if (!reading->words) {
        return text_use_parse(json, use);
    }
    *text = view_trim(json_view(json));
    return json_is_string(json) && text_is_clean(*text) && text->len <= LIMIT_TEXT_MAX_BYTES &&
           text_graphemes(*text) <= max_graphemes;
}

static bool read_title(const struct reading *reading, json_t *json)
{
    return read_words(reading, json, &reading->out->title,
                      reading->words ? &reading->words->title : NULL,
                      LIMIT_TITLE_MAX_GRAPHEMES);
}

static bool read_prompt(const struct reading *reading, json_t *json)
{
    return read_words(reading, json, &reading->out->prompt,
                      reading->words ? &reading->words->prompt : NULL,
                      LIMIT_NOTE_MAX_GRAPHEMES);
}

static bool read_allows(const struct reading *reading, json_t *json)
{
    reading->out->allows = 0;
    for (size_t i = 0; i < json_array_size(json); i++) {
        unsigned index = 0;

        if (!allow_of_name(json_view(json_array_get(json, i)), &index)) {
            return false;
        }
        reading->out->allows |= 1u << index;
    }
    return json_is_array(json);
}

bool round_compete_parse(const json_t *json, unsigned *out)
{
    *out = 0;
    for (size_t i = 0; i < json_array_size(json); i++) {
        enum relation relation = RELATION_IDEA;

        if (!relation_of_name(json_view(json_array_get(json, i)), &relation)) {
            return false;
        }
        *out |= 1u << relation;
    }
    return json_is_array(json);
}

static bool read_compete(const struct reading *reading, json_t *json)
{
    unsigned compete = 0;
    bool ok = round_compete_parse(json, &compete);

    reading->out->compete = compete;
    return ok;
}

static bool read_ballots(const struct reading *reading, json_t *json)
{
    return ballots_of_name(json_view(json), &reading->out->ballots);
}

static bool read_scores(const struct reading *reading, json_t *json)
{
    return scores_of_name(json_view(json), &reading->out->scores);
}

static bool read_counts(const struct reading *reading, json_t *json)
{
    return counts_of_name(json_view(json), &reading->out->counts);
}

static bool read_reveal(const struct reading *reading, json_t *json)
{
    return reveal_of_name(json_view(json), &reading->out->reveal);
}

static bool read_final(const struct reading *reading, json_t *json)
{
    reading->out->final = json_is_true(json);
    return json_is_boolean(json);
}

static bool read_posts(const struct reading *reading, json_t *json)
{
    return read_uint_or_none(json, 0, MOST_A_PERSON, &reading->out->posts_per_person);
}

static bool read_votes(const struct reading *reading, json_t *json)
{
    return read_uint_or_none(json, 0, MOST_A_PERSON, &reading->out->votes_per_person);
}

static bool read_serving(const struct reading *reading, json_t *json)
{
    return read_uint(json, 1, LONGEST_SERVING_S, &reading->out->serving_s);
}

static bool read_opens(const struct reading *reading, json_t *json)
{
    return read_time(reading, json, &reading->out->opens_at_ms);
}

static bool read_closes(const struct reading *reading, json_t *json)
{
    return read_time(reading, json, &reading->out->closes_at_ms);
}

static bool read_minutes(const struct reading *reading, json_t *json)
{
    return read_uint_or_none(json, 1, LIMIT_ROUND_MINUTES, &reading->out->minutes);
}

static bool read_rule(const struct reading *reading, json_t *json)
{
    return !rule_parse(json, reading->definition, &reading->out->rule, reading->field);
}

static const struct {
    const char *key;
    bool (*read)(const struct reading *reading, json_t *json);
} members[] = {
    {"title", read_title},
    {"prompt", read_prompt},
    {"final", read_final},
    {"allows", read_allows},
    {"compete", read_compete},
    {"ballots", read_ballots},
    {"scores", read_scores},
    {"counts", read_counts},
    {"reveal", read_reveal},
    {"posts_per_person", read_posts},
    {"votes_per_person", read_votes},
    {"serving_s", read_serving},
    {"opens_at", read_opens},
    {"closes_at", read_closes},
    {"minutes", read_minutes},
    {"rule", read_rule},
};

static bool read_member(const struct reading *reading, struct view key, json_t *json)
{
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (view_is(key, members[i].key)) {
            return members[i].read(reading, json);
        }
    }
    return false;
}

/* Over what out holds. */
static bool read_round(const struct reading *reading, json_t *json)
{
    const char *key = NULL;
    json_t *value = NULL;

    field_clear(reading->field);
    if (!json_is_object(json)) {
        return false;
    }
    json_object_foreach(json, key, value)
    {
        field_clear(reading->field);
        if (!read_member(reading, view_of(key), value)) {
            return field_within(reading->field, key);
        }
    }
    reading->out->rule_hash = rule_hash(&reading->out->rule);
    return true;
}

bool round_definition_read(json_t *json, struct round_definition *out)
{
    struct field field;
    struct reading reading = {.out = out, .field = &field};

    round_definition_init(out);
    return read_round(&reading, json);
}

enum err round_definition_parse(struct view bytes, struct round_definition *out)
{
    json_auto_t *json = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, NULL);
    AUTO_BUF again = {0};

    if (!round_definition_read(json, out)) {
        return ERR_PARSE;
    }
    round_definition_write(&again, out);
    return view_equal(buf_view(&again), bytes) ? OK : ERR_PARSE; /* one spelling only */
}

bool round_themes_exist(const struct round_definition *round,
                        const struct definition *definition)
{
    for (uint32_t i = 0; i < round->rule.quotas_count; i++) {
        if (round->rule.quotas[i].theme > definition->themes_count) {
            return false;
        }
    }
    return true;
}

enum err round_parse(json_t *json, const struct definition *definition,
                     struct round_definition *out, struct round_words *words,
                     struct field *field)
{
    round_definition_init(out);
    if (round_revise(json, definition, out, words, field)) {
        return ERR_PARAMS;
    }
    if (out->final && !json_object_get(json, "allows")) {
        out->allows &= ~(unsigned)ALLOW_POST; /* its ideas are its finalists */
    }
    return OK;
}

enum err round_revise(json_t *json, const struct definition *definition,
                      struct round_definition *round, struct round_words *words,
                      struct field *field)
{
    struct round_definition revised = *round;
    struct reading reading = {definition, &revised, words, field};

    *words = (struct round_words){0};
    if (!read_round(&reading, json)) {
        return ERR_PARAMS;
    }
    *round = revised;
    return OK;
}
