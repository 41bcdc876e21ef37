/*
 * frame — one WebSocket text message (RFC 6455, 5.2: server to client, unmasked), encoded
 * once and shared by all who receive it. Immutable, reference-counted, one thread.
 */
#ifndef HUB_FRAME_H
#define HUB_FRAME_H

#include "base/mem.h"
#include "base/text.h"

#include <stddef.h>

struct frame {
    unsigned refs;
    size_t len; /* header included */
    unsigned char bytes[];
};

struct frame *frame_create(struct view text); /* new reference; copies text */
struct frame *frame_ref(struct frame *frame);
void frame_unref(struct frame *frame); /* NULL is allowed */

AUTO_DEFINE(frame, frame_unref)

#endif
