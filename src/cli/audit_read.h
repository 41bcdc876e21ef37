/* audit_read — the log of an audit, folded again and compared with its manifest. */
#ifndef CLI_AUDIT_READ_H
#define CLI_AUDIT_READ_H

#include "cli/views.h"
#include "core/board.h"
#include "store/store.h"

/* Every entry in its order, with what is stored of each text that it names (json empty: it was
   erased). Borrowed. */
typedef void audit_visit(void *user, const struct entry *entry, const struct stored_text *texts,
                         size_t texts_count);

struct audit_read {
    audit_visit *visit; /* NULL: nobody looks on */
    void *user;

    struct board *board; /* owned */
    uint64_t texts;      /* that are what the log commits to */
    uint64_t erased;     /* that the log names and that are not there any more */
    struct differences differences;
};

/* The folder is an audit, not an archive. */
bool audit_is(const char *folder);

/* false: it was said why it cannot be read. */
MUST_USE bool audit_read(struct audit_read *audit, const char *folder);
void audit_read_finish(struct audit_read *audit);

#endif
