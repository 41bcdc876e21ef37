/*
 * import_acts — ideas come in from elsewhere, many at once, and can be taken out together.
 *
 * An import is framed by two entries and may bring ballots: it makes a board. It may go on
 * after other entries, as long as no idea came with these. An intake brings
 * ideas into a board that lives: its entry says how many follow, and they follow at once. If
 * anything else comes between, the rest is refused.
 */
#include "core/acts.h"

#include <string.h>

static bool is_lead(const struct command *command, const struct person *person)
{
    return !command->person || (person && person->role >= ROLE_LEAD);
}

static bool is_importing(const struct board *board)
{
    return board->importing.system[0] != '\0';
}

static struct import *latest(struct board *board)
{
    return &board->imports[board->imports_count - 1];
}

/* The latest import, with nothing in between that is not of it. */
static bool goes_on(const struct board *board, const struct import *import)
{
    return import == &board->imports[board->imports_count - 1] && !import->undone &&
           import->first + import->ideas == board->ideas_count + 1;
}

static void begin(struct act *act)
{
    struct board *board = act->board;

    board->importing = act->command->source;
    if (board_import(board, &act->command->source)) {
        latest(board)->complete = false;
        return;
    }
    board->imports = mem_reserve(board->imports, board->imports_count, &board->imports_room,
                                 sizeof *board->imports);
    board->imports[board->imports_count++] =
        (struct import){.source = act->command->source,
                        .at_ms = act->now_ms,
                        .first = (uint32_t)board->ideas_count + 1,
                        .person = act->person ? act->person->number : 0};
}

static void end(struct act *act)
{
    act->board->importing = (struct source){0};
    latest(act->board)->complete = true;
}

enum err import_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    bool same = memcmp(&board->importing, &command->source, sizeof command->source) == 0;

    (void)person;
    if (command->person) {
        return ERR_FORBIDDEN;
    }
    if (command->done) {
        return same && is_importing(board) ? OK : ERR_CONFLICT;
    }
    const struct import *before = board_import(board, &command->source);

    if (is_importing(board) || (before && !goes_on(board, before))) {
        return ERR_CONFLICT;
    }
    return !before && board->imports_count >= LIMIT_IMPORTS ? ERR_FULL : OK;
}

void import_act(struct act *act)
{
    if (!act->command->done) {
        begin(act);
        return;
    }
    end(act);
    pool_refresh(act);
}

/* Sums alone are published of a group, and who declared it cannot be found from them. */
enum err tell_check(const struct board *board, const struct command *command,
                    const struct person *person)
{
    const struct group_tally *told = &command->told;
    const struct idea *idea = board_idea(board, command->idea);

    (void)person;
    if (command->person) {
        return ERR_FORBIDDEN;
    }
    if (!import_tells(board) || !board_is_open(board) || !board_round(board)->final) {
        return ERR_NOT_ALLOWED_NOW;
    }
    if (!idea || idea->candidate != board->round) {
        return ERR_UNKNOWN_IDEA;
    }
    if (!told->group || told->group > board->definition.groups_count || !told->judged ||
        told->judged > LIMIT_PEOPLE || told->agree > told->judged) {
        return ERR_PARAMS;
    }
    return board_told(board, command->idea, told->group).judged ? ERR_CONFLICT : OK;
}

void tell_act(struct act *act)
{
    struct board *board = act->board;

    board->told =
        mem_reserve(board->told, board->told_count, &board->told_room, sizeof *board->told);
    board->told[board->told_count++] = (struct told){
        .round = board->round, .idea = act->command->idea, .tally = act->command->told};
}

enum err intake_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    if (!is_lead(command, person)) {
        return ERR_FORBIDDEN;
    }
    if (!command->source.system[0] || !command->rows || command->rows > LIMIT_IMPORT_ROWS) {
        return ERR_PARAMS;
    }
    if (board->state >= BOARD_CLOSED || is_importing(board)) {
        return ERR_NOT_ALLOWED_NOW;
    }
    if (board_import(board, &command->source) ||
        (command->first && command->first != board->ideas_count + 1)) {
        return ERR_CONFLICT; /* replies would hang on ideas of others */
    }
    bool full = board->imports_count >= LIMIT_IMPORTS ||
                board->ideas_count + command->rows > LIMIT_IDEAS;

    return full ? ERR_FULL : OK;
}

void intake_act(struct act *act)
{
    begin(act);
    act->board->intake_left = act->command->rows;
}

bool import_tells(const struct board *board)
{
    return is_importing(board) && !board->intake_left;
}

bool import_has(const struct board *board, const struct command *command)
{
    return is_importing(board) && (command->kind == CMD_PERSON ||
                                   (command->kind == CMD_POST && command->source.system[0]));
}

void import_count(struct act *act)
{
    struct board *board = act->board;

    if (!is_importing(board)) {
        return;
    }
    latest(board)->ideas++;
    if (board->intake_left && --board->intake_left == 0) {
        end(act);
        act->effects->defined = true;
    }
}

void import_break(struct board *board)
{
    if (board->intake_left) {
        board->intake_left = 0;
        board->importing = (struct source){0};
    }
}

/* Somebody has judged it: it is the board's now. */
static bool is_judged(const struct board *board, const struct import *import)
{
    for (uint32_t i = 0; i < import->ideas; i++) {
        const struct idea *idea = &board->ideas[import->first - 1 + i];

        if (idea->judged || tally_judged(&idea->tally)) {
            return true;
        }
    }
    return false;
}

enum err unimport_check(const struct board *board, const struct command *command,
                        const struct person *person)
{
    const struct import *import = board_import(board, &command->source);

    if (!is_lead(command, person)) {
        return ERR_FORBIDDEN;
    }
    if (!import) {
        return ERR_PARAMS;
    }
    if (import->undone) {
        return ERR_CONFLICT;
    }
    return is_importing(board) || is_judged(board, import) ? ERR_NOT_ALLOWED_NOW : OK;
}

static void take_out(struct act *act, uint32_t number)
{
    struct idea *idea = &act->board->ideas[number - 1];

    if (idea->state == IDEA_WITHDRAWN) {
        return;
    }
    text_dropped(act, idea->text);
    text_dropped(act, idea->source_text);
    merge_dissolve(act, number);
    idea_set_state(act, number, IDEA_WITHDRAWN);
}

void unimport_act(struct act *act)
{
    struct board *board = act->board;
    const struct import *found = board_import(board, &act->command->source);
    struct import *import = &board->imports[found - board->imports];

    for (uint32_t i = 0; i < import->ideas; i++) {
        take_out(act, import->first + i);
    }
    import->undone = true;
    act->effects->defined = true;
    act->effects->moderated = true;
}
