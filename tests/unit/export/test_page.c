/* Goal: pages say in sound HTML what may be seen, and no number before its time. */
#include "export/page.h"

#include "unit/export/rounds_sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define AUTO_PAGE __attribute__((cleanup(page_finish))) struct page

static const struct page_list no_list;

static void restart(struct page *page, enum tongue tongue)
{
    page_finish(page);
    *page = (struct page){.tongue = tongue, .base = view_of("https://idees.example")};
}

static bool is_void(const char *name, size_t len)
{
    static const char *const names[] = {"img", "input", "meta", "link", "br"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0) {
            return true;
        }
    }
    return false;
}

/* Every element is closed by its own end; attributes are in quotes. */
static void expect_sound(const struct buf *html)
{
    const char *open[512];
    size_t depth = 0;

    for (const char *at = html->bytes; (at = strchr(at, '<')); at++) {
        bool end = at[1] == '/';
        const char *name = at + 1 + end;
        size_t len = strcspn(name, " >");

        at = strchr(at, '>');
        assert_non_null(at);
        if (end) {
            assert_true(depth-- > 0);
            if (memcmp(open[depth], name, len) != 0) {
                print_message("%.60s is ended by %.20s\n", open[depth], name);
                fail();
            }
        } else if (!is_void(name, len)) {
            assert_true(depth < 512);
            open[depth++] = name;
        }
    }
    assert_int_equal(depth, 0);
    assert_null(strstr(html->bytes, "<script"));
    assert_null(strstr(html->bytes, "\u202E"));
    assert_null(strstr(html->bytes, "x\")"));
}

static void expect_part(const struct page *page, const char *part)
{
    if (!strstr(page->content.bytes, part)) {
        print_message("%s\nis not in\n%s\n", part, page->content.bytes);
        fail();
    }
}

static void expect_no(const struct page *page, const char *part)
{
    if (strstr(page->content.bytes, part)) {
        print_message("%s\nis in\n%s\n", part, page->content.bytes);
        fail();
    }
}

static const struct idea *idea_of(const struct sample *sample, uint32_t number)
{
    return board_idea(sample->history.board, number);
}

/* Draws each page there is of the sample, in that language, with the test in between. */
static void on_every_page(const struct sample *sample, enum tongue tongue,
                          void (*test)(const struct page *))
{
    struct viewer viewer = rounds_sample_viewer(sample);
    struct page_board board = {.viewer = viewer, .slug = "slug"};
    AUTO_PAGE page = {0};

    restart(&page, tongue);
    page_home(&page, &board, 1);
    test(&page);
    restart(&page, tongue);
    page_board(&page, &viewer, &no_list);
    test(&page);
    for (uint32_t n = 1; n <= 3; n++) {
        restart(&page, tongue);
        page_idea(&page, &viewer, idea_of(sample, n));
        test(&page);
    }
    for (uint32_t round = 0; round <= 2; round++) {
        restart(&page, tongue);
        page_result(&page, &viewer, &(struct page_result){.round = round});
        test(&page);
    }
    restart(&page, tongue);
    page_presenter(&page, &viewer);
    test(&page);
}

static void is_sound(const struct page *page)
{
    expect_sound(&page->content);
    assert_null(strstr(page->head.bytes, "<script"));
    assert_null(strstr(page->title.bytes, "<script"));
}

static void hostile_texts_are_texts_everywhere(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};

    rounds_sample_init(&sample);
    on_every_page(&sample, FRENCH, is_sound);
    on_every_page(&sample, ENGLISH, is_sound);
    assert_int_equal(history_close(&sample.history, 1), OK);
    on_every_page(&sample, FRENCH, is_sound);
    assert_int_equal(history_open(&sample.history, 2), OK);
    on_every_page(&sample, FRENCH, is_sound);
    assert_int_equal(history_close(&sample.history, 2), OK);
    on_every_page(&sample, FRENCH, is_sound);
    on_every_page(&sample, ENGLISH, is_sound);
}

/* What only ballots can tell. */
static void tells_no_result(const struct page *page)
{
    static const char *const words[] = {"\u00a0avis</span>", "Pour sur",     "\u00a0%",
                                        "class=\"bar\"",     "class=\"rank", "Qualifiée<",
                                        "Lauréate",          "rang 1",       "class=\"seal\""};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        expect_no(page, words[i]);
    }
}

static void closed_scores_are_on_no_page(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};

    rounds_sample_init(&sample);
    on_every_page(&sample, FRENCH, tells_no_result);
    assert_int_equal(history_close(&sample.history, 1), OK);
    on_every_page(&sample, FRENCH, tells_no_result);
}

static void a_revealed_round_is_told_in_words(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_PAGE page = {0};

    rounds_sample_init(&sample);
    assert_int_equal(history_close(&sample.history, 1), OK);
    assert_int_equal(history_round(&sample.history, CMD_REVEAL, LEAD, 1), OK);
    struct viewer viewer = rounds_sample_viewer(&sample);

    restart(&page, FRENCH);
    page_result(&page, &viewer, &(struct page_result){.round = 1});
    expect_part(&page, "<b>Tour 1 sur 2</b>");
    expect_part(&page, "<li>1\u00a0idée qualifiée sur 3.</li>");
    expect_part(&page, "L’idée la mieux classée est qualifiée.");
    expect_part(&page, "2\u00a0Pour sur 2\u00a0avis");
    expect_part(&page, "2 Pour, 0 Sans avis, 0 Contre, sur 2\u00a0avis");
    expect_part(&page, "<li class=\"cut\">Seuil de qualification");
    expect_part(&page, "<ol class=\"seal\" lang=\"fr\"><li>");
    expect_part(&page, "<time datetime=\"");
    restart(&page, FRENCH);
    page_idea(&page, &viewer, idea_of(&sample, 1));
    expect_part(&page, "mode=result&amp;round=1\">Tour 1</a> : rang 1, 2\u00a0avis");
}

static void a_final_has_its_winner_and_the_tests(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_PAGE page = {0};

    rounds_sample_init(&sample);
    assert_int_equal(history_open(&sample.history, 2), OK);
    assert_int_equal(history_close(&sample.history, 2), OK);
    struct viewer viewer = rounds_sample_viewer(&sample);

    assert_int_equal(page_result_round(&viewer, 0), 2);
    restart(&page, FRENCH);
    page_result(&page, &viewer,
                &(struct page_result){.round = 2, .first_place = 87, .replayed = true});
    expect_part(&page, "<p class=\"outcome winner\">Lauréate</p>");
    expect_part(&page, "En tête, majorité non confirmée : la marge d’incertitude");
    expect_part(&page, "<li class=\"failed\">");
    expect_part(&page, "aucun groupe n’est assez nombreux pour en juger");
    expect_part(&page, "elle arrive en tête 87 fois");
    restart(&page, ENGLISH);
    page_result(&page, &viewer, &(struct page_result){.round = 2});
    expect_part(&page, "In the lead, majority not confirmed: the margin");
    expect_no(&page, "comes first");
}

static void in_one_open_round(struct definition *definition)
{
    sample_define(definition);
    definition->own_ballots_count = false;
}

static void ideas_are_sorted_and_filtered_by_address(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_PAGE page = {0};
    struct page_list list = {0};

    sample_init(&sample);
    struct viewer viewer = rounds_sample_viewer(&sample);

    restart(&page, FRENCH);
    page_board(&page, &viewer, &list);
    expect_part(&page, "?sort=strongest\" aria-current=\"true\"");
    expect_part(&page, "<span class=\"rank num\">1</span><p class=\"text\"><a href=\"/b/");
    expect_part(&page, "theme=Mobilit%C3%A9\"");
    assert_true(strstr(page.content.bytes, "oui") < strstr(page.content.bytes, "Des bus"));
    assert_true(page_sort_of_name(view_of("newest"), &list.sort));
    list.sorted = true;
    restart(&page, FRENCH);
    page_board(&page, &viewer, &list);
    assert_true(strstr(page.content.bytes, "oui") > strstr(page.content.bytes, "Des bus"));
    expect_no(&page, "class=\"rank");
    list.theme = 1;
    restart(&page, FRENCH);
    page_board(&page, &viewer, &list);
    expect_part(&page, "Des bus");
    expect_no(&page, "oui");
    assert_false(page_sort_of_name(view_of("x"), &list.sort));
}

static void hidden_ideas_are_not_told(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_PAGE page = {0};

    sample_init(&sample);
    struct viewer viewer = rounds_sample_viewer(&sample);

    restart(&page, FRENCH);
    page_board(&page, &viewer, &no_list);
    expect_no(&page, "Secret");
    restart(&page, FRENCH);
    page_idea(&page, &viewer, idea_of(&sample, 3));
    expect_no(&page, "Secret");
    assert_null(strstr(page.title.bytes, "Secret"));
    expect_part(&page, "Cette idée a été masquée par l’équipe de modération.");
}

static void a_room_sees_only_what_was_vetted(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_PAGE page = {0};

    rounds_sample_init_with(&sample, in_one_open_round);
    struct viewer viewer = rounds_sample_viewer(&sample);

    restart(&page, FRENCH);
    page_presenter(&page, &viewer);
    expect_no(&page, "Des bus");
    expect_no(&page, "class=\"code");
    expect_part(&page, "src=\"/b/");
    viewer.join_code = "482913";
    for (uint64_t person = 1; person <= 4; person++) {
        assert_int_equal(history_person(&sample.history, person, ASSURANCE_GUEST), OK);
        assert_int_equal(history_vote(&sample.history, person, 2, CHOICE_PASS), OK);
    }
    restart(&page, FRENCH);
    page_presenter(&page, &viewer);
    expect_part(&page, "Des bus");
    expect_part(&page, "<p class=\"code num\">482\u00a0913</p>");
    assert_int_equal(history_report(&sample.history, THIRD, 2), OK);
    restart(&page, FRENCH);
    page_presenter(&page, &viewer);
    expect_no(&page, "Des bus");
}

static void what_was_done_about_an_idea_is_told(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_PAGE page = {0};

    rounds_sample_init(&sample);
    struct command command = history_command(&sample.history, CMD_STATUS, LEAD);

    command.idea = 2;
    command.status = FOLLOWUP_REVIEW;
    command.next_by = 20270101;
    command.text = history_text(&sample.history, 20);
    struct ref answer = command.text.ref;

    assert_int_equal(history_add(&sample.history, &command).err, OK);
    rounds_sample_say(&sample, answer, "On regarde " HOSTILE);
    struct viewer viewer = rounds_sample_viewer(&sample);

    restart(&page, FRENCH);
    page_idea(&page, &viewer, idea_of(&sample, 2));
    expect_sound(&page.content);
    expect_part(&page, "<h2>Les suites données</h2>");
    expect_part(&page, "<b>À l’étude</b>");
    expect_part(&page, "On regarde &lt;script");
    expect_part(&page, "Prochaine réponse promise le 1er janvier 2027");
}

static void who_was_erased_is_not_named(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_PAGE page = {0};

    rounds_sample_init(&sample);
    struct viewer viewer = rounds_sample_viewer(&sample);

    restart(&page, FRENCH);
    page_idea(&page, &viewer, idea_of(&sample, 1));
    expect_part(&page, "<bdi>");
    struct command command = history_command(&sample.history, CMD_ERASE, AUTHOR);

    command.erasure = ERASURE_ANONYMOUS;
    assert_int_equal(history_add(&sample.history, &command).err, OK);
    restart(&page, FRENCH);
    page_idea(&page, &viewer, idea_of(&sample, 1));
    *strstr(page.content.bytes, "</article>") =
        '\0'; /* the replies have authors of their own */
    expect_no(&page, "<bdi>");
}

static void a_deep_thread_is_a_nested_list(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_PAGE page = {0};

    rounds_sample_init_with(&sample, in_one_open_round);
    history_reply(&sample.history, OTHER, RELATION_EXPAND, 3);   /* 4 */
    history_reply(&sample.history, OTHER, RELATION_COUNTER, 1);  /* 5 */
    history_reply(&sample.history, OTHER, RELATION_EXPLORE, 4);  /* 6 */
    history_reply(&sample.history, AUTHOR, RELATION_EXPLORE, 3); /* 7 */
    struct viewer viewer = rounds_sample_viewer(&sample);

    restart(&page, FRENCH);
    page_idea(&page, &viewer, idea_of(&sample, 4));
    expect_sound(&page.content);
    const char *at = strstr(page.content.bytes, "Tout le fil (6\u00a0idées)");

    assert_non_null(at);
    for (const char *const *number =
             (const char *const[]){"#1<", "#3<", "#4<", "#6<", "#7<", "#5<", NULL};
         *number; number++) {
        at = strstr(at, *number);
        assert_non_null(at);
    }
    expect_part(&page, "<li aria-current=\"true\"><span class=\"kind expand\">");
    expect_part(&page, "<nav class=\"chain\"");
}

static void a_long_thread_is_cut(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_PAGE page = {0};

    rounds_sample_init_with(&sample, in_one_open_round);
    for (uint32_t i = 0; i < 520; i++) {
        assert_int_equal(
            history_reply(&sample.history, OTHER, RELATION_COUNTER, i % 2 ? 3 + i / 4 : 1), OK);
    }
    struct viewer viewer = rounds_sample_viewer(&sample);

    restart(&page, FRENCH);
    page_idea(&page, &viewer, idea_of(&sample, 1));
    expect_sound(&page.content);
    expect_part(&page, "Le fil est trop long pour être montré en entier.");
    expect_part(&page, "<span class=\"quiet num\">#501</span>");
    expect_no(&page, "<span class=\"quiet num\">#502</span>");
}

static void finished_boards_are_apart(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_PAGE page = {0};

    rounds_sample_init(&sample);
    struct page_board board = {.viewer = rounds_sample_viewer(&sample), .slug = "slug"};

    restart(&page, FRENCH);
    page_home(&page, &board, 1);
    expect_part(&page, "<h2>En ce moment</h2>");
    expect_no(&page, "<h2>Terminées</h2>");
    expect_part(&page, "<form class=\"join\" action=\"/join\"");
    sample.history.board->state = BOARD_CLOSED;
    restart(&page, ENGLISH);
    page_home(&page, &board, 1);
    expect_part(&page, "<h2>Finished</h2>");
    expect_part(&page, "No consultation is open at the moment.");
}

static void the_head_names_the_page_and_what_follows_it(void **state)
{
    (void)state;
    AUTO_SAMPLE sample = {0};
    AUTO_PAGE page = {0};
    AUTO_BUF out = {0};

    rounds_sample_init(&sample);
    struct viewer viewer = rounds_sample_viewer(&sample);

    restart(&page, FRENCH);
    page_board(&page, &viewer, &no_list);
    assert_non_null(
        strstr(page.head.bytes, "<link rel=\"canonical\" href=\"https://idees.example/b/"));
    assert_non_null(strstr(page.head.bytes, "type=\"application/atom+xml\""));
    assert_non_null(
        strstr(page.head.bytes, "property=\"og:title\" content=\"Quoi ? &lt;script"));
    assert_null(strstr(page.head.bytes, "noindex"));
    page_write(&out,
               view_of("<html lang=\"fr\"><title><!--pinson:title--></title><!--pinson:head-->"
                       "<!--pinson:content-->.<!--pinson:foot-->!"),
               &page);
    assert_memory_equal(out.bytes, "<html lang=\"fr\"><title>Quoi ? &lt;", 34);
    assert_non_null(strstr(out.bytes, "</main>.<nav"));
    assert_non_null(strstr(out.bytes, "/pages/legal"));
    assert_int_equal(out.bytes[out.len - 1], '!');
    restart(&page, FRENCH);
    page_missing(&page);
    assert_non_null(strstr(page.head.bytes, "noindex"));
}

/* What the shell would ask for ahead, for a page of that screen. */
static void assert_asks(const char *screen, const char *expected)
{
    struct page page = {.screen = view_of(screen)};
    AUTO_BUF out = {0};

    page_write(&out,
               view_of("<html lang=\"fr\"><!--pinson:title--><!--pinson:head-->a"
                       "<!--screen:board-->B<!--/screen-->b<!--screen:boards-->X<!--/screen-->"
                       "<!--screen:home-->H<!--/screen-->c<!--pinson:content-->"
                       "<!--pinson:foot-->"),
               &page);
    assert_non_null(strstr(out.bytes, expected));
    page_finish(&page);
}

static void a_page_asks_ahead_for_its_own_screen_alone(void **state)
{
    (void)state;
    assert_asks("board", ">aBbc<nav");
    assert_asks("home", ">abHc<nav");
    assert_asks("lead", ">abc<nav");
    assert_asks(NULL, ">abc<nav");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_texts_are_texts_everywhere),
        cmocka_unit_test(closed_scores_are_on_no_page),
        cmocka_unit_test(a_revealed_round_is_told_in_words),
        cmocka_unit_test(a_final_has_its_winner_and_the_tests),
        cmocka_unit_test(ideas_are_sorted_and_filtered_by_address),
        cmocka_unit_test(hidden_ideas_are_not_told),
        cmocka_unit_test(a_room_sees_only_what_was_vetted),
        cmocka_unit_test(what_was_done_about_an_idea_is_told),
        cmocka_unit_test(who_was_erased_is_not_named),
        cmocka_unit_test(a_page_asks_ahead_for_its_own_screen_alone),
        cmocka_unit_test(a_deep_thread_is_a_nested_list),
        cmocka_unit_test(a_long_thread_is_cut),
        cmocka_unit_test(finished_boards_are_apart),
        cmocka_unit_test(the_head_names_the_page_and_what_follows_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
