/* archive_readme — what a citizen reads first in a public archive, in French or English. Pure.
 */
#ifndef EXPORT_ARCHIVE_README_H
#define EXPORT_ARCHIVE_README_H

#include "base/buf.h"

#include <stdbool.h>

/* licence: its title. */
void archive_readme_write(struct buf *to, struct view title, const char *licence, bool french);

#endif
