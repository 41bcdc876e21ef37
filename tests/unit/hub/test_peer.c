/* Goal: what is sent in a turn leaves in one write, frame by frame as RFC 6455 says, and who
   cannot keep up is told once and then closed, without holding up anyone. */
#include "hub/peer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "pinson/limits.h"

/* The other end of a connection, as a test sees it. */
struct end {
    struct peer peer; /* first: a peer's calls are given its address */
    struct buf written;
    unsigned writes;
    unsigned wanted;
    unsigned closes;
    unsigned overflows;
    enum close_code code;
    bool choked;
    bool chokes; /* after the next write */
    bool broken;
};

static struct end *end_of(const struct peer *peer)
{
    return (struct end *)(uintptr_t)peer;
}

static bool end_write(struct peer *peer, const unsigned char *bytes, size_t len)
{
    struct end *end = end_of(peer);

    assert_false(end->choked);
    buf_add(&end->written, bytes, len);
    end->writes++;
    end->choked = end->chokes;
    return !end->broken;
}

static bool end_is_choked(const struct peer *peer)
{
    return end_of(peer)->choked;
}

static void end_want_writable(struct peer *peer)
{
    end_of(peer)->wanted++;
}

static void end_close(struct peer *peer, enum close_code code)
{
    end_of(peer)->closes++;
    end_of(peer)->code = code;
}

static void end_overflow(void *owner)
{
    ((struct end *)owner)->overflows++;
}

static const struct peer_vtable calls = {
    .write = end_write,
    .is_choked = end_is_choked,
    .want_writable = end_want_writable,
    .close = end_close,
};

static void end_init(struct end *end, struct hub *hub)
{
    *end = (struct end){0};
    peer_init(&end->peer, hub, &calls);
    end->peer.owner = end;
}

static void end_finish(struct end *end)
{
    peer_finish(&end->peer);
    buf_finish(&end->written);
}

static void frames_have_the_shortest_header(void **state)
{
    (void)state;
    static const struct {
        size_t len;
        size_t header_len;
        unsigned char header[10];
    } cases[] = {
        {0, 2, {0x81, 0}},
        {125, 2, {0x81, 125}},
        {126, 4, {0x81, 126, 0, 126}},
        {65535, 4, {0x81, 126, 0xFF, 0xFF}},
        {65536, 10, {0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0}},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        AUTO_BUF text = {0};

        for (size_t k = 0; k < cases[i].len; k++) {
            buf_add_char(&text, (char)('a' + k % 26));
        }
        AUTO(frame) struct frame *frame = frame_create(buf_view(&text));

        assert_int_equal(frame->len, cases[i].header_len + cases[i].len);
        assert_memory_equal(frame->bytes, cases[i].header, cases[i].header_len);
        if (text.len) {
            assert_memory_equal(frame->bytes + cases[i].header_len, text.bytes, text.len);
        }
    }
}

static void a_frame_lives_as_long_as_someone_holds_it(void **state)
{
    (void)state;
    struct frame *frame = frame_create(view_of("x"));

    assert_ptr_equal(frame_ref(frame), frame);
    frame_unref(frame);
    assert_int_equal(frame->bytes[2], 'x');
    frame_unref(frame);
    frame_unref(NULL);
}

static void what_is_sent_in_a_turn_leaves_in_one_write(void **state)
{
    (void)state;
    struct hub hub;
    struct end end;

    hub_init(&hub, end_overflow);
    end_init(&end, &hub);
    peer_send_text(&end.peer, view_of("one"));
    peer_send_text(&end.peer, view_of("two"));
    assert_int_equal(end.writes, 0); /* never within the call */
    hub_flush(&hub);
    assert_int_equal(end.writes, 1);
    assert_memory_equal(end.written.bytes, "\x81\x03one\x81\x03two", 10);
    hub_flush(&hub);
    assert_int_equal(end.writes, 1);
    peer_send_text(&end.peer, view_of("three"));
    hub_flush(&hub);
    assert_int_equal(end.writes, 2);
    end_finish(&end);
}

static void a_frame_is_shared_not_copied(void **state)
{
    (void)state;
    struct hub hub;
    struct end ends[3];
    struct frame *frame = frame_create(view_of("all"));

    hub_init(&hub, end_overflow);
    for (int i = 0; i < 3; i++) {
        end_init(&ends[i], &hub);
        peer_send(&ends[i].peer, frame);
    }
    assert_int_equal(frame->refs, 4);
    hub_flush(&hub);
    assert_int_equal(frame->refs, 1);
    for (int i = 0; i < 3; i++) {
        assert_memory_equal(ends[i].written.bytes,
                            "\x81\x03"
                            "all",
                            5);
        end_finish(&ends[i]);
    }
    frame_unref(frame);
}

static void a_choked_peer_waits_until_it_is_writable(void **state)
{
    (void)state;
    struct hub hub;
    struct end slow;
    struct end fast;

    hub_init(&hub, end_overflow);
    end_init(&slow, &hub);
    end_init(&fast, &hub);
    slow.choked = true;
    for (int i = 0; i < 3; i++) {
        peer_send_text(&slow.peer, view_of("x"));
        peer_send_text(&fast.peer, view_of("x"));
        hub_flush(&hub);
    }
    assert_int_equal(slow.writes, 0);
    assert_true(slow.wanted > 0);
    assert_int_equal(fast.writes, 3);
    slow.choked = false;
    peer_flush(&slow.peer);
    assert_int_equal(slow.writes, 1);
    assert_int_equal(slow.written.len, 9);
    peer_flush(&slow.peer);
    assert_int_equal(slow.writes, 1);
    end_finish(&slow);
    end_finish(&fast);
}

static void overrun(struct end *end, size_t frames)
{
    for (size_t i = 0; i < frames; i++) {
        peer_send_text(&end->peer, view_of("x"));
    }
}

static void a_full_queue_is_dropped_and_told_then_closed(void **state)
{
    (void)state;
    struct hub hub;
    struct end end;

    hub_init(&hub, end_overflow);
    end_init(&end, &hub);
    end.choked = true;
    overrun(&end, LIMIT_PEER_QUEUE_FRAMES);
    assert_int_equal(end.overflows, 0);
    assert_int_equal(end.peer.queue_count, LIMIT_PEER_QUEUE_FRAMES);
    overrun(&end, 1);
    assert_int_equal(end.overflows, 1);
    assert_int_equal(end.closes, 0);
    assert_int_equal(end.peer.queue_count, 0);
    overrun(&end, LIMIT_PEER_QUEUE_FRAMES + 1);
    assert_int_equal(end.overflows, 1);
    assert_int_equal(end.closes, 1);
    assert_int_equal(end.code, CLOSE_TRY_LATER);
    end_finish(&end);
}

static void who_catches_up_is_forgiven(void **state)
{
    (void)state;
    struct hub hub;
    struct end end;

    hub_init(&hub, end_overflow);
    end_init(&end, &hub);
    for (unsigned i = 1; i <= 3; i++) {
        end.choked = true;
        overrun(&end, LIMIT_PEER_QUEUE_FRAMES + 2);
        assert_int_equal(end.overflows, i);
        end.choked = false;
        hub_flush(&hub);
        assert_int_equal(end.peer.queue_count, 0);
    }
    assert_int_equal(end.closes, 0);
    end_finish(&end);
}

static void bytes_are_bounded_too_but_one_large_frame_may_wait(void **state)
{
    (void)state;
    struct hub hub;
    struct end end;
    AUTO_BUF text = {0};

    for (size_t i = 0; i < 2 * (size_t)LIMIT_PEER_QUEUE_BYTES; i++) {
        buf_add_char(&text, 's');
    }
    hub_init(&hub, end_overflow);
    end_init(&end, &hub);
    end.choked = true;
    peer_send_text(&end.peer, buf_view(&text));
    assert_int_equal(end.overflows, 0);
    assert_int_equal(end.peer.queue_count, 1);
    peer_send_text(&end.peer, view_of("x"));
    assert_int_equal(end.overflows, 1);
    assert_int_equal(end.peer.queue_bytes, 0);
    end_finish(&end);
}

static void a_long_turn_is_no_overflow(void **state)
{
    (void)state;
    struct hub hub;
    struct end end;

    hub_init(&hub, end_overflow);
    end_init(&end, &hub);
    overrun(&end, 3 * LIMIT_PEER_QUEUE_FRAMES);
    hub_flush(&hub);
    assert_int_equal(end.overflows, 0);
    assert_int_equal(end.written.len, 3 * 3 * LIMIT_PEER_QUEUE_FRAMES);
    end_finish(&end);
}

static void a_broken_connection_is_closed(void **state)
{
    (void)state;
    struct hub hub;
    struct end end;

    hub_init(&hub, end_overflow);
    end_init(&end, &hub);
    end.broken = true;
    peer_send_text(&end.peer, view_of("x"));
    hub_flush(&hub);
    assert_int_equal(end.closes, 1);
    assert_int_equal(end.code, CLOSE_GOING_AWAY);
    end_finish(&end);
}

static void a_finished_peer_is_not_flushed(void **state)
{
    (void)state;
    struct hub hub;
    struct end end;

    hub_init(&hub, end_overflow);
    end_init(&end, &hub);
    peer_send_text(&end.peer, view_of("x"));
    peer_finish(&end.peer);
    hub_flush(&hub);
    assert_int_equal(end.writes, 0);
    end_finish(&end);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_have_the_shortest_header),
        cmocka_unit_test(a_frame_lives_as_long_as_someone_holds_it),
        cmocka_unit_test(what_is_sent_in_a_turn_leaves_in_one_write),
        cmocka_unit_test(a_frame_is_shared_not_copied),
        cmocka_unit_test(a_choked_peer_waits_until_it_is_writable),
        cmocka_unit_test(a_full_queue_is_dropped_and_told_then_closed),
        cmocka_unit_test(who_catches_up_is_forgiven),
        cmocka_unit_test(bytes_are_bounded_too_but_one_large_frame_may_wait),
        cmocka_unit_test(a_long_turn_is_no_overflow),
        cmocka_unit_test(a_broken_connection_is_closed),
        cmocka_unit_test(a_finished_peer_is_not_flushed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
