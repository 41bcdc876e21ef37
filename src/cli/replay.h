/*
 * replay — the parts of archive_replay: what each does to the log that is being found.
 *
 * A public archive says what a board came to, not how. Where several logs come to the same the
 * plainest is written; what an archive does not tell (who cast what, who led) is done by people
 * without a name.
 */
#ifndef CLI_REPLAY_H
#define CLI_REPLAY_H

#include "base/map.h"
#include "cli/archive_more.h"
#include "cli/replica.h"

/* Somebody of the board that is made. */
struct actor {
    uint64_t key;
    bool known; /* to the fold */
};

/* What a round has of those who share ballots. */
struct replay_share {
    size_t first; /* its judges are so many from that place of the pool on */
    size_t judges;
    size_t active; /* so many of the pool, its first, have judged by its end */
    size_t others; /* so many people have acted by its end, beside voters told apart */
};

struct replay {
    struct replica *replica;
    const struct archive_read *archive;
    const struct archive_more *more;
    struct actor *actors; /* owned; named by their places, from 1 */
    size_t actors_count;
    size_t actors_room;
    struct map voters;   /* voter of several ballots → actor */
    uint32_t *slots;     /* when idea n is posted, at n - 1: see replay_slot; owned */
    uint32_t *authors;   /* actor who wrote idea n at n - 1; 0: it was imported; owned */
    struct map standing; /* actor and idea → choice */
    uint32_t *pool;      /* actors who share the ballots that stand apart; owned */
    size_t pool_count;
    size_t pool_room;
    struct replay_share shares[LIMIT_ROUNDS];
    bool single;             /* each ballot that stands apart is somebody's only one */
    uint32_t *apart;         /* ballots on idea n in round r that are of no voter told apart, at
                                (r - 1) * ideas + n - 1; owned */
    size_t cursor;           /* among them */
    size_t reader;           /* the actor who was last shown something, and gave no ballot */
    size_t posted;           /* ideas so far */
    size_t acted;            /* acts of staff so far */
    int quiet;               /* what is being done is told nobody, so many times over */
    struct source importing; /* the import that it is part of, once there is one */
};

/* Places one after the other: ballots of a round among those of the archive, which are sorted
   by round and idea; or people of the pool. */
struct replay_span {
    size_t first;
    size_t last; /* behind the last one */
};

const struct round_definition *replay_round(const struct replay *replay, uint32_t round);
/* In that version no round had been opened yet. */
bool replay_drafts(const struct replay *replay, uint64_t version);
struct board *replay_board(const struct replay *replay);

/* replay_people: who acts. */
uint32_t replay_new_actor(struct replay *replay);
uint64_t replay_key(const struct replay *replay, uint32_t actor); /* 0 for 0, the system */
const struct person *replay_person(const struct replay *replay, uint32_t actor); /* or NULL */
void replay_introduce(struct replay *replay, uint32_t actor);
void replay_act(struct replay *replay, struct command *command, uint32_t actor);
/* By somebody who leads the board for as long as that takes. */
void replay_lead(struct replay *replay, struct command *command);
/* By that person, who leads for as long. */
void replay_lead_as(struct replay *replay, struct command *command, uint32_t actor);
/* By nobody. */
void replay_system(struct replay *replay, struct command *command);
/* From now on, or no more: as part of an import, of which nothing is said in public and which
   tells ballots as they were counted. Calls may lie within each other. */
void replay_quietly(struct replay *replay, bool on);
/* As many people with an act as the round says. */
void replay_fill_up(struct replay *replay, uint32_t round);
/* Somebody who has acted, or will in the present round, and has not reported the idea; else
   whoever may yet act; never 0. */
uint32_t replay_reporter(struct replay *replay, uint32_t idea);

/* replay_authors: once the voters, and the rounds of ideas, are known. */
void replay_find_authors(struct replay *replay);

/* replay_ideas: what is posted, and in which state it is. Ideas come in slots: one while a
 * round is open, and one before it opens, when staff may put something in. */
uint32_t replay_slot(uint32_t round);
uint32_t replay_slot_before(uint32_t round);
uint32_t replay_slot_round(uint32_t slot); /* the one that is open then, or opens next */
void replay_find_slots(struct replay *replay);
void replay_post(struct replay *replay, uint32_t slot);
/* States as when the round closed; at last, as they are. */
void replay_settle(struct replay *replay, uint32_t round);
void replay_settle_last(struct replay *replay);
/* What takes no part in the next round for another reason than the result of this one. */
void replay_keep_out(struct replay *replay, uint32_t next);
void replay_show(struct replay *replay, uint32_t idea);
void replay_hide(struct replay *replay, uint32_t idea);
void replay_withdraw(struct replay *replay, uint32_t idea);

/* replay_voters: who gives ballots. */
void replay_find_voters(struct replay *replay);
uint32_t replay_voter(const struct replay *replay, uint32_t voter); /* 0: of the pool */
struct replay_span replay_ballots_of(const struct replay *replay, uint32_t round);
/* Of the pool, those who share the ballots on the idea that stand apart. */
struct replay_span replay_sharers(const struct replay *replay, uint32_t round, uint32_t idea);

/* replay_ballots. Ballots on what becomes part of another, and is not counted for itself any
 * more. */
void replay_drop_ballots(struct replay *replay, uint32_t part);
void replay_cast(struct replay *replay, uint32_t round);

/* replay_groups: what is published of groups of the people who judged a final. */
void replay_tell_groups(struct replay *replay, uint32_t round);

/* replay_course: what staff do. Acts come in the order of the log; version 0: all. */
/* Out of what another act, of which nothing is said, has taken it out of, if it is merged. */
void replay_take_apart(struct replay *replay, uint32_t number);
void replay_moderate(struct replay *replay, uint64_t before_version);
void replay_open(struct replay *replay, uint32_t round);
/* What was done to the course of the round: at its beginning, and just before its end. */
void replay_change_course(struct replay *replay, uint32_t round);
void replay_change_end(struct replay *replay, uint32_t round);
void replay_close(struct replay *replay, uint32_t round);

#endif
