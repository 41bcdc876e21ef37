/* pseudonym — the name that a person has on a board until they choose one. Pure. */
#ifndef WIRE_PSEUDONYM_H
#define WIRE_PSEUDONYM_H

#include "base/buf.h"

/* "Loutre 12", "Otter 12": different for different numbers of one board. number from 1. */
void pseudonym_write(struct buf *to, uint32_t number, const char *lang);

#endif
