/*
 * words — the head of a chain as eight French words, for people who compare two of them aloud
 * or on paper. Pure.
 *
 * Each word is eleven bits of the head, from its beginning: its place in words.txt, which has
 * 2,048 words of four to eight letters without accents, no two with the same first four.
 */
#ifndef WIRE_WORDS_H
#define WIRE_WORDS_H

#include "base/buf.h"
#include "base/hash.h"

enum {
    WORDS_COUNT = 8,
    WORDS_BITS = 11
};

/* "canard ruban …", with single spaces. */
void words_write(struct buf *to, const struct digest *head);

/* The n-th word of the list, from 0. */
struct view words_word(uint32_t n);

#endif
