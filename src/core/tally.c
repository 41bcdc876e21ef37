#include "core/tally.h"

#include <assert.h>

uint32_t tally_judged(const struct tally *tally)
{
    return tally->agree + tally->disagree + tally->pass;
}

uint32_t *tally_of(struct tally *tally, enum choice choice)
{
    assert(choice != CHOICE_NONE);
    if (choice == CHOICE_AGREE) {
        return &tally->agree;
    }
    return choice == CHOICE_DISAGREE ? &tally->disagree : &tally->pass;
}
