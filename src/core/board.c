#include "core/board.h"

#include "core/round.h"

#include <string.h>

struct board *board_create(void)
{
    return mem_alloc(sizeof(struct board));
}

void board_destroy(struct board *board)
{
    if (!board) {
        return;
    }
    for (size_t i = 0; i < board->people_count; i++) {
        person_finish(&board->people[i]);
    }
    for (size_t i = 0; i < LIMIT_ROUNDS; i++) {
        if (board->rounds[i].result) {
            round_result_finish(board->rounds[i].result);
            mem_free(board->rounds[i].result);
        }
    }
    map_finish(&board->people_by_key);
    mem_free(board->people);
    mem_free(board->ideas);
    mem_free(board->followups);
    mem_free(board->reports);
    mem_free(board->records);
    mem_free(board->reported);
    mem_free(board->imports);
    mem_free(board->told);
    mem_free(board->servings.items);
    mem_free(board);
}

const struct idea *board_idea(const struct board *board, uint64_t number)
{
    return number >= 1 && number <= board->ideas_count ? &board->ideas[number - 1] : NULL;
}

const struct person *board_person(const struct board *board, uint64_t number)
{
    return number >= 1 && number <= board->people_count ? &board->people[number - 1] : NULL;
}

uint32_t board_person_number(const struct board *board, uint64_t key)
{
    const uint64_t *number = map_find(&board->people_by_key, key);

    return number ? (uint32_t)*number : 0;
}

const struct round_definition *board_round(const struct board *board)
{
    return board->round ? &board->definition.rounds[board->round - 1] : NULL;
}

bool board_is_open(const struct board *board)
{
    return board->state == BOARD_OPEN && board->round &&
           board->rounds[board->round - 1].state == ROUND_OPEN;
}

bool board_is_between(const struct board *board)
{
    return board->round && board->rounds[board->round - 1].closed_version;
}

bool board_omits(const struct board *board)
{
    const struct omission *omission = &board->omission;

    return omission->guests || omission->seeds || omission->staff || omission->extensions ||
           omission->earlier || omission->opposition || omission->people;
}

bool board_competes(const struct board *board, const struct idea *idea)
{
    return board->round && idea->candidate == board->round && idea->state == IDEA_SHOWN &&
           !(idea->seed && board->omission.seeds);
}

/* Its author's own ballot is in its tally. */
static bool is_judged_by_author(const struct board *board, const struct idea *idea)
{
    const struct person *author = board_person(board, idea->author);
    const struct ballot *ballot = author && board->definition.own_ballots_count
                                      ? person_ballot(author, idea->number)
                                      : NULL;

    return ballot && ballot->choice != CHOICE_NONE;
}

bool board_is_vetted(const struct board *board, const struct idea *idea)
{
    uint32_t judged = tally_judged(&idea->tally);

    if (idea->state != IDEA_SHOWN || idea->reports) {
        return false;
    }
    return idea->seed || idea->approved || judged > VETTED_JUDGES ||
           (judged == VETTED_JUDGES && !is_judged_by_author(board, idea));
}

const struct followup *board_next_followup(const struct board *board, const struct idea *idea,
                                           const struct followup *after)
{
    uint32_t next = after ? after->next : idea->first_followup;

    return next ? &board->followups[next - 1] : NULL;
}

struct group_tally board_told(const struct board *board, uint32_t idea, uint32_t group)
{
    for (size_t i = 0; i < board->told_count; i++) {
        const struct told *told = &board->told[i];

        if (told->round == board->round && told->idea == idea && told->tally.group == group) {
            return told->tally;
        }
    }
    return (struct group_tally){0, 0, 0};
}

const struct import *board_import(const struct board *board, const struct source *source)
{
    for (size_t i = 0; i < board->imports_count; i++) {
        if (memcmp(&board->imports[i].source, source, sizeof *source) == 0) {
            return &board->imports[i];
        }
    }
    return NULL;
}

const struct idea *board_survivor(const struct board *board, const struct idea *idea)
{
    while (idea->merged_into) {
        idea = &board->ideas[idea->merged_into - 1];
    }
    return idea;
}

const struct idea *board_next_part(const struct board *board, const struct idea *root,
                                   const struct idea *after)
{
    if (!after) {
        return root;
    }
    if (after->first_merged) {
        return &board->ideas[after->first_merged - 1];
    }
    while (after != root && !after->next_merged) {
        after = &board->ideas[after->merged_into - 1];
    }
    return after == root ? NULL : &board->ideas[after->next_merged - 1];
}

bool board_wrote(const struct board *board, const struct person *person,
                 const struct idea *root)
{
    for (const struct idea *part = root; part; part = board_next_part(board, root, part)) {
        if (person_wrote(person, part)) {
            return true;
        }
    }
    return false;
}

uint32_t board_score(const struct board *board, const struct idea *idea)
{
    const struct round_definition *round = board_round(board);
    uint64_t judged = tally_judged(&idea->tally);

    if (!round || !round->final) {
        return rank_score(board->pool, RANK_K0, &idea->tally);
    }
    return judged ? (uint32_t)((2 * (uint64_t)idea->tally.agree * PPM + judged) / (2 * judged))
                  : 0;
}

static bool leaves_out(const struct omission *omission, const struct person *person)
{
    return (omission->guests && person->assurance == ASSURANCE_GUEST) ||
           (omission->people && map_find(omission->people, person->number));
}

/* The round counts the choice that stands in the ballot. */
static bool counts(const struct board *board, const struct ballot *ballot)
{
    const struct round_definition *round = board_round(board);
    bool fresh =
        round && (round->counts == COUNTS_FRESH || (round->final && board->omission.earlier));

    return round && ballot->choice != CHOICE_NONE &&
           (round->ballots == BALLOTS_ANY || ballot->served) &&
           (!fresh || ballot->cast_in == board->round);
}

/* Of the parts of an idea the latest ballot; none from somebody who wrote one of them. */
static const struct ballot *counted_of_parts(const struct board *board,
                                             const struct person *person,
                                             const struct idea *root)
{
    const struct ballot *latest = NULL;

    for (const struct idea *part = root; part; part = board_next_part(board, root, part)) {
        const struct ballot *ballot = person_ballot(person, part->number);

        if (person_wrote(person, part) && !board->definition.own_ballots_count) {
            return NULL;
        }
        if (ballot && counts(board, ballot) && (!latest || ballot->version > latest->version)) {
            latest = ballot;
        }
    }
    return latest;
}

const struct ballot *board_counted(const struct board *board, const struct person *person,
                                   const struct idea *root)
{
    if (!board->round || leaves_out(&board->omission, person)) {
        return NULL;
    }
    if (root->first_merged) {
        return counted_of_parts(board, person, root);
    }
    const struct ballot *ballot = person_ballot(person, root->number);

    return ballot && counts(board, ballot) ? ballot : NULL;
}

static const struct ballot *counted_of_all(const struct board *board,
                                           const struct person *person, const uint32_t *ideas,
                                           size_t count)
{
    const struct ballot *latest = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct idea *root = board_idea(board, ideas[i]);
        const struct ballot *ballot = board_counted(board, person, root);

        if (board_wrote(board, person, root) && !board->definition.own_ballots_count) {
            return NULL;
        }
        if (ballot && (!latest || ballot->version > latest->version)) {
            latest = ballot;
        }
    }
    return latest;
}

struct tally board_union(const struct board *board, const uint32_t *ideas, size_t count)
{
    struct tally tally = {0, 0, 0};

    for (size_t i = 0; i < board->people_count; i++) {
        const struct ballot *ballot = counted_of_all(board, &board->people[i], ideas, count);

        if (ballot) {
            ++*tally_of(&tally, (enum choice)ballot->choice);
        }
    }
    return tally;
}
