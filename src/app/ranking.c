/* ranking — /api/boards/<slug>/ranking: the order as the store's projection has it. */
#include "app/exchange.h"
#include "app/query.h"

#include "core/round.h"

#include <stdlib.h>
#include <string.h>

enum {
    RANKING_MAX = LIMIT_IDEAS
};

static int compare_projected(const void *a, const void *b)
{
    const struct projected *left = a;
    const struct projected *right = b;
    uint32_t judged_left = tally_judged(&left->tally);
    uint32_t judged_right = tally_judged(&right->tally);

    if (left->score != right->score) {
        return left->score > right->score ? -1 : 1;
    }
    if (judged_left != judged_right) {
        return judged_left > judged_right ? -1 : 1;
    }
    return left->idea < right->idea ? -1 : 1;
}

static size_t only_ranked(struct projected *ideas, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        if (ideas[i].ranked) {
            ideas[kept++] = ideas[i];
        }
    }
    return kept;
}

static void write_ranking(struct buf *to, const struct projection *stored,
                          const struct exchange *exchange)
{
    const struct round_result *closed = round_result(exchange->board->fold, exchange->round);
    struct pool pool = closed ? closed->selection.pool : stored->pool;
    struct projected *ideas = mem_array(stored->ideas_count, sizeof *ideas);

    if (stored->ideas_count) {
        memcpy(ideas, stored->ideas, stored->ideas_count * sizeof *ideas);
    }
    size_t count = only_ranked(ideas, stored->ideas_count);

    qsort(ideas, count, sizeof *ideas, compare_projected);
    buf_printf(to,
               "{\"round\":%u,\"version\":%llu,\"pool\":[%llu,%llu],\"closed\":false,"
               "\"ideas\":[",
               exchange->round, (unsigned long long)stored->version,
               (unsigned long long)pool.agree, (unsigned long long)pool.judged);
    for (size_t i = 0; i < count && i < exchange->limit; i++) {
        buf_printf(to,
                   "%s{\"rank\":%zu,\"n\":%u,\"agree\":%u,\"disagree\":%u,\"pass\":%u,"
                   "\"judged\":%u,\"score\":%u}",
                   i ? "," : "", i + 1, ideas[i].idea, ideas[i].tally.agree,
                   ideas[i].tally.disagree, ideas[i].tally.pass, tally_judged(&ideas[i].tally),
                   ideas[i].score);
    }
    buf_add_text(to, "]}");
    mem_free(ideas);
}

static void on_ranking(void *user, enum err err, const struct projection_read *read)
{
    struct exchange *exchange = user;

    if (err) {
        http_refuse(exchange, 503, ERR_UNAVAILABLE);
        return;
    }
    write_ranking(&exchange->body, &read->projection, exchange);
    http_end(exchange, 200, TYPE_JSON);
}

void ranking_serve(struct exchange *exchange, const struct http_request *request)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);
    uint64_t round = viewer.board->round;
    uint64_t limit = RANKING_MAX;
    struct view given_round = query_value(request->query, "round");
    struct view given_limit = query_value(request->query, "limit");

    if ((given_round.len && !view_to_uint(given_round, LIMIT_ROUNDS, &round)) ||
        (given_limit.len && !view_to_uint(given_limit, RANKING_MAX, &limit)) || !round ||
        round > viewer.board->round) {
        http_refuse(exchange, 400, ERR_PARAMS);
        return;
    }
    bool shown = round == viewer.board->round ? view_shows_scores(&viewer)
                                              : view_shows_result(&viewer, (uint32_t)round);

    if (!shown) {
        buf_add_text(&exchange->body, "{\"closed\":true,\"ideas\":[]}");
        http_end(exchange, 200, TYPE_JSON);
        return;
    }
    exchange->limit = (uint32_t)limit;
    exchange->round = (uint32_t)round;
    store_read_projection(exchange->app->store, exchange->board->key, (uint32_t)round,
                          on_ranking, exchange);
}
