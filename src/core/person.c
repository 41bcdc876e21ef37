#include "core/person.h"

#include "base/mem.h"

const struct person person_newcomer = {.role = ROLE_PARTICIPANT, .number = UINT32_MAX};

void person_finish(struct person *person)
{
    mem_free(person->ballots);
    mem_free(person->answers);
    mem_free(person->own);
}

/* Where the idea's ballot is, or the free slot where it would go. */
static uint32_t ballot_slot(const struct person *person, uint32_t idea)
{
    uint32_t mask = person->ballots_room - 1;
    uint32_t at = (uint32_t)(idea * UINT64_C(0x9E3779B97F4A7C15) >> 32) & mask;

    while (person->ballots[at].idea && person->ballots[at].idea != idea) {
        at = (at + 1) & mask;
    }
    return at;
}

const struct ballot *person_ballot(const struct person *person, uint32_t idea)
{
    if (!person->ballots_room) {
        return NULL;
    }
    const struct ballot *ballot = &person->ballots[ballot_slot(person, idea)];

    return ballot->idea ? ballot : NULL;
}

static void grow_ballots(struct person *person)
{
    struct ballot *old = person->ballots;
    uint32_t room = person->ballots_room;

    person->ballots_room = room ? room * 2 : 8;
    person->ballots = mem_array(person->ballots_room, sizeof *old);
    for (uint32_t i = 0; i < room; i++) {
        if (old[i].idea) {
            person->ballots[ballot_slot(person, old[i].idea)] = old[i];
        }
    }
    mem_free(old);
}

struct ballot *person_ballot_get(struct person *person, uint32_t idea)
{
    if (5 * (person->ballots_count + 1) > 4 * person->ballots_room) {
        grow_ballots(person);
    }
    struct ballot *ballot = &person->ballots[ballot_slot(person, idea)];

    if (!ballot->idea) {
        ballot->idea = idea & 0x1FFFFF;
        person->ballots_count++;
    }
    return ballot;
}

const struct answer *person_answer(const struct person *person, struct op op)
{
    uint64_t hash = op_hash(op);
    uint32_t kept = person->answers_count < person->answers_room ? person->answers_count
                                                                 : person->answers_room;

    for (uint32_t i = 0; i < kept; i++) {
        const struct answer *answer = &person->answers[i];

        if (answer->op_high == hash >> 32 && answer->op_low == (hash & 0xFFFFFF)) {
            return answer;
        }
    }
    return NULL;
}

void person_remember(struct person *person, struct op op, uint64_t version, enum err err)
{
    uint64_t hash = op_hash(op);

    if (person->answers_count == person->answers_room &&
        person->answers_room < LIMIT_OPS_REMEMBERED) {
        person->answers_room = person->answers_room ? person->answers_room * 2 : 4;
        person->answers =
            mem_grow(person->answers, person->answers_room, sizeof *person->answers);
    }
    person->answers[person->answers_count++ % person->answers_room] = (struct answer){
        .op_high = (uint32_t)(hash >> 32),
        .op_low = hash & 0xFFFFFF,
        .err = (unsigned)err & 0xFF,
        .version = (uint32_t)version,
    };
}

void person_add_own(struct person *person, uint32_t idea)
{
    person->own =
        mem_reserve(person->own, person->own_count, &person->own_room, sizeof *person->own);
    person->own[person->own_count++] = idea;
}
