#include "core/acts.h"

/* It is of an import under way, which brings what was accepted elsewhere. */
static bool is_imported(const struct board *board, const struct command *command)
{
    return import_tells(board) || (board->intake_left && import_has(board, command));
}

static enum err length_check(const struct board *board, const struct command *command)
{
    uint32_t length = command->text.length;

    if (length == 0) {
        return ERR_EMPTY;
    }
    if (is_imported(board, command)) {
        return length > LIMIT_TEXT_MAX_GRAPHEMES ? ERR_TOO_LONG : OK;
    }
    if (length < board->definition.idea_min) {
        return ERR_TOO_SHORT;
    }
    return length > board->definition.idea_max ? ERR_TOO_LONG : OK;
}

/* It was begun before the round closed that would have taken it, and that is not long ago. */
static bool is_in_grace(const struct board *board, const struct command *command,
                        unsigned needed)
{
    uint32_t last = board_is_between(board) ? board->round : board->round - 1;

    if (!board->round || !last || op_is_none(command->op)) {
        return false;
    }
    const struct round *round = &board->rounds[last - 1];

    return board->definition.rounds[last - 1].allows & needed &&
           op_time_ms(command->op) < round->closed_ms &&
           board->last.ms <= round->closed_ms + LIMIT_POST_GRACE_MS;
}

/* Nobody but staff writes. */
static bool is_frozen(const struct board *board, const struct person *person)
{
    return board->frozen && person && person->role < ROLE_MODERATOR;
}

/* Staff put an idea in before the board opens, and in any round that is not a final. */
static enum err seed_check(const struct board *board)
{
    const struct round_definition *round = board_round(board);
    bool final = round && round->final && !board->rounds[board->round - 1].closed_version;

    return (board->state == BOARD_DRAFT || board->state == BOARD_OPEN) && !final
               ? OK
               : ERR_NOT_ALLOWED_NOW;
}

static enum err round_check(const struct board *board, const struct command *command,
                            const struct person *person)
{
    const struct round_definition *round = board_round(board);
    unsigned needed = command->relation == RELATION_IDEA ? ALLOW_POST : ALLOW_BUILD;
    bool takes = import_tells(board) || (board_is_open(board) && round->allows & needed);

    if (board->intake_left && is_imported(board, command)) {
        return OK; /* a lead decides when */
    }
    if (command->source.system[0] && !board->importing.system[0]) {
        return ERR_NOT_ALLOWED_NOW; /* what is left of an import that was cut off */
    }
    if (command->seed && person) {
        return seed_check(board);
    }
    if ((!takes && !is_in_grace(board, command, needed)) || is_frozen(board, person)) {
        return ERR_NOT_ALLOWED_NOW;
    }
    if (person && round && !command->proxy && round->posts_per_person &&
        person->posts >= round->posts_per_person) {
        return ERR_OVER_BUDGET;
    }
    return OK;
}

/* What an import brings may wait together with what it answers. */
static bool is_readable(const struct board *board, const struct command *command,
                        const struct idea *idea)
{
    return idea->state == IDEA_SHOWN ||
           (idea->state == IDEA_PENDING && is_imported(board, command));
}

/* A reply hangs on an idea that everybody can read. */
static enum err parent_check(const struct board *board, const struct command *command)
{
    const struct idea *parent = board_idea(board, command->parent);

    if (command->relation == RELATION_IDEA) {
        return command->parent || command->with ? ERR_PARAMS : OK;
    }
    if (!parent || !is_readable(board, command, parent)) {
        return ERR_UNKNOWN_IDEA;
    }
    if (parent->depth >= LIMIT_DEPTH) {
        return ERR_FULL;
    }
    if (!command->with) {
        return OK;
    }
    const struct idea *with = board_idea(board, command->with);

    return with && with->state == IDEA_SHOWN && with != parent ? OK : ERR_UNKNOWN_IDEA;
}

enum err post_check(const struct board *board, const struct command *command,
                    const struct person *person)
{
    bool by_staff = command->seed || command->proxy;
    bool staff = !person || person->role >= ROLE_MODERATOR;
    enum err err = by_staff && !staff ? ERR_FORBIDDEN : round_check(board, command, person);

    if (!err) {
        err = parent_check(board, command);
    }
    if (!err && command->theme > board->definition.themes_count) {
        err = ERR_PARAMS;
    }
    if (!err) {
        err = length_check(board, command);
    }
    return !err && board->ideas_count >= LIMIT_IDEAS ? ERR_FULL : err;
}

static struct idea *add_idea(struct board *board)
{
    board->ideas =
        mem_reserve(board->ideas, board->ideas_count, &board->ideas_room, sizeof *board->ideas);
    struct idea *idea = &board->ideas[board->ideas_count++];

    *idea = (struct idea){.number = (uint32_t)board->ideas_count};
    idea->root = idea->number;
    return idea;
}

static void hang(struct act *act, uint32_t number)
{
    struct idea *parent = idea_changed(act, act->command->parent);
    struct idea *idea = &act->board->ideas[number - 1];

    parent->replies += idea->state == IDEA_SHOWN;
    idea->root = parent->root;
    idea->depth = parent->depth + 1;
    if (idea->with) {
        idea_changed(act, idea->with)->replies += idea->state == IDEA_SHOWN;
    }
}

/* It takes part in the open round. A final has its finalists, and takes no more. */
static bool enters(const struct board *board, enum relation relation)
{
    const struct round_definition *round = board_round(board);

    return board->round && !board->rounds[board->round - 1].closed_version && !round->final &&
           round->compete >> relation & 1u;
}

/* Others see it once staff have. */
static bool is_held(const struct act *act)
{
    return act->command->held ||
           (act->person && act->person->role < ROLE_MODERATOR &&
            !act->board->importing.system[0] && board_premoderates(act->board, act->now_ms));
}

void post_act(struct act *act)
{
    const struct command *command = act->command;
    struct idea *idea = add_idea(act->board);

    idea->author = act->person && !command->proxy ? act->person->number : 0;
    idea->parent = command->parent;
    idea->with = command->with;
    idea->relation = command->relation;
    idea->posted_in = act->board->round;
    if (enters(act->board, command->relation)) {
        idea->candidate = act->board->round;
        act->board->rounds[act->board->round - 1].joined++;
    }
    idea->theme = command->theme;
    idea->seed = command->seed;
    idea->proxy = command->proxy;
    idea->text = command->text.ref;
    idea->source_text = command->source_text.ref;
    idea->source = command->source;
    idea->op = command->op;
    idea->at_ms = act->now_ms;
    idea->created_version = act->version;
    idea->tallied_version = act->version;
    for (size_t i = 0; i < LANG_BYTES; i++) {
        idea->lang[i] = command->lang[i];
    }
    uint32_t number = idea->number;

    if (is_held(act)) {
        idea->state = IDEA_PENDING;
        idea_begins_to_wait(act, number);
    }
    import_count(act);
    idea_changed(act, number);
    act->effects->moderated = true; /* staff have not read it */
    if (command->parent) {
        hang(act, number);
    }
    if (act->person && !command->proxy) {
        act->person->posts += !command->seed; /* what staff begin with is beside the budget */
        person_add_own(act->person, number);
    }
}

/* The idea, when the person wrote it; hidden ones too, their author may see them. */
static enum err own_check(const struct board *board, const struct command *command,
                          const struct person *person)
{
    const struct idea *idea = board_idea(board, command->idea);

    if (!idea || idea->state == IDEA_WITHDRAWN) {
        return ERR_UNKNOWN_IDEA;
    }
    if (!person || idea->author != person->number) {
        return idea->state == IDEA_SHOWN ? ERR_FORBIDDEN : ERR_UNKNOWN_IDEA;
    }
    /* What is in a draft was put in by staff, who put it right before anybody reads it. */
    return board->state == BOARD_OPEN || board->state == BOARD_DRAFT ? OK : ERR_NOT_ALLOWED_NOW;
}

enum err edit_check(const struct board *board, const struct command *command,
                    const struct person *person)
{
    const struct idea *idea = board_idea(board, command->idea);
    enum err err = own_check(board, command, person);

    if (!err && (idea->judged || idea->state == IDEA_MERGED || is_frozen(board, person))) {
        err = ERR_NOT_ALLOWED_NOW;
    }
    return err ? err : length_check(board, command);
}

void edit_act(struct act *act)
{
    struct idea *idea = idea_changed(act, act->command->idea);

    text_dropped(act, idea->text);
    idea->text = act->command->text.ref;
    idea->approved = false; /* that was another text */
    act->effects->moderated = true;
    undo_forget(act, idea, is_held(act));
    if (is_held(act) && idea->state == IDEA_SHOWN) {
        idea_set_state(act, idea->number, IDEA_PENDING);
        idea_begins_to_wait(act, idea->number);
    }
}

/* Takes an idea out of the ranking or brings it back, its ballots untouched. */
void idea_set_state(struct act *act, uint32_t number, enum idea_state state)
{
    struct idea *idea = idea_changed(act, number);
    bool competed = board_competes(act->board, idea);
    bool was_shown = idea->state == IDEA_SHOWN;

    idea->state = state;
    bool competes = board_competes(act->board, idea);

    if (competed != competes) {
        idea->tallied_version = act->version; /* it is among the scores again, or no more */
        pool_add(act->board, idea, competes ? 1 : -1);
        pool_refresh(act);
    }
    if (idea->parent && was_shown != (state == IDEA_SHOWN)) {
        idea_changed(act, idea->parent)->replies += state == IDEA_SHOWN ? 1u : UINT32_MAX;
        if (idea->with) {
            idea_changed(act, idea->with)->replies += state == IDEA_SHOWN ? 1u : UINT32_MAX;
        }
    }
}

enum err withdraw_check(const struct board *board, const struct command *command,
                        const struct person *person)
{
    return own_check(board, command, person);
}

void withdraw_act(struct act *act)
{
    const struct idea *idea = &act->board->ideas[act->command->idea - 1];

    text_dropped(act, idea->text);
    text_dropped(act, idea->source_text);
    act->effects->moderated = true; /* it may have waited */
    merge_dissolve(act, act->command->idea);
    idea_set_state(act, act->command->idea, IDEA_WITHDRAWN);
}
