#include "wire/source.h"

#include "pinson/limits.h"
#include "wire/json.h"
#include "wire/rpc.h"

#include <string.h>

static bool begins(struct view text, const char *with)
{
    size_t len = strlen(with);

    return text.len > len && memcmp(text.ptr, with, len) == 0;
}

/* Only what a browser may open safely; what was done elsewhere is looked up on a page that is
   what it says. */
static bool is_address(const struct source_words *words)
{
    bool elsewhere = words->place.len || words->result.len;

    return !words->url.len || begins(words->url, "https://") ||
           (begins(words->url, "http://") && !elsewhere);
}

static bool fits(struct view text, size_t graphemes)
{
    return text.len <= LIMIT_URL_MAX_BYTES && text_graphemes(text) <= graphemes;
}

enum err source_words_check(const struct source_words *words)
{
    if (!text_is_clean_name(words->title) || !text_is_clean_name(words->url) ||
        !text_is_clean_name(words->place) || !text_is_clean_name(words->result)) {
        return ERR_BAD_TEXT;
    }
    if (words->title.len > LIMIT_URL_MAX_BYTES || words->url.len > LIMIT_URL_MAX_BYTES ||
        !fits(words->place, LIMIT_PLACE_MAX_GRAPHEMES) ||
        !fits(words->result, LIMIT_RESULT_MAX_GRAPHEMES)) {
        return ERR_TOO_LONG;
    }
    return is_address(words) ? OK : ERR_PARAMS;
}

enum err source_words_read(json_t *json, struct source_words *out)
{
    struct params params;

    *out = (struct source_words){0};
    if (!json) {
        return OK;
    }
    if (!json_is_object(json)) {
        return ERR_PARAMS;
    }
    params_init(&params, json);
    out->place = view_trim(params_string(&params, "place", OPTIONAL));
    out->result = view_trim(params_string(&params, "result", OPTIONAL));
    out->title = params_string(&params, "title", out->place.len ? OPTIONAL : REQUIRED);
    out->url = params_string(&params, "url", OPTIONAL);
    return params_done(&params) ? ERR_PARAMS : source_words_check(out);
}

enum err source_words_read_kept(const json_t *json, struct source_words *out)
{
    if (!json_is_object(json)) {
        return ERR_PARAMS;
    }
    *out = (struct source_words){.title = json_view(json_object_get(json, "title")),
                                 .url = json_view(json_object_get(json, "url")),
                                 .place = json_view(json_object_get(json, "place")),
                                 .result = json_view(json_object_get(json, "result"))};
    return source_words_check(out);
}

bool source_words_are_none(const struct source_words *words)
{
    return !words->title.len && !words->url.len && !words->place.len && !words->result.len;
}

static void member(struct buf *to, const char *key, struct view text)
{
    buf_printf(to, "\"%s\":", key);
    json_write_text_or_null(to, text.len ? text : (struct view){NULL, 0});
}

void source_words_write(struct buf *to, const struct source_words *words)
{
    buf_add_char(to, '{');
    member(to, "title", words->title);
    buf_add_char(to, ',');
    member(to, "url", words->url);
    if (words->place.len || words->result.len) {
        buf_add_char(to, ',');
        member(to, "place", words->place);
        buf_add_char(to, ',');
        member(to, "result", words->result);
    }
    buf_add_char(to, '}');
}
