#include "export/archive_tables.h"

#include "wire/json.h"
#include "wire/member.h"

const struct archive_table archive_tables[ARCHIVE_TABLES] = {
    [ARCHIVE_IDEAS] =
        {"ideas.csv",
         "les idées et les réponses, une par ligne",
         "ideas and replies, one a row",
         {{"idea", "integer", "numéro de l’idée", "number of the idea"},
          {"kind", "string", "idea, ou son lien avec l’idée parente",
           "idea, or how it relates to its parent"},
          {"parent", "integer", "idée à laquelle elle répond", "idea that it replies to"},
          {"with", "integer", "autre idée avec laquelle elle se croise",
           "other idea that it crosses with"},
          {"root", "integer", "première idée du fil", "first idea of its chain"},
          {"depth", "integer", "rang dans le fil, 0 pour la première",
           "place in its chain, 0 for the first"},
          {"theme", "string", "thème", "theme"},
          {"seed", "boolean", "idée de départ, proposée par l’organisateur",
           "starting idea, put in by the organiser"},
          {"state", "string", "état à la date de l’archive", "state when the archive was made"},
          {"round", "integer", "dernier tour auquel elle a pris part",
           "last round that it took part in"},
          {"outcome", "string", "ce qu’elle est devenue à la fin de ce tour",
           "what that round made of it"},
          {"reason", "string", "pourquoi", "why"},
          {"source_system", "string", "outil d’où elle a été reprise",
           "system that it was imported from"},
          {"source_id", "string", "son numéro dans cet outil", "its number there"},
          {"text", "string", "texte ; vide si l’idée est masquée ou retirée",
           "words; empty when it is hidden or withdrawn"}}},
    [ARCHIVE_CANDIDATES] =
        {"candidates.csv",
         "les idées en lice à chaque tour, telles qu’à sa clôture",
         "the ideas of each round, as when it closed",
         {{"round", "integer", "tour", "round"},
          {"idea", "integer", "numéro de l’idée", "number of the idea"},
          {"state", "string",
           "état à la clôture ; seules les idées affichées (shown) sont classées",
           "state when the round closed; only those shown are ranked"},
          {"agree", "integer", "avis Pour", "ballots for"},
          {"disagree", "integer", "avis Contre", "ballots against"},
          {"pass", "integer", "Sans avis", "ballots without opinion"},
          {"outcome", "string", "ce que le tour en a fait", "what the round made of it"},
          {"reason", "string", "pourquoi", "why"}}},
    [ARCHIVE_BALLOTS] = {"ballots.csv",
                         "les avis, un par ligne, dans un ordre tiré au sort",
                         "ballots, one a row, in an order drawn by lot",
                         {{"round", "integer", "tour", "round"},
                          {"voter", "integer", "numéro tiré au sort pour cet export",
                           "number drawn for this export"},
                          {"idea", "integer", "numéro de l’idée", "number of the idea"},
                          {"choice", "string",
                           "agree (Pour), disagree (Contre) ou pass (Sans avis)",
                           "agree, disagree or pass"}}},
    [ARCHIVE_COUNTS] = {"counts.csv",
                        "les avis qui ne peuvent pas être montrés un par un, en sommes",
                        "ballots that cannot be shown one by one, as sums",
                        {{"round", "integer", "tour", "round"},
                         {"idea", "integer", "numéro de l’idée", "number of the idea"},
                         {"agree", "integer", "avis Pour", "ballots for"},
                         {"disagree", "integer", "avis Contre", "ballots against"},
                         {"pass", "integer", "Sans avis", "ballots without opinion"}}},
    [ARCHIVE_GROUPS] =
        {"groups.csv",
         "les avis par groupe déclaré sur chaque finaliste, à partir de 30 personnes",
         "ballots by declared group on each finalist, from 30 people on",
         {{"round", "integer", "tour", "round"},
          {"idea", "integer", "numéro de l’idée", "number of the idea"},
          {"group", "string", "groupe", "group"},
          {"agree", "integer", "avis Pour", "ballots for"},
          {"n", "integer", "avis", "ballots"}}},
    [ARCHIVE_EXPOSURES] = {"exposures.csv",
                           "combien de fois chaque idée a été servie",
                           "how often each idea was served",
                           {{"round", "integer", "tour", "round"},
                            {"idea", "integer", "numéro de l’idée", "number of the idea"},
                            {"served", "integer", "nombre de fois", "times"}}},
    [ARCHIVE_MODERATION] =
        {"moderation.csv",
         "les actes de modération",
         "acts of moderation",
         {{"version", "integer", "rang de l’acte dans le journal",
           "place of the act in the log"},
          {"at", "datetime", "quand", "when"},
          {"act", "string",
           "hide (masquer), restore (rétablir), merge (fusionner), unmerge (séparer)",
           "hide, restore, merge or unmerge"},
          {"idea", "integer", "numéro de l’idée", "number of the idea"},
          {"into", "integer", "idée dans laquelle elle a été fusionnée",
           "idea that it was merged into"},
          {"reason", "string", "motif", "reason"},
          {"delay_s", "integer", "secondes depuis sa publication",
           "seconds since it was posted"}}},
};

void archive_table_write_header(struct buf *to, const struct archive_table *table)
{
    for (size_t i = 0; i < ARCHIVE_COLUMNS && table->columns[i].name; i++) {
        buf_add_text(to, i ? "," : "");
        buf_add_text(to, table->columns[i].name);
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
    for (size_t i = 0; i < ARCHIVE_COLUMNS && table->columns[i].name; i++) {
        const struct archive_column *column = &table->columns[i];

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
    for (size_t i = 0; i < ARCHIVE_COLUMNS && table->columns[i].name; i++) {
        const struct archive_column *column = &table->columns[i];

        buf_printf(to, "* `%s` – %s\n", column->name,
                   french ? column->french : column->english);
    }
}
