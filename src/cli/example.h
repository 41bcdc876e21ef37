/* example — a board in French to look at: ideas that the citizens of a town might write. */
#ifndef CLI_EXAMPLE_H
#define CLI_EXAMPLE_H

#include "cli/workspace.h"

#define EXAMPLE_SLUG "ecole-sans-voiture"

/* Makes it unless there is a board of that slug; code is its join code, or empty. */
MUST_USE enum err example_make(struct workspace *workspace, struct buf *code);

#endif
