/* download — what a board gives away: its ideas, ballots, ranking and log. */
#include "app/exchange.h"
#include "app/query.h"
#include "app/refold.h"

#include "auth/random.h"
#include "core/round.h"
#include "export/calendar.h"
#include "export/csv.h"
#include "export/feed.h"
#include "export/json.h"
#include "export/log.h"
#include "export/record.h"

#include <stdlib.h>
#include <string.h>

enum {
    RANKING_MAX = LIMIT_IDEAS,
    LOG_SLICE = 1000
};

/* The entry that opened the round whose scores are closed. */
static struct entry_id closed_since(const struct board *board)
{
    return board->rounds[board->round - 1].opened_id;
}

static struct export_options public_options(const struct viewer *viewer)
{
    return (struct export_options){.everybody = true, .closed = !view_shows_scores(viewer)};
}

void download_ideas_csv(struct exchange *exchange)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);

    export_ideas_csv(viewer.board, viewer.texts, public_options(&viewer), &exchange->body);
    exchange->file_name = "ideas.csv";
    http_end(exchange, 200, TYPE_CSV);
}

void download_ideas_json(struct exchange *exchange)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);

    export_json(viewer.board, viewer.texts, public_options(&viewer), &exchange->body);
    http_end(exchange, 200, TYPE_JSON);
}

void download_record(struct exchange *exchange)
{
    export_record_csv(exchange->board->fold, &exchange->body);
    exchange->file_name = "moderation.csv";
    http_end(exchange, 200, TYPE_CSV);
}

static void end_ballots(struct exchange *exchange, const struct board *board)
{
    struct digest seed;

    random_bytes(&seed, sizeof seed);
    export_ballots_csv(board, &seed, &exchange->body);
    exchange->file_name = "ballots.csv";
    http_end(exchange, 200, TYPE_CSV);
}

static void on_refolded(void *user, enum err err, const struct board *board)
{
    struct exchange *exchange = user;

    if (err) {
        http_refuse(exchange, 503, err);
    } else {
        end_ballots(exchange, board);
    }
}

void download_ballots_csv(struct exchange *exchange)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);

    if (view_shows_scores(&viewer)) {
        end_ballots(exchange, viewer.board);
    } else {
        refold_board(exchange->board, closed_since(viewer.board), on_refolded, exchange);
    }
}

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

void download_ranking(struct exchange *exchange, const struct http_request *request)
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

static void on_log(void *user, enum err err, const struct stored_entry *entries, size_t count)
{
    struct exchange *exchange = user;

    if (err) {
        http_refuse(exchange, 503, ERR_UNAVAILABLE);
        return;
    }
    bool past = false;

    for (size_t i = 0; i < count && !past; i++) {
        past = entry_id_compare(entries[i].entry.id, exchange->stop) > 0;
        if (!past) {
            export_log_line(&entries[i].entry, &exchange->body);
            exchange->position = entries[i].entry.id;
        }
    }
    if (count < LOG_SLICE || past) {
        exchange->file_name = "log.ndjson";
        http_end(exchange, 200, TYPE_NDJSON);
    } else {
        store_read(exchange->app->store, exchange->board->key, exchange->position, LOG_SLICE,
                   on_log, exchange);
    }
}

void download_log(struct exchange *exchange)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);

    if (!viewer.board->definition.publish_log) {
        http_missing(exchange);
        return;
    }
    exchange->stop =
        view_shows_scores(&viewer) ? viewer.board->last : closed_since(viewer.board);
    store_read(exchange->app->store, exchange->board->key, exchange->position, LOG_SLICE,
               on_log, exchange);
}

void download_calendar(struct exchange *exchange)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);

    calendar_write(&exchange->body, &viewer, buf_view(&exchange->base));
    exchange->cors = true;
    exchange->file_name = "agenda.ics";
    http_end(exchange, 200, TYPE_CALENDAR);
}

void download_feed(struct exchange *exchange)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);

    feed_write(&exchange->body, &viewer, buf_view(&exchange->base));
    exchange->cors = true;
    http_end(exchange, 200, TYPE_ATOM);
}
