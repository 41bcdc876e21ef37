/*
 * audit — the whole log for somebody who is sworn to silence: every entry, every text with its
 * salt, and a manifest to compare the chain with. Pure.
 */
#ifndef EXPORT_AUDIT_H
#define EXPORT_AUDIT_H

#include "base/buf.h"
#include "core/board.h"

/* {"ref":…,"salt":…,"text":…} and a newline; json as it is stored beside the log. */
void audit_write_text(struct buf *to, struct ref ref, struct view json);

/* Key id, epoch, version, head and its words, and those of each close. */
void audit_write_manifest(struct buf *to, const struct board *board);

/* {"round","version","at","head","words"} of a closed round. */
void audit_write_close(struct buf *to, const struct board *board, uint32_t round);

void audit_write_readme(struct buf *to, const struct board *board);

#endif
