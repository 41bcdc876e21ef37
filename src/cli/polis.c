#include "cli/polis.h"

#include "base/map.h"
#include "base/mem.h"
#include "cli/file.h"
#include "import/csv.h"

#include <stdlib.h>
#include <string.h>

static const uint64_t max_id = (UINT64_C(1) << 53) - 1;
static const uint64_t max_time_ms = UINT64_C(253402300799999); /* the end of the year 9999 */

/* One file while it is read. */
struct table {
    const char *name;
    struct csv csv;
    size_t columns[8]; /* where each named column is */
    size_t width;
    struct buf *why;
};

static enum err complain(struct table *table, size_t line, const char *reason)
{
    buf_printf(table->why, "%s:%zu: %s", table->name, line, reason);
    return ERR_PARSE;
}

static enum err read_header(struct table *table, const char *const *names, size_t count)
{
    enum csv_result result = csv_next(&table->csv);

    if (result != CSV_ROW) {
        return complain(table, 1, result == CSV_END ? "the file is empty" : table->csv.why);
    }
    table->width = table->csv.count;
    for (size_t i = 0; i < count; i++) {
        table->columns[i] = csv_find(&table->csv, names[i]);
        if (table->columns[i] == CSV_FIELDS) {
            buf_printf(table->why, "%s:1: there is no column %s", table->name, names[i]);
            return ERR_PARSE;
        }
    }
    return OK;
}

/* The next row, of the width of the header. */
static enum err read_row(struct table *table, bool *more)
{
    enum csv_result result = csv_next(&table->csv);

    *more = result == CSV_ROW;
    if (result == CSV_BAD) {
        return complain(table, table->csv.line, table->csv.why);
    }
    if (result == CSV_ROW && table->csv.count != table->width) {
        buf_printf(table->why, "%s:%zu: %zu fields where the first line has %zu", table->name,
                   table->csv.line, table->csv.count, table->width);
        return ERR_PARSE;
    }
    return OK;
}

static struct view field(const struct table *table, size_t column)
{
    return table->csv.fields[table->columns[column]];
}

static enum err read_uint(struct table *table, size_t column, uint64_t max, uint64_t *out)
{
    struct view text = view_trim(field(table, column));

    if (view_to_uint(text, max, out)) {
        return OK;
    }
    buf_printf(table->why, "%s:%zu: \"%.*s\" is not a number that can stand there", table->name,
               table->csv.line, (int)(text.len < 40 ? text.len : 40), text.ptr);
    return ERR_PARSE;
}

static enum err read_time(struct table *table, size_t column, uint64_t *out)
{
    enum err err = read_uint(table, column, max_time_ms, out);

    return !err && !*out ? complain(table, table->csv.line, "a time of 0") : err;
}

/* -1, 0 or 1. */
static enum err read_sign(struct table *table, size_t column, const char *what, int64_t *out)
{
    if (view_to_int(view_trim(field(table, column)), out) && *out >= -1 && *out <= 1) {
        return OK;
    }
    buf_printf(table->why, "%s:%zu: %s is neither -1, 0 nor 1", table->name, table->csv.line,
               what);
    return ERR_PARSE;
}

/* Line ends inside quotes are those of whoever wrote the file: CR LF becomes LF. */
static void add_lines(struct buf *to, struct view text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\r' || i + 1 == text.len || text.ptr[i + 1] != '\n') {
            buf_add_char(to, text.ptr[i]);
        }
    }
}

static const char *problem_of(struct view text)
{
    if (!text.len) {
        return "the text is empty";
    }
    if (!text_is_clean(text)) {
        return "the text has a control character or one that hides others";
    }
    if (text.len > LIMIT_TEXT_MAX_BYTES || text_graphemes(text) > LIMIT_TEXT_MAX_GRAPHEMES) {
        return "the text is longer than an idea may be";
    }
    return NULL;
}

static enum err read_text(struct table *table, struct view raw, char **out)
{
    AUTO_BUF lines = {0};
    size_t len = 0;

    add_lines(&lines, view_trim(raw));
    char *text = text_normal(buf_view(&lines), &len);

    if (!text) {
        return complain(table, table->csv.line, "the text is not UTF-8");
    }
    const char *problem = problem_of((struct view){text, len});

    if (problem) {
        mem_free(text);
        return complain(table, table->csv.line, problem);
    }
    *out = text;
    return OK;
}

/* comments.csv */

enum comment_column {
    COMMENT_TIME,
    COMMENT_ID,
    COMMENT_AUTHOR,
    COMMENT_AGREES,
    COMMENT_DISAGREES,
    COMMENT_MODERATED,
    COMMENT_BODY,
    COMMENT_COLUMNS
};

static const char *const comment_columns[COMMENT_COLUMNS] = {
    "timestamp", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"};

static enum err read_comment(struct table *table, struct polis_comment *out)
{
    int64_t moderated = 0;
    enum err err = read_time(table, COMMENT_TIME, &out->at_ms);

    err = err ? err : read_uint(table, COMMENT_ID, max_id, &out->id);
    err = err ? err : read_uint(table, COMMENT_AUTHOR, max_id, &out->author);
    err = err ? err : read_uint(table, COMMENT_AGREES, max_id, &out->agrees);
    err = err ? err : read_uint(table, COMMENT_DISAGREES, max_id, &out->disagrees);
    err = err ? err : read_sign(table, COMMENT_MODERATED, "moderated", &moderated);
    err = err ? err : read_text(table, field(table, COMMENT_BODY), &out->text);
    out->is_rejected = moderated < 0;
    out->line = table->csv.line;
    return err;
}

static int by_id(const void *left, const void *right)
{
    const struct polis_comment *a = left;
    const struct polis_comment *b = right;

    return a->id == b->id ? 0 : (a->id < b->id ? -1 : 1);
}

static enum err sort_comments(struct table *table, struct polis *polis)
{
    if (polis->comments_count > 1) {
        qsort(polis->comments, polis->comments_count, sizeof *polis->comments, by_id);
    }
    for (size_t i = 1; i < polis->comments_count; i++) {
        if (polis->comments[i].id == polis->comments[i - 1].id) {
            size_t a = polis->comments[i].line;
            size_t b = polis->comments[i - 1].line;

            return complain(table, a > b ? a : b, "a comment-id that was there before");
        }
    }
    return polis->comments_count > LIMIT_IDEAS ? complain(table, 1, "too many comments") : OK;
}

static enum err read_comments(struct table *table, struct polis *polis)
{
    bool more = false;
    enum err err = read_header(table, comment_columns, COMMENT_COLUMNS);

    for (err = err ? err : read_row(table, &more); !err && more;
         err = err ? err : read_row(table, &more)) {
        struct polis_comment comment = {0};

        err = read_comment(table, &comment);
        if (err) {
            break;
        }
        polis->comments = mem_reserve(polis->comments, polis->comments_count,
                                      &polis->comments_room, sizeof *polis->comments);
        polis->comments[polis->comments_count++] = comment;
    }
    return err ? err : sort_comments(table, polis);
}

/* votes.csv */

enum vote_column {
    VOTE_TIME,
    VOTE_COMMENT,
    VOTE_VOTER,
    VOTE_VOTE,
    VOTE_COLUMNS
};

static const char *const vote_columns[VOTE_COLUMNS] = {"timestamp", "comment-id", "voter-id",
                                                       "vote"};

static enum err read_vote(struct table *table, const struct map *ideas, struct polis_vote *out)
{
    static const enum choice choices[] = {CHOICE_DISAGREE, CHOICE_PASS, CHOICE_AGREE};
    uint64_t comment = 0;
    int64_t vote = 0;
    enum err err = read_time(table, VOTE_TIME, &out->at_ms);

    err = err ? err : read_uint(table, VOTE_COMMENT, max_id, &comment);
    err = err ? err : read_uint(table, VOTE_VOTER, max_id, &out->voter);
    err = err ? err : read_sign(table, VOTE_VOTE, "vote", &vote);
    if (err) {
        return err;
    }
    const uint64_t *idea = map_find(ideas, comment);

    if (!idea) {
        return complain(table, table->csv.line, "a comment-id that comments.csv does not have");
    }
    out->idea = (uint32_t)*idea;
    out->choice = choices[vote + 1];
    return OK;
}

static int by_time(const void *left, const void *right)
{
    const struct polis_vote *a = left;
    const struct polis_vote *b = right;

    if (a->at_ms != b->at_ms) {
        return a->at_ms < b->at_ms ? -1 : 1;
    }
    return a->row == b->row ? 0 : (a->row < b->row ? -1 : 1);
}

static enum err read_vote_rows(struct table *table, const struct map *ideas,
                               struct polis *polis)
{
    bool more = false;
    enum err err = read_header(table, vote_columns, VOTE_COLUMNS);

    for (err = err ? err : read_row(table, &more); !err && more;
         err = err ? err : read_row(table, &more)) {
        struct polis_vote vote = {.row = polis->votes_count};

        err = read_vote(table, ideas, &vote);
        polis->votes = mem_reserve(polis->votes, polis->votes_count, &polis->votes_room,
                                   sizeof *polis->votes);
        polis->votes[polis->votes_count++] = vote;
    }
    return err;
}

static enum err read_votes(struct table *table, struct polis *polis)
{
    struct map ideas;

    map_init(&ideas);
    for (size_t i = 0; i < polis->comments_count; i++) {
        map_put(&ideas, polis->comments[i].id, i + 1);
    }
    enum err err = read_vote_rows(table, &ideas, polis);

    map_finish(&ideas);
    if (!err && polis->votes_count > 1) {
        qsort(polis->votes, polis->votes_count, sizeof *polis->votes, by_time);
    }
    return err;
}

static bool is_topic(const struct csv *csv)
{
    return csv->count == 2 && view_is(csv->fields[0], "topic") && view_trim(csv->fields[1]).len;
}

/* summary.csv: lines of key,value without a header. */
static enum err read_summary(struct table *table, struct polis *polis)
{
    enum csv_result result = csv_next(&table->csv);
    enum err err = OK;

    for (; !err && result == CSV_ROW; result = csv_next(&table->csv)) {
        if (is_topic(&table->csv) && !polis->topic) {
            err = read_text(table, table->csv.fields[1], &polis->topic);
        }
    }
    return !err && result == CSV_BAD ? complain(table, table->csv.line, table->csv.why) : err;
}

typedef enum err read_function(struct table *table, struct polis *polis);

static enum err read_table(const char *name, struct view bytes, read_function *read,
                           struct polis *polis, struct buf *why)
{
    struct table table = {.name = name, .why = why};

    csv_init(&table.csv, bytes);
    enum err err = read(&table, polis);

    csv_finish(&table.csv);
    return err;
}

enum err polis_parse(struct view comments, struct view votes, struct view summary,
                     struct polis *out, struct buf *why)
{
    *out = (struct polis){0};
    enum err err = read_table("comments.csv", comments, read_comments, out, why);

    err = err ? err : read_table("votes.csv", votes, read_votes, out, why);
    err = err ? err : read_table("summary.csv", summary, read_summary, out, why);
    if (err) {
        polis_finish(out);
    }
    return err;
}

static enum err read_file(const char *dir, const char *name, struct buf *out, struct buf *why)
{
    AUTO_BUF path = {0};

    buf_printf(&path, "%s/%s", dir, name);
    return file_read(path.bytes, out, why);
}

enum err polis_read(const char *dir, struct polis *out, struct buf *why)
{
    AUTO_BUF comments = {0};
    AUTO_BUF votes = {0};
    AUTO_BUF summary = {0};
    AUTO_BUF without = {0}; /* why there is no summary, which is no fault */
    enum err err = read_file(dir, "comments.csv", &comments, why);

    err = err ? err : read_file(dir, "votes.csv", &votes, why);
    if (err) {
        return err;
    }
    if (read_file(dir, "summary.csv", &summary, &without)) {
        buf_clear(&summary);
    }
    return polis_parse(buf_view(&comments), buf_view(&votes), buf_view(&summary), out, why);
}

void polis_finish(struct polis *polis)
{
    for (size_t i = 0; i < polis->comments_count; i++) {
        mem_free(polis->comments[i].text);
    }
    mem_free(polis->comments);
    mem_free(polis->votes);
    mem_free(polis->topic);
    *polis = (struct polis){0};
}
