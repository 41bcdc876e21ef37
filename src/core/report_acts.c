/*
 * report_acts — people complain about ideas and each other, authors about what staff did, and
 * staff decide.
 */
#include "core/acts.h"

static struct report *add_report(struct act *act)
{
    struct board *board = act->board;

    board->reports = mem_reserve(board->reports, board->reports_count, &board->reports_room,
                                 sizeof *board->reports);
    struct report *report = &board->reports[board->reports_count++];

    *report = (struct report){
        .reporter = act->person ? act->person->number : 0,
        .reason = act->command->reason,
        .words = act->command->text.ref,
        .at_ms = act->now_ms,
        .version = act->version,
    };
    act->effects->moderated = true;
    return report;
}

/* Behind the others about the same. */
static void chain(struct board *board, uint32_t *first, uint32_t *last)
{
    uint32_t number = (uint32_t)board->reports_count;

    if (*last) {
        board->reports[*last - 1].next = number;
    } else {
        *first = number;
    }
    *last = number;
}

static bool has_reported(const struct board *board, const struct person *target,
                         const struct person *reporter)
{
    const struct report *report = NULL;

    while ((report = board_next_report(board, target->first_report, report)) != NULL) {
        if (reporter && report->reporter == reporter->number && !report->resolution) {
            return true;
        }
    }
    return false;
}

enum err report_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    bool words = !ref_is_none(command->text.ref);

    if ((person && person->notes_count >= LIMIT_NOTES && words) ||
        board->reports_count >= LIMIT_REPORTS) {
        return ERR_FULL;
    }
    if (command->idea) {
        const struct idea *idea = board_idea(board, command->idea);

        return idea && (idea->state == IDEA_SHOWN || idea->state == IDEA_PENDING)
                   ? OK
                   : ERR_UNKNOWN_IDEA;
    }
    const struct person *target = board_person(board, command->target);

    return target && !target->erased ? OK : ERR_UNKNOWN_PERSON;
}

void person_charge(struct act *act, struct person *person)
{
    struct board *board = act->board;

    if (person->reports++ == 0) {
        person->waiting_ms = act->now_ms;
        board->reported = mem_reserve(board->reported, board->reported_count,
                                      &board->reported_room, sizeof *board->reported);
        board->reported[board->reported_count++] = person->number;
    }
}

static void report_person(struct act *act)
{
    struct board *board = act->board;
    struct person *target = &board->people[act->command->target - 1];

    if (has_reported(board, target, act->person)) {
        return;
    }
    struct report *report = add_report(act);

    report->person = target->number;
    chain(board, &target->first_report, &target->last_report);
    person_charge(act, target);
}

static void count_against(struct act *act, struct idea *idea)
{
    bool was_vetted = board_is_vetted(act->board, idea);

    idea->reports++;
    idea->waiting_ms = idea->waiting_ms ? idea->waiting_ms : act->now_ms;
    if (was_vetted) {
        idea_changed(act, idea->number);
    }
    if (idea->reports >= REPORTS_TO_PENDING && idea->state == IDEA_SHOWN) {
        idea_set_state(act, idea->number, IDEA_PENDING);
        idea_begins_to_wait(act, idea->number);
    }
}

/* Whoever wrote the words may take them away again, those of a second report too. */
static void keep_words(struct act *act)
{
    if (act->person && !ref_is_none(act->command->text.ref)) {
        person_add_note(act->person, act->command->text.ref);
    }
}

void report_act(struct act *act)
{
    keep_words(act);
    if (!act->command->idea) {
        report_person(act);
        return;
    }
    struct idea *idea = &act->board->ideas[act->command->idea - 1];
    struct ballot *ballot =
        act->person ? person_ballot_get(act->person, act->command->idea) : NULL;

    if (!ballot || ballot->reported) {
        return;
    }
    ballot->reported = 1;
    add_report(act)->idea = idea->number;
    chain(act->board, &idea->first_report, &idea->last_report);
    count_against(act, idea);
}

/* That whatever decides now is going to leave. */
static uint32_t next_record(const struct board *board)
{
    return (uint32_t)board->records_count + 1;
}

/* All open reports about something, appeals apart, are decided in the same way. */
void reports_resolve(struct board *board, uint32_t first, enum resolution resolution)
{
    for (uint32_t at = first; at; at = board->reports[at - 1].next) {
        struct report *report = &board->reports[at - 1];

        if (!report->resolution && !report->appeal) {
            report->resolution = resolution;
            report->decided = next_record(board);
        }
    }
}

bool appeal_is_against(const struct board *board, const struct idea *idea,
                       enum command_kind kind)
{
    return idea->appealed && board->records[idea->appealed - 1].kind == kind;
}

bool appeal_decide(struct act *act, uint32_t number, enum resolution resolution)
{
    struct board *board = act->board;
    struct idea *idea = &board->ideas[number - 1];

    if (!idea->appealed || board->records[idea->appealed - 1].appeal) {
        return false;
    }
    board->records[idea->appealed - 1].appeal = resolution;
    for (uint32_t at = idea->first_report; at; at = board->reports[at - 1].next) {
        if (board->reports[at - 1].appeal) {
            board->reports[at - 1].resolution = resolution;
            board->reports[at - 1].decided = next_record(board);
        }
    }
    return true;
}

enum err appeal_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    const struct idea *idea = board_idea(board, command->idea);

    if (!idea || idea->state == IDEA_WITHDRAWN || !person || idea->author != person->number) {
        return ERR_UNKNOWN_IDEA;
    }
    if (!idea->appealable && !idea->appealed) {
        return ERR_NOT_ALLOWED_NOW;
    }
    if (!command->text.length) {
        return ERR_EMPTY;
    }
    if (idea->appealed) {
        return ERR_CONFLICT;
    }
    return board->reports_count >= LIMIT_REPORTS ? ERR_FULL : OK;
}

void appeal_act(struct act *act)
{
    struct idea *idea = idea_changed(act, act->command->idea);
    struct report *report = add_report(act);

    keep_words(act);
    report->idea = idea->number;
    report->appeal = true;
    chain(act->board, &idea->first_report, &idea->last_report);
    idea->appealed = idea->appealable;
    act->board->records[idea->appealed - 1].appealed = true;
    idea->waiting_ms = idea->waiting_ms ? idea->waiting_ms : act->now_ms;
    idea->lease = (struct lease){0};
}

/* What staff did before goes on being what is told of an idea whose state it still says. */
static void record_decision(struct act *act, struct idea *idea, struct idea_status before)
{
    struct record *record = record_add(act, idea->number);

    record->on = act->command->resolution == RESOLUTION_UPHELD;
    record->before = before;
    idea->handled = idea->state == before.state ? before.handled : idea->handled;
}

/* What an author was right to appeal against is taken back where that can be done; words that
   were taken out are gone. */
static void make_good(struct act *act, struct idea *idea)
{
    const struct record *record = board_record(act->board, idea->appealed);

    if (record->kind == CMD_HIDE && idea->state == IDEA_HIDDEN) {
        idea->reason = REASON_NONE;
        idea->approved = true;
        idea_set_state(act, idea->number, IDEA_SHOWN);
    } else if (record->kind == CMD_MERGE && merge_is_open(act->board, idea)) {
        merge_leave(act, idea->number);
        pool_refresh(act);
    } else if (record->kind == CMD_RETHEME) {
        idea->theme = record->before.theme;
    }
}

static void decide_appeal(struct act *act, struct idea *idea)
{
    struct idea_status before = idea_status_of(idea);

    idea_changed(act, idea->number);
    (void)appeal_decide(act, idea->number, act->command->resolution);
    if (act->command->resolution == RESOLUTION_UPHELD) {
        make_good(act, idea);
    }
    record_decision(act, idea, before);
}

/* One complaint less against the person. */
void person_relieve(struct board *board, struct person *person)
{
    if (person->reports && --person->reports) {
        return;
    }
    person->waiting_ms = 0;
    person->lease = (struct lease){0};
    for (size_t i = 0; i < board->reported_count; i++) {
        if (board->reported[i] == person->number) {
            board->reported[i] = board->reported[--board->reported_count];
            return;
        }
    }
}

enum err resolve_check(const struct board *board, const struct command *command,
                       const struct person *person)
{
    const struct report *report = board_report(board, command->target);
    enum err err = staff_check(board, command, person);

    if (err) {
        return err;
    }
    if (!report || !command->resolution) {
        return ERR_PARAMS;
    }
    /* What is gone, with whoever wrote it or by itself, is no case any more. */
    if (report->idea && board_idea(board, report->idea)->state == IDEA_WITHDRAWN) {
        return ERR_UNKNOWN_IDEA;
    }
    if (report->person && board_person(board, report->person)->erased) {
        return ERR_UNKNOWN_PERSON;
    }
    return report->resolution ? ERR_CONFLICT : OK;
}

/* A report says what somebody thinks of an idea: with the last of them the idea is cleared or
   stays as it is, and hiding it is another act. */
static void decide_report(struct act *act, struct report *report)
{
    struct idea *idea = &act->board->ideas[report->idea - 1];
    struct idea_status before = idea_status_of(idea);

    idea_changed(act, idea->number);
    idea->reports -= idea->reports > 0;
    if (idea->reports || (idea->state != IDEA_SHOWN && idea->state != IDEA_PENDING)) {
        return; /* others stand, or it is judged with another idea for now */
    }
    report->decided = next_record(act->board);
    if (act->command->resolution == RESOLUTION_DISMISSED) {
        idea->approved = true;
        idea->reason = REASON_NONE;
        idea_set_state(act, idea->number, IDEA_SHOWN);
    }
    record_decision(act, idea, before);
}

void resolve_act(struct act *act)
{
    struct board *board = act->board;
    struct report *report = &board->reports[act->command->target - 1];

    act->effects->moderated = true;
    if (report->appeal) {
        decide_appeal(act, &board->ideas[report->idea - 1]);
    } else {
        report->resolution = act->command->resolution;
        if (report->idea) {
            decide_report(act, report);
        } else {
            person_relieve(board, &board->people[report->person - 1]);
        }
    }
}
