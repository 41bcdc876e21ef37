/* archive_rounds — rounds.json of a public archive: the board's themes, groups and rules. */
#ifndef CLI_ARCHIVE_ROUNDS_H
#define CLI_ARCHIVE_ROUNDS_H

#include "cli/archive_read.h"

/* Into definition and rounds; false: it was said why not. */
MUST_USE bool archive_rounds_read(struct archive_read *archive);

#endif
