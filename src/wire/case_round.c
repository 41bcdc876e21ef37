#include "wire/case_round.h"

#include "base/mem.h"
#include "wire/json.h"
#include "wire/names.h"

void case_round_finish(struct case_round *round)
{
    mem_free(round->ideas);
    map_finish(&round->places);
    intern_finish(&round->people);
    intern_finish(&round->themes);
    map_finish(&round->ballots);
    *round = (struct case_round){0};
}

struct case_idea *case_find_idea(const struct case_round *round, uint64_t id)
{
    const uint64_t *place = map_find(&round->places, id);

    return place ? &round->ideas[*place] : NULL;
}

static uint32_t number_of(struct intern *intern, struct view text)
{
    return text.ptr ? intern_add(intern, text) : 0;
}

static void read_idea(struct case_round *round, struct case_read *read, const json_t *row)
{
    struct bounds bounds = {.min = 1, .max = UINT32_MAX, .needed = true};
    uint64_t id = case_uint(read, row, "id", bounds);
    struct view theme = case_text(read, row, "theme", false);
    struct view author = case_text(read, row, "author", false);

    if (case_find_idea(round, id)) {
        case_complain(read, "id", "be unique");
    }
    map_put(&round->places, id, round->count);
    round->ideas[round->count++] = (struct case_idea){
        .id = (uint32_t)id,
        .theme = number_of(&round->themes, theme),
        .author = number_of(&round->people, author),
        .hidden = case_bool(read, row, "hidden", false),
    };
}

void case_round_read_ideas(struct case_round *round, struct case_read *read)
{
    const json_t *list = case_list(read, read->root, "ideas", true);
    const json_t *row = NULL;

    if (json_array_size(list) > LIMIT_IDEAS) {
        case_complain(read, "ideas", "be at most %d", LIMIT_IDEAS);
        return;
    }
    round->ideas = mem_array(json_array_size(list), sizeof *round->ideas);
    while ((row = case_next_row(read, "ideas", list))) {
        read_idea(round, read, row);
    }
}

static uint64_t ballot_key(const struct case_round *round, uint32_t person,
                           const struct case_idea *idea)
{
    return (uint64_t)person << 32 | (uint64_t)(idea - round->ideas);
}

enum choice case_ballot(const struct case_round *round, uint32_t person,
                        const struct case_idea *idea)
{
    const uint64_t *choice = map_find(&round->ballots, ballot_key(round, person, idea));

    return choice ? (enum choice) * choice : CHOICE_NONE;
}

static void take_ballot(struct case_round *round, uint32_t person, const struct case_idea *idea,
                        enum choice choice)
{
    if (!idea) {
        round->unknown++;
    } else if (idea->hidden) {
        round->hidden++;
    } else if (idea->author == person) {
        round->own++;
    } else {
        map_put(&round->ballots, ballot_key(round, person, idea), choice);
    }
}

static void read_ballot(struct case_round *round, struct case_read *read, const json_t *row)
{
    const json_t *person = json_array_get(row, 0);
    const json_t *idea = json_array_get(row, 1);
    struct view name = json_view(json_array_get(row, 2));
    enum choice choice = CHOICE_NONE;

    if (json_array_size(row) != 3 || !json_is_string(person) || !json_is_integer(idea)) {
        case_complain(read, NULL, "be [participant, idea, choice]");
    } else if (!choice_of_name(name, &choice) && !view_is(name, "withdraw")) {
        case_complain(read, NULL, "have the choice agree, disagree, pass or withdraw");
    } else {
        json_int_t id = json_integer_value(idea);

        take_ballot(round, intern_add(&round->people, json_view(person)),
                    id > 0 ? case_find_idea(round, (uint64_t)id) : NULL, choice);
    }
}

static void tally_ballots(struct case_round *round)
{
    for (size_t i = 0; i < round->ballots.room; i++) {
        const struct map_slot *slot = &round->ballots.slots[i];

        if (slot->used && slot->value != CHOICE_NONE) {
            struct case_idea *idea = &round->ideas[(uint32_t)slot->key];

            ++*tally_of(&idea->tally, (enum choice)slot->value);
        }
    }
}

void case_add_tally(struct case_read *read, const json_t *row, struct tally *tally)
{
    uint32_t agree = case_count(read, row, "a");
    uint32_t disagree = case_count(read, row, "d");
    uint32_t pass = case_count(read, row, "p");
    uint64_t judged = tally_judged(tally) + ((uint64_t)agree + disagree + pass);

    if (judged > CASE_MAX_COUNT) {
        case_complain(read, NULL, "bring the ballots on its idea to at most %d",
                      CASE_MAX_COUNT);
        return;
    }
    tally->agree += agree;
    tally->disagree += disagree;
    tally->pass += pass;
}

static void read_counts(struct case_round *round, struct case_read *read)
{
    const json_t *list = case_list(read, read->root, "counts", false);
    struct bounds bounds = {.min = 1, .max = UINT32_MAX, .needed = true};
    const json_t *row = NULL;

    while ((row = case_next_row(read, "counts", list))) {
        struct case_idea *idea = case_find_idea(round, case_uint(read, row, "i", bounds));
        struct tally unread = {0};

        if (!idea) {
            case_complain(read, "i", "be one of the ideas");
        }
        case_add_tally(read, row, idea && !idea->hidden ? &idea->tally : &unread);
    }
}

void case_round_read_ballots(struct case_round *round, struct case_read *read)
{
    const json_t *list = case_list(read, read->root, "ballots", false);
    const json_t *row = NULL;

    while ((row = case_next_item(read, "ballots", list))) {
        read_ballot(round, read, row);
    }
    tally_ballots(round);
    read_counts(round, read);
}

void case_round_select(const struct case_round *round, struct selection *selection)
{
    for (size_t i = 0; i < round->count; i++) {
        const struct case_idea *idea = &round->ideas[i];

        if (!idea->hidden) {
            selection_add(selection, idea->id, idea->theme, &idea->tally);
        }
    }
}

void case_write_ignored(struct buf *to, const struct case_round *round)
{
    buf_printf(to, "\"ignored\":{\"hidden_idea\":%llu,\"own_idea\":%llu,\"unknown_idea\":%llu}",
               (unsigned long long)round->hidden, (unsigned long long)round->own,
               (unsigned long long)round->unknown);
}
