#include "export/record.h"

#include "base/time.h"
#include "export/csv.h"
#include "wire/moderation.h"
#include "wire/names.h"

static void add_name(struct buf *to, const char *name)
{
    buf_add_char(to, ',');
    export_csv_field(to, view_of(name));
}

static void add_number(struct buf *to, uint64_t number, bool some)
{
    buf_add_char(to, ',');
    if (some) {
        buf_add_uint(to, number);
    }
}

static void add_time(struct buf *to, uint64_t ms)
{
    buf_add_char(to, ',');
    if (ms) {
        time_write(to, ms);
    }
}

static void write_row(struct buf *to, const struct record *record)
{
    buf_add_uint(to, record->version);
    add_time(to, record->at_ms);
    add_name(to, name_of_record(record));
    add_name(to, record->reason == REASON_NONE ? NULL : name_of_reason(record->reason));
    add_number(to, record->idea, record->idea);
    add_number(to, record->into, record->into);
    add_name(to, record->by ? "staff" : "rules");
    add_number(to, record->waited_ms / 1000, record->waited_ms);
    add_time(to, record->until_ms);
    add_name(to, record->on ? "true" : "false");
    add_name(to, record->undone ? "true" : "false");
    add_name(to, record->appealed ? name_of_resolution(record->appeal) : NULL);
    buf_add_text(to, "\r\n");
}

void export_record_csv(const struct board *board, struct buf *to)
{
    buf_add_text(to, "version,at,kind,reason,idea,into,by,waited_s,until,on,undone,appeal\r\n");
    for (size_t i = 0; i < board->records_count; i++) {
        write_row(to, &board->records[i]);
    }
}
