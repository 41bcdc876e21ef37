/*
 * token — the secrets that sessions and invitations are known by. Only their hash is
 * stored or compared; a token itself is shown once, to whom it belongs.
 *
 * A ticket's is a code that can be read aloud and typed on a phone: twelve digits, forty bits.
 * That is little, so that who guesses must be held up wherever a code is taken.
 */
#ifndef AUTH_TOKEN_H
#define AUTH_TOKEN_H

#include "base/hash.h"

#include <stdbool.h>

enum {
    TOKEN_CHARS = 43,      /* 256 bits in URL-safe base 64 */
    TOKEN_HASH_CHARS = 64, /* hexadecimal */
    TOKEN_CODE_CHARS = 12  /* decimal digits */
};

struct token {
    char text[TOKEN_CHARS + 1];
};

struct token_hash {
    char text[TOKEN_HASH_CHARS + 1];
};

struct token token_create(void);
/* The same for the same digest, which must be a secret. */
struct token token_of_digest(const struct digest *digest);
bool token_is(struct view text); /* has the form of one */

/* A code of a secret digest. */
struct token token_code_of_digest(const struct digest *digest);
/* As somebody typed it: its digits, with spaces or hyphens anywhere. false: it is no code. */
bool token_code_parse(struct view typed, struct token *out);

struct token_hash token_hash(struct view text);

#endif
