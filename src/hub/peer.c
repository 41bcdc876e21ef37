#include "hub/peer.h"

#include "base/buf.h"
#include "pinson/limits.h"

void hub_init(struct hub *hub, void (*on_overflow)(void *owner))
{
    list_init(&hub->dirty);
    hub->on_overflow = on_overflow;
}

void hub_flush(struct hub *hub)
{
    while (!list_is_empty(&hub->dirty)) {
        struct peer *peer = LIST_ITEM(hub->dirty.next, struct peer, dirty);

        list_remove(&peer->dirty);
        peer_flush(peer);
    }
}

void peer_init(struct peer *peer, struct hub *hub, const struct peer_vtable *calls)
{
    *peer = (struct peer){.calls = calls, .hub = hub};
    list_init(&peer->dirty);
}

static void drop_queue(struct peer *peer)
{
    for (size_t i = 0; i < peer->queue_count; i++) {
        frame_unref(peer->queue[i]);
    }
    peer->queue_count = 0;
    peer->queue_bytes = 0;
}

void peer_finish(struct peer *peer)
{
    drop_queue(peer);
    list_remove(&peer->dirty);
    mem_free(peer->queue);
    peer->queue = NULL;
    peer->queue_room = 0;
}

static void overflow(struct peer *peer)
{
    drop_queue(peer);
    peer->overflows++;
    if (peer->overflows > 1) {
        peer->calls->close(peer, CLOSE_TRY_LATER);
    } else {
        peer->hub->on_overflow(peer->owner);
    }
}

void peer_send(struct peer *peer, struct frame *frame)
{
    /* One large frame, a snapshot say, may always wait alone. */
    if (peer->queue_count && (peer->queue_count >= LIMIT_PEER_QUEUE_FRAMES ||
                              peer->queue_bytes + frame->len > LIMIT_PEER_QUEUE_BYTES)) {
        if (!peer->calls->is_choked(peer)) {
            peer_flush(peer); /* it is this turn of the loop that is long, not the peer slow */
        } else {
            overflow(peer);
            return;
        }
    }
    peer->queue = mem_reserve(peer->queue, peer->queue_count, &peer->queue_room,
                              sizeof(struct frame *)); /* NOLINT(bugprone-sizeof-expression) */
    peer->queue[peer->queue_count++] = frame_ref(frame);
    peer->queue_bytes += frame->len;
    if (list_is_empty(&peer->dirty)) {
        list_add(&peer->hub->dirty, &peer->dirty);
    }
}

void peer_send_text(struct peer *peer, struct view text)
{
    AUTO(frame) struct frame *frame = frame_create(text);

    peer_send(peer, frame);
}

static bool write_merged(struct peer *peer)
{
    AUTO_BUF merged = {0};

    for (size_t i = 0; i < peer->queue_count; i++) {
        buf_add(&merged, peer->queue[i]->bytes, peer->queue[i]->len);
    }
    return peer->calls->write(peer, (const unsigned char *)merged.bytes, merged.len);
}

void peer_flush(struct peer *peer)
{
    if (!peer->queue_count) {
        return;
    }
    if (peer->calls->is_choked(peer)) {
        peer->calls->want_writable(peer);
        return;
    }
    bool ok = peer->queue_count == 1
                  ? peer->calls->write(peer, peer->queue[0]->bytes, peer->queue[0]->len)
                  : write_merged(peer);

    drop_queue(peer);
    if (!ok) {
        peer->calls->close(peer, CLOSE_GOING_AWAY);
    } else if (!peer->calls->is_choked(peer)) {
        peer->overflows = 0;
    }
}
