#include "core/serve.h"

#include "core/queue.h"
#include "core/round.h"

#include <stdlib.h>

enum {
    DIGITS = 10,
    BUCKETS = 1024,
    BUCKET = 1024 /* millionths: BUCKETS of them hold every score */
};

static struct view decimal(uint32_t number, char *digits)
{
    size_t at = DIGITS;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    return (struct view){digits + at, DIGITS - at};
}

bool serve_may(const struct board *board, const struct person *person, const struct idea *idea)
{
    return board_competes(board, idea) && !board_wrote(board, person, idea) &&
           !board_counted(board, person, idea);
}

uint32_t serve_cap_left(const struct board *board, const struct person *person)
{
    const struct round_definition *round = board_round(board);

    if (!round) {
        return 0;
    }
    uint32_t cap = round->final ? UINT32_MAX : SERVE_CAP; /* everyone judges every finalist */

    cap = round->votes_per_person ? round->votes_per_person : cap;
    return person->served < cap ? cap - person->served : 0;
}

/* Shown to the person, and there is still time to answer. The queue holds them by age, so
   those that have expired are its first ones. */
static bool is_waiting(const struct board *board, const struct person *person,
                       const struct ballot *ballot, uint64_t now_ms)
{
    const struct serving_queue *queue = &board->servings;
    uint64_t lifetime_ms = (uint64_t)board_round(board)->serving_s * 1000;

    if (!ballot || !ballot->in_flight) {
        return false;
    }
    for (size_t i = queue->first; i < queue->first + queue->count; i++) {
        const struct serving *serving = &queue->items[i];

        if (serving->at_ms + lifetime_ms > now_ms) {
            return true;
        }
        if (serving->person == person->number && serving->idea == ballot->idea) {
            return false;
        }
    }
    return true;
}

/* What does not depend on the idea is worked out once for a choice. */
struct chooser {
    const struct board *board;
    const struct person *person;
    const struct round_definition *round;
    struct view participant;
    uint64_t seed;
    uint64_t now_ms;
};

static struct queue_key key_of(const struct chooser *chooser, const struct idea *idea,
                               const struct ballot *ballot)
{
    uint32_t exposures = tally_judged(&idea->tally) + idea->in_flight;
    bool explore = exposures < chooser->round->rule.min_judges;
    bool drawn = chooser->round->final;

    return (struct queue_key){
        .stage = !explore || drawn,
        .skipped = ballot && ballot->skipped,
        .distance = explore || drawn ? 0 : idea->distance,
        .exposures = drawn ? 0 : exposures,
        .hash = queue_hash(chooser->seed, chooser->participant, idea->number),
        .idea = idea->number,
    };
}

/* Whatever the person's own order says, it would not be among the best. */
static bool is_beyond(const struct chooser *chooser, const struct idea *idea,
                      const struct queue_key *worst)
{
    uint32_t exposures = tally_judged(&idea->tally) + idea->in_flight;
    bool explore = exposures < chooser->round->rule.min_judges;
    struct queue_key key = {
        .stage = !explore, .distance = explore ? 0 : idea->distance, .exposures = exposures};

    return !chooser->round->final && !queue_is_before(&key, worst);
}

uint32_t serve_choose(const struct board *board, const struct person *person, uint64_t now_ms,
                      uint32_t count, uint32_t *out)
{
    struct queue_key keys[LIMIT_SERVE_COUNT];
    char digits[DIGITS];
    uint32_t left = serve_cap_left(board, person);
    uint32_t room = count < left ? count : left;
    uint32_t found = 0;

    if (!room) {
        return 0;
    }
    struct chooser chooser = {.board = board,
                              .person = person,
                              .round = board_round(board),
                              .participant = decimal(person->number, digits),
                              .seed = board->rounds[board->round - 1].opened_version,
                              .now_ms = now_ms};

    for (size_t i = 0; i < board->ideas_count; i++) {
        const struct idea *idea = &board->ideas[i];

        if (!board_competes(board, idea) ||
            (found == room && is_beyond(&chooser, idea, &keys[room - 1]))) {
            continue; /* most of a large board: not worth a look at the person's ballots */
        }
        const struct ballot *ballot = person_ballot(person, idea->number);

        if (serve_may(board, person, idea) && !is_waiting(board, person, ballot, now_ms)) {
            struct queue_key key = key_of(&chooser, idea, ballot);

            found = queue_insert(keys, found, room, &key);
        }
    }
    for (uint32_t i = 0; i < found; i++) {
        out[i] = keys[i].idea;
    }
    return found;
}

static int compare_keys(const void *a, const void *b)
{
    return queue_is_before(a, b) ? -1 : 1;
}

size_t serve_order(const struct board *board, const struct person *person, uint32_t *out)
{
    struct queue_key *keys = mem_array(board->ideas_count, sizeof *keys);
    char digits[DIGITS];
    struct view participant = decimal(person->number, digits);
    size_t count = 0;

    for (size_t i = 0; i < board->ideas_count; i++) {
        uint32_t number = board->ideas[i].number;

        if (board_competes(board, &board->ideas[i])) {
            uint64_t seed = board->rounds[board->round - 1].opened_version;

            keys[count++] = (struct queue_key){.hash = queue_hash(seed, participant, number),
                                               .idea = number};
        }
    }
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 0; i < count; i++) {
        out[i] = keys[i].idea;
    }
    mem_free(keys);
    return count;
}

uint32_t serve_left(const struct board *board, const struct person *person)
{
    uint32_t left = serve_cap_left(board, person);
    uint32_t candidates = 0;

    for (size_t i = 0; i < board->ideas_count && candidates < left; i++) {
        const struct idea *idea = &board->ideas[i];
        const struct ballot *ballot = person_ballot(person, idea->number);

        candidates += serve_may(board, person, idea) && !(ballot && ballot->in_flight);
    }
    return candidates;
}

/* The n-th largest of the scores, n from 1 to count: by counting, so that no order of the
   scores makes it slow. */
static uint32_t nth_largest(const uint32_t *scores, size_t count, size_t n)
{
    size_t counts[BUCKETS] = {0};
    size_t within[BUCKET] = {0};
    size_t above = 0;
    uint32_t bucket = BUCKETS;

    for (size_t i = 0; i < count; i++) {
        counts[scores[i] / BUCKET]++;
    }
    while (above < n) {
        above += counts[--bucket];
    }
    above -= counts[bucket];
    for (size_t i = 0; i < count; i++) {
        within[scores[i] % BUCKET] += scores[i] / BUCKET == bucket;
    }
    uint32_t low = BUCKET;

    while (above < n) {
        above += within[--low];
    }
    return bucket * BUCKET + low;
}

/* Where the rule would cut: how many ideas get a place with these scores. */
static size_t places(const struct rule *rule, const uint32_t *scores, size_t count)
{
    size_t over = 0;

    if (rule->keep != KEEP_AT_LEAST) {
        return round_seats(rule, count);
    }
    for (size_t i = 0; i < count; i++) {
        over += scores[i] >= rule->ppm;
    }
    return over;
}

void serve_draw_line(struct board *board)
{
    const struct round_definition *round = board_round(board);
    uint32_t *scores = mem_array(board->ideas_count, sizeof *scores);
    size_t count = 0;

    for (size_t i = 0; i < board->ideas_count; i++) {
        if (board_competes(board, &board->ideas[i])) {
            scores[count++] = rank_score(board->sums, RANK_K0, &board->ideas[i].tally);
        }
    }
    size_t seats = places(&round->rule, scores, count);

    board->line = (struct line){.drawn = seats && seats < count, .version = board->version};
    if (board->line.drawn) {
        board->line.ppm =
            (nth_largest(scores, count, seats) + nth_largest(scores, count, seats + 1)) / 2;
    }
    count = 0;
    for (size_t i = 0; i < board->ideas_count; i++) {
        struct idea *idea = &board->ideas[i];

        if (board_competes(board, idea)) {
            uint32_t score = scores[count++];

            idea->distance = board->line.drawn
                                 ? queue_distance(score, board->line.ppm,
                                                  tally_judged(&idea->tally), RANK_K0)
                                 : 0;
        }
    }
    mem_free(scores);
}

void serve_look_at_line(struct board *board)
{
    if (!board->line.used) {
        return;
    }
    const struct round *round = &board->rounds[board->round - 1];
    uint64_t quarter = ((uint64_t)round->candidates + round->joined) / 4;
    uint64_t age = quarter > SERVE_LINE_AGE ? quarter : SERVE_LINE_AGE;

    if (board->version - board->line.version >= age && board_is_open(board)) {
        serve_draw_line(board);
    }
}
