#include "core/round.h"

#include "core/queue.h"

static const struct round_definition no_round = {.rule = {.carry_over = true}};

static const struct round_definition *present(const struct board *board)
{
    const struct round_definition *round = board_round(board);

    return round ? round : &no_round;
}

void round_candidates(const struct board *board, struct selection *out)
{
    for (size_t i = 0; i < board->ideas_count; i++) {
        const struct idea *idea = &board->ideas[i];

        if (board_competes(board, idea)) {
            selection_add(out, idea->number, idea->theme, &idea->tally);
        }
    }
}

void round_order(const struct board *board, struct selection *selection)
{
    if (present(board)->final) {
        final_rank(selection, present(board)->rule.min_judges);
        return;
    }
    struct ranked *items = mem_array(selection->count, sizeof *items);

    for (size_t i = 0; i < selection->count; i++) {
        items[i] = (struct ranked){selection->items[i].idea, selection->items[i].tally};
    }
    rank_sort(board->pool, items, selection->count);
    for (size_t i = 0; i < selection->count; i++) {
        selection->items[i] = (struct standing){.idea = items[i].idea, .tally = items[i].tally};
    }
    mem_free(items);
}

uint32_t round_seats(const struct rule *rule, size_t candidates)
{
    if (rule->keep == KEEP_TOP) {
        return rule->top;
    }
    if (rule->keep == KEEP_SHARE) {
        uint64_t seats = (2 * (uint64_t)rule->ppm * candidates + PPM) / (2 * (uint64_t)PPM);

        return seats ? (uint32_t)seats : 1;
    }
    return 0;
}

static void count_in_groups(struct round_result *out, const struct person *person,
                            const struct ballot *ballot)
{
    for (uint32_t g = 0; g < out->groups_count; g++) {
        if (person->groups >> g & 1u) {
            out->groups[g].judged++;
            out->groups[g].agree += ballot->choice == CHOICE_AGREE;
        }
    }
}

/* What people say of the winner, by the groups that they declared. */
static void count_groups(const struct board *board, struct round_result *out)
{
    const struct idea *winner = board_idea(board, out->selection.items[0].idea);

    out->groups_count = board->definition.groups_count;
    for (uint32_t g = 0; g < out->groups_count; g++) {
        out->groups[g] = board_told(board, winner->number, g + 1);
        out->groups[g].group = g + 1;
    }
    for (size_t i = 0; i < board->people_count; i++) {
        const struct person *person = &board->people[i];
        const struct ballot *ballot =
            person->groups ? board_counted(board, person, winner) : NULL;

        if (ballot) {
            count_in_groups(out, person, ballot);
        }
    }
}

/* The ballot stands on an idea of the round, and the round counts it or one beside it. */
static bool is_of_round(const struct board *board, const struct person *person,
                        const struct ballot *ballot)
{
    if (!ballot->idea || ballot->choice == CHOICE_NONE) {
        return false;
    }
    const struct idea *root = board_survivor(board, board_idea(board, ballot->idea));

    return board_competes(board, root) && board_counted(board, person, root);
}

static bool has_judged(const struct board *board, const struct person *person)
{
    for (uint32_t i = 0; i < person->ballots_room; i++) {
        if (is_of_round(board, person, &person->ballots[i])) {
            return true;
        }
    }
    return false;
}

/* Most favourable ballots first, as most systems would: only to compare with. */
static void put_most_liked_first(struct selection *selection)
{
    size_t best = 0;

    for (size_t i = 1; i < selection->count; i++) {
        const struct standing *item = &selection->items[i];
        const struct standing *first = &selection->items[best];

        if (item->tally.agree > first->tally.agree ||
            (item->tally.agree == first->tally.agree && item->idea < first->idea)) {
            best = i;
        }
    }
    if (selection->count) {
        struct standing item = selection->items[best];

        selection->items[best] = selection->items[0];
        selection->items[0] = item;
    }
}

static void judge_final(const struct board *board, struct round_result *out)
{
    final_rank(&out->selection, present(board)->rule.min_judges);
    if (board->omission.opposition) {
        put_most_liked_first(&out->selection);
    }
    if (out->selection.count) {
        count_groups(board, out);
    }
    static const struct final_tests tests = {.group_min = FINAL_GROUP_MIN,
                                             .trim_ppm = FINAL_TRIM_PPM};

    final_verdict(&out->selection, out->groups, out->groups_count, &tests, &out->verdict);
}

void round_result_now(const struct board *board, struct round_result *out)
{
    *out = (struct round_result){.final = present(board)->final,
                                 .participants = (uint32_t)board->active_people};
    round_candidates(board, &out->selection);
    for (size_t i = 0; i < board->people_count; i++) {
        out->judges += has_judged(board, &board->people[i]);
    }
    if (out->final) {
        judge_final(board, out);
    } else {
        selection_run(&out->selection, &present(board)->rule, RANK_K0);
    }
}

void round_result_finish(struct round_result *result)
{
    selection_finish(&result->selection);
}

const struct round_result *round_result(const struct board *board, uint32_t number)
{
    return number >= 1 && number <= board->definition.rounds_count
               ? board->rounds[number - 1].result
               : NULL;
}

uint64_t round_opens_ms(const struct board *board, uint32_t number)
{
    bool next = board->state == BOARD_OPEN && number == board->round + 1 &&
                number <= board->definition.rounds_count;

    return next ? board->definition.rounds[number - 1].opens_at_ms : 0;
}

uint64_t round_closes_ms(const struct board *board, uint32_t number)
{
    bool open =
        number && number == board->round && board->rounds[number - 1].state == ROUND_OPEN;

    return open ? board->rounds[number - 1].closes_at_ms : 0;
}

static bool competes_in(const struct round_definition *round, const struct idea *idea)
{
    return round->compete >> idea->relation & 1u;
}

/* It survived the round before, or was posted when that could not take it any more. */
static bool goes_on(const struct board *board, const struct idea *idea)
{
    uint32_t before = board->round - 1;

    if (before == 0) {
        return true;
    }
    if (idea->created_version > board->rounds[before - 1].closed_version) {
        return !present(board)->final;
    }
    if (board->definition.rounds[before - 1].rule.keep == KEEP_ALL) {
        return idea->candidate == before || idea->posted_in >= before;
    }
    return idea->candidate == before && idea->outcome != OUTCOME_ELIMINATED;
}

void round_enter(struct board *board)
{
    const struct round_definition *round = present(board);
    struct round *state = &board->rounds[board->round - 1];

    state->candidates = 0;
    for (size_t i = 0; i < board->ideas_count; i++) {
        struct idea *idea = &board->ideas[i];
        bool can = idea->state != IDEA_WITHDRAWN && competes_in(round, idea) &&
                   !(round->final && idea->state != IDEA_SHOWN && idea->state != IDEA_MERGED);

        if (can && goes_on(board, idea)) {
            idea->candidate = board->round;
            state->candidates += idea->state == IDEA_SHOWN;
        }
    }
}

static void recount_ballot(const struct board *board, struct person *person,
                           const struct ballot *ballot, struct tally *tallies)
{
    const struct idea *root = board_survivor(board, board_idea(board, ballot->idea));

    if (root->candidate == board->round && board_counted(board, person, root) == ballot) {
        ++*tally_of(&tallies[root->number - 1], (enum choice)ballot->choice);
    }
}

/* A person begins the round; what they did in it already, if it is a step back, counts. */
static void recount_person(struct board *board, struct person *person, struct tally *tallies)
{
    person->posts = 0;
    person->votes = 0;
    for (size_t i = 0; i < person->own_count; i++) {
        const struct idea *idea = &board->ideas[person->own[i] - 1];

        person->posts += idea->posted_in == board->round && !idea->seed;
    }
    for (uint32_t i = 0; i < person->ballots_room; i++) {
        struct ballot *ballot = &person->ballots[i];

        ballot->in_flight = 0;
        ballot->skipped = 0;
        if (ballot->idea && ballot->choice != CHOICE_NONE) {
            person->votes += ballot->cast_in == board->round;
            recount_ballot(board, person, ballot, tallies);
        }
    }
}

static bool same_tally(const struct tally *a, const struct tally *b)
{
    return a->agree == b->agree && a->disagree == b->disagree && a->pass == b->pass;
}

void round_recount(struct board *board, uint64_t version)
{
    struct tally *tallies = mem_array(board->ideas_count, sizeof *tallies);

    for (size_t i = 0; i < board->people_count; i++) {
        recount_person(board, &board->people[i], tallies);
    }
    board->servings.first = board->servings.count = 0;
    board->sums = (struct pool){0, 0};
    for (size_t i = 0; i < board->ideas_count; i++) {
        struct idea *idea = &board->ideas[i];

        idea->in_flight = 0;
        idea->distance = 0;
        if (idea->candidate == board->round && !same_tally(&idea->tally, &tallies[i])) {
            idea->tally = tallies[i];
            idea->tallied_version = version;
        }
        if (board_competes(board, idea)) {
            board->sums.agree += idea->tally.agree;
            board->sums.judged += tally_judged(&idea->tally);
        }
    }
    mem_free(tallies);
}

/* What became part of an idea becomes what that one did. */
static void share_outcomes(struct board *board)
{
    for (size_t i = 0; i < board->ideas_count; i++) {
        struct idea *idea = &board->ideas[i];
        const struct idea *root = board_survivor(board, idea);

        if (idea->merged_into && idea->candidate == board->round &&
            root->candidate == board->round) {
            idea->outcome = root->outcome;
            idea->ground = root->ground;
        }
    }
}

static void take_outcomes(struct board *board, const struct selection *selection)
{
    for (size_t i = 0; i < board->ideas_count; i++) {
        struct idea *idea = &board->ideas[i];

        bool kept_out = idea->state == IDEA_HIDDEN || idea->state == IDEA_PENDING;

        if (idea->candidate == board->round && kept_out) {
            idea->outcome = OUTCOME_EXCLUDED;
            idea->ground = GROUND_HIDDEN;
        }
    }
    for (size_t i = 0; i < selection->count; i++) {
        struct idea *idea = &board->ideas[selection->items[i].idea - 1];

        idea->outcome = selection->items[i].outcome;
        idea->ground = selection->items[i].ground;
    }
    share_outcomes(board);
}

static void keep_outcomes(struct board *board)
{
    for (size_t i = 0; i < board->ideas_count; i++) {
        struct idea *idea = &board->ideas[i];

        idea->past[board->round - 1] = (struct past){.outcome = (unsigned char)idea->outcome,
                                                     .ground = (unsigned char)idea->ground};
    }
}

/* As the round before left it. */
static void take_back_outcome(const struct board *board, struct idea *idea)
{
    struct past past = {OUTCOME_NONE, GROUND_NONE};

    if (board->round > 1) {
        past = idea->past[board->round - 2];
    }
    idea->outcome = (enum outcome)past.outcome;
    idea->ground = (enum ground)past.ground;
}

void round_enter_again(struct board *board, uint64_t closed_version)
{
    const struct round_definition *round = present(board);

    for (size_t i = 0; i < board->ideas_count; i++) {
        struct idea *idea = &board->ideas[i];
        bool since = idea->created_version > closed_version;

        if (since || idea->candidate >= board->round) {
            bool in = competes_in(round, idea) && !(since && round->final);

            idea->candidate = in ? board->round : 0;
        }
        take_back_outcome(board, idea);
        if (idea->merged_in > board->round) {
            idea->merged_in = board->round;
        }
    }
}

void round_close(struct board *board)
{
    struct round *round = &board->rounds[board->round - 1];

    round->result = mem_alloc(sizeof *round->result);
    round_result_now(board, round->result);
    take_outcomes(board, &round->result->selection);
    keep_outcomes(board);
}
