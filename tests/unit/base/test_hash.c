/* Goal: hashes are those that others compute, and a map and a list keep what they were given.
 */
#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "base/mem.h"
#include "pinson/error.h"

static void expect_digest(struct digest digest, const char *expected)
{
    AUTO_BUF hex = {0};

    buf_add_hex(&hex, digest.bytes, sizeof digest.bytes);
    assert_string_equal(hex.bytes, expected);
}

/* Computed apart from this program. */
static void blake2b_is_that_of_the_rfc(void **state)
{
    (void)state;
    const struct view none = {NULL, 0};
    static const char of_abc[] =
        "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319";

    expect_digest(hash_blake2b(none, none, none),
                  "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    expect_digest(hash_blake2b(view_of("abc"), none, none), of_abc);
    expect_digest(hash_blake2b(view_of("a"), view_of("b"), view_of("c")), of_abc);
    expect_digest(hash_blake2b(none, view_of("ab"), view_of("c")), of_abc);
    expect_digest(hash_keyed(view_of("kkkkkkkkkkkkkkkk"), view_of("abc")),
                  "71e070c3cfad95880653b4bcb41a0130b74482daa9696bbc81749e314c9a1a64");
}

static void fnv_and_splitmix_are_the_published_ones(void **state)
{
    (void)state;

    assert_true(hash_fnv1a(view_of("")) == 0xcbf29ce484222325u);
    assert_true(hash_fnv1a(view_of("a")) == 0xaf63dc4c8601ec8cu);
    assert_true(hash_fnv1a(view_of("foobar")) == 0x85944171f73967e8u);
    assert_true(hash_mix(0) == 0xe220a8397b1dcdafu);
    assert_true(hash_mix(1) == 0x910a2dec89025cc1u);
    assert_true(hash_mix(UINT64_MAX) == 0xe4d971771b652c20u);
}

enum {
    KEYS = 512
};

/* Random puts and removals, beside an array that is known to be right. */
static void a_map_holds_what_an_array_would(void **state)
{
    (void)state;
    uint64_t model[KEYS] = {0};
    size_t count = 0;
    struct map map;

    map_init(&map);
    assert_null(map_find(&map, 3));
    map_remove(&map, 3);
    for (uint64_t step = 1; step <= 50000; step++) {
        uint64_t random = hash_mix(step);
        size_t key = random % KEYS;

        if (random >> 32 & 1) {
            count += model[key] == 0;
            model[key] = step;
            map_put(&map, key, step);
        } else {
            count -= model[key] != 0;
            model[key] = 0;
            map_remove(&map, key);
        }
        size_t probe = (random >> 40) % KEYS;
        const uint64_t *found = map_find(&map, probe);

        assert_int_equal(found ? *found : 0, model[probe]);
        assert_int_equal(map.count, count);
    }
    for (size_t key = 0; key < KEYS; key++) {
        assert_int_equal(map_find(&map, key) != NULL, model[key] != 0);
    }
    map_finish(&map);
}

static void a_map_holds_pointers_and_every_key(void **state)
{
    (void)state;
    struct map map;
    int value = 0;

    map_init(&map);
    map_put_ptr(&map, 0, &value);
    map_put_ptr(&map, UINT64_MAX, NULL);
    assert_ptr_equal(map_find_ptr(&map, 0), &value);
    assert_null(map_find_ptr(&map, UINT64_MAX));
    assert_non_null(map_find(&map, UINT64_MAX));
    assert_null(map_find_ptr(&map, 1));
    map_finish(&map);
}

struct item {
    int number;
    struct list link;
};

static void a_list_keeps_the_order_of_additions(void **state)
{
    (void)state;
    struct list list;
    struct item items[3] = {{.number = 0}, {.number = 1}, {.number = 2}};

    list_init(&list);
    assert_true(list_is_empty(&list));
    for (int i = 0; i < 3; i++) {
        list_add(&list, &items[i].link);
    }
    list_remove(&items[1].link);
    list_remove(&items[1].link);
    assert_int_equal(LIST_ITEM(list.next, struct item, link)->number, 0);
    assert_int_equal(LIST_ITEM(list.next->next, struct item, link)->number, 2);
    list_remove(&items[0].link);
    list_remove(&items[2].link);
    assert_true(list_is_empty(&list));
}

static void memory_is_zeroed_and_arrays_double(void **state)
{
    (void)state;
    size_t room = 0;
    uint32_t *items = NULL;
    unsigned char *zeroed = mem_array(100, 3);

    for (int i = 0; i < 300; i++) {
        assert_int_equal(zeroed[i], 0);
    }
    mem_free(zeroed);
    for (uint32_t i = 0; i < 1000; i++) {
        items = mem_reserve(items, i, &room, sizeof *items);
        items[i] = i;
        assert_true(room > i);
    }
    assert_int_equal(room, 1024);
    assert_int_equal(items[999], 999);
    mem_free(items);
    mem_free(mem_alloc(0));
    mem_free(mem_array(0, 0));
    mem_free(mem_grow(NULL, 0, 4));
    char *copy = mem_copy_text("abc", 2);

    assert_string_equal(copy, "ab");
    mem_free(copy);
}

static void every_error_has_a_name_and_a_sentence(void **state)
{
    (void)state;

    assert_string_equal(err_name(OK), "ok");
    for (int err = ERR_PARSE; err <= ERR_UNAVAILABLE; err++) {
        assert_true(strlen(err_name((enum err)err)) > 2);
        assert_true(strlen(err_sentence((enum err)err)) > 10);
        assert_string_not_equal(err_name((enum err)err), err_name((enum err)(err - 1)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blake2b_is_that_of_the_rfc),
        cmocka_unit_test(fnv_and_splitmix_are_the_published_ones),
        cmocka_unit_test(a_map_holds_what_an_array_would),
        cmocka_unit_test(a_map_holds_pointers_and_every_key),
        cmocka_unit_test(a_list_keeps_the_order_of_additions),
        cmocka_unit_test(memory_is_zeroed_and_arrays_double),
        cmocka_unit_test(every_error_has_a_name_and_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
