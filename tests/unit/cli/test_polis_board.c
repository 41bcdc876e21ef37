/*
 * Goal: three real conversations become boards with the tallies and the order that an
 * independent recount of them has, and a board that was not finished is never seen.
 */
#include "cli/polis_board.h"

#include "auth/random.h"
#include "base/mem.h"
#include "cli/index.h"
#include "cli/views.h"
#include "export/standings.h"
#include "store/memory.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define DATA PINSON_SOURCE_DIR "/../shared/data/polis/"

struct place {
    struct workspace workspace;
    struct polis polis;
    struct new_board board;
    struct begun_board made;
    struct fold fold;
};

static int open_place(void **state)
{
    struct place *place = mem_alloc(sizeof *place);

    random_init();
    uv_loop_init(&place->workspace.loop);
    place->workspace.store = memory_store_create(&place->workspace.loop);
    place->workspace.is_available = true;
    fold_init(&place->fold);
    *state = place;
    return 0;
}

static int close_place(void **state)
{
    struct place *place = *state;

    fold_finish(&place->fold);
    polis_finish(&place->polis);
    workspace_close(&place->workspace);
    mem_free(place);
    return 0;
}

static void import(struct place *place, const char *name)
{
    AUTO_BUF path = {0};
    AUTO_BUF why = {0};

    buf_printf(&path, DATA "%s", name);
    assert_int_equal(polis_read(path.bytes, &place->polis, &why), OK);
    assert_true(polis_board_words(&place->board, &place->polis, "board", "en", NULL));
    assert_true(polis_board_make(&place->workspace, &place->polis, &place->board, &place->fold,
                                 &place->made));
}

static json_t *load_expected(const char *name)
{
    AUTO_BUF path = {0};

    buf_printf(&path, DATA "%s/expected.json", name);
    json_t *expected = json_load_file(path.bytes, 0, NULL);

    assert_non_null(expected);
    return expected;
}

static json_int_t number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    assert_true(json_is_integer(value));
    return json_integer_value(value);
}

static void compare_tallies(const struct board *board, const json_t *expected)
{
    const json_t *tallies = json_object_get(expected, "tallies");

    assert_int_equal(board->ideas_count, json_object_size(tallies));
    for (size_t i = 0; i < board->ideas_count; i++) {
        const struct idea *idea = &board->ideas[i];
        const json_t *tally = json_object_get(tallies, idea->source.id);

        assert_string_equal(idea->source.system, "polis");
        assert_int_equal(idea->tally.agree, number(tally, "agree"));
        assert_int_equal(idea->tally.disagree, number(tally, "disagree"));
        assert_int_equal(idea->tally.pass, number(tally, "pass"));
    }
}

static void compare_order(const struct board *board, const json_t *expected)
{
    const json_t *ranking = json_object_get(expected, "ranking_shown");
    const json_t *ids = json_object_get(ranking, "order");
    struct standings standings;

    standings_init(&standings, board);
    const struct selection *order = &standings.of->selection;

    assert_true(json_is_array(ids));
    assert_int_equal(order->count, json_array_size(ids));
    assert_int_equal(board->sums.agree, number(ranking, "sum_agree"));
    assert_int_equal(board->sums.judged, number(ranking, "sum_n"));
    for (size_t i = 0; i < order->count; i++) {
        char id[24];

        snprintf(id, sizeof id, "%lld", (long long)json_integer_value(json_array_get(ids, i)));
        assert_string_equal(board->ideas[order->items[i].idea - 1].source.id, id);
    }
    standings_finish(&standings);
}

static void compare(struct place *place, const char *name, size_t people)
{
    json_auto_t *expected = load_expected(name);
    const json_t *totals = json_object_get(expected, "totals");
    const struct board *board = place->fold.board;

    compare_tallies(board, expected);
    compare_order(board, expected);
    assert_int_equal(board->ballots, number(totals, "ballots"));
    assert_int_equal(board->active_people, people);
    assert_int_equal(polis_board_corrected(&place->polis, board),
                     number(expected, "published_differs_count"));
    assert_int_equal(place->fold.refused, 0);
    assert_int_equal(place->fold.texts_wrong, 0);
    assert_string_equal(board->importing.system, ""); /* it has ended */
}

static void seattle_is_recounted(void **state)
{
    import(*state, "15-per-hour-seattle");
    compare(*state, "15-per-hour-seattle", 339);
}

static void london_is_recounted_with_an_author_who_never_voted(void **state)
{
    import(*state, "london.youth.policing");
    compare(*state, "london.youth.policing", 27);
}

static void bowling_green_is_recounted_from_its_newer_columns(void **state)
{
    import(*state, "bg2050-volunteers");
    compare(*state, "bg2050-volunteers", 126);
}

static void what_the_store_says_of_an_imported_board_is_what_its_log_says(void **state)
{
    struct place *place = *state;
    struct differences differences = {0};
    struct views views;

    import(place, "london.youth.policing");
    assert_int_equal(views_read(&place->workspace, place->made.key, &views), OK);
    assert_int_equal(views.projection.version, place->fold.board->version);
    assert_int_equal(views.projection.heads_count, place->fold.board->version / 256);
    views_compare(&views, place->fold.board, &differences);
    assert_int_equal(differences.total, 0);
    views_finish(&views);
}

static void a_changed_score_and_a_changed_tally_are_named(void **state)
{
    struct place *place = *state;
    struct differences differences = {0};
    struct views views;

    import(place, "london.youth.policing");
    assert_int_equal(views_read(&place->workspace, place->made.key, &views), OK);
    assert_int_equal(views.projection.ideas[11].idea, 12);
    views.projection.ideas[11].tally.agree = 5;
    views.projection.ideas[14].score = 7;
    views_compare(&views, place->fold.board, &differences);
    assert_int_equal(differences.total, 2);
    assert_string_equal(differences.items[0],
                        "idea 12: the store says 5 agree, the log says 3");
    assert_non_null(
        strstr(differences.items[1], "idea 15: the store says a score of 7, the log"));
    differences_finish(&differences);
    views_finish(&views);
}

static void a_taken_address_is_refused_and_nothing_changes(void **state)
{
    struct place *place = *state;
    struct begun_board again;
    struct fold fold;
    struct index index;

    import(place, "london.youth.policing");
    fold_init(&fold);
    assert_false(
        polis_board_make(&place->workspace, &place->polis, &place->board, &fold, &again));
    fold_finish(&fold);
    assert_int_equal(index_read(&place->workspace, &index), OK);
    assert_int_equal(index.count, 1);
    assert_string_equal(index.items[0].key.id, place->made.key.id);
    index_finish(&index);
}

static void a_board_that_is_begun_is_in_no_list_and_gives_its_address_back(void **state)
{
    struct place *place = *state;
    struct writer writer;
    struct index index;
    AUTO_BUF slug = {0};

    assert_true(polis_board_words(&place->board, &place->polis, "board", "en", NULL));
    assert_true(writer_begin(&writer, &place->workspace, &place->board));
    assert_int_equal(index_read(&place->workspace, &index), OK);
    assert_int_equal(index.count, 0);
    writer_abandon(&writer);
    assert_int_equal(workspace_get(&place->workspace, "slug:board", &slug), OK);
    assert_int_equal(slug.len, 0);
    assert_true(writer_begin(&writer, &place->workspace, &place->board));
    writer_abandon(&writer);
}

static void an_address_is_taken_over_from_a_command_that_died(void **state)
{
    struct place *place = *state;
    struct writer writer;
    AUTO_BUF dead = {0};
    AUTO_BUF code = {0};

    /* It had come as far as claiming an address and a code a while ago. */
    assert_int_equal(workspace_claim(&place->workspace, "slug:board", view_of("dead"), &dead),
                     OK);
    assert_int_equal(workspace_claim(&place->workspace, "code:123456", view_of("dead"), &dead),
                     OK);
    assert_int_equal(workspace_put(&place->workspace, "code-of:dead", view_of("123456"), 0),
                     OK);
    assert_true(polis_board_words(&place->board, &place->polis, "board", "en", NULL));
    assert_true(writer_begin(&writer, &place->workspace, &place->board));
    assert_int_equal(workspace_get(&place->workspace, "code:123456", &code), OK);
    assert_int_equal(code.len, 0);
    writer_abandon(&writer);
}

static void an_address_is_not_taken_over_while_somebody_works_on_it(void **state)
{
    struct place *place = *state;
    struct writer first;
    struct writer second;

    assert_true(polis_board_words(&place->board, &place->polis, "board", "en", NULL));
    assert_true(writer_begin(&first, &place->workspace, &place->board));
    assert_false(writer_begin(&second, &place->workspace, &place->board));
    writer_abandon(&first);
}

/* A long import outlives the mark that it made when it began. */
static void an_address_is_kept_while_its_log_grows(void **state)
{
    struct place *place = *state;
    struct writer first;
    struct writer second;
    AUTO_BUF mark = {0};

    assert_true(polis_board_words(&place->board, &place->polis, "board", "en", NULL));
    assert_true(writer_begin(&first, &place->workspace, &place->board));
    buf_printf(&mark, "making:%s", first.board.key.id);
    assert_int_equal(workspace_remove(&place->workspace, mark.bytes), OK);
    assert_false(writer_begin(&second, &place->workspace, &place->board));
    writer_abandon(&first);
}

/* Between its claim and its first entry. */
static void an_address_is_kept_while_its_mark_stands(void **state)
{
    struct place *place = *state;
    struct writer writer;
    AUTO_BUF stands = {0};

    assert_int_equal(workspace_put(&place->workspace, "making:other", view_of("1"), 60000), OK);
    assert_int_equal(
        workspace_claim(&place->workspace, "slug:board", view_of("other"), &stands), OK);
    assert_true(polis_board_words(&place->board, &place->polis, "board", "en", NULL));
    assert_false(writer_begin(&writer, &place->workspace, &place->board));
}

static void a_title_must_fit_when_the_topic_does_not(void **state)
{
    struct place *place = *state;
    char topic[LIMIT_TITLE_MAX_GRAPHEMES + 2];

    memset(topic, 'x', sizeof topic - 1);
    topic[sizeof topic - 1] = '\0';
    place->polis.topic = mem_copy_text(topic, strlen(topic));
    assert_false(polis_board_words(&place->board, &place->polis, "board", "en", NULL));
    assert_true(polis_board_words(&place->board, &place->polis, "board", "en", "Short"));
    assert_false(polis_board_words(&place->board, &place->polis, "Bad Slug", "en", "Short"));
    assert_false(polis_board_words(&place->board, &place->polis, "board", "de", "Short"));
}

#define in_a_place(test) cmocka_unit_test_setup_teardown(test, open_place, close_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_a_place(seattle_is_recounted),
        in_a_place(london_is_recounted_with_an_author_who_never_voted),
        in_a_place(bowling_green_is_recounted_from_its_newer_columns),
        in_a_place(what_the_store_says_of_an_imported_board_is_what_its_log_says),
        in_a_place(a_changed_score_and_a_changed_tally_are_named),
        in_a_place(a_taken_address_is_refused_and_nothing_changes),
        in_a_place(a_board_that_is_begun_is_in_no_list_and_gives_its_address_back),
        in_a_place(an_address_is_taken_over_from_a_command_that_died),
        in_a_place(an_address_is_not_taken_over_while_somebody_works_on_it),
        in_a_place(an_address_is_kept_while_its_log_grows),
        in_a_place(an_address_is_kept_while_its_mark_stands),
        in_a_place(a_title_must_fit_when_the_topic_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
