/* followup_acts — what becomes of an idea outside the board, and who wants to know it. */
#include "core/acts.h"

#include "base/time.h"

/* Someone else's idea, of which the list is full. */
static bool is_too_many(const struct command *command, const struct person *person,
                        const struct idea *idea)
{
    return command->on && person->follows_count >= LIMIT_FOLLOWS &&
           !person_wrote(person, idea) && !person_follows(person, idea->number);
}

enum err follow_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    const struct idea *idea = board_idea(board, command->idea);

    if (!person) {
        return ERR_UNKNOWN_PERSON;
    }
    /* What has gone meanwhile can be left still. */
    bool leaves = !command->on && person_follows(person, command->idea);

    if (!idea || (idea->state != IDEA_SHOWN && !leaves)) {
        return ERR_UNKNOWN_IDEA;
    }
    return is_too_many(command, person, idea) ? ERR_FULL : OK;
}

/* Their own ideas people follow anyway. */
void follow_act(struct act *act)
{
    const struct command *command = act->command;

    if (!person_wrote(act->person, board_idea(act->board, command->idea))) {
        act->effects->follows = person_set_follows(act->person, command->idea, command->on);
    }
}

enum err status_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    const struct idea *idea = board_idea(board, command->idea);

    if (command->person && (!person || person->role < ROLE_LEAD)) {
        return ERR_FORBIDDEN;
    }
    if (!idea || idea->state == IDEA_WITHDRAWN) {
        return ERR_UNKNOWN_IDEA;
    }
    if (command->next_by && !date_is_real(command->next_by)) {
        return ERR_PARAMS;
    }
    if (command->text.length > LIMIT_ANSWER_MAX_GRAPHEMES) {
        return ERR_TOO_LONG;
    }
    return idea->followups >= LIMIT_FOLLOWUPS ? ERR_FULL : OK;
}

void status_act(struct act *act)
{
    struct board *board = act->board;
    struct idea *idea = idea_changed(act, act->command->idea);

    board->followups = mem_reserve(board->followups, board->followups_count,
                                   &board->followups_room, sizeof *board->followups);
    board->followups[board->followups_count++] = (struct followup){
        .status = act->command->status,
        .next_by = act->command->next_by,
        .answer = act->command->text.ref,
        .at_ms = act->now_ms,
        .version = act->version,
    };
    uint32_t place = (uint32_t)board->followups_count;

    if (idea->last_followup) {
        board->followups[idea->last_followup - 1].next = place;
    } else {
        idea->first_followup = place;
    }
    idea->last_followup = place;
    idea->followups++;
}
