#include "auth/token.h"

#include "auth/random.h"
#include "base/buf.h"

#include <sodium.h>
#include <string.h>

#define CODES UINT64_C(1000000000000) /* TOKEN_CODE_CHARS digits */

struct token token_of_digest(const struct digest *digest)
{
    struct token token;

    sodium_bin2base64(token.text, sizeof token.text, digest->bytes, sizeof digest->bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return token;
}

struct token token_create(void)
{
    struct digest digest;

    random_bytes(digest.bytes, sizeof digest.bytes);
    return token_of_digest(&digest);
}

struct token token_code_of_digest(const struct digest *digest)
{
    struct token token = {""};
    uint64_t number = 0;

    memcpy(&number, digest->bytes, sizeof number);
    number %= CODES;
    for (int i = TOKEN_CODE_CHARS; i > 0; i--) {
        token.text[i - 1] = (char)('0' + number % 10);
        number /= 10;
    }
    return token;
}

bool token_code_parse(struct view typed, struct token *out)
{
    size_t len = 0;

    *out = (struct token){""};
    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.ptr[i];

        if (c >= '0' && c <= '9' && len < TOKEN_CODE_CHARS) {
            out->text[len++] = c;
        } else if (c != ' ' && c != '-') {
            return false;
        }
    }
    return len == TOKEN_CODE_CHARS;
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
