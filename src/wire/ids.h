/* ids — what names a gesture and an entry, as text. Pure. */
#ifndef WIRE_IDS_H
#define WIRE_IDS_H

#include "base/buf.h"
#include "core/command.h"
#include "pinson/error.h"

/* ULIDs: 26 characters of Crockford's base 32. */
void op_write(struct buf *to, struct op op);
MUST_USE enum err op_parse(struct view text, struct op *out);

/* "1699999999999-0". */
void entry_id_write(struct buf *to, struct entry_id id);
MUST_USE enum err entry_id_parse(struct view text, struct entry_id *out);

#endif
