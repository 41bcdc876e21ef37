/*
 * Goal: scores, intervals, orders and tie-breaks are those of the published cases beside the
 * repository.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/ranking.h"
#include "core/serve.h"
#include "support/golden.h"
#include "wire/json.h"

/* A case and what it must give. */
struct expected {
    json_t *input;
    json_t *output;
};

static void load(const char *path, struct expected *out)
{
    AUTO_BUF name = {0};

    buf_add(&name, path, strlen(path) - strlen(".json"));
    buf_add_text(&name, ".expected.json");
    out->input = golden_load(path);
    out->output = golden_load(name.bytes);
}

static void unload(struct expected *expected)
{
    json_decref(expected->input);
    json_decref(expected->output);
}

static json_int_t int_of(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

/* The ideas of a round that are not hidden, by their ids. */
struct field {
    struct ranked *items;
    size_t count;
};

static struct ranked *find(const struct field *field, json_int_t id)
{
    for (size_t i = 0; i < field->count; i++) {
        if (field->items[i].idea == id) {
            return &field->items[i];
        }
    }
    return NULL;
}

static void read_ideas(struct field *field, const json_t *input, json_t *authors)
{
    size_t i = 0;
    json_t *idea = NULL;
    const json_t *ideas = json_object_get(input, "ideas");

    *field = (struct field){.items = mem_array(json_array_size(ideas), sizeof *field->items)};
    json_array_foreach(ideas, i, idea)
    {
        AUTO_BUF id = {0};

        buf_add_int(&id, int_of(idea, "id"));
        json_object_set_new(authors, id.bytes, json_string(text_of(idea, "author")));
        if (!json_is_true(json_object_get(idea, "hidden"))) {
            field->items[field->count++].idea = (uint32_t)int_of(idea, "id");
        }
    }
}

static void add(struct field *field, json_int_t id, const char *choice, int by)
{
    struct ranked *item = find(field, id);

    if (item && strcmp(choice, "agree") == 0) {
        item->tally.agree += (uint32_t)by;
    } else if (item && strcmp(choice, "disagree") == 0) {
        item->tally.disagree += (uint32_t)by;
    } else if (item && strcmp(choice, "pass") == 0) {
        item->tally.pass += (uint32_t)by;
    }
}

/* The last ballot of a participant on an idea stands; one on their own idea is dropped. */
static void read_ballots(struct field *field, const json_t *input, const json_t *authors)
{
    json_auto_t *standing = json_object();
    size_t i = 0;
    json_t *row = NULL;

    json_array_foreach(json_object_get(input, "ballots"), i, row)
    {
        const char *who = json_string_value(json_array_get(row, 0));
        json_int_t id = json_integer_value(json_array_get(row, 1));
        const char *choice = json_string_value(json_array_get(row, 2));
        AUTO_BUF key = {0};

        buf_add_int(&key, id);
        if (strcmp(text_of(authors, key.bytes), who) == 0) {
            continue;
        }
        buf_printf(&key, " %s", who);
        add(field, id, text_of(standing, key.bytes), -1);
        add(field, id, choice, 1);
        json_object_set_new(standing, key.bytes, json_string(choice));
    }
}

static void read_counts(struct field *field, const json_t *input)
{
    size_t i = 0;
    json_t *row = NULL;

    json_array_foreach(json_object_get(input, "counts"), i, row)
    {
        struct ranked *item = find(field, int_of(row, "i"));

        if (item) {
            item->tally.agree += (uint32_t)int_of(row, "a");
            item->tally.disagree += (uint32_t)int_of(row, "d");
            item->tally.pass += (uint32_t)int_of(row, "p");
        }
    }
}

static struct pool sum(const struct field *field)
{
    struct pool pool = {0, 0};

    for (size_t i = 0; i < field->count; i++) {
        pool.agree += field->items[i].tally.agree;
        pool.judged += tally_judged(&field->items[i].tally);
    }
    return pool;
}

static void expect_ranked(struct pool pool, const struct ranked *item, const json_t *expected)
{
    const json_t *interval = json_object_get(expected, "wilson_e4");
    uint32_t low = 0;
    uint32_t high = 0;

    assert_int_equal(item->idea, int_of(expected, "id"));
    assert_int_equal(item->tally.agree, int_of(expected, "agree"));
    assert_int_equal(item->tally.disagree, int_of(expected, "disagree"));
    assert_int_equal(item->tally.pass, int_of(expected, "pass"));
    assert_int_equal(rank_score(pool, &item->tally), int_of(expected, "score_ppm"));
    rank_interval(item->tally.agree, tally_judged(&item->tally), &low, &high);
    assert_int_equal(low, json_integer_value(json_array_get(interval, 0)));
    assert_int_equal(high, json_integer_value(json_array_get(interval, 1)));
}

static void ranks_as_published(void **state)
{
    struct expected expected;
    struct field field;

    load(*state, &expected);
    const json_t *ideas = json_object_get(expected.output, "ideas");
    json_auto_t *authors = json_object();

    read_ideas(&field, expected.input, authors);
    read_ballots(&field, expected.input, authors);
    read_counts(&field, expected.input);
    struct pool pool = sum(&field);

    assert_int_equal(pool.agree, int_of(json_object_get(expected.output, "pool"), "agree"));
    assert_int_equal(pool.judged, int_of(json_object_get(expected.output, "pool"), "n"));
    rank_sort(pool, field.items, field.count);
    for (size_t i = 0; i < field.count; i++) {
        expect_ranked(pool, &field.items[i], json_array_get(ideas, i));
    }
    assert_true(json_array_size(ideas) >= field.count); /* the hidden ones follow */
    mem_free(field.items);
    unload(&expected);
}

struct served {
    json_int_t exposures;
    uint64_t hash;
    json_int_t id;
};

static int compare_served(const void *left, const void *right)
{
    const struct served *a = left;
    const struct served *b = right;

    if (a->exposures != b->exposures) {
        return a->exposures < b->exposures ? -1 : 1;
    }
    return a->hash < b->hash ? -1 : 1;
}

static bool is_candidate(const json_t *input, const json_t *idea)
{
    size_t i = 0;
    json_t *judged = NULL;

    json_array_foreach(json_object_get(input, "judged"), i, judged)
    {
        if (json_integer_value(judged) == int_of(idea, "id")) {
            return false;
        }
    }
    return !json_is_true(json_object_get(idea, "hidden")) &&
           strcmp(text_of(idea, "author"), text_of(input, "participant")) != 0;
}

static struct served served_of(const json_t *input, const json_t *idea)
{
    const json_t *exposures = json_object_get(idea, "e");
    uint64_t seed = hash_mix((uint64_t)int_of(input, "seed"));
    uint64_t name = hash_fnv1a(json_view(json_object_get(input, "participant")));
    uint64_t id = (uint64_t)int_of(idea, "id");

    return (struct served){
        .exposures = exposures ? json_integer_value(exposures)
                               : int_of(idea, "a") + int_of(idea, "d") + int_of(idea, "p"),
        .hash = hash_mix(hash_mix(seed ^ name) ^ id),
        .id = (json_int_t)id,
    };
}

/* The cases name participants, the fold numbers them: the formula is held to the cases here,
   and serve_hash to the formula. */
static void serves_as_published(void **state)
{
    struct expected expected;

    load(*state, &expected);
    const json_t *ideas = json_object_get(expected.input, "ideas");
    const json_t *order = json_object_get(expected.output, "order");
    struct served *served = mem_array(json_array_size(ideas), sizeof *served);
    size_t count = 0;
    size_t i = 0;
    json_t *idea = NULL;

    json_array_foreach(ideas, i, idea)
    {
        if (is_candidate(expected.input, idea)) {
            served[count++] = served_of(expected.input, idea);
        }
    }
    qsort(served, count, sizeof *served, compare_served);
    for (i = 0; i < json_array_size(order); i++) {
        assert_int_equal(served[i].id, json_integer_value(json_array_get(order, i)));
    }
    mem_free(served);
    unload(&expected);
}

static void the_folds_tie_break_is_that_formula(void **state)
{
    (void)state;

    for (uint32_t n = 1; n < 2000; n++) {
        AUTO_BUF name = {0};
        uint32_t person = (uint32_t)hash_mix(n) | 1;

        buf_add_uint(&name, person);
        uint64_t inner = hash_mix(n) ^ hash_fnv1a(buf_view(&name));

        assert_true(serve_hash(n, person, n * 3) == hash_mix(hash_mix(inner) ^ (n * 3)));
    }
}

/* A case for what there is: neither an input that is refused, nor the prior of no board, nor
   the queue once every idea has been seen. */
static bool is_for_boards(const char *path)
{
    struct expected expected;

    if (strstr(path, ".expected.")) {
        return false;
    }
    load(path, &expected);
    const json_t *k0 = json_object_get(expected.input, "k0");
    const char *stage = text_of(expected.output, "stage");
    bool ranks = json_object_get(expected.output, "ideas") != NULL &&
                 (!k0 || json_integer_value(k0) == RANK_K0);

    bool is = ranks || strcmp(stage, "explore") == 0;

    unload(&expected);
    return is;
}

int main(void)
{
    static const char folder[] = PINSON_SOURCE_DIR "/../shared/selection";
    struct golden golden;
    size_t count = 0;

    golden_init(&golden);
    golden_add(&golden, folder, "rank_", ".json");
    golden_add(&golden, folder, "serve_", ".json");
    struct CMUnitTest *tests = mem_array(golden.count + 1, sizeof *tests);

    for (size_t i = 0; i < golden.count; i++) {
        const char *name = golden_name(golden.paths[i]);

        if (is_for_boards(golden.paths[i])) {
            tests[count++] = (struct CMUnitTest){
                .name = name,
                .test_func = name[0] == 'r' ? ranks_as_published : serves_as_published,
                .initial_state = golden.paths[i]};
        }
    }
    bool found = count > 0;

    tests[count++] = (struct CMUnitTest){.name = "the_folds_tie_break_is_that_formula",
                                         .test_func = the_folds_tie_break_is_that_formula};
    int failed = _cmocka_run_group_tests("selection", tests, count, NULL, NULL);

    mem_free(tests);
    golden_finish(&golden);
    return found ? failed : 1;
}
