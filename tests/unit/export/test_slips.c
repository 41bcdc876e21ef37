/* Goal: a sheet of slips says of each what it is for and how it is used, and shows a title as
   text whatever is in it. */
#include "export/slips.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void a_slip_has_its_code_and_where_to_type_it(void **state)
{
    (void)state;
    struct slips slips = {.tongue = FRENCH,
                          .title = view_of("L’eau <demain> & après"),
                          .base = view_of("https://idees.ville.fr")};
    AUTO_BUF out = {0};

    slips_begin(&slips, &out);
    assert_int_equal(slips_add(&slips, view_of("https://idees.ville.fr/#invite=482913570264"),
                               view_of("482913570264"), &out),
                     OK);
    slips_end(&out);
    assert_non_null(strstr(out.bytes, "482\u00a0913\u00a0570\u00a0264"));
    assert_non_null(strstr(out.bytes, "<b>idees.ville.fr/join</b>"));
    assert_non_null(strstr(out.bytes, "L’eau &lt;demain&gt; &amp; après"));
    assert_non_null(strstr(out.bytes, "<svg "));
    assert_null(strstr(out.bytes, "<demain>"));
    assert_null(strstr(out.bytes, "src="));
    assert_null(strstr(out.bytes, "href="));
}

static void a_link_without_room_is_refused(void **state)
{
    (void)state;
    struct slips slips = {.tongue = ENGLISH, .title = view_of("Water")};
    char link[LIMIT_URL_MAX_BYTES + 1];
    AUTO_BUF out = {0};

    memset(link, 'a', sizeof link);
    assert_int_equal(slips_add(&slips, (struct view){link, sizeof link}, view_of("1"), &out),
                     ERR_TOO_LONG);
    assert_int_equal(out.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slip_has_its_code_and_where_to_type_it),
        cmocka_unit_test(a_link_without_room_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
