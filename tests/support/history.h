/*
 * history — a log that a test writes command by command and that is folded as it grows.
 *
 * Every command goes through entry_write and entry_parse, so that what is folded is what a
 * store would hold. The clock is now_ms: a test moves it on. init/finish on the caller's
 * memory.
 */
#ifndef SUPPORT_HISTORY_H
#define SUPPORT_HISTORY_H

#include "base/buf.h"
#include "core/apply.h"

enum {
    HISTORY_EPOCH = 0xE90C,
    HISTORY_TEXT_LENGTH = 20 /* graphemes of a text that nothing is said about */
};

/* The keys of who acts in tests; as numbers on a started board they are 1, 2, 3… */
enum {
    AUTHOR = 0xA1,
    JUDGE = 0xB2,
    OTHER = 0xC3,
    THIRD = 0xD4,
    STAFF = 0xE5, /* a moderator */
    LEAD = 0xF6,
    STRANGER = 0x99 /* not on the board */
};

struct logged {
    struct entry_id id;
    struct buf bytes;
    struct decision decision;
};

struct history {
    struct board *board;
    struct effects effects; /* of the latest entry */
    uint64_t now_ms;        /* of the next entry */
    uint64_t seq;
    uint64_t made; /* ops and texts so far */
    struct logged *log;
    size_t count;
    size_t room;
};

/* An empty log. */
void history_init(struct history *history);
/* A board as define leaves it (NULL: the defaults) with the six people above on it. */
void history_start(struct history *history, void (*define)(struct definition *));
void history_finish(struct history *history);

/* The default definition, with a key id, a slug and a title. */
void history_define(struct definition *definition);

/* A command by person (0: the system, which has no op) with an op and a text of its own. */
struct command history_command(struct history *history, enum command_kind kind,
                               uint64_t person);
struct op history_op(struct history *history);
struct text_use history_text(struct history *history, uint32_t length);

/* Appends and folds; takes the command's definition. */
struct decision history_add(struct history *history, struct command *command);
/* Appends and folds bytes as they are, which must be an entry. */
struct decision history_add_bytes(struct history *history, struct view bytes);
/* The bytes of an earlier entry once more, as a retry brings them. */
struct decision history_repeat(struct history *history, size_t index);

/* Everything folded anew, into a board of its own; owned by the caller. */
struct board *history_replay(const struct history *history, size_t count);
/* Everything folded anew by a fold that leaves something out; owned by the caller. */
struct board *history_replay_without(const struct history *history,
                                     const struct omission *omission);
/* Folds entries from, from + 1… to - 1 into board. */
void history_fold(const struct history *history, struct board *board, size_t from, size_t to);

/* One gesture each; how it was decided. */
enum err history_create(struct history *history, void (*define)(struct definition *));
enum err history_person(struct history *history, uint64_t person, enum assurance assurance);
enum err history_role(struct history *history, uint64_t target, enum role role);
enum err history_post(struct history *history, uint64_t person);
enum err history_reply(struct history *history, uint64_t person, enum relation relation,
                       uint32_t parent);
enum err history_vote(struct history *history, uint64_t person, uint32_t idea,
                      enum choice choice);
enum err history_serve(struct history *history, uint64_t person, uint32_t idea);
enum err history_hide(struct history *history, uint64_t person, uint32_t idea);
enum err history_report(struct history *history, uint64_t person, uint32_t idea);
/* withdraw, unvote, skip, restore, edit: what needs no more than an idea. */
enum err history_on(struct history *history, enum command_kind kind, uint64_t person,
                    uint32_t idea);
enum err history_import(struct history *history, bool done);

/* Rounds; open and close name the published rule. The number of a round is from 1. */
struct command history_round_command(struct history *history, enum command_kind kind,
                                     uint64_t person, uint32_t round);
enum err history_round(struct history *history, enum command_kind kind, uint64_t person,
                       uint32_t round);
enum err history_open(struct history *history, uint32_t round);  /* by the lead */
enum err history_close(struct history *history, uint32_t round); /* by the lead */
enum err history_extend(struct history *history, uint32_t round, uint32_t minutes);
enum err history_revise(struct history *history, uint32_t round,
                        const struct round_definition *definition);

/* By staff. */
enum err history_merge(struct history *history, uint32_t into, uint32_t idea);
enum err history_unmerge(struct history *history, uint32_t idea);

/* What serve_choose picks, at most count; how it was decided. */
struct command history_choice(struct history *history, uint64_t person, uint32_t count);
/* groups: count numbers. */
enum err history_declare(struct history *history, uint64_t person, uint32_t count,
                         const uint32_t *groups);

const struct idea *history_idea(const struct history *history, uint32_t number);
const struct person *history_who(const struct history *history, uint64_t key);

#define AUTO_HISTORY __attribute__((cleanup(history_finish))) struct history

#endif
