#include "import/rows.h"

#include "base/formula.h"
#include "base/mem.h"
#include "base/time.h"
#include "core/contact.h"
#include "import/clean.h"
#include "wire/json.h"
#include "wire/names.h"
#include "wire/source.h"

#include <string.h>

uint64_t rows_hash(struct view text)
{
    struct digest digest = hash_blake2b(text, view_of(NULL), view_of(NULL));
    uint64_t hash = 0;

    memcpy(&hash, digest.bytes, sizeof hash);
    return hash;
}

static struct view cell(const struct making *making, size_t row, enum part part)
{
    const struct import_plan *plan = making->plan;
    struct view text = sheet_cell(&plan->sheet, row, plan->mapping.columns[part]);

    if (plan->mapping.format == FORMAT_PINSON_CSV) {
        return text_rearmed(text);
    }
    if (plan->mapping.format == FORMAT_DECIDIM_CSV && text.len > 1 && text.ptr[0] == '\'' &&
        strchr("=+-@", text.ptr[1])) {
        return (struct view){text.ptr + 1, text.len - 1};
    }
    return text;
}

static void note(struct making *making, size_t row, enum fault fault, struct view detail)
{
    problems_add(&making->plan->problems, making->plan->sheet.lines[row], fault, detail);
}

static void note_cleaned(struct making *making, size_t row, const struct cleaned *did)
{
    if (did->html) {
        note(making, row, FAULT_HTML, view_of(NULL));
    }
    if (did->control) {
        note(making, row, FAULT_CONTROL, view_of(NULL));
    }
}

/* Of `title/fr` the column of another language that has something in this row. */
static size_t other_language(const struct sheet *sheet, size_t row, size_t column)
{
    struct view name = sheet_name(sheet, column);
    const char *slash = name.len ? memchr(name.ptr, '/', name.len) : NULL;
    size_t stem = slash ? (size_t)(slash - name.ptr) + 1 : 0;

    for (size_t i = 0; stem && i < sheet->columns; i++) {
        struct view other = sheet_name(sheet, i);

        if (i != column && other.len > stem && memcmp(other.ptr, name.ptr, stem) == 0 &&
            !memchr(other.ptr + stem, '/', other.len - stem) &&
            view_trim(sheet_cell(sheet, row, i)).len) {
            return i;
        }
    }
    return column;
}

static bool set_lang(struct import_row *row, struct view lang)
{
    bool ok = lang.len >= 2 && lang.len < LANG_BYTES;

    for (size_t i = 0; ok && i < lang.len; i++) {
        ok = (lang.ptr[i] >= 'a' && lang.ptr[i] <= 'z') || (i && lang.ptr[i] == '-') ||
             (i && lang.ptr[i] >= 'A' && lang.ptr[i] <= 'Z');
    }
    if (ok) {
        memcpy(row->lang, lang.ptr, lang.len);
        row->lang[lang.len] = '\0';
    }
    return ok;
}

/* A row without words in the language of the board is read in the one it has. */
static void choose_language(struct making *making, size_t row, struct import_row *out)
{
    struct mapping *mapping = &making->plan->mapping;
    const struct sheet *sheet = &making->plan->sheet;
    size_t text = mapping->columns[PART_TEXT];

    if (view_trim(sheet_cell(sheet, row, text)).len ||
        view_trim(sheet_cell(sheet, row, mapping->columns[PART_TITLE])).len) {
        return;
    }
    size_t other = other_language(sheet, row, text);

    if (other != text && text < sheet->columns) {
        struct view name = sheet_name(sheet, other);
        const char *slash = memchr(name.ptr, '/', name.len);

        set_lang(out, view_of(slash ? slash + 1 : ""));
        mapping->columns[PART_TITLE] = other_language(sheet, row, mapping->columns[PART_TITLE]);
        mapping->columns[PART_TEXT] = other;
    }
}

/* But for spaces and line ends: a title that was made of the text. */
static bool is_same_text(struct view one, struct view other)
{
    size_t i = 0;
    size_t j = 0;

    while (i < one.len || j < other.len) {
        if (i < one.len && strchr(" \r\n\t", one.ptr[i])) {
            i++;
        } else if (j < other.len && strchr(" \r\n\t", other.ptr[j])) {
            j++;
        } else if (i == one.len || j == other.len || one.ptr[i++] != other.ptr[j++]) {
            return false;
        }
    }
    return true;
}

static void add_text(struct making *making, size_t row, struct buf *out, struct cleaned *did)
{
    struct view text = cell(making, row, PART_TEXT);
    struct view title = cell(making, row, PART_TITLE);
    bool ours = making->plan->mapping.format != FORMAT_CSV;

    if (!is_same_text(title, text)) {
        clean_text(title, true, out, did);
    }
    if (out->len && view_trim(text).len) {
        buf_add_text(out, "\n\n");
    }
    clean_text(text, false, out, did);
    if (!ours && (text_is_formula(title) || text_is_formula(text))) {
        note(making, row, FAULT_FORMULA, view_of(NULL));
    }
}

/* Why the text cannot come in; FAULTS: it can. */
static enum fault text_fault(struct view text)
{
    if (!text.len) {
        return FAULT_EMPTY;
    }
    if (text.len > LIMIT_TEXT_MAX_BYTES || text_graphemes(text) > LIMIT_TEXT_MAX_GRAPHEMES) {
        return FAULT_TOO_LONG;
    }
    return text_is_clean(text) ? FAULTS : FAULT_BAD_TEXT;
}

static bool read_text(struct making *making, size_t row, struct import_row *out)
{
    const struct definition *definition = &making->target->definition;
    struct mapping before = making->plan->mapping;
    struct cleaned did = {0};
    AUTO_BUF text = {0};
    size_t len = 0;

    choose_language(making, row, out);
    add_text(making, row, &text, &did);
    making->plan->mapping = before;
    enum fault fault = text_fault(view_trim(buf_view(&text)));

    if (fault != FAULTS) {
        note(making, row, fault, view_of(NULL));
        return false;
    }
    out->text = text_normal(view_trim(buf_view(&text)), &len);
    size_t graphemes = text_graphemes((struct view){out->text, len});

    note_cleaned(making, row, &did);
    if (graphemes > definition->idea_max) {
        note(making, row, FAULT_LONG, view_of(NULL));
    } else if (graphemes < definition->idea_min) {
        note(making, row, FAULT_SHORT, view_of(NULL));
    }
    if (text_has_contact((struct view){out->text, len})) {
        note(making, row, FAULT_CONTACT, view_of(NULL));
    }
    return true;
}

/* Themes */

static uint32_t theme_named(const struct definition *definition, struct view name)
{
    uint32_t found = definition_theme(definition, name);
    char *folded = found ? NULL : text_folded(name);

    for (uint32_t i = 0; folded && !found && i < definition->themes_count; i++) {
        char *other = text_folded(view_of(definition->themes[i]));

        found = other && strcmp(folded, other) == 0 ? i + 1 : 0;
        mem_free(other);
    }
    mem_free(folded);
    return found;
}

/* What somebody said that their theme is here; false: nothing was said. */
static bool theme_given(const struct making *making, struct view name, uint32_t *out)
{
    struct view rest = making->options->themes;
    AUTO_BUF key = {0};
    AUTO_BUF value = {0};

    while (pairs_next(&rest, &key, &value)) {
        if (view_equal(view_trim(buf_view(&key)), name)) {
            *out = theme_named(&making->target->definition, view_trim(buf_view(&value)));
            return true;
        }
    }
    return false;
}

static uint32_t count_theme(struct making *making, struct view name, bool *settled)
{
    struct import_plan *plan = making->plan;
    uint32_t theme = 0;
    size_t i = 0;

    while (i < plan->themes_count && !view_is(name, plan->themes[i].name)) {
        i++;
    }
    *settled = theme_given(making, name, &theme);
    theme = *settled ? theme : theme_named(&making->target->definition, name);
    if (i < sizeof plan->themes / sizeof *plan->themes) {
        if (i == plan->themes_count) {
            plan->themes[plan->themes_count++] = (struct import_theme){
                .name = mem_copy_text(name.ptr, name.len), .theme = theme};
        }
        plan->themes[i].rows++;
    }
    return theme;
}

/* Of `{"fr"=>"Eau", "en"=>"Water"}, …` the first name, in that language or the first there is.
 */
static struct view first_name(struct view text, const char *lang)
{
    const char *end = text.len ? memchr(text.ptr, '}', text.len) : NULL;
    struct view record = {text.ptr, end ? (size_t)(end - text.ptr) : text.len};
    struct view found = {NULL, 0};
    struct view key = {NULL, 0};
    bool is_key = true;

    if (!text.len || text.ptr[0] != '{') {
        return text;
    }
    while (record.len) {
        const char *open = memchr(record.ptr, '"', record.len);
        size_t left = open ? record.len - (size_t)(open - record.ptr) - 1 : 0;
        const char *close = open ? memchr(open + 1, '"', left) : NULL;

        if (!close) {
            break;
        }
        struct view word = {open + 1, (size_t)(close - open) - 1};

        if (is_key) {
            key = word;
        } else if (!found.ptr || view_is(key, lang)) {
            found = word;
        }
        is_key = !is_key;
        record = (struct view){close + 1, record.len - (size_t)(close + 1 - record.ptr)};
    }
    return found;
}

static void read_theme(struct making *making, size_t row, struct import_row *out)
{
    AUTO_BUF name = {0};
    struct cleaned did = {0};
    bool settled = false;
    const struct definition *definition = &making->target->definition;

    clean_text(first_name(cell(making, row, PART_THEME), definition->lang), true, &name, &did);
    if (!name.len) {
        return;
    }
    out->theme = count_theme(making, buf_view(&name), &settled);
    if (!out->theme && !settled) {
        note(making, row, FAULT_THEME, buf_view(&name));
    }
}

/* Where it comes from */

static bool is_plain_id(struct view id)
{
    bool plain = id.len < SOURCE_ID_BYTES;

    for (size_t i = 0; plain && i < id.len; i++) {
        char c = id.ptr[i];

        plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                (c && strchr("._-/", c));
    }
    return plain;
}

static bool read_id(struct making *making, size_t row, struct import_row *out)
{
    struct view id = view_trim(cell(making, row, PART_ID));
    const char *system = format_system(making->plan->mapping.format);

    if (!id.len) {
        return true;
    }
    if (map_find(&making->ids, rows_hash(id))) {
        note(making, row, FAULT_DUPLICATE, id);
        return false;
    }
    if (!is_plain_id(id)) {
        note(making, row, FAULT_ID, id);
        return true;
    }
    memcpy(out->id, id.ptr, id.len);
    if (import_target_knows(making->target, system, out->id)) {
        note(making, row, FAULT_KNOWN, id);
        return false;
    }
    return true;
}

static void read_words(struct making *making, size_t row, struct import_row *out)
{
    static const enum part parts[] = {PART_SOURCE, PART_URL, PART_PLACE, PART_RESULT};
    struct buf texts[4] = {{0}, {0}, {0}, {0}};
    struct cleaned did = {0};
    AUTO_BUF json = {0};

    for (size_t i = 0; i < 4; i++) {
        clean_text(cell(making, row, parts[i]), true, &texts[i], &did);
    }
    struct source_words words = {.title = buf_view(&texts[0]),
                                 .url = buf_view(&texts[1]),
                                 .place = buf_view(&texts[2]),
                                 .result = buf_view(&texts[3])};

    if (!source_words_are_none(&words) && source_words_check(&words)) {
        note(making, row, FAULT_SOURCE, view_of(NULL));
    } else if (!source_words_are_none(&words)) {
        source_words_write(&json, &words);
    }
    out->words = mem_copy_text(json.bytes ? json.bytes : "", json.len);
    for (size_t i = 0; i < 4; i++) {
        buf_finish(&texts[i]);
    }
}

/* "2025-03-06 10:00:00 UTC", "2025-03-06 11:00:00 +0100", "2025-03-06", or RFC 3339. */
static bool read_moment(struct view text, uint64_t *out)
{
    AUTO_BUF moment = {0};
    uint32_t day = 0;

    buf_add_view(&moment, text);
    if (date_parse(text, &day)) {
        buf_add_text(&moment, "T00:00:00Z");
    } else if (text.len > 19 && text.ptr[10] == ' ') {
        struct view zone = view_trim((struct view){text.ptr + 19, text.len - 19});

        moment.len = 19;
        moment.bytes[10] = 'T';
        if (view_is(zone, "UTC")) {
            buf_add_char(&moment, 'Z');
        } else if (zone.len == 5) {
            buf_add(&moment, zone.ptr, 3);
            buf_add_char(&moment, ':');
            buf_add(&moment, zone.ptr + 3, 2);
        }
    } else if (text.len == 19 && text.ptr[10] == ' ') {
        moment.bytes[10] = 'T';
        buf_add_char(&moment, 'Z');
    }
    return time_parse(buf_view(&moment), out);
}

static void read_date(struct making *making, size_t row, struct import_row *out)
{
    struct view text = view_trim(cell(making, row, PART_AT));

    if (text.len && (!read_moment(text, &out->at_ms) || !out->at_ms ||
                     out->at_ms > making->options->now_ms)) {
        out->at_ms = 0;
        note(making, row, FAULT_DATE, text);
    }
}

static void read_lang(struct making *making, size_t row, struct import_row *out)
{
    struct view lang = view_trim(cell(making, row, PART_LANG));

    if (lang.len && !set_lang(out, lang)) {
        note(making, row, FAULT_LANG, lang);
    }
}

static void read_author(struct making *making, size_t row, struct import_row *out)
{
    struct view author = view_trim(cell(making, row, PART_AUTHOR));

    if (!author.len || making->options->seed) {
        return;
    }
    const uint64_t *known = map_find(&making->authors, rows_hash(author));

    out->author = known ? (uint32_t)*known : ++making->plan->authors;
    if (!known) {
        map_put(&making->authors, rows_hash(author), out->author);
    }
}

/* Replies */

static bool relation_read(struct view name, enum relation *out)
{
    static const struct {
        const char *name;
        enum relation relation;
    } french[] = {{"idee", RELATION_IDEA},
                  {"enrichir", RELATION_EXPAND},
                  {"objecter", RELATION_COUNTER},
                  {"adapter", RELATION_ADAPT},
                  {"questionner", RELATION_EXPLORE}};
    char *folded = text_folded(name);
    bool ok = folded && relation_of_name(view_of(folded), out);

    for (size_t i = 0; folded && !ok && i < sizeof french / sizeof *french; i++) {
        ok = strcmp(folded, french[i].name) == 0;
        *out = ok ? french[i].relation : *out;
    }
    mem_free(folded);
    return ok;
}

/* An amendment of Decidim's names what it amends by an address, whose end is the number. */
static struct view parent_id(struct view text)
{
    bool is_address = text.len > 8 && memcmp(text.ptr, "http", 4) == 0;
    size_t from = text.len;

    while (is_address && from && text.ptr[from - 1] != '/') {
        from--;
    }
    return is_address ? (struct view){text.ptr + from, text.len - from} : text;
}

static void read_reply(struct making *making, size_t row, struct import_row *out)
{
    struct view relation = view_trim(cell(making, row, PART_RELATION));
    struct view parent = parent_id(view_trim(cell(making, row, PART_PARENT)));
    bool decidim = view_is(view_of(format_system(making->plan->mapping.format)), "decidim");

    out->relation = RELATION_IDEA;
    if (!parent.len) {
        return;
    }
    out->relation = decidim ? RELATION_ADAPT : RELATION_EXPAND;
    if (relation.len && (!relation_read(relation, &out->relation) || !out->relation)) {
        out->relation = RELATION_EXPAND;
        note(making, row, FAULT_RELATION, relation);
    }
    making->parents[making->plan->count] = mem_copy_text(parent.ptr, parent.len);
}

/* Rows */

/* It was taken back or hidden where it comes from. */
static bool is_gone(const struct making *making, size_t row)
{
    const struct sheet *sheet = &making->plan->sheet;
    struct view state = sheet_cell(sheet, row, sheet_find(sheet, view_of("state")));
    struct view withdrawn = sheet_cell(sheet, row, sheet_find(sheet, view_of("withdrawn")));

    switch (making->plan->mapping.format) {
    case FORMAT_DECIDIM_CSV:
    case FORMAT_DECIDIM_JSON:
        return view_is(state, "withdrawn") || view_is(withdrawn, "true");
    case FORMAT_PINSON_CSV:
    case FORMAT_PINSON_JSON:
        return state.len && !view_is(state, "shown");
    case FORMAT_CSV:
    case FORMAT_JSON:
        break;
    }
    return false;
}

static bool read_row(struct making *making, size_t row, struct import_row *out)
{
    out->line = making->plan->sheet.lines[row];
    if (is_gone(making, row)) {
        note(making, row, FAULT_WITHDRAWN, view_of(NULL));
        return false;
    }
    if (!read_id(making, row, out) || !read_text(making, row, out)) {
        return false;
    }
    if (!out->lang[0]) {
        read_lang(making, row, out);
    }
    read_theme(making, row, out);
    read_words(making, row, out);
    read_date(making, row, out);
    read_author(making, row, out);
    read_reply(making, row, out);
    return true;
}

void rows_read(struct making *making)
{
    struct import_plan *plan = making->plan;

    for (size_t row = 0; row < plan->sheet.rows; row++) {
        struct import_row out = {0};
        struct view id = view_trim(cell(making, row, PART_ID));

        if (!read_row(making, row, &out)) {
            mem_free(out.text);
            mem_free(out.words);
            continue;
        }
        plan->rows = mem_reserve(plan->rows, plan->count, &plan->room, sizeof *plan->rows);
        plan->rows[plan->count++] = out;
        if (id.len) {
            map_put(&making->ids, rows_hash(id), plan->count);
        }
    }
}
