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

static const struct person *person_of(const struct replay *replay, uint32_t actor)
{
    const struct board *board = replay_board(replay);

    return board_person(board, board_person_number(board, replay_key(replay, actor)));
}

static bool has_acted(const struct replay *replay, uint32_t actor)
{
    const struct person *person = person_of(replay, actor);

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

/* Who judges in the present round acts in it, whatever else they do. */
static uint32_t some_judge(const struct replay *replay, uint32_t round)
{
    struct replay_span span = replay_ballots_of(replay, round);

    if (replay->judges[round - 1]) {
        return replay->pool[0];
    }
    for (size_t i = span.first; i < span.last; i++) {
        const uint64_t *actor = map_find(&replay->voters, replay->more->ballots[i].voter);

        if (actor) {
            return (uint32_t)*actor;
        }
    }
    return 0;
}

static uint32_t somebody_active(struct replay *replay)
{
    uint32_t round = replay_board(replay)->round;
    uint32_t judge = 0;

    for (uint32_t actor = 1; actor <= replay->actors_count; actor++) {
        if (has_acted(replay, actor)) {
            return actor;
        }
    }
    judge = round ? some_judge(replay, round) : 0;
    return judge ? judge : next_participant(replay);
}

static void give_role(struct replay *replay, uint32_t actor, enum role role)
{
    struct command command = {
        .kind = CMD_ROLE, .target = replay_key(replay, actor), .role = role};

    replay_system(replay, &command);
}

void replay_lead(struct replay *replay, struct command *command)
{
    uint32_t actor = somebody_active(replay);

    replay_introduce(replay, actor);
    give_role(replay, actor, ROLE_LEAD);
    replay_act(replay, command, actor);
    give_role(replay, actor, ROLE_PARTICIPANT);
}

void replay_quietly(struct replay *replay, bool on)
{
    if (on == (replay->importing.system[0] != '\0')) {
        return;
    }
    if (on) {
        replay->importing = writer_import_source("pinson");
    }
    struct command command = {.kind = CMD_IMPORT, .source = replay->importing, .done = !on};

    replay_system(replay, &command);
    if (!on) {
        replay->importing = (struct source){0};
    }
}

static bool has_reported(const struct replay *replay, uint32_t actor, uint32_t idea)
{
    const struct person *person = person_of(replay, actor);
    const struct ballot *ballot = person ? person_ballot(person, idea) : NULL;

    return ballot && ballot->reported;
}

uint32_t replay_reporter(struct replay *replay, uint32_t idea)
{
    for (uint32_t actor = 1; actor <= replay->actors_count; actor++) {
        if (has_acted(replay, actor) && !has_reported(replay, actor, idea)) {
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
