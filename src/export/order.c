#include "export/order.h"

void order_init(struct order *order, const struct board *board)
{
    *order = (struct order){
        .items = mem_array(board->ideas_count, sizeof *order->items),
        .ranks = mem_array(board->ideas_count, sizeof *order->ranks),
    };
    for (size_t i = 0; i < board->ideas_count; i++) {
        const struct idea *idea = &board->ideas[i];

        if (board_competes(board, idea)) {
            order->items[order->count++] =
                (struct ranked){.idea = idea->number, .tally = idea->tally};
        }
    }
    rank_sort(board->sums, order->items, order->count);
    for (size_t i = 0; i < order->count; i++) {
        order->ranks[order->items[i].idea - 1] = (uint32_t)i + 1;
    }
}

void order_finish(struct order *order)
{
    mem_free(order->items);
    mem_free(order->ranks);
    *order = (struct order){0};
}
