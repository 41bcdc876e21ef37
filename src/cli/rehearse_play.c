/* rehearse_play — a board's rounds one after the other: the crowd, then whoever steers. */
#include "cli/rehearse.h"

#include "cli/lead.h"

#include <string.h>

struct play {
    struct rehearsal *rehearsal;
    struct crowd *crowd;
    struct lead lead;
    uint32_t moves; /* rounds that took posts so far */
    bool has_hidden;
};

static const struct round_definition *definition_of(const struct rehearsal *rehearsal,
                                                    uint32_t round)
{
    return &rehearsal->board.definition.rounds[round - 1];
}

/* Whoever judged them before has their ballots kept. */
static enum err hide_rejected(struct play *play)
{
    struct rehearsal *rehearsal = play->rehearsal;

    play->has_hidden = true;
    for (size_t i = 0; i < rehearsal->deck.ideas_count; i++) {
        if (rehearsal->deck.ideas[i].is_rejected) {
            writer_hide(&rehearsal->writer, (uint32_t)i + 1);
            table_take_out(&rehearsal->table, i + 1);
        }
    }
    return pipeline_finish(&rehearsal->writer.pipeline);
}

static enum err play_phase(struct play *play, uint32_t round, const struct phase *phase)
{
    struct rehearsal *rehearsal = play->rehearsal;
    struct crowd_result result;

    rehearsal->table.phase = *phase;
    enum err err = crowd_play(play->crowd, &result);

    crowd_result_add(&rehearsal->played[round - 1].result, &result);
    crowd_result_finish(&result);
    return err;
}

static enum err play_round(struct play *play, uint32_t round)
{
    struct rehearsal *rehearsal = play->rehearsal;
    const struct round_definition *definition = definition_of(rehearsal, round);
    struct phase judging = {.kind = definition->ballots == BALLOTS_SERVED ? PHASE_JUDGE
                                                                          : PHASE_CAST,
                            .spare_own = definition->final,
                            .last = round == rehearsal->board.definition.rounds_count};
    enum err err = OK;

    if (rehearse_is_led(rehearsal) && !rehearsal->deck.is_polis &&
        definition->allows & ALLOW_POST) {
        struct phase posting = {.kind = PHASE_POST, .move = play->moves++};

        err = play_phase(play, round, &posting);
    }
    if (!err && definition->allows & ALLOW_VOTE) {
        err = play_phase(play, round, &judging);
    }
    return err;
}

/* Steering */

static void take_outcomes(struct play *play, uint32_t round, const json_t *answer)
{
    struct rehearsal *rehearsal = play->rehearsal;
    struct played_round *played = &rehearsal->played[round - 1];

    played->outcomes = json_incref(json_object_get(answer, "results"));
    for (size_t i = 0; i < json_array_size(played->outcomes); i++) {
        const json_t *item = json_array_get(played->outcomes, i);
        const char *outcome = json_string_value(json_object_get(item, "outcome"));
        json_int_t number = json_integer_value(json_object_get(item, "idea"));

        if (outcome && strcmp(outcome, "eliminated") == 0 && number > 0) {
            table_take_out(&rehearsal->table, (uint64_t)number);
        }
    }
}

/* false: it was said why not. closes: the round that ends by it; 0: none. */
static bool steer(struct play *play, const char *method, uint32_t round, uint32_t closes)
{
    json_auto_t *answer = NULL;
    enum err err = lead_call(&play->lead, method, round, true, &answer);

    if (err == ERR_CONFLICT && strcmp(play->lead.refusal, "params") == 0) {
        (void)refuse("round %u has no finalists, for no idea was judged by enough people; play "
                     "it with more people or fewer ideas",
                     round);
    } else if (err == ERR_CONFLICT) {
        (void)refuse("%s of round %u was refused (%s); look at the board's rounds", method,
                     round, play->lead.refusal);
    } else if (err) {
        (void)refuse("the server did not answer %s; see that it runs and try again", method);
    } else if (closes) {
        take_outcomes(play, closes, answer);
    }
    return !err;
}

static bool end_last_round(struct play *play)
{
    struct rehearsal *rehearsal = play->rehearsal;
    uint32_t last = rehearsal->board.definition.rounds_count;

    return steer(play, "round.close", last, last) &&
           (definition_of(rehearsal, last)->reveal != REVEAL_BY_LEAD ||
            steer(play, "round.reveal", last, 0));
}

/* For the report alone: a board is played whether or not the server can say. */
static void ask_results(struct play *play)
{
    struct rehearsal *rehearsal = play->rehearsal;

    for (uint32_t n = 1; n <= rehearsal->board.definition.rounds_count; n++) {
        json_auto_t *answer = NULL;

        if (lead_call(&play->lead, "round.result", n, false, &answer) == OK) {
            rehearsal->played[n - 1].ranking = json_incref(json_object_get(answer, "result"));
        }
    }
}

/* What was acknowledged */

static bool has_ballot(const struct rehearsal *rehearsal, const struct board *board,
                       const struct map_slot *slot)
{
    uint64_t key = rehearsal->keys[slot->key >> 32];
    const struct person *person = board_person(board, board_person_number(board, key));
    const struct ballot *ballot =
        person ? person_ballot(person, (uint32_t)(slot->key & UINT32_MAX)) : NULL;

    return ballot && (uint64_t)ballot->choice == slot->value;
}

static bool has_idea(const struct rehearsal *rehearsal, const struct board *board, size_t place)
{
    const struct idea *idea = board_idea(board, rehearsal->table.numbers[place]);
    uint64_t key = rehearsal->keys[rehearsal->deck.ideas[place].author];

    return idea && (idea->seed || idea->author == board_person_number(board, key));
}

/* Looks it up in the log itself, folded anew. */
static bool count_missing(struct rehearsal *rehearsal)
{
    const struct table *table = &rehearsal->table;
    struct fold fold;

    fold_init(&fold);
    bool ok = fold_board(&fold, &rehearsal->workspace, rehearsal->slug);

    for (size_t i = 0; ok && i < table->acknowledged.room; i++) {
        const struct map_slot *slot = &table->acknowledged.slots[i];

        rehearsal->missing += slot->used && !has_ballot(rehearsal, fold.board, slot);
    }
    for (size_t i = 0; ok && i < rehearsal->deck.ideas_count; i++) {
        rehearsal->missing += table->numbers[i] && !has_idea(rehearsal, fold.board, i);
    }
    fold_finish(&fold);
    return ok;
}

/* The whole */

/* Rejections matter to the first round that judges, and to none that has been closed. */
static bool finish_round(struct play *play, uint32_t round)
{
    struct rehearsal *rehearsal = play->rehearsal;
    bool judged = definition_of(rehearsal, round)->allows & ALLOW_VOTE;
    enum err err = judged && !play->has_hidden ? hide_rejected(play) : OK;

    if (err) {
        (void)refuse_store(err);
        return false;
    }
    if (!rehearse_is_led(rehearsal)) {
        return true;
    }
    return round < rehearsal->board.definition.rounds_count
               ? steer(play, "round.open", round + 1, round)
               : end_last_round(play);
}

static bool play_all(struct play *play)
{
    struct rehearsal *rehearsal = play->rehearsal;
    bool ok = true;

    for (uint32_t n = 1; ok && n <= rehearsal->board.definition.rounds_count; n++) {
        if (play_round(play, n)) {
            (void)refuse("no server answers at %s; start it, or name it with --url",
                         rehearsal->crowd.url);
            return false;
        }
        ok = finish_round(play, n);
    }
    if (ok && rehearse_is_led(rehearsal)) {
        ask_results(play);
    }
    return ok;
}

enum status rehearse_play(struct rehearsal *rehearsal)
{
    struct play play = {.rehearsal = rehearsal};
    uv_loop_t *loop = &rehearsal->workspace.loop;

    rehearsal->crowd.loop = loop;
    rehearsal->crowd.slug = rehearsal->slug;
    if (rehearsal->board.definition.visibility == VISIBILITY_PRIVATE) {
        rehearsal->crowd.code = rehearsal->writer.board.code;
    }
    rehearsal->crowd.table = &rehearsal->table;
    rehearsal->crowd.tokens = rehearsal->tokens;
    if (crowd_create(&rehearsal->crowd, &play.crowd)) {
        return refuse("no server answers at %s; start it, or name it with --url",
                      rehearsal->crowd.url);
    }
    lead_init(&play.lead, loop, crowd_connections(play.crowd), rehearsal->slug,
              rehearsal->tokens[rehearsal->deck.people].text);
    bool ok = play_all(&play);

    lead_finish(&play.lead);
    crowd_destroy(play.crowd);
    return ok && count_missing(rehearsal) ? STATUS_DONE : STATUS_REFUSED;
}
