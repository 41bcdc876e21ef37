#include "export/archive_tables.h"

#include "wire/json.h"
#include "wire/member.h"

enum column {
#define X(symbol, name, type, french, english) symbol,
#include "export/column.def"
    COLUMNS
};

static const struct archive_column columns[COLUMNS] = {
#define X(symbol, name, type, french, english) [symbol] = {name, type, french, english},
#include "export/column.def"
};

const struct archive_table archive_tables[ARCHIVE_TABLES] = {
    [ARCHIVE_IDEAS] =
        {.file = "ideas.csv",
         .french = "les idées et les réponses, une par ligne",
         .english = "ideas and replies, one a row",
         .columns = {&columns[COLUMN_IDEA],          &columns[COLUMN_KIND],
                     &columns[COLUMN_PARENT],        &columns[COLUMN_WITH],
                     &columns[COLUMN_ROOT],          &columns[COLUMN_DEPTH],
                     &columns[COLUMN_THEME],         &columns[COLUMN_SEED],
                     &columns[COLUMN_STATE],         &columns[COLUMN_ROUND],
                     &columns[COLUMN_OUTCOME],       &columns[COLUMN_REASON],
                     &columns[COLUMN_SOURCE_SYSTEM], &columns[COLUMN_SOURCE_ID],
                     &columns[COLUMN_TEXT],          &columns[COLUMN_PROXY],
                     &columns[COLUMN_SOURCE_TITLE],  &columns[COLUMN_SOURCE_URL],
                     &columns[COLUMN_SOURCE_PLACE],  &columns[COLUMN_SOURCE_RESULT]},
         .later = 15},
    [ARCHIVE_CANDIDATES] = {.file = "candidates.csv",
                            .french = "les idées en lice à chaque tour, telles qu’à sa clôture",
                            .english = "the ideas of each round, as when it closed",
                            .columns = {&columns[COLUMN_OF_ROUND], &columns[COLUMN_IDEA],
                                        &columns[COLUMN_STATE_AT_CLOSE], &columns[COLUMN_AGREE],
                                        &columns[COLUMN_DISAGREE], &columns[COLUMN_PASS],
                                        &columns[COLUMN_OUTCOME_OF_ROUND],
                                        &columns[COLUMN_REASON]}},
    [ARCHIVE_BALLOTS] = {.file = "ballots.csv",
                         .french = "les avis, un par ligne, dans un ordre tiré au sort",
                         .english = "ballots, one a row, in an order drawn by lot",
                         .columns = {&columns[COLUMN_OF_ROUND], &columns[COLUMN_VOTER],
                                     &columns[COLUMN_IDEA], &columns[COLUMN_CHOICE]}},
    [ARCHIVE_COUNTS] = {.file = "counts.csv",
                        .french =
                            "les avis qui ne peuvent pas être montrés un par un, en sommes",
                        .english = "ballots that cannot be shown one by one, as sums",
                        .columns = {&columns[COLUMN_OF_ROUND], &columns[COLUMN_IDEA],
                                    &columns[COLUMN_AGREE], &columns[COLUMN_DISAGREE],
                                    &columns[COLUMN_PASS]}},
    [ARCHIVE_GROUPS] =
        {.file = "groups.csv",
         .french = "les avis par groupe déclaré sur chaque finaliste, à partir de 30 personnes",
         .english = "ballots by declared group on each finalist, from 30 people on",
         .columns = {&columns[COLUMN_OF_ROUND], &columns[COLUMN_IDEA], &columns[COLUMN_GROUP],
                     &columns[COLUMN_AGREE], &columns[COLUMN_N]}},
    [ARCHIVE_EXPOSURES] = {.file = "exposures.csv",
                           .french = "combien de fois chaque idée a été servie",
                           .english = "how often each idea was served",
                           .columns = {&columns[COLUMN_OF_ROUND], &columns[COLUMN_IDEA],
                                       &columns[COLUMN_SERVED]}},
    [ARCHIVE_MODERATION] = {.file = "moderation.csv",
                            .french = "les actes de modération",
                            .english = "acts of moderation",
                            .columns = {&columns[COLUMN_VERSION], &columns[COLUMN_AT],
                                        &columns[COLUMN_ACT], &columns[COLUMN_IDEA],
                                        &columns[COLUMN_INTO],
                                        &columns[COLUMN_REASON_MODERATION],
                                        &columns[COLUMN_DELAY_S]}},
};

const struct archive_table board_ideas_table = {
    .file = "ideas.csv",
    .french = "les idées et les réponses, une par ligne",
    .english = "ideas and replies, one a row",
    .columns = {&columns[COLUMN_N_BOARD],       &columns[COLUMN_TEXT],
                &columns[COLUMN_THEME],         &columns[COLUMN_KIND],
                &columns[COLUMN_PARENT],        &columns[COLUMN_WITH],
                &columns[COLUMN_ROOT],          &columns[COLUMN_DEPTH],
                &columns[COLUMN_AUTHOR],        &columns[COLUMN_AT_BOARD],
                &columns[COLUMN_STATE_BOARD],   &columns[COLUMN_SEED],
                &columns[COLUMN_SOURCE_SYSTEM], &columns[COLUMN_SOURCE_ID],
                &columns[COLUMN_AGREE_BOARD],   &columns[COLUMN_DISAGREE],
                &columns[COLUMN_PASS],          &columns[COLUMN_SCORE],
                &columns[COLUMN_RANK],          &columns[COLUMN_PROXY],
                &columns[COLUMN_SOURCE_TITLE],  &columns[COLUMN_SOURCE_URL],
                &columns[COLUMN_SOURCE_PLACE],  &columns[COLUMN_SOURCE_RESULT]}};

const struct archive_table board_ballots_table = {
    .file = "ballots.csv",
    .french = "les avis, un par ligne, dans un ordre tiré au sort à chaque téléchargement",
    .english = "ballots, one a row, in an order drawn by lot for each download",
    .columns = {&columns[COLUMN_VOTER_BOARD], &columns[COLUMN_IDEA], &columns[COLUMN_CHOICE]}};

void archive_table_write_header(struct buf *to, const struct archive_table *table)
{
    for (size_t i = 0; i < ARCHIVE_COLUMNS && table->columns[i]; i++) {
        buf_add_text(to, i ? "," : "");
        buf_add_text(to, table->columns[i]->name);
    }
    buf_add_text(to, "\r\n");
}

/* "ideas" of "ideas.csv" */
static struct view name_of(const struct archive_table *table)
{
    struct view name = view_of(table->file);

    name.len -= sizeof ".csv" - 1;
    return name;
}

void archive_table_write_schema(struct buf *to, const struct archive_table *table, bool french)
{
    buf_add_text(to, "{\"name\":");
    json_write_string(to, name_of(table));
    member_text(to, "path", view_of(table->file));
    member_text(to, "description", view_of(french ? table->french : table->english));
    buf_add_text(to, ",\"profile\":\"tabular-data-resource\",\"format\":\"csv\",\"mediatype\":"
                     "\"text/csv\",\"encoding\":\"utf-8\",\"dialect\":{\"delimiter\":\",\","
                     "\"lineTerminator\":\"\\r\\n\",\"header\":true},\"schema\":{\"fields\":[");
    for (size_t i = 0; i < ARCHIVE_COLUMNS && table->columns[i]; i++) {
        const struct archive_column *column = table->columns[i];

        buf_add_text(to, i ? ",\n{\"name\":" : "\n{\"name\":");
        json_write_string(to, view_of(column->name));
        member_text(to, "type", view_of(column->type));
        member_text(to, "description", view_of(french ? column->french : column->english));
        buf_add_char(to, '}');
    }
    buf_add_text(to, "],\"missingValues\":[\"\"]}}");
}

void archive_table_write_words(struct buf *to, const struct archive_table *table, bool french)
{
    buf_printf(to, "\n### `%s`\n\n%s%s\n\n", table->file,
               french ? table->french : table->english, ".");
    for (size_t i = 0; i < ARCHIVE_COLUMNS && table->columns[i]; i++) {
        const struct archive_column *column = table->columns[i];

        buf_printf(to, "* `%s` – %s\n", column->name,
                   french ? column->french : column->english);
    }
}
