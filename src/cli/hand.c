#include "cli/hand.h"

#include "base/mem.h"
#include "wire/json.h"
#include "wire/names.h"

#include <string.h>

enum {
    ASKED_AT_ONCE = 5,
    TURNS = 2 /* what was put off comes back: so often, then enough */
};

/* The table */

static void put_number(struct table *table, uint32_t idea, uint32_t number)
{
    table->count += !table->numbers[idea - 1];
    table->numbers[idea - 1] = number;
    map_put(&table->items, number, idea);
}

void table_init(struct table *table, const struct deck *deck, size_t posted)
{
    *table =
        (struct table){.deck = deck,
                       .numbers = mem_array(deck->ideas_count, sizeof *table->numbers),
                       .is_out = mem_array(deck->ideas_count, sizeof *table->is_out),
                       .own_firsts = mem_array(deck->people, sizeof *table->own_firsts),
                       .own_nexts = mem_array(deck->ideas_count, sizeof *table->own_nexts)};
    map_init(&table->items);
    map_init(&table->acknowledged);
    for (uint32_t i = (uint32_t)deck->ideas_count; i > 0; i--) {
        uint32_t *first = &table->own_firsts[deck->ideas[i - 1].author];

        table->own_nexts[i - 1] = *first;
        *first = i;
        if (i <= posted) {
            put_number(table, i, i);
        }
    }
}

void table_finish(struct table *table)
{
    mem_free(table->numbers);
    mem_free(table->is_out);
    mem_free(table->own_firsts);
    mem_free(table->own_nexts);
    map_finish(&table->items);
    map_finish(&table->acknowledged);
    *table = (struct table){0};
}

static uint32_t idea_of(const struct table *table, uint64_t number)
{
    const uint64_t *idea = map_find(&table->items, number);

    return idea ? (uint32_t)*idea : 0;
}

void table_take_out(struct table *table, uint64_t number)
{
    uint32_t idea = idea_of(table, number);

    if (idea) {
        table->is_out[idea - 1] = true;
    }
}

uint64_t hand_key(uint32_t person, uint32_t number)
{
    return (uint64_t)person << 32 | number;
}

/* What is next */

void hand_begin(struct hand *hand, const struct table *table, uint32_t person)
{
    const struct deck *deck = table->deck;

    *hand = (struct hand){.person = person,
                          .next = deck->firsts[person],
                          .end = deck->firsts[person + 1],
                          .post = table->own_firsts[person]};
    hand->is_over = hand->next == hand->end; /* who has no opinion is not asked */
}

static bool next_post(struct hand *hand, const struct table *table, struct move *out)
{
    while (hand->post && table->deck->ideas[hand->post - 1].move != table->phase.move) {
        hand->post = table->own_nexts[hand->post - 1];
    }
    *out = (struct move){.kind = MOVE_POST, .idea = hand->post};
    return hand->post != 0;
}

static bool takes_ballot(const struct hand *hand, const struct table *table, uint32_t idea)
{
    bool own = table->deck->ideas[idea - 1].author == hand->person;

    return table->numbers[idea - 1] && !table->is_out[idea - 1] &&
           !(own && table->phase.spare_own);
}

static bool next_cast(struct hand *hand, const struct table *table, struct move *out)
{
    for (; hand->next < hand->end; hand->next++) {
        const struct deck_ballot *ballot = &table->deck->ballots[hand->next];

        if (takes_ballot(hand, table, ballot->idea)) {
            *out = (struct move){.kind = MOVE_CAST,
                                 .idea = ballot->idea,
                                 .choice = ballot->choice,
                                 .at_ms = ballot->at_ms};
            return true;
        }
    }
    return false;
}

/* At the pace of the person's ballots, whatever they are asked about. */
static bool next_judge(struct hand *hand, const struct table *table, struct move *out)
{
    const struct deck *deck = table->deck;

    if (hand->answered == hand->served_count) {
        *out = (struct move){.kind = MOVE_ASK};
        return !hand->is_over && hand->servings < TURNS * table->count;
    }
    uint32_t idea = idea_of(table, hand->served[hand->answered]);
    enum choice choice = idea ? deck_choice(deck, hand->person, idea) : CHOICE_NONE;

    *out = (struct move){
        .kind = choice == CHOICE_NONE ? MOVE_SKIP : MOVE_CAST, .idea = idea, .choice = choice};
    if (choice != CHOICE_NONE && hand->next < hand->end) {
        out->at_ms = deck->ballots[hand->next].at_ms;
    }
    return true;
}

bool hand_next(struct hand *hand, const struct table *table, struct move *out)
{
    switch (table->phase.kind) {
    case PHASE_POST:
        return next_post(hand, table, out);
    case PHASE_CAST:
        return next_cast(hand, table, out);
    case PHASE_JUDGE:
        break;
    }
    return next_judge(hand, table, out);
}

/* The number of what the idea builds on; 0: nothing, or it is not there. */
static uint32_t parent_of(const struct table *table, const struct move *move)
{
    uint32_t parent = table->deck->ideas[move->idea - 1].parent;

    return parent ? table->numbers[parent - 1] : 0;
}

static void write_post(struct buf *to, const struct table *table, const struct move *move)
{
    uint32_t parent = parent_of(table, move);

    if (parent) {
        buf_printf(to, ",\"parent\":%u,\"relation\":\"%s\"", parent,
                   name_of_relation(move->idea & 1u ? RELATION_EXPAND : RELATION_ADAPT));
    }
    buf_add_text(to, ",\"text\":");
    json_write_string(to, view_of(table->deck->ideas[move->idea - 1].text));
}

static const char *method_of(const struct table *table, const struct move *move)
{
    switch (move->kind) {
    case MOVE_POST:
        return parent_of(table, move) ? "idea.build" : "idea.post";
    case MOVE_CAST:
        return "vote.cast";
    case MOVE_ASK:
        return "judge.next";
    case MOVE_SKIP:
        break;
    }
    return "judge.skip";
}

void hand_write(struct buf *to, const struct table *table, const char *slug,
                const struct move *move)
{
    buf_printf(to, "\"%s\",\"params\":{\"board\":\"%s\"", method_of(table, move), slug);
    if (move->kind == MOVE_POST) {
        write_post(to, table, move);
    } else if (move->kind == MOVE_ASK) {
        buf_printf(to, ",\"count\":%d", ASKED_AT_ONCE);
    } else {
        buf_printf(to, ",\"idea\":%u", table->numbers[move->idea - 1]);
    }
    if (move->kind == MOVE_CAST) {
        buf_printf(to, ",\"choice\":\"%s\"", name_of_choice(move->choice));
    }
}

/* Answers */

static void take_served(struct hand *hand, const struct table *table, const json_t *result)
{
    const json_t *ideas = json_object_get(result, "ideas");
    size_t count = json_array_size(ideas);

    hand->served_count = hand->answered = 0;
    hand->servings += count;
    hand->is_over = !count;
    for (size_t i = 0; i < count && hand->served_count < LIMIT_SERVE_COUNT; i++) {
        json_int_t number = json_integer_value(json_object_get(json_array_get(ideas, i), "n"));

        if (number > 0 && idea_of(table, (uint64_t)number)) {
            hand->served[hand->served_count++] = (uint32_t)number;
        }
    }
}

static void take_cast(const struct hand *hand, struct table *table, const struct move *move)
{
    map_put(&table->acknowledged, hand_key(hand->person, table->numbers[move->idea - 1]),
            move->choice);
}

void hand_answered(struct hand *hand, struct table *table, const struct move *move,
                   const json_t *result)
{
    json_int_t number = json_integer_value(json_object_get(result, "idea"));

    if (move->kind == MOVE_ASK) {
        take_served(hand, table, result); /* a refusal: nothing more */
        return;
    }
    if (move->kind == MOVE_POST) {
        hand->post = table->own_nexts[move->idea - 1];
    }
    if (move->kind == MOVE_POST && number > 0 && number <= LIMIT_IDEAS) {
        put_number(table, move->idea, (uint32_t)number);
    }
    if (move->kind == MOVE_CAST && result) {
        take_cast(hand, table, move);
    }
    hand->answered += table->phase.kind == PHASE_JUDGE;
    hand->next += move->kind == MOVE_CAST;
}
