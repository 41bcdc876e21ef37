#include "export/log.h"

#include "wire/entry.h"

void export_log_line(const struct entry *entry, struct buf *to)
{
    buf_add_text(to, "{\"id\":\"");
    entry_id_write(to, entry->id);
    buf_add_text(to, "\",\"v\":1,\"command\":");
    buf_add_view(to, entry->bytes);
    buf_add_text(to, "}\n");
}
