/*
 * replay_groups — who declares which group in a log that is found for an archive.
 *
 * Of a final, groups.csv says how many of each group judged each finalist and how many were
 * for it, never who. Some set of its judges comes to these sums, since one did; here one is
 * searched for, by changes at random that are taken when the sums come nearer, and sometimes
 * when they do not. Sums too small to be published are held under what is.
 */
#include "base/mem.h"
#include "cli/replay.h"

enum {
    STEPS = 40000000 /* some seconds; ten finalists are found in a thousandth of that */
};

/* What a group is to say of one finalist. */
struct sums {
    int32_t judged;
    int32_t agree;
    bool published; /* false: fewer than would be */
};

/* What a judge says of each finalist, and whether they are of the group. */
struct member {
    uint32_t person; /* number */
    bool fixed;      /* they declared before */
    bool in;
};

struct search {
    uint8_t
        *choices; /* of member m on finalist f at m * finalists + f; owned, as those after */
    struct member *members;
    size_t members_count;
    size_t finalists;
    const struct sums *wanted; /* of each finalist, as those after it */
    struct sums *now;
    int32_t off; /* by how much these are not what is wanted; 0: found */
    uint64_t chance;
};

/* splitmix64: the same log for the same archive, but for keys. */
static uint64_t next_chance(struct search *search)
{
    uint64_t z = search->chance += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static int32_t off(const struct sums *now, const struct sums *wanted)
{
    if (!wanted->published) {
        return now->judged > wanted->judged ? now->judged - wanted->judged : 0;
    }
    return abs(now->judged - wanted->judged) + abs(now->agree - wanted->agree);
}

/* Into the group or out of it. */
static void flip(struct search *search, size_t m)
{
    const uint8_t *choices = search->choices + m * search->finalists;
    int32_t sign = search->members[m].in ? -1 : 1;

    search->members[m].in = !search->members[m].in;
    for (size_t f = 0; f < search->finalists; f++) {
        struct sums *now = &search->now[f];

        if (choices[f] != CHOICE_NONE) {
            search->off -= off(now, &search->wanted[f]);
            now->judged += sign;
            now->agree += choices[f] == CHOICE_AGREE ? sign : 0;
            search->off += off(now, &search->wanted[f]);
        }
    }
}

/* A worsening by one is taken once in eleven times, by two once in 128. Colder, the search gets
   stuck; warmer, it strays. */
static bool takes(struct search *search, int32_t change)
{
    uint32_t halvings = change > 0 ? (uint32_t)(7 * change) / 2 : 0;

    return !halvings || (halvings < 32 && next_chance(search) >> (64 - halvings) == 0);
}

/* Somebody comes or goes, or one for another. */
static void change_at_random(struct search *search)
{
    size_t one = next_chance(search) % search->members_count;
    size_t other = next_chance(search) % search->members_count;
    bool both = search->members[one].in != search->members[other].in;
    int32_t before = search->off;

    if (search->members[one].fixed || search->members[other].fixed) {
        return;
    }
    flip(search, one);
    if (both) {
        flip(search, other);
    }
    if (!takes(search, search->off - before)) {
        flip(search, one);
        if (both) {
            flip(search, other);
        }
    }
}

static bool find_members(struct search *search)
{
    for (size_t step = 0; step < STEPS && search->off; step++) {
        change_at_random(search);
    }
    return search->off == 0;
}

/* What there is to search */

/* People with a ballot that the round counts of a finalist, and what it says. */
static void take_members(struct search *search, const struct replay *replay, uint32_t round)
{
    const struct board *board = replay_board(replay);
    const struct archive_read_round *read = &replay->archive->rounds[round - 1];
    uint8_t *choices = mem_array(board->people_count * read->candidates_count, sizeof *choices);

    search->finalists = read->candidates_count;
    search->members = mem_array(board->people_count, sizeof *search->members);
    search->choices = choices;
    for (size_t i = 0; i < board->people_count; i++) {
        const struct person *person = &board->people[i];
        uint8_t *row = choices + search->members_count * search->finalists;
        bool judges = false;

        for (size_t f = 0; f < search->finalists; f++) {
            const struct idea *idea = board_idea(board, read->candidates[f].idea);
            const struct ballot *ballot = board_counted(board, person, idea);

            row[f] = ballot ? (uint8_t)ballot->choice : CHOICE_NONE;
            judges = judges || ballot;
        }
        if (judges) {
            search->members[search->members_count++] =
                (struct member){.person = person->number, .fixed = person->declared};
        }
    }
}

static struct sums find_wanted(const struct archive_read_round *read, uint32_t group,
                               uint32_t idea)
{
    for (size_t i = 0; i < read->groups_count; i++) {
        const struct archive_read_group *row = &read->groups[i];

        if (row->tally.group == group && row->idea == idea) {
            return (struct sums){.judged = (int32_t)row->tally.judged,
                                 .agree = (int32_t)row->tally.agree,
                                 .published = true};
        }
    }
    return (struct sums){.judged = FINAL_GROUP_MIN - 1};
}

/* false: nothing is published of that group. */
static bool take_wanted(struct sums *wanted, const struct archive_read_round *read,
                        uint32_t group)
{
    bool any = false;

    for (size_t f = 0; f < read->candidates_count; f++) {
        wanted[f] = find_wanted(read, group, read->candidates[f].idea);
        any = any || wanted[f].published;
    }
    return any;
}

/* Nobody, but those who declared the group before. */
static void begin(struct search *search, const struct board *board, uint32_t group)
{
    for (size_t f = 0; f < search->finalists; f++) {
        search->now[f] = (struct sums){0};
        search->off += off(&search->now[f], &search->wanted[f]);
    }
    for (size_t m = 0; m < search->members_count; m++) {
        const struct person *person = &board->people[search->members[m].person - 1];

        search->members[m].in = false;
        if (person->groups >> (group - 1) & 1u) {
            flip(search, m);
        }
    }
}

static void declare_of(struct replay *replay, const struct member *member, uint64_t groups)
{
    struct command command = {.kind = CMD_DECLARE};

    for (uint32_t g = 0; g < LIMIT_GROUPS; g++) {
        if (groups >> g & 1u) {
            command.ideas[command.ideas_count++] = g + 1;
        }
    }
    if (command.ideas_count && !member->fixed) {
        command.person = replay_board(replay)->people[member->person - 1].key;
        replay_system(replay, &command);
    }
}

/* Whoever is in it, as a bit of each. */
static void find_group(struct replay *replay, struct search *search, uint32_t group,
                       uint64_t *groups)
{
    search->off = 0;
    begin(search, replay_board(replay), group);
    replay->no_groups = !find_members(search) || replay->no_groups;
    for (size_t m = 0; m < search->members_count; m++) {
        groups[m] |= (uint64_t)search->members[m].in << (group - 1);
    }
}

void replay_declare(struct replay *replay, uint32_t round)
{
    const struct archive_read_round *read = &replay->archive->rounds[round - 1];
    struct sums *wanted = mem_array(read->candidates_count, sizeof *wanted);
    struct search search = {.wanted = wanted};

    take_members(&search, replay, round);
    search.now = mem_array(search.finalists, sizeof *search.now);
    uint64_t *groups = mem_array(search.members_count, sizeof *groups);

    for (uint32_t g = 1; g <= replay->archive->definition.groups_count; g++) {
        if (search.members_count && take_wanted(wanted, read, g)) {
            find_group(replay, &search, g, groups);
        }
    }
    for (size_t m = 0; m < search.members_count; m++) {
        declare_of(replay, &search.members[m], groups[m]);
    }
    mem_free(groups);
    mem_free(search.now);
    mem_free(search.members);
    mem_free(search.choices);
    mem_free(wanted);
}
