#include "export/stable_id.h"

void stable_id_write(struct buf *to, const struct board *board, const char *kind,
                     uint32_t number)
{
    static const size_t groups[] = {4, 2, 2, 2, 6};
    AUTO_BUF name = {0};

    buf_printf(&name, "/%s/%u", kind, number);
    struct digest digest = hash_blake2b(view_of(board->definition.key_id), buf_view(&name),
                                        (struct view){NULL, 0});
    const unsigned char *at = digest.bytes;

    digest.bytes[6] = (unsigned char)((digest.bytes[6] & 0x0F) | 0x80);
    digest.bytes[8] = (unsigned char)((digest.bytes[8] & 0x3F) | 0x80);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        buf_add_text(to, i ? "-" : "");
        buf_add_hex(to, at, groups[i]);
        at += groups[i];
    }
}
