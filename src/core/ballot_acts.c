#include "core/acts.h"
#include "core/serve.h"

/* The live mean is refreshed each time the ballots have grown by one eighth. */
static bool has_grown(const struct board *board)
{
    return board->sums.judged > board->pool.judged &&
           8 * (board->sums.judged - board->pool.judged) >= board->pool.judged;
}

/* Why the round takes no ballot on the idea. A gesture begun before the end that took it
   away is late; anything else was never possible. */
static enum err refusal(const struct board *board, const struct command *command,
                        const struct idea *root)
{
    uint32_t last = board_is_between(board) ? board->round : board->round - 1;

    if (!board->round || !last || root->candidate < last || op_is_none(command->op)) {
        return ERR_NOT_ALLOWED_NOW;
    }
    bool begun = board->definition.rounds[last - 1].allows & ALLOW_VOTE &&
                 op_time_ms(command->op) < board->rounds[last - 1].closed_ms;

    return begun ? ERR_TOO_LATE : ERR_NOT_ALLOWED_NOW;
}

/* In a fold without extensions nothing counts after the first schedule. */
static bool is_over(const struct board *board)
{
    const struct round *round = &board->rounds[board->round - 1];

    return board->omission.extensions && round->scheduled_ms &&
           board->last.ms > round->scheduled_ms;
}

/* An import tells of it: what staff have taken out of the ranking is still of the round. */
static bool is_told(const struct board *board, const struct idea *root)
{
    return import_tells(board) && root->candidate == board->round;
}

static enum err judge_check(const struct board *board, const struct command *command,
                            const struct person *person)
{
    const struct idea *idea = board_idea(board, command->idea);

    if (!idea || (idea->state != IDEA_SHOWN && idea->state != IDEA_MERGED &&
                  idea->state != IDEA_WITHDRAWN && !import_tells(board))) {
        return ERR_UNKNOWN_IDEA;
    }
    idea = board_survivor(board, idea);
    if (!board_is_open(board) || !(board_round(board)->allows & ALLOW_VOTE) ||
        (!board_competes(board, idea) && !is_told(board, idea)) || is_over(board)) {
        return refusal(board, command, idea);
    }
    if (person->role >= ROLE_MODERATOR && !board->definition.staff_ballots_count) {
        return ERR_FORBIDDEN;
    }
    return OK;
}

/* In a fold that leaves something out ideas were served as they were: what is left out takes
   nothing else with it. */
static bool was_shown(const struct board *board, const struct idea *root)
{
    return board_omits(board) || is_told(board, root);
}

/* Served: it itself, or what it was merged with; or counted elsewhere. */
static bool was_served(const struct board *board, const struct person *person,
                       const struct idea *root)
{
    const struct idea *part = NULL;

    if (import_tells(board) && board_round(board)->ballots == BALLOTS_SERVED) {
        return true;
    }
    while ((part = board_next_part(board, root, part)) != NULL) {
        const struct ballot *ballot = person_ballot(person, part->number);

        if (ballot && ballot->served) {
            return true;
        }
    }
    return false;
}

enum err vote_check(const struct board *board, const struct command *command,
                    const struct person *person)
{
    enum err err = judge_check(board, command, person);

    if (err) {
        return err;
    }
    const struct round_definition *round = board_round(board);
    const struct idea *root = board_survivor(board, board_idea(board, command->idea));

    if (!board->definition.own_ballots_count && board_wrote(board, person, root)) {
        return ERR_OWN_IDEA;
    }
    if (round->ballots == BALLOTS_SERVED && !was_served(board, person, root)) {
        return refusal(board, command, root);
    }
    const struct ballot *ballot = person_ballot(person, command->idea);
    bool first = !ballot || ballot->choice == CHOICE_NONE || ballot->cast_in != board->round;

    return first && round->votes_per_person && person->votes >= round->votes_per_person
               ? ERR_OVER_BUDGET
               : OK;
}

static void answer_serving(struct idea *idea, struct ballot *ballot)
{
    if (ballot->in_flight) {
        ballot->in_flight = 0;
        idea->in_flight--;
    }
}

static enum choice contribution(const struct act *act, const struct idea *root)
{
    const struct ballot *ballot = board_counted(act->board, act->person, root);

    return ballot ? (enum choice)ballot->choice : CHOICE_NONE;
}

/* Puts what the person adds to the tally of a surviving idea in place of what they did. */
static void retally(struct act *act, struct idea *root, enum choice before)
{
    enum choice after = contribution(act, root);
    int competes = board_competes(act->board, root);

    pool_add(act->board, root, -competes);
    if (before != CHOICE_NONE) {
        --*tally_of(&root->tally, before);
    }
    if (after != CHOICE_NONE) {
        ++*tally_of(&root->tally, after);
    }
    pool_add(act->board, root, competes);
    root->tallied_version = act->version;
    act->effects->tally = root->number;
}

static struct idea *root_of(const struct act *act, uint32_t number)
{
    const struct idea *root = board_survivor(act->board, &act->board->ideas[number - 1]);

    return &act->board->ideas[root->number - 1];
}

static void set_choice(struct act *act, struct idea *idea, enum choice choice)
{
    struct board *board = act->board;
    struct ballot *ballot = person_ballot_get(act->person, idea->number);
    struct idea *root = root_of(act, idea->number);
    enum choice before = contribution(act, root);
    bool stood = ballot->choice != CHOICE_NONE;
    bool was_vetted = board_is_vetted(board, root);

    answer_serving(idea, ballot);
    board->ballots -= stood;
    board->ballots += choice != CHOICE_NONE;
    act->person->judged -= stood;
    act->person->judged += choice != CHOICE_NONE;
    act->person->votes -= stood && ballot->cast_in == board->round;
    act->person->votes += choice != CHOICE_NONE;
    ballot->choice = (unsigned)choice & 3u;
    ballot->cast_in = board->round & 31u;
    ballot->version = (uint32_t)act->version;
    if (was_served(board, act->person, root)) {
        ballot->served = 1; /* a part of the same was */
    }
    retally(act, root, before);
    if (board_is_vetted(board, root) != was_vetted) {
        idea_changed(act, root->number);
    }
}

void vote_act(struct act *act)
{
    struct idea *idea = &act->board->ideas[act->command->idea - 1];

    idea->judged = idea->judged || idea->author != act->person->number;
    act->board->rounds[act->board->round - 1].cast++;
    set_choice(act, idea, act->command->choice);
    if (has_grown(act->board)) {
        pool_refresh(act);
    }
}

/* What is withdrawn: the ballot that counts, on whatever part it is; or else that on the idea.
 */
static const struct ballot *given(const struct board *board, const struct person *person,
                                  uint32_t number)
{
    const struct idea *root = board_survivor(board, board_idea(board, number));
    const struct ballot *counted = board_counted(board, person, root);

    return counted ? counted : person_ballot(person, number);
}

enum err unvote_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    enum err err = judge_check(board, command, person);

    if (err) {
        return err;
    }
    const struct ballot *ballot = given(board, person, command->idea);

    return ballot && ballot->choice != CHOICE_NONE ? OK : ERR_CONFLICT;
}

/* On whatever parts of it the person had judged: none of them stands in its place. */
void unvote_act(struct act *act)
{
    const struct idea *root = root_of(act, act->command->idea);
    const struct ballot *ballot = given(act->board, act->person, act->command->idea);

    do {
        set_choice(act, &act->board->ideas[ballot->idea - 1], CHOICE_NONE);
    } while ((ballot = board_counted(act->board, act->person, root)) != NULL);
}

enum err serve_check(const struct board *board, const struct command *command,
                     const struct person *person)
{
    if (!board_is_open(board) || !(board_round(board)->allows & ALLOW_VOTE)) {
        return ERR_NOT_ALLOWED_NOW;
    }
    if (person->role >= ROLE_MODERATOR && !board->definition.staff_ballots_count) {
        return ERR_FORBIDDEN;
    }
    if (!command->ideas_count || command->ideas_count > LIMIT_SERVE_COUNT ||
        command->chosen_at > board->version) {
        return ERR_PARAMS;
    }
    if (command->ideas_count > serve_cap_left(board, person) && !import_tells(board) &&
        !board_omits(board)) {
        return ERR_OVER_BUDGET; /* two tabs asked at the same moment */
    }
    for (uint32_t i = 0; i < command->ideas_count; i++) {
        const struct idea *idea = board_idea(board, command->ideas[i]);

        if (!idea || (!serve_may(board, person, idea) && !was_shown(board, idea))) {
            return ERR_NOT_ALLOWED_NOW;
        }
    }
    return command_has_twice(command) ? ERR_PARAMS : OK;
}

static void push_serving(struct serving_queue *queue, struct serving serving)
{
    if (queue->first > queue->room / 2) {
        for (size_t i = 0; i < queue->count; i++) {
            queue->items[i] = queue->items[queue->first + i];
        }
        queue->first = 0;
    }
    queue->items = mem_reserve(queue->items, queue->first + queue->count, &queue->room,
                               sizeof *queue->items);
    queue->items[queue->first + queue->count++] = serving;
}

/* An earlier serving of the same idea to the same person ends with the new one. */
static void end_serving(struct serving_queue *queue, uint32_t person, uint32_t idea)
{
    for (size_t i = queue->first; i < queue->first + queue->count; i++) {
        if (queue->items[i].person == person && queue->items[i].idea == idea) {
            queue->items[i].person = 0;
        }
    }
}

/* A ballot from before it was ever served counts from now on, where only served ones do. */
static void serve_one(struct act *act, struct idea *idea)
{
    struct ballot *ballot = person_ballot_get(act->person, idea->number);
    struct serving_queue *queue = &act->board->servings;
    enum choice before = contribution(act, idea);

    if (ballot->served) {
        end_serving(queue, act->person->number, idea->number);
    }
    ballot->served = 1;
    bool answered = contribution(act, idea) != before;

    if (answered) {
        retally(act, idea, before);
        idea_changed(act, idea->number);
    } else {
        idea->in_flight += !ballot->in_flight;
        ballot->in_flight = 1;
    }
    push_serving(queue, (struct serving){
                            .at_ms = act->board->last.ms, /* an import's times may go back */
                            .version = (uint32_t)act->version,
                            .person = answered ? 0 : act->person->number,
                            .idea = idea->number,
                        });
}

void serve_act(struct act *act)
{
    for (uint32_t i = 0; i < act->command->ideas_count; i++) {
        serve_one(act, &act->board->ideas[act->command->ideas[i] - 1]);
    }
    act->person->served += act->command->ideas_count;
    act->board->line.used = true;
}

void servings_expire(struct board *board, uint64_t now_ms)
{
    const struct round_definition *round = board_round(board);
    struct serving_queue *queue = &board->servings;
    uint64_t lifetime_ms = round ? (uint64_t)round->serving_s * 1000 : 0;

    while (queue->count && queue->items[queue->first].at_ms + lifetime_ms <= now_ms) {
        const struct serving *serving = &queue->items[queue->first];

        if (serving->person) {
            answer_serving(
                &board->ideas[serving->idea - 1],
                person_ballot_get(&board->people[serving->person - 1], serving->idea));
        }
        queue->first++;
        queue->count--;
    }
}

enum err skip_check(const struct board *board, const struct command *command,
                    const struct person *person)
{
    enum err err = judge_check(board, command, person);
    const struct ballot *ballot = person_ballot(person, command->idea);

    if (err) {
        return err;
    }
    const struct idea *root = board_survivor(board, board_idea(board, command->idea));

    return ballot && ballot->served && !board_counted(board, person, root)
               ? OK
               : ERR_NOT_ALLOWED_NOW;
}

void skip_act(struct act *act)
{
    struct idea *idea = &act->board->ideas[act->command->idea - 1];
    struct ballot *ballot = person_ballot_get(act->person, idea->number);

    answer_serving(idea, ballot);
    ballot->skipped = 1;
}
