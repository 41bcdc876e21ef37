#include "support/dump_moderation.h"

static void numbers(struct buf *to, const uint64_t *list, size_t count)
{
    buf_add_char(to, '[');
    for (size_t i = 0; i < count; i++) {
        buf_add_text(to, i ? "," : "");
        buf_add_uint(to, list[i]);
    }
    buf_add_char(to, ']');
}

static void some(struct buf *to, const uint64_t *list, size_t count)
{
    bool any = false;

    for (size_t i = 0; i < count; i++) {
        any = any || list[i];
    }
    if (any) {
        buf_add_text(to, ",\"moderation\":");
        numbers(to, list, count);
    }
}

void dump_moderation_of_idea(struct buf *to, const struct idea *idea)
{
    const uint64_t list[] = {
        idea->approved,   idea->handled,        idea->appealable,
        idea->appealed,   idea->first_report,   idea->last_report,
        idea->waiting_ms, idea->lease.until_ms, idea->lease.person,
    };

    some(to, list, sizeof list / sizeof *list);
}

void dump_moderation_of_person(struct buf *to, const struct person *person)
{
    const uint64_t list[] = {
        person->suspended_until_ms, person->suspended,    person->reports,
        person->first_report,       person->last_report,  person->waiting_ms,
        person->lease.until_ms,     person->lease.person, person->holds_idea,
        person->holds_person,
    };

    some(to, list, sizeof list / sizeof *list);
}

static void words(struct buf *to, struct ref ref)
{
    if (ref_is_none(ref)) {
        buf_add_text(to, ",null]");
    } else {
        buf_add_text(to, ",\"");
        buf_add_hex(to, ref.bytes, sizeof ref.bytes);
        buf_add_text(to, "\"]");
    }
}

/* [idea,person,reporter,next,appeal,reason,resolution,when,version,words] */
static void dump_report(struct buf *to, const struct report *report)
{
    buf_printf(to, "[%u,%u,%u,%u,%d,%d,%d,%llu,%llu", report->idea, report->person,
               report->reporter, report->next, report->appeal, (int)report->reason,
               (int)report->resolution, (unsigned long long)report->at_ms,
               (unsigned long long)report->version);
    words(to, report->words);
}

/* [kind,reason,idea,into,by,person,when,version,waited,until,on,appealed,appeal,words] */
static void dump_record(struct buf *to, const struct record *record)
{
    buf_printf(to, "[\"%s\",%d,%u,%u,%u,%u,%llu,%llu,%llu,%llu,%d,%d,%d",
               command_name(record->kind), (int)record->reason, record->idea, record->into,
               record->by, record->person, (unsigned long long)record->at_ms,
               (unsigned long long)record->version, (unsigned long long)record->waited_ms,
               (unsigned long long)record->until_ms, record->on, record->appealed,
               (int)record->appeal);
    words(to, record->words);
}

void dump_moderation(struct buf *to, const struct board *board)
{
    for (size_t i = 0; i < board->reported_count; i++) {
        buf_printf(to, "%s%u%s", i ? "," : ",\"reported\":[", board->reported[i],
                   i + 1 < board->reported_count ? "" : "]");
    }
    for (size_t i = 0; i < board->reports_count; i++) {
        buf_add_text(to, i ? ",\n" : ",\n\"reports\":[\n");
        dump_report(to, &board->reports[i]);
    }
    buf_add_text(to, board->reports_count ? "]" : "");
    for (size_t i = 0; i < board->records_count; i++) {
        buf_add_text(to, i ? ",\n" : ",\n\"records\":[\n");
        dump_record(to, &board->records[i]);
    }
    buf_add_text(to, board->records_count ? "]" : "");
    if (board->frozen || board->premoderates || board->announced_version) {
        const uint64_t list[] = {board->frozen,
                                 board->premoderates,
                                 board->premoderates_from,
                                 board->premoderates_until,
                                 board->announced_ms,
                                 board->announced_version};

        buf_add_text(to, ",\"moderated\":");
        numbers(to, list, sizeof list / sizeof *list);
    }
}
