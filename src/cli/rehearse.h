/* rehearse — what the parts of `pinson rehearse` share. */
#ifndef CLI_REHEARSE_H
#define CLI_REHEARSE_H

#include "cli/commands.h"
#include "cli/crowd.h"
#include "cli/fold.h"
#include "cli/writer.h"

/* A round as it was played, and what the server said that it came to. */
struct played_round {
    struct crowd_result result;
    json_t *outcomes; /* of the answer that closed it; owned, or NULL */
    json_t *ranking;  /* round.result; owned, or NULL */
};

struct rehearsal {
    struct config *config;
    const char *dir;
    const char *slug;
    const char *template;  /* NULL: one round that is not closed, unless it is played like… */
    const char *like;      /* the board whose rounds, words and seeds are copied; or NULL */
    struct fold model;     /* of that board */
    struct buf title;      /* of its copy; owned */
    size_t seeds;          /* the first ideas of the deck are that board's */
    uint32_t moves;        /* rounds that take posts */
    bool has_watcher;      /* --lead: */
    struct digest watcher; /* of the account that leads the copy as well */
    uint64_t watcher_key;
    uint64_t people;
    uint64_t ideas;
    json_t *rounds; /* of the template: the board borrows its words; owned */
    struct crowd_config crowd;
    struct deck deck;
    struct table table;
    struct new_board board;
    struct workspace workspace;
    struct writer writer;
    struct token *tokens; /* of everybody and, last, of the lead */
    uint64_t *keys;       /* of each of them on the board */
    size_t in_flight;
    enum err err;

    struct crowd_result result; /* of the whole */
    struct played_round played[LIMIT_ROUNDS];
    uint64_t missing; /* that the server acknowledged, and its log does not have */
};

enum {
    REHEARSE_SEEDS = 500 /* at most so many seeds are copied */
};

/* Its rounds follow each other, opened by whoever leads. */
bool rehearse_is_led(const struct rehearsal *rehearsal);
/* The board that is rehearsed: its words and rules for the copy, its seeds into a crowd's deck.
   false: it was said why not. */
bool rehearse_read_model(struct rehearsal *rehearsal);
/* Plays all rounds of the board that was made. STATUS_REFUSED: it was said why not. */
enum status rehearse_play(struct rehearsal *rehearsal);
/* Prints what it came to. */
enum status rehearse_report(const struct rehearsal *rehearsal);

#endif
