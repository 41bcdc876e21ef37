/*
 * contact — whether a text holds an e-mail address or a telephone number, which staff are to
 * see before others do.
 *
 * Pure. An address is a local part, "@", and a domain with a dot and two letters behind it
 * (RFC 5322's dot-atom, without comments and quotes; letters of any script). A number has 8 to
 * 15 digits after "+" or "00" (ITU-T E.164), or 10 or 11 that begin with one 0, as national
 * numbers do in France and its neighbours, with two separators between groups at most. Dates,
 * round sums of money, fractions, post codes and years are none of that.
 */
#ifndef CORE_CONTACT_H
#define CORE_CONTACT_H

#include "base/text.h"

#include <stdbool.h>

bool text_has_contact(struct view text);

#endif
