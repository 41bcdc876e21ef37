/*
 * fold — reads a board's log from the store and folds it, texts beside it.
 *
 * A visitor sees every entry before and after it is folded.
 */
#ifndef CLI_FOLD_H
#define CLI_FOLD_H

#include "cli/workspace.h"
#include "core/apply.h"
#include "wire/texts.h"

struct fold;

struct fold_visitor {
    void (*before)(void *user, const struct fold *fold, const struct stored_entry *entry);
    void (*after)(void *user, const struct fold *fold, const struct stored_entry *entry);
    void *user;
};

struct fold {
    struct board *board; /* owned */
    struct texts texts;
    struct effects effects;             /* of the latest entry */
    const struct fold_visitor *visitor; /* borrowed, or NULL */
    uint64_t until;                     /* the version to stop at; UINT64_MAX: the end */
    bool is_broken;                     /* an entry is none: nothing after it was folded */
    struct entry_id broken;             /* which */
    uint64_t refused;                   /* entries that the fold refused */
    size_t texts_read;
    size_t texts_wrong;  /* not what their entry commits to */
    uint32_t wrong_idea; /* number of the first idea with such a text, or 0 */
};

void fold_init(struct fold *fold);
void fold_finish(struct fold *fold);

/* Folds on from where it stands up to fold->until. */
MUST_USE enum err fold_read(struct fold *fold, struct workspace *workspace,
                            struct board_key key);

/* Every entry of a log in its order, without folding any. */
MUST_USE enum err fold_scan(struct workspace *workspace, struct board_key key,
                            void (*visit)(void *user, const struct stored_entry *entry),
                            void *user);

/* The whole board of that slug; false: it was said why not. */
MUST_USE bool fold_board(struct fold *fold, struct workspace *workspace, const char *slug);

#endif
