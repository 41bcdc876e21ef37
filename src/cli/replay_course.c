/*
 * replay_course — what staff did, in a log that is found for an archive: how rounds followed
 * each other, and what became of ideas by their hands.
 *
 * An archive says how often a round was opened again and looked into, and by how much it was
 * made longer, not when. That comes at its beginning, where it changes nothing else; a round
 * that ended early is made longer just before its end, so that its time is not over by then.
 */
#include "cli/replay.h"

/* Moderation */

void replay_take_apart(struct replay *replay, uint32_t number)
{
    const struct idea *idea = board_idea(replay_board(replay), number);
    struct command command = {.kind = CMD_UNMERGE, .idea = number};

    if (idea->state != IDEA_MERGED) {
        return;
    }
    if (replay->more->ideas[idea->merged_into - 1].state == IDEA_WITHDRAWN) {
        replay_withdraw(replay, idea->merged_into);
        return;
    }
    replay_quietly(replay, true);
    replay_system(replay, &command);
    replay_quietly(replay, false);
}

/* Brings an idea where the act finds it possible. */
static void prepare(struct replay *replay, const struct more_act *act)
{
    const struct board *board = replay_board(replay);

    if (act->kind != CMD_UNMERGE) {
        replay_take_apart(replay, act->idea);
    }
    if (act->kind == CMD_MERGE) {
        replay_show(replay, act->idea);
        replay_show(replay, act->into);
        if (board_competes(board, board_idea(board, act->idea)) && board_is_open(board) &&
            !archive_candidate(replay->archive, board->round, act->idea)) {
            replay_drop_ballots(replay, act->idea);
        }
    } else if (act->kind == CMD_HIDE && board->ideas[act->idea - 1].state == IDEA_HIDDEN) {
        replay_show(replay, act->idea);
    } else if (act->kind == CMD_RESTORE && board->ideas[act->idea - 1].state == IDEA_SHOWN) {
        struct command command = {
            .kind = CMD_REPORT, .idea = act->idea, .reason = REASON_OTHER};

        replay_act(replay, &command, replay_reporter(replay, act->idea));
    }
}

static void do_act(struct replay *replay, const struct more_act *act)
{
    struct command command = {.kind = act->kind, .idea = act->idea, .reason = act->reason};

    replica_at(replay->replica, act->at_ms);
    if (act->idea <= replay->posted && act->into <= replay->posted) {
        prepare(replay, act);
    }
    if (act->kind == CMD_MERGE) {
        command.idea = act->into;
        command.ideas[0] = act->idea;
        command.ideas_count = 1;
    }
    replay_system(replay, &command);
}

void replay_moderate(struct replay *replay, uint64_t before_version)
{
    const struct archive_more *more = replay->more;

    while (replay->acted < more->acts_count && !replay->replica->refused &&
           (!before_version || more->acts[replay->acted].version < before_version)) {
        do_act(replay, &more->acts[replay->acted++]);
    }
}

/* Rounds */

static struct command turn(const struct replay *replay, enum command_kind kind, uint32_t round)
{
    const struct board *board = replay_board(replay);
    bool closes = board->round && !board->rounds[board->round - 1].closed_version;
    struct command command = {.kind = kind, .round = round};

    if (closes) {
        command.rule_hash = board->definition.rounds[board->round - 1].rule_hash;
    }
    return command;
}

void replay_open(struct replay *replay, uint32_t round)
{
    struct command command = turn(replay, CMD_OPEN, round);

    replay_lead(replay, &command);
}

void replay_close(struct replay *replay, uint32_t round)
{
    struct command command = turn(replay, CMD_CLOSE, round);

    replay_lead(replay, &command);
}

static void extend(struct replay *replay, uint32_t round)
{
    uint32_t left = replay->more->rounds[round - 1].extended;

    while (left) {
        uint32_t minutes = left < LIMIT_ROUND_MINUTES ? left : LIMIT_ROUND_MINUTES;
        struct command command = {.kind = CMD_EXTEND, .round = round, .minutes = minutes};

        replay_lead(replay, &command);
        left -= minutes;
    }
}

void replay_change_course(struct replay *replay, uint32_t round)
{
    const struct more_round *more = &replay->more->rounds[round - 1];

    for (uint32_t n = 0; n < more->reopenings; n++) {
        struct command command = {.kind = CMD_REOPEN, .round = round};

        replay_close(replay, round);
        replay_lead(replay, &command);
    }
    for (uint32_t n = 0; n < more->previews; n++) {
        struct command command = {.kind = CMD_PREVIEW, .round = round};

        replay_lead(replay, &command);
    }
    if (!more->early) {
        extend(replay, round);
    }
}

void replay_change_end(struct replay *replay, uint32_t round)
{
    const struct more_round *more = &replay->more->rounds[round - 1];
    struct command command = {.kind = CMD_PAUSE, .round = round};

    if (more->early) {
        replica_at(replay->replica, more->closed_ms);
        extend(replay, round);
    }
    if (more->paused) {
        replay_lead(replay, &command);
    }
}
