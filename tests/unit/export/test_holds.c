/* Goal: whether a result holds is found by folding the log again with something left out, and
   what cannot be known is not claimed; the flow has its samples and every close. */
#include "export/holds.h"

#include "export/flow.h"
#include "support/history.h"
#include "wire/entry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum {
    TICKETS = 20,
    GUESTS = 30,
    MINUTE_MS = 60000
};

/* A heat of ten minutes that keeps two, then a final. */
static void define(struct definition *definition)
{
    history_define(definition);
    definition->rounds_count = 2;
    round_definition_init(&definition->rounds[0]);
    round_definition_init(&definition->rounds[1]);
    definition->rounds[0].minutes = 10;
    definition->rounds[0].rule = (struct rule){.keep = KEEP_TOP, .top = 2};
    definition->rounds[1].final = true;
}

static void vote_all(struct history *h, uint64_t from, uint64_t to, uint32_t idea,
                     enum choice choice)
{
    for (uint64_t person = from; person < to; person++) {
        assert_int_equal(history_vote(h, person, idea, choice), OK);
    }
}

/* People with a ticket prefer idea 1, guests idea 2; 3 is nobody's but is judged by few. */
static void begin(struct history *h)
{
    history_init(h);
    assert_int_equal(history_create(h, define), OK);
    assert_int_equal(history_role(h, LEAD, ROLE_LEAD), OK);
    assert_int_equal(history_person(h, AUTHOR, ASSURANCE_TICKET), OK);
    for (uint64_t person = 1000; person < 1000 + TICKETS; person++) {
        assert_int_equal(history_person(h, person, ASSURANCE_TICKET), OK);
    }
    for (uint64_t person = 2000; person < 2000 + GUESTS; person++) {
        assert_int_equal(history_person(h, person, ASSURANCE_GUEST), OK);
    }
    for (int i = 0; i < 3; i++) {
        assert_int_equal(history_post(h, AUTHOR), OK);
    }
    vote_all(h, 1000, 1000 + TICKETS, 1, CHOICE_AGREE);
    vote_all(h, 1000, 1000 + TICKETS, 2, CHOICE_DISAGREE);
    vote_all(h, 2000, 2000 + GUESTS, 2, CHOICE_AGREE);
    vote_all(h, 2000, 2000 + GUESTS, 1, CHOICE_DISAGREE);
    vote_all(h, 1000, 1004, 3, CHOICE_DISAGREE);
}

static void study(const struct history *h, struct holds *holds, struct flow *flow)
{
    holds_init(holds, h->board);
    flow_init(flow, h->board);
    for (size_t i = 0; i < h->count; i++) {
        struct entry entry = {.id = h->log[i].id, .bytes = buf_view(&h->log[i].bytes)};

        assert_int_equal(entry_parse(entry.bytes, &entry.command), OK);
        holds_apply(holds, &entry);
        flow_apply(flow, &entry);
        command_finish(&entry.command);
    }
}

static struct held held_without(const struct holds *holds, const char *what)
{
    size_t i = 0;

    while (strcmp(holds_look(holds, i).without, what) != 0) {
        i++;
        assert_true(i < HOLDS);
    }
    return holds_look(holds, i);
}

static void guests_can_turn_a_final_and_are_found_to(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct holds holds;
    struct flow flow;

    begin(&h);
    assert_int_equal(history_open(&h, 2), OK);
    study(&h, &holds, &flow);
    struct held held = held_without(&holds, "guests");

    assert_true(held.known);
    assert_false(held.same);
    assert_int_equal(held.winner, 1);
    assert_int_equal(held.agree, TICKETS);
    assert_int_equal(held.judged, TICKETS);
    assert_int_equal(held.share, 1000000);
    assert_true(held_without(&holds, "seeds").same);
    assert_true(held_without(&holds, "busiest").same);
    assert_int_equal(held_without(&holds, "busiest").judged, TICKETS + GUESTS - 1);
    assert_false(held_without(&holds, "earlier").known); /* nobody judged in the final itself */
    holds_finish(&holds);
    flow_finish(&flow);
}

static void an_extension_that_changed_who_went_on_is_found(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct holds holds;
    struct flow flow;
    AUTO_BUF schedule = {0};

    begin(&h);
    assert_int_equal(history_extend(&h, 1, 5), OK);
    h.now_ms += 12 * MINUTE_MS;
    vote_all(&h, 1000, 1000 + TICKETS, 3, CHOICE_AGREE);
    vote_all(&h, 2000, 2000 + GUESTS, 3, CHOICE_AGREE);
    h.now_ms += 5 * MINUTE_MS;
    assert_int_equal(history_close(&h, 1), OK);
    study(&h, &holds, &flow);
    assert_false(held_without(&holds, "extensions").same);
    holds_write_schedule(&schedule, &holds);
    assert_string_equal(schedule.bytes, "[{\"round\":1,\"same\":false}]");
    holds_finish(&holds);
    flow_finish(&flow);
}

static void what_an_early_close_cut_off_nobody_knows(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct holds holds;
    struct flow flow;
    AUTO_BUF schedule = {0};

    begin(&h);
    assert_int_equal(history_close(&h, 1), OK);
    study(&h, &holds, &flow);
    holds_write_schedule(&schedule, &holds);
    assert_string_equal(schedule.bytes, "[{\"round\":1,\"same\":null}]");
    holds_finish(&holds);
    flow_finish(&flow);
}

static void a_round_is_held_against_who_has_most_favourable_ballots(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct holds holds;
    struct flow flow;

    begin(&h);
    study(&h, &holds, &flow);
    assert_true(held_without(&holds, "opposition").known);
    assert_true(held_without(&holds, "opposition").same);
    assert_int_equal(held_without(&holds, "opposition").winner, 0);
    holds_finish(&holds);
    flow_finish(&flow);
}

static void the_flow_has_samples_and_the_close(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    struct holds holds;
    struct flow flow;
    AUTO_BUF text = {0};

    begin(&h);
    assert_int_equal(history_close(&h, 1), OK);
    study(&h, &holds, &flow);
    assert_in_range(flow.count, FLOW_SAMPLES / 4, FLOW_SAMPLES + 2);
    const struct flow_sample *last = &flow.samples[flow.count - 1];

    assert_int_equal(last->version, h.board->version);
    assert_int_equal(last->ranks[0].idea, 2);
    assert_int_equal(last->ranks[0].judged, TICKETS + GUESTS);
    flow_write(&text, &flow, last->version, UINT64_MAX);
    assert_non_null(strstr(text.bytes, "\"ranks\":[[2,1,"));
    assert_non_null(strstr(text.bytes, "\"churn\":["));
    holds_finish(&holds);
    flow_finish(&flow);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guests_can_turn_a_final_and_are_found_to),
        cmocka_unit_test(an_extension_that_changed_who_went_on_is_found),
        cmocka_unit_test(what_an_early_close_cut_off_nobody_knows),
        cmocka_unit_test(a_round_is_held_against_who_has_most_favourable_ballots),
        cmocka_unit_test(the_flow_has_samples_and_the_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
