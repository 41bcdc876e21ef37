/* keys — the names of everything that Pinson keeps in Redis. Pure. */
#ifndef STORE_KEYS_H
#define STORE_KEYS_H

#include "base/buf.h"
#include "store/store.h"

#include <stdint.h>

enum {
    KEY_BYTES = 64
};

/* Of a board: bounded, NUL-terminated. */
struct key {
    char text[KEY_BYTES];
};

/* pinson:{b}:<part>, with part one of log, text, people, meta, heads, lease, snapshot.
   The log of INDEX_KEY is pinson:index, and it has no other part. */
struct key key_of(struct board_key board, const char *part);
/* pinson:{b}:<part>:<round>, with part one of score, tally. */
struct key key_of_round(struct board_key board, const char *part, uint32_t round);
/* pinson:<name>. */
void key_write_name(struct buf *to, struct view name);

bool board_key_is_index(struct board_key board);
bool board_key_equal(struct board_key a, struct board_key b);

#endif
