/*
 * moderation — what waits for the staff of a board, and what they did: its public record.
 *
 * Pure. A case is an idea or a person that staff are to look at. Who is given one has it for
 * CASE_LEASE_MS: until then no other is given the same. Reports and appeals are kept one by
 * one, until they are decided and after; whatever staff do is a record that everybody may read.
 */
#ifndef CORE_MODERATION_H
#define CORE_MODERATION_H

#include "core/command.h"
#include "core/idea.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct board;
struct person;

enum {
    CASE_LEASE_MS = 120000,
    REPORTS_TO_PENDING = 3, /* by different people */
    RISING_JUDGES = 5       /* so many people have judged it: staff see it before others */
};

/* A complaint about an idea or a person, or an author's appeal against what staff did. */
struct report {
    uint32_t idea;     /* 0: it is about a person */
    uint32_t person;   /* number of the person it is about; 0: it is about an idea */
    uint32_t reporter; /* number; 0: the operator */
    uint32_t next;     /* about the same idea or person, from 1; 0: the latest */
    bool appeal;
    enum reason reason;
    enum resolution resolution;
    uint32_t decided; /* by that record; 0: without one, or it is open */
    struct ref words; /* none, or gone with whoever wrote them */
    uint64_t at_ms;
    uint64_t version;
};

/* How an idea stood before something was done to it. */
struct idea_status {
    enum idea_state state;
    enum reason reason;
    bool approved;
    uint32_t theme;
    uint32_t handled;
    uint32_t appealable;
    uint64_t waiting_ms;
};

/* One thing that staff, or the rules for them, did. */
struct record {
    enum command_kind kind; /* CMD_POST, CMD_EDIT, CMD_REPORT: the idea waits from now on */
    enum reason reason;
    uint32_t idea;   /* 0: about no idea */
    uint32_t into;   /* merge: what it became part of */
    uint32_t by;     /* number of who did it; 0: the rules, or the operator */
    uint32_t person; /* number of whom it is about; 0: nobody. Never public. */
    uint64_t at_ms;
    uint64_t version;
    uint64_t waited_ms; /* since the idea or person had begun to wait; 0: they did not */
    uint64_t until_ms;  /* suspend */
    bool on;            /* freeze premoderate; announce: something is said; resolve: upheld */
    struct ref words;   /* to the author or the person, or to all; none: nothing */
    bool appealed;
    enum resolution appeal;    /* once it was decided */
    bool undone;               /* by whoever had done it, or another of the staff */
    struct idea_status before; /* of the idea: hide approve restore retheme resolve */
};

/* In the order in which staff are given them. */
enum case_class {
    CASE_APPEAL,
    CASE_REPORT,
    CASE_PENDING,
    CASE_RISING, /* nobody of the staff has read it, and many people are */
    CASE_FRESH,
    CASE_KINDS,
    CASE_NONE = CASE_KINDS
};

/* One of both is 0. */
struct case_place {
    uint32_t idea;
    uint32_t person;
};

/* What waits; counts by kind. */
struct waiting {
    uint32_t count[CASE_KINDS];
};

/* What the public record comes to, without what was undone. */
struct record_summary {
    uint32_t held; /* by the rules, without a person's decision */
    uint32_t hidden;
    uint32_t restored;
    uint32_t merged;
    uint32_t redacted;
    uint32_t suspended;
    uint32_t appeals; /* decided or not */
    uint32_t granted;
    uint64_t median_wait_ms; /* of what had waited; 0: nothing had */
};

/* Why staff are to look at the idea; CASE_NONE: they are not. */
enum case_class case_of_idea(const struct board *board, const struct idea *idea);

/* Its author may appeal, once, against what staff did to it. */
bool idea_is_appealable(const struct idea *idea);

/* The first case that no other of the staff has at now_ms, after one in their order (none:
   from the beginning); comes round to the beginning. false: there is none. */
bool case_choose(const struct board *board, const struct person *person, uint64_t now_ms,
                 struct case_place after, struct case_place *out);

/* Some other of the staff has it at now_ms. */
bool case_is_taken(const struct lease *lease, uint32_t person, uint64_t now_ms);

struct waiting board_waiting(const struct board *board);

/* The next report about the idea or person, the oldest first (after NULL); or NULL. */
const struct report *board_next_report(const struct board *board, uint32_t first,
                                       const struct report *after);
const struct report *board_report(const struct board *board, uint64_t number); /* or NULL */
uint32_t board_report_number(const struct board *board, const struct report *report);
const struct record *board_record(const struct board *board, uint64_t number); /* or NULL */
/* The record that undoing the latest decision on the idea would undo: NULL, or the latest about
   it, if that hid it, let it stand or decided a report. */
const struct record *board_undoable(const struct board *board, const struct idea *idea);

struct record_summary board_summary(const struct board *board);

/* What is written at now_ms waits until staff have read it. */
bool board_premoderates(const struct board *board, uint64_t now_ms);

#endif
