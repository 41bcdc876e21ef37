/* Goal: what comes in is text: markup goes, what people wrote stays, and our own disarming is
   undone exactly. */
#include "base/formula.h"
#include "import/clean.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void expect_clean(const char *cell, const char *text, bool html, bool control)
{
    struct cleaned did = {0};
    AUTO_BUF out = {0};

    clean_text(view_of(cell), false, &out, &did);
    assert_string_equal(out.len ? out.bytes : "", text);
    assert_int_equal(did.html, html);
    assert_int_equal(did.control, control);
}

static void takes_out_markup_and_nothing_that_only_looks_like_it(void **state)
{
    (void)state;
    expect_clean("<p>Un</p><p>deux<br/>trois</p>", "Un\ndeux\ntrois", true, false);
    expect_clean("<ul><li>a</li><li>b</li></ul>", "* a\n* b", true, false);
    expect_clean("avant<script>alert('x')</script>après", "avantaprès", true, false);
    expect_clean("<STYLE>p{}</STYLE>x<!-- non -->y", "xy", true, false);
    expect_clean("<b>2 &lt; 3 &amp;&#233;&#xe8;&nbsp;&rsquo;</b>", "2 < 3 &éè\u00A0’", true,
                 false);
    expect_clean("<b>&lt;script&gt;</b>", "<script>", true, false);
    expect_clean("2 < 3 et 4 > 1 &amp; 5", "2 < 3 et 4 > 1 &amp; 5", false, false);
    expect_clean("moins de <10 minutes>", "moins de <10 minutes>", false, false);
    expect_clean("<inconnu>reste</inconnu>", "<inconnu>reste</inconnu>", false, false);
    expect_clean("<p", "<p", false, false);
    expect_clean("<b>&#0;&#x110000;&nothing;</b>", "&#0;&#x110000;&nothing;", true, false);
    expect_clean("a<script>sans fin", "a", true, false);
}

static void takes_out_what_cannot_be_seen(void **state)
{
    (void)state;
    expect_clean("a\x07\x7f"
                 "b\r\nc\rd",
                 "ab\nc\nd", false, true);
    static const char turned[] = {'a', ' ', (char)0xE2, (char)0x80, (char)0xAE, 'b', '\0'};

    expect_clean(turned, "a b", false, true);
    expect_clean("  \n ", "", false, false);
}

static void undoes_the_disarming_of_our_tables(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        const char *text;
    } pairs[] = {{"'=1+1", "=1+1"}, {"'-20 %", "-20 %"}, {"'＝1", "＝1"}, {"'\tx", "\tx"},
                 {"'a", "'a"},      {"a", "a"},          {"", ""},        {"'", "'"}};

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_true(view_is(text_rearmed(view_of(pairs[i].cell)), pairs[i].text));
    }
    assert_true(view_is(text_rearmed(view_of("''=x")), "'=x"));
    assert_true(text_is_formula(view_of("'=x")));
    assert_false(text_is_formula(view_of("x=1")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_out_markup_and_nothing_that_only_looks_like_it),
        cmocka_unit_test(takes_out_what_cannot_be_seen),
        cmocka_unit_test(undoes_the_disarming_of_our_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
