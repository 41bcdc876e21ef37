/* intake — the entries of an import go into a log together, or not at all. */
#ifndef APP_INTAKE_H
#define APP_INTAKE_H

#include "import/entries.h"
#include "store/store.h"

/* The entries are copied. Used by the protocol and by the command line. */
void intake_append(struct store *store, struct board_key key,
                   const struct import_entries *entries, store_appended *done, void *user);

#endif
