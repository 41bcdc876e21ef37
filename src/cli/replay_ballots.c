/*
 * replay_ballots — who gives which ballot in a log that is found for an archive. A ballot that
 * stands from round to round stays whose it is.
 */
#include "base/mem.h"
#include "cli/replay.h"
#include "core/serve.h"

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

/* What a person has judged, or wrote, is not shown to them. */
static bool may_read(const struct replay *replay, uint32_t actor, uint32_t idea)
{
    const struct board *board = replay_board(replay);
    const struct person *person =
        board_person(board, board_person_number(board, replay_key(replay, actor)));

    return !person ||
           (serve_may(board, person, &board->ideas[idea - 1]) && serve_cap_left(board, person));
}

/* An archive says that somebody was served, not when that was chosen: nor does this. */
static void serve(struct replay *replay, uint32_t actor, uint32_t idea)
{
    struct command command = {.kind = CMD_SERVE, .ideas = {idea}, .ideas_count = 1};

    replay_act(replay, &command, actor);
}

static void cast(struct replay *replay, uint32_t round, uint32_t idea,
                 const struct wanted *wanted)
{
    const struct round_definition *definition = replay_round(replay, round);
    const uint64_t *before = map_find(&replay->standing, ballot_key(wanted->actor, idea));
    bool stands = before && *before == (uint64_t)wanted->choice;
    uint32_t *served = &replay->more->rounds[round - 1].served[idea - 1];

    if (stands && definition->counts == COUNTS_STANDING &&
        (definition->ballots == BALLOTS_ANY || !may_read(replay, wanted->actor, idea))) {
        return;
    }
    replay_show(replay, idea);
    if (definition->ballots == BALLOTS_SERVED && *served &&
        may_read(replay, wanted->actor, idea)) {
        --*served;
        serve(replay, wanted->actor, idea);
    }
    if (stands && definition->counts == COUNTS_STANDING) {
        return;
    }
    struct command command = {.kind = CMD_VOTE, .idea = idea, .choice = wanted->choice};

    map_put(&replay->standing, ballot_key(wanted->actor, idea), wanted->choice);
    replay_act(replay, &command, wanted->actor);
}

static void take_back(struct replay *replay, uint32_t actor, uint32_t idea)
{
    struct command command = {.kind = CMD_UNVOTE, .idea = idea};

    replay_show(replay, idea);
    map_remove(&replay->standing, ballot_key(actor, idea));
    replay_act(replay, &command, actor);
}

static bool has_ballot(const struct replay *replay, uint32_t actor, uint32_t idea)
{
    const struct board *board = replay_board(replay);
    const struct person *person =
        board_person(board, board_person_number(board, replay_key(replay, actor)));
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
    size_t sharers = replay_sharers(replay, round, idea);

    return sharers && actor >= replay->pool[0] && actor - replay->pool[0] < sharers;
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
    size_t sharers = replay_sharers(replay, round, wants->idea);

    for (size_t tried = 0; tried < sharers; tried++) {
        uint32_t actor = replay->pool[replay->cursor++ % sharers];

        if (!has(wants, actor) && actor != replay->authors[wants->idea - 1]) {
            return actor;
        }
    }
    return 0;
}

/* What the present round counts of that actor on the idea; none: CHOICE_NONE. */
static enum choice counted(const struct replay *replay, uint32_t actor, uint32_t idea)
{
    const struct board *board = replay_board(replay);
    const struct person *person =
        board_person(board, board_person_number(board, replay_key(replay, actor)));
    const struct ballot *ballot =
        person ? board_counted(board, person, board_idea(board, idea)) : NULL;

    return ballot ? (enum choice)ballot->choice : CHOICE_NONE;
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
    for (size_t place = 0; place < replay->judges[round - 1]; place++) {
        uint32_t from = replay->pool[place];
        const uint64_t *choice = map_find(&replay->standing, ballot_key(from, idea));

        if (choice && from != replay->authors[idea - 1] && count_of(replay, round, from) > 1) {
            struct wanted wanted = {.actor = to, .choice = (enum choice) * choice};

            take_back(replay, from, idea);
            cast(replay, round, idea, &wanted);
            return true;
        }
    }
    return false;
}

/* Every judge of the round has judged in it. */
static void employ_all(struct replay *replay, uint32_t round)
{
    const struct archive_read_round *read = &replay->archive->rounds[round - 1];

    for (size_t place = 0; place < replay->judges[round - 1]; place++) {
        uint32_t actor = replay->pool[place];
        bool idle = count_of(replay, round, actor) == 0;

        for (size_t c = 0; idle && c < read->candidates_count; c++) {
            uint32_t idea = read->candidates[c].idea;
            bool served = replay_round(replay, round)->ballots == BALLOTS_SERVED;
            bool may = read->candidates[c].state == IDEA_SHOWN &&
                       replay_board(replay)->ideas[idea - 1].state == IDEA_SHOWN &&
                       actor != replay->authors[idea - 1] &&
                       (!served || replay->more->rounds[round - 1].served[idea - 1]);

            idle = !may || !pass_on(replay, round, idea, actor);
        }
    }
}

static void cast_on(struct replay *replay, uint32_t round, struct wants *wants)
{
    enum idea_state state = replay_board(replay)->ideas[wants->idea - 1].state;

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
        if (wanted->actor) {
            cast(replay, round, wants->idea, wanted);
        }
    }
    if (state == IDEA_HIDDEN) {
        replay_hide(replay, wants->idea);
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

/* Servings that nobody answered */

/* The next in turn who could be shown the idea: being shown something is no act. */
static uint32_t next_reader(struct replay *replay, uint32_t idea)
{
    for (size_t tried = 0; tried < replay->actors_count; tried++) {
        uint32_t actor = (uint32_t)(replay->reader++ % replay->actors_count) + 1;

        if (actor != replay->authors[idea - 1] && may_read(replay, actor, idea)) {
            return actor;
        }
    }
    return replay_new_actor(replay);
}

static void serve_rest(struct replay *replay, uint32_t round)
{
    uint32_t *served = replay->more->rounds[round - 1].served;

    for (uint32_t idea = 1; idea <= replay->posted; idea++) {
        bool hidden = replay_board(replay)->ideas[idea - 1].state == IDEA_HIDDEN;

        if (served[idea - 1]) {
            replay_show(replay, idea);
        }
        for (; served[idea - 1] && !replay->replica->refused; served[idea - 1]--) {
            serve(replay, next_reader(replay, idea), idea);
        }
        if (hidden) {
            replay_hide(replay, idea);
        }
    }
}

void replay_cast(struct replay *replay, uint32_t round)
{
    replay->cursor = 0;
    cast_all(replay, round);
    employ_all(replay, round);
    serve_rest(replay, round);
}
