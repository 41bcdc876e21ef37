/*
 * rank_text — a ranking in plain English: a table with the line drawn through it, who goes on
 * and why, and how certain that is.
 */
#ifndef CLI_RANK_TEXT_H
#define CLI_RANK_TEXT_H

#include "export/result.h"

#include <stdbool.h>

struct rank_text {
    struct result_subject subject;
    bool closed; /* the round is */
    /* Words of an idea; ptr NULL: none, or not for everybody. */
    struct view (*words)(const void *user, uint32_t idea);
    const void *user;
};

void rank_text_print(const struct rank_text *rank);

/* To standard output: at most so many columns of a text, on one line. */
void rank_text_print_words(struct view words, size_t columns);

#endif
