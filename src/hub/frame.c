#include "hub/frame.h"

#include <stdint.h>
#include <string.h>

enum {
    FIN_TEXT = 0x81,
    SHORT_MAX = 125,
    LEN_16 = 126,
    LEN_64 = 127
};

static size_t write_header(unsigned char *to, uint64_t len)
{
    int wide = len <= SHORT_MAX ? 0 : (len <= UINT16_MAX ? 2 : 8);

    to[0] = FIN_TEXT;
    to[1] = wide == 0 ? (unsigned char)len : (wide == 2 ? LEN_16 : LEN_64);
    for (int i = 0; i < wide; i++) {
        to[2 + i] = (unsigned char)(len >> (8 * (wide - 1 - i)));
    }
    return 2 + (size_t)wide;
}

struct frame *frame_create(struct view text)
{
    unsigned char header[10];
    size_t header_len = write_header(header, text.len);
    struct frame *frame = mem_alloc(sizeof *frame + header_len + text.len);

    frame->refs = 1;
    frame->len = header_len + text.len;
    memcpy(frame->bytes, header, header_len);
    if (text.len) {
        memcpy(frame->bytes + header_len, text.ptr, text.len);
    }
    return frame;
}

struct frame *frame_ref(struct frame *frame)
{
    frame->refs++;
    return frame;
}

void frame_unref(struct frame *frame)
{
    if (frame && --frame->refs == 0) {
        mem_free(frame);
    }
}
