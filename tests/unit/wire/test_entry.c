/* Goal: every command comes back from its entry as it was, and an entry has one spelling. */
#include "wire/entry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "support/samples.h"

static enum err parse(struct view bytes)
{
    struct command command;
    enum err err = entry_parse(bytes, &command);

    if (!err) {
        command_finish(&command);
    }
    return err;
}

static void expect_same_definition(struct definition **a, struct definition **b)
{
    assert_int_equal(*a != NULL, *b != NULL);
    if (*a) {
        assert_memory_equal(*a, *b, sizeof **a);
    }
    mem_free(*a);
    mem_free(*b);
    *a = *b = NULL;
}

static void every_kind_comes_back_as_it_was(void **state)
{
    (void)state;

    for (unsigned i = 0; i < COMMAND_KINDS * SAMPLE_VARIANTS; i++) {
        struct command before =
            sample_command((enum command_kind)(i / SAMPLE_VARIANTS), i % SAMPLE_VARIANTS);
        struct command after;
        AUTO_BUF bytes = {0};
        AUTO_BUF again = {0};

        entry_write(&bytes, &before);
        assert_true(bytes.len < LIMIT_ENTRY_MAX_BYTES);
        assert_int_equal(entry_parse(buf_view(&bytes), &after), OK);
        entry_write(&again, &after);
        assert_string_equal(again.bytes, bytes.bytes);
        expect_same_definition(&before.definition, &after.definition);
        assert_memory_equal(&before, &after, sizeof before);
    }
}

static void entries_are_written_as_documented(void **state)
{
    (void)state;
    struct command vote = sample_command(CMD_VOTE, 0);
    struct command serve = sample_command(CMD_SERVE, 1);
    struct command import = sample_command(CMD_IMPORT, 2);
    AUTO_BUF bytes = {0};

    entry_write(&bytes, &vote);
    assert_string_equal(bytes.bytes,
                        "[\"vote\",\"0123456789abcdef\",\"01MASW9NF6YW40Y7HD7H5NMTBR\","
                        "\"aabbccddeeff0011\",1048576,\"disagree\"]");
    buf_clear(&bytes);
    entry_write(&bytes, &serve);
    assert_string_equal(bytes.bytes, "[\"serve\",null,null,\"aabbccddeeff0011\",0,0,[]]");
    buf_clear(&bytes);
    entry_write(&bytes, &import);
    assert_string_equal(bytes.bytes,
                        "[\"import\",\"0123456789abcdef\",\"01MASW9NF6YW40Y7HD7H5NMTBR\","
                        "\"aabbccddeeff0011\",[\"polis\",\"8xkz3\"],1,1500000000000]");
}

#define OF     "\"0123456789abcdef\",\"01MASW9NF6YW40Y7HD7H5NMTBR\",\"aabbccddeeff0011\","
#define RULE   "c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4"
#define NOBODY "null,null,\"aabbccddeeff0011\","

static void acts_are_written_as_documented(void **state)
{
    (void)state;
    static const struct {
        enum command_kind kind;
        unsigned variant;
        const char *bytes;
    } cases[] = {
        {CMD_OPEN, 0, "[\"open\"," OF "16,\"" RULE "\"]"},
        {CMD_CLOSE, 0, "[\"close\"," OF "16,\"" RULE "\"]"},
        {CMD_OPEN, 1, "[\"open\"," NOBODY "0,null]"},
        {CMD_PAUSE, 0, "[\"pause\"," OF "16]"},
        {CMD_REOPEN, 0, "[\"reopen\"," OF "16]"},
        {CMD_REVEAL, 0, "[\"reveal\"," OF "16]"},
        {CMD_PREVIEW, 0, "[\"preview\"," OF "16]"},
        {CMD_DONE, 0, "[\"done\"," OF "16]"},
        {CMD_EXTEND, 0, "[\"extend\"," OF "16,100000]"},
        {CMD_DECLARE, 1, "[\"declare\"," NOBODY "[]]"},
        {CMD_MERGE, 1, "[\"merge\"," NOBODY "1048576,[100000],null]"},
        {CMD_UNMERGE, 0, "[\"unmerge\"," OF "1048576]"},
        {CMD_FOLLOW, 0, "[\"follow\"," OF "1048576,1]"},
        {CMD_FOLLOW, 1, "[\"follow\"," NOBODY "1048576,0]"},
        {CMD_STATUS, 1, "[\"status\"," NOBODY "1048576,\"published\",null,0]"},
        {CMD_INVITE, 0, "[\"invite\"," OF "\"moderator\",300]"},
        {CMD_HANDS, 0, "[\"hands\"," OF "1048576,100000,2,1]"},
        {CMD_HANDS, 1, "[\"hands\"," NOBODY "1048576,0,0,0]"},
        {CMD_ERASE, 0, "[\"erase\"," OF "\"anonymous\"]"},
        {CMD_ERASE, 1, "[\"erase\"," NOBODY "\"erase\"]"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct command command = sample_command(cases[i].kind, cases[i].variant);
        AUTO_BUF bytes = {0};

        entry_write(&bytes, &command);
        assert_string_equal(bytes.bytes, cases[i].bytes);
    }
}

static void refuses_an_entry_cut_anywhere(void **state)
{
    (void)state;

    for (unsigned i = 0; i < COMMAND_KINDS * SAMPLE_VARIANTS; i++) {
        struct command command =
            sample_command((enum command_kind)(i / SAMPLE_VARIANTS), i % SAMPLE_VARIANTS);
        AUTO_BUF bytes = {0};

        entry_write(&bytes, &command);
        for (size_t len = 0; len < bytes.len; len++) {
            char *cut = mem_copy_text(bytes.bytes, len); /* so that reading beyond is seen */

            assert_int_equal(parse((struct view){cut, len}), ERR_PARSE);
            mem_free(cut);
        }
        command_finish(&command);
    }
}

/* Whatever is accepted is written again as the very same bytes. */
static void expect_one_spelling(const struct buf *bytes)
{
    struct command command;
    AUTO_BUF again = {0};

    if (entry_parse(buf_view(bytes), &command)) {
        return;
    }
    entry_write(&again, &command);
    command_finish(&command);
    assert_string_equal(again.bytes, bytes->bytes);
    assert_int_equal(again.len, bytes->len);
}

static void accepts_no_other_spelling_however_it_is_changed(void **state)
{
    (void)state;
    static const char put[] = " 0Aa-.,[]\"{}\\\n1n";

    for (unsigned i = 0; i < COMMAND_KINDS * SAMPLE_VARIANTS; i++) {
        struct command command =
            sample_command((enum command_kind)(i / SAMPLE_VARIANTS), i % SAMPLE_VARIANTS);
        AUTO_BUF bytes = {0};

        entry_write(&bytes, &command);
        command_finish(&command);
        for (size_t at = 0; at <= bytes.len; at += bytes.len > 1000 ? 7 : 1) {
            for (size_t k = 0; k < sizeof put; k++) { /* the NUL too */
                AUTO_BUF inserted = {0};
                AUTO_BUF replaced = {0};

                buf_add(&inserted, bytes.bytes, at);
                buf_add_char(&inserted, put[k]);
                buf_add(&inserted, bytes.bytes + at, bytes.len - at);
                expect_one_spelling(&inserted);
                buf_add(&replaced, bytes.bytes, bytes.len);
                replaced.bytes[at < bytes.len ? at : 0] = put[k];
                expect_one_spelling(&replaced);
            }
        }
    }
}

#define HEAD                                                                                   \
    "[\"vote\",\"0123456789abcdef\",\"01MASW9NF6YW40Y7HD7H5NMTBR\",\"aabbccddeeff0011\","
#define REF  "\"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a\""
#define HASH "\"a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5\""
#define EDIT "[\"edit\",null,null,\"aabbccddeeff0011\",1,"

static void expect_bound_of_numbers(void)
{
    AUTO_BUF bytes = {0};

    buf_add_text(&bytes, "[\"serve\"," NOBODY "0,0,[1");
    for (uint32_t i = 2; i <= LIMIT_COMMAND_NUMBERS; i++) {
        buf_printf(&bytes, ",%u", i);
    }
    AUTO_BUF more = {0};
    buf_add_view(&more, buf_view(&bytes));
    buf_add_text(&bytes, "]]");
    buf_add_text(&more, ",1]]");
    assert_int_equal(parse(buf_view(&bytes)), OK); /* the fold knows how many are too many */
    assert_int_equal(parse(buf_view(&more)), ERR_PARSE);
}

static void refuses_what_is_nearly_an_entry(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "null",
        "[]",
        "{}",
        "[\"vote\"]",
        HEAD "1,\"agree\"] ",
        " " HEAD "1,\"agree\"]",
        HEAD " 1,\"agree\"]",
        HEAD "1 ,\"agree\"]",
        HEAD "01,\"agree\"]",
        HEAD "-1,\"agree\"]",
        HEAD "1.0,\"agree\"]",
        HEAD "1e0,\"agree\"]",
        HEAD "\"1\",\"agree\"]",
        HEAD "null,\"agree\"]",
        HEAD "4294967296,\"agree\"]",
        HEAD "9007199254740992,\"agree\"]",
        HEAD "18446744073709551617,\"agree\"]",
        HEAD "1,\"agre\\u0065\"]",
        HEAD "1,\"Agree\"]",
        HEAD "1,\"withdraw\"]",
        HEAD "1,agree]",
        HEAD "1,null]",
        HEAD "1]",
        HEAD "1,\"agree\",0]",
        HEAD "1,\"agree\",null]",
        HEAD "1,\"agree\",1,2]",
        HEAD "1,\"agree\",]",
        HEAD "1,\"agree\"]]",
        HEAD "1,\"agree\"",
        HEAD "1,\"agree\"][]",
        "[\"Vote\",null,null,\"aabbccddeeff0011\",1,\"agree\"]",
        "[\"fly\",null,null,\"aabbccddeeff0011\",1]",
        "[null,null,null,\"aabbccddeeff0011\",1]",
        "[\"skip\",null,null,null,1]",
        "[\"skip\",null,null,\"aabbccddeeff001\",1]",
        "[\"skip\",null,null,\"aabbccddeeff00111\",1]",
        "[\"skip\",null,null,\"AABBCCDDEEFF0011\",1]",
        "[\"skip\",\"0123456789ABCDEF\",null,\"aabbccddeeff0011\",1]",
        "[\"skip\",\"0000000000000000\",null,\"aabbccddeeff0011\",1]",
        "[\"skip\",null,\"00000000000000000000000000\",\"aabbccddeeff0011\",1]",
        "[\"skip\",null,\"01masw9nf6yw40y7hd7h5nmtbr\",\"aabbccddeeff0011\",1]",
        "[\"serve\",null,null,\"aabbccddeeff0011\",0,[1]]",
        "[\"serve\",null,null,\"aabbccddeeff0011\",0,0,[1,]]",
        "[\"serve\",null,null,\"aabbccddeeff0011\",0,0,null]",
        "[\"serve\",null,null,\"aabbccddeeff0011\",0,null,[1]]",
        "[\"serve\",null,null,\"aabbccddeeff0011\",0,0,[4294967296]]",
        "[\"merge\",null,null,\"aabbccddeeff0011\",1,[2]]",
        "[\"merge\",null,null,\"aabbccddeeff0011\",1,2,null]",
        "[\"open\",null,null,\"aabbccddeeff0011\",1]",
        "[\"open\",null,null,\"aabbccddeeff0011\",1,\"c4\"]",
        "[\"open\",null,null,\"aabbccddeeff0011\",1,\"" RULE "00\"]",
        "[\"open\",null,null,\"aabbccddeeff0011\",1,\"0000000000000000000000000000000000000000"
        "000000000000000000000000\"]",
        "[\"open\",null,null,\"aabbccddeeff0011\",null,null]",
        "[\"close\",null,null,\"aabbccddeeff0011\",4294967296,null]",
        "[\"pause\",null,null,\"aabbccddeeff0011\",1,null]",
        "[\"extend\",null,null,\"aabbccddeeff0011\",1]",
        "[\"extend\",null,null,\"aabbccddeeff0011\",1,-1]",
        "[\"revise\",null,null,\"aabbccddeeff0011\",1,{}]",
        "[\"revise\",null,null,\"aabbccddeeff0011\",1,null]",
        "[\"declare\",null,null,\"aabbccddeeff0011\",null]",
        "[\"import\",null,null,\"aabbccddeeff0011\",[\"\",\"\"],0]",
        "[\"import\",null,null,\"aabbccddeeff0011\",[\"sixteen-letters-\",\"1\"],0]",
        "[\"import\",null,null,\"aabbccddeeff0011\",null,2]",
        "[\"import\",null,null,\"aabbccddeeff0011\",null,true]",
        "[\"hide\",null,null,\"aabbccddeeff0011\",1,0,\"none\",null]",
        EDIT "[" REF "," HASH ",4294967301]]",
        EDIT "[\"5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A\"," HASH ",5]]",
        EDIT "[\"00000000000000000000000000000000\"," HASH ",5]]",
        EDIT "[" REF "," HASH "]]",
        EDIT "[" REF ",null,5]]",
        EDIT "\"text\"]",
        "[\"create\",null,null,\"aabbccddeeff0011\",{}]",
        "[\"create\",null,null,\"aabbccddeeff0011\",null]",
        "[\"create\",null,null,\"aabbccddeeff0011\",{\"b\":\"}",
    };

    assert_int_equal(parse(view_of(HEAD "1,\"agree\"]")), OK);
    assert_int_equal(parse(view_of(EDIT "[" REF "," HASH ",5]]")), OK);
    assert_int_equal(parse(view_of(EDIT "null]")), OK);
    assert_int_equal(parse(view_of("[\"open\"," OF "1,\"" RULE "\"]")), OK);
    expect_bound_of_numbers();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (!parse(view_of(cases[i]))) {
            fail_msg("accepted: %s", cases[i]);
        }
    }
}

static void refuses_bytes_that_are_no_text(void **state)
{
    (void)state;
    static const char *const langs[] = {"\n",   "a\x1f",    "\xff",
                                        "\xc3", "\xc0\x80", "\xed\xa0\x80"};

    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
        AUTO_BUF bytes = {0};

        buf_printf(&bytes,
                   "[\"post\",null,null,\"aabbccddeeff0011\",\"idea\",0,0,0,\"%s\",null,null,"
                   "null,0]",
                   langs[i]);
        assert_int_equal(parse(buf_view(&bytes)), ERR_PARSE);
    }
}

static void ulids_are_crockfords_base_32(void **state)
{
    (void)state;
    static const struct {
        struct op op;
        const char *text;
    } cases[] = {
        {{0, 0}, "00000000000000000000000000"},
        {{0, 31}, "0000000000000000000000000Z"},
        {{UINT64_MAX, UINT64_MAX}, "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"},
        {{UINT64_C(0x01563E3AB5D3D676), UINT64_C(0x4C61EFB99302BD5B)},
         "01ARZ3NDEKTSV4RRFFQ69G5FAV"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct op op;
        AUTO_BUF text = {0};

        op_write(&text, cases[i].op);
        assert_string_equal(text.bytes, cases[i].text);
        assert_int_equal(op_parse(buf_view(&text), &op), OK);
        assert_memory_equal(&op, &cases[i].op, sizeof op);
    }
}

static void refuses_what_is_no_ulid(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "01ARZ3NDEKTSV4RRFFQ69G5FA",
        "01ARZ3NDEKTSV4RRFFQ69G5FAVV",
        "81ARZ3NDEKTSV4RRFFQ69G5FAV", /* over 128 bits */
        "01arz3ndektsv4rrffq69g5fav",
        "01ARZ3NDEKTSV4RRFFQ69G5FAI",
        "01ARZ3NDEKTSV4RRFFQ69G5FAL",
        "01ARZ3NDEKTSV4RRFFQ69G5FAO",
        "01ARZ3NDEKTSV4RRFFQ69G5FAU",
        "01ARZ3NDEKTSV4RRFFQ69G5FA-",
        "01ARZ3NDEKTSV4RRFFQ69G5F\xc3\xa9",
    };
    struct op op = {1, 2};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(op_parse(view_of(cases[i]), &op), ERR_PARSE);
    }
    assert_int_equal(op_parse((struct view){"01ARZ3NDEKTSV4RRFFQ69G5FA\0", 26}, &op),
                     ERR_PARSE);
    assert_int_equal(op.high, 1);
}

static void entry_ids_are_two_numbers(void **state)
{
    (void)state;
    static const struct entry_id ids[] = {{0, 0}, {1699999999999, 0}, {UINT64_MAX, UINT64_MAX}};
    static const char *const wrong[] = {
        "", "-", "1", "1-", "-1", "1-2-3", "1 -2", "a-1", "1-x", "18446744073709551616-0",
    };
    struct entry_id id;

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        AUTO_BUF text = {0};

        entry_id_write(&text, ids[i]);
        assert_int_equal(entry_id_parse(buf_view(&text), &id), OK);
        assert_int_equal(entry_id_compare(id, ids[i]), 0);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(entry_id_parse(view_of(wrong[i]), &id), ERR_PARSE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_comes_back_as_it_was),
        cmocka_unit_test(entries_are_written_as_documented),
        cmocka_unit_test(acts_are_written_as_documented),
        cmocka_unit_test(refuses_an_entry_cut_anywhere),
        cmocka_unit_test(accepts_no_other_spelling_however_it_is_changed),
        cmocka_unit_test(refuses_what_is_nearly_an_entry),
        cmocka_unit_test(refuses_bytes_that_are_no_text),
        cmocka_unit_test(ulids_are_crockfords_base_32),
        cmocka_unit_test(refuses_what_is_no_ulid),
        cmocka_unit_test(entry_ids_are_two_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
