/* Goal: no text of anybody becomes markup, or makes what is around it read otherwise. */
#include "export/markup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef void add_text(struct buf *to, struct view text);

static void expect(add_text *add, const char *text, const char *expected)
{
    AUTO_BUF out = {0};

    add(&out, view_of(text));
    assert_string_equal(out.bytes ? out.bytes : "", expected);
}

static void escapes_what_has_a_meaning(void **state)
{
    (void)state;
    expect(markup_add, "<script>alert(\"x\") & 'y'</script>",
           "&lt;script&gt;alert(&quot;x&quot;) &amp; &#39;y&#39;&lt;/script&gt;");
    expect(markup_add, "déjà « vu » 🐦", "déjà « vu » 🐦");
    expect(markup_add, "two\nlines\tand a tab", "two\nlines\tand a tab");
}

static void leaves_out_what_is_no_character_of_xml(void **state)
{
    (void)state;
    expect(markup_add, "a\x01\x08\x0b\x1f\x7f\rb", "ab");
    expect(markup_add,
           "a\xC2\x80\xC2\x9F"
           "b",
           "ab");
    expect(markup_add,
           "a\xEF\xBF\xBE\xEF\xBF\xBF"
           "b",
           "ab");
    expect(markup_add,
           "a\xEF\xBF\xBD"
           "b",
           "a\xEF\xBF\xBD"
           "b");
}

static void leaves_out_overrides_of_direction(void **state)
{
    (void)state;
    expect(markup_add, "a\u202Eb\u202Cc\u2066d\u2069e\u061Cf", "abcdef");
    expect(markup_add_plain, "a\u202Eb<", "ab<");
    expect(markup_add, "שלום \u200D 👩\u200D🚀", "שלום \u200D 👩\u200D🚀");
}

static void a_character_that_is_cut_off_ends_the_text(void **state)
{
    (void)state;
    AUTO_BUF out = {0};

    markup_add(&out, (struct view){"a\xE2\x80", 3});
    assert_int_equal(out.len, 3);
}

static void shortens_between_characters(void **state)
{
    (void)state;
    AUTO_BUF out = {0};

    markup_add_short(&out, view_of("  <é\nà>bc "), 4);
    assert_string_equal(out.bytes, "&lt;é à…");
    buf_clear(&out);
    markup_add_plain_short(&out, view_of("<é>"), 3);
    assert_string_equal(out.bytes, "<é>");
}

static void an_address_has_nothing_but_unreserved_characters(void **state)
{
    (void)state;
    expect(markup_add_query, "Mobilité & co/1_~", "Mobilit%C3%A9%20%26%20co%2F1_~");
    expect(markup_add_query, "\"><", "%22%3E%3C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_what_has_a_meaning),
        cmocka_unit_test(leaves_out_what_is_no_character_of_xml),
        cmocka_unit_test(leaves_out_overrides_of_direction),
        cmocka_unit_test(a_character_that_is_cut_off_ends_the_text),
        cmocka_unit_test(shortens_between_characters),
        cmocka_unit_test(an_address_has_nothing_but_unreserved_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
