#include "core/serve.h"

/* What ideas are compared by; smaller is served first. */
struct key {
    uint32_t skipped; /* "later" comes after everything that was not seen yet */
    uint32_t exposures;
    uint64_t hash;
    uint32_t idea;
};

static bool is_before(const struct key *a, const struct key *b)
{
    if (a->skipped != b->skipped) {
        return a->skipped < b->skipped;
    }
    if (a->exposures != b->exposures) {
        return a->exposures < b->exposures;
    }
    return a->hash != b->hash ? a->hash < b->hash : a->idea < b->idea;
}

uint64_t serve_hash(uint64_t seed, uint32_t person, uint32_t idea)
{
    char digits[10];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + person % 10);
        person /= 10;
    } while (person);
    uint64_t name = hash_fnv1a((struct view){digits + at, sizeof digits - at});

    return hash_mix(hash_mix(hash_mix(seed) ^ name) ^ idea);
}

bool serve_may(const struct board *board, const struct person *person, const struct idea *idea)
{
    const struct ballot *ballot = person_ballot(person, idea->number);

    return board_competes(board, idea) && idea->author != person->number &&
           !(ballot && (ballot->choice != CHOICE_NONE || ballot->in_flight));
}

uint32_t serve_cap_left(const struct board *board, const struct person *person)
{
    const struct round_definition *round = board_round(board);
    uint32_t cap = round && round->votes_per_person ? round->votes_per_person : SERVE_CAP;

    return round && person->served < cap ? cap - person->served : 0;
}

static struct key key_of(const struct board *board, const struct person *person,
                         const struct idea *idea)
{
    const struct ballot *ballot = person_ballot(person, idea->number);

    return (struct key){
        .skipped = ballot && ballot->skipped,
        .exposures = tally_judged(&idea->tally) + idea->in_flight,
        .hash = serve_hash(board->rounds[board->round - 1].opened_version, person->number,
                           idea->number),
        .idea = idea->number,
    };
}

/* Keeps the best room keys in order; returns how many there are now. */
static uint32_t insert(struct key *keys, uint32_t count, uint32_t room, const struct key *key)
{
    uint32_t at = count < room ? count : room - 1;

    if (count == room && !is_before(key, &keys[at])) {
        return count;
    }
    while (at > 0 && is_before(key, &keys[at - 1])) {
        keys[at] = keys[at - 1];
        at--;
    }
    keys[at] = *key;
    return count < room ? count + 1 : room;
}

uint32_t serve_choose(const struct board *board, const struct person *person, uint32_t count,
                      uint32_t *out)
{
    struct key keys[LIMIT_SERVE_COUNT];
    uint32_t left = serve_cap_left(board, person);
    uint32_t room = count < left ? count : left;
    uint32_t found = 0;

    if (!room) {
        return 0;
    }
    for (size_t i = 0; i < board->ideas_count; i++) {
        if (serve_may(board, person, &board->ideas[i])) {
            struct key key = key_of(board, person, &board->ideas[i]);

            found = insert(keys, found, room, &key);
        }
    }
    for (uint32_t i = 0; i < found; i++) {
        out[i] = keys[i].idea;
    }
    return found;
}

uint32_t serve_left(const struct board *board, const struct person *person)
{
    uint32_t left = serve_cap_left(board, person);
    uint32_t candidates = 0;

    for (size_t i = 0; i < board->ideas_count && candidates < left; i++) {
        candidates += serve_may(board, person, &board->ideas[i]);
    }
    return candidates;
}
