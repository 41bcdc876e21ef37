#include "export/winners.h"

#include "core/round.h"

struct winners winners_of(const struct board *board, struct export_options options)
{
    for (uint32_t number = board->round; number > 0; number--) {
        bool told = !options.everybody || board->rounds[number - 1].state == ROUND_REVEALED;

        if (told && round_result(board, number)) {
            return (struct winners){.round = number, .result = round_result(board, number)};
        }
    }
    return (struct winners){0};
}

const struct standing *winners_next(const struct winners *winners, const struct standing *after)
{
    const struct selection *selection = winners->result ? &winners->result->selection : NULL;
    size_t next = selection && after ? (size_t)(after - selection->items) + 1 : 0;

    for (size_t i = next; selection && i < selection->count; i++) {
        enum outcome outcome = selection->items[i].outcome;

        if (outcome == OUTCOME_WINNER || outcome == OUTCOME_PROMOTED) {
            return &selection->items[i];
        }
    }
    return NULL;
}
