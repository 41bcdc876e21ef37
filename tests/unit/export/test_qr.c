/* Goal: what a camera finds in the drawing is, module by module, the code of the text. */
#include "export/qr.h"

#include "base/mem.h"
#include "pinson/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <qrencode.h>

static const char address[] = "https://idees.ville.fr/join/123456";

/* What of the drawing is dark, read back from its path. */
struct drawing {
    size_t side; /* with the quiet zone */
    bool *dark;  /* owned */
    size_t runs;
};

static void drawing_read(struct drawing *out, const char *svg)
{
    const char *at = strstr(svg, " d=\"");
    unsigned side = 0;
    unsigned x = 0;
    unsigned y = 0;
    unsigned width = 0;
    unsigned back = 0;
    int used = 0;

    assert_int_equal(sscanf(strstr(svg, "viewBox"), "viewBox=\"0 0 %u", &side), 1);
    *out = (struct drawing){.side = side, .dark = mem_array((size_t)side * side, sizeof(bool))};
    memset(out->dark, 0, (size_t)side * side * sizeof(bool));
    assert_non_null(at);
    for (at += 4; *at != '"'; at += used) {
        assert_int_equal(sscanf(at, "M%u %uh%uv1h-%uz%n", &x, &y, &width, &back, &used), 4);
        assert_true(width && width == back && x + width <= side && y < side);
        for (unsigned i = 0; i < width; i++) {
            assert_false(out->dark[y * side + x + i]);
            out->dark[y * side + x + i] = true;
        }
        out->runs++;
    }
    assert_string_equal(at, "\"/></svg>\n");
}

static void expect_code(const char *text)
{
    AUTO_BUF svg = {0};
    struct drawing drawing;
    QRcode *code =
        QRcode_encodeData((int)strlen(text), (const unsigned char *)text, 0, QR_ECLEVEL_M);

    assert_int_equal(qr_write_svg(view_of(text), view_of("Join"), &svg), OK);
    drawing_read(&drawing, svg.bytes);
    size_t width = (size_t)code->width;

    assert_int_equal(drawing.side, width + 8);
    for (size_t y = 0; y < drawing.side; y++) {
        for (size_t x = 0; x < drawing.side; x++) {
            bool inside = x >= 4 && x < width + 4 && y >= 4 && y < width + 4;
            bool dark = inside && code->data[(y - 4) * width + x - 4] & 1;

            assert_int_equal(drawing.dark[y * drawing.side + x], dark);
        }
    }
    mem_free(drawing.dark);
    QRcode_free(code);
}

static void draws_the_modules_of_the_code_within_a_quiet_zone(void **state)
{
    (void)state;
    char longest[LIMIT_URL_MAX_BYTES + 1];

    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    expect_code(address);
    expect_code("a");
    expect_code("https://idees.example/#invite=abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ");
    expect_code(longest);
}

/* Two neighbours drawn apart would show a hairline on some screens. */
static void draws_neighbours_in_one_piece(void **state)
{
    (void)state;
    AUTO_BUF svg = {0};
    struct drawing drawing;
    size_t edges = 0;

    assert_int_equal(qr_write_svg(view_of(address), view_of("Join"), &svg), OK);
    drawing_read(&drawing, svg.bytes);
    for (size_t i = 1; i < drawing.side * drawing.side; i++) {
        edges += drawing.dark[i] && !drawing.dark[i - 1];
    }
    assert_int_equal(drawing.runs, edges);
    mem_free(drawing.dark);
}

static void has_no_size_of_its_own_and_nothing_that_a_policy_forbids(void **state)
{
    (void)state;
    AUTO_BUF svg = {0};

    assert_int_equal(qr_write_svg(view_of(address), view_of("Join"), &svg), OK);
    const char start[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 37 37\" "
                         "shape-rendering=\"crispEdges\"><title>Join</title>"
                         "<rect width=\"37\" height=\"37\" fill=\"#fff\"/><path fill=\"#000\" "
                         "d=\"M";

    assert_memory_equal(svg.bytes, start, sizeof start - 1);
    assert_null(strstr(svg.bytes, "style"));
    assert_null(strstr(svg.bytes, "script"));
    assert_null(strstr(strstr(svg.bytes, "<path") + 1, "<path")); /* it is one */
}

static void escapes_the_title(void **state)
{
    (void)state;
    AUTO_BUF svg = {0};

    assert_int_equal(
        qr_write_svg(view_of(address), view_of("</title><script>x</script> & \"é\""), &svg),
        OK);
    assert_non_null(strstr(svg.bytes, "<title>&lt;/title&gt;&lt;script&gt;x&lt;/script&gt; "
                                      "&amp; &quot;é&quot;</title>"));
}

static void refuses_what_is_empty_too_long_or_not_to_be_shown(void **state)
{
    (void)state;
    char text[LIMIT_TEXT_MAX_BYTES + 1];
    AUTO_BUF svg = {0};

    memset(text, 'x', sizeof text);
    buf_add_text(&svg, "before");
    assert_int_equal(qr_write_svg(view_of(""), view_of("Join"), &svg), ERR_EMPTY);
    assert_int_equal(
        qr_write_svg((struct view){text, LIMIT_URL_MAX_BYTES + 1}, view_of("Join"), &svg),
        ERR_TOO_LONG);
    assert_int_equal(qr_write_svg(view_of(address), (struct view){text, sizeof text}, &svg),
                     ERR_TOO_LONG);
    assert_int_equal(qr_write_svg(view_of(address), view_of("a\x01"), &svg), ERR_BAD_TEXT);
    assert_int_equal(qr_write_svg(view_of(address), view_of("\xff"), &svg), ERR_BAD_TEXT);
    assert_string_equal(svg.bytes, "before");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_the_modules_of_the_code_within_a_quiet_zone),
        cmocka_unit_test(draws_neighbours_in_one_piece),
        cmocka_unit_test(has_no_size_of_its_own_and_nothing_that_a_policy_forbids),
        cmocka_unit_test(escapes_the_title),
        cmocka_unit_test(refuses_what_is_empty_too_long_or_not_to_be_shown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
