/*
 * hands_acts — a show of hands, as staff counted it in a room.
 *
 * It is kept beside the ballots: nobody knows who raised a hand, or whether they have given
 * a ballot too, so that it enters no tally, score or result.
 */
#include "core/acts.h"

enum err hands_check(const struct board *board, const struct command *command,
                     const struct person *person)
{
    const struct idea *idea = board_idea(board, command->idea);
    const struct hands *hands = &command->hands;
    enum err err = staff_check(board, command, person);

    if (err) {
        return err;
    }
    if (hands->agree > LIMIT_HANDS || hands->disagree > LIMIT_HANDS ||
        hands->pass > LIMIT_HANDS) {
        return ERR_PARAMS;
    }
    if (!idea || idea->state != IDEA_SHOWN) {
        return ERR_UNKNOWN_IDEA;
    }
    return board->state == BOARD_OPEN ? OK : ERR_NOT_ALLOWED_NOW;
}

void hands_act(struct act *act)
{
    struct idea *idea = idea_changed(act, act->command->idea);
    const struct hands *hands = &act->command->hands;

    idea->hands = *hands;
    idea->hands_ms = hands->agree || hands->disagree || hands->pass ? act->now_ms : 0;
}
