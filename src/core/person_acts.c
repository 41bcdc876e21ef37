#include "core/acts.h"

/* Authors come with what they wrote: not what is left of an import that was refused. */
static bool is_brought(const struct board *board)
{
    return board->intake_left || board->importing.system[0];
}

enum err person_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    if (!command->person) {
        return ERR_PARAMS;
    }
    if (!person && board->definition.entry == ENTRY_TICKET &&
        command->assurance < ASSURANCE_TICKET) {
        return ERR_FORBIDDEN;
    }
    if (command->assurance == ASSURANCE_PROXY && !is_brought(board)) {
        return ERR_NOT_ALLOWED_NOW;
    }
    return !person && board->people_count >= LIMIT_PEOPLE ? ERR_FULL : OK;
}

static struct person *add_person(struct board *board, uint64_t key)
{
    board->people = mem_reserve(board->people, board->people_count, &board->people_room,
                                sizeof *board->people);
    struct person *person = &board->people[board->people_count++];

    *person = (struct person){
        .key = key,
        .number = (uint32_t)board->people_count,
        .role = ROLE_PARTICIPANT,
    };
    map_put(&board->people_by_key, key, person->number);
    return person;
}

void person_act(struct act *act)
{
    if (!act->person) {
        act->person = add_person(act->board, act->command->person);
        act->person->assurance = act->command->assurance;
    } else if (act->command->assurance > act->person->assurance) {
        act->person->assurance = act->command->assurance; /* it is only ever raised */
    }
}

/* Nobody else leads the board. Asked seldom enough to look at everybody. */
static bool is_last_lead(const struct board *board, const struct person *lead)
{
    for (size_t i = 0; i < board->people_count; i++) {
        if (board->people[i].role >= ROLE_LEAD && &board->people[i] != lead) {
            return false;
        }
    }
    return true;
}

/* What a lead may not do to a person that the board knows. */
static enum err change_check(const struct board *board, const struct command *command,
                             const struct person *target)
{
    if (target->role == command->role) {
        return ERR_CONFLICT;
    }
    return target->role >= ROLE_LEAD && is_last_lead(board, target) ? ERR_NOT_ALLOWED_NOW : OK;
}

enum err role_check(const struct board *board, const struct command *command,
                    const struct person *person)
{
    if (command->person && (!person || person->role < ROLE_LEAD)) {
        return ERR_FORBIDDEN;
    }
    if (command->role < ROLE_PARTICIPANT || command->role > ROLE_LEAD || !command->target) {
        return ERR_PARAMS;
    }
    const struct person *target =
        board_person(board, board_person_number(board, command->target));

    if (target && target->erased) {
        return ERR_GONE;
    }
    if (target && command->person) {
        return change_check(board, command, target);
    }
    return board->people_count >= LIMIT_PEOPLE ? ERR_FULL : OK;
}

void role_act(struct act *act)
{
    uint32_t number = board_person_number(act->board, act->command->target);
    struct person *actor = act->person;
    uint32_t actor_number = actor ? actor->number : 0;

    if (!number) {
        number = add_person(act->board, act->command->target)->number;
        act->board->people[number - 1].assurance = ASSURANCE_STAFF;
    }
    act->board->people[number - 1].role = act->command->role;
    act->board->people[number - 1].role_ms = act->now_ms;
    act->effects->defined = true;
    if (actor_number) {
        act->person = &act->board->people[actor_number - 1]; /* the array may have moved */
    }
}

enum err invite_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    (void)board;
    if (command->person && (!person || person->role < ROLE_LEAD)) {
        return ERR_FORBIDDEN;
    }
    bool known = command->role >= ROLE_PARTICIPANT && command->role <= ROLE_LEAD;

    return known && command->count && command->count <= LIMIT_INVITATIONS ? OK : ERR_PARAMS;
}

void invite_act(struct act *act)
{
    (void)act;
}

enum err rename_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    (void)board;
    if (command->text.length == 0) {
        return ERR_EMPTY;
    }
    if (command->text.length > LIMIT_NAME_MAX_GRAPHEMES) {
        return ERR_TOO_LONG;
    }
    return person && !person->renamed ? OK : ERR_NOT_ALLOWED_NOW;
}

void rename_act(struct act *act)
{
    act->person->name = act->command->text.ref;
    act->person->renamed = true;
    for (size_t i = 0; i < act->person->own_count; i++) {
        idea_changed(act, act->person->own[i]); /* they carry their author's name */
    }
}

enum err declare_check(const struct board *board, const struct command *command,
                       const struct person *person)
{
    if (!person) {
        return ERR_UNKNOWN_PERSON;
    }
    for (uint32_t i = 0; i < command->ideas_count; i++) {
        if (!command->ideas[i] || command->ideas[i] > board->definition.groups_count) {
            return ERR_PARAMS;
        }
    }
    return person->declared ? ERR_NOT_ALLOWED_NOW : OK;
}

void declare_act(struct act *act)
{
    act->person->declared = true;
    for (uint32_t i = 0; i < act->command->ideas_count; i++) {
        act->person->groups |= UINT64_C(1) << (act->command->ideas[i] - 1);
    }
}

enum err done_check(const struct board *board, const struct command *command,
                    const struct person *person)
{
    if (!person) {
        return ERR_UNKNOWN_PERSON;
    }
    return command->round && command->round == board->round && board_is_open(board)
               ? OK
               : ERR_NOT_ALLOWED_NOW;
}

void done_act(struct act *act)
{
    struct round *round = &act->board->rounds[act->board->round - 1];

    uint32_t bit = 1u << (act->board->round - 1);

    round->done += (act->person->done & bit) == 0;
    act->person->done |= bit;
    act->effects->round = act->board->round;
}
