#include "core/board.h"

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
    map_finish(&board->people_by_key);
    mem_free(board->people);
    mem_free(board->ideas);
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

bool board_competes(const struct board *board, const struct idea *idea)
{
    const struct round_definition *round = board_round(board);

    return round && idea->state == IDEA_SHOWN && (round->compete >> idea->relation & 1u);
}
