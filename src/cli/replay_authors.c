/*
 * replay_authors — who wrote which idea in a log that is found for an archive.
 *
 * An archive does not say. Somebody must have where an idea was taken back or has a ballot by
 * who wrote it; and where ballots stand apart in an archive, each under a number of its own,
 * that is because authors gave them: they are given by authors here too.
 */
#include "base/mem.h"
#include "cli/replay.h"
#include "export/urn.h"

struct authors {
    struct replay *replay;
    size_t writers; /* so many of the pool may be authors */
    size_t turn;
    uint32_t other; /* who never judges, once there is one */
};

/* Some of those who judged gave several of the ballots that stand apart. */
static bool has_authors(const struct authors *authors)
{
    const struct replay *replay = authors->replay;
    size_t ideas = replay->archive->ideas_count;
    bool some = false;

    for (uint32_t round = 1; round <= replay->archive->round; round++) {
        size_t sum = 0;

        for (size_t i = 0; i < ideas; i++) {
            sum += replay->apart[(round - 1) * ideas + i];
        }
        some = some || sum > replay->judges[round - 1];
    }
    return some;
}

/* With fewer authors than that among its voters an archive keeps every ballot apart. */
static size_t count_writers(const struct authors *authors)
{
    const struct replay *replay = authors->replay;
    size_t writers = replay->pool_count;
    size_t active = replay->archive->round ? replay->archive->rounds[0].result.participants : 0;

    if (!replay->voters.count && writers >= URN_AUTHORS_MIN) {
        writers = URN_AUTHORS_MIN - 1;
    }
    return writers > active ? active : writers;
}

/* The more ballots an idea has, the fewer are left who may have written it. */
static bool may_write(const struct authors *authors, size_t place, size_t at)
{
    const struct replay *replay = authors->replay;

    for (uint32_t round = 1; round <= replay->archive->round; round++) {
        size_t apart = replay->apart[(round - 1) * replay->archive->ideas_count + at];
        size_t sharers = replay_sharers(replay, round, replay->archive->ideas[at].number);

        if (apart && apart + (place < sharers) > sharers) {
            return false;
        }
    }
    return true;
}

/* One of the pool, in turn; 0: each of them judged it. */
static uint32_t next_writer(struct authors *authors, size_t at)
{
    for (size_t tried = 0; tried < authors->writers; tried++) {
        size_t place = authors->turn++ % authors->writers;

        if (may_write(authors, place, at)) {
            return authors->replay->pool[place];
        }
    }
    return 0;
}

static uint32_t somebody_else(struct authors *authors)
{
    authors->other = authors->other ? authors->other : replay_new_actor(authors->replay);
    return authors->other;
}

static bool has_own_ballots(const struct replay *replay, size_t at)
{
    bool own = false;

    for (uint32_t n = 1; n <= replay->archive->round; n++) {
        own = own || tally_judged(&replay->more->rounds[n - 1].own[at]);
    }
    return own;
}

/* What became part of another, or another of it, has several authors. */
static bool was_merged(const struct replay *replay, uint32_t number)
{
    bool merged = false;

    for (size_t i = 0; i < replay->more->acts_count && !merged; i++) {
        const struct more_act *act = &replay->more->acts[i];

        merged = act->kind == CMD_MERGE && (act->idea == number || act->into == number);
    }
    return merged;
}

/* Those who must have an author; then, of ideas of the last round or of others, the rest. */
static void find_needed(struct authors *authors)
{
    struct replay *replay = authors->replay;

    for (size_t i = 0; i < replay->archive->ideas_count; i++) {
        bool own = has_own_ballots(replay, i);

        if (own || replay->more->ideas[i].state == IDEA_WITHDRAWN) {
            uint32_t writer = next_writer(authors, i);

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
            !replay->more->ideas[i].proxy && !idea->source.system[0] &&
            !was_merged(replay, idea->number)) {
            replay->authors[i] = next_writer(authors, i);
        }
    }
}

void replay_find_authors(struct replay *replay)
{
    struct authors authors = {.replay = replay};

    replay->authors = mem_array(replay->archive->ideas_count, sizeof *replay->authors);
    authors.writers = count_writers(&authors);
    find_needed(&authors);
    if (has_authors(&authors)) {
        find_others(&authors, true);
        find_others(&authors, false);
    }
}
