/*
 * replay_voters — who there is to give ballots in a log that is found for an archive.
 *
 * Voters with several ballots in the archive are told apart; the rest is a pool, as large as
 * the number of judges says.
 */
#include "base/mem.h"
#include "cli/replay.h"
#include "export/urn.h"

#include <stdlib.h>

static int compare_ballots(const void *a, const void *b)
{
    const struct more_ballot *left = a;
    const struct more_ballot *right = b;

    if (left->round != right->round) {
        return left->round < right->round ? -1 : 1;
    }
    return left->idea < right->idea ? -1 : left->idea > right->idea;
}

struct replay_span replay_ballots_of(const struct replay *replay, uint32_t round)
{
    const struct archive_more *more = replay->more;
    struct replay_span span = {0};

    while (span.first < more->ballots_count && more->ballots[span.first].round < round) {
        span.first++;
    }
    span.last = span.first;
    while (span.last < more->ballots_count && more->ballots[span.last].round == round) {
        span.last++;
    }
    return span;
}

uint32_t replay_voter(const struct replay *replay, uint32_t voter)
{
    const uint64_t *actor = map_find(&replay->voters, voter);

    return actor ? (uint32_t)*actor : 0;
}

/* Voters of more than one ballot. */
static void tell_apart(struct replay *replay)
{
    struct map once = {0};

    for (size_t i = 0; i < replay->more->ballots_count; i++) {
        uint32_t voter = replay->more->ballots[i].voter;

        if (!map_find(&once, voter)) {
            map_put(&once, voter, 1);
        } else if (!map_find(&replay->voters, voter)) {
            map_put(&replay->voters, voter, replay_new_actor(replay));
        }
    }
    map_finish(&once);
}

/* Who judged nothing but what is hidden is no judge of the round. */
static bool makes_judges(const struct replay *replay, uint32_t round, uint32_t idea)
{
    const struct archive_read_candidate *candidate =
        archive_candidate(replay->archive, round, idea);

    return candidate && candidate->state == IDEA_SHOWN;
}

static size_t count_told_apart(const struct replay *replay, uint32_t round)
{
    struct replay_span span = replay_ballots_of(replay, round);
    struct map seen = {0};

    for (size_t i = span.first; i < span.last; i++) {
        const struct more_ballot *ballot = &replay->more->ballots[i];
        uint32_t actor = replay_voter(replay, ballot->voter);

        if (actor && makes_judges(replay, round, ballot->idea)) {
            map_put(&seen, actor, 1);
        }
    }
    size_t count = seen.count;

    map_finish(&seen);
    return count;
}

/* Voters told apart who gave a ballot in that round or before. */
static size_t voters_until(const struct replay *replay, uint32_t round)
{
    struct map seen = {0};

    for (size_t i = 0; i < replay->more->ballots_count; i++) {
        const struct more_ballot *ballot = &replay->more->ballots[i];

        if (ballot->round <= round && replay_voter(replay, ballot->voter)) {
            map_put(&seen, ballot->voter, 1);
        }
    }
    size_t count = seen.count;

    map_finish(&seen);
    return count;
}

static void count_others(struct replay *replay)
{
    for (uint32_t round = 1; round <= replay->archive->round; round++) {
        size_t active = replay->archive->rounds[round - 1].result.participants;
        size_t voters = voters_until(replay, round);

        replay->shares[round - 1].others = active > voters ? active - voters : 0;
    }
}

static void count_apart(struct replay *replay)
{
    size_t ideas = replay->archive->ideas_count;

    replay->apart = mem_array(ideas * replay->archive->round, sizeof *replay->apart);
    for (size_t i = 0; i < replay->more->ballots_count; i++) {
        const struct more_ballot *ballot = &replay->more->ballots[i];

        replay->apart[(ballot->round - 1) * ideas + ballot->idea - 1] +=
            !replay_voter(replay, ballot->voter);
    }
}

/* Ballots of the round that stand apart; of those who are judges for it, or all. */
static size_t sum_apart(const struct replay *replay, uint32_t round, bool of_judges)
{
    size_t ideas = replay->archive->ideas_count;
    size_t sum = 0;

    for (uint32_t idea = 1; idea <= ideas; idea++) {
        sum += !of_judges || makes_judges(replay, round, idea)
                   ? replay->apart[(round - 1) * ideas + idea - 1]
                   : 0;
    }
    return sum;
}

static bool has_withdrawn(const struct replay *replay)
{
    bool has = false;

    for (size_t i = 0; i < replay->archive->ideas_count && !has; i++) {
        has = replay->more->ideas[i].state == IDEA_WITHDRAWN;
    }
    return has;
}

/* Each of them may be somebody's only one: there are as many judges, and people enough, one of
   them to write what is taken back. */
static bool are_single(const struct replay *replay)
{
    size_t sum = has_withdrawn(replay);

    for (uint32_t round = 1; round <= replay->archive->round; round++) {
        sum += sum_apart(replay, round, false);
        if (sum_apart(replay, round, true) != replay->shares[round - 1].judges ||
            sum > replay->shares[round - 1].others) {
            return false;
        }
    }
    return true;
}

/* For what is hidden, beside its author. */
static size_t count_needed(const struct replay *replay, uint32_t round, uint32_t idea)
{
    size_t place = (round - 1) * replay->archive->ideas_count + idea - 1;
    size_t own = tally_judged(&replay->more->rounds[round - 1].own[idea - 1]);

    return replay->apart[place] + own + !replay->single;
}

/* Those who judged, and for what is hidden as many as it needs. */
struct replay_span replay_sharers(const struct replay *replay, uint32_t round, uint32_t idea)
{
    size_t judges = replay->shares[round - 1].judges;
    size_t needed = count_needed(replay, round, idea);
    bool enough = makes_judges(replay, round, idea) || needed < judges;
    size_t first = replay->shares[round - 1].first;

    return (struct replay_span){first, first + (enough ? judges : needed)};
}

static void make_pool(struct replay *replay, size_t count)
{
    while (replay->pool_count < count) {
        replay->pool = mem_reserve(replay->pool, replay->pool_count, &replay->pool_room,
                                   sizeof *replay->pool);
        replay->pool[replay->pool_count++] = replay_new_actor(replay);
    }
}

/* Of the pool, beyond its judges those who gave ballots on what is hidden. */
static size_t count_voting(const struct replay *replay, uint32_t round)
{
    size_t most = replay->shares[round - 1].judges;

    for (uint32_t idea = 1; idea <= replay->archive->ideas_count; idea++) {
        bool voted = replay->apart[(round - 1) * replay->archive->ideas_count + idea - 1];
        size_t needed = voted ? count_needed(replay, round, idea) : 0;

        most = needed > most && !makes_judges(replay, round, idea) ? needed : most;
    }
    return most;
}

static void make_sharers(struct replay *replay, uint32_t round)
{
    make_pool(replay, replay->shares[round - 1].active);
    for (uint32_t idea = 1; idea <= replay->archive->ideas_count; idea++) {
        if (archive_candidate(replay->archive, round, idea)) {
            make_pool(replay, replay_sharers(replay, round, idea).last);
        }
    }
}

/* Of so many, a round has those who have not judged before, as far as there are. */
static void share_out(struct replay *replay, size_t people)
{
    size_t last = 0;

    for (uint32_t round = 1; round <= replay->archive->round; round++) {
        struct replay_share *share = &replay->shares[round - 1];
        size_t voting = count_voting(replay, round);
        size_t most = people < share->others ? people : share->others;
        size_t left = most > voting ? most - voting : 0;

        share->first = last < left ? last : left;
        last = share->first + voting > last ? share->first + voting : last;
        share->active = last;
        make_sharers(replay, round);
    }
}

/* Beside voters who are told apart an archive has none of the ballots of fewer authors than
   that told apart. */
static size_t count_sharers(struct replay *replay)
{
    size_t people = replay->voters.count ? URN_AUTHORS_MIN : 0;

    if (!replay->single) {
        return people;
    }
    people = 0;
    for (uint32_t round = 1; round <= replay->archive->round; round++) {
        replay->shares[round - 1].judges = sum_apart(replay, round, false);
        people += replay->shares[round - 1].judges;
    }
    return people;
}

void replay_find_voters(struct replay *replay)
{
    if (replay->more->ballots_count) {
        qsort(replay->more->ballots, replay->more->ballots_count, sizeof *replay->more->ballots,
              compare_ballots);
    }
    tell_apart(replay);
    count_apart(replay);
    count_others(replay);
    for (uint32_t round = 1; round <= replay->archive->round; round++) {
        size_t judges = replay->archive->rounds[round - 1].result.judges;
        size_t apart = count_told_apart(replay, round);

        replay->shares[round - 1].judges = judges > apart ? judges - apart : 0;
    }
    replay->single = are_single(replay);
    share_out(replay, count_sharers(replay));
}
