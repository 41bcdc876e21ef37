/*
 * hash — BLAKE2b (RFC 7693) for everything that must not collide, FNV-1a and
 * splitmix64 where selection asks for them or a table needs spreading. Pure.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

enum {
    DIGEST_BYTES = 32
};

struct digest {
    unsigned char bytes[DIGEST_BYTES];
};

/* BLAKE2b-256 over up to three parts, one after the other. */
struct digest hash_blake2b(struct view a, struct view b, struct view c);
/* SHA-256 (FIPS 180-4), which tools everywhere know. */
struct digest hash_sha256(struct view of);
/* BLAKE2b-256 keyed; key of 16 to 64 bytes. */
struct digest hash_keyed(struct view key, struct view message);

uint64_t hash_fnv1a(struct view view);
uint64_t hash_mix(uint64_t x); /* the output function of splitmix64 */

#endif
