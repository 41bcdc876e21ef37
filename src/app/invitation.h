/*
 * invitation — a link that makes its holder somebody: what it says, and what the store keeps.
 *
 * A role is given once, to whoever opens the link first. A ticket is a personal slip: whatever
 * number of phones it is opened on, they are one person, on one board. Only the hash of what
 * is on the link is stored.
 */
#ifndef APP_INVITATION_H
#define APP_INVITATION_H

#include "auth/token.h"
#include "base/buf.h"
#include "core/command.h"
#include "store/store.h"

struct invitation {
    enum role role;
    const struct board_key *board; /* borrowed; NULL: the installation */
    uint64_t by;          /* the lead whose it is, who must lead still; 0: the operator */
    struct digest secret; /* all of it comes of this: drawn, or kept nowhere else */
};

/* What is for its holder's eyes: of a participant's, on a board, a ticket's twelve digits. */
struct token invitation_token(const struct invitation *invitation);
/* Under which name the store keeps what, and how long. */
void invitation_write(const struct invitation *invitation, struct buf *name, struct buf *value);
uint64_t invitation_ttl_ms(const struct invitation *invitation);

#endif
