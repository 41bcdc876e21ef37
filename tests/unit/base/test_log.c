/* Goal: an event is one line of key=value, whatever its values hold, and only from its level.
 */
#include "base/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdio.h>
#include <unistd.h>

/* Standard error while a test runs, and where it went. */
struct captured {
    FILE *file;
    int saved;
};

static struct captured capture(void)
{
    struct captured captured = {.file = tmpfile(), .saved = dup(STDERR_FILENO)};

    assert_non_null(captured.file);
    fflush(stderr);
    dup2(fileno(captured.file), STDERR_FILENO);
    return captured;
}

static size_t release(struct captured *captured, char *out, size_t size)
{
    fflush(stderr);
    dup2(captured->saved, STDERR_FILENO);
    close(captured->saved);
    rewind(captured->file);
    size_t len = fread(out, 1, size - 1, captured->file);

    out[len] = '\0';
    fclose(captured->file);
    return len;
}

static void an_event_is_one_line(void **state)
{
    (void)state;
    char line[1024];
    struct captured captured = capture();

    log_event(LOG_WARN, "board-live", "board=%s", "a\nb\x1b[31m\x7f");
    log_event(LOG_INFO, "ready", "%s", "");
    release(&captured, line, sizeof line);
    assert_non_null(strstr(line, " level=warn event=board-live board=a?b?[31m?\n"));
    assert_non_null(strstr(line, " level=info event=ready\n"));
    assert_memory_equal(line, "time=20", 7);
}

static void what_is_below_the_level_is_not_written(void **state)
{
    (void)state;
    char line[1024];
    struct captured captured = capture();

    log_event(LOG_DEBUG, "a", "%s", "");
    log_set_level(LOG_ERROR);
    log_event(LOG_WARN, "b", "%s", "");
    log_event(LOG_ERROR, "c", "%s", "");
    log_set_level(LOG_INFO);
    release(&captured, line, sizeof line);
    assert_null(strstr(line, "event=a"));
    assert_null(strstr(line, "event=b"));
    assert_non_null(strstr(line, "event=c"));
}

static void a_long_value_is_cut_not_overrun(void **state)
{
    (void)state;
    char value[5000];
    char line[8000];

    memset(value, 'x', sizeof value);
    value[sizeof value - 1] = '\0';
    struct captured captured = capture();

    log_event(LOG_ERROR, "long", "value=%s", value);
    size_t len = release(&captured, line, sizeof line);

    assert_in_range(len, 500, 700);
    assert_int_equal(line[len - 1], '\n');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_one_line),
        cmocka_unit_test(what_is_below_the_level_is_not_written),
        cmocka_unit_test(a_long_value_is_cut_not_overrun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
