/*
 * view — a board and its ideas as the JSON that a client sees. Pure.
 *
 * Who looks decides what is seen: hidden texts are for nobody below moderator, and while a
 * round keeps its scores closed nobody below lead gets tallies or an order.
 */
#ifndef WIRE_VIEW_H
#define WIRE_VIEW_H

#include "core/board.h"
#include "wire/texts.h"

#include <stdbool.h>

/* What is looked at, and by whom. */
struct viewer {
    const struct board *board;
    const struct texts *texts;
    const struct person *person; /* NULL: a reader */
    enum role role;
    bool outside;          /* they may read, but not begin to act */
    const char *join_code; /* of the board; NULL or "": none is known */
};

/* The digits under which the board is joined may be seen. */
bool view_shows_code(const struct viewer *viewer);
/* Tallies, scores and orders of the present round may be seen. */
bool view_shows_scores(const struct viewer *viewer);
/* What a round came to, if it is closed, may be seen. */
bool view_shows_result(const struct viewer *viewer, uint32_t round);
/* The person's own judgement lets them see the idea's score. */
bool view_shows_score(const struct viewer *viewer, const struct idea *idea);
/* The idea's words may be read. */
bool view_shows_text(const struct viewer *viewer, const struct idea *idea);

/* The numbers of all ideas that may be listed, strongest first (by number while scores are
   closed), then those outside the ranking; owned by the caller. */
uint32_t *view_order(const struct viewer *viewer, size_t *count);

void idea_write(struct buf *to, const struct viewer *viewer, const struct idea *idea);
/* [n,agree,disagree,pass,score] */
void score_write(struct buf *to, const struct board *board, const struct idea *idea);
/* [agree,judged], or null while scores are closed. */
void pool_write(struct buf *to, const struct viewer *viewer);
void rounds_write(struct buf *to, const struct viewer *viewer);
void round_write(struct buf *to, const struct viewer *viewer, uint32_t number);
/* [[idea,outcome,reason]…] of a round whose result may be seen; [] otherwise. */
void outcomes_write(struct buf *to, const struct viewer *viewer, uint32_t number);
/* [n…]: the ideas that take part in the present round, or are hidden in it. */
void candidates_write(struct buf *to, const struct viewer *viewer);
/* ,"scores":[…] of what an after-vote round shows the person; nothing in other rounds. */
void own_scores_write(struct buf *to, const struct viewer *viewer);
/* {person,name,roles,ballots,scores,posts_left,votes_left,own,follows,reads,suspended,declared,
   done}, and "outside":true for who reads on but has not got in */
void me_write(struct buf *to, const struct viewer *viewer);
/* What of it the round decides: ,"posts_left":…,"votes_left":…,"scores":[…],"reads":{…},
   "done":… */
void me_write_round(struct buf *to, const struct viewer *viewer);
/* The members of Board that are neither ideas nor personal, without braces. */
void board_write_head(struct buf *to, const struct viewer *viewer);
/* Ideas and their scores: ,"ideas":[…],"scores":[…],"more":n — at most max. */
void board_write_ideas(struct buf *to, const struct viewer *viewer, size_t max);

/* [n…]: the ideas of others that the person follows; person NULL: none. */
void follows_write(struct buf *to, const struct person *person);

/* The chosen name or the given one; null for somebody who was erased. */
void person_write_name(struct buf *to, const struct viewer *viewer, uint32_t number);

void head_write(struct buf *to, const struct digest *head); /* hexadecimal, in quotes */
void epoch_write(struct buf *to, uint64_t epoch);           /* likewise */

#endif
