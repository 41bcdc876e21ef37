/* Goal: an installation's texts are filled in, safe to show, and complete in both languages. */
#include "export/content.h"

#include "pinson/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void render(struct content *out, const char *markdown, struct content_facts facts)
{
    content_finish(out);
    content_render(out, view_of(markdown), FRENCH, &facts);
}

#define AUTO_CONTENT __attribute__((cleanup(content_finish))) struct content

static void places_are_filled(void **state)
{
    (void)state;
    AUTO_CONTENT content = {0};

    render(&content, "# Chez {responsible}\n\n{contact}, {keep_months}.",
           (struct content_facts){"La *Ville* <b>&</b>", "idees@ville.example", 12});
    assert_string_equal(content.title.bytes, "Chez La *Ville* <b>&</b>");
    assert_string_equal(content.html.bytes,
                        "<h1>Chez La *Ville* &lt;b&gt;&amp;&lt;/b&gt;</h1>\n"
                        "<p><a href=\"mailto:idees@ville.example\">idees@ville.example</a>, "
                        "12 mois.</p>\n");
    render(&content, "# A\n\n{contact}",
           (struct content_facts){.contact = "l'accueil [au 1er]"});
    assert_non_null(strstr(content.html.bytes, "<p>l'accueil [au 1er]</p>"));
    render(&content, "# A\n\n{contact}",
           (struct content_facts){.contact = "https://ville.example/contact"});
    assert_non_null(strstr(content.html.bytes, "<a href=\"https://ville.example/contact\">"));
}

static void what_is_not_known_has_a_neutral_wording(void **state)
{
    (void)state;
    AUTO_CONTENT content = {0};

    render(&content, "# {responsible}\n\n{contact} – {keep_months} {other}",
           (struct content_facts){0});
    assert_string_equal(content.title.bytes, "l’organisateur de la consultation");
    assert_null(strstr(content.html.bytes, "{contact}"));
    assert_null(strstr(content.html.bytes, "{keep_months}"));
    assert_non_null(strstr(content.html.bytes, "{other}"));
}

static void html_and_scripts_are_left_out(void **state)
{
    (void)state;
    AUTO_CONTENT content = {0};

    render(&content,
           "# A\n\n<script>alert(1)</script>\n\nx <img src=x onerror=alert(1)> "
           "[y](javascript:alert(1)) [z](data:text/html,x)",
           (struct content_facts){.contact = "x@y\"onload=\""});
    assert_null(strstr(content.html.bytes, "<script"));
    assert_null(strstr(content.html.bytes, "<img"));
    assert_null(strstr(content.html.bytes, "javascript:"));
    assert_null(strstr(content.html.bytes, "data:"));
}

static void a_bad_text_is_refused(void **state)
{
    (void)state;
    AUTO_BUF long_one = {0};

    assert_null(content_refusal(view_of("# Title\n\ntext")));
    assert_non_null(content_refusal(view_of("")));
    assert_non_null(content_refusal(view_of("## No title\n\ntext")));
    assert_non_null(content_refusal(view_of("# Title\n\n\xff")));
    buf_add_text(&long_one, "# Title\n\n");
    while (long_one.len <= LIMIT_CONTENT_MAX_BYTES) {
        buf_add_text(&long_one, "word ");
    }
    assert_non_null(content_refusal(buf_view(&long_one)));
}

static size_t count(const char *text, const char *part)
{
    size_t found = 0;

    for (; (text = strstr(text, part)); text++) {
        found++;
    }
    return found;
}

static void what_comes_with_the_program_is_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < CONTENT_PAGES; i++) {
        AUTO_CONTENT french = {0};
        AUTO_CONTENT english = {0};
        const struct content_facts none = {0};

        assert_int_equal(content_find(view_of(content_name(i))), i);
        assert_null(content_refusal(content_default(i, FRENCH)));
        assert_null(content_refusal(content_default(i, ENGLISH)));
        content_render(&french, content_default(i, FRENCH), FRENCH, &none);
        content_render(&english, content_default(i, ENGLISH), ENGLISH, &none);
        assert_null(strchr(french.html.bytes, '{'));
        assert_null(strchr(english.html.bytes, '{'));
        for (const char *const *tag = (const char *const[]){"<h1", "<h2", "<h3", "<li", NULL};
             *tag; tag++) {
            assert_int_equal(count(french.html.bytes, *tag), count(english.html.bytes, *tag));
        }
        assert_int_equal(count(french.html.bytes, "<h1"), 1);
        assert_int_equal(count(french.html.bytes, "raw HTML omitted"), 0);
    }
    assert_int_equal(content_find(view_of("other")), CONTENT_PAGES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_filled),
        cmocka_unit_test(what_is_not_known_has_a_neutral_wording),
        cmocka_unit_test(html_and_scripts_are_left_out),
        cmocka_unit_test(a_bad_text_is_refused),
        cmocka_unit_test(what_comes_with_the_program_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
