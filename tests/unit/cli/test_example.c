/* Goal: the example board is made once, whole, and of ideas that the board itself would take.
 */
#include "cli/example.h"

#include "auth/random.h"
#include "cli/fold.h"
#include "store/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void every_idea_is_taken_and_labelled(void **state)
{
    (void)state;
    struct workspace workspace = {0};
    struct fold fold;
    AUTO_BUF code = {0};
    AUTO_BUF again = {0};
    size_t replies = 0;
    size_t crossings = 0;

    random_init();
    uv_loop_init(&workspace.loop);
    workspace.store = memory_store_create(&workspace.loop);
    assert_int_equal(example_make(&workspace, &code), OK);
    assert_int_equal(code.len, 6);
    assert_int_equal(example_make(&workspace, &again), OK);
    assert_string_equal(again.bytes, code.bytes); /* the one that there is */

    fold_init(&fold);
    assert_true(fold_board(&fold, &workspace, EXAMPLE_SLUG));
    assert_int_equal(fold.refused, 0);
    for (size_t i = 0; i < fold.board->ideas_count; i++) {
        const struct idea *idea = &fold.board->ideas[i];
        struct view text = texts_find(&fold.texts, idea->text);

        assert_true(idea->seed);
        assert_in_range(text_graphemes(text), 40, 200);
        replies += idea->parent > 0;
        crossings += idea->with > 0;
    }
    assert_int_equal(fold.board->ideas_count, 44);
    assert_int_equal(replies, 20);
    assert_int_equal(crossings, 2);
    fold_finish(&fold);
    workspace_close(&workspace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_idea_is_taken_and_labelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
