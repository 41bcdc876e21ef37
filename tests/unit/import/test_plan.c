/*
 * Goal: a file becomes ideas in an order in which they can come in, whatever its shape; and no
 * bytes make the reader crash, or bring what the fold would refuse.
 */
#include "import/entries.h"
#include "wire/entry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "core/apply.h"
#include <jansson.h>

enum {
    MUTATIONS = 20000,
    EPOCH = 77
};

static void define(struct definition *definition)
{
    definition_init(definition);
    memcpy(definition->slug, "p", sizeof "p");
    memcpy(definition->key_id, "k", sizeof "k");
    memcpy(definition->lang, "fr", sizeof "fr");
    memcpy(definition->themes[0], "Eau", sizeof "Eau");
    definition->themes_count = 1;
}

static void fold(struct board *board, struct view bytes, struct effects *effects)
{
    struct entry entry = {.id = {.ms = 1000, .seq = board->version}, .bytes = bytes};

    assert_int_equal(entry_parse(bytes, &entry.command), OK);
    board_apply(board, &entry, effects);
    command_finish(&entry.command);
}

static struct board *new_board(struct effects *effects)
{
    struct board *board = board_create();
    struct command command = {.kind = CMD_CREATE, .epoch = EPOCH};
    AUTO_BUF bytes = {0};

    command.definition = mem_alloc(sizeof *command.definition);
    define(command.definition);
    entry_write(&bytes, &command);
    command_finish(&command);
    fold(board, buf_view(&bytes), effects);
    return board;
}

static void random_like(void *to, size_t len)
{
    static unsigned char next;
    unsigned char *bytes = to;

    for (size_t i = 0; i < len; i++) {
        bytes[i] = ++next;
    }
}

/* What a plan would bring is brought, and all of it is taken. */
static void expect_taken(const struct import_plan *plan)
{
    struct effects effects;
    effects_init(&effects);
    struct board *board = new_board(&effects);
    struct import_entries entries = {0};
    struct import_bringing how = {
        .epoch = EPOCH, .source = {"csv", "one"}, .random = random_like};

    import_entries_make(&entries, plan, &how);
    for (size_t i = 0; i < entries.count; i++) {
        fold(board, buf_view(&entries.items[i].bytes), &effects);
        assert_int_equal(effects.decision.err, OK);
    }
    assert_int_equal(board->ideas_count, plan->count);
    assert_true(board->imports[0].complete);
    import_entries_finish(&entries);
    board_destroy(board);
    effects_finish(&effects);
}

static void make(struct import_plan *plan, struct view bytes, struct import_options options)
{
    struct effects effects;
    effects_init(&effects);
    struct board *board = new_board(&effects);
    struct import_target target;

    options.rows_max = options.rows_max ? options.rows_max : 100;
    options.now_ms = UINT64_C(1800000000000);
    import_target_init(&target, board);
    import_plan_make(plan, bytes, &target, &options);
    AUTO_BUF json = {0};

    import_plan_write(&json, plan, &target);
    json_auto_t *parsed = json_loadb(json.bytes, json.len, JSON_REJECT_DUPLICATES, NULL);

    assert_non_null(parsed);
    import_target_finish(&target);
    board_destroy(board);
    effects_finish(&effects);
}

static void puts_replies_after_what_they_answer_and_cuts_rings(void **state)
{
    (void)state;
    static const char text[] = "id,texte,parent,relation\n1,un,2,adapter\n2,deux,3,objecter\n3,"
                               "trois,,\n4,quatre,5,\n5,cinq,4,\n6,six,6,\n7,sept,99,\n";
    struct import_plan plan;

    make(&plan, view_of(text), (struct import_options){0});
    assert_int_equal(plan.count, 7);
    for (size_t i = 0; i < plan.count; i++) {
        assert_true(plan.rows[i].parent <= i);
        assert_int_equal(plan.rows[i].parent == 0, plan.rows[i].relation == RELATION_IDEA);
    }
    assert_int_equal(plan.problems.by_fault[FAULT_PARENT], 3); /* one of the ring, 6 and 7 */
    expect_taken(&plan);
    import_plan_finish(&plan);
}

static void tells_authors_apart_without_their_names(void **state)
{
    (void)state;
    static const char text[] = "texte,qui\nune,Ana\ndeux,Bo\ntrois,Ana\nquatre,\n";
    struct import_plan plan;

    make(&plan, view_of(text), (struct import_options){0});
    assert_int_equal(plan.authors, 0); /* not unless somebody says so */
    import_plan_finish(&plan);
    make(&plan, view_of(text), (struct import_options){.map = view_of("author=qui")});
    assert_int_equal(plan.authors, 2);
    assert_int_equal(plan.rows[2].author, 1);
    assert_int_equal(plan.rows[3].author, 0);
    expect_taken(&plan);
    import_plan_finish(&plan);
    make(&plan, view_of(text),
         (struct import_options){.map = view_of("author=%71ui,text=#1"), .seed = true});
    assert_int_equal(plan.authors, 0); /* seeds are the organiser's */
    expect_taken(&plan);
    import_plan_finish(&plan);
}

static void says_what_in_a_mapping_is_not_known(void **state)
{
    (void)state;
    static const char *const maps[] = {"nothing=texte", "text=absent", "text=#9", "text=#0"};

    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        struct import_plan plan;

        make(&plan, view_of("texte\nune idée\n"),
             (struct import_options){.map = view_of(maps[i])});
        assert_false(import_plan_may_go(&plan));
        assert_int_equal(plan.problems.items[0].fault, FAULT_MAP);
        import_plan_finish(&plan);
    }
}

static void leaves_out_what_cannot_come_in_only_when_told_to(void **state)
{
    (void)state;
    static const char text[] = "id,texte\n1,une idée\n1,une autre\n2,\n";
    struct import_plan plan;

    make(&plan, view_of(text), (struct import_options){0});
    assert_int_equal(plan.count, 1);
    assert_false(import_plan_may_go(&plan));
    import_plan_finish(&plan);
    make(&plan, view_of(text), (struct import_options){.skip = true});
    assert_true(import_plan_may_go(&plan));
    import_plan_finish(&plan);
}

static void keeps_the_bounds_of_what_is_done_elsewhere(void **state)
{
    (void)state;
    static const char text[] = "texte;lieu;lien;résultat\nune;Lyon;https://x.fr;bien\n"
                               "deux;Lyon;http://x.fr;bien\ntrois;;javascript:x;\n";
    struct import_plan plan;

    make(&plan, view_of(text), (struct import_options){0});
    assert_string_equal(plan.rows[0].words,
                        "{\"title\":null,\"url\":\"https://x.fr\",\"place\":"
                        "\"Lyon\",\"result\":\"bien\"}");
    assert_string_equal(plan.rows[1].words, "");
    assert_string_equal(plan.rows[2].words, "");
    assert_int_equal(plan.problems.by_fault[FAULT_SOURCE], 2);
    import_plan_finish(&plan);
}

static const char *const samples[] = {
    "id;Titre;Texte;Thème;parent;relation;date;lieu;lien\n1;a;\"b;\"\"c\"\"\";eau;;;2025-01-02 "
    "10:00:00 +0100;x;https://a.b\n2;;<p>d&eacute;</p>;;1;objecter;;;\n",
    "id,component/id,title/fr,body/fr,taxonomies/name,original_proposal/url,withdrawn,title/en,"
    "body/en\n1,2,'=a,'-b,\"{\"\"fr\"\"=>\"\"Eau\"\"}\",,false,,\n2,2,,,,https://x/1,,c,d\n",
    "[{\"id\":1,\"component\":{\"id\":2},\"title\":{\"fr\":\"a\"},\"body\":{\"fr\":\"b\"}},{"
    "\"id\":2,\"title\":{\"fr\":\"c\"},\"url\":[1,\"x\",null,true]}]",
    "n,text,theme,kind,parent,with,root,depth,author,at,state,seed\r\n1,'=x,Eau,idea,,,1,0,1,"
    "2026-"
    "01-01T00:00:00.000Z,shown,false\r\n2,y,,adapt,1,,1,1,1,,shown,true\r\n",
};

static void damage(struct buf *bytes, uint64_t *seed)
{
    static const char likely[] = ",;\t\"\n\r'<>&;=[]{}:\\\x80\xc3\xff/0";

    for (unsigned left = 3; left > 0 && bytes->len; left--) {
        *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        size_t at = (size_t)(*seed >> 33) % bytes->len;

        if (*seed >> 20 & 1u) {
            bytes->bytes[at] = likely[(*seed >> 24) % (sizeof likely - 1)];
        } else {
            memmove(bytes->bytes + at, bytes->bytes + at + 1, bytes->len - at);
            bytes->len--;
        }
    }
}

static void any_bytes_are_refused_or_brought_whole(void **state)
{
    (void)state;
    uint64_t seed = 7;
    unsigned brought = 0;

    for (unsigned i = 0; i < MUTATIONS; i++) {
        struct import_plan plan;
        AUTO_BUF bytes = {0};

        buf_add_text(&bytes, samples[i % (sizeof samples / sizeof *samples)]);
        damage(&bytes, &seed);
        make(&plan, buf_view(&bytes), (struct import_options){.skip = true});
        if (import_plan_may_go(&plan)) {
            expect_taken(&plan);
            brought++;
        }
        import_plan_finish(&plan);
    }
    assert_true(brought > MUTATIONS / 4 && brought < MUTATIONS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(puts_replies_after_what_they_answer_and_cuts_rings),
        cmocka_unit_test(tells_authors_apart_without_their_names),
        cmocka_unit_test(says_what_in_a_mapping_is_not_known),
        cmocka_unit_test(leaves_out_what_cannot_come_in_only_when_told_to),
        cmocka_unit_test(keeps_the_bounds_of_what_is_done_elsewhere),
        cmocka_unit_test(any_bytes_are_refused_or_brought_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
