#include "core/acts.h"
#include "core/serve.h"

/* The live mean is refreshed each time the ballots have grown by one eighth. */
static bool has_grown(const struct board *board)
{
    return board->sums.judged > board->pool.judged &&
           8 * (board->sums.judged - board->pool.judged) >= board->pool.judged;
}

static bool is_own(const struct idea *idea, const struct person *person)
{
    return idea->author == person->number;
}

static enum err judge_check(const struct board *board, const struct idea *idea,
                            const struct person *person)
{
    const struct round_definition *round = board_round(board);

    if (!idea || idea->state == IDEA_HIDDEN || idea->state == IDEA_PENDING) {
        return ERR_UNKNOWN_IDEA;
    }
    if (board->state != BOARD_OPEN || !round || !(round->allows & ALLOW_VOTE) ||
        !board_competes(board, idea)) {
        return ERR_NOT_ALLOWED_NOW;
    }
    if (person->role >= ROLE_MODERATOR && !board->definition.staff_ballots_count) {
        return ERR_FORBIDDEN;
    }
    return OK;
}

enum err vote_check(const struct board *board, const struct command *command,
                    const struct person *person)
{
    const struct idea *idea = board_idea(board, command->idea);
    const struct round_definition *round = board_round(board);
    enum err err = judge_check(board, idea, person);

    if (err) {
        return err;
    }
    if (is_own(idea, person) && !board->definition.own_ballots_count) {
        return ERR_OWN_IDEA;
    }
    const struct ballot *ballot = person_ballot(person, command->idea);

    if (round->ballots == BALLOTS_SERVED && !(ballot && ballot->served)) {
        return ERR_NOT_ALLOWED_NOW;
    }
    bool first = !ballot || ballot->choice == CHOICE_NONE;

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

/* Puts the choice in place of what stood, in the ballot, the tally and the pool. */
static void set_choice(struct act *act, struct idea *idea, struct ballot *ballot,
                       enum choice choice)
{
    struct board *board = act->board;

    pool_add(board, idea, -1);
    if (ballot->choice != CHOICE_NONE) {
        --*tally_of(&idea->tally, (enum choice)ballot->choice);
        board->ballots--;
        act->person->votes--;
    }
    if (choice != CHOICE_NONE) {
        ++*tally_of(&idea->tally, choice);
        board->ballots++;
        act->person->votes++;
    }
    pool_add(board, idea, 1);
    ballot->choice = (unsigned)choice & 3u;
    ballot->version = (uint32_t)act->version;
    idea->tallied_version = act->version;
    act->effects->tally = idea->number;
}

void vote_act(struct act *act)
{
    struct idea *idea = &act->board->ideas[act->command->idea - 1];
    struct ballot *ballot = person_ballot_get(act->person, idea->number);

    answer_serving(idea, ballot);
    idea->judged = idea->judged || !is_own(idea, act->person);
    set_choice(act, idea, ballot, act->command->choice);
    if (has_grown(act->board)) {
        pool_refresh(act);
    }
}

enum err unvote_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    const struct idea *idea = board_idea(board, command->idea);
    enum err err = judge_check(board, idea, person);
    const struct ballot *ballot = person_ballot(person, command->idea);

    if (err) {
        return err;
    }
    return ballot && ballot->choice != CHOICE_NONE ? OK : ERR_CONFLICT;
}

void unvote_act(struct act *act)
{
    struct idea *idea = &act->board->ideas[act->command->idea - 1];

    set_choice(act, idea, person_ballot_get(act->person, idea->number), CHOICE_NONE);
}

static bool has_twice(const struct command *command)
{
    bool twice = false;

    for (uint32_t i = 1; i < command->ideas_count; i++) {
        for (uint32_t k = 0; k < i; k++) {
            twice = twice || command->ideas[k] == command->ideas[i];
        }
    }
    return twice;
}

enum err serve_check(const struct board *board, const struct command *command,
                     const struct person *person)
{
    const struct round_definition *round = board_round(board);

    if (board->state != BOARD_OPEN || !round || !(round->allows & ALLOW_VOTE)) {
        return ERR_NOT_ALLOWED_NOW;
    }
    if (person->role >= ROLE_MODERATOR && !board->definition.staff_ballots_count) {
        return ERR_FORBIDDEN;
    }
    if (!command->ideas_count || command->ideas_count > LIMIT_SERVE_COUNT) {
        return ERR_PARAMS;
    }
    if (command->ideas_count > serve_cap_left(board, person)) {
        return ERR_OVER_BUDGET; /* two tabs asked at the same moment */
    }
    for (uint32_t i = 0; i < command->ideas_count; i++) {
        const struct idea *idea = board_idea(board, command->ideas[i]);

        if (!idea || !serve_may(board, person, idea)) {
            return ERR_NOT_ALLOWED_NOW;
        }
    }
    return has_twice(command) ? ERR_PARAMS : OK;
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

void serve_act(struct act *act)
{
    for (uint32_t i = 0; i < act->command->ideas_count; i++) {
        uint32_t number = act->command->ideas[i];
        struct ballot *ballot = person_ballot_get(act->person, number);

        ballot->served = 1;
        ballot->in_flight = 1;
        ballot->version = (uint32_t)act->version;
        act->board->ideas[number - 1].in_flight++;
        push_serving(&act->board->servings, (struct serving){
                                                .at_ms = act->now_ms,
                                                .version = (uint32_t)act->version,
                                                .person = act->person->number,
                                                .idea = number,
                                            });
    }
    act->person->served += act->command->ideas_count;
}

void servings_expire(struct board *board, uint64_t now_ms)
{
    const struct round_definition *round = board_round(board);
    struct serving_queue *queue = &board->servings;
    uint64_t lifetime_ms = round ? (uint64_t)round->serving_s * 1000 : 0;

    while (queue->count && queue->items[queue->first].at_ms + lifetime_ms <= now_ms) {
        const struct serving *serving = &queue->items[queue->first];
        struct person *person = &board->people[serving->person - 1];
        struct ballot *ballot = person_ballot_get(person, serving->idea);

        if (ballot->in_flight && ballot->version == serving->version) {
            answer_serving(&board->ideas[serving->idea - 1], ballot);
        }
        queue->first++;
        queue->count--;
    }
}

enum err skip_check(const struct board *board, const struct command *command,
                    const struct person *person)
{
    const struct ballot *ballot = person_ballot(person, command->idea);
    enum err err = judge_check(board, board_idea(board, command->idea), person);

    if (err) {
        return err;
    }
    return ballot && ballot->served && ballot->choice == CHOICE_NONE ? OK : ERR_NOT_ALLOWED_NOW;
}

void skip_act(struct act *act)
{
    struct idea *idea = &act->board->ideas[act->command->idea - 1];
    struct ballot *ballot = person_ballot_get(act->person, idea->number);

    answer_serving(idea, ballot);
    ballot->skipped = 1;
    ballot->version = (uint32_t)act->version;
}
