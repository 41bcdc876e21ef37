/*
 * replay_authors — who wrote which idea in a log that is found for an archive.
 *
 * An archive does not say. Somebody must have where an idea was taken back or has a ballot by
 * who wrote it; and where ballots stand apart in an archive, each under a number of its own,
 * that is because authors gave them: they are given by authors here too.
 *
 * Who wrote a part judges nothing of the whole, so what was merged is written by one person.
 */
#include "base/mem.h"
#include "cli/replay.h"
#include "export/urn.h"

struct authors {
    struct replay *replay;
    size_t writers[LIMIT_ROUNDS]; /* so many of the pool may write in that round */
    size_t turn;
    bool *busy;       /* that place of the pool has written something; owned */
    uint32_t other;   /* who never judges, once there is one */
    uint32_t *family; /* of idea n at n - 1: one number for all that were ever merged; owned */
    bool *merged;     /* others are of its family; owned */
};

static void join_families(struct authors *authors, uint32_t one, uint32_t other)
{
    uint32_t from = authors->family[one - 1];
    uint32_t to = authors->family[other - 1];

    for (size_t i = 0; from != to && i < authors->replay->archive->ideas_count; i++) {
        authors->family[i] = authors->family[i] == from ? to : authors->family[i];
    }
    authors->merged[one - 1] = authors->merged[other - 1] = true;
}

static void find_families(struct authors *authors)
{
    const struct replay *replay = authors->replay;

    authors->family = mem_array(replay->archive->ideas_count, sizeof *authors->family);
    authors->merged = mem_array(replay->archive->ideas_count, sizeof *authors->merged);
    for (uint32_t i = 0; i < replay->archive->ideas_count; i++) {
        authors->family[i] = i;
    }
    for (size_t i = 0; i < replay->more->acts_count; i++) {
        if (replay->more->acts[i].kind == CMD_MERGE) {
            join_families(authors, replay->more->acts[i].idea, replay->more->acts[i].into);
        }
    }
}

/* Those who write act beside those who are told apart; and with fewer authors than that among
   its voters an archive keeps every ballot apart. */
static void count_writers(struct authors *authors)
{
    const struct replay *replay = authors->replay;
    size_t most = replay->pool_count;

    if (!replay->voters.count && most >= URN_AUTHORS_MIN) {
        most = URN_AUTHORS_MIN - 1;
    }
    for (uint32_t round = replay->archive->round; round > 0; round--) {
        size_t others = replay->shares[round - 1].others;

        most = most > others ? others : most; /* of a later round they may be more */
        authors->writers[round - 1] = most;
    }
}

/* The more ballots an idea has, the fewer are left who may have written it. */
static bool leaves_judges(const struct authors *authors, size_t place, size_t at)
{
    const struct replay *replay = authors->replay;

    for (uint32_t round = 1; round <= replay->archive->round; round++) {
        size_t apart = replay->apart[(round - 1) * replay->archive->ideas_count + at];
        struct replay_span sharers =
            replay_sharers(replay, round, replay->archive->ideas[at].number);
        bool shares = sharers.first <= place && place < sharers.last;

        if (apart && apart + shares > sharers.last - sharers.first) {
            return false;
        }
    }
    return true;
}

static bool may_write(const struct authors *authors, size_t place, size_t at)
{
    bool may = leaves_judges(authors, place, at);
    size_t ideas = authors->merged[at] ? authors->replay->archive->ideas_count : 0;

    for (size_t i = 0; i < ideas && may; i++) {
        may = authors->family[i] != authors->family[at] || leaves_judges(authors, place, i);
    }
    return may;
}

static uint32_t writer_of_family(const struct authors *authors, size_t at)
{
    uint32_t writer = 0;
    size_t ideas = authors->merged[at] ? authors->replay->archive->ideas_count : 0;

    for (size_t i = 0; i < ideas && !writer; i++) {
        writer = authors->family[i] == authors->family[at] ? authors->replay->authors[i] : 0;
    }
    return writer;
}

/* So many of the pool may write when that idea is posted. */
static size_t writers_of(const struct authors *authors, size_t at)
{
    uint32_t last = authors->replay->archive->round; /* 0: it is a draft */
    uint32_t round = replay_slot_round(authors->replay->slots[at]);

    return last ? authors->writers[(round < last ? round : last) - 1] : 0;
}

/* Who has not written yet, the last of them first: the first may write at any time. */
static uint32_t new_writer(struct authors *authors, size_t at)
{
    for (size_t place = writers_of(authors, at); place > 0; place--) {
        if (!authors->busy[place - 1] && may_write(authors, place - 1, at)) {
            authors->busy[place - 1] = true;
            return authors->replay->pool[place - 1];
        }
    }
    return 0;
}

/* One of the pool, in turn; 0: each of them judged it. */
static uint32_t next_writer(struct authors *authors, size_t at)
{
    uint32_t writer = writer_of_family(authors, at);
    size_t writers = writers_of(authors, at);

    writer = writer ? writer : new_writer(authors, at);
    for (size_t tried = 0; tried < writers && !writer; tried++) {
        size_t place = authors->turn++ % writers;

        writer = may_write(authors, place, at) ? authors->replay->pool[place] : 0;
    }
    return writer;
}

static uint32_t somebody_else(struct authors *authors)
{
    authors->other = authors->other ? authors->other : replay_new_actor(authors->replay);
    return authors->other;
}

/* Among those who acted by the time the idea was posted there is one who never judged. */
static bool has_somebody_else(const struct authors *authors, size_t at)
{
    const struct replay *replay = authors->replay;
    uint32_t slot = replay->slots[at];
    bool has = slot != replay_slot_before(1);

    for (uint32_t round = replay_slot_round(slot); has && round <= replay->archive->round;
         round++) {
        has = replay->shares[round - 1].others > replay->shares[round - 1].active;
    }
    return has;
}

static bool has_own_ballots(const struct replay *replay, size_t at)
{
    bool own = false;

    for (uint32_t n = 1; n <= replay->archive->round; n++) {
        own = own || tally_judged(&replay->more->rounds[n - 1].own[at]);
    }
    return own;
}

/* Those who must have an author; then, of ideas of the last round or of others, the rest. */
static void find_needed(struct authors *authors)
{
    struct replay *replay = authors->replay;

    for (size_t i = 0; i < replay->archive->ideas_count; i++) {
        bool own = has_own_ballots(replay, i);

        if (own || replay->more->ideas[i].state == IDEA_WITHDRAWN) {
            bool other = replay->single && !own && has_somebody_else(authors, i);
            uint32_t writer = other ? 0 : next_writer(authors, i);

            replay->authors[i] = writer ? writer : somebody_else(authors);
        }
    }
}

static void find_others(struct authors *authors, bool of_last_round)
{
    struct replay *replay = authors->replay;

    for (size_t i = 0; i < replay->archive->ideas_count; i++) {
        const struct idea *idea = &replay->archive->ideas[i];
        bool last = archive_candidate(replay->archive, replay->archive->round, idea->number);

        if (last == of_last_round && !replay->authors[i] && !replay->more->ideas[i].seed &&
            !replay->more->ideas[i].proxy && !idea->source.system[0]) {
            replay->authors[i] = next_writer(authors, i);
        }
    }
}

void replay_find_authors(struct replay *replay)
{
    struct authors authors = {.replay = replay};

    replay->authors = mem_array(replay->archive->ideas_count, sizeof *replay->authors);
    count_writers(&authors);
    find_families(&authors);
    authors.busy = mem_array(replay->pool_count, sizeof *authors.busy);
    find_needed(&authors);
    if (!replay->single) { /* some gave several of the ballots that stand apart */
        find_others(&authors, true);
        find_others(&authors, false);
    }
    mem_free(authors.busy);
    mem_free(authors.family);
    mem_free(authors.merged);
}
