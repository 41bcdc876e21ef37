/* board_acts — a lead changes what a board says of itself, closes it, puts it away. */
#include "core/acts.h"

#include <string.h>

static enum err lead_check(const struct command *command, const struct person *person)
{
    return command->person && (!person || person->role < ROLE_LEAD) ? ERR_FORBIDDEN : OK;
}

static bool is_begun_by(const char (*all)[LIMIT_THEME_MAX_BYTES + 1], uint32_t all_count,
                        const char (*first)[LIMIT_THEME_MAX_BYTES + 1], uint32_t first_count)
{
    for (uint32_t i = 0; i < first_count; i++) {
        if (i >= all_count || strcmp(all[i], first[i]) != 0) {
            return false;
        }
    }
    return true;
}

/* Numbers of themes and groups stand in the log, so that these only ever grow at their end. */
static bool only_grows(const struct definition *to, const struct definition *from)
{
    return is_begun_by(to->themes, to->themes_count, from->themes, from->themes_count) &&
           is_begun_by(to->groups, to->groups_count, from->groups, from->groups_count);
}

/* Somebody's idea or declaration names a theme or a group by its number, or may. */
static bool is_used(const struct board *board)
{
    bool used = board->round || board->ideas_count;

    for (size_t i = 0; i < board->people_count && !used; i++) {
        used = board->people[i].declared;
    }
    return used;
}

enum err define_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    const struct definition *from = &board->definition;
    const struct definition *to = command->definition;
    enum err err = lead_check(command, person);

    if (err || !to) {
        return err ? err : ERR_PARAMS;
    }
    if (strcmp(to->key_id, from->key_id) != 0 || strcmp(to->slug, from->slug) != 0 ||
        ref_is_none(to->title.ref) || !to->rounds_count) {
        return ERR_PARAMS;
    }
    if (board->state >= BOARD_CLOSED) {
        return ERR_NOT_ALLOWED_NOW;
    }
    return is_used(board) && !only_grows(to, from) ? ERR_NOT_ALLOWED_NOW : OK;
}

static void drop_unless_kept(struct act *act, struct text_use before, struct text_use now)
{
    if (memcmp(&before.ref, &now.ref, sizeof before.ref) != 0) {
        text_dropped(act, before.ref);
    }
}

/* Once a round has opened, its rules and those of the next stand as they were published: what
   the entry says of them is not taken. */
void define_act(struct act *act)
{
    struct definition *definition = &act->board->definition;
    const struct definition *to = act->command->definition;
    struct definition *before = mem_alloc(sizeof *before);

    *before = *definition;
    *definition = *to;
    definition->draft = before->draft;
    definition->publish_log = before->publish_log;
    if (act->board->round) {
        memcpy(definition->rounds, before->rounds, sizeof definition->rounds);
        definition->rounds_count = before->rounds_count;
        definition->visibility = before->visibility;
        definition->entry = before->entry;
        definition->own_ballots_count = before->own_ballots_count;
        definition->staff_ballots_count = before->staff_ballots_count;
        definition->idea_min = before->idea_min;
        definition->idea_max = before->idea_max;
    }
    drop_unless_kept(act, before->title, definition->title);
    drop_unless_kept(act, before->question, definition->question);
    drop_unless_kept(act, before->about, definition->about);
    act->effects->defined = true;
    mem_free(before);
}

static bool is_running(const struct board *board)
{
    return board->round && !board->rounds[board->round - 1].closed_version;
}

enum err state_check(const struct board *board, const struct command *command,
                     const struct person *person)
{
    enum err err = lead_check(command, person);
    enum board_state to = command->board_state;

    if (err) {
        return err;
    }
    if (to == BOARD_DRAFT || to > BOARD_ARCHIVED) {
        return ERR_PARAMS;
    }
    /* Opened again is what was open before; and no round is cut off by the way. */
    bool back = to == BOARD_OPEN && (board->state != BOARD_CLOSED || !board->round);

    return to == board->state || back || is_running(board) ? ERR_NOT_ALLOWED_NOW : OK;
}

void state_act(struct act *act)
{
    act->board->state = act->command->board_state;
    act->effects->defined = true;
}

bool board_takes(const struct board *board, enum command_kind kind)
{
    return board->state != BOARD_ARCHIVED || kind == CMD_STATE || kind == CMD_EPOCH ||
           kind == CMD_PERSON || kind == CMD_ROLE || kind == CMD_ERASE || kind == CMD_HIDE ||
           kind == CMD_RESTORE;
}
