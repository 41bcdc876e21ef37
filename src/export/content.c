#include "export/content.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

/* Files of web/content, made texts by the build. */
#define DEFAULTS(name)                                                                         \
    extern const char name##_fr_md[];                                                          \
    extern const char name##_en_md[];

DEFAULTS(help)
DEFAULTS(easy)
DEFAULTS(accessibility)
DEFAULTS(privacy)
DEFAULTS(legal)
DEFAULTS(charter)

static const struct {
    const char *name;
    const char *texts[TONGUES];
} pages[CONTENT_PAGES] = {
    {"help", {help_fr_md, help_en_md}},
    {"easy", {easy_fr_md, easy_en_md}},
    {"accessibility", {accessibility_fr_md, accessibility_en_md}},
    {"privacy", {privacy_fr_md, privacy_en_md}},
    {"legal", {legal_fr_md, legal_en_md}},
    {"charter", {charter_fr_md, charter_en_md}},
};

const char *content_name(size_t i)
{
    return pages[i].name;
}

size_t content_find(struct view name)
{
    size_t i = 0;

    while (i < CONTENT_PAGES && !view_is(name, pages[i].name)) {
        i++;
    }
    return i;
}

struct view content_default(size_t i, enum tongue tongue)
{
    return view_of(pages[i].texts[tongue]);
}

void content_finish(struct content *content)
{
    buf_finish(&content->title);
    buf_finish(&content->html);
}

/* The places that an installation fills */

static bool is_punctuation(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}

/* As text, whatever Markdown would make of it. */
static void add_literal(struct buf *to, const char *text)
{
    for (; *text; text++) {
        if (is_punctuation(*text)) {
            buf_add_char(to, '\\');
        }
        buf_add(to, *text == '\n' ? " " : text, 1);
    }
}

/* Without what would end a link in angle brackets. */
static bool is_address(const char *text)
{
    bool is_web = strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0;

    return (is_web || strchr(text, '@')) && !strpbrk(text, " <>\\\t\r\n");
}

static void add_contact(struct buf *to, enum tongue tongue, const char *contact)
{
    if (!contact) {
        buf_add_text(
            to, say(tongue, "l’adresse de contact donnée par l’organisateur de la consultation",
                    "the contact address given by the organiser of the consultation"));
    } else if (is_address(contact)) {
        buf_printf(to, "<%s>", contact);
    } else {
        add_literal(to, contact);
    }
}

static void add_months(struct buf *to, enum tongue tongue, uint64_t months)
{
    if (!months) {
        buf_add_text(to, say(tongue, "la durée annoncée par l’organisateur de la consultation",
                             "the time announced by the organiser of the consultation"));
    } else {
        buf_add_uint(to, months);
        buf_add_text(to, tongue == FRENCH ? " mois" : months == 1 ? " month" : " months");
    }
}

static void add_responsible(struct buf *to, enum tongue tongue, const char *responsible)
{
    if (responsible) {
        add_literal(to, responsible);
    } else {
        buf_add_text(to, say(tongue, "l’organisateur de la consultation",
                             "the organiser of the consultation"));
    }
}

static bool takes(struct view *rest, const char *place)
{
    size_t len = strlen(place);

    if (rest->len < len || memcmp(rest->ptr, place, len) != 0) {
        return false;
    }
    *rest = (struct view){rest->ptr + len, rest->len - len};
    return true;
}

static void fill(struct buf *to, struct view rest, enum tongue tongue,
                 const struct content_facts *facts)
{
    while (rest.len) {
        if (takes(&rest, "{responsible}")) {
            add_responsible(to, tongue, facts->responsible);
        } else if (takes(&rest, "{contact}")) {
            add_contact(to, tongue, facts->contact);
        } else if (takes(&rest, "{keep_months}")) {
            add_months(to, tongue, facts->keep_months);
        } else {
            buf_add_char(to, rest.ptr[0]);
            rest = (struct view){rest.ptr + 1, rest.len - 1};
        }
    }
}

/* Markdown */

/* The first heading of the first level, or NULL. */
static cmark_node *find_title(cmark_node *document)
{
    for (cmark_node *at = cmark_node_first_child(document); at; at = cmark_node_next(at)) {
        if (cmark_node_get_type(at) == CMARK_NODE_HEADING &&
            cmark_node_get_heading_level(at) == 1) {
            return at;
        }
    }
    return NULL;
}

static void add_words(struct buf *to, cmark_node *node)
{
    cmark_iter *iter = cmark_iter_new(node);

    while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        const char *literal = cmark_node_get_literal(cmark_iter_get_node(iter));

        buf_add_text(to, literal ? literal : "");
    }
    cmark_iter_free(iter);
}

const char *content_refusal(struct view markdown)
{
    if (markdown.len > LIMIT_CONTENT_MAX_BYTES) {
        return "it is too long";
    }
    if (!text_is_utf8(markdown)) {
        return "it is not UTF-8";
    }
    cmark_node *document =
        cmark_parse_document(markdown.ptr ? markdown.ptr : "", markdown.len, CMARK_OPT_DEFAULT);
    bool titled = find_title(document) != NULL;

    cmark_node_free(document);
    return titled ? NULL : "it has no title: a line that begins with \"# \"";
}

void content_render(struct content *out, struct view markdown, enum tongue tongue,
                    const struct content_facts *facts)
{
    AUTO_BUF filled = {0};

    fill(&filled, markdown, tongue, facts);
    cmark_node *document =
        cmark_parse_document(filled.bytes ? filled.bytes : "", filled.len, CMARK_OPT_DEFAULT);
    cmark_node *title = find_title(document);
    char *html = cmark_render_html(document, CMARK_OPT_DEFAULT);

    if (title) {
        add_words(&out->title, title);
    }
    buf_add_text(&out->html, html);
    free(html);
    cmark_node_free(document);
}
