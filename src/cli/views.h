/*
 * views — what the store says of a board beside its log, and how that compares with the fold.
 */
#ifndef CLI_VIEWS_H
#define CLI_VIEWS_H

#include "cli/workspace.h"

/* Sentences, the first of them kept. */
struct differences {
    char *items[20]; /* owned */
    size_t count;
    size_t total;
};

void differences_finish(struct differences *differences);
__attribute__((format(printf, 2, 3))) void differ(struct differences *differences,
                                                  const char *format, ...);

/* A copy of a projection, ideas and heads by number and version. */
struct views {
    struct projection projection; /* its arrays are owned */
    char *summary;                /* what it points to; owned */
    struct entry_id log_last;
    uint64_t log_length;
    struct projection closed[LIMIT_ROUNDS]; /* of the rounds before: ideas are owned */
};

/* Reads them, waiting up to 5 s for a server to write what it has folded. ERR_PARSE: they are
   not what Pinson writes. */
MUST_USE enum err views_read(struct workspace *workspace, struct board_key key,
                             struct views *out);
void views_finish(struct views *views);

/* Tallies, scores, the mean and the summary against the fold at the projection's version. */
void views_compare(const struct views *views, const struct board *board,
                   struct differences *differences);

/* The scores of the rounds before the present one, which are what they closed with. */
void views_compare_closed(const struct views *views, const struct board *board,
                          struct differences *differences);

#endif
