/* archive_sums — whether the files of an archive are those that were written. */
#ifndef CLI_ARCHIVE_SUMS_H
#define CLI_ARCHIVE_SUMS_H

#include "cli/archive_read.h"

/* Every file that SHA256SUMS names against its digest there; what differs is noted. */
void archive_check_sums(struct archive_read *archive);

#endif
