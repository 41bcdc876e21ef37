#include "auth/random.h"

#include <assert.h>
#include <sodium.h>

void random_init(void)
{
    int result = sodium_init();

    assert(result >= 0);
    (void)result;
}

void random_bytes(void *out, size_t len)
{
    randombytes_buf(out, len);
}

uint64_t random_u64(void)
{
    uint64_t value = 0;

    while (!value) {
        random_bytes(&value, sizeof value);
    }
    return value;
}

uint32_t random_below(uint32_t bound)
{
    return randombytes_uniform(bound);
}

struct op random_op(uint64_t now_ms)
{
    uint64_t low = random_u64();

    return (struct op){.high = now_ms << 16 | (random_u64() & 0xFFFF), .low = low};
}

void random_key_id(char out[KEY_ID_BYTES])
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    int len = 12;

    for (int i = 0; i < len; i++) {
        out[i] = letters[randombytes_uniform(32)];
    }
    out[len] = '\0';
}
