/*
 * replay_groups — what groups said of finalists, in a log that is found for an archive.
 *
 * groups.csv has sums, and of whom they are nobody can say: they are told.
 */
#include "cli/replay.h"

void replay_tell_groups(struct replay *replay, uint32_t round)
{
    const struct archive_read_round *read = &replay->archive->rounds[round - 1];

    if (!read->groups_count) {
        return;
    }
    replay_quietly(replay, true);
    for (size_t i = 0; i < read->groups_count; i++) {
        struct command command = {
            .kind = CMD_TELL, .idea = read->groups[i].idea, .told = read->groups[i].tally};

        replay_system(replay, &command);
    }
    replay_quietly(replay, false);
}
