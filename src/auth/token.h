/*
 * token — the secrets that sessions and invitations are known by. Only their hash is
 * stored or compared; a token itself is shown once, to whom it belongs.
 */
#ifndef AUTH_TOKEN_H
#define AUTH_TOKEN_H

#include "base/text.h"

#include <stdbool.h>

enum {
    TOKEN_CHARS = 43,      /* 256 bits in URL-safe base 64 */
    TOKEN_HASH_CHARS = 64, /* hexadecimal */
};

struct token {
    char text[TOKEN_CHARS + 1];
};

struct token_hash {
    char text[TOKEN_HASH_CHARS + 1];
};

struct token token_create(void);
bool token_is(struct view text); /* has the form of one */
struct token_hash token_hash(struct view text);

#endif
