/* Goal: a room reaches every watcher, a person on all their connections, and no one who left.
 */
#include "hub/room.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"

enum {
    PEERS = 40,
    PEOPLE = 7
};

static bool never_write(struct peer *peer, const unsigned char *bytes, size_t len)
{
    (void)peer;
    (void)bytes;
    (void)len;
    return true;
}

static bool never_choked(const struct peer *peer)
{
    (void)peer;
    return false;
}

static const struct peer_vtable calls = {.write = never_write, .is_choked = never_choked};

/* Peers in a hub that is not flushed: what they were sent stays in their queues. */
struct fixture {
    struct hub hub;
    struct room room;
    struct frame *frame;
    struct peer peers[PEERS];
    struct watcher *watchers[PEERS]; /* NULL: not in the room */
};

static void fixture_init(struct fixture *fixture)
{
    hub_init(&fixture->hub, NULL);
    room_init(&fixture->room);
    fixture->frame = frame_create(view_of("x"));
    for (int i = 0; i < PEERS; i++) {
        peer_init(&fixture->peers[i], &fixture->hub, &calls);
        fixture->watchers[i] = NULL;
    }
}

static void fixture_finish(struct fixture *fixture)
{
    room_finish(&fixture->room);
    for (int i = 0; i < PEERS; i++) {
        peer_finish(&fixture->peers[i]);
    }
    frame_unref(fixture->frame);
}

static void reaches_everyone_in_the_room(void **state)
{
    (void)state;
    struct fixture f;

    fixture_init(&f);
    for (int i = 0; i < 3; i++) {
        f.watchers[i] = room_add(&f.room, &f.peers[i], 0);
    }
    room_remove(&f.room, f.watchers[1]);
    room_send(&f.room, f.frame);
    assert_int_equal(f.peers[0].queue_count, 1);
    assert_int_equal(f.peers[1].queue_count, 0);
    assert_int_equal(f.peers[2].queue_count, 1);
    assert_int_equal(f.room.count, 2);
    fixture_finish(&f);
}

static void reaches_a_person_on_all_their_connections(void **state)
{
    (void)state;
    struct fixture f;

    fixture_init(&f);
    f.watchers[0] = room_add(&f.room, &f.peers[0], 5);
    f.watchers[1] = room_add(&f.room, &f.peers[1], 6);
    f.watchers[2] = room_add(&f.room, &f.peers[2], 5);
    f.watchers[3] = room_add(&f.room, &f.peers[3], 0);
    room_set_person(&f.room, f.watchers[3], 5); /* known only now */
    room_send_person(&f.room, 5, f.frame);
    assert_int_equal(f.peers[0].queue_count, 1);
    assert_int_equal(f.peers[1].queue_count, 0);
    assert_int_equal(f.peers[2].queue_count, 1);
    assert_int_equal(f.peers[3].queue_count, 1);
    room_send_person(&f.room, 9, f.frame);
    assert_true(room_has_person(&f.room, 6));
    room_remove(&f.room, f.watchers[1]);
    assert_false(room_has_person(&f.room, 6));
    assert_false(room_has_person(&f.room, 9));
    fixture_finish(&f);
}

/* One random coming, going or becoming known; people[i] mirrors it. */
static void step(struct fixture *f, uint32_t *people, uint64_t random)
{
    size_t i = random % PEERS;
    uint32_t person = (uint32_t)(random >> 32) % PEOPLE;

    if (!f->watchers[i]) {
        f->watchers[i] = room_add(&f->room, &f->peers[i], person);
        people[i] = person;
    } else if (random >> 40 & 1) {
        room_remove(&f->room, f->watchers[i]);
        f->watchers[i] = NULL;
        people[i] = 0;
    } else {
        room_set_person(&f->room, f->watchers[i], person);
        people[i] = person;
    }
}

static void knows_who_is_there_whatever_the_comings_and_goings(void **state)
{
    (void)state;
    struct fixture f;
    uint32_t people[PEERS] = {0};

    fixture_init(&f);
    for (uint64_t n = 1; n <= 5000; n++) {
        step(&f, people, hash_mix(n));
        uint32_t person = (uint32_t)(n % (PEOPLE - 1)) + 1;

        room_send_person(&f.room, person, f.frame);
        bool any = false;

        for (size_t i = 0; i < PEERS; i++) {
            assert_int_equal(f.peers[i].queue_count, people[i] == person);
            any = any || people[i] == person;
            peer_flush(&f.peers[i]);
        }
        assert_int_equal(room_has_person(&f.room, person), any);
    }
    fixture_finish(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reaches_everyone_in_the_room),
        cmocka_unit_test(reaches_a_person_on_all_their_connections),
        cmocka_unit_test(knows_who_is_there_whatever_the_comings_and_goings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
