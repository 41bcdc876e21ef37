/*
 * writer — makes a board in the store from outside: creation, people, ideas, ballots, and last
 * of all its publication. Until then nobody sees it, and any failure leaves nothing behind.
 */
#ifndef CLI_WRITER_H
#define CLI_WRITER_H

#include "app/publish.h"
#include "cli/fold.h"
#include "cli/wait.h"

struct writer {
    struct workspace *workspace;
    struct begun_board board;
    char slug[LIMIT_SLUG_MAX_BYTES + 1];
    struct pipeline pipeline;
};

/* An idea that is put into a board. Texts are borrowed. */
struct new_idea {
    struct view text;
    uint64_t person; /* key; 0: the system */
    enum relation relation;
    uint32_t parent;
    uint32_t with;
    uint32_t theme;
    bool seed;
    const char *lang;
    struct source source;
    uint64_t at_ms; /* when it happened elsewhere; 0: now */
};

/* The default definition with these words, which are borrowed. false: it was said what is
   wrong with them. */
MUST_USE bool writer_words(struct new_board *board, const char *slug, const char *lang,
                           const char *title);
MUST_USE bool writer_check_text(const char *what, struct view text, size_t max_graphemes);

/* Claims and creates the board. false: it was said why not. */
MUST_USE bool writer_begin(struct writer *writer, struct workspace *workspace,
                           const struct new_board *board);

/* The same for a board of that key that was elsewhere before: its entries, the first
   included, are given to writer_restore. */
MUST_USE bool writer_begin_again(struct writer *writer, struct workspace *workspace,
                                 struct board_key key, const struct definition *definition);
/* An entry under the id that it had. */
void writer_restore(struct writer *writer, const struct entry *entry,
                    const struct stored_text *texts, size_t texts_count);

/* Each appends one entry, without waiting for it. */
void writer_add(struct writer *writer, struct command *command); /* epoch is set here */
void writer_person(struct writer *writer, uint64_t key, enum assurance assurance);
void writer_post(struct writer *writer, const struct new_idea *idea);
void writer_vote(struct writer *writer, uint64_t person, uint32_t idea, enum choice choice,
                 uint64_t at_ms);
void writer_hide(struct writer *writer, uint32_t idea);
/* Frames an import: source says from where and which; done: its last entry. */
void writer_import(struct writer *writer, const struct source *source, bool done);
struct source writer_import_source(const char *system); /* with an id of its own */

/* Waits, folds what was written into fold (from fold_init), projects it and publishes the
   board. false: it was said why not, and the board is gone. */
MUST_USE bool writer_finish(struct writer *writer, struct fold *fold);
/* Gives everything back. */
void writer_abandon(struct writer *writer);

#endif
