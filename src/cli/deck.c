#include "cli/deck.h"

#include "base/map.h"
#include "base/mem.h"

#include <string.h>

enum {
    READS = 20, /* ideas that a person of an invented crowd judges */
    PASS_PPM = 120000,
    BETWEEN_MS = 4000
};

uint64_t deck_chance(uint64_t *state)
{
    *state += UINT64_C(0x9E3779B97F4A7C15);
    return hash_mix(*state);
}

bool deck_happens(uint64_t *state, uint64_t ppm)
{
    return ppm && deck_chance(state) % 1000000 < ppm;
}

/* Counts before it places, so that the order of one person's ballots is kept. */
static void group_by_person(struct deck *deck)
{
    struct deck_ballot *grouped = mem_array(deck->ballots_count, sizeof *grouped);
    size_t *next = mem_array(deck->people + 1, sizeof *next);

    deck->firsts = mem_array(deck->people + 1, sizeof *deck->firsts);
    for (size_t i = 0; i < deck->ballots_count; i++) {
        deck->firsts[deck->ballots[i].person + 1]++;
    }
    for (uint32_t i = 0; i < deck->people; i++) {
        deck->firsts[i + 1] += deck->firsts[i];
        next[i] = deck->firsts[i];
    }
    for (size_t i = 0; i < deck->ballots_count; i++) {
        grouped[next[deck->ballots[i].person]++] = deck->ballots[i];
    }
    mem_free(next);
    mem_free(deck->ballots);
    deck->ballots = grouped;
}

/* The number of a person of the source, given at first sight. */
static uint32_t number_of(struct deck *deck, struct map *people, uint64_t id)
{
    const uint64_t *known = map_find(people, id);

    if (known) {
        return (uint32_t)*known;
    }
    map_put(people, id, deck->people);
    return deck->people++;
}

static void take_ideas(struct deck *deck, struct polis *polis, struct map *people)
{
    deck->ideas_count = polis->comments_count;
    deck->ideas = mem_array(deck->ideas_count, sizeof *deck->ideas);
    for (size_t i = 0; i < deck->ideas_count; i++) {
        struct polis_comment *comment = &polis->comments[i];

        deck->ideas[i] = (struct deck_idea){.text = comment->text,
                                            .author = number_of(deck, people, comment->author),
                                            .at_ms = comment->at_ms,
                                            .source = comment->id,
                                            .is_rejected = comment->is_rejected};
        comment->text = NULL;
    }
}

void deck_of_polis(struct deck *deck, struct polis *polis)
{
    struct map people;

    *deck = (struct deck){.topic = polis->topic, .is_polis = true};
    polis->topic = NULL;
    map_init(&people);
    take_ideas(deck, polis, &people);
    deck->ballots_count = polis->votes_count;
    deck->ballots = mem_array(deck->ballots_count, sizeof *deck->ballots);
    for (size_t i = 0; i < deck->ballots_count; i++) {
        const struct polis_vote *vote = &polis->votes[i];

        deck->ballots[i] = (struct deck_ballot){.at_ms = vote->at_ms - polis->votes[0].at_ms,
                                                .person = number_of(deck, &people, vote->voter),
                                                .idea = vote->idea,
                                                .choice = vote->choice};
    }
    map_finish(&people);
    group_by_person(deck);
}

static char *invent_text(uint32_t number, uint64_t *state)
{
    static const char *const does[] = {"Ouvrir",  "Prêter",   "Planter",    "Éclairer",
                                       "Réparer", "Partager", "Rassembler", "Afficher"};
    static const char *const what[] = {"les jardins", "des vélos",  "des arbres",
                                       "les chemins", "les bancs",  "les salles",
                                       "les repas",   "les comptes"};
    static const char *const where[] = {"de l'école", "du quartier",     "au bord de l'eau",
                                        "de la gare", "dans chaque rue", "près du marché"};
    uint64_t draw = deck_chance(state);
    struct buf text;

    buf_init(&text);
    buf_printf(&text, "%s %s %s (proposition %u)", does[draw % 8], what[draw / 8 % 8],
               where[draw / 64 % 6], number);
    return buf_take(&text);
}

static enum choice invent_choice(uint64_t quality_ppm, uint64_t *state)
{
    if (deck_happens(state, PASS_PPM)) {
        return CHOICE_PASS;
    }
    return deck_happens(state, quality_ppm) ? CHOICE_AGREE : CHOICE_DISAGREE;
}

static void invent_ballots(struct deck *deck, uint32_t reads, const uint64_t *qualities,
                           uint64_t *state)
{
    for (uint32_t person = 0; person < deck->people; person++) {
        uint64_t start = deck_chance(state) % deck->ideas_count;
        uint64_t at_ms = deck_chance(state) % BETWEEN_MS;

        /* Neighbours from a random place on: different for each, and none twice. */
        for (uint32_t i = 0; i < reads; i++) {
            size_t idea = (size_t)((start + i) % deck->ideas_count);

            at_ms += deck_chance(state) % BETWEEN_MS;
            deck->ballots[deck->ballots_count++] =
                (struct deck_ballot){.at_ms = at_ms,
                                     .person = person,
                                     .idea = (uint32_t)idea + 1,
                                     .choice = invent_choice(qualities[idea], state)};
        }
    }
}

void deck_invent(struct deck *deck, uint32_t people, uint32_t ideas, uint64_t seed)
{
    uint32_t reads = ideas < READS ? ideas : READS;
    uint64_t *qualities = mem_array(ideas, sizeof *qualities);
    uint64_t state = seed;

    *deck = (struct deck){
        .topic = mem_copy_text("Une foule inventée", strlen("Une foule inventée")),
        .people = people,
        .ideas_count = ideas,
        .ideas = mem_array(ideas, sizeof *deck->ideas),
        .ballots = mem_array((size_t)people * reads, sizeof *deck->ballots),
    };
    for (uint32_t i = 0; i < ideas; i++) {
        qualities[i] = deck_chance(&state) % 1000000;
        deck->ideas[i] = (struct deck_idea){.text = invent_text(i + 1, &state),
                                            .author = (uint32_t)(deck_chance(&state) % people)};
    }
    invent_ballots(deck, reads, qualities, &state);
    mem_free(qualities);
    group_by_person(deck);
}

void deck_spread(struct deck *deck, uint32_t moves, uint64_t seed)
{
    uint64_t state = seed;

    for (size_t i = 0; i < deck->ideas_count; i++) {
        struct deck_idea *idea = &deck->ideas[i];
        uint64_t draw = deck_chance(&state);

        idea->move = (uint32_t)(i * moves / deck->ideas_count);
        size_t earlier = (idea->move * deck->ideas_count + moves - 1) / moves;

        idea->parent = earlier && draw & 1u ? (uint32_t)(draw / 2 % earlier) + 1 : 0;
    }
}

enum choice deck_choice(const struct deck *deck, uint32_t person, uint32_t idea)
{
    for (size_t i = deck->firsts[person + 1]; i > deck->firsts[person]; i--) {
        if (deck->ballots[i - 1].idea == idea) {
            return deck->ballots[i - 1].choice;
        }
    }
    return CHOICE_NONE;
}

void deck_finish(struct deck *deck)
{
    for (size_t i = 0; i < deck->ideas_count; i++) {
        mem_free(deck->ideas[i].text);
    }
    mem_free(deck->ideas);
    mem_free(deck->ballots);
    mem_free(deck->firsts);
    mem_free(deck->topic);
    *deck = (struct deck){0};
}
