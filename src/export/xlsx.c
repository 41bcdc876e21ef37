#include "export/xlsx.h"

#include "base/time.h"
#include "core/round.h"
#include "export/phrases.h"
#include "export/standings.h"
#include "export/winners.h"
#include "wire/names.h"
#include "wire/source_text.h"

#include <xlsxwriter.h>

/* A workbook that is being written, row after row. */
struct book {
    const struct xlsx_subject *subject;
    enum tongue tongue;
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    lxw_format *head;
    lxw_format *text; /* over several lines */
    lxw_row_t row;
    lxw_col_t column;
    bool failed;
};

struct column {
    const char *french;
    const char *english;
    int width; /* characters */
};

static void check(struct book *book, lxw_error error)
{
    book->failed = book->failed || error != LXW_NO_ERROR;
}

/* Texts of people may have what is no character of XML, and are no longer than a cell takes. */
static void add_text(struct book *book, struct view text)
{
    AUTO_BUF clean = {0};

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];

        if (c >= ' ' || c == '\n' || c == '\t') {
            buf_add_char(&clean, text.ptr[i]);
        }
    }
    if (clean.len) {
        check(book, worksheet_write_string(book->sheet, book->row, book->column, clean.bytes,
                                           book->text));
    }
    book->column++;
}

static void add_word(struct book *book, const char *word) /* NULL: none */
{
    add_text(book, view_of(word));
}

static void add_number(struct book *book, uint64_t number)
{
    check(book,
          worksheet_write_number(book->sheet, book->row, book->column++, (double)number, NULL));
}

static void add_number_or_none(struct book *book, uint64_t number) /* 0: none */
{
    if (number) {
        add_number(book, number);
    } else {
        book->column++;
    }
}

static void add_time(struct book *book, uint64_t ms) /* 0: none */
{
    AUTO_BUF text = {0};

    if (ms) {
        time_write(&text, ms);
    }
    add_text(book, buf_view(&text));
}

static void end_row(struct book *book)
{
    book->row++;
    book->column = 0;
}

static void begin_sheet(struct book *book, const char *name, const struct column *columns,
                        size_t count)
{
    book->sheet = workbook_add_worksheet(book->workbook, name);
    book->row = 0;
    for (size_t i = 0; i < count; i++) {
        lxw_col_t place = (lxw_col_t)i;

        check(book, worksheet_set_column(book->sheet, place, place, columns[i].width, NULL));
        check(book, worksheet_write_string(
                        book->sheet, 0, place,
                        say(book->tongue, columns[i].french, columns[i].english), book->head));
    }
    worksheet_freeze_panes(book->sheet, 1, 0);
    end_row(book);
}

static const char *theme_of(const struct book *book, const struct idea *idea)
{
    const struct definition *definition = &book->subject->board->definition;

    return idea->theme ? definition->themes[idea->theme - 1] : NULL;
}

static struct view text_of(const struct book *book, const struct idea *idea)
{
    bool shows = book->subject->options.staff || export_shows_text(idea);

    return shows ? texts_find(book->subject->texts, idea->text) : (struct view){NULL, 0};
}

/* The winners */

static const struct column winner_columns[] = {
    {"Place", "Rank", 8},
    {"Idée n°", "Idea no.", 9},
    {"Texte", "Text", 80},
    {"Thème", "Theme", 20},
    {"Pour", "For", 8},
    {"Sans avis", "No opinion", 11},
    {"Contre", "Against", 8},
    {"Avis", "Opinions", 9},
    {"Part de Pour (%)", "Share for (%)", 16},
    {"Au moins (%)", "At least (%)", 13},
    {"Au plus (%)", "At most (%)", 13},
    {"Adresse", "Address", 40},
};

static void add_percent(struct book *book, uint32_t ten_thousandths)
{
    check(book, worksheet_write_number(book->sheet, book->row, book->column++,
                                       ten_thousandths / 100.0, NULL));
}

static void add_tally(struct book *book, const struct tally *tally)
{
    add_number(book, tally->agree);
    add_number(book, tally->pass);
    add_number(book, tally->disagree);
}

static void add_winner(struct book *book, const struct standing *item)
{
    const struct board *board = book->subject->board;
    const struct idea *idea = board_idea(board, item->idea);
    uint32_t judged = tally_judged(&item->tally);
    AUTO_BUF address = {0};

    buf_add_view(&address, book->subject->base);
    buf_printf(&address, "/b/%s/i/%u", board->definition.slug, item->idea);
    add_number(book, item->rank);
    add_number(book, item->idea);
    add_text(book, text_of(book, idea));
    add_word(book, theme_of(book, idea));
    add_tally(book, &item->tally);
    add_number(book, judged);
    add_percent(book, judged ? (uint32_t)((UINT64_C(20000) * item->tally.agree + judged) /
                                          (UINT64_C(2) * judged))
                             : 0);
    add_percent(book, item->low);
    add_percent(book, item->high);
    add_text(book, buf_view(&address));
    end_row(book);
}

static void write_winners(struct book *book)
{
    struct winners winners = winners_of(book->subject->board, book->subject->options);
    const struct standing *item = NULL;

    begin_sheet(book, say(book->tongue, "Lauréats", "Winners"), winner_columns,
                sizeof winner_columns / sizeof *winner_columns);
    while ((item = winners_next(&winners, item)) != NULL) {
        add_winner(book, item);
    }
    if (book->row == 1) {
        book->column = 2;
        add_word(book,
                 say(book->tongue, "Rien n’est encore décidé.", "Nothing is decided yet."));
        end_row(book);
    }
}

/* All ideas: the columns of ideas.csv under the same names, so that what is computed from
   either is the same */

static const struct column idea_columns[] = {
    {"n", "n", 7},
    {"text", "text", 80},
    {"theme", "theme", 20},
    {"kind", "kind", 9},
    {"parent", "parent", 8},
    {"with", "with", 8},
    {"root", "root", 8},
    {"depth", "depth", 8},
    {"author", "author", 8},
    {"at", "at", 25},
    {"state", "state", 10},
    {"seed", "seed", 7},
    {"source_system", "source_system", 14},
    {"source_id", "source_id", 12},
    {"agree", "agree", 8},
    {"disagree", "disagree", 9},
    {"pass", "pass", 8},
    {"score", "score", 9},
    {"rank", "rank", 8},
    {"proxy", "proxy", 7},
    {"source_title", "source_title", 24},
    {"source_url", "source_url", 30},
    {"source_place", "source_place", 18},
    {"source_result", "source_result", 40},
};

static void add_place(struct book *book, const struct idea *idea)
{
    add_number(book, idea->number);
    add_text(book, text_of(book, idea));
    add_word(book, theme_of(book, idea));
    add_word(book, name_of_relation(idea->relation));
    add_number_or_none(book, idea->parent);
    add_number_or_none(book, idea->with);
    add_number(book, idea->root);
    add_number(book, idea->depth);
    add_number_or_none(book, idea->author);
    add_time(book, idea->at_ms);
    add_word(book, name_of_idea_state(idea->state));
    add_word(book, idea->seed ? "true" : "false");
    add_word(book, idea->source.system);
    add_word(book, idea->source.id);
}

static void add_standing(struct book *book, const struct tally *tally,
                         const struct standing *standing) /* NULL: outside the ranking */
{
    add_number(book, tally->agree);
    add_number(book, tally->disagree);
    add_number(book, tally->pass);
    if (standing) {
        add_number(book, standing->score);
        add_number(book, standing->rank);
    }
}

/* In the columns after the results, whether or not these are told. */
static void add_origin(struct book *book, const struct idea *idea)
{
    const struct xlsx_subject *subject = book->subject;
    bool shows = subject->options.staff || export_shows_text(idea);
    struct source_text source;

    (void)source_text_read(
        shows ? texts_find(subject->texts, idea->source_text) : view_of(NULL), &source);
    book->column = sizeof idea_columns / sizeof *idea_columns - 5;
    add_word(book, idea->proxy ? "true" : "false");
    add_text(book, source.title);
    add_text(book, source.url);
    add_text(book, source.place);
    add_text(book, source.result);
    source_text_finish(&source);
}

static void write_ideas(struct book *book)
{
    const struct board *board = book->subject->board;
    struct standings standings;

    standings_init(&standings, board);
    begin_sheet(book, say(book->tongue, "Idées", "Ideas"), idea_columns,
                sizeof idea_columns / sizeof *idea_columns);
    for (size_t i = 0; i < board->ideas_count; i++) {
        const struct idea *idea = &board->ideas[i];

        add_place(book, idea);
        if (!book->subject->options.closed) {
            add_standing(book, &idea->tally, standings.by_idea[i]);
        }
        add_origin(book, idea);
        end_row(book);
    }
    standings_finish(&standings);
}

/* The rounds */

static const struct column round_columns[] = {
    {"Tour", "Round", 7},
    {"Titre", "Title", 30},
    {"État", "State", 20},
    {"Ouverture", "Opened", 25},
    {"Clôture", "Closed", 25},
    {"Idées classées", "Ideas ranked", 15},
    {"Idées qualifiées", "Ideas qualified", 16},
    {"Participants", "Participants", 13},
    {"Ont donné leur avis", "Gave their opinion", 20},
};

static uint64_t seated(const struct selection *selection)
{
    uint64_t count = 0;

    for (size_t i = 0; i < selection->count; i++) {
        count += selection->items[i].outcome == OUTCOME_PROMOTED ||
                 selection->items[i].outcome == OUTCOME_WINNER;
    }
    return count;
}

static void write_rounds(struct book *book)
{
    const struct board *board = book->subject->board;

    begin_sheet(book, say(book->tongue, "Tours", "Rounds"), round_columns,
                sizeof round_columns / sizeof *round_columns);
    for (uint32_t n = 1; n <= board->definition.rounds_count; n++) {
        const struct round *round = &board->rounds[n - 1];
        const struct round_result *result = round_result(board, n);
        bool told =
            result && (!book->subject->options.everybody || round->state == ROUND_REVEALED);

        add_number(book, n);
        add_text(book,
                 texts_find(book->subject->texts, board->definition.rounds[n - 1].title.ref));
        add_word(book, phrase_round_state(book->tongue, round->state));
        add_time(book, round->opened_ms);
        add_time(book, round->closed_ms);
        if (told) {
            add_number(book, result->selection.count);
            add_number(book, seated(&result->selection));
            add_number(book, result->participants);
            add_number(book, result->judges);
        }
        end_row(book);
    }
}

enum err xlsx_write(const struct xlsx_subject *subject, const char *path)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    struct book book = {.subject = subject,
                        .tongue = tongue_of(view_of(subject->board->definition.lang)),
                        .workbook = workbook_new_opt(path, &options)};

    if (!book.workbook) {
        return ERR_FULL;
    }
    book.head = workbook_add_format(book.workbook);
    format_set_bold(book.head);
    book.text = workbook_add_format(book.workbook);
    format_set_text_wrap(book.text);
    format_set_align(book.text, LXW_ALIGN_VERTICAL_TOP);
    write_winners(&book);
    write_ideas(&book);
    write_rounds(&book);
    check(&book, workbook_close(book.workbook));
    return book.failed ? ERR_FULL : OK;
}
