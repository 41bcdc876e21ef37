/* Goal: an exported log has the stored bytes of each entry, unchanged, from which it folds
 * again. */
#include "export/log.h"

#include "unit/export/sample.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void a_line_has_the_bytes_of_its_entry(void **state)
{
    (void)state;
    struct entry entry = {.id = {1699999999999, 3}, .bytes = view_of("[\"vote\",null]")};
    AUTO_BUF out = {0};

    export_log_line(&entry, &out);
    assert_string_equal(out.bytes,
                        "{\"id\":\"1699999999999-3\",\"v\":1,\"command\":[\"vote\",null]}\n");
}

static void every_entry_of_a_board_is_a_line_of_json(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};

    sample_init(&sample);
    for (size_t i = 0; i < sample.history.count; i++) {
        const struct logged *logged = &sample.history.log[i];
        struct entry entry = {.id = logged->id, .bytes = buf_view(&logged->bytes)};
        AUTO_BUF out = {0};

        export_log_line(&entry, &out);
        json_auto_t *json = json_loadb(out.bytes, out.len, JSON_REJECT_DUPLICATES, NULL);

        assert_true(json_is_array(json_object_get(json, "command")));
        assert_null(memchr(out.bytes, '\n', out.len - 1));
        assert_non_null(strstr(out.bytes, logged->bytes.bytes));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_has_the_bytes_of_its_entry),
        cmocka_unit_test(every_entry_of_a_board_is_a_line_of_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
