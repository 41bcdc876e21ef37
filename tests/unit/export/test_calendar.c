/* Goal: the rounds of a board are a calendar that any program reads, whatever people wrote. */
#include "export/calendar.h"

#include "unit/export/rounds_sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BASE "https://idees.example"

static void write(struct buf *out, const struct sample *sample)
{
    struct viewer viewer = rounds_sample_viewer(sample);

    calendar_write(out, &viewer, view_of(BASE));
}

/* The lines unfolded, each with a \n. */
static void unfold(struct buf *to, const struct buf *from)
{
    for (size_t i = 0; i < from->len; i++) {
        if (i + 2 < from->len && memcmp(from->bytes + i, "\r\n ", 3) == 0) {
            i += 2;
        } else if (from->bytes[i] != '\r') {
            buf_add_char(to, from->bytes[i]);
        }
    }
}

static void expect_part(const struct buf *text, const char *part)
{
    if (!strstr(text->bytes, part)) {
        print_message("%s\nis not in\n%s\n", part, text->bytes);
        fail();
    }
}

static void lines_end_with_crlf_and_are_short(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_BUF out = {0};
    size_t line = 0;

    rounds_sample_init(&sample);
    write(&out, &sample);
    assert_memory_equal(out.bytes, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:", 37);
    assert_string_equal(out.bytes + out.len - 15, "END:VCALENDAR\r\n");
    for (size_t i = 0; i < out.len; i++) {
        unsigned char c = (unsigned char)out.bytes[i];

        if (c == '\n') {
            assert_true(i > 0 && out.bytes[i - 1] == '\r');
            assert_true(line - 1 <= 75);
            line = 0;
            continue;
        }
        assert_true(c >= 0x20 || c == '\r');
        assert_true(c != '\r' || out.bytes[i + 1] == '\n');
        line++;
    }
    assert_int_equal(line, 0);
    /* No piece begins within a character. */
    for (const char *at = out.bytes; (at = strstr(at, "\r\n ")); at += 3) {
        assert_true(((unsigned char)at[3] & 0xC0) != 0x80);
    }
}

static void texts_are_escaped(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_BUF out = {0};
    AUTO_BUF lines = {0};

    rounds_sample_init(&sample);
    write(&out, &sample);
    unfold(&lines, &out);
    expect_part(&lines, "\nX-WR-CALNAME:Titre <script>alert(\"x\")</script> & l'idée\\\\\\;\\, "
                        "retournée\n");
    expect_part(&lines, "\nDESCRIPTION:Quoi ? <script>alert(\"x\")</script> & "
                        "l'idée\\\\\\;\\,\\nretournée\\nL’idée ");
    assert_null(strstr(lines.bytes, "\u202E"));
    expect_part(&lines, "\\n" BASE "/b/");
}

static void only_rounds_with_a_time_are_events(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_BUF out = {0};
    AUTO_BUF lines = {0};

    rounds_sample_init(&sample);
    write(&out, &sample);
    unfold(&lines, &out);
    char *event = strstr(lines.bytes, "BEGIN:VEVENT");

    assert_non_null(event);
    assert_null(strstr(event + 1, "BEGIN:VEVENT"));
    expect_part(&lines, "\nSUMMARY:Tour 1 sur 2 – Quoi ?");
    assert_null(strstr(lines.bytes, "DTEND"));
    expect_part(&lines, "\nDTSTART:");
}

static void with_a_schedule(struct definition *definition)
{
    rounds_sample_define(definition);
    definition->rounds[1].opens_at_ms = UINT64_C(1793527200000); /* 2026-11-01T10:00:00Z */
    definition->rounds[1].minutes = 90;
}

static void a_planned_round_ends_after_its_minutes(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_BUF out = {0};

    rounds_sample_init_with(&sample, with_a_schedule);
    write(&out, &sample);
    expect_part(&out, "\r\nDTSTART:20261101T100000Z\r\nDTEND:20261101T113000Z\r\n");
}

/* The value of the n-th UID. */
static void uid_of(struct buf *to, const struct buf *out, int n)
{
    const char *at = out->bytes;

    for (int i = 0; i <= n; i++) {
        at = strstr(at + 1, "\r\nUID:");
        assert_non_null(at);
    }
    buf_add(to, at + 6, 36);
}

static void an_event_keeps_its_name(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};
    AUTO_BUF first = {0};
    AUTO_BUF second = {0};
    AUTO_BUF again = {0};

    rounds_sample_init_with(&sample, with_a_schedule);
    write(&before, &sample);
    sample.history.now_ms += 60000;
    assert_int_equal(history_close(&sample.history, 1), OK);
    write(&after, &sample);
    uid_of(&first, &before, 0);
    uid_of(&second, &before, 1);
    uid_of(&again, &after, 0);
    assert_string_equal(first.bytes, again.bytes);
    assert_string_not_equal(first.bytes, second.bytes);
    assert_int_equal(first.bytes[14], '8');
    expect_part(&after, "\r\nDTEND:");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_with_crlf_and_are_short),
        cmocka_unit_test(texts_are_escaped),
        cmocka_unit_test(only_rounds_with_a_time_are_events),
        cmocka_unit_test(a_planned_round_ends_after_its_minutes),
        cmocka_unit_test(an_event_keeps_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
