/*
 * archive_read — a public archive, read back and recounted: results from its ballots and
 * rules alone, without a store.
 */
#ifndef CLI_ARCHIVE_READ_H
#define CLI_ARCHIVE_READ_H

#include "cli/views.h"
#include "core/board.h"

struct archive_read_candidate {
    uint32_t idea;
    enum idea_state state;
    struct tally claimed; /* as candidates.csv has it */
    struct tally counted; /* from ballots.csv and counts.csv */
};

struct archive_read_group {
    uint32_t idea;
    struct group_tally tally;
};

struct archive_read_round {
    bool opened;
    bool closed;
    struct archive_read_candidate *candidates; /* owned; by number of the idea */
    size_t candidates_count;
    size_t candidates_room;
    struct archive_read_group *groups; /* owned */
    size_t groups_count;
    size_t groups_room;
    struct round_result result; /* recomputed */
};

/* init/finish on the caller's memory; zeroed is an empty one. */
struct archive_read {
    const char *folder; /* borrowed */
    struct definition definition;
    struct idea *ideas; /* number, theme and source; owned */
    char **words;       /* of each, or NULL; owned */
    size_t ideas_count;
    size_t ideas_room;
    size_t words_room;
    uint32_t round; /* the last that was opened */
    uint64_t ballots;
    struct archive_read_round rounds[LIMIT_ROUNDS];
    struct differences differences; /* what does not add up, found on the way */
};

/* Reads and recounts; false: it was said why it cannot be read. */
MUST_USE bool archive_read(struct archive_read *archive, const char *folder);
void archive_read_finish(struct archive_read *archive);

/* What the round came to, or NULL if it was never opened. */
const struct round_result *archive_result(const struct archive_read *archive, uint32_t round);
/* How that idea stood when the round closed, or NULL if it took no part. */
const struct archive_read_candidate *archive_candidate(const struct archive_read *archive,
                                                       uint32_t round, uint32_t idea);
struct view archive_words(const struct archive_read *archive, uint32_t idea);

/* results.json against what was recounted. */
void archive_compare_results(struct archive_read *archive);

#endif
