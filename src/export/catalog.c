#include "export/catalog.h"

#include "base/time.h"
#include "export/archive_tables.h"
#include "export/licence.h"
#include "export/phrases.h"
#include "wire/json.h"
#include "wire/member.h"
#include "wire/names.h"

void catalog_write_package(struct buf *to, const struct viewer *viewer)
{
    const struct definition *definition = &viewer->board->definition;
    bool french = tongue_of(view_of(definition->lang)) == FRENCH;

    buf_add_text(to, "{\"profile\":\"tabular-data-package\",\"name\":");
    json_write_string(to, view_of(definition->slug));
    member_text(to, "title", texts_find(viewer->texts, definition->title.ref));
    member_text(to, "description", texts_find(viewer->texts, definition->question.ref));
    member_uint(to, "version", viewer->board->version);
    buf_printf(to,
               ",\"licenses\":[{\"name\":\"%s\",\"title\":\"%s\",\"path\":\"%s\"}],"
               "\"resources\":[\n",
               name_of_licence(definition->licence), licence_title(definition->licence),
               licence_url(definition->licence));
    archive_table_write_schema(to, &board_ideas_table, french);
    buf_add_text(to, ",\n");
    archive_table_write_schema(to, &board_ballots_table, french);
    buf_add_text(to, "]}\n");
}

/* The catalogue */

static void add_address(struct buf *to, const struct catalog_site *site, const char *key,
                        struct view path)
{
    AUTO_BUF address = {0};

    buf_add_view(&address, site->base);
    buf_add_view(&address, path);
    buf_printf(to, "\"%s\":", key);
    json_write_string(to, buf_view(&address));
}

static void add_words(struct buf *to, const char *key, struct view text, const char *lang)
{
    buf_printf(to, ",\"%s\":{\"@language\":\"%s\",\"@value\":", key, lang);
    json_write_string(to, text);
    buf_add_char(to, '}');
}

void catalog_begin(struct buf *to, const struct catalog_site *site)
{
    const char *lang = site->french ? "fr" : "en";

    buf_add_text(to, "{\"@context\":{\"dcat\":\"http://www.w3.org/ns/dcat#\",\"dct\":"
                     "\"http://purl.org/dc/terms/\",\"foaf\":\"http://xmlns.com/foaf/0.1/\","
                     "\"xsd\":\"http://www.w3.org/2001/XMLSchema#\"},");
    add_address(to, site, "@id", view_of("/catalog.jsonld"));
    buf_add_text(to, ",\"@type\":\"dcat:Catalog\"");
    add_words(to, "dct:title",
              view_of(site->french ? "Consultations publiques" : "Public consultations"), lang);
    add_words(
        to, "dct:description",
        view_of(site->french
                    ? "Les idées et les avis recueillis par les consultations de ce site."
                    : "The ideas and opinions gathered by the consultations of this site."),
        lang);
    buf_add_text(to, ",\"dct:publisher\":{\"@type\":\"foaf:Agent\",\"foaf:name\":");
    json_write_string(to, site->publisher.len ? site->publisher : site->base);
    buf_add_text(to, "},\"foaf:homepage\":{");
    add_address(to, site, "@id", view_of("/"));
    buf_add_text(to, "},\"dcat:dataset\":[");
}

static void add_moment(struct buf *to, const char *key, uint64_t ms)
{
    buf_printf(to, ",\"%s\":{\"@type\":\"xsd:dateTime\",\"@value\":\"", key);
    time_write(to, ms);
    buf_add_text(to, "\"}");
}

static void add_distributions(struct buf *to, const struct catalog_site *site,
                              const struct definition *definition)
{
    static const struct {
        const char *file;
        const char *type;
    } files[] = {
        {"ideas.csv", "text/csv"},
        {"ballots.csv", "text/csv"},
        {"ideas.json", "application/json"},
        {"board.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"decidim.csv", "text/csv"},
        {"datapackage.json", "application/json"},
    };

    buf_add_text(to, ",\"dcat:distribution\":[");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        AUTO_BUF path = {0};

        buf_printf(&path, "/api/boards/%s/%s", definition->slug, files[i].file);
        buf_printf(to, "%s{\"@type\":\"dcat:Distribution\",\"dct:title\":\"%s\",", i ? "," : "",
                   files[i].file);
        buf_add_text(to, "\"dcat:accessURL\":{");
        add_address(to, site, "@id", buf_view(&path));
        buf_add_text(to, "},\"dcat:downloadURL\":{");
        add_address(to, site, "@id", buf_view(&path));
        buf_printf(to,
                   "},\"dcat:mediaType\":{\"@id\":"
                   "\"https://www.iana.org/assignments/media-types/%s\"},\"dct:license\":{"
                   "\"@id\":\"%s\"}}",
                   files[i].type, licence_url(definition->licence));
    }
    buf_add_char(to, ']');
}

void catalog_add(struct buf *to, const struct catalog_site *site, const struct viewer *viewer,
                 bool first)
{
    const struct definition *definition = &viewer->board->definition;
    bool english = tongue_of(view_of(definition->lang)) == ENGLISH;
    struct view title = texts_find(viewer->texts, definition->title.ref);
    struct view question = texts_find(viewer->texts, definition->question.ref);
    AUTO_BUF path = {0};

    buf_printf(&path, "/b/%s", definition->slug);
    buf_add_text(to, first ? "\n{" : ",\n{");
    add_address(to, site, "@id", buf_view(&path));
    buf_add_text(to, ",\"@type\":\"dcat:Dataset\",\"dct:identifier\":");
    json_write_string(to, view_of(definition->slug));
    add_words(to, "dct:title", title, definition->lang);
    add_words(to, "dct:description", question.len ? question : title, definition->lang);
    buf_printf(to,
               ",\"dct:language\":{\"@id\":"
               "\"http://publications.europa.eu/resource/authority/language/%s\"},"
               "\"dct:license\":{\"@id\":\"%s\"}",
               english ? "ENG" : "FRA", licence_url(definition->licence));
    if (viewer->board->round) {
        add_moment(to, "dct:issued", viewer->board->rounds[0].opened_ms);
    }
    add_moment(to, "dct:modified", viewer->board->last.ms);
    buf_add_text(to, ",\"dcat:landingPage\":{");
    add_address(to, site, "@id", buf_view(&path));
    buf_add_char(to, '}');
    add_distributions(to, site, definition);
    buf_add_char(to, '}');
}

void catalog_end(struct buf *to)
{
    buf_add_text(to, "]}\n");
}
