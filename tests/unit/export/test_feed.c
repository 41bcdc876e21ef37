/* Goal: a feed tells new ideas and revealed results, as text, and nothing before its time. */
#include "export/feed.h"

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

    buf_clear(out);
    feed_write(out, &viewer, view_of(BASE));
}

static void expect_part(const struct buf *text, const char *part)
{
    if (!strstr(text->bytes, part)) {
        print_message("%s\nis not in\n%s\n", part, text->bytes);
        fail();
    }
}

static size_t count(const struct buf *text, const char *part)
{
    size_t found = 0;

    for (const char *at = text->bytes; (at = strstr(at, part)); at++) {
        found++;
    }
    return found;
}

/* Every element is closed by the one that opened it last, and no text has markup. */
static void expect_well_formed(const struct buf *text)
{
    const char *open[16];
    size_t depth = 0;
    const char *at = strstr(text->bytes, "?>") + 2;

    for (; (at = strchr(at, '<')); at++) {
        const char *end = strchr(at, '>');
        size_t len = strcspn(at + 1, " />\n");

        assert_non_null(end);
        if (at[1] == '/') {
            assert_true(depth > 0);
            len = (size_t)(end - at) - 2;
            assert_memory_equal(open[depth - 1], at + 2, len);
            depth--;
        } else if (end[-1] != '/') {
            assert_true(depth < 16 && len > 0);
            open[depth++] = at + 1;
        }
        at = end;
    }
    assert_int_equal(depth, 0);
}

static void texts_are_text(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_BUF out = {0};

    rounds_sample_init(&sample);
    write(&out, &sample);
    expect_well_formed(&out);
    expect_part(&out,
                "<content type=\"text\">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; "
                "&amp; l&#39;idée\\;,\nretournée</content>");
    assert_null(strstr(out.bytes, "<script"));
    assert_null(strstr(out.bytes, "\u202E"));
    expect_part(&out, "<title type=\"text\">#1 – &lt;script&gt;");
}

static void ideas_and_rounds_are_entries(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_BUF out = {0};

    rounds_sample_init(&sample);
    write(&out, &sample);
    assert_int_equal(count(&out, "<entry>"), 4); /* and the first round opened */
    assert_int_equal(count(&out, "<id>urn:uuid:"), 5);
    expect_part(&out, "<link rel=\"alternate\" type=\"text/html\" href=\"" BASE "/b/");
    expect_part(&out, "/feed.atom\"/>");
    history_hide(&sample.history, STAFF, 2);
    write(&out, &sample);
    assert_int_equal(count(&out, "<entry>"), 3);
    assert_null(strstr(out.bytes, "Des bus"));
}

static void a_result_is_told_once_it_is_revealed(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_BUF out = {0};

    rounds_sample_init(&sample);
    assert_int_equal(history_close(&sample.history, 1), OK);
    write(&out, &sample);
    expect_part(&out, "Tour 1 sur 2 : clôture");
    assert_null(strstr(out.bytes, "résultat</title>"));
    assert_null(strstr(out.bytes, "Pour sur"));
    assert_int_equal(history_round(&sample.history, CMD_REVEAL, LEAD, 1), OK);
    write(&out, &sample);
    expect_well_formed(&out);
    expect_part(&out, "Tour 1 sur 2 : résultat");
    expect_part(&out, "?mode=result&amp;round=1\"/>");
    expect_part(&out, "Qualifiée : #1 &lt;script&gt;");
    expect_part(&out, "2\u00a0Pour sur 2\u00a0avis");
}

static void the_newest_fifty_ideas_are_enough(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_BUF out = {0};

    rounds_sample_init(&sample);
    for (int i = 0; i < 60; i++) {
        assert_int_equal(history_post(&sample.history, AUTHOR), OK);
    }
    write(&out, &sample);
    assert_int_equal(count(&out, "<published>"), FEED_IDEAS);
    expect_part(&out, "#63 – ");
    assert_null(strstr(out.bytes, ">#13 – "));
}

static void ids_stay_and_differ(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_BUF before = {0};
    AUTO_BUF after = {0};
    const char *at = NULL;

    rounds_sample_init(&sample);
    write(&before, &sample);
    assert_int_equal(history_close(&sample.history, 1), OK);
    write(&after, &sample);
    for (at = before.bytes; (at = strstr(at, "<id>")); at++) {
        char id[64] = "";

        memcpy(id, at, strlen("<id>urn:uuid:") + 36);
        assert_int_equal(count(&before, id), 1);
        assert_int_equal(count(&after, id), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_text),
        cmocka_unit_test(ideas_and_rounds_are_entries),
        cmocka_unit_test(a_result_is_told_once_it_is_revealed),
        cmocka_unit_test(the_newest_fifty_ideas_are_enough),
        cmocka_unit_test(ids_stay_and_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
