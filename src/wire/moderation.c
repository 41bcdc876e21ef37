#include "wire/moderation.h"

#include "base/time.h"
#include "wire/json.h"
#include "wire/member.h"
#include "wire/names.h"

static const char *const cases[CASE_KINDS] = {"appeal", "report", "pending", "rising", "fresh"};

const char *name_of_case(enum case_class class)
{
    return class == CASE_NONE ? "none" : cases[class];
}

bool case_of_name(struct view name, enum case_class *out)
{
    for (unsigned i = 0; i < CASE_KINDS; i++) {
        if (view_is(name, cases[i])) {
            *out = (enum case_class)i;
            return true;
        }
    }
    return false;
}

const char *name_of_record(const struct record *record)
{
    bool held =
        record->kind == CMD_POST || record->kind == CMD_EDIT || record->kind == CMD_REPORT;

    return held ? "held" : command_name(record->kind);
}

static const char *appeal_name(const struct record *record)
{
    return record->appealed ? name_of_resolution(record->appeal) : NULL;
}

static void write_reason(struct buf *to, enum reason reason)
{
    member_text(to, "reason", view_of(reason == REASON_NONE ? NULL : name_of_reason(reason)));
}

void record_write(struct buf *to, const struct record *record)
{
    buf_printf(to, "{\"v\":%llu", (unsigned long long)record->version);
    member_time_or_null(to, "at", record->at_ms);
    member_text(to, "kind", view_of(name_of_record(record)));
    write_reason(to, record->reason);
    member_uint_or_null(to, "idea", record->idea);
    member_uint_or_null(to, "into", record->into);
    member_text(to, "by", view_of(record->by ? "staff" : "rules"));
    member_key(to, "waited_s");
    if (record->waited_ms) {
        buf_add_uint(to, record->waited_ms / 1000);
    } else {
        buf_add_text(to, "null");
    }
    member_time_or_null(to, "until", record->until_ms);
    member_bool(to, "on", record->on);
    member_bool(to, "undone", record->undone);
    member_text(to, "appeal", view_of(appeal_name(record)));
    buf_add_char(to, '}');
}

void record_summary_write(struct buf *to, const struct board *board)
{
    struct record_summary summary = board_summary(board);

    buf_printf(to, "{\"held\":%u", summary.held);
    member_uint(to, "hidden", summary.hidden);
    member_uint(to, "restored", summary.restored);
    member_uint(to, "merged", summary.merged);
    member_uint(to, "redacted", summary.redacted);
    member_uint(to, "suspended", summary.suspended);
    member_uint(to, "appeals", summary.appeals);
    member_uint(to, "granted", summary.granted);
    member_key(to, "median_wait_s");
    if (summary.median_wait_ms) {
        buf_add_uint(to, summary.median_wait_ms / 1000);
    } else {
        buf_add_text(to, "null");
    }
    buf_add_char(to, '}');
}

static bool may_know(const struct viewer *viewer, const struct idea *idea)
{
    bool author = viewer->person && viewer->person->number == idea->author;

    return author || viewer->role >= ROLE_MODERATOR;
}

void idea_write_moderation(struct buf *to, const struct viewer *viewer, const struct idea *idea)
{
    const struct record *record = board_record(viewer->board, idea->handled);
    const struct record *appealed = board_record(viewer->board, idea->appealed);

    member_key(to, "moderation");
    if (!record || !may_know(viewer, idea)) {
        buf_add_text(to, "null");
        return;
    }
    buf_printf(to, "{\"kind\":\"%s\"", name_of_record(record));
    write_reason(to, record->reason);
    member_text(to, "note", texts_find(viewer->texts, record->words));
    member_time_or_null(to, "at", record->at_ms);
    member_uint(to, "v", record->version);
    member_uint_or_null(to, "into", record->into);
    member_text(to, "appeal", view_of(appealed ? appeal_name(appealed) : NULL));
    member_bool(to, "appealable", idea_is_appealable(idea));
    buf_add_char(to, '}');
}

void board_write_moderation(struct buf *to, const struct viewer *viewer)
{
    const struct board *board = viewer->board;
    struct view announcement = texts_find(viewer->texts, board->announcement);

    member_bool(to, "frozen", board->frozen);
    member_key(to, "premoderation");
    if (board->premoderates) {
        buf_printf(to, "{\"from\":%u,\"until\":%u}", board->premoderates_from,
                   board->premoderates_until);
    } else {
        buf_add_text(to, "null");
    }
    member_key(to, "announcement");
    if (announcement.ptr) {
        buf_add_text(to, "{\"text\":");
        json_write_string(to, announcement);
        member_time_or_null(to, "at", board->announced_ms);
        member_uint(to, "v", board->announced_version);
        buf_add_char(to, '}');
    } else {
        buf_add_text(to, "null");
    }
}

void me_write_suspended(struct buf *to, const struct viewer *viewer)
{
    const struct person *person = viewer->person;
    const struct record *record =
        person ? board_record(viewer->board, person->suspended) : NULL;

    member_key(to, "suspended");
    if (!record || !person->suspended_until_ms) {
        buf_add_text(to, "null");
        return;
    }
    buf_add_text(to, "{\"until\":\"");
    time_write(to, person->suspended_until_ms);
    buf_add_char(to, '"');
    write_reason(to, record->reason);
    member_text(to, "note", texts_find(viewer->texts, record->words));
    buf_add_char(to, '}');
}

void waiting_write(struct buf *to, const struct board *board)
{
    struct waiting waiting = board_waiting(board);

    for (unsigned i = 0; i < CASE_KINDS; i++) {
        buf_printf(to, "%s\"%s\":%u", i ? "," : "{", cases[i], waiting.count[i]);
    }
    buf_add_char(to, '}');
}

static void write_lease(struct buf *to, const struct viewer *viewer, struct case_place place,
                        const struct lease *lease)
{
    buf_printf(to, "{\"idea\":");
    if (place.idea) {
        buf_add_uint(to, place.idea);
    } else {
        buf_add_text(to, "null");
    }
    member_uint_or_null(to, "person", place.person);
    member_uint(to, "by", lease->person);
    member_key(to, "name");
    person_write_name(to, viewer, lease->person);
    member_time_or_null(to, "until", lease->until_ms);
    buf_add_char(to, '}');
}

void leases_write(struct buf *to, const struct viewer *viewer, uint64_t now_ms)
{
    const struct board *board = viewer->board;
    const char *comma = "";

    buf_add_char(to, '[');
    for (size_t i = 0; i < board->ideas_count; i++) {
        if (board->ideas[i].lease.until_ms > now_ms) {
            buf_add_text(to, comma);
            comma = ",";
            write_lease(to, viewer, (struct case_place){.idea = board->ideas[i].number},
                        &board->ideas[i].lease);
        }
    }
    for (size_t i = 0; i < board->reported_count; i++) {
        const struct person *person = board_person(board, board->reported[i]);

        if (person->lease.until_ms > now_ms) {
            buf_add_text(to, comma);
            comma = ",";
            write_lease(to, viewer, (struct case_place){.person = person->number},
                        &person->lease);
        }
    }
    buf_add_char(to, ']');
}

static uint32_t count_hidden(const struct board *board, const struct person *person)
{
    uint32_t hidden = 0;

    for (size_t i = 0; i < person->own_count; i++) {
        hidden += board_idea(board, person->own[i])->state == IDEA_HIDDEN;
    }
    return hidden;
}

void subject_write(struct buf *to, const struct viewer *viewer, uint32_t number)
{
    const struct person *person = board_person(viewer->board, number);

    if (!person || person->erased) {
        buf_add_text(to, "null");
        return;
    }
    buf_printf(to, "{\"n\":%u,\"name\":", number);
    person_write_name(to, viewer, number);
    member_bool(to, "named", !ref_is_none(person->name));
    member_text(to, "assurance", view_of(name_of_assurance(person->assurance)));
    member_text(to, "role", view_of(name_of_role(person->role)));
    member_uint(to, "ideas", person->own_count);
    member_uint(to, "hidden", count_hidden(viewer->board, person));
    member_uint(to, "reports", person->reports);
    member_time_or_null(to, "suspended_until", person->suspended_until_ms);
    buf_add_char(to, '}');
}

static void write_report(struct buf *to, const struct viewer *viewer,
                         const struct report *report)
{
    buf_printf(to, "{\"n\":%u", board_report_number(viewer->board, report));
    member_bool(to, "appeal", report->appeal);
    write_reason(to, report->reason);
    member_text(to, "note", texts_find(viewer->texts, report->words));
    member_time_or_null(to, "at", report->at_ms);
    member_text(to, "resolution", view_of(name_of_resolution(report->resolution)));
    buf_add_text(to, ",\"by\":");
    subject_write(to, viewer, report->reporter);
    buf_add_char(to, '}');
}

static uint32_t count_open(const struct board *board, uint32_t first)
{
    const struct report *report = NULL;
    uint32_t open = 0;

    while ((report = board_next_report(board, first, report)) != NULL) {
        open += !report->resolution;
    }
    return open;
}

/* As they came; where there are too many, those that are decided are left out first, and an
   appeal never is: it is decided by its number. */
static void write_reports(struct buf *to, const struct viewer *viewer, uint32_t first)
{
    const struct report *report = NULL;
    uint32_t open = count_open(viewer->board, first);
    uint32_t room = open < LIMIT_REPORTS_SHOWN ? open : LIMIT_REPORTS_SHOWN;
    uint32_t decided_room = LIMIT_REPORTS_SHOWN - room;
    const char *comma = "";

    buf_add_char(to, '[');
    while ((report = board_next_report(viewer->board, first, report)) != NULL) {
        uint32_t *left = report->resolution ? &decided_room : &room;

        if (*left || report->appeal) {
            *left -= *left > 0;
            buf_add_text(to, comma);
            comma = ",";
            write_report(to, viewer, report);
        }
    }
    buf_add_char(to, ']');
}

void case_write(struct buf *to, const struct viewer *viewer, struct case_place place)
{
    const struct idea *idea = board_idea(viewer->board, place.idea);
    const struct person *person = board_person(viewer->board, place.person);

    if (!idea && !person) {
        buf_add_text(to, "null");
        return;
    }
    enum case_class class = idea ? case_of_idea(viewer->board, idea) : CASE_REPORT;

    buf_printf(to, "{\"kind\":\"%s\",\"idea\":", name_of_case(class));
    if (idea) {
        idea_write(to, viewer, idea);
    } else {
        buf_add_text(to, "null");
    }
    member_key(to, "person");
    subject_write(to, viewer, idea ? idea->author : place.person);
    member_key(to, "reports");
    write_reports(to, viewer, idea ? idea->first_report : person->first_report);
    member_time_or_null(to, "until", idea ? idea->lease.until_ms : person->lease.until_ms);
    buf_add_char(to, '}');
}
