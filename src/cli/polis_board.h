/* polis_board — makes a board of a conversation that was read from a Polis export. */
#ifndef CLI_POLIS_BOARD_H
#define CLI_POLIS_BOARD_H

#include "cli/polis.h"
#include "cli/writer.h"

/* Ideas by comment-id with their authors, then the ballots in the order of their times, so
   that a later row supersedes an earlier one as it did there, then the rejections. false: it
   was said why not, and nothing was made. fold is from fold_init and holds the board then. */
MUST_USE bool polis_board_make(struct workspace *workspace, const struct polis *polis,
                               const struct new_board *board, struct fold *fold,
                               struct begun_board *out);

/* The definition and words of such a board. title NULL: the topic, or else the slug. false: it
   was said what is wrong with them. */
MUST_USE bool polis_board_words(struct new_board *board, const struct polis *polis,
                                const char *slug, const char *lang, const char *title);

/* Ideas whose published tallies are not those of the fold: they count superseded rows. */
size_t polis_board_corrected(const struct polis *polis, const struct board *board);

#endif
