#include "auth/token.h"

#include "auth/random.h"
#include "base/buf.h"

#include <sodium.h>
#include <string.h>

struct token token_create(void)
{
    struct token token;
    unsigned char bytes[32];

    random_bytes(bytes, sizeof bytes);
    sodium_bin2base64(token.text, sizeof token.text, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return token;
}

bool token_is(struct view text)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    if (text.len != TOKEN_CHARS) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (!text.ptr[i] || !strchr(allowed, text.ptr[i])) {
            return false;
        }
    }
    return true;
}

struct token_hash token_hash(struct view text)
{
    struct digest digest = hash_blake2b(text, (struct view){NULL, 0}, (struct view){NULL, 0});
    struct token_hash hash;

    sodium_bin2hex(hash.text, sizeof hash.text, digest.bytes, sizeof digest.bytes);
    return hash;
}
