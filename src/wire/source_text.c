#include "wire/source_text.h"

#include "wire/source.h"

#include <jansson.h>

struct member {
    struct view *out;
    size_t at; /* in what is held: it moves while it grows */
};

static void take(struct source_text *out, struct member *member, struct view from)
{
    member->at = out->held.len;
    *member->out = (struct view){"", from.len};
    buf_add_view(&out->held, from);
}

bool source_text_read(struct view text, struct source_text *out)
{
    *out = (struct source_text){.title = {"", 0}};
    json_auto_t *json =
        text.len ? json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, NULL) : NULL;
    struct source_words words;

    if (!json || source_words_read_kept(json, &words) || source_words_are_none(&words)) {
        return false;
    }
    struct view *const from[] = {&words.title, &words.url, &words.place, &words.result};
    struct member members[] = {
        {&out->title, 0}, {&out->url, 0}, {&out->place, 0}, {&out->result, 0}};

    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        take(out, &members[i], *from[i]);
    }
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        members[i].out->ptr = out->held.bytes ? out->held.bytes + members[i].at : "";
    }
    return true;
}

void source_text_finish(struct source_text *source)
{
    buf_finish(&source->held);
    *source = (struct source_text){.title = {"", 0}};
}
