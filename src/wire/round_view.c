/* round_view — the rounds of a board as a client sees them. */
#include "core/round.h"
#include "wire/json.h"
#include "wire/member.h"
#include "wire/names.h"
#include "wire/round.h"
#include "wire/rule.h"
#include "wire/view.h"
#include "wire/words.h"

static void write_allows(struct buf *to, unsigned allows)
{
    const char *comma = "";

    buf_add_text(to, ",\"allows\":[");
    for (unsigned i = 0; i < 3; i++) {
        if (allows >> i & 1u) {
            buf_printf(to, "%s\"%s\"", comma, name_of_allow(i));
            comma = ",";
        }
    }
    buf_add_char(to, ']');
}

static void write_rule(struct buf *to, const struct viewer *viewer, uint32_t number)
{
    const struct round_definition *round = &viewer->board->definition.rounds[number - 1];

    buf_printf(to, ",\"final\":%s", round->final ? "true" : "false");
    member_text(to, "counts", view_of(name_of_counts(round->counts)));
    member_text(to, "reveal", view_of(name_of_reveal(round->reveal)));
    member_uint_or_null(to, "minutes", round->minutes);
    buf_add_text(to, ",\"rule\":");
    rule_write(to, &round->rule, &viewer->board->definition);
}

static void write_words(struct buf *to, const struct digest *head)
{
    AUTO_BUF words = {0};

    words_write(&words, head);
    buf_add_text(to, "[\"");
    for (size_t i = 0; i < words.len; i++) {
        if (words.bytes[i] == ' ') {
            buf_add_text(to, "\",\"");
        } else {
            buf_add_char(to, words.bytes[i]);
        }
    }
    buf_add_text(to, "\"]");
}

/* How it went so far, whatever may be seen of the ballots. */
static void write_course(struct buf *to, const struct viewer *viewer, uint32_t number)
{
    const struct round_definition *definition = &viewer->board->definition.rounds[number - 1];
    const struct round *round = &viewer->board->rounds[number - 1];
    bool planned = round->state == ROUND_PLANNED;

    member_time_or_null(to, "opens_at", definition->opens_at_ms);
    member_time_or_null(to, "closes_at",
                        planned ? definition->closes_at_ms : round->closes_at_ms);
    member_time_or_null(to, "opened_at", round->opened_ms);
    member_time_or_null(to, "closed_at", round->closed_ms);
    buf_printf(to, ",\"extended\":%u,\"early\":%s,\"reopenings\":%u,\"previews\":%u",
               round->extended, round->early ? "true" : "false", round->reopenings,
               round->previews);
    buf_printf(to, ",\"candidates\":%u,\"done\":%u,\"head\":", round->candidates, round->done);
    if (round->closed_version && view_shows_result(viewer, number)) {
        head_write(to, &round->closed_head);
        buf_add_text(to, ",\"words\":");
        write_words(to, &round->closed_head);
    } else {
        buf_add_text(to, "null,\"words\":null");
    }
}

void round_write(struct buf *to, const struct viewer *viewer, uint32_t number)
{
    const struct round_definition *round = &viewer->board->definition.rounds[number - 1];

    buf_printf(to, "{\"n\":%u,\"title\":", number);
    json_write_text_or_null(to, texts_find(viewer->texts, round->title.ref));
    buf_add_text(to, ",\"prompt\":");
    json_write_text_or_null(to, texts_find(viewer->texts, round->prompt.ref));
    member_text(to, "state",
                view_of(name_of_round_state(viewer->board->rounds[number - 1].state)));
    write_allows(to, round->allows);
    member_key(to, "compete");
    round_compete_write(to, round->compete);
    member_text(to, "ballots", view_of(name_of_ballots(round->ballots)));
    member_text(to, "scores", view_of(name_of_scores(round->scores)));
    member_uint_or_null(to, "posts_per_person", round->posts_per_person);
    member_uint_or_null(to, "votes_per_person", round->votes_per_person);
    buf_printf(to, ",\"serving_s\":%u", round->serving_s);
    write_rule(to, viewer, number);
    write_course(to, viewer, number);
    buf_add_char(to, '}');
}

void outcomes_write(struct buf *to, const struct viewer *viewer, uint32_t number)
{
    const struct round_result *result =
        view_shows_result(viewer, number) ? round_result(viewer->board, number) : NULL;
    const char *comma = "";

    buf_add_char(to, '[');
    for (size_t i = 0; result && i < result->selection.count; i++) {
        const struct standing *item = &result->selection.items[i];

        if (item->outcome == OUTCOME_NONE) {
            continue;
        }
        buf_printf(to, "%s[%u,\"%s\",", comma, item->idea, name_of_outcome(item->outcome));
        json_write_text_or_null(to, view_of(name_of_ground(item->ground)));
        buf_add_char(to, ']');
        comma = ",";
    }
    buf_add_char(to, ']');
}

void candidates_write(struct buf *to, const struct viewer *viewer)
{
    const struct board *board = viewer->board;
    const char *comma = "";

    buf_add_char(to, '[');
    for (size_t i = 0; i < board->ideas_count; i++) {
        if (board->round && board->ideas[i].candidate == board->round) {
            buf_printf(to, "%s%u", comma, board->ideas[i].number);
            comma = ",";
        }
    }
    buf_add_char(to, ']');
}

void rounds_write(struct buf *to, const struct viewer *viewer)
{
    buf_add_char(to, '[');
    for (uint32_t i = 1; i <= viewer->board->definition.rounds_count; i++) {
        if (i > 1) {
            buf_add_char(to, ',');
        }
        round_write(to, viewer, i);
    }
    buf_add_char(to, ']');
}
