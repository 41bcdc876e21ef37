/*
 * oracle — a second, naive reading of the rules: what every tally, membership and outcome must
 * be, counted anew from the accepted entries of a log. It shares with the fold only the rule
 * that ranks (core/selection.h, core/final.h, which have cases of their own).
 */
#ifndef SUPPORT_ORACLE_H
#define SUPPORT_ORACLE_H

#include "support/history.h"

struct oracle;

struct oracle *oracle_create(void);
void oracle_destroy(struct oracle *oracle);
/* Reads what is new in the history's log; as oracle_check. */
const char *oracle_follow(struct oracle *oracle, const struct history *history);

/* NULL, or what of the history's board is not as the oracle has it. */
const char *oracle_check(const struct history *history);

#endif
