#include "store/keys.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

struct key key_of(struct board_key board, const char *part)
{
    struct key key = {"pinson:index"};

    if (board_key_is_index(board)) {
        assert(strcmp(part, "log") == 0);
        return key;
    }
    /* The braces make a cluster keep all keys of a board in one slot. */
    int len = snprintf(key.text, sizeof key.text, "pinson:{%s}:%s", board.id, part);

    assert(len > 0 && (size_t)len < sizeof key.text);
    return key;
}

struct key key_of_round(struct board_key board, const char *part, uint32_t round)
{
    struct key key = key_of(board, part);
    size_t used = strlen(key.text);
    int len = snprintf(key.text + used, sizeof key.text - used, ":%u", (unsigned)round);

    assert(len > 0 && (size_t)len < sizeof key.text - used);
    return key;
}

void key_write_name(struct buf *to, struct view name)
{
    buf_add_text(to, "pinson:");
    buf_add_view(to, name);
}

bool board_key_is_index(struct board_key board)
{
    return board.id[0] == '\0';
}

bool board_key_equal(struct board_key a, struct board_key b)
{
    return strcmp(a.id, b.id) == 0;
}
