#include "export/archive.h"

#include "base/time.h"
#include "wire/names.h"

static void finish_round(struct archive_round *round)
{
    mem_free(round->candidates);
    mem_free(round->groups);
    urn_finish(&round->urn);
    round->candidates = NULL;
    round->groups = NULL;
    round->candidates_count = 0;
}

void archive_finish(struct archive *archive)
{
    for (size_t i = 0; i < LIMIT_ROUNDS; i++) {
        finish_round(&archive->rounds[i]);
        mem_free(archive->rounds[i].served);
    }
    urn_finish(&archive->urn);
    buf_finish(&archive->moderation);
    *archive = (struct archive){0};
}

/* Taking the present round as it is. */

struct taking {
    const struct board *board;
    struct archive_round *round;
    uint32_t *places; /* of idea n among the candidates at n - 1, from 1; owned */
};

/* Merged ideas are part of another, whose ballots theirs are. */
static void take_candidates(struct taking *taking)
{
    const struct board *board = taking->board;
    struct archive_round *round = taking->round;

    taking->places = mem_array(board->ideas_count, sizeof *taking->places);
    round->candidates = mem_array(board->ideas_count, sizeof *round->candidates);
    for (size_t i = 0; i < board->ideas_count; i++) {
        const struct idea *idea = &board->ideas[i];

        if (idea->candidate == board->round && !idea->merged_into) {
            round->candidates[round->candidates_count++] =
                (struct archive_candidate){.idea = idea->number, .state = idea->state};
            taking->places[i] = (uint32_t)round->candidates_count;
        }
    }
    round->groups = mem_array(round->candidates_count * board->definition.groups_count,
                              sizeof *round->groups);
}

static void take_groups(struct taking *taking, const struct person *person, uint32_t place,
                        bool agrees)
{
    uint32_t count = taking->board->definition.groups_count;
    struct group_tally *groups = taking->round->groups + (size_t)(place - 1) * count;

    for (uint32_t g = 0; g < count; g++) {
        if (person->groups >> g & 1u) {
            groups[g].judged++;
            groups[g].agree += agrees;
        }
    }
}

static void take_ballot(struct taking *taking, const struct person *person,
                        const struct ballot *ballot)
{
    const struct board *board = taking->board;
    const struct idea *root = board_survivor(board, board_idea(board, ballot->idea));
    uint32_t place = taking->places[root->number - 1];
    enum choice choice = (enum choice)ballot->choice;

    if (!place || board_counted(board, person, root) != ballot) {
        return;
    }
    struct archive_candidate *candidate = &taking->round->candidates[place - 1];

    ++*tally_of(&candidate->tally, choice);
    take_groups(taking, person, place, choice == CHOICE_AGREE);
    if (board_wrote(board, person, root)) {
        ++*tally_of(&candidate->own, choice);
        return;
    }
    urn_add(&taking->round->urn, &(struct urn_ballot){.person = person->number,
                                                      .idea = root->number,
                                                      .choice = choice,
                                                      .round = board->round});
}

static void take_person(struct taking *taking, const struct person *person)
{
    for (uint32_t b = 0; b < person->ballots_room; b++) {
        if (person->ballots[b].idea && person->ballots[b].choice != CHOICE_NONE) {
            take_ballot(taking, person, &person->ballots[b]);
        }
    }
}

static void take_told(struct taking *taking)
{
    uint32_t count = taking->board->definition.groups_count;
    struct archive_round *round = taking->round;

    for (size_t i = 0; i < round->candidates_count * count; i++) {
        uint32_t group = (uint32_t)(i % count) + 1;
        struct group_tally told =
            board_told(taking->board, round->candidates[i / count].idea, group);

        round->groups[i].judged += told.judged;
        round->groups[i].agree += told.agree;
    }
}

static void take_round(struct archive *archive, const struct board *board)
{
    struct taking taking = {.board = board, .round = &archive->rounds[board->round - 1]};

    finish_round(taking.round);
    take_candidates(&taking);
    for (size_t i = 0; i < board->people_count; i++) {
        take_person(&taking, &board->people[i]);
    }
    take_told(&taking);
    mem_free(taking.places);
}

static bool is_running(const struct board *board)
{
    return board->round && !board->rounds[board->round - 1].closed_version;
}

/* Should the entry be refused, what was taken is taken again later. */
void archive_before(struct archive *archive, const struct board *board,
                    const struct command *command)
{
    if ((command->kind == CMD_OPEN || command->kind == CMD_CLOSE) && is_running(board)) {
        take_round(archive, board);
    }
}

/* What staff did, without who and without words. */

static void add_moderation(struct buf *to, const struct board *board, const struct entry *entry,
                           uint32_t number)
{
    const struct command *command = &entry->command;
    const struct idea *idea = board_idea(board, number);
    uint64_t delay_ms = entry->id.ms > idea->at_ms ? entry->id.ms - idea->at_ms : 0;

    buf_printf(to, "%llu,", (unsigned long long)board->version);
    time_write(to, entry->id.ms);
    buf_printf(to, ",%s,%u,", command_name(command->kind), number);
    if (command->kind == CMD_MERGE) {
        buf_add_uint(to, command->idea);
    }
    buf_printf(to, ",%s,%llu\r\n",
               command->kind == CMD_HIDE ? name_of_reason(command->reason) : "",
               (unsigned long long)(delay_ms / 1000));
}

static void note_moderation(struct archive *archive, const struct board *board,
                            const struct entry *entry)
{
    const struct command *command = &entry->command;

    if (command->kind == CMD_MERGE) {
        for (uint32_t i = 0; i < command->ideas_count; i++) {
            add_moderation(&archive->moderation, board, entry, command->ideas[i]);
        }
    } else {
        add_moderation(&archive->moderation, board, entry, command->idea);
    }
}

static void note_servings(struct archive_round *round, const struct board *board,
                          const struct command *command)
{
    if (round->served_count < board->ideas_count) {
        size_t count = board->ideas_count * 2;

        round->served = mem_grow(round->served, count, sizeof *round->served);
        for (size_t i = round->served_count; i < count; i++) {
            round->served[i] = 0;
        }
        round->served_count = count;
    }
    for (uint32_t i = 0; i < command->ideas_count; i++) {
        round->served[command->ideas[i] - 1]++;
    }
}

void archive_after(struct archive *archive, const struct board *board,
                   const struct entry *entry, const struct decision *decision)
{
    enum command_kind kind = entry->command.kind;

    if (decision->err || decision->repeat) {
        return;
    }
    if (kind == CMD_SERVE) {
        note_servings(&archive->rounds[board->round - 1], board, &entry->command);
    } else if ((kind == CMD_HIDE || kind == CMD_RESTORE || kind == CMD_MERGE ||
                kind == CMD_UNMERGE) &&
               !board->importing.system[0]) {
        note_moderation(archive, board, entry);
    }
}

void archive_end(struct archive *archive, const struct board *board, const struct digest *seed)
{
    if (is_running(board)) {
        take_round(archive, board);
    }
    for (uint32_t r = 0; r < board->round; r++) {
        const struct urn *urn = &archive->rounds[r].urn;

        for (size_t i = 0; i < urn->count; i++) {
            urn_add(&archive->urn, &urn->rows[i]);
        }
    }
    urn_draw(&archive->urn, board, seed);
}
