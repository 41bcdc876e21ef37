/* invite — one-time links that give a role, on a board or on the installation. */
#ifndef CLI_INVITE_H
#define CLI_INVITE_H

#include "auth/token.h"
#include "cli/workspace.h"

/* key NULL: the installation's. The token is kept nowhere but in what is given out. */
MUST_USE enum err invite_make(struct workspace *workspace, enum role role,
                              const struct board_key *key, struct token *out);

#endif
