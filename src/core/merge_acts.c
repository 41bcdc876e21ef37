/*
 * merge_acts — several ideas that say the same become one, and can be told apart again.
 *
 * Nobody's ballot is moved: what counts of a person on a merged idea is found by
 * board_counted, so that taking ideas apart gives back exactly what was.
 */
#include "core/acts.h"

/* Tallies of the surviving idea and of one that has just joined or left it. Those of an
   earlier round stand as they closed. */
static void count_again(struct board *board, struct idea *root, struct idea *part)
{
    if (root->candidate != board->round) {
        return;
    }
    /* One that the round did not take is not counted by its rules. */
    bool alone = !part->merged_into && part->candidate == board->round;

    root->tally = (struct tally){0, 0, 0};
    part->tally = (struct tally){0, 0, 0};
    for (size_t i = 0; i < board->people_count; i++) {
        const struct person *person = &board->people[i];
        const struct ballot *counted = board_counted(board, person, root);

        if (counted) {
            ++*tally_of(&root->tally, (enum choice)counted->choice);
        }
        counted = alone ? board_counted(board, person, part) : NULL;
        if (counted) {
            ++*tally_of(&part->tally, (enum choice)counted->choice);
        }
    }
}

static struct idea *root_of(struct board *board, uint32_t number)
{
    return &board->ideas[board_survivor(board, &board->ideas[number - 1])->number - 1];
}

static void join(struct act *act, uint32_t into, uint32_t number)
{
    struct board *board = act->board;
    struct idea *root = &board->ideas[into - 1];
    struct idea *part = &board->ideas[number - 1];

    pool_add(board, root, board_competes(board, root) ? -1 : 0);
    idea_set_state(act, number, IDEA_MERGED);
    part->merged_into = into;
    part->merged_in = board->round;
    part->next_merged = root->first_merged;
    root->first_merged = number;
    board->merged++;
    count_again(board, root, part);
    root->tallied_version = part->tallied_version = act->version;
    pool_add(board, root, board_competes(board, root) ? 1 : 0);
    idea_changed(act, into);
    record_add(act, number)->into = into;
}

void merge_leave(struct act *act, uint32_t number)
{
    struct board *board = act->board;
    struct idea *part = &board->ideas[number - 1];
    struct idea *into = &board->ideas[part->merged_into - 1];
    struct idea *root = root_of(board, number);
    uint32_t *at = &into->first_merged;

    while (*at != number) {
        at = &board->ideas[*at - 1].next_merged;
    }
    *at = part->next_merged;
    part->next_merged = 0;
    part->merged_into = 0;
    part->merged_in = 0;
    board->merged--;
    pool_add(board, root, board_competes(board, root) ? -1 : 0);
    count_again(board, root, part);
    root->tallied_version = part->tallied_version = act->version;
    pool_add(board, root, board_competes(board, root) ? 1 : 0);
    idea_set_state(act, number, IDEA_SHOWN);
    if (case_of_idea(board, part) <= CASE_PENDING && !part->waiting_ms) {
        part->waiting_ms = act->now_ms; /* complaints are open that its merging set aside */
    }
    record_lapse(board, part, CMD_MERGE);
    idea_changed(act, root->number);
}

void merge_dissolve(struct act *act, uint32_t number)
{
    struct idea *idea = &act->board->ideas[number - 1];

    if (idea->merged_into) {
        merge_leave(act, number);
    }
    while (idea->first_merged) {
        merge_leave(act, idea->first_merged);
    }
}

static enum err part_check(const struct board *board, const struct idea *into,
                           const struct idea *idea)
{
    if (!idea || (idea->state != IDEA_SHOWN && idea->state != IDEA_MERGED)) {
        return ERR_UNKNOWN_IDEA;
    }
    if (idea == into || idea->state == IDEA_MERGED) {
        return ERR_CONFLICT;
    }
    /* One that is in the round and one that is not have nothing to share; nor have, after its
       end, one that goes on and one that does not. */
    bool same = board_competes(board, idea) == board_competes(board, into) &&
                (!board_is_between(board) || idea->outcome == into->outcome);

    return same ? OK : ERR_NOT_ALLOWED_NOW;
}

enum err merge_check(const struct board *board, const struct command *command,
                     const struct person *person)
{
    const struct idea *into = board_idea(board, command->idea);
    enum err err = staff_check(board, command, person);

    if (err) {
        return err;
    }
    if (!into || into->state != IDEA_SHOWN) {
        return ERR_UNKNOWN_IDEA;
    }
    if (!command->ideas_count || command->ideas_count > LIMIT_MERGE_COUNT) {
        return ERR_PARAMS;
    }
    for (uint32_t i = 0; i < command->ideas_count && !err; i++) {
        err = part_check(board, into, board_idea(board, command->ideas[i]));
    }
    return !err && command_has_twice(command) ? ERR_PARAMS : err;
}

void merge_act(struct act *act)
{
    for (uint32_t i = 0; i < act->command->ideas_count; i++) {
        join(act, act->command->idea, act->command->ideas[i]);
    }
    pool_refresh(act);
}

/* United since the round closed: the next one has not begun with it. */
static bool is_merged_since(const struct board *board, const struct idea *idea)
{
    const struct record *record = board_record(board, idea->handled);

    return record && record->kind == CMD_MERGE &&
           record->version > board->rounds[board->round - 1].closed_version;
}

/* Later, others have been judged in its place. */
bool merge_is_open(const struct board *board, const struct idea *idea)
{
    return idea->state == IDEA_MERGED && idea->merged_in == board->round &&
           (!board_is_between(board) || is_merged_since(board, idea));
}

enum err unmerge_check(const struct board *board, const struct command *command,
                       const struct person *person)
{
    const struct idea *idea = board_idea(board, command->idea);
    enum err err = staff_check(board, command, person);

    if (err) {
        return err;
    }
    if (!idea) {
        return ERR_UNKNOWN_IDEA;
    }
    if (idea->state != IDEA_MERGED) {
        return ERR_CONFLICT;
    }
    return merge_is_open(board, idea) ? OK : ERR_NOT_ALLOWED_NOW;
}

void unmerge_act(struct act *act)
{
    const struct idea *idea = &act->board->ideas[act->command->idea - 1];

    merge_leave(act, idea->number);
    if (appeal_is_against(act->board, idea, CMD_MERGE)) {
        (void)appeal_decide(act, idea->number, RESOLUTION_UPHELD);
    }
    record_add(act, act->command->idea);
    pool_refresh(act);
}
