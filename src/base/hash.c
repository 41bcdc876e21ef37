#include "base/hash.h"

#include <sodium.h>

static void add(crypto_generichash_state *state, struct view part)
{
    if (part.len) {
        crypto_generichash_update(state, (const unsigned char *)part.ptr, part.len);
    }
}

struct digest hash_blake2b(struct view a, struct view b, struct view c)
{
    struct digest digest;
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, sizeof digest.bytes);
    add(&state, a);
    add(&state, b);
    add(&state, c);
    crypto_generichash_final(&state, digest.bytes, sizeof digest.bytes);
    return digest;
}

struct digest hash_sha256(struct view of)
{
    struct digest digest;

    crypto_hash_sha256(digest.bytes, (const unsigned char *)of.ptr, of.len);
    return digest;
}

struct digest hash_keyed(struct view key, struct view message)
{
    struct digest digest;

    crypto_generichash(digest.bytes, sizeof digest.bytes, (const unsigned char *)message.ptr,
                       message.len, (const unsigned char *)key.ptr, key.len);
    return digest;
}

uint64_t hash_fnv1a(struct view view)
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (size_t i = 0; i < view.len; i++) {
        hash = (hash ^ (unsigned char)view.ptr[i]) * 0x100000001b3u;
    }
    return hash;
}

uint64_t hash_mix(uint64_t x)
{
    uint64_t z = x + 0x9E3779B97F4A7C15u;

    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}
