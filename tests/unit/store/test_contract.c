/* Goal: the store in memory and the one on Redis keep the same contract, that of store.h. */
#include "unit/store/harness.h"

static struct view ref_json(const char *text)
{
    return view_of(text);
}

static struct ref ref_of(unsigned char first)
{
    return (struct ref){.bytes = {first, 2, 3, 4}};
}

static void write_post(struct buf *to, struct ref ref)
{
    struct command command = {.kind = CMD_POST,
                              .person = 7,
                              .epoch = 1,
                              .op = {.high = 1, .low = 2},
                              .lang = "en",
                              .text = {.ref = ref, .length = 5}};

    buf_clear(to);
    entry_write(to, &command);
}

static void append_post(struct harness *harness, struct board_key board, unsigned char first,
                        const char *json)
{
    AUTO_BUF entry = {0};
    struct got answer = {0};
    struct stored_text text = {.ref = ref_of(first), .json = ref_json(json)};

    write_post(&entry, text.ref);
    store_append(harness->store, board, buf_view(&entry), &text, 1, answer_appended, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
}

static void append_votes(struct harness *harness, struct board_key board, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct got answer = {0};

        append_vote(harness, board, i, &answer);
        assert_int_equal(wait_answer(harness, &answer), OK);
    }
}

/* Appending and reading */

struct order {
    struct entry_id last;
    size_t calls;
    bool in_order;
};

static void on_ordered(void *user, enum err err, struct entry_id id)
{
    struct order *order = user;

    assert_int_equal(err, OK);
    order->in_order = order->in_order && entry_id_compare(order->last, id) < 0;
    order->last = id;
    order->calls++;
}

static void completes_a_thousand_appends_in_order(void **state)
{
    struct harness *harness = *state;
    struct order order = {.in_order = true};
    AUTO_BUF entry = {0};

    for (uint32_t i = 0; i < 1000; i++) {
        write_vote(&entry, i);
        store_append(harness->store, board_named("pipelined"), buf_view(&entry), NULL, 0,
                     on_ordered, &order);
    }
    assert_int_equal(order.calls, 0);
    wait_for(harness, &order.calls, 1000);
    assert_true(order.in_order);
    assert_true(order.last.ms > 1700000000000);
}

static void appends_for_nobody_who_waits(void **state)
{
    struct harness *harness = *state;
    struct board_key board = board_named("unheard");
    struct got got = {0};

    store_append(harness->store, board, view_of("[]"), NULL, 0, NULL, NULL);
    store_remove(harness->store, view_of("unheard"), NULL, NULL);
    append_vote(harness, board, 1, &got);
    assert_int_equal(wait_answer(harness, &got), OK);
}

struct reading {
    size_t calls;
    enum err err;
    size_t count;
    struct entry_id first;
    uint32_t ideas[1000];
    char text[64];
};

static void on_entries_read(void *user, enum err err, const struct stored_entry *entries,
                            size_t count)
{
    struct reading *reading = user;

    reading->calls++;
    reading->err = err;
    reading->count = count;
    for (size_t i = 0; i < count; i++) {
        reading->ideas[i] = entries[i].entry.command.idea;
    }
    if (count) {
        reading->first = entries[0].entry.id;
    }
    if (count && entries[0].texts_count) {
        snprintf(reading->text, sizeof reading->text, "%.*s", (int)entries[0].texts[0].json.len,
                 entries[0].texts[0].json.ptr ? entries[0].texts[0].json.ptr : "");
    }
}

static void read_log(struct harness *harness, struct board_key board, struct entry_id after,
                     struct reading *reading)
{
    *reading = (struct reading){0};
    store_read(harness->store, board, after, 3, on_entries_read, reading);
    assert_int_equal(reading->calls, 0);
    wait_for(harness, &reading->calls, 1);
    assert_int_equal(reading->err, OK);
}

static void appends_several_at_once_under_the_ids_they_had(void **state)
{
    struct harness *harness = *state;
    struct board_key board = board_named("together");
    struct stored_text text = {.ref = ref_of(0x51), .json = ref_json("{\"a\":1}")};
    struct got got = {0};
    struct got late = {0};
    struct reading reading;
    AUTO_BUF post = {0};
    AUTO_BUF vote = {0};

    write_post(&post, text.ref);
    write_vote(&vote, 7);
    struct to_append items[] = {
        {.id = {.ms = 10, .seq = 3},
         .bytes = buf_view(&post),
         .texts = &text,
         .texts_count = 1},
        {.id = {.ms = 11}, .bytes = buf_view(&vote)},
        {.bytes = buf_view(&vote)}, /* now */
    };

    store_append_all(harness->store, board, items, 3, answer_appended, &got);
    buf_clear(&vote); /* they were copied */
    assert_int_equal(wait_answer(harness, &got), OK);
    assert_true(got.id.ms > 1700000000000);
    read_log(harness, board, (struct entry_id){0}, &reading);
    assert_int_equal(reading.count, 3);
    assert_int_equal(reading.first.ms, 10);
    assert_int_equal(reading.first.seq, 3);
    assert_int_equal(reading.ideas[1], 7);
    assert_string_equal(reading.text, "{\"a\":1}");
    store_append_all(harness->store, board, items, 1, answer_appended, &late);
    assert_int_equal(wait_answer(harness, &late), ERR_UNAVAILABLE); /* others came after it */
    read_log(harness, board, reading.first, &reading);
    assert_int_equal(reading.count, 2);
}

static void reads_a_log_in_pieces(void **state)
{
    struct harness *harness = *state;
    struct board_key board = board_named("pieces");
    struct reading reading;

    read_log(harness, board, (struct entry_id){0}, &reading);
    assert_int_equal(reading.count, 0);
    append_votes(harness, board, 4);
    read_log(harness, board, (struct entry_id){0}, &reading);
    assert_int_equal(reading.count, 3);
    assert_int_equal(reading.ideas[0], 0);
    assert_int_equal(reading.ideas[2], 2);
    read_log(harness, board, reading.first, &reading);
    assert_int_equal(reading.count, 3);
    assert_int_equal(reading.ideas[0], 1);
    assert_int_equal(reading.ideas[2], 3);
}

static void reads_the_text_that_an_entry_names_until_it_is_dropped(void **state)
{
    struct harness *harness = *state;
    struct board_key board = board_named("texts");
    struct ref ref = ref_of(9);
    struct got answer = {0};
    struct reading reading;

    append_post(harness, board, 9, "{\"text\":\"more trees\"}");
    read_log(harness, board, (struct entry_id){0}, &reading);
    assert_string_equal(reading.text, "{\"text\":\"more trees\"}");
    store_drop_texts(harness->store, board, &ref, 1, answer_done, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    read_log(harness, board, (struct entry_id){0}, &reading);
    assert_int_equal(reading.count, 1);
    assert_string_equal(reading.text, "");
    store_drop_texts(harness->store, board, NULL, 0, answer_done, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
}

/* Following */

static void is_caught_up_on_an_empty_log_at_once(void **state)
{
    struct harness *harness = *state;

    store_follow(harness->store, board_named("empty"), (struct entry_id){0});
    assert_int_equal(harness->caught_up, 0);
    wait_for(harness, &harness->caught_up, 1);
    assert_int_equal(harness->heard_count, 0);
}

static void is_caught_up_when_all_that_was_there_is_delivered(void **state)
{
    struct harness *harness = *state;
    struct board_key board = board_named("filled");

    append_votes(harness, board, 5);
    store_follow(harness->store, board, (struct entry_id){0});
    wait_for(harness, &harness->caught_up, 1);
    assert_int_equal(harness->caught_up_after, 5);
    append_votes(harness, board, 1);
    wait_for(harness, &harness->heard_count, 6);
    assert_int_equal(harness->caught_up, 1);
    assert_string_equal(harness->heard[5].board.id, "filled");
}

static void delivers_a_log_of_thousands_in_order(void **state)
{
    struct harness *harness = *state;
    struct board_key board = board_named("long");
    struct order order = {.in_order = true};
    AUTO_BUF entry = {0};

    for (uint32_t i = 0; i < 3500; i++) {
        write_vote(&entry, i);
        store_append(harness->store, board, buf_view(&entry), NULL, 0, on_ordered, &order);
    }
    wait_for(harness, &order.calls, 3500);
    store_follow(harness->store, board, (struct entry_id){0});
    wait_for(harness, &harness->caught_up, 1);
    assert_int_equal(harness->heard_count, 3500);
    for (uint32_t i = 0; i < 3500; i++) {
        write_vote(&entry, i);
        assert_string_equal(harness->heard[i].bytes, entry.bytes);
    }
}

static void follows_from_an_entry(void **state)
{
    struct harness *harness = *state;
    struct board_key board = board_named("after");
    struct got answer = {0};

    append_vote(harness, board, 1, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    append_votes(harness, board, 2);
    store_follow(harness->store, board, answer.id);
    store_follow(harness->store, board, (struct entry_id){0}); /* twice: no effect */
    wait_for(harness, &harness->caught_up, 1);
    assert_int_equal(harness->heard_count, 2);
    assert_true(entry_id_compare(harness->heard[0].id, answer.id) > 0);
}

static void follows_a_second_board_while_it_waits_for_the_first(void **state)
{
    struct harness *harness = *state;
    struct board_key second = board_named("second");
    uint64_t began = uv_hrtime();

    append_votes(harness, second, 1);
    store_follow(harness->store, board_named("first"), (struct entry_id){0});
    wait_for(harness, &harness->caught_up, 1);
    wait_ms(harness, 50);
    store_follow(harness->store, second, (struct entry_id){0});
    wait_for(harness, &harness->caught_up, 2);
    assert_int_equal(harness->heard_count, 1);
    assert_true(uv_hrtime() - began < 2000000000);
}

static void delivers_nothing_of_a_board_that_is_no_longer_followed(void **state)
{
    struct harness *harness = *state;
    struct board_key left = board_named("left");
    struct board_key kept = board_named("kept");

    store_follow(harness->store, left, (struct entry_id){0});
    store_follow(harness->store, kept, (struct entry_id){0});
    wait_for(harness, &harness->caught_up, 2);
    store_unfollow(harness->store, left);
    append_votes(harness, left, 1);
    append_votes(harness, kept, 1);
    wait_for(harness, &harness->heard_count, 1);
    assert_string_equal(harness->heard[0].board.id, "kept");
    store_follow(harness->store, left, (struct entry_id){0});
    wait_for(harness, &harness->heard_count, 2);
    assert_string_equal(harness->heard[1].board.id, "left");
}

static void delivers_the_texts_with_their_entry(void **state)
{
    struct harness *harness = *state;
    struct board_key board = board_named("live-texts");

    store_follow(harness->store, board, (struct entry_id){0});
    wait_for(harness, &harness->caught_up, 1);
    append_post(harness, board, 11, "{\"text\":\"a bench\"}");
    wait_for(harness, &harness->heard_count, 1);
    assert_false(harness->heard[0].poisoned);
    assert_int_equal(harness->heard[0].kind, CMD_POST);
    assert_string_equal(harness->heard[0].text, "{\"text\":\"a bench\"}");
}

static void marks_what_is_not_an_entry(void **state)
{
    struct harness *harness = *state;
    struct board_key board = board_named("poisoned");
    struct got answer = {0};

    store_append(harness->store, board, view_of("[\"no\"]"), NULL, 0, answer_appended, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    append_votes(harness, board, 1);
    store_follow(harness->store, board, (struct entry_id){0});
    wait_for(harness, &harness->heard_count, 2);
    assert_true(harness->heard[0].poisoned);
    assert_string_equal(harness->heard[0].bytes, "[\"no\"]");
    assert_false(harness->heard[1].poisoned);
}

static void leaves_the_entries_of_the_index_as_they_are(void **state)
{
    struct harness *harness = *state;
    struct got answer = {0};

    store_append(harness->store, INDEX_KEY, view_of("[\"board\",\"b\"]"), NULL, 0,
                 answer_appended, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    store_follow(harness->store, INDEX_KEY, (struct entry_id){0});
    wait_for(harness, &harness->heard_count, 1);
    assert_string_equal(harness->heard[0].board.id, "");
    assert_string_equal(harness->heard[0].bytes, "[\"board\",\"b\"]");
    assert_false(harness->heard[0].poisoned);
}

static void tells_when_a_log_is_shorter_than_what_was_delivered(void **state)
{
    struct harness *harness = *state;
    struct board_key board = board_named("rewound");

    append_votes(harness, board, 2);
    store_follow(harness->store, board, (struct entry_id){.ms = UINT64_C(1) << 52});
    wait_for(harness, &harness->caught_up, 1);
    assert_int_equal(harness->rewound, 1);
    assert_int_equal(harness->heard_count, 2);
    assert_int_equal(harness->caught_up_after, 2);
}

/* Small keys and people */

static void claims_a_name_once(void **state)
{
    struct harness *harness = *state;
    AUTO_ANSWER answer = {0};

    store_claim(harness->store, view_of("slug:trees"), view_of("b1"), answer_value, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    assert_string_equal(answer.value.bytes, "b1");
    store_claim(harness->store, view_of("slug:trees"), view_of("b2"), answer_value, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    assert_string_equal(answer.value.bytes, "b1");
}

static void takes_a_value_once(void **state)
{
    struct harness *harness = *state;
    AUTO_ANSWER answer = {0};

    store_put(harness->store, view_of("invite:1"), view_of("welcome"), 0, answer_done, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    store_take(harness->store, view_of("invite:1"), answer_value, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    assert_string_equal(answer.value.bytes, "welcome");
    store_take(harness->store, view_of("invite:1"), answer_value, &answer);
    assert_int_equal(wait_answer(harness, &answer), ERR_GONE);
    store_get(harness->store, view_of("invite:1"), answer_value, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    assert_int_equal(answer.value.len, 0);
}

static void keeps_a_value_for_its_time_only(void **state)
{
    struct harness *harness = *state;
    AUTO_ANSWER answer = {0};

    store_put(harness->store, view_of("session:1"), view_of("kept"), 0, answer_done, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    store_put(harness->store, view_of("session:1"), view_of("short"), 300, answer_done,
              &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    store_get(harness->store, view_of("session:1"), answer_value, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    assert_string_equal(answer.value.bytes, "short");
    wait_ms(harness, 350);
    store_get(harness->store, view_of("session:1"), answer_value, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    assert_int_equal(answer.value.len, 0);
}

static void removes_a_value(void **state)
{
    struct harness *harness = *state;
    AUTO_ANSWER answer = {0};

    store_put(harness->store, view_of("code:1"), view_of("b"), 0, answer_done, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    store_remove(harness->store, view_of("code:1"), answer_done, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    store_take(harness->store, view_of("code:1"), answer_value, &answer);
    assert_int_equal(wait_answer(harness, &answer), ERR_GONE);
}

static void gives_an_account_the_same_person_for_ever(void **state)
{
    struct harness *harness = *state;
    struct board_key board = board_named("people");
    struct digest account = {.bytes = {1, 2, 3}};
    struct digest other = {.bytes = {3, 2, 1}};
    struct got first = {0};
    struct got second = {0};
    struct got third = {0};

    store_person(harness->store, board, &account, UINT64_MAX - 1, answer_number, &first);
    store_person(harness->store, board, &account, 42, answer_number, &second);
    store_person(harness->store, board, &other, 43, answer_number, &third);
    wait_for(harness, &third.calls, 1);
    assert_int_equal(first.err, OK);
    assert_true(first.number == UINT64_MAX - 1);
    assert_true(second.number == first.number);
    assert_int_equal(third.number, 43);
}

static uint64_t person_of(struct harness *harness, const char *board,
                          const struct digest *account, uint64_t candidate)
{
    struct got answer = {0};

    store_person(harness->store, board_named(board), account, candidate, answer_number,
                 &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    return answer.number;
}

static void forgets_the_person_of_an_account_if_it_is_still_that_one(void **state)
{
    struct harness *harness = *state;
    struct board_key board = board_named("left");
    struct digest account = {.bytes = {4, 5, 6}};
    struct digest other = {.bytes = {6, 5, 4}};
    struct got answer = {0};

    assert_int_equal(person_of(harness, "left", &account, 41), 41);
    assert_int_equal(person_of(harness, "left", &other, 42), 42);
    store_forget_person(harness->store, board, &account, 40, answer_done, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    assert_int_equal(person_of(harness, "left", &account, 0), 41);
    store_forget_person(harness->store, board, &account, 41, answer_done, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    assert_int_equal(person_of(harness, "left", &account, 0), 0);
    store_forget_person(harness->store, board, &account, 41, answer_done, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    assert_int_equal(person_of(harness, "left", &account, 43), 43);
    assert_int_equal(person_of(harness, "left", &other, 0), 42);
}

static void begins_to_write_its_file_anew(void **state)
{
    struct harness *harness = *state;
    struct got answer = {0};

    store_compact(harness->store, answer_done, &answer);
    assert_int_equal(answer.calls, 0); /* never before the call has returned */
    assert_int_equal(wait_answer(harness, &answer), OK);
}

/* Lease and projection */

static enum err lease(struct harness *harness, const char *board, uint64_t node,
                      uint64_t ttl_ms)
{
    struct got answer = {0};

    store_lease(harness->store, board_named(board), node, ttl_ms, answer_done, &answer);
    return wait_answer(harness, &answer);
}

static void leases_a_board_to_one_node(void **state)
{
    struct harness *harness = *state;

    assert_int_equal(lease(harness, "leased", 1, 200), OK);
    assert_int_equal(lease(harness, "leased", 2, 200), ERR_CONFLICT);
    assert_int_equal(lease(harness, "leased", 1, 200), OK);
    wait_ms(harness, 250);
    assert_int_equal(lease(harness, "leased", 2, 200), OK);
    assert_int_equal(lease(harness, "leased", 1, 200), ERR_CONFLICT);
}

static enum err project(struct harness *harness, const char *board, uint64_t node,
                        const struct projection *projection)
{
    struct got answer = {0};

    store_project(harness->store, board_named(board), node, projection, answer_done, &answer);
    return wait_answer(harness, &answer);
}

static void projects_for_the_holder_of_the_lease_and_never_backwards(void **state)
{
    struct harness *harness = *state;
    struct projection projection = {.version = 5, .summary = view_of("{}")};

    assert_int_equal(project(harness, "guarded", 1, &projection), ERR_CONFLICT);
    assert_int_equal(lease(harness, "guarded", 1, 5000), OK);
    assert_int_equal(project(harness, "guarded", 2, &projection), ERR_CONFLICT);
    assert_int_equal(project(harness, "guarded", 1, &projection), OK);
    assert_int_equal(project(harness, "guarded", 1, &projection), OK);
    projection.version = 4;
    assert_int_equal(project(harness, "guarded", 1, &projection), ERR_CONFLICT);
    projection.version = 10;
    assert_int_equal(project(harness, "guarded", 1, &projection), OK);
    projection.version = 9;
    assert_int_equal(project(harness, "guarded", 1, &projection), ERR_CONFLICT);
}

/* Copies what it is given, for looking at it afterwards. */
struct projected_copy {
    size_t calls;
    enum err err;
    struct projection_read read;
    struct projected ideas[8];
    struct projected_head heads[8];
    char summary[64];
};

static void on_projection_read(void *user, enum err err, const struct projection_read *read)
{
    struct projected_copy *copy = user;

    copy->calls++;
    copy->err = err;
    if (err) {
        return;
    }
    const struct projection *projection = &read->projection;

    copy->read = *read;
    assert_in_range(projection->ideas_count, 0, 8);
    assert_in_range(projection->heads_count, 0, 8);
    for (size_t i = 0; i < projection->ideas_count; i++) {
        copy->ideas[projection->ideas[i].idea] = projection->ideas[i];
    }
    for (size_t i = 0; i < projection->heads_count; i++) {
        copy->heads[i] = projection->heads[i];
    }
    snprintf(copy->summary, sizeof copy->summary, "%.*s", (int)projection->summary.len,
             projection->summary.ptr ? projection->summary.ptr : "");
}

static void read_projection(struct harness *harness, const char *board, uint32_t round,
                            struct projected_copy *copy)
{
    *copy = (struct projected_copy){0};
    store_read_projection(harness->store, board_named(board), round, on_projection_read, copy);
    assert_int_equal(copy->calls, 0);
    wait_for(harness, &copy->calls, 1);
    assert_int_equal(copy->err, OK);
}

static void reads_an_empty_projection_of_a_board_without_one(void **state)
{
    struct projected_copy copy;

    read_projection(*state, "never-projected", 1, &copy);
    assert_int_equal(copy.read.projection.version, 0);
    assert_int_equal(copy.read.projection.ideas_count, 0);
    assert_int_equal(copy.read.log_length, 0);
    assert_int_equal(copy.read.log_last.ms, 0);
}

static void check_idea(const struct projected *read, const struct projected *written)
{
    assert_int_equal(read->idea, written->idea);
    assert_int_equal(read->ranked, written->ranked);
    assert_int_equal(read->score, written->score);
    assert_int_equal(read->tally.agree, written->tally.agree);
    assert_int_equal(read->tally.disagree, written->tally.disagree);
    assert_int_equal(read->tally.pass, written->tally.pass);
}

static void reads_back_what_was_projected(void **state)
{
    struct harness *harness = *state;
    struct projected_copy copy;
    struct projected ideas[] = {
        {.idea = 1, .ranked = true, .score = 612345, .tally = {3, 2, 1}},
        {.idea = 2, .ranked = true, .score = 1000000, .tally = {UINT32_MAX, 0, 0}},
        {.idea = 3, .ranked = false, .tally = {0, 0, 9}}};
    struct projected_head heads[] = {{.version = 256, .head = {.bytes = {1, 2, 255}}}};
    struct projection projection = {.round = 2,
                                    .version = 300,
                                    .last = {.ms = 1700000000123, .seq = 4},
                                    .head = {.bytes = {9, 8, 7}},
                                    .pool = {.agree = 77, .judged = UINT64_C(1) << 40},
                                    .pending = 12,
                                    .summary = view_of("{\"title\":\"Trees\"}"),
                                    .ideas = ideas,
                                    .ideas_count = 3,
                                    .heads = heads,
                                    .heads_count = 1};

    append_votes(harness, board_named("projected"), 2);
    assert_int_equal(lease(harness, "projected", 1, 5000), OK);
    assert_int_equal(project(harness, "projected", 1, &projection), OK);
    read_projection(harness, "projected", 2, &copy);

    const struct projection *read = &copy.read.projection;

    assert_int_equal(read->round, 2);
    assert_int_equal(read->version, 300);
    assert_int_equal(entry_id_compare(read->last, projection.last), 0);
    assert_memory_equal(read->head.bytes, projection.head.bytes, DIGEST_BYTES);
    assert_int_equal(read->pool.agree, 77);
    assert_true(read->pool.judged == UINT64_C(1) << 40);
    assert_int_equal(read->pending, 12);
    assert_string_equal(copy.summary, "{\"title\":\"Trees\"}");
    assert_int_equal(read->ideas_count, 3);
    for (size_t i = 0; i < 3; i++) {
        check_idea(&copy.ideas[i + 1], &ideas[i]);
    }
    assert_int_equal(read->heads_count, 1);
    assert_int_equal(copy.heads[0].version, 256);
    assert_memory_equal(copy.heads[0].head.bytes, heads[0].head.bytes, DIGEST_BYTES);
    assert_int_equal(copy.read.log_length, 2);
    assert_true(copy.read.log_last.ms > 0);
}

static void replaces_scores_and_keeps_heads_and_rounds(void **state)
{
    struct harness *harness = *state;
    struct projected_copy copy;
    struct projected idea = {.idea = 1, .ranked = true, .score = 5, .tally = {1, 0, 0}};
    struct projected_head head = {.version = 256, .head = {.bytes = {1}}};
    struct projection projection = {.round = 1,
                                    .version = 300,
                                    .summary = view_of("{}"),
                                    .ideas = &idea,
                                    .ideas_count = 1,
                                    .heads = &head,
                                    .heads_count = 1};

    assert_int_equal(lease(harness, "replaced", 1, 5000), OK);
    assert_int_equal(project(harness, "replaced", 1, &projection), OK);
    idea.ranked = false; /* its score is removed, its tally stands */
    head.head.bytes[0] = 2;
    assert_int_equal(project(harness, "replaced", 1, &projection), OK);
    read_projection(harness, "replaced", 1, &copy);
    assert_int_equal(copy.read.projection.ideas_count, 1);
    assert_false(copy.ideas[1].ranked);
    assert_int_equal(copy.ideas[1].tally.agree, 1);
    assert_int_equal(copy.heads[0].head.bytes[0], 1); /* written once */
    read_projection(harness, "replaced", 2, &copy);
    assert_int_equal(copy.read.projection.ideas_count, 0);
}

static void forgets_everything_of_a_board(void **state)
{
    struct harness *harness = *state;
    struct board_key board = board_named("forgotten");
    struct digest account = {.bytes = {1}};
    struct projected idea = {.idea = 1, .ranked = true, .score = 5};
    struct projection projection = {
        .round = 1, .version = 1, .summary = view_of("{}"), .ideas = &idea, .ideas_count = 1};
    struct projected_copy copy;
    struct got answer = {0};

    append_post(harness, board, 1, "{\"text\":\"gone\"}");
    assert_int_equal(lease(harness, "forgotten", 1, 5000), OK);
    assert_int_equal(project(harness, "forgotten", 1, &projection), OK);
    store_person(harness->store, board, &account, 1, answer_number, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    store_forget(harness->store, board, answer_done, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    read_projection(harness, "forgotten", 1, &copy);
    assert_int_equal(copy.read.projection.version, 0);
    assert_int_equal(copy.read.projection.ideas_count, 0);
    assert_int_equal(copy.read.log_length, 0);
    store_person(harness->store, board, &account, 2, answer_number, &answer);
    assert_int_equal(wait_answer(harness, &answer), OK);
    assert_int_equal(answer.number, 2);
    assert_int_equal(lease(harness, "forgotten", 2, 100), OK);
}

static void answers_what_is_pending_when_it_is_destroyed(void **state)
{
    struct harness *harness = *state;
    struct got answers[3] = {{0}, {0}, {0}};

    append_vote(harness, board_named("destroyed"), 1, &answers[0]);
    store_get(harness->store, view_of("anything"), answer_value, &answers[1]);
    store_read_projection(harness->store, board_named("destroyed"), 1, on_projection_read,
                          &(struct projected_copy){0});
    store_lease(harness->store, board_named("destroyed"), 1, 10, answer_done, &answers[2]);
    store_follow(harness->store, board_named("destroyed"), (struct entry_id){0});
    store_destroy(harness->store);
    harness->store = NULL;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(answers[i].calls, 1);
        assert_int_equal(answers[i].err, ERR_UNAVAILABLE);
        buf_finish(&answers[i].value);
    }
}

/* The two stores */

static int open_memory(void **state)
{
    static struct harness harness;

    harness_open_loop(&harness);
    harness.store = memory_store_create(&harness.loop);
    harness_listen(&harness);
    *state = &harness;
    return 0;
}

static int close_memory(void **state)
{
    harness_close(*state);
    return 0;
}

/* One server for all tests, one store for each. */
static struct harness on_redis;

static int start_redis(void **state)
{
    (void)state;
    harness_open_loop(&on_redis);
    harness_start_redis(&on_redis);
    return 0;
}

static int stop_redis(void **state)
{
    (void)state;
    harness_close(&on_redis);
    return 0;
}

static int open_redis(void **state)
{
    on_redis.ups = on_redis.downs = on_redis.caught_up = on_redis.rewound = 0;
    harness_forget_heard(&on_redis);
    on_redis.store = harness_open_redis(&on_redis);
    harness_listen(&on_redis);
    *state = &on_redis;
    return 0;
}

static int close_redis(void **state)
{
    (void)state;
    store_destroy(on_redis.store);
    on_redis.store = NULL;
    return 0;
}

int main(void)
{
    struct CMUnitTest tests[] = {
        cmocka_unit_test(completes_a_thousand_appends_in_order),
        cmocka_unit_test(appends_for_nobody_who_waits),
        cmocka_unit_test(appends_several_at_once_under_the_ids_they_had),
        cmocka_unit_test(reads_a_log_in_pieces),
        cmocka_unit_test(reads_the_text_that_an_entry_names_until_it_is_dropped),
        cmocka_unit_test(is_caught_up_on_an_empty_log_at_once),
        cmocka_unit_test(is_caught_up_when_all_that_was_there_is_delivered),
        cmocka_unit_test(delivers_a_log_of_thousands_in_order),
        cmocka_unit_test(follows_from_an_entry),
        cmocka_unit_test(follows_a_second_board_while_it_waits_for_the_first),
        cmocka_unit_test(delivers_nothing_of_a_board_that_is_no_longer_followed),
        cmocka_unit_test(delivers_the_texts_with_their_entry),
        cmocka_unit_test(marks_what_is_not_an_entry),
        cmocka_unit_test(leaves_the_entries_of_the_index_as_they_are),
        cmocka_unit_test(tells_when_a_log_is_shorter_than_what_was_delivered),
        cmocka_unit_test(claims_a_name_once),
        cmocka_unit_test(takes_a_value_once),
        cmocka_unit_test(keeps_a_value_for_its_time_only),
        cmocka_unit_test(removes_a_value),
        cmocka_unit_test(gives_an_account_the_same_person_for_ever),
        cmocka_unit_test(forgets_the_person_of_an_account_if_it_is_still_that_one),
        cmocka_unit_test(begins_to_write_its_file_anew),
        cmocka_unit_test(leases_a_board_to_one_node),
        cmocka_unit_test(projects_for_the_holder_of_the_lease_and_never_backwards),
        cmocka_unit_test(reads_an_empty_projection_of_a_board_without_one),
        cmocka_unit_test(reads_back_what_was_projected),
        cmocka_unit_test(replaces_scores_and_keeps_heads_and_rounds),
        cmocka_unit_test(forgets_everything_of_a_board),
        cmocka_unit_test(answers_what_is_pending_when_it_is_destroyed),
    };
    int failed = 0;

    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        tests[i].setup_func = open_memory;
        tests[i].teardown_func = close_memory;
    }
    failed += cmocka_run_group_tests_name("memory", tests, NULL, NULL);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        tests[i].setup_func = open_redis;
        tests[i].teardown_func = close_redis;
    }
    failed += cmocka_run_group_tests_name("redis", tests, start_redis, stop_redis);
    return failed;
}
