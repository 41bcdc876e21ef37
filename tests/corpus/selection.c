/*
 * Goal: every published case beside the repository gives its published bytes, through the
 * function that `pinson case` is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/queue.h"
#include "core/serve.h"
#include "support/golden.h"
#include "wire/case.h"

enum {
    KINDS = 3
};

static const char *const begins[KINDS] = {"rank_", "final_", "serve_"};

static enum case_kind kind_of(const char *name)
{
    enum case_kind kind = CASE_RANK;

    assert_true(case_kind_of_name((struct view){name, strcspn(name, "_")}, &kind));
    return kind;
}

static void gives_what_was_published(void **state)
{
    const char *path = *state;
    AUTO_BUF input = {0};
    AUTO_BUF name = {0};
    AUTO_BUF expected = {0};
    AUTO_BUF got = {0};

    buf_add(&name, path, strlen(path) - strlen(".json"));
    buf_add_text(&name, ".expected.json");
    golden_read(&input, path);
    golden_read(&expected, name.bytes);
    bool bad = strncmp(expected.bytes, "{\"error\":", strlen("{\"error\":")) == 0;
    enum err err = case_run(kind_of(golden_name(path)), buf_view(&input), &got);

    assert_int_equal(err, bad ? ERR_PARAMS : OK);
    assert_string_equal(got.bytes, expected.bytes);
    assert_int_equal(got.len, expected.len);
}

int main(void)
{
    static const char folder[] = PINSON_SOURCE_DIR "/../shared/selection";
    struct golden golden;
    size_t count = 0;

    golden_init(&golden);
    for (size_t i = 0; i < KINDS; i++) {
        golden_add(&golden, folder, begins[i], ".json");
    }
    struct CMUnitTest *tests = mem_array(golden.count + 1, sizeof *tests);

    for (size_t i = 0; i < golden.count; i++) {
        if (!strstr(golden.paths[i], ".expected.")) {
            tests[count++] = (struct CMUnitTest){.name = golden_name(golden.paths[i]),
                                                 .test_func = gives_what_was_published,
                                                 .initial_state = golden.paths[i]};
        }
    }
    bool found = count > 0;

    int failed = _cmocka_run_group_tests("selection", tests, count, NULL, NULL);

    mem_free(tests);
    golden_finish(&golden);
    return found ? failed : 1;
}
