#include "import/mapping.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

static const char *const names[PARTS] = {
    [PART_TEXT] = "text",     [PART_TITLE] = "title",   [PART_THEME] = "theme",
    [PART_LANG] = "lang",     [PART_AUTHOR] = "author", [PART_ID] = "id",
    [PART_URL] = "url",       [PART_SOURCE] = "source", [PART_PLACE] = "place",
    [PART_RESULT] = "result", [PART_PARENT] = "parent", [PART_RELATION] = "relation",
    [PART_AT] = "at",
};

/* What people call their columns; compared without case and accents. Authors are never guessed:
   who is told apart is for somebody to decide. */
static const struct {
    enum part part;
    const char *name;
} usual[] = {
    {PART_TEXT, "text"},
    {PART_TEXT, "texte"},
    {PART_TEXT, "idee"},
    {PART_TEXT, "idea"},
    {PART_TEXT, "proposition"},
    {PART_TEXT, "proposal"},
    {PART_TEXT, "contribution"},
    {PART_TEXT, "description"},
    {PART_TEXT, "body"},
    {PART_TEXT, "contenu"},
    {PART_TITLE, "titre"},
    {PART_TITLE, "title"},
    {PART_THEME, "theme"},
    {PART_THEME, "thematique"},
    {PART_THEME, "categorie"},
    {PART_THEME, "category"},
    {PART_LANG, "lang"},
    {PART_LANG, "langue"},
    {PART_LANG, "language"},
    {PART_ID, "id"},
    {PART_ID, "n"},
    {PART_ID, "numero"},
    {PART_ID, "number"},
    {PART_URL, "url"},
    {PART_URL, "lien"},
    {PART_URL, "link"},
    {PART_SOURCE, "source"},
    {PART_PLACE, "lieu"},
    {PART_PLACE, "place"},
    {PART_PLACE, "ville"},
    {PART_PLACE, "commune"},
    {PART_RESULT, "resultat"},
    {PART_RESULT, "result"},
    {PART_RESULT, "bilan"},
    {PART_PARENT, "parent"},
    {PART_RELATION, "relation"},
    {PART_RELATION, "kind"},
    {PART_AT, "date"},
    {PART_AT, "at"},
    {PART_AT, "created_at"},
};

const char *part_name(enum part part)
{
    return names[part];
}

const char *format_name(enum import_format format)
{
    static const char *const formats[] = {[FORMAT_CSV] = "csv",
                                          [FORMAT_DECIDIM_CSV] = "decidim-csv",
                                          [FORMAT_DECIDIM_JSON] = "decidim-json",
                                          [FORMAT_PINSON_CSV] = "pinson-csv",
                                          [FORMAT_PINSON_JSON] = "pinson-json",
                                          [FORMAT_JSON] = "json"};

    return formats[format];
}

const char *format_system(enum import_format format)
{
    static const char *const systems[] = {[FORMAT_CSV] = "csv",
                                          [FORMAT_DECIDIM_CSV] = "decidim",
                                          [FORMAT_DECIDIM_JSON] = "decidim",
                                          [FORMAT_PINSON_CSV] = "pinson",
                                          [FORMAT_PINSON_JSON] = "pinson",
                                          [FORMAT_JSON] = "json"};

    return systems[format];
}

/* The column `stem/lang`, else `stem`, else the first `stem/…` that is no machine's. */
static size_t find_localised(const struct sheet *sheet, const char *stem, const char *lang)
{
    char name[64];
    size_t len = strlen(stem);

    snprintf(name, sizeof name, "%s/%s", stem, lang);
    size_t found = sheet_find(sheet, view_of(name));

    if (found == SHEET_NOWHERE) {
        found = sheet_find(sheet, view_of(stem));
    }
    for (size_t i = 0; found == SHEET_NOWHERE && i < sheet->columns; i++) {
        struct view column = sheet_name(sheet, i);
        bool is_one = column.len > len + 1 && memcmp(column.ptr, stem, len) == 0 &&
                      column.ptr[len] == '/' && !strchr(column.ptr + len + 1, '/');

        found = is_one ? i : SHEET_NOWHERE;
    }
    return found;
}

static size_t find(const struct sheet *sheet, const char *name)
{
    return sheet_find(sheet, view_of(name));
}

static bool has(const struct sheet *sheet, const char *name)
{
    return find(sheet, name) != SHEET_NOWHERE;
}

static bool is_decidim(const struct sheet *sheet)
{
    return has(sheet, "id") &&
           (has(sheet, "component/id") || has(sheet, "participatory_space/id")) &&
           find_localised(sheet, "title", "") != SHEET_NOWHERE &&
           find_localised(sheet, "body", "") != SHEET_NOWHERE;
}

/* ideas.csv and board.json of an export, and ideas.csv of an archive. */
static bool is_ours(const struct sheet *sheet)
{
    static const char *const columns[] = {"text", "theme", "kind", "parent",
                                          "with", "root",  "depth"};
    bool ours = has(sheet, "n") || has(sheet, "idea");

    for (size_t i = 0; ours && i < sizeof columns / sizeof *columns; i++) {
        ours = has(sheet, columns[i]);
    }
    return ours;
}

static void guess_decidim(struct mapping *mapping, const struct sheet *sheet, const char *lang)
{
    size_t *columns = mapping->columns;

    mapping->format = sheet->is_json ? FORMAT_DECIDIM_JSON : FORMAT_DECIDIM_CSV;
    columns[PART_ID] = find(sheet, "id");
    columns[PART_TITLE] = find_localised(sheet, "title", lang);
    columns[PART_TEXT] = find_localised(sheet, "body", lang);
    columns[PART_THEME] = find(sheet, "taxonomies/name");
    if (columns[PART_THEME] == SHEET_NOWHERE) {
        columns[PART_THEME] = find_localised(sheet, "category/name", lang);
    }
    columns[PART_URL] = find(sheet, "url");
    columns[PART_PARENT] = find(sheet, "original_proposal/url");
    columns[PART_AT] = find(sheet, "published_at");
    if (columns[PART_AT] == SHEET_NOWHERE) {
        columns[PART_AT] = find(sheet, "created_at");
    }
}

static void guess_ours(struct mapping *mapping, const struct sheet *sheet)
{
    size_t *columns = mapping->columns;

    mapping->format = sheet->is_json ? FORMAT_PINSON_JSON : FORMAT_PINSON_CSV;
    columns[PART_ID] = find(sheet, "n");
    if (columns[PART_ID] == SHEET_NOWHERE) {
        columns[PART_ID] = find(sheet, "idea");
    }
    columns[PART_TEXT] = find(sheet, "text");
    columns[PART_THEME] = find(sheet, "theme");
    columns[PART_RELATION] = find(sheet, "kind");
    columns[PART_PARENT] = find(sheet, "parent");
    columns[PART_AT] = find(sheet, "at");
}

static void guess_usual(struct mapping *mapping, const struct sheet *sheet, size_t column)
{
    char *folded = text_folded(sheet_name(sheet, column));
    bool placed = false;

    for (size_t i = 0; folded && !placed && i < sizeof usual / sizeof *usual; i++) {
        size_t *at = &mapping->columns[usual[i].part];

        if (*at == SHEET_NOWHERE && strcmp(folded, usual[i].name) == 0) {
            *at = column;
            placed = true;
        }
    }
    mem_free(folded);
}

/* A title alone is the text. */
static void settle_title(struct mapping *mapping)
{
    if (mapping->columns[PART_TEXT] == SHEET_NOWHERE) {
        mapping->columns[PART_TEXT] = mapping->columns[PART_TITLE];
        mapping->columns[PART_TITLE] = SHEET_NOWHERE;
    }
}

void mapping_init(struct mapping *mapping)
{
    *mapping = (struct mapping){.format = FORMAT_CSV};
    for (size_t i = 0; i < PARTS; i++) {
        mapping->columns[i] = SHEET_NOWHERE;
    }
}

void mapping_guess(struct mapping *mapping, const struct sheet *sheet, const char *lang)
{
    mapping_init(mapping);
    mapping->format = sheet->is_json ? FORMAT_JSON : FORMAT_CSV;
    if (is_decidim(sheet)) {
        guess_decidim(mapping, sheet, lang);
        return;
    }
    if (is_ours(sheet)) {
        guess_ours(mapping, sheet);
        return;
    }
    for (size_t i = 0; i < sheet->columns; i++) {
        guess_usual(mapping, sheet, i);
    }
    settle_title(mapping);
    if (sheet->columns == 1) {
        mapping->columns[PART_TEXT] = 0;
    }
}

static int hex_of(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *found = c ? strchr(digits, c) : NULL;

    return found ? (int)(found - digits) & 15 : -1;
}

static void decode(struct view text, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < text.len; i++) {
        int high = text.ptr[i] == '%' && i + 2 < text.len ? hex_of(text.ptr[i + 1]) : -1;
        int low = high >= 0 ? hex_of(text.ptr[i + 2]) : -1;

        if (low >= 0) {
            buf_add_char(out, (char)(high << 4 | low));
            i += 2;
        } else {
            buf_add_char(out, text.ptr[i]);
        }
    }
}

bool pairs_next(struct view *rest, struct buf *key, struct buf *value)
{
    if (!rest->len) {
        return false;
    }
    const char *comma = memchr(rest->ptr, ',', rest->len);
    struct view pair = {rest->ptr, comma ? (size_t)(comma - rest->ptr) : rest->len};
    const char *equal = pair.len ? memchr(pair.ptr, '=', pair.len) : NULL;
    size_t len = equal ? (size_t)(equal - pair.ptr) : pair.len;
    size_t used = pair.len + (comma != NULL);

    decode((struct view){pair.ptr, len}, key);
    decode(equal ? (struct view){equal + 1, pair.len - len - 1} : (struct view){NULL, 0},
           value);
    *rest = (struct view){rest->ptr + used, rest->len - used};
    return true;
}

static bool find_part(struct view name, enum part *out)
{
    for (unsigned i = 0; i < PARTS; i++) {
        if (view_is(name, names[i])) {
            *out = (enum part)i;
            return true;
        }
    }
    return false;
}

/* By name, by #place, or none. */
static bool find_column(const struct sheet *sheet, struct view given, size_t *out)
{
    uint64_t place = 0;

    *out = SHEET_NOWHERE;
    if (!given.len) {
        return true;
    }
    *out = sheet_find(sheet, given);
    if (*out == SHEET_NOWHERE && given.ptr[0] == '#' &&
        view_to_uint((struct view){given.ptr + 1, given.len - 1}, sheet->columns, &place) &&
        place) {
        *out = (size_t)place - 1;
    }
    return *out != SHEET_NOWHERE;
}

bool mapping_set(struct mapping *mapping, const struct sheet *sheet, struct view given,
                 struct problems *problems)
{
    AUTO_BUF key = {0};
    AUTO_BUF value = {0};
    bool ok = true;

    while (pairs_next(&given, &key, &value)) {
        enum part part = PART_TEXT;
        size_t column = SHEET_NOWHERE;

        if (find_part(view_trim(buf_view(&key)), &part) &&
            find_column(sheet, view_trim(buf_view(&value)), &column)) {
            mapping->columns[part] = column;
        } else {
            AUTO_BUF detail = {0};

            buf_printf(&detail, "%s=%s", key.len ? key.bytes : "",
                       value.len ? value.bytes : "");
            ok = problems_add(problems, 0, FAULT_MAP, buf_view(&detail));
        }
    }
    return ok;
}
