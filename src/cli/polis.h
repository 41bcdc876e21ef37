/*
 * polis — a conversation as the software Polis exports it: comments.csv, votes.csv and, for
 * its topic, summary.csv. Everything is read and checked before anything is made of it.
 *
 * comments.csv: timestamp, comment-id, author-id, agrees, disagrees, moderated, comment-body.
 * votes.csv: timestamp, comment-id, voter-id, vote (1 agree, -1 disagree, 0 pass), an event
 * log in which the latest row of a voter and a comment stands. Columns are found by name.
 */
#ifndef CLI_POLIS_H
#define CLI_POLIS_H

#include "base/buf.h"
#include "core/command.h"
#include "pinson/error.h"

struct polis_comment {
    uint64_t id;
    uint64_t author;
    uint64_t at_ms;
    uint64_t agrees; /* as published: superseded rows are counted in them */
    uint64_t disagrees;
    bool is_rejected;
    char *text; /* owned, trimmed, in normal form C */
    size_t line;
};

struct polis_vote {
    uint64_t at_ms;
    uint64_t voter;
    uint32_t idea; /* place of its comment among the sorted ones, from 1 */
    enum choice choice;
    size_t row;
};

struct polis {
    struct polis_comment *comments; /* owned, by id */
    size_t comments_count;
    size_t comments_room;
    struct polis_vote *votes; /* owned, by time; at one time in the order of the file */
    size_t votes_count;
    size_t votes_room;
    char *topic; /* owned, or NULL */
};

/* The bytes of the files; summary may be empty. ERR_PARSE: why is "file:line: reason", and
   nothing is owned. Pure. */
MUST_USE enum err polis_parse(struct view comments, struct view votes, struct view summary,
                              struct polis *out, struct buf *why);
/* Reads them from a directory. */
MUST_USE enum err polis_read(const char *dir, struct polis *out, struct buf *why);
void polis_finish(struct polis *polis);

#endif
