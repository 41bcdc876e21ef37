#include "export/person.h"

#include "wire/json.h"
#include "wire/member.h"
#include "wire/names.h"

static void write_who(struct buf *to, const struct viewer *viewer)
{
    const struct person *person = viewer->person;

    buf_printf(to, ",\"person\":{\"n\":%u,\"name\":", person->number);
    person_write_name(to, viewer, person->number);
    member_text(to, "assurance", view_of(name_of_assurance(person->assurance)));
    member_text(to, "role", view_of(name_of_role(person->role)));
    buf_add_char(to, '}');
}

static void write_groups(struct buf *to, const struct viewer *viewer)
{
    const struct definition *definition = &viewer->board->definition;
    const char *comma = "";

    buf_add_text(to, ",\"groups\":[");
    for (uint32_t g = 0; g < definition->groups_count; g++) {
        if (viewer->person->groups >> g & 1u) {
            buf_add_text(to, comma);
            json_write_string(to, view_of(definition->groups[g]));
            comma = ",";
        }
    }
    buf_add_char(to, ']');
}

/* What the author gave as a source, or where an import found it. */
static void write_source(struct buf *to, const struct viewer *viewer, const struct idea *idea)
{
    struct view given = texts_find(viewer->texts, idea->source_text);

    if (given.ptr) {
        member_key(to, "source");
        buf_add_view(to, given);
    } else {
        member_source(to, &idea->source);
    }
}

static void write_idea(struct buf *to, const struct viewer *viewer, const struct idea *idea)
{
    const struct definition *definition = &viewer->board->definition;

    buf_printf(to, "{\"n\":%u", idea->number);
    member_text(to, "text", texts_find(viewer->texts, idea->text));
    member_text(to, "kind", view_of(name_of_relation(idea->relation)));
    member_uint_or_null(to, "parent", idea->parent);
    member_uint_or_null(to, "with", idea->with);
    member_text(to, "state", view_of(name_of_idea_state(idea->state)));
    member_time_or_null(to, "at", idea->at_ms);
    member_text(to, "theme", view_of(idea->theme ? definition->themes[idea->theme - 1] : NULL));
    member_text(to, "lang", view_of(idea->lang[0] ? idea->lang : definition->lang));
    write_source(to, viewer, idea);
    buf_add_char(to, '}');
}

static void write_ideas(struct buf *to, const struct viewer *viewer)
{
    buf_add_text(to, ",\"ideas\":[");
    for (size_t i = 0; i < viewer->person->own_count; i++) {
        buf_add_text(to, i ? "," : "");
        write_idea(to, viewer, board_idea(viewer->board, viewer->person->own[i]));
    }
    buf_add_char(to, ']');
}

/* By idea: the choices that stand, how many ideas were served, which were reported. */
static void write_ballots(struct buf *to, const struct viewer *viewer)
{
    const struct person *person = viewer->person;
    AUTO_BUF reports = {0};
    uint32_t served = 0;
    const char *comma = "";

    buf_add_text(to, ",\"ballots\":{");
    for (uint32_t n = 1; n <= viewer->board->ideas_count; n++) {
        const struct ballot *ballot = person_ballot(person, n);

        if (ballot && ballot->choice != CHOICE_NONE) {
            buf_printf(to, "%s\"%u\":\"%s\"", comma, n,
                       name_of_choice((enum choice)ballot->choice));
            comma = ",";
        }
        if (ballot && ballot->reported) {
            buf_printf(&reports, "%s%u", reports.len ? "," : "", n);
        }
        served += ballot && ballot->served;
    }
    buf_printf(to, "},\"served\":%u,\"reports\":[", served);
    buf_add_view(to, buf_view(&reports));
    buf_add_char(to, ']');
}

static void write_notes(struct buf *to, const struct viewer *viewer)
{
    const struct person *person = viewer->person;

    buf_add_text(to, ",\"notes\":[");
    for (size_t i = 0; i < person->notes_count; i++) {
        buf_add_text(to, i ? "," : "");
        json_write_text_or_null(to, texts_find(viewer->texts, person->notes[i]));
    }
    buf_add_char(to, ']');
}

static void write_done(struct buf *to, const struct viewer *viewer)
{
    const char *comma = "";

    buf_add_text(to, ",\"done\":[");
    for (uint32_t n = 1; n <= viewer->board->definition.rounds_count; n++) {
        if (viewer->person->done >> (n - 1) & 1u) {
            buf_printf(to, "%s%u", comma, n);
            comma = ",";
        }
    }
    buf_add_char(to, ']');
}

void export_person(const struct viewer *viewer, struct buf *to)
{
    const struct definition *definition = &viewer->board->definition;

    buf_printf(to, "{\"slug\":\"%s\",\"title\":", definition->slug);
    json_write_text_or_null(to, texts_find(viewer->texts, definition->title.ref));
    write_who(to, viewer);
    write_groups(to, viewer);
    write_ideas(to, viewer);
    write_ballots(to, viewer);
    member_key(to, "follows");
    follows_write(to, viewer->person);
    write_done(to, viewer);
    write_notes(to, viewer);
    buf_add_char(to, '}');
}

void export_person_note(bool french, struct buf *to)
{
    json_write_string(
        to,
        view_of(french ? "Le journal garde la suite de vos gestes (quoi, quand, sur quelle "
                         "idée) sous un numéro, sans votre nom, sans adresse et sans "
                         "texte : les textes sont à part et peuvent être effacés."
                       : "The log keeps the sequence of your gestures (what, when, on which "
                         "idea) under a number, without your name, without an address and "
                         "without words: words are kept apart and can be erased."));
}
