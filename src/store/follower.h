/*
 * follower — reads the followed logs as they grow, on a connection of its own.
 *
 * One loop of three steps: ask for the end of logs that are new here (or all, after a
 * reconnection), block in XREAD for all that are followed, fetch the texts that the new
 * entries name and deliver them. A change of what is followed interrupts the XREAD.
 */
#ifndef STORE_FOLLOWER_H
#define STORE_FOLLOWER_H

#include "store/link.h"
#include "store/redis.h"

struct follower;

struct follower_owner {
    void (*on_change)(void *user); /* follower_is_up has changed */
    void *user;
};

/* commands is borrowed: it interrupts the XREAD. */
struct follower *follower_create(struct uv_loop_s *loop, const struct redis_address *address,
                                 struct link *commands, const struct follower_owner *owner);
void follower_destroy(struct follower *follower);

bool follower_is_up(const struct follower *follower);
void follower_listen(struct follower *follower, const struct store_listener *listener);
/* Tells for every log again when all that is in it now is delivered. */
void follower_probe(struct follower *follower);
void follower_follow(struct follower *follower, struct board_key board, struct entry_id after);
void follower_unfollow(struct follower *follower, struct board_key board);

#endif
