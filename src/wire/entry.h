/*
 * entry — a command as the bytes of its log entry, and back.
 *
 * Pure. A compact JSON array: ["vote","<person>","<op>","<epoch>",12,"agree"], person and
 * epoch as 16 hexadecimal digits, op as the ULID that the client made, null where there is
 * none; an imported entry ends with the time it had. The bytes are canonical: what is
 * stored is what is hashed, and entry_parse refuses every other spelling of it.
 */
#ifndef WIRE_ENTRY_H
#define WIRE_ENTRY_H

#include "base/buf.h"
#include "core/command.h"
#include "pinson/error.h"
#include "wire/ids.h"

void entry_write(struct buf *to, const struct command *command);

/* ERR_PARSE: not an entry. On OK the caller owns what command_finish releases. */
MUST_USE enum err entry_parse(struct view bytes, struct command *out);

#endif
