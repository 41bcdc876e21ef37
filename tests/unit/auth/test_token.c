/* Goal: tokens, keys and gestures are drawn from chance, have their published form, and no two
   are alike. */
#include "auth/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "auth/random.h"
#include "base/map.h"

static void a_token_has_the_form_of_one(void **state)
{
    (void)state;

    for (int i = 0; i < 200; i++) {
        struct token token = token_create();

        assert_int_equal(strlen(token.text), TOKEN_CHARS);
        assert_true(token_is(view_of(token.text)));
    }
}

static void refuses_what_has_not_the_form_of_a_token(void **state)
{
    (void)state;
    struct token token = token_create();
    static const char wrong[] = " +/=.\"\n\xc3";

    assert_false(token_is((struct view){token.text, TOKEN_CHARS - 1}));
    assert_false(token_is((struct view){token.text, 0}));
    assert_false(token_is(view_of("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")));
    for (size_t i = 0; i < sizeof wrong; i++) { /* the NUL too */
        struct token other = token;

        other.text[20] = wrong[i];
        assert_false(token_is((struct view){other.text, TOKEN_CHARS}));
    }
}

static void a_code_is_twelve_digits_however_it_is_typed(void **state)
{
    (void)state;
    struct digest digest = {{0}};
    struct token code = token_code_of_digest(&digest);
    struct token read;

    assert_string_equal(code.text, "000000000000");
    memset(digest.bytes, 0xFF, sizeof digest.bytes);
    code = token_code_of_digest(&digest);
    assert_string_equal(code.text, "073709551615"); /* 2^64 - 1, its last twelve digits */
    assert_true(token_code_parse(view_of("073 709 551 615"), &read));
    assert_string_equal(read.text, code.text);
    assert_true(token_code_parse(view_of(" 073709-551-615 "), &read));
    assert_false(token_code_parse(view_of("07370955161"), &read));
    assert_false(token_code_parse(view_of("0737095516150"), &read));
    assert_false(token_code_parse(view_of("07370955161x"), &read));
    assert_false(token_code_parse((struct view){NULL, 0}, &read));
}

/* BLAKE2b-256, computed apart from this program. */
static void only_the_hash_of_a_token_is_known(void **state)
{
    (void)state;
    struct token_hash hash = token_hash(view_of("abc"));

    assert_string_equal(hash.text,
                        "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

static void no_two_are_alike(void **state)
{
    (void)state;
    struct map seen;

    map_init(&seen);
    for (uint64_t i = 1; i <= 3000; i++) {
        struct token token = token_create();
        uint64_t keys[] = {random_u64(), hash_fnv1a(view_of(token.text)),
                           op_hash(random_op(1))};

        for (size_t k = 0; k < 3; k++) {
            assert_int_not_equal(keys[k], 0);
            assert_null(map_find(&seen, keys[k]));
            map_put(&seen, keys[k], i);
        }
    }
    map_finish(&seen);
}

static void a_number_below_a_bound_reaches_all_of_them(void **state)
{
    (void)state;
    unsigned counts[7] = {0};

    for (int i = 0; i < 7000; i++) {
        uint32_t value = random_below(7);

        assert_true(value < 7);
        counts[value]++;
    }
    for (int i = 0; i < 7; i++) {
        assert_in_range(counts[i], 700, 1300); /* ten standard deviations around 1000 */
    }
    assert_int_equal(random_below(1), 0);
}

static void an_op_carries_its_time_and_a_key_id_its_letters(void **state)
{
    (void)state;
    char id[KEY_ID_BYTES];

    assert_int_equal(op_time_ms(random_op(1795428000123)), 1795428000123);
    for (int i = 0; i < 100; i++) {
        random_key_id(id);
        assert_int_equal(strlen(id), 12);
        assert_int_equal(strspn(id, "abcdefghijklmnopqrstuvwxyz234567"), 12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_twelve_digits_however_it_is_typed),
        cmocka_unit_test(a_token_has_the_form_of_one),
        cmocka_unit_test(refuses_what_has_not_the_form_of_a_token),
        cmocka_unit_test(only_the_hash_of_a_token_is_known),
        cmocka_unit_test(no_two_are_alike),
        cmocka_unit_test(a_number_below_a_bound_reaches_all_of_them),
        cmocka_unit_test(an_op_carries_its_time_and_a_key_id_its_letters),
    };
    random_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
