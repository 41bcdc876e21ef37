/*
 * archive_replay — a log that comes to what a public archive says: the same ideas, ballots,
 * rounds, results. Who cast what is not published and is not known here either: voters are
 * people without a name, and those whose ballots an archive keeps apart share new ones.
 * The parts of it are in cli/replay.h.
 */
#ifndef CLI_ARCHIVE_REPLAY_H
#define CLI_ARCHIVE_REPLAY_H

#include "cli/archive_more.h"
#include "cli/replica.h"

/* replica is from replica_init. Whether it comes to the same is for the caller to compare. */
void archive_replay(struct replica *replica, const struct archive_read *archive,
                    const struct archive_more *more, struct board_key key, const char *slug);

#endif
