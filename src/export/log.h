/* log — a board's log as lines of JSON, the bytes of each command as they are stored. Pure. */
#ifndef EXPORT_LOG_H
#define EXPORT_LOG_H

#include "base/buf.h"
#include "core/command.h"

/* {"id":"<ms>-<n>","v":1,"command":[…]} and a newline; v is the version of this format. */
void export_log_line(const struct entry *entry, struct buf *to);

#endif
