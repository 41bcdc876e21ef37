/*
 * replica — a log that is written in memory and folded as it grows, for a board that is made
 * again from what was published of it.
 */
#ifndef CLI_REPLICA_H
#define CLI_REPLICA_H

#include "cli/writer.h"
#include "export/archive.h"

/* Zeroed with replica_init; every entry was accepted unless refused says otherwise. */
struct replica {
    struct board *board; /* owned */
    struct effects effects;
    struct texts texts;
    struct archive archive; /* what it would publish */
    uint64_t now_ms;        /* of the next entry; goes up only */
    uint64_t seq;
    enum err refused; /* the first entry that was not accepted, if any */
    enum command_kind refused_kind;

    struct replica_entry *items; /* owned */
    size_t count;
    size_t room;
};

void replica_init(struct replica *replica);
void replica_finish(struct replica *replica);

/* From now on entries are of that moment, or of the present one if that is later. */
void replica_at(struct replica *replica, uint64_t ms);
/* The next entry; its epoch is set here, and its definition taken. */
void replica_add(struct replica *replica, struct command *command);
/* A text for the next entry; ptr NULL: one whose words are not known. */
struct text_use replica_text(struct replica *replica, struct view text);

/* Writes all of it into the store. */
void replica_write(const struct replica *replica, struct writer *writer);

#endif
