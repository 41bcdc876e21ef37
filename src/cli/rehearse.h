/* rehearse — what the parts of `pinson rehearse` share. */
#ifndef CLI_REHEARSE_H
#define CLI_REHEARSE_H

#include "cli/commands.h"
#include "cli/crowd.h"
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
    const char *template; /* NULL: one round that is not closed */
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

/* Plays all rounds of the board that was made. STATUS_REFUSED: it was said why not. */
enum status rehearse_play(struct rehearsal *rehearsal);
/* Prints what it came to. */
enum status rehearse_report(const struct rehearsal *rehearsal);

#endif
