#include "export/standings.h"

#include "core/round.h"

void standings_init(struct standings *standings, const struct board *board)
{
    *standings = (struct standings){
        .of = round_result(board, board->round),
        .by_idea = mem_array(board->ideas_count, sizeof(const struct standing *)),
    };
    if (!standings->of) {
        round_result_now(board, &standings->now);
        standings->of = &standings->now;
    }
    for (size_t i = 0; i < standings->of->selection.count; i++) {
        const struct standing *item = &standings->of->selection.items[i];

        standings->by_idea[item->idea - 1] = item;
    }
}

void standings_finish(struct standings *standings)
{
    round_result_finish(&standings->now);
    mem_free(standings->by_idea);
    *standings = (struct standings){0};
}
