/* Goal: a tally counts each choice by itself and every choice as a judgement. */
#include "core/idea.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void each_choice_has_its_count(void **state)
{
    (void)state;
    struct tally tally = {0};

    *tally_of(&tally, CHOICE_AGREE) = 1;
    *tally_of(&tally, CHOICE_DISAGREE) = 20;
    *tally_of(&tally, CHOICE_PASS) = 300;
    assert_int_equal(tally.agree, 1);
    assert_int_equal(tally.disagree, 20);
    assert_int_equal(tally.pass, 300);
    assert_int_equal(tally_judged(&tally), 321);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_choice_has_its_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
