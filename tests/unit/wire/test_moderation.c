/* Goal: what staff did is told to its author with the words meant for them, to staff with who
   complained, and to everybody else without a name or a word. */
#include "support/expect.h"
#include "support/gestures.h"

#include "base/mem.h"
#include "wire/moderation.h"

struct scene {
    struct history h;
    struct texts texts;
};

static void define(struct definition *definition)
{
    history_define(definition);
    definition->themes_count = 1;
    memcpy(definition->themes[0], "Eau", sizeof "Eau");
}

static void remember(struct scene *scene, struct ref ref, const char *words)
{
    texts_put(&scene->texts, ref, mem_copy_text(words, strlen(words)));
}

/* Idea 1 by AUTHOR, 2 by OTHER. */
static void scene_init(struct scene *scene)
{
    texts_init(&scene->texts);
    history_start(&scene->h, define);
    expect_ok(history_post(&scene->h, AUTHOR));
    expect_ok(history_post(&scene->h, OTHER));
    remember(scene, history_idea(&scene->h, 1)->text, "Un banc");
    remember(scene, history_idea(&scene->h, 2)->text, "Une fontaine");
}

static void scene_finish(struct scene *scene)
{
    history_finish(&scene->h);
    texts_finish(&scene->texts);
}

#define AUTO_SCENE __attribute__((cleanup(scene_finish))) struct scene

static struct viewer as(const struct scene *scene, uint64_t key)
{
    const struct person *person = key ? history_who(&scene->h, key) : NULL;

    return (struct viewer){.board = scene->h.board,
                           .texts = &scene->texts,
                           .person = person,
                           .role = person ? person->role : ROLE_VISITOR};
}

static enum err say_words(struct scene *scene, enum command_kind kind, uint64_t person,
                          uint32_t idea, const char *words)
{
    struct command command = gesture_words(&scene->h, kind, person, idea);

    remember(scene, command.text.ref, words);
    return history_add(&scene->h, &command).err;
}

static void expect_idea(const struct scene *scene, uint64_t key, uint32_t idea,
                        const char *expected)
{
    struct viewer viewer = as(scene, key);
    AUTO_BUF out = {0};

    idea_write_moderation(&out, &viewer, history_idea(&scene->h, idea));
    assert_string_equal(out.bytes, expected);
}

static void an_author_and_staff_read_why_and_nobody_else(void **state)
{
    (void)state;
    AUTO_SCENE scene;
    scene_init(&scene);

    expect_idea(&scene, AUTHOR, 1, ",\"moderation\":null");
    expect_ok(say_words(&scene, CMD_HIDE, STAFF, 1, "Restez \"courtois\""));
    static const char told[] =
        ",\"moderation\":{\"kind\":\"hide\",\"reason\":\"spam\","
        "\"note\":\"Restez \\\"courtois\\\"\",\"at\":\"2026-11-23T10:00:00.000Z\",\"v\":10,"
        "\"into\":null,\"appeal\":null,\"appealable\":true}";

    expect_idea(&scene, AUTHOR, 1, told);
    expect_idea(&scene, STAFF, 1, told);
    expect_idea(&scene, LEAD, 1, told);
    expect_idea(&scene, OTHER, 1, ",\"moderation\":null");
    expect_idea(&scene, 0, 1, ",\"moderation\":null");
}

static void an_author_reads_what_came_of_an_appeal_and_still_why(void **state)
{
    (void)state;
    AUTO_SCENE scene;
    scene_init(&scene);

    expect_ok(say_words(&scene, CMD_HIDE, STAFF, 1, "Non"));
    expect_ok(say_words(&scene, CMD_APPEAL, AUTHOR, 1, "Si"));
    expect_idea(
        &scene, AUTHOR, 1,
        ",\"moderation\":{\"kind\":\"hide\",\"reason\":\"spam\",\"note\":\"Non\","
        "\"at\":\"2026-11-23T10:00:00.000Z\",\"v\":10,\"into\":null,\"appeal\":\"open\","
        "\"appealable\":false}");
    expect_ok(resolve(&scene.h, 1, RESOLUTION_DISMISSED));
    expect_idea(&scene, AUTHOR, 1,
                ",\"moderation\":{\"kind\":\"hide\",\"reason\":\"spam\",\"note\":\"Non\","
                "\"at\":\"2026-11-23T10:00:00.000Z\",\"v\":10,\"into\":null,"
                "\"appeal\":\"dismiss\",\"appealable\":false}");
}

static void what_the_rules_did_is_said_to_be_held(void **state)
{
    (void)state;
    AUTO_SCENE scene;
    scene_init(&scene);

    expect_ok(report_often(&scene.h, 1));
    expect_idea(&scene, AUTHOR, 1,
                ",\"moderation\":{\"kind\":\"held\",\"reason\":null,\"note\":null,"
                "\"at\":\"2026-11-23T10:00:00.000Z\",\"v\":12,\"into\":null,\"appeal\":null,"
                "\"appealable\":false}");
    assert_string_equal(name_of_record(&(struct record){.kind = CMD_POST}), "held");
    assert_string_equal(name_of_record(&(struct record){.kind = CMD_EDIT}), "held");
    assert_string_equal(name_of_record(&(struct record){.kind = CMD_REDACT}), "redact");
}

static void who_wrote_what_was_merged_reads_into_what(void **state)
{
    (void)state;
    AUTO_SCENE scene;
    scene_init(&scene);

    expect_ok(history_merge(&scene.h, 1, 2));
    expect_idea(&scene, OTHER, 2,
                ",\"moderation\":{\"kind\":\"merge\",\"reason\":null,\"note\":null,"
                "\"at\":\"2026-11-23T10:00:00.000Z\",\"v\":10,\"into\":1,\"appeal\":null,"
                "\"appealable\":true}");
}

static void the_public_record_names_nobody_and_repeats_nothing(void **state)
{
    (void)state;
    AUTO_SCENE scene;
    scene_init(&scene);
    AUTO_BUF out = {0};

    expect_ok(report_often(&scene.h, 1));
    scene.h.now_ms += 61500;
    expect_ok(say_words(&scene, CMD_HIDE, STAFF, 1, "Secret"));
    expect_ok(say_words(&scene, CMD_APPEAL, AUTHOR, 1, "Pardon"));
    struct command suspend = gesture_person(&scene.h, CMD_SUSPEND, STAFF, OTHER);

    suspend.text = history_text(&scene.h, 4);
    expect_ok(history_add(&scene.h, &suspend).err);
    for (uint64_t n = 1; n <= 3; n++) {
        record_write(&out, board_record(scene.h.board, n));
        buf_add_char(&out, '\n');
    }
    assert_string_equal(
        out.bytes,
        "{\"v\":12,\"at\":\"2026-11-23T10:00:00.000Z\",\"kind\":\"held\",\"reason\":null,"
        "\"idea\":1,\"into\":null,\"by\":\"rules\",\"waited_s\":null,\"until\":null,"
        "\"on\":false,\"undone\":false,\"appeal\":null}\n"
        "{\"v\":13,\"at\":\"2026-11-23T10:01:01.500Z\",\"kind\":\"hide\",\"reason\":\"spam\","
        "\"idea\":1,\"into\":null,\"by\":\"staff\",\"waited_s\":61,\"until\":null,"
        "\"on\":false,\"undone\":false,\"appeal\":\"open\"}\n"
        "{\"v\":15,\"at\":\"2026-11-23T10:01:01.500Z\",\"kind\":\"suspend\",\"reason\":"
        "\"spam\","
        "\"idea\":null,\"into\":null,\"by\":\"staff\",\"waited_s\":null,"
        "\"until\":\"2026-11-23T10:02:01.500Z\",\"on\":false,\"undone\":false,\"appeal\":null}"
        "\n");
    buf_clear(&out);
    record_summary_write(&out, scene.h.board);
    assert_string_equal(out.bytes, "{\"held\":1,\"hidden\":1,\"restored\":0,\"merged\":0,"
                                   "\"redacted\":0,\"suspended\":1,\"appeals\":1,"
                                   "\"granted\":0,\"median_wait_s\":61}");
}

static void nothing_done_has_no_median(void **state)
{
    (void)state;
    AUTO_SCENE scene;
    scene_init(&scene);
    AUTO_BUF out = {0};

    record_summary_write(&out, scene.h.board);
    assert_string_equal(out.bytes, "{\"held\":0,\"hidden\":0,\"restored\":0,\"merged\":0,"
                                   "\"redacted\":0,\"suspended\":0,\"appeals\":0,"
                                   "\"granted\":0,\"median_wait_s\":null}");
}

static void a_board_says_how_it_is_moderated(void **state)
{
    (void)state;
    AUTO_SCENE scene;
    scene_init(&scene);
    struct viewer reader = as(&scene, 0);
    AUTO_BUF out = {0};

    board_write_moderation(&out, &reader);
    assert_string_equal(out.bytes,
                        ",\"frozen\":false,\"premoderation\":null,\"announcement\":null");
    struct command freeze = history_command(&scene.h, CMD_FREEZE, STAFF);

    freeze.on = true;
    expect_ok(history_add(&scene.h, &freeze).err);
    expect_ok(premoderate(&scene.h, true, 1320, 480));
    expect_ok(say_words(&scene, CMD_ANNOUNCE, STAFF, 0, "Pause de <10> minutes"));
    buf_clear(&out);
    board_write_moderation(&out, &reader);
    assert_string_equal(out.bytes,
                        ",\"frozen\":true,\"premoderation\":{\"from\":1320,\"until\":480},"
                        "\"announcement\":{\"text\":\"Pause de <10> minutes\","
                        "\"at\":\"2026-11-23T10:00:00.000Z\",\"v\":12}");
}

static void who_is_suspended_reads_until_when_and_why(void **state)
{
    (void)state;
    AUTO_SCENE scene;
    scene_init(&scene);
    AUTO_BUF out = {0};
    struct viewer reader = as(&scene, 0);
    struct command suspend = gesture_person(&scene.h, CMD_SUSPEND, STAFF, OTHER);

    suspend.text = history_text(&scene.h, 4);
    remember(&scene, suspend.text.ref, "Insultes");
    expect_ok(history_add(&scene.h, &suspend).err);
    struct viewer other = as(&scene, OTHER);
    struct viewer judge = as(&scene, JUDGE);

    me_write_suspended(&out, &other);
    assert_string_equal(out.bytes, ",\"suspended\":{\"until\":\"2026-11-23T10:01:00.000Z\","
                                   "\"reason\":\"spam\",\"note\":\"Insultes\"}");
    buf_clear(&out);
    me_write_suspended(&out, &judge);
    me_write_suspended(&out, &reader);
    assert_string_equal(out.bytes, ",\"suspended\":null,\"suspended\":null");
    expect_ok(on_person(&scene.h, CMD_UNSUSPEND, STAFF, OTHER));
    buf_clear(&out);
    me_write_suspended(&out, &other);
    assert_string_equal(out.bytes, ",\"suspended\":null");
}

static void staff_see_who_has_what(void **state)
{
    (void)state;
    AUTO_SCENE scene;
    scene_init(&scene);
    AUTO_BUF out = {0};
    struct viewer staff = as(&scene, STAFF);
    char expected[512];
    AUTO_BUF names = {0};

    expect_ok(on_person(&scene.h, CMD_REPORT, JUDGE, OTHER));
    waiting_write(&out, scene.h.board);
    assert_string_equal(out.bytes,
                        "{\"appeal\":0,\"report\":1,\"pending\":0,\"rising\":0,\"fresh\":2}");
    expect_ok(take(&scene.h, STAFF, 2));
    expect_ok(on_person(&scene.h, CMD_TAKE, LEAD, OTHER));
    buf_clear(&out);
    leases_write(&out, &staff, scene.h.now_ms);
    person_write_name(&names, &staff, history_who(&scene.h, STAFF)->number);
    size_t first = names.len;

    person_write_name(&names, &staff, history_who(&scene.h, LEAD)->number);
    snprintf(expected, sizeof expected,
             "[{\"idea\":2,\"person\":null,\"by\":5,\"name\":%.*s,"
             "\"until\":\"2026-11-23T10:02:00.000Z\"},{\"idea\":null,\"person\":3,\"by\":6,"
             "\"name\":%s,\"until\":\"2026-11-23T10:02:00.000Z\"}]",
             (int)first, names.bytes, names.bytes + first);
    assert_string_equal(out.bytes, expected);
    buf_clear(&out);
    leases_write(&out, &staff, scene.h.now_ms + CASE_LEASE_MS);
    assert_string_equal(out.bytes, "[]");
}

static void a_case_has_all_that_is_needed_to_decide_it(void **state)
{
    (void)state;
    AUTO_SCENE scene;
    scene_init(&scene);
    AUTO_BUF out = {0};
    struct viewer staff = as(&scene, STAFF);

    expect_ok(say_words(&scene, CMD_REPORT, JUDGE, 1, "C'est une pub"));
    expect_ok(take(&scene.h, STAFF, 1));
    case_write(&out, &staff, (struct case_place){.idea = 1});
    assert_ptr_equal(strstr(out.bytes, "{\"kind\":\"report\",\"idea\":{"), out.bytes);
    assert_non_null(strstr(out.bytes, "\"person\":{\"n\":1,"));
    assert_non_null(strstr(out.bytes, "\"named\":false,\"assurance\":\"guest\","
                                      "\"role\":\"participant\",\"ideas\":1,\"hidden\":0,"
                                      "\"reports\":0,\"suspended_until\":null}"));
    assert_non_null(strstr(out.bytes, "\"reports\":[{\"n\":1,\"appeal\":false,"
                                      "\"reason\":\"spam\",\"note\":\"C'est une pub\","
                                      "\"at\":\"2026-11-23T10:00:00.000Z\","
                                      "\"resolution\":\"open\",\"by\":{\"n\":2,"));
    assert_non_null(strstr(out.bytes, "],\"until\":\"2026-11-23T10:02:00.000Z\"}"));
    expect_ok(history_hide(&scene.h, STAFF, 1));
    expect_ok(on_person(&scene.h, CMD_REPORT, JUDGE, AUTHOR));
    buf_clear(&out);
    case_write(&out, &staff, (struct case_place){.person = 1});
    assert_ptr_equal(strstr(out.bytes, "{\"kind\":\"report\",\"idea\":null,\"person\":{"),
                     out.bytes);
    assert_non_null(strstr(out.bytes, "\"ideas\":1,\"hidden\":1,\"reports\":1,"));
    buf_clear(&out);
    case_write(&out, &staff, (struct case_place){.idea = 9});
    assert_string_equal(out.bytes, "null");
}

static void somebody_who_left_is_nobody(void **state)
{
    (void)state;
    AUTO_SCENE scene;
    scene_init(&scene);
    AUTO_BUF out = {0};
    struct viewer staff = as(&scene, STAFF);
    struct command erase = history_command(&scene.h, CMD_ERASE, JUDGE);

    expect_ok(history_report(&scene.h, JUDGE, 1));
    erase.erasure = ERASURE_ANONYMOUS;
    expect_ok(history_add(&scene.h, &erase).err);
    subject_write(&out, &staff, 2);
    buf_add_char(&out, ' ');
    subject_write(&out, &staff, 0);
    assert_string_equal(out.bytes, "null null");
    buf_clear(&out);
    case_write(&out, &staff, (struct case_place){.idea = 1});
    assert_non_null(strstr(out.bytes, "\"resolution\":\"open\",\"by\":null}]"));
}

static size_t times(const char *text, const char *part)
{
    size_t found = 0;

    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part)) {
        found++;
    }
    return found;
}

/* What is decided by its number must be in the case. */
static void what_is_open_is_shown_however_much_was_decided(void **state)
{
    (void)state;
    AUTO_SCENE scene;
    scene_init(&scene);
    AUTO_BUF out = {0};

    for (uint64_t key = 1; key <= LIMIT_REPORTS_SHOWN + 20; key++) {
        expect_ok(history_person(&scene.h, key, ASSURANCE_GUEST));
        expect_ok(history_report(&scene.h, key, 1));
    }
    struct viewer staff = as(&scene, STAFF);

    expect_ok(history_hide(&scene.h, STAFF, 1));
    expect_ok(say_words(&scene, CMD_APPEAL, AUTHOR, 1, "Relisez"));
    case_write(&out, &staff, (struct case_place){.idea = 1});
    assert_int_equal(times(out.bytes, "\"appeal\":true"), 1);
    assert_int_equal(times(out.bytes, "\"resolution\":"), LIMIT_REPORTS_SHOWN);
    expect_ok(history_on(&scene.h, CMD_RESTORE, STAFF, 1));
    expect_ok(history_report(&scene.h, JUDGE, 1));
    buf_clear(&out);
    case_write(&out, &staff, (struct case_place){.idea = 1});
    assert_int_equal(times(out.bytes, "\"resolution\":\"open\""), 1);
}

static void kinds_of_cases_have_names(void **state)
{
    (void)state;
    enum case_class class = CASE_NONE;

    for (unsigned i = 0; i < CASE_KINDS; i++) {
        assert_true(case_of_name(view_of(name_of_case((enum case_class)i)), &class));
        assert_int_equal(class, i);
    }
    assert_false(case_of_name(view_of("none"), &class));
    assert_string_equal(name_of_case(CASE_NONE), "none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_author_and_staff_read_why_and_nobody_else),
        cmocka_unit_test(an_author_reads_what_came_of_an_appeal_and_still_why),
        cmocka_unit_test(what_the_rules_did_is_said_to_be_held),
        cmocka_unit_test(who_wrote_what_was_merged_reads_into_what),
        cmocka_unit_test(the_public_record_names_nobody_and_repeats_nothing),
        cmocka_unit_test(nothing_done_has_no_median),
        cmocka_unit_test(a_board_says_how_it_is_moderated),
        cmocka_unit_test(who_is_suspended_reads_until_when_and_why),
        cmocka_unit_test(staff_see_who_has_what),
        cmocka_unit_test(a_case_has_all_that_is_needed_to_decide_it),
        cmocka_unit_test(somebody_who_left_is_nobody),
        cmocka_unit_test(what_is_open_is_shown_however_much_was_decided),
        cmocka_unit_test(kinds_of_cases_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
