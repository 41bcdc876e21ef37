#include "wire/words.h"

#include <string.h>

extern const char words_txt[]; /* one word a line; cmake/embed.cmake */

struct view words_word(uint32_t n)
{
    const char *at = words_txt;

    for (uint32_t i = 0; i < n; i++) {
        at = strchr(at, '\n') + 1;
    }
    return (struct view){at, strcspn(at, "\n")};
}

static uint32_t bits_from(const struct digest *head, unsigned at)
{
    uint32_t bits = 0;

    for (unsigned i = at; i < at + WORDS_BITS; i++) {
        bits = bits << 1 | ((unsigned)head->bytes[i / 8] >> (7 - i % 8) & 1u);
    }
    return bits;
}

void words_write(struct buf *to, const struct digest *head)
{
    for (unsigned i = 0; i < WORDS_COUNT; i++) {
        buf_add_text(to, i ? " " : "");
        buf_add_view(to, words_word(bits_from(head, i * WORDS_BITS)));
    }
}
