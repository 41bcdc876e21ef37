/* tally — what people's ballots on one idea come to. Pure values. */
#ifndef CORE_TALLY_H
#define CORE_TALLY_H

#include "core/command.h"

struct tally {
    uint32_t agree;
    uint32_t disagree;
    uint32_t pass;
};

uint32_t tally_judged(const struct tally *tally);            /* n: passes count */
uint32_t *tally_of(struct tally *tally, enum choice choice); /* not for CHOICE_NONE */

#endif
