/* archive_readme — what a citizen reads first in a public archive, in French or English. Pure.
 */
#ifndef EXPORT_ARCHIVE_README_H
#define EXPORT_ARCHIVE_README_H

#include "base/buf.h"

#include <stdbool.h>

void archive_readme_write(struct buf *to, struct view title, bool french);

#endif
