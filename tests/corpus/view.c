/*
 * Goal: what a board shows to each who looks at it is exactly what stands in view/, and hidden
 * texts and closed scores are in nothing that others are sent. With PINSON_CORPUS_WRITE set,
 * the answers are written instead of compared.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/golden.h"
#include "wire/json.h"
#include "wire/names.h"
#include "wire/view.h"

/* A file of view/, folded. */
struct shown {
    json_t *golden;
    struct board *board;
    struct texts texts;
};

static void put_texts(struct texts *texts, const json_t *words)
{
    const char *key = NULL;
    json_t *text = NULL;

    texts_init(texts);
    json_object_foreach((json_t *)(uintptr_t)words, key, text)
    {
        struct ref ref;
        struct view view = json_view(text);

        assert_true(view_to_bytes(view_of(key), ref.bytes, sizeof ref.bytes));
        texts_put(texts, ref, mem_copy_text(view.ptr, view.len));
    }
}

static void shown_init(struct shown *shown, const char *path)
{
    struct effects effects;
    size_t i = 0;
    json_t *line = NULL;

    *shown = (struct shown){.golden = golden_load(path), .board = board_create()};
    put_texts(&shown->texts, json_object_get(shown->golden, "texts"));
    effects_init(&effects);
    json_array_foreach(json_object_get(shown->golden, "log"), i, line)
    {
        assert_true(golden_fold(shown->board, &effects, line));
        assert_int_equal(effects.decision.err, OK);
    }
    effects_finish(&effects);
}

static void shown_finish(struct shown *shown)
{
    json_decref(shown->golden);
    board_destroy(shown->board);
    texts_finish(&shown->texts);
}

static struct viewer viewer_of(const struct shown *shown, const json_t *view)
{
    json_int_t number = json_integer_value(json_object_get(view, "viewer"));
    struct viewer viewer = {.board = shown->board,
                            .texts = &shown->texts,
                            .person = board_person(shown->board, (uint64_t)number)};

    assert_true(role_of_name(json_view(json_object_get(view, "role")), &viewer.role));
    return viewer;
}

static void write_board(struct buf *to, const struct viewer *viewer)
{
    buf_add_char(to, '{');
    board_write_head(to, viewer);
    board_write_ideas(to, viewer, LIMIT_SNAPSHOT_IDEAS);
    buf_add_text(to, ",\"me\":");
    me_write(to, viewer);
    buf_add_char(to, '}');
}

static void is_shown_as_written(void **state)
{
    struct shown shown;
    size_t i = 0;
    json_t *view = NULL;

    shown_init(&shown, *state);
    json_array_foreach(json_object_get(shown.golden, "views"), i, view)
    {
        struct viewer viewer = viewer_of(&shown, view);
        AUTO_BUF bytes = {0};
        AUTO_BUF difference = {0};

        write_board(&bytes, &viewer);
        json_auto_t *got = json_loadb(bytes.bytes, bytes.len, JSON_REJECT_DUPLICATES, NULL);

        assert_non_null(got);
        if (getenv("PINSON_CORPUS_WRITE")) {
            json_object_set(view, "board", got);
            continue;
        }
        golden_difference(&difference, json_object_get(view, "board"), got);
        golden_difference(&difference, got, json_object_get(view, "board"));
        if (difference.len) {
            fail_msg("view %zu: %s", i, difference.bytes);
        }
    }
    assert_true(i > 0);
    if (getenv("PINSON_CORPUS_WRITE")) {
        assert_int_equal(json_dump_file(shown.golden, *state, JSON_INDENT(1) | JSON_SORT_KEYS),
                         0);
    }
    shown_finish(&shown);
}

/* At most max ideas: one's own, the strongest and the newest; the others are counted. */
static void a_first_look_is_bounded(void **state)
{
    struct shown shown;

    shown_init(&shown, *state);
    size_t count = shown.board->ideas_count;

    for (size_t max = 0; max <= count + 1; max++) {
        struct viewer viewer = {.board = shown.board,
                                .texts = &shown.texts,
                                .person = board_person(shown.board, 1),
                                .role = ROLE_LEAD};
        AUTO_BUF bytes = {0};

        buf_add_text(&bytes, "{\"x\":0");
        board_write_ideas(&bytes, &viewer, max);
        buf_add_char(&bytes, '}');
        json_auto_t *got = json_loadb(bytes.bytes, bytes.len, JSON_REJECT_DUPLICATES, NULL);
        size_t written = json_array_size(json_object_get(got, "ideas"));

        assert_int_equal(written, max < count ? max : count);
        assert_int_equal(json_integer_value(json_object_get(got, "more")), count - written);
        assert_true(json_array_size(json_object_get(got, "scores")) <= written);
    }
    shown_finish(&shown);
}

static void expect_code(struct viewer viewer, const char *code)
{
    AUTO_BUF bytes = {0};

    buf_add_char(&bytes, '{');
    board_write_head(&bytes, &viewer);
    buf_add_char(&bytes, '}');
    json_auto_t *got = json_loadb(bytes.bytes, bytes.len, JSON_REJECT_DUPLICATES, NULL);
    struct view shown = json_view(json_object_get(got, "join_code"));

    assert_non_null(json_object_get(got, "join_code"));
    assert_true(view_equal(shown, view_of(code)));
}

static void shows_the_join_code_to_all_or_to_staff(void **state)
{
    (void)state;
    struct shown shown;

    shown_init(&shown, PINSON_SOURCE_DIR "/tests/corpus/view/live.json");
    for (enum visibility seen = VISIBILITY_PUBLIC; seen <= VISIBILITY_PRIVATE; seen++) {
        for (enum role role = ROLE_VISITOR; role <= ROLE_ADMIN; role++) {
            bool may = seen == VISIBILITY_PUBLIC || role >= ROLE_MODERATOR;
            struct viewer viewer = {.board = shown.board,
                                    .texts = &shown.texts,
                                    .role = role,
                                    .join_code = "012345"};

            shown.board->definition.visibility = seen;
            expect_code(viewer, may ? "012345" : NULL);
            viewer.join_code = "";
            expect_code(viewer, NULL);
        }
    }
    shown_finish(&shown);
}

static void writes_heads_and_epochs_in_hexadecimal(void **state)
{
    (void)state;
    struct digest head = {{0xAB, 0x01}};
    AUTO_BUF bytes = {0};

    head_write(&bytes, &head);
    epoch_write(&bytes, 0x1F);
    assert_string_equal(bytes.bytes,
                        "\"ab01000000000000000000000000000000000000000000000000000000000000\""
                        "\"000000000000001f\"");
}

int main(void)
{
    struct golden golden;
    size_t count = 0;

    golden_init(&golden);
    golden_add(&golden, PINSON_SOURCE_DIR "/tests/corpus/view", "", ".json");
    struct CMUnitTest *tests = mem_array(2 * golden.count + 2, sizeof *tests);

    for (size_t i = 0; i < golden.count; i++) {
        const char *name = golden_name(golden.paths[i]);

        tests[count++] = (struct CMUnitTest){
            .name = name, .test_func = is_shown_as_written, .initial_state = golden.paths[i]};
        tests[count++] = (struct CMUnitTest){.name = name,
                                             .test_func = a_first_look_is_bounded,
                                             .initial_state = golden.paths[i]};
    }
    tests[count++] = (struct CMUnitTest){.name = "shows_the_join_code_to_all_or_to_staff",
                                         .test_func = shows_the_join_code_to_all_or_to_staff};
    tests[count++] = (struct CMUnitTest){.name = "writes_heads_and_epochs_in_hexadecimal",
                                         .test_func = writes_heads_and_epochs_in_hexadecimal};
    int failed = golden.count ? _cmocka_run_group_tests("view", tests, count, NULL, NULL) : 1;

    mem_free(tests);
    golden_finish(&golden);
    return failed;
}
