/*
 * plan — what an import would bring: the rows of a file as ideas, in the order in which they
 * come in, and what is the matter with each line. Pure; may run beside the loop, as it holds
 * all it needs.
 */
#ifndef IMPORT_PLAN_H
#define IMPORT_PLAN_H

#include "base/map.h"
#include "core/board.h"
#include "import/mapping.h"

/* Of the board that the ideas are for; a copy. */
struct import_target {
    struct definition definition;
    struct map known; /* hash of system and id of its ideas → 1 */
};

void import_target_init(struct import_target *target, const struct board *board);
void import_target_finish(struct import_target *target);
/* An idea of it came from there. */
bool import_target_knows(const struct import_target *target, const char *system,
                         const char *id);

/* How it is asked for. Views are borrowed. */
struct import_options {
    struct view map;    /* of columns, as mapping_set reads it */
    struct view themes; /* `theirs=ours,…`, likewise */
    bool seed;          /* ideas to start with, labelled as the organiser's; without authors */
    bool skip;          /* rows that cannot come in are left out */
    size_t rows_max;
    uint64_t now_ms;
};

/* One idea. Texts are owned, "" when there is none. */
struct import_row {
    size_t line;
    char *text;
    char *words; /* where it exists already: JSON of wire/source.h */
    uint32_t theme;
    char lang[LANG_BYTES];
    char id[SOURCE_ID_BYTES];
    uint32_t parent; /* place in rows, from 1; 0: a root */
    enum relation relation;
    uint32_t author; /* 1.. in the order in which they appear; 0: not known */
    uint64_t at_ms;  /* 0: not known */
};

/* A theme as the file names it. */
struct import_theme {
    char *name; /* owned */
    size_t rows;
    uint32_t theme; /* of the board; 0: none */
};

struct import_plan {
    struct mapping mapping;
    struct sheet sheet;
    struct problems problems;
    struct import_row *rows; /* owned; a reply after what it answers */
    size_t count;
    size_t room;
    struct import_theme themes[LIMIT_THEMES * 2]; /* the first that appear */
    size_t themes_count;
    uint32_t authors;
    bool has_replies;
    bool seed;
    bool skip;
};

/* On the caller's memory. */
void import_plan_make(struct import_plan *plan, struct view bytes,
                      const struct import_target *target, const struct import_options *options);
void import_plan_finish(struct import_plan *plan);
/* There is something to bring, and nothing that forbids it. */
bool import_plan_may_go(const struct import_plan *plan);

/* {format,system,separator,columns,map,rows,ideas,skipped,…}: what is shown of it. */
void import_plan_write(struct buf *to, const struct import_plan *plan,
                       const struct import_target *target);

#endif
