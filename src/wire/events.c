#include "wire/events.h"

#include "base/time.h"
#include "wire/entry.h"
#include "wire/json.h"

static void event_head(struct buf *to, uint64_t version, uint64_t at_ms, const char *type)
{
    buf_printf(to, "{\"v\":%llu,\"at\":\"", (unsigned long long)version);
    time_write(to, at_ms);
    buf_printf(to, "\",\"type\":\"%s\"", type);
}

static void write_idea_event(struct buf *to, const struct viewer *viewer,
                             const struct idea *idea)
{
    event_head(to, idea->changed_version, viewer->board->last.ms, "idea");
    if (viewer->person && viewer->person->number == idea->author && !op_is_none(idea->op)) {
        buf_add_text(to, ",\"op\":\"");
        op_write(to, idea->op);
        buf_add_char(to, '"');
    }
    buf_add_text(to, ",\"idea\":");
    idea_write(to, viewer, idea);
    buf_add_char(to, '}');
}

static void write_board_event(struct buf *to, const struct viewer *viewer)
{
    const struct board *board = viewer->board;

    event_head(to, board->defined_version, board->last.ms, "board");
    buf_add_text(to, ",\"board\":{");
    board_write_head(to, viewer);
    buf_add_text(to, "}}");
}

/* Said, or taken back: text null. */
static void write_announcement(struct buf *to, const struct viewer *viewer)
{
    const struct board *board = viewer->board;

    event_head(to, board->announced_version, board->announced_ms, "announce");
    buf_add_text(to, ",\"text\":");
    json_write_text_or_null(to, texts_find(viewer->texts, board->announcement));
    buf_add_char(to, '}');
}

static void write_round_event(struct buf *to, const struct viewer *viewer, uint32_t number,
                              uint64_t since)
{
    const struct board *board = viewer->board;
    const struct round *round = &board->rounds[number - 1];

    event_head(to, round->changed_version, board->last.ms, "round");
    buf_add_text(to, ",\"round\":");
    round_write(to, viewer, number);
    if (board->round) {
        buf_printf(to, ",\"current\":%u", board->round);
    } else {
        buf_add_text(to, ",\"current\":null");
    }
    if (round->members_version > since && round->closed_version) {
        buf_add_text(to, ",\"outcomes\":");
        outcomes_write(to, viewer, number);
    }
    if (round->members_version > since && number == board->round) {
        buf_add_text(to, ",\"candidates\":");
        candidates_write(to, viewer);
    }
    buf_add_char(to, '}');
}

/* The idea at a place of all ideas or of those in only; NULL: none there. */
static const struct idea *candidate(const struct board *board, const struct map *only,
                                    size_t at)
{
    if (!only) {
        return &board->ideas[at];
    }
    return only->slots[at].used ? board_idea(board, only->slots[at].key) : NULL;
}

void events_write(struct buf *to, const struct viewer *viewer, uint64_t since,
                  const struct map *only)
{
    const struct board *board = viewer->board;
    const char *comma = "";

    buf_add_char(to, '[');
    if (board->defined_version > since) {
        write_board_event(to, viewer);
        comma = ",";
    }
    if (board->announced_version > since) {
        buf_add_text(to, comma);
        write_announcement(to, viewer);
        comma = ",";
    }
    for (uint32_t n = 1; n <= board->definition.rounds_count; n++) {
        if (board->rounds[n - 1].changed_version > since) {
            buf_add_text(to, comma);
            write_round_event(to, viewer, n, since);
            comma = ",";
        }
    }
    for (size_t i = 0; i < (only ? only->room : board->ideas_count); i++) {
        const struct idea *idea = candidate(board, only, i);

        if (idea && idea->changed_version > since) {
            buf_add_text(to, comma);
            write_idea_event(to, viewer, idea);
            comma = ",";
        }
    }
    buf_add_char(to, ']');
}

void scores_write(struct buf *to, const struct viewer *viewer, uint64_t since)
{
    const struct board *board = viewer->board;
    const char *comma = "";
    /* What may be seen of the round has changed: every score is news. */
    bool all = board->round && board->rounds[board->round - 1].members_version > since;

    buf_add_char(to, '[');
    for (size_t i = 0; view_shows_scores(viewer) && i < board->ideas_count; i++) {
        if ((all || board->ideas[i].tallied_version > since) &&
            board_competes(board, &board->ideas[i])) {
            buf_add_text(to, comma);
            score_write(to, board, &board->ideas[i]);
            comma = ",";
        }
    }
    buf_add_char(to, ']');
}
