#include "export/urn.h"

#include "base/mem.h"

#include <string.h>

/* Chance drawn from a seed: BLAKE2b of a counter, keyed with it, eight bytes at a time. */
struct chance {
    struct digest seed;
    uint64_t counter;
    struct digest block;
    size_t used;
};

static uint64_t chance_next(struct chance *chance)
{
    uint64_t value = 0;

    if (chance->used == sizeof chance->block.bytes) {
        chance->block =
            hash_keyed((struct view){(const char *)chance->seed.bytes, DIGEST_BYTES},
                       (struct view){(const char *)&chance->counter, sizeof chance->counter});
        chance->counter++;
        chance->used = 0;
    }
    memcpy(&value, chance->block.bytes + chance->used, sizeof value);
    chance->used += sizeof value;
    return value;
}

void urn_add(struct urn *urn, const struct urn_ballot *row)
{
    urn->rows = mem_reserve(urn->rows, urn->count, &urn->room, sizeof *urn->rows);
    urn->rows[urn->count++] = *row;
}

void urn_finish(struct urn *urn)
{
    mem_free(urn->rows);
    *urn = (struct urn){0};
}

/* Fisher and Yates: every order is as likely. A remainder of 64 bits is even enough here. */
static void shuffle_rows(struct urn *urn, struct chance *chance)
{
    for (size_t i = urn->count; i > 1; i--) {
        size_t other = (size_t)(chance_next(chance) % i);
        struct urn_ballot moved = urn->rows[i - 1];

        urn->rows[i - 1] = urn->rows[other];
        urn->rows[other] = moved;
    }
}

/* A stable counting sort, so that the order within a round stays the drawn one. */
static void sort_by_round(struct urn *urn)
{
    size_t starts[LIMIT_ROUNDS + 2] = {0};
    struct urn_ballot *sorted = mem_array(urn->count, sizeof *sorted);

    for (size_t i = 0; i < urn->count; i++) {
        starts[urn->rows[i].round + 1]++;
    }
    for (size_t round = 1; round < LIMIT_ROUNDS + 2; round++) {
        starts[round] += starts[round - 1];
    }
    for (size_t i = 0; i < urn->count; i++) {
        sorted[starts[urn->rows[i].round]++] = urn->rows[i];
    }
    mem_free(urn->rows);
    urn->rows = sorted;
    urn->room = urn->count;
}

static bool is_author(const struct board *board, uint32_t person)
{
    const struct person *who = &board->people[person - 1];

    return who->own_count || who->wrote_count;
}

/* People who wrote something and have a ballot here. */
static size_t count_authors(const struct urn *urn, const struct board *board)
{
    bool *seen = mem_array(board->people_count, sizeof *seen);
    size_t count = 0;

    for (size_t i = 0; i < urn->count; i++) {
        uint32_t person = urn->rows[i].person;

        count += is_author(board, person) && !seen[person - 1];
        seen[person - 1] = true;
    }
    mem_free(seen);
    return count;
}

/* Numbers as they turn up in rows that were shuffled over all rounds, which is an order drawn
   anew. */
static uint32_t number_voters(struct urn *urn, const struct board *board)
{
    uint32_t *voters = mem_array(board->people_count, sizeof *voters);
    size_t authors = count_authors(urn, board);
    bool hides_all = authors && authors < URN_AUTHORS_MIN;
    uint32_t count = 0;

    for (size_t i = 0; i < urn->count; i++) {
        struct urn_ballot *row = &urn->rows[i];
        uint32_t *voter = &voters[row->person - 1];

        if (hides_all || is_author(board, row->person)) {
            row->voter = ++count;
        } else {
            *voter = *voter ? *voter : ++count;
            row->voter = *voter;
        }
    }
    mem_free(voters);
    return count;
}

/* A number that turned up early would be one of many ballots: so they are drawn again. */
static void renumber(struct urn *urn, uint32_t count, struct chance *chance)
{
    uint32_t *numbers = mem_array((size_t)count + 1, sizeof *numbers);

    for (uint32_t i = 1; i <= count; i++) {
        uint32_t other = (uint32_t)(1 + chance_next(chance) % i);

        numbers[i] = numbers[other];
        numbers[other] = i;
    }
    for (size_t i = 0; i < urn->count; i++) {
        urn->rows[i].voter = numbers[urn->rows[i].voter];
    }
    mem_free(numbers);
}

void urn_draw(struct urn *urn, const struct board *board, const struct digest *seed)
{
    struct chance chance = {.seed = *seed, .used = DIGEST_BYTES};

    shuffle_rows(urn, &chance);
    renumber(urn, number_voters(urn, board), &chance);
    sort_by_round(urn);
}
