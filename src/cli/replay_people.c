/*
 * replay_people — who acts in a log that is found for an archive.
 *
 * An archive counts people with an act and people who judged. Nobody is added who is not
 * needed: staff are people who are there anyway, and lead for the length of one act.
 */
#include "auth/random.h"
#include "base/mem.h"
#include "cli/replay.h"

uint32_t replay_new_actor(struct replay *replay)
{
    replay->actors = mem_reserve(replay->actors, replay->actors_count, &replay->actors_room,
                                 sizeof *replay->actors);
    replay->actors[replay->actors_count++] = (struct actor){.key = random_u64() | 1};
    return (uint32_t)replay->actors_count;
}

uint64_t replay_key(const struct replay *replay, uint32_t actor)
{
    return actor ? replay->actors[actor - 1].key : 0;
}

struct board *replay_board(const struct replay *replay)
{
    return replay->replica->board;
}

const struct person *replay_person(const struct replay *replay, uint32_t actor)
{
    const struct board *board = replay_board(replay);

    return board_person(board, board_person_number(board, replay_key(replay, actor)));
}

static bool has_acted(const struct replay *replay, uint32_t actor)
{
    const struct person *person = replay_person(replay, actor);

    return person && person->acts;
}

void replay_introduce(struct replay *replay, uint32_t actor)
{
    if (actor && !replay->actors[actor - 1].known) {
        struct command command = {.kind = CMD_PERSON,
                                  .person = replay_key(replay, actor),
                                  .assurance = ASSURANCE_GUEST};

        replay->actors[actor - 1].known = true;
        replica_add(replay->replica, &command);
    }
}

void replay_act(struct replay *replay, struct command *command, uint32_t actor)
{
    replay_introduce(replay, actor);
    command->person = replay_key(replay, actor);
    replica_add(replay->replica, command);
}

void replay_system(struct replay *replay, struct command *command)
{
    replica_add(replay->replica, command);
}

/* Somebody who has not acted yet: who will judge in a later round, before others. */
static uint32_t next_participant(struct replay *replay)
{
    for (uint32_t actor = 1; actor <= replay->actors_count; actor++) {
        if (!has_acted(replay, actor)) {
            return actor;
        }
    }
    return replay_new_actor(replay);
}

static bool shares_now(const struct replay *replay, uint32_t actor, uint32_t round)
{
    size_t ideas = replay->archive->ideas_count;
    size_t sharers = replay->shares[round - 1].judges;

    for (size_t i = 0; i < ideas && !sharers; i++) {
        sharers = replay->apart[(round - 1) * ideas + i] > 0; /* at least the first of them */
    }
    if (!sharers) {
        return false;
    }
    uint32_t first = replay->pool[replay->shares[round - 1].first];

    return actor >= first && actor - first < sharers;
}

static bool writes_now(const struct replay *replay, uint32_t actor, uint32_t round)
{
    bool writes = false;

    for (size_t i = 0; i < replay->archive->ideas_count && !writes; i++) {
        writes = replay->authors[i] == actor && replay->slots[i] == replay_slot(round);
    }
    return writes;
}

static bool votes_now(const struct replay *replay, uint32_t actor, uint32_t round)
{
    struct replay_span span = replay_ballots_of(replay, round);

    while (span.first < span.last &&
           replay_voter(replay, replay->more->ballots[span.first].voter) != actor) {
        span.first++;
    }
    return span.first < span.last;
}

/* Acts in the present round, whatever else they do. */
static bool acts_now(const struct replay *replay, uint32_t actor)
{
    uint32_t round = replay_board(replay)->round;

    return round && (shares_now(replay, actor, round) || writes_now(replay, actor, round) ||
                     votes_now(replay, actor, round));
}

static uint32_t somebody_active(struct replay *replay)
{
    for (uint32_t actor = 1; actor <= replay->actors_count; actor++) {
        if (has_acted(replay, actor)) {
            return actor;
        }
    }
    for (uint32_t actor = 1; actor <= replay->actors_count; actor++) {
        if (acts_now(replay, actor)) {
            return actor;
        }
    }
    return next_participant(replay);
}

static void give_role(struct replay *replay, uint32_t actor, enum role role)
{
    struct command command = {
        .kind = CMD_ROLE, .target = replay_key(replay, actor), .role = role};

    replay_system(replay, &command);
}

void replay_lead(struct replay *replay, struct command *command)
{
    replay_lead_as(replay, command, somebody_active(replay));
}

void replay_lead_as(struct replay *replay, struct command *command, uint32_t actor)
{
    replay_introduce(replay, actor);
    give_role(replay, actor, ROLE_LEAD);
    replay_act(replay, command, actor);
    give_role(replay, actor, ROLE_PARTICIPANT);
}

void replay_quietly(struct replay *replay, bool on)
{
    replay->quiet += on ? 1 : -1;
    if (replay->quiet != (on ? 1 : 0)) {
        return;
    }
    if (!replay->importing.system[0]) {
        replay->importing = writer_import_source("pinson");
    }
    struct command command = {.kind = CMD_IMPORT, .source = replay->importing, .done = !on};

    replay_system(replay, &command);
}

static bool has_reported(const struct replay *replay, uint32_t actor, uint32_t idea)
{
    const struct person *person = replay_person(replay, actor);
    const struct ballot *ballot = person ? person_ballot(person, idea) : NULL;

    return ballot && ballot->reported;
}

uint32_t replay_reporter(struct replay *replay, uint32_t idea)
{
    for (uint32_t actor = 1; actor <= replay->actors_count; actor++) {
        if ((has_acted(replay, actor) || acts_now(replay, actor)) &&
            !has_reported(replay, actor, idea)) {
            return actor;
        }
    }
    return next_participant(replay);
}

static uint32_t first_shown(const struct board *board)
{
    for (size_t i = 0; i < board->ideas_count; i++) {
        if (board->ideas[i].state == IDEA_SHOWN) {
            return board->ideas[i].number;
        }
    }
    return 0;
}

void replay_fill_up(struct replay *replay, uint32_t round)
{
    const struct board *board = replay_board(replay);
    uint32_t participants = replay->archive->rounds[round - 1].result.participants;
    uint32_t shown = first_shown(board);

    while (board->active_people < participants && !replay->replica->refused) {
        struct command command = {.kind = CMD_FOLLOW, .idea = shown, .on = true};

        if (!shown) {
            command = (struct command){.kind = CMD_DONE, .round = round};
        }
        replay_act(replay, &command, next_participant(replay));
    }
}
