#include "export/flow.h"

#include "base/time.h"
#include "core/round.h"

void flow_init(struct flow *flow, const struct board *board)
{
    *flow = (struct flow){.fold = board_create(), .step = board->version / FLOW_SAMPLES + 1};
    effects_init(&flow->effects);
}

void flow_finish(struct flow *flow)
{
    board_destroy(flow->fold);
    effects_finish(&flow->effects);
    mem_free(flow->samples);
}

static bool was_there(const struct flow_sample *sample, uint32_t idea)
{
    for (uint32_t i = 0; i < sample->count; i++) {
        if (sample->ranks[i].idea == idea) {
            return true;
        }
    }
    return false;
}

static void take(struct flow *flow, uint32_t round, const struct round_result *result)
{
    flow->samples = mem_reserve(flow->samples, flow->count, &flow->room, sizeof *flow->samples);
    struct flow_sample *sample = &flow->samples[flow->count];

    *sample = (struct flow_sample){
        .version = flow->fold->version, .at_ms = flow->fold->last.ms, .round = round};
    for (size_t i = 0; i < result->selection.count && i < FLOW_RANKS; i++) {
        const struct standing *item = &result->selection.items[i];

        sample->ranks[sample->count++] =
            (struct flow_rank){item->idea, item->score, tally_judged(&item->tally)};
        sample->came += flow->count && !was_there(sample - 1, item->idea);
    }
    flow->count++;
}

void flow_apply(struct flow *flow, const struct entry *entry)
{
    board_apply(flow->fold, entry, &flow->effects);
    const struct board *board = flow->fold;

    if (!board->round) {
        return;
    }
    for (uint32_t n = 1; n <= board->round; n++) {
        if (board->rounds[n - 1].closed_version == board->version) {
            take(flow, n, board->rounds[n - 1].result);
            return;
        }
    }
    bool open = !board->rounds[board->round - 1].closed_version;

    if (board->version % flow->step == 0 && open && board->sums.judged) {
        struct round_result now;

        round_result_now(board, &now);
        take(flow, board->round, &now);
        round_result_finish(&now);
    }
}

static void write_sample(struct buf *to, const struct flow_sample *sample)
{
    buf_printf(to, "{\"version\":%llu,\"at\":\"", (unsigned long long)sample->version);
    time_write(to, sample->at_ms);
    buf_printf(to, "\",\"round\":%u,\"ranks\":[", sample->round);
    for (uint32_t i = 0; i < sample->count; i++) {
        buf_printf(to, "%s[%u,%u,%u,%u]", i ? "," : "", sample->ranks[i].idea, i + 1,
                   sample->ranks[i].score, sample->ranks[i].judged);
    }
    buf_add_text(to, "]}");
}

void flow_write(struct buf *to, const struct flow *flow, uint64_t from, uint64_t until)
{
    AUTO_BUF churn = {0};
    const char *comma = "";

    buf_add_text(to, "{\"samples\":[");
    for (size_t i = 0; i < flow->count; i++) {
        if (flow->samples[i].version >= from && flow->samples[i].version <= until) {
            buf_add_text(to, comma);
            write_sample(to, &flow->samples[i]);
            buf_printf(&churn, "%s%u", comma, flow->samples[i].came);
            comma = ",";
        }
    }
    buf_add_text(to, "],\"churn\":[");
    buf_add_view(to, buf_view(&churn));
    buf_add_text(to, "]}");
}
