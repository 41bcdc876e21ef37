/*
 * moderation_acts — people complain, staff decide, and everything that staff do is put on
 * record. Nobody's ballot is touched: what leaves the ranking comes back as it was.
 */
#include "core/acts.h"

enum err staff_check(const struct board *board, const struct command *command,
                     const struct person *person)
{
    /* Person 0 is the system: the operator's command line, an import. */
    bool may = person && person->role >= ROLE_MODERATOR && !board->omission.staff;

    return !command->person || may ? OK : ERR_FORBIDDEN;
}

/* What is waited for is over: how long it took, never 0 when anything had waited. */
uint64_t wait_end(const struct act *act, uint64_t *waiting_ms)
{
    uint64_t since_ms = *waiting_ms;

    *waiting_ms = 0;
    if (!since_ms) {
        return 0;
    }
    return act->now_ms > since_ms ? act->now_ms - since_ms : 1;
}

struct record *record_add(struct act *act, uint32_t number)
{
    struct board *board = act->board;

    board->records = mem_reserve(board->records, board->records_count, &board->records_room,
                                 sizeof *board->records);
    struct record *record = &board->records[board->records_count++];

    *record = (struct record){
        .kind = act->command->kind,
        .reason = act->command->reason,
        .idea = number,
        .by = act->person ? act->person->number : 0,
        .at_ms = act->now_ms,
        .version = act->version,
    };
    if (number) {
        struct idea *idea = idea_changed(act, number);

        record->waited_ms = wait_end(act, &idea->waiting_ms);
        idea->handled = (uint32_t)board->records_count;
        idea->lease = (struct lease){0};
    }
    act->effects->moderated = true;
    return record;
}

void idea_begins_to_wait(struct act *act, uint32_t number)
{
    struct idea *idea = &act->board->ideas[number - 1];
    uint64_t since_ms = idea->waiting_ms ? idea->waiting_ms : act->now_ms;
    struct record *record = record_add(act, number);

    record->by = 0;
    record->waited_ms = 0;
    record->reason = act->command->held ? REASON_PERSONAL_DATA : REASON_NONE;
    idea->reason = record->reason;
    idea->waiting_ms = since_ms;
}

/* Staff bring an idea into a state in which it is not yet. */
static enum err moderate_check(const struct board *board, const struct command *command,
                               const struct person *person, enum idea_state state)
{
    const struct idea *idea = board_idea(board, command->idea);
    enum err err = staff_check(board, command, person);

    if (err) {
        return err;
    }
    if (!idea || idea->state == IDEA_WITHDRAWN) {
        return ERR_UNKNOWN_IDEA;
    }
    return idea->state == state || idea->state == IDEA_MERGED ? ERR_CONFLICT : OK;
}

enum err hide_check(const struct board *board, const struct command *command,
                    const struct person *person)
{
    return moderate_check(board, command, person, IDEA_HIDDEN);
}

void hide_act(struct act *act)
{
    struct idea *idea = &act->board->ideas[act->command->idea - 1];

    idea->reason = act->command->reason;
    idea->approved = false;
    idea->reports = 0;
    reports_resolve(act->board, idea->first_report, RESOLUTION_UPHELD);
    idea_set_state(act, idea->number, IDEA_HIDDEN);
    record_add(act, idea->number)->words = act->command->text.ref;
}

/* Staff have read it as it stands, and it is shown. */
static void let_stand(struct act *act)
{
    struct idea *idea = &act->board->ideas[act->command->idea - 1];

    idea->reason = REASON_NONE;
    idea->reports = 0;
    idea->approved = true;
    reports_resolve(act->board, idea->first_report, RESOLUTION_DISMISSED);
    (void)appeal_decide(act, idea->number, RESOLUTION_UPHELD);
    if (idea->state != IDEA_SHOWN) {
        idea_set_state(act, idea->number, IDEA_SHOWN);
    }
    record_add(act, idea->number);
}

enum err restore_check(const struct board *board, const struct command *command,
                       const struct person *person)
{
    const struct idea *idea = board_idea(board, command->idea);
    enum err err = moderate_check(board, command, person, IDEA_SHOWN);

    /* What is shown is cleared of the reports that stand against it. */
    return err == ERR_CONFLICT && idea->state == IDEA_SHOWN && idea->reports ? OK : err;
}

void restore_act(struct act *act)
{
    let_stand(act);
}

/* What was hidden is restored, which is another thing to say. */
enum err approve_check(const struct board *board, const struct command *command,
                       const struct person *person)
{
    const struct idea *idea = board_idea(board, command->idea);
    enum err err = moderate_check(board, command, person, IDEA_HIDDEN);

    if (err) {
        return err;
    }
    return idea->state == IDEA_SHOWN && idea->approved && !idea->reports ? ERR_CONFLICT : OK;
}

void approve_act(struct act *act)
{
    let_stand(act);
}

enum err redact_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    const struct idea *idea = board_idea(board, command->idea);
    enum err err = staff_check(board, command, person);

    if (err) {
        return err;
    }
    if (!idea || idea->state == IDEA_WITHDRAWN || ref_is_none(idea->text)) {
        return ERR_UNKNOWN_IDEA;
    }
    if (!command->text.length) {
        return ERR_EMPTY;
    }
    return command->text.length > LIMIT_TEXT_MAX_GRAPHEMES ? ERR_TOO_LONG : OK;
}

void redact_act(struct act *act)
{
    struct idea *idea = &act->board->ideas[act->command->idea - 1];

    text_dropped(act, idea->text);
    idea->text = act->command->text.ref;
    record_add(act, idea->number);
    if (idea->state == IDEA_PENDING || idea->state == IDEA_SHOWN) {
        idea->reason = REASON_NONE;
        idea->reports = 0;
        idea->approved = true;
        reports_resolve(act->board, idea->first_report, RESOLUTION_UPHELD);
        idea_set_state(act, idea->number, IDEA_SHOWN);
    }
}

enum err retheme_check(const struct board *board, const struct command *command,
                       const struct person *person)
{
    const struct idea *idea = board_idea(board, command->idea);
    enum err err = staff_check(board, command, person);

    if (err) {
        return err;
    }
    if (!idea || idea->state == IDEA_WITHDRAWN) {
        return ERR_UNKNOWN_IDEA;
    }
    if (command->theme > board->definition.themes_count) {
        return ERR_PARAMS;
    }
    return idea->theme == command->theme ? ERR_CONFLICT : OK;
}

void retheme_act(struct act *act)
{
    struct idea *idea = &act->board->ideas[act->command->idea - 1];
    uint64_t waiting_ms = idea->waiting_ms;
    struct lease lease = idea->lease;

    idea->theme = act->command->theme;
    record_add(act, idea->number)->waited_ms = 0;
    idea->waiting_ms = waiting_ms; /* that does not decide the case */
    idea->lease = lease;
}
