/*
 * replay_ballots — who gives which ballot in a log that is found for an archive. A ballot that
 * stands from round to round stays whose it is.
 */
#include "base/mem.h"
#include "cli/replay.h"

/* What the round counts of an idea, ballot by ballot. */
struct wanted {
    uint32_t actor; /* 0: anybody's */
    enum choice choice;
    bool own;
};

struct wants {
    uint32_t idea;
    struct wanted *items; /* owned */
    size_t count;
    size_t room;
};

static uint64_t ballot_key(uint32_t actor, uint32_t idea)
{
    return (uint64_t)actor << 32 | idea;
}

/* Casting */

/* It, or a part of it. */
static bool wrote(const struct replay *replay, uint32_t actor, uint32_t idea)
{
    const struct person *person = replay_person(replay, actor);

    return person &&
           board_wrote(replay_board(replay), person, board_idea(replay_board(replay), idea));
}

/* What the present round counts of that actor on the idea; none: CHOICE_NONE. */
static enum choice counted(const struct replay *replay, uint32_t actor, uint32_t idea)
{
    const struct board *board = replay_board(replay);
    const struct person *person = replay_person(replay, actor);
    const struct ballot *ballot =
        person ? board_counted(board, person, board_idea(board, idea)) : NULL;

    return ballot ? (enum choice)ballot->choice : CHOICE_NONE;
}

static void cast(struct replay *replay, uint32_t idea, const struct wanted *wanted)
{
    struct command command = {.kind = CMD_VOTE, .idea = idea, .choice = wanted->choice};

    map_put(&replay->standing, ballot_key(wanted->actor, idea), wanted->choice);
    replay_act(replay, &command, wanted->actor);
}

/* It stands from an earlier round, and this one counts it. */
static bool is_counted(const struct replay *replay, uint32_t idea, const struct wanted *wanted)
{
    return counted(replay, wanted->actor, idea) == wanted->choice;
}

static void take_back(struct replay *replay, uint32_t actor, uint32_t idea)
{
    struct command command = {.kind = CMD_UNVOTE, .idea = idea};

    map_remove(&replay->standing, ballot_key(actor, idea));
    replay_act(replay, &command, actor);
}

static bool has_ballot(const struct replay *replay, uint32_t actor, uint32_t idea)
{
    const struct person *person = replay_person(replay, actor);
    const struct ballot *ballot = person ? person_ballot(person, idea) : NULL;

    return ballot && ballot->choice != CHOICE_NONE;
}

void replay_drop_ballots(struct replay *replay, uint32_t part)
{
    uint32_t root =
        board_survivor(replay_board(replay), board_idea(replay_board(replay), part))->number;

    for (uint32_t actor = 1; actor <= replay->actors_count; actor++) {
        if (!map_find(&replay->standing, ballot_key(actor, part))) {
            continue;
        }
        while (has_ballot(replay, actor, part) && !replay->replica->refused) {
            struct command command = {.kind = CMD_UNVOTE, .idea = part};

            replay_act(replay, &command, actor); /* of several the latest, perhaps on root */
        }
        map_remove(&replay->standing, ballot_key(actor, part));
        if (!has_ballot(replay, actor, root)) {
            map_remove(&replay->standing, ballot_key(actor, root));
        }
    }
}

/* What was merged into it between two rounds counts with it. */
static void drop_of_parts(struct replay *replay, uint32_t root)
{
    const struct board *board = replay_board(replay);

    for (uint32_t number = 1; number <= board->ideas_count; number++) {
        const struct idea *idea = board_idea(board, number);

        if (idea->merged_into && board_survivor(board, idea)->number == root) {
            replay_drop_ballots(replay, number);
        }
    }
}

static void want(struct wants *wants, uint32_t actor, enum choice choice, bool own)
{
    wants->items = mem_reserve(wants->items, wants->count, &wants->room, sizeof *wants->items);
    wants->items[wants->count++] =
        (struct wanted){.actor = actor, .choice = choice, .own = own};
}

static void want_own(struct wants *wants, const struct tally *own, uint32_t author)
{
    static const enum choice choices[] = {CHOICE_AGREE, CHOICE_DISAGREE, CHOICE_PASS};
    const uint32_t counts[] = {own->agree, own->disagree, own->pass};

    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        for (uint32_t n = 0; n < counts[i]; n++) {
            want(wants, author, choices[i], true);
            author = 0; /* of several who wrote parts of it, one is told apart */
        }
    }
}

static bool has(const struct wants *wants, uint32_t actor)
{
    for (size_t i = 0; i < wants->count; i++) {
        if (wants->items[i].actor == actor) {
            return true;
        }
    }
    return false;
}

/* They share, in that round, the ballots that stand apart. The pool came into being at once. */
static bool is_sharer(const struct replay *replay, uint32_t round, uint32_t idea,
                      uint32_t actor)
{
    struct replay_span sharers = replay_sharers(replay, round, idea);

    return sharers.first < sharers.last && actor >= replay->pool[sharers.first] &&
           actor <= replay->pool[sharers.last - 1];
}

/* Ballots that stand and are wanted stay whose they are; others are taken back. */
static void settle_standing(struct replay *replay, uint32_t round, struct wants *wants)
{
    for (uint32_t actor = 1; actor <= replay->actors_count; actor++) {
        const uint64_t *choice = map_find(&replay->standing, ballot_key(actor, wants->idea));
        size_t i = 0;

        if (!choice || has(wants, actor)) {
            continue;
        }
        while (i < wants->count && (wants->items[i].actor || wants->items[i].own ||
                                    wants->items[i].choice != (enum choice) * choice)) {
            i++;
        }
        if (i < wants->count && is_sharer(replay, round, wants->idea, actor)) {
            wants->items[i].actor = actor;
        } else {
            take_back(replay, actor, wants->idea);
        }
    }
}

/* Somebody of the pool without a ballot on the idea, the next in turn. */
static uint32_t somebody(struct replay *replay, uint32_t round, const struct wants *wants)
{
    struct replay_span sharers = replay_sharers(replay, round, wants->idea);
    size_t count = sharers.last - sharers.first;

    for (size_t tried = 0; tried < count; tried++) {
        uint32_t actor = replay->pool[sharers.first + replay->cursor++ % count];

        if (!has(wants, actor) && !wrote(replay, actor, wants->idea)) {
            return actor;
        }
    }
    return 0;
}

static size_t count_of(const struct replay *replay, uint32_t round, uint32_t actor)
{
    const struct archive_read_round *read = &replay->archive->rounds[round - 1];
    size_t count = 0;

    for (size_t c = 0; c < read->candidates_count; c++) {
        count += read->candidates[c].state == IDEA_SHOWN &&
                 counted(replay, actor, read->candidates[c].idea) != CHOICE_NONE;
    }
    return count;
}

/* A ballot of one who has several becomes that of another who has none. */
static bool pass_on(struct replay *replay, uint32_t round, uint32_t idea, uint32_t to)
{
    for (size_t place = 0; place < replay->shares[round - 1].judges; place++) {
        uint32_t from = replay->pool[replay->shares[round - 1].first + place];
        const uint64_t *choice = map_find(&replay->standing, ballot_key(from, idea));

        if (choice && !wrote(replay, from, idea) && count_of(replay, round, from) > 1) {
            struct wanted wanted = {.actor = to, .choice = (enum choice) * choice};

            take_back(replay, from, idea);
            cast(replay, idea, &wanted);
            return true;
        }
    }
    return false;
}

/* Every judge of the round has judged in it. */
static void employ_all(struct replay *replay, uint32_t round)
{
    const struct archive_read_round *read = &replay->archive->rounds[round - 1];

    for (size_t place = 0; place < replay->shares[round - 1].judges; place++) {
        uint32_t actor = replay->pool[replay->shares[round - 1].first + place];
        bool idle = count_of(replay, round, actor) == 0;

        for (size_t c = 0; idle && c < read->candidates_count; c++) {
            uint32_t idea = read->candidates[c].idea;
            bool may = read->candidates[c].state == IDEA_SHOWN && !wrote(replay, actor, idea);

            idle = !may || !pass_on(replay, round, idea, actor);
        }
    }
}

static void cast_on(struct replay *replay, uint32_t round, struct wants *wants)
{
    if (board_idea(replay_board(replay), wants->idea)->first_merged) {
        drop_of_parts(replay, wants->idea);
    }
    if (replay_round(replay, round)->counts == COUNTS_STANDING) {
        settle_standing(replay, round, wants);
    }
    for (size_t i = 0; i < wants->count; i++) {
        struct wanted *wanted = &wants->items[i];

        if (!wanted->actor) {
            wanted->actor = somebody(replay, round, wants);
        }
        if (wanted->actor && !is_counted(replay, wants->idea, wanted)) {
            cast(replay, wants->idea, wanted);
        }
    }
}

static void cast_all(struct replay *replay, uint32_t round)
{
    const struct archive_read_round *read = &replay->archive->rounds[round - 1];
    const struct more_round *more = &replay->more->rounds[round - 1];
    struct replay_span span = replay_ballots_of(replay, round);

    for (size_t c = 0; c < read->candidates_count; c++) {
        struct wants wants = {.idea = read->candidates[c].idea};

        want_own(&wants, &more->own[wants.idea - 1], replay->authors[wants.idea - 1]);
        while (span.first < span.last && replay->more->ballots[span.first].idea == wants.idea) {
            const struct more_ballot *ballot = &replay->more->ballots[span.first++];

            want(&wants, replay_voter(replay, ballot->voter), ballot->choice, false);
        }
        cast_on(replay, round, &wants);
        mem_free(wants.items);
    }
}

/* Servings: an archive says how many there were, not whose. */

static uint32_t next_reader(struct replay *replay, uint32_t idea)
{
    for (size_t tried = 0; tried < replay->actors_count; tried++) {
        uint32_t actor = (uint32_t)(replay->reader++ % replay->actors_count) + 1;

        if (!wrote(replay, actor, idea)) {
            return actor;
        }
    }
    return replay_new_actor(replay);
}

static void serve_all(struct replay *replay, uint32_t round)
{
    const uint32_t *served = replay->more->rounds[round - 1].served;

    for (uint32_t idea = 1; idea <= replay->posted; idea++) {
        for (uint32_t n = 0; n < served[idea - 1] && !replay->replica->refused; n++) {
            struct command command = {.kind = CMD_SERVE, .ideas = {idea}, .ideas_count = 1};

            replay_act(replay, &command, next_reader(replay, idea));
        }
    }
}

/* As part of an import: what came of a ballot is told, not how it came to be given. */
void replay_cast(struct replay *replay, uint32_t round)
{
    replay->cursor = 0;
    replay_quietly(replay, true);
    cast_all(replay, round);
    employ_all(replay, round);
    serve_all(replay, round);
    replay_quietly(replay, false);
}
