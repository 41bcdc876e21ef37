#include "core/person.h"

#include "base/mem.h"
#include "core/idea.h"

#include <string.h>

const struct person person_newcomer = {.role = ROLE_PARTICIPANT, .number = UINT32_MAX};

void person_finish(struct person *person)
{
    mem_free(person->ballots);
    mem_free(person->answers);
    mem_free(person->own);
    mem_free(person->follows);
    mem_free(person->notes);
    mem_free(person->wrote);
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

/* Where the number is in a sorted list, or where it would go. */
static size_t place_in(const uint32_t *list, size_t count, uint32_t number)
{
    size_t low = 0;
    size_t high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (list[middle] < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool has(const uint32_t *list, size_t count, uint32_t number)
{
    size_t at = place_in(list, count, number);

    return at < count && list[at] == number;
}

bool person_wrote(const struct person *person, const struct idea *idea)
{
    return idea->author == person->number ||
           has(person->wrote, person->wrote_count, idea->number);
}

bool person_follows(const struct person *person, uint32_t idea)
{
    return has(person->follows, person->follows_count, idea);
}

bool person_set_follows(struct person *person, uint32_t idea, bool on)
{
    size_t at = place_in(person->follows, person->follows_count, idea);

    if (on == person_follows(person, idea)) {
        return false;
    }
    if (on) {
        person->follows = mem_reserve(person->follows, person->follows_count,
                                      &person->follows_room, sizeof *person->follows);
        memmove(person->follows + at + 1, person->follows + at,
                (person->follows_count - at) * sizeof *person->follows);
        person->follows[at] = idea;
        person->follows_count++;
    } else {
        person->follows_count--;
        memmove(person->follows + at, person->follows + at + 1,
                (person->follows_count - at) * sizeof *person->follows);
    }
    return true;
}

void person_add_note(struct person *person, struct ref note)
{
    person->notes = mem_reserve(person->notes, person->notes_count, &person->notes_room,
                                sizeof *person->notes);
    person->notes[person->notes_count++] = note;
}

void person_disown(struct person *person)
{
    person->wrote = person->own;
    person->wrote_count = person->own_count;
    person->own = NULL;
    person->own_count = person->own_room = 0;
}

bool person_is_suspended(const struct person *person, uint64_t now_ms)
{
    return person->suspended_until_ms > now_ms;
}
