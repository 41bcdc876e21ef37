/*
 * undo_acts — staff take a decision back: the idea stands as it stood before, with the reports
 * that were open against it. What was done stays on the public record, as undone.
 */
#include "core/acts.h"

static uint32_t number_of(const struct board *board, const struct record *record)
{
    return record ? (uint32_t)(record - board->records) + 1 : 0;
}

/* The report was decided with others, by a record that can be undone no more. */
static enum err check_report(const struct board *board, const struct report *report)
{
    if (!report) {
        return ERR_PARAMS;
    }
    if (!report->resolution) {
        return ERR_CONFLICT;
    }
    if (report->person) {
        return board_person(board, report->person)->erased ? ERR_UNKNOWN_PERSON
               : report->decided                           ? ERR_CONFLICT
                                                           : OK;
    }
    const struct idea *idea = board_idea(board, report->idea);

    if (idea->state == IDEA_WITHDRAWN) {
        return ERR_UNKNOWN_IDEA;
    }
    return !report->decided || report->decided == number_of(board, board_undoable(board, idea))
               ? OK
               : ERR_CONFLICT;
}

enum err undo_check(const struct board *board, const struct command *command,
                    const struct person *person)
{
    const struct idea *idea = board_idea(board, command->idea);
    enum err err = staff_check(board, command, person);

    if (err) {
        return err;
    }
    if (command->target) {
        return command->idea ? ERR_PARAMS
                             : check_report(board, board_report(board, command->target));
    }
    if (!idea || idea->state == IDEA_WITHDRAWN) {
        return ERR_UNKNOWN_IDEA;
    }
    return board_undoable(board, idea) ? OK : ERR_CONFLICT;
}

static void open_again(struct act *act, struct idea *idea, struct report *report)
{
    report->resolution = RESOLUTION_NONE;
    report->decided = 0;
    if (report->appeal) {
        act->board->records[idea->appealed - 1].appeal = RESOLUTION_NONE;
    } else {
        idea->reports++;
    }
}

static void open_reports_again(struct act *act, struct idea *idea, uint32_t record)
{
    struct board *board = act->board;

    for (uint32_t at = idea->first_report; at; at = board->reports[at - 1].next) {
        if (board->reports[at - 1].decided == record) {
            open_again(act, idea, &board->reports[at - 1]);
        }
    }
}

void undo_forget(struct act *act, const struct idea *idea, bool held)
{
    const struct record *last = board_undoable(act->board, idea);

    if (last) {
        struct record *record = &act->board->records[number_of(act->board, last) - 1];

        record->before.approved = false;
        if (held && record->before.state == IDEA_SHOWN) {
            record->before.state = IDEA_PENDING;
            record->before.waiting_ms = act->now_ms;
        }
    }
}

/* Its author was told of a hiding, and is told that it is over; of the rest they need not hear.
 */
static void undo_record(struct act *act, struct idea *idea)
{
    struct board *board = act->board;
    uint32_t number = number_of(board, board_undoable(board, idea));
    struct record undone = board->records[number - 1];

    board->records[number - 1].undone = true;
    open_reports_again(act, idea, number);
    if (undone.kind == CMD_HIDE && idea->appealed == number) {
        (void)appeal_decide(act, idea->number, RESOLUTION_UPHELD);
    }
    idea->approved = undone.before.approved;
    idea->reason = undone.before.reason;
    idea->theme = undone.before.theme;
    idea->appealable = undone.before.appealable;
    idea->waiting_ms = undone.before.waiting_ms ? undone.before.waiting_ms : idea->waiting_ms;
    if (idea->state != undone.before.state) {
        idea_set_state(act, idea->number, undone.before.state);
    }
    record_add(act, idea->number)->waited_ms = 0;
    idea->handled = undone.kind == CMD_HIDE ? idea->handled : undone.before.handled;
}

static void undo_report(struct act *act, struct report *report)
{
    struct board *board = act->board;

    if (report->person) {
        report->resolution = RESOLUTION_NONE;
        person_charge(act, &board->people[report->person - 1]);
    } else if (report->decided) {
        undo_record(act, &board->ideas[report->idea - 1]);
    } else {
        struct idea *idea = idea_changed(act, report->idea);

        open_again(act, idea, report);
        idea->waiting_ms = idea->waiting_ms ? idea->waiting_ms : act->now_ms;
    }
}

void undo_act(struct act *act)
{
    struct board *board = act->board;

    act->effects->moderated = true;
    if (act->command->target) {
        undo_report(act, &board->reports[act->command->target - 1]);
    } else {
        undo_record(act, &board->ideas[act->command->idea - 1]);
    }
}
