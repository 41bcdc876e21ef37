/* staff_acts — what staff do to people and to the board as a whole, and who has which case. */
#include "core/acts.h"

enum {
    DAY_MINUTES = 24 * 60
};

#define LAST_MS UINT64_C(4102444800000) /* the year 2100: no suspension ends later */

/* People */

/* Somebody whom the staff member may judge: nobody of their own rank. */
static enum err subject_check(const struct board *board, const struct command *command,
                              const struct person *person)
{
    const struct person *target = board_person(board, command->target);
    enum err err = staff_check(board, command, person);

    if (err) {
        return err;
    }
    if (!target || target->erased) {
        return ERR_UNKNOWN_PERSON;
    }
    return person && target->role >= person->role ? ERR_FORBIDDEN : OK;
}

static struct record *record_person(struct act *act)
{
    struct person *target = &act->board->people[act->command->target - 1];
    uint64_t waited_ms = wait_end(act, &target->waiting_ms);
    struct record *record = record_add(act, 0);

    record->person = target->number;
    record->waited_ms = waited_ms;
    record->words = act->command->text.ref;
    act->effects->subject = target->number;
    reports_resolve(act->board, target->first_report, RESOLUTION_UPHELD);
    if (target->reports) {
        target->reports = 1;
        person_relieve(act->board, target);
    }
    return record;
}

enum err suspend_check(const struct board *board, const struct command *command,
                       const struct person *person)
{
    enum err err = subject_check(board, command, person);

    if (err) {
        return err;
    }
    return command->until_ms > board->last.ms && command->until_ms <= LAST_MS ? OK : ERR_PARAMS;
}

void suspend_act(struct act *act)
{
    struct person *target = &act->board->people[act->command->target - 1];

    record_person(act)->until_ms = act->command->until_ms;
    target->suspended_until_ms = act->command->until_ms;
    target->suspended = (uint32_t)act->board->records_count;
}

enum err unsuspend_check(const struct board *board, const struct command *command,
                         const struct person *person)
{
    enum err err = subject_check(board, command, person);

    if (err) {
        return err;
    }
    return board_person(board, command->target)->suspended_until_ms ? OK : ERR_CONFLICT;
}

void unsuspend_act(struct act *act)
{
    struct person *target = &act->board->people[act->command->target - 1];
    struct record *record = record_add(act, 0);

    record->person = target->number;
    target->suspended_until_ms = 0;
    act->effects->subject = target->number;
}

enum err unname_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    enum err err = subject_check(board, command, person);

    if (err) {
        return err;
    }
    return ref_is_none(board_person(board, command->target)->name) ? ERR_CONFLICT : OK;
}

/* The given name is theirs again, and they do not choose another. */
void unname_act(struct act *act)
{
    struct person *target = &act->board->people[act->command->target - 1];

    text_dropped(act, target->name);
    target->name = (struct ref){{0}};
    for (size_t i = 0; i < target->own_count; i++) {
        idea_changed(act, target->own[i]);
    }
    (void)record_person(act);
}

/* The board */

enum err announce_check(const struct board *board, const struct command *command,
                        const struct person *person)
{
    enum err err = staff_check(board, command, person);

    if (err) {
        return err;
    }
    return command->text.length > LIMIT_NOTE_MAX_GRAPHEMES ? ERR_TOO_LONG : OK;
}

void announce_act(struct act *act)
{
    struct board *board = act->board;

    text_dropped(act, board->announcement);
    board->announcement = act->command->text.ref;
    board->announced_ms = act->now_ms;
    board->announced_version = act->version;
    record_add(act, 0)->on = !ref_is_none(board->announcement);
    act->effects->defined = true;
}

enum err freeze_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    enum err err = staff_check(board, command, person);

    if (err) {
        return err;
    }
    return board->frozen == command->on ? ERR_CONFLICT : OK;
}

void freeze_act(struct act *act)
{
    act->board->frozen = act->command->on;
    record_add(act, 0)->on = act->command->on;
    act->effects->defined = true;
}

enum err premoderate_check(const struct board *board, const struct command *command,
                           const struct person *person)
{
    enum err err = staff_check(board, command, person);

    if (err) {
        return err;
    }
    if (command->from_minute >= DAY_MINUTES || command->until_minute >= DAY_MINUTES) {
        return ERR_PARAMS;
    }
    bool same = board->premoderates == command->on &&
                (!command->on || (board->premoderates_from == command->from_minute &&
                                  board->premoderates_until == command->until_minute));

    return same ? ERR_CONFLICT : OK;
}

void premoderate_act(struct act *act)
{
    act->board->premoderates = act->command->on;
    act->board->premoderates_from = act->command->from_minute;
    act->board->premoderates_until = act->command->until_minute;
    record_add(act, 0)->on = act->command->on;
    act->effects->defined = true;
}

/* Who has what before them */

static struct lease *lease_of(struct board *board, struct case_place place)
{
    if (place.idea) {
        return &board->ideas[place.idea - 1].lease;
    }
    return place.person ? &board->people[place.person - 1].lease : NULL;
}

enum err take_check(const struct board *board, const struct command *command,
                    const struct person *person)
{
    const struct idea *idea = board_idea(board, command->idea);
    const struct person *target = command->idea ? NULL : board_person(board, command->target);
    enum err err = staff_check(board, command, person);

    if (err) {
        return err;
    }
    if (!person || (!idea && !target)) {
        return idea || command->target ? ERR_UNKNOWN_PERSON : ERR_UNKNOWN_IDEA;
    }
    const struct lease *lease = idea ? &idea->lease : &target->lease;

    return case_is_taken(lease, person->number, command->chosen_ms) ? ERR_CONFLICT : OK;
}

/* One case at a time: the one before is free again. */
void take_act(struct act *act)
{
    struct person *person = act->person;
    struct case_place before = {person->holds_idea, person->holds_person};
    struct lease *lease = lease_of(act->board, before);

    if (lease && lease->person == person->number) {
        *lease = (struct lease){0};
    }
    person->holds_idea = act->command->idea;
    person->holds_person = act->command->idea ? 0 : (uint32_t)act->command->target;
    lease = lease_of(act->board, (struct case_place){person->holds_idea, person->holds_person});
    /* However far ahead the clock of a node is, no lease is longer than others. */
    uint64_t from_ms =
        act->command->chosen_ms < act->now_ms ? act->command->chosen_ms : act->now_ms;

    *lease = (struct lease){from_ms + CASE_LEASE_MS, person->number};
    act->effects->moderated = true;
}
