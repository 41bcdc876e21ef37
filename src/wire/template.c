#include "wire/template.h"

/* Files of templates/, made texts by the build. */
extern const char atelier_en_json[];
extern const char atelier_fr_json[];
extern const char consultation_en_json[];
extern const char consultation_fr_json[];
extern const char mmowgli_en_json[];
extern const char mmowgli_fr_json[];

static const struct {
    const char *name;
    const char *fr;
    const char *en;
} templates[] = {
    {"atelier", atelier_fr_json, atelier_en_json},
    {"consultation", consultation_fr_json, consultation_en_json},
    {"mmowgli", mmowgli_fr_json, mmowgli_en_json},
};

enum {
    TEMPLATES = sizeof templates / sizeof *templates
};

const char *template_name(size_t i)
{
    return i < TEMPLATES ? templates[i].name : NULL;
}

void template_write_names(struct buf *to)
{
    for (size_t i = 0; i < TEMPLATES; i++) {
        buf_add_text(to, i ? ", " : "");
        buf_add_text(to, templates[i].name);
    }
}

json_t *template_rounds(struct view name, struct view lang)
{
    for (size_t i = 0; i < TEMPLATES; i++) {
        if (view_is(name, templates[i].name)) {
            const char *text = view_is(lang, "en") ? templates[i].en : templates[i].fr;

            return json_loads(text, JSON_REJECT_DUPLICATES, NULL);
        }
    }
    return NULL;
}
