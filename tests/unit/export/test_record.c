/* Goal: what staff did is a table that adds up with the record and has neither names nor
   words, nor anything that a spreadsheet runs. */
#include "export/record.h"

#include "support/expect.h"
#include "support/gestures.h"

static void a_board_on_which_nothing_was_done_has_a_head(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    AUTO_BUF out = {0};

    history_start(&h, NULL);
    export_record_csv(h.board, &out);
    assert_string_equal(
        out.bytes, "version,at,kind,reason,idea,into,by,waited_s,until,on,undone,appeal\r\n");
}

static void each_act_is_a_row(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    AUTO_BUF out = {0};

    history_start(&h, NULL);
    expect_ok(history_post(&h, AUTHOR));
    expect_ok(history_post(&h, OTHER));
    expect_ok(say_held(&h, CMD_EDIT, AUTHOR, 1));
    h.now_ms += 90000;
    expect_ok(say(&h, CMD_HIDE, STAFF, 1));
    expect_ok(say(&h, CMD_APPEAL, AUTHOR, 1));
    h.now_ms += 400;
    expect_ok(resolve(&h, 1, RESOLUTION_UPHELD));
    expect_ok(history_merge(&h, 1, 2));
    expect_ok(on_person(&h, CMD_SUSPEND, STAFF, OTHER));
    expect_ok(premoderate(&h, true, 0, 0));
    export_record_csv(h.board, &out);
    assert_string_equal(
        out.bytes, "version,at,kind,reason,idea,into,by,waited_s,until,on,undone,appeal\r\n"
                   "10,2026-11-23T10:00:00.000Z,held,personal-data,1,,rules,,,false,false,\r\n"
                   "11,2026-11-23T10:01:30.000Z,hide,spam,1,,staff,90,,false,false,uphold\r\n"
                   "13,2026-11-23T10:01:30.400Z,resolve,,1,,staff,0,,true,false,\r\n"
                   "14,2026-11-23T10:01:30.400Z,merge,,2,1,staff,,,false,false,\r\n"
                   "15,2026-11-23T10:01:30.400Z,suspend,spam,,,staff,,2026-11-23T10:02:30.400Z,"
                   "false,false,\r\n"
                   "16,2026-11-23T10:01:30.400Z,premoderate,,,,staff,,,true,false,\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_board_on_which_nothing_was_done_has_a_head),
        cmocka_unit_test(each_act_is_a_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
