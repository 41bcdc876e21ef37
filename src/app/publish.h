/*
 * publish — making a board: its address and code are claimed, its log is written, and last
 * of all it is put in the index, so that a board half made is never seen.
 *
 * Asynchronous on the store; used by the protocol's board.create and by the command line.
 */
#ifndef APP_PUBLISH_H
#define APP_PUBLISH_H

#include "store/store.h"
#include "wire/rounds.h"

/* What a board is made of. Texts are borrowed until publish_begin returns. */
struct new_board {
    struct op op;                 /* of the gesture that makes it; none: the command line's */
    struct definition definition; /* slug, lang, rules and rounds; key_id and texts are set */
    struct view title;
    struct view question;
    struct view about;
    struct round_words round_words[LIMIT_ROUNDS];
};

enum {
    JOIN_CODE_CHARS = 6,          /* few enough to be said aloud in a hall */
    JOIN_CODE_PRIVATE_CHARS = 10, /* too many to be guessed: who knows them may read */
    JOIN_CODE_MAX_CHARS = JOIN_CODE_PRIVATE_CHARS
};

bool join_code_is(struct view text);

/* What was claimed: the board exists in the store but is in no index yet. */
struct begun_board {
    struct board_key key;
    char code[JOIN_CODE_MAX_CHARS + 1];
    uint64_t epoch;
    struct entry_id id; /* of the creation entry */
};

/* ERR_CONFLICT: the slug is taken. */
typedef void publish_begun(void *user, enum err err, const struct begun_board *board);

/* Claims slug:<slug> → b and code:<code> → b, keeps code-of:<b> → code, appends the creation
   entry with its texts. */
void publish_begin(struct store *store, const struct new_board *board, publish_begun *done,
                   void *user);
/* Claims the slug and a code for a board of a given key, whose whole log is then written by the
   caller. */
void publish_restore(struct store *store, struct board_key key,
                     const struct definition *definition, publish_begun *done, void *user);
/* Appends {"board":"<b>","slug":"<slug>"} to the index: from now on everybody sees it. */
void publish_end(struct store *store, struct board_key key, const char *slug,
                 store_appended *done, void *user);
/* Gives back what publish_begin claimed and deletes the board, which no index has. */
void publish_abandon(struct store *store, const struct begun_board *board, const char *slug,
                     store_done *done, void *user);

#endif
