/*
 * archive_more — of a public archive what recounting does not need, and making the board again
 * does: when rounds were, what hangs on what, what staff did, the ballots one by one.
 */
#ifndef CLI_ARCHIVE_MORE_H
#define CLI_ARCHIVE_MORE_H

#include "cli/archive_read.h"

enum {
    MORE_CHANGES = 10000 /* of a round: more are none that anybody made */
};

struct more_round {
    char *title; /* owned, or NULL */
    uint64_t opened_version;
    uint64_t closed_version; /* 0: it is open */
    uint64_t opened_ms;
    uint64_t closed_ms; /* 0: it is open */
    uint64_t scheduled_ms;
    uint32_t extended; /* minutes */
    uint32_t reopenings;
    uint32_t previews;
    bool early;
    bool closed_by_next; /* the entry that opened the next closed it */
    bool kept;           /* its result is with the leads */
    bool paused;
    struct tally *own; /* of idea n at n - 1: by those who wrote it; owned */
    uint32_t *served;  /* servings of idea n at n - 1; owned */
};

struct more_idea {
    enum relation relation;
    uint32_t parent;
    uint32_t with;
    bool seed;
    bool proxy;
    char *source; /* the text of where it exists already, or NULL; owned */
    enum idea_state state;
    uint32_t first_round;   /* that it took part in; 0: none */
    uint32_t last_round;    /* likewise, merged with another too */
    uint64_t acted_version; /* of the first act of staff that it was part of; 0: none */
    uint64_t at_ms;         /* as far as what staff did tells; 0: not known */
    bool moderated;
};

struct more_ballot {
    uint32_t round;
    uint32_t voter;
    uint32_t idea;
    enum choice choice;
};

struct more_act {
    uint64_t version; /* of the log that the archive was made of */
    uint64_t at_ms;
    enum command_kind kind; /* hide, restore, merge, unmerge */
    uint32_t idea;
    uint32_t into;
    enum reason reason;
};

struct archive_more {
    char *slug; /* owned, as the words after it */
    char *title;
    char *question;
    char lang[LANG_BYTES];
    struct more_round rounds[LIMIT_ROUNDS];
    struct more_idea *ideas; /* owned; as many as the archive has */
    size_t ideas_count;
    struct more_ballot *ballots;
    size_t ballots_count;
    size_t ballots_room;
    struct more_act *acts;
    size_t acts_count;
    size_t acts_room;
};

/* archive was read; its definition is completed. false: it was said what is wrong. */
MUST_USE bool archive_more_read(struct archive_more *more, struct archive_read *archive);
void archive_more_finish(struct archive_more *more);

#endif
