/*
 * archive — a board as public files, from which every result can be recomputed.
 *
 * Pure. Fed with the log entry by entry: the ballots of a round are those that it counted when
 * it closed, so they are taken just before the entry that closes it. Ballots are numbered and
 * shuffled by export/urn.h, carry no time, and those that cannot be shown one by one (on an
 * own idea, where such ballots count) appear as sums only.
 */
#ifndef EXPORT_ARCHIVE_H
#define EXPORT_ARCHIVE_H

#include "core/apply.h"
#include "export/urn.h"
#include "wire/texts.h"

/* An idea that took part in a round. */
struct archive_candidate {
    uint32_t idea;
    enum idea_state state;
    struct tally tally;
    struct tally own; /* the part of it by those who wrote the idea */
};

struct archive_round {
    struct archive_candidate *candidates; /* owned; by number */
    size_t candidates_count;
    struct group_tally *groups; /* owned; of candidate c and group g at c * groups + g */
    struct urn urn;
    uint32_t *served; /* owned; servings of idea n at n - 1 */
    size_t served_count;
};

/* init/finish on the caller's memory; zeroed is an empty one. */
struct archive {
    struct archive_round rounds[LIMIT_ROUNDS];
    struct urn urn; /* all ballots, once they are drawn */
    struct buf moderation;
};

void archive_finish(struct archive *archive);

/* Around each entry that a board folds. */
void archive_before(struct archive *archive, const struct board *board,
                    const struct command *command);
void archive_after(struct archive *archive, const struct board *board,
                   const struct entry *entry, const struct decision *decision);
/* At the end: the present round as it is, and numbers for the voters. seed: chance used once.
 */
void archive_end(struct archive *archive, const struct board *board, const struct digest *seed);

/* What the files are written from, all borrowed. */
struct archive_subject {
    const struct archive *archive;
    const struct board *board;
    const struct texts *texts;
    struct buf *sums; /* of each file that was written a line, as of sha256sum; may be NULL */
};

/* The list of the others, the last file: only where sums were kept. */
#define ARCHIVE_SUMS "SHA256SUMS"

/* The name of the n-th of the others, from 0; NULL: there are no more. */
const char *archive_file(size_t n);

/* Writes the n-th file, from 0, into what is empty, and returns its name; NULL: there are no
   more. They are asked for one after the other. */
const char *archive_write(struct buf *to, const struct archive_subject *subject, size_t n);

#endif
