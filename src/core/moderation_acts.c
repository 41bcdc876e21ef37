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

static bool is_against_author(enum command_kind kind)
{
    return kind == CMD_HIDE || kind == CMD_MERGE || kind == CMD_REDACT || kind == CMD_RETHEME;
}

void record_lapse(const struct board *board, struct idea *idea, enum command_kind kind)
{
    const struct record *record = board_record(board, idea->appealable);

    if (record && record->kind == kind) {
        idea->appealable = 0;
    }
    record = board_record(board, idea->handled);
    if (record && record->kind == kind) {
        idea->handled = 0;
    }
}

struct idea_status idea_status_of(const struct idea *idea)
{
    return (struct idea_status){
        .state = idea->state,
        .reason = idea->reason,
        .approved = idea->approved,
        .theme = idea->theme,
        .handled = idea->handled,
        .appealable = idea->appealable,
        .waiting_ms = idea->waiting_ms,
    };
}

/* An act that leaves a complaint or an appeal open has ended no waiting. */
static void record_idea(struct act *act, struct record *record, struct idea *idea)
{
    bool waits = case_of_idea(act->board, idea) <= CASE_PENDING;
    uint64_t since_ms = idea->waiting_ms ? idea->waiting_ms : act->now_ms;

    record->waited_ms = waits ? 0 : wait_end(act, &idea->waiting_ms);
    idea->waiting_ms = waits ? since_ms : 0;
    idea->handled = (uint32_t)act->board->records_count;
    if (is_against_author(record->kind)) {
        idea->appealable = idea->handled;
    }
    idea->lease = (struct lease){0};
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
        record_idea(act, record, idea_changed(act, number));
    }
    act->effects->moderated = true;
    return record;
}

void idea_begins_to_wait(struct act *act, uint32_t number)
{
    struct idea *idea = &act->board->ideas[number - 1];
    struct record *record = record_add(act, number);

    record->by = 0;
    record->reason = act->command->held ? REASON_PERSONAL_DATA : REASON_NONE;
    idea->reason = record->reason;
}

/* Who left is told nothing any more, and what was written to them may say who they were. */
void records_forget(struct act *act, uint32_t person)
{
    struct board *board = act->board;

    for (size_t i = 0; i < board->records_count; i++) {
        struct record *record = &board->records[i];
        const struct idea *idea = board_idea(board, record->idea);

        if (record->person == person || (idea && idea->author == person)) {
            text_dropped(act, record->words);
            record->words = (struct ref){{0}};
        }
    }
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
    struct idea_status before = idea_status_of(idea);

    idea->reason = act->command->reason;
    idea->approved = false;
    idea->reports = 0;
    reports_resolve(act->board, idea->first_report, RESOLUTION_UPHELD);
    idea_set_state(act, idea->number, IDEA_HIDDEN);
    struct record *record = record_add(act, idea->number);

    record->words = act->command->text.ref;
    record->before = before;
}

/* Staff have read it as it stands, and it is shown. Who appealed against being hidden is heard
   by that; what else was appealed against is decided apart. */
static void let_stand(struct act *act)
{
    struct idea *idea = &act->board->ideas[act->command->idea - 1];
    struct idea_status before = idea_status_of(idea);

    idea->reason = REASON_NONE;
    idea->reports = 0;
    idea->approved = true;
    reports_resolve(act->board, idea->first_report, RESOLUTION_DISMISSED);
    if (idea->state == IDEA_HIDDEN) {
        if (appeal_is_against(act->board, idea, CMD_HIDE)) {
            (void)appeal_decide(act, idea->number, RESOLUTION_UPHELD);
        }
        record_lapse(act->board, idea, CMD_HIDE);
    }
    if (idea->state != IDEA_SHOWN) {
        idea_set_state(act, idea->number, IDEA_SHOWN);
    }
    record_add(act, idea->number)->before = before;
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
    if (idea->state == IDEA_PENDING || idea->state == IDEA_SHOWN) {
        idea->reason = REASON_NONE;
        idea->reports = 0;
        idea->approved = true;
        reports_resolve(act->board, idea->first_report, RESOLUTION_UPHELD);
        idea_set_state(act, idea->number, IDEA_SHOWN);
    }
    record_add(act, idea->number);
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
    struct idea_status before = idea_status_of(idea);
    struct lease lease = idea->lease;

    idea->theme = act->command->theme;
    struct record *record = record_add(act, idea->number);

    record->waited_ms = 0;
    record->before = before;
    idea->waiting_ms = before.waiting_ms; /* that does not decide the case */
    idea->lease = lease;
}
