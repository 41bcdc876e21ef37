/*
 * formula — cells of a table that a spreadsheet would run, and how they are kept from it: an
 * apostrophe goes before what begins a formula, also after apostrophes of its own, so that
 * taking one away gives the text back exactly. Pure.
 */
#ifndef BASE_FORMULA_H
#define BASE_FORMULA_H

#include "base/text.h"

#include <stdbool.h>

/* Past the apostrophes before it, a spreadsheet takes it for the beginning of a formula, or
   for what some of them pass over before one: = + - @, their full-width forms, a minus sign,
   tab, CR, LF, NUL. */
bool text_is_formula(struct view text);
/* The text that was given its apostrophe; any other as it is. */
struct view text_rearmed(struct view text);

#endif
