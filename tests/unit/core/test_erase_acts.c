/* Goal: who is erased leaves no name, no words and no tie to their ideas; what was counted
   stays counted, and their key acts no more. */
#include "support/expect.h"

static enum err erase(struct history *h, uint64_t person, enum erasure erasure)
{
    struct command command = history_command(h, CMD_ERASE, person);

    command.erasure = erasure;
    return history_add(h, &command).err;
}

static bool is_dropped(const struct history *h, struct ref text)
{
    for (size_t i = 0; i < h->effects.dropped_count; i++) {
        if (memcmp(&h->effects.dropped[i], &text, sizeof text) == 0) {
            return true;
        }
    }
    return false;
}

static struct ref report_with_note(struct history *h, uint64_t person, uint32_t idea)
{
    struct command command = history_command(h, CMD_REPORT, person);

    command.idea = idea;
    command.text = history_text(h, 10);
    struct ref note = command.text.ref;

    expect_ok(history_add(h, &command).err);
    return note;
}

/* Ideas 1 and 2 by AUTHOR, 3 by OTHER; AUTHOR has a name and judged 3, JUDGE judged 1. */
static void start(struct history *h)
{
    history_start(h, NULL);
    struct command post = history_command(h, CMD_POST, AUTHOR);

    post.source_text = history_text(h, 30);
    expect_ok(history_add(h, &post).err);
    expect_ok(history_post(h, AUTHOR));
    expect_ok(history_post(h, OTHER));
    expect_ok(history_on(h, CMD_RENAME, AUTHOR, 0));
    expect_ok(history_vote(h, AUTHOR, 3, CHOICE_DISAGREE));
    expect_ok(history_vote(h, JUDGE, 1, CHOICE_AGREE));
}

static void every_word_of_the_person_is_dropped(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct ref note = report_with_note(&h, AUTHOR, 3);
    struct ref again = report_with_note(&h, AUTHOR, 3); /* it counts once, and is kept */
    struct ref others = report_with_note(&h, JUDGE, 3);
    struct idea first = *history_idea(&h, 1);
    struct ref second = history_idea(&h, 2)->text;
    struct ref name = history_who(&h, AUTHOR)->name;

    expect_ok(erase(&h, AUTHOR, ERASURE_TEXTS));
    assert_true(is_dropped(&h, first.text) && is_dropped(&h, first.source_text));
    assert_true(is_dropped(&h, second) && is_dropped(&h, name));
    assert_true(is_dropped(&h, note) && is_dropped(&h, again));
    assert_false(is_dropped(&h, others));
    assert_int_equal(h.effects.dropped_count, 6);
    assert_true(ref_is_none(history_who(&h, AUTHOR)->name));
    for (uint32_t n = 1; n <= 2; n++) {
        assert_int_equal(history_idea(&h, n)->state, IDEA_WITHDRAWN);
        assert_int_equal(history_idea(&h, n)->author, 0);
        assert_true(ref_is_none(history_idea(&h, n)->text));
        assert_true(ref_is_none(history_idea(&h, n)->source_text));
    }
    assert_int_equal(history_who(&h, AUTHOR)->own_count, 0);
}

static void ideas_may_stay_without_an_author(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct ref text = history_idea(&h, 1)->text;

    expect_ok(erase(&h, AUTHOR, ERASURE_ANONYMOUS));
    assert_int_equal(history_idea(&h, 1)->state, IDEA_SHOWN);
    assert_int_equal(history_idea(&h, 1)->author, 0);
    assert_memory_equal(&history_idea(&h, 1)->text, &text, sizeof text);
    assert_int_equal(h.effects.dropped_count, 1); /* the name */
    assert_int_equal(h.effects.ideas_count, 2);
    assert_int_equal(history_idea(&h, 1)->changed_version, h.board->version);
    assert_int_equal(history_who(&h, AUTHOR)->own_count, 0);
}

static void ballots_stand(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    uint64_t ballots = h.board->ballots;
    size_t people = h.board->active_people;

    expect_ok(erase(&h, AUTHOR, ERASURE_TEXTS));
    expect_tally(&h, 3, 0, 1, 0);
    expect_tally(&h, 1, 1, 0, 0);
    assert_int_equal(h.board->ballots, ballots);
    assert_int_equal(h.board->active_people, people);
}

static void leaving_is_not_an_act(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    history_start(&h, NULL);

    expect_ok(erase(&h, JUDGE, ERASURE_TEXTS));
    assert_int_equal(h.board->active_people, 0);
}

static void a_key_that_was_erased_acts_no_more(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct command role = history_command(&h, CMD_ROLE, LEAD);

    expect_ok(erase(&h, AUTHOR, ERASURE_ANONYMOUS));
    expect_refused_on(&h, CMD_POST, AUTHOR, 0, ERR_GONE);
    expect_refused_on(&h, CMD_VOTE, AUTHOR, 3, ERR_GONE);
    expect_refused_on(&h, CMD_EDIT, AUTHOR, 1, ERR_GONE);
    expect_refused_on(&h, CMD_PERSON, AUTHOR, 0, ERR_GONE);
    expect_refused_on(&h, CMD_ERASE, AUTHOR, 0, ERR_GONE);
    role.role = ROLE_LEAD;
    role.target = AUTHOR;
    expect_refusal(&h, &role, ERR_GONE);
    expect_refused_on(&h, CMD_ERASE, 0, 0, ERR_UNKNOWN_PERSON);
}

static void a_repeat_is_answered_as_the_first_time(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(erase(&h, AUTHOR, ERASURE_TEXTS));
    uint64_t version = h.board->version;
    struct decision again = history_repeat(&h, h.count - 1);

    expect_ok(again.err);
    assert_true(again.repeat);
    assert_int_equal(again.version, version);
}

static void a_role_goes_with_its_person(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    expect_ok(erase(&h, LEAD, ERASURE_TEXTS));
    assert_true(h.effects.defined);
    assert_int_equal(history_who(&h, LEAD)->role, ROLE_PARTICIPANT);
    expect_ok(erase(&h, JUDGE, ERASURE_TEXTS));
    assert_false(h.effects.defined);
}

static void merge(struct history *h, uint32_t into, uint32_t idea)
{
    expect_ok(history_merge(h, into, idea));
}

/* AUTHOR judged 3, of which their own idea becomes a part: that ballot never counts again. */
static void a_ballot_on_a_whole_with_an_own_part_does_not_count_afterwards(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    merge(&h, 3, 1);
    expect_tally(&h, 3, 1, 0, 0);
    expect_ok(erase(&h, AUTHOR, ERASURE_ANONYMOUS));
    expect_tally(&h, 3, 1, 0, 0);
    expect_ok(history_unmerge(&h, 1));
    expect_tally(&h, 3, 0, 1, 0);
    merge(&h, 3, 2);
    expect_tally(&h, 3, 0, 0, 0);
}

static void what_others_wrote_comes_out_of_a_whole_that_is_erased(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);

    merge(&h, 1, 3);
    expect_ok(erase(&h, AUTHOR, ERASURE_TEXTS));
    assert_int_equal(history_idea(&h, 3)->state, IDEA_SHOWN);
    assert_int_equal(history_idea(&h, 3)->merged_into, 0);
    expect_tally(&h, 3, 0, 1, 0);
}

static void reports_with_words_are_bounded(void **state)
{
    (void)state;
    AUTO_HISTORY h;
    start(&h);
    struct command plain = history_command(&h, CMD_REPORT, JUDGE);
    struct command worded = history_command(&h, CMD_REPORT, JUDGE);

    (void)report_with_note(&h, JUDGE, 2);
    struct person *judge = &h.board->people[history_who(&h, JUDGE)->number - 1];
    size_t count = judge->notes_count;

    judge->notes_count = LIMIT_NOTES; /* as if: the check reads none of them */
    worded.idea = plain.idea = 3;
    worded.text = history_text(&h, 10);
    expect_err(board_check(h.board, &worded), ERR_FULL);
    expect_ok(board_check(h.board, &plain));
    judge->notes_count = count;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_of_the_person_is_dropped),
        cmocka_unit_test(ideas_may_stay_without_an_author),
        cmocka_unit_test(ballots_stand),
        cmocka_unit_test(leaving_is_not_an_act),
        cmocka_unit_test(a_key_that_was_erased_acts_no_more),
        cmocka_unit_test(a_repeat_is_answered_as_the_first_time),
        cmocka_unit_test(a_role_goes_with_its_person),
        cmocka_unit_test(a_ballot_on_a_whole_with_an_own_part_does_not_count_afterwards),
        cmocka_unit_test(what_others_wrote_comes_out_of_a_whole_that_is_erased),
        cmocka_unit_test(reports_with_words_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
