/* Goal: an export of Polis is read whole and in its order, or refused with file, line and
 * reason. */
#include "cli/polis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char comments[] =
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    "2000,x,7,1,0,0,1,\"Second\n\"\n"
    "1000,x,3,9,2,1,-1,First\n";
static const char votes[] = "timestamp,datetime,comment-id,voter-id,vote\n"
                            "3000,x,3,1,1\n"
                            "2500,x,7,2,-1\n"
                            "3000,x,7,1,0\n";

static enum err parse(const char *left, const char *right, struct polis *out, struct buf *why)
{
    return polis_parse(view_of(left), view_of(right), view_of("topic,$15/hour\nurl,x\n"), out,
                       why);
}

static void expect_refused(const char *left, const char *right, const char *reason)
{
    struct polis polis;
    AUTO_BUF why = {0};

    assert_int_equal(parse(left, right, &polis, &why), ERR_PARSE);
    assert_string_equal(why.bytes, reason);
    assert_null(polis.comments);
    assert_null(polis.votes);
}

/* The header of comments.csv and one row of it. */
static void expect_comment_refused(const char *row, const char *reason)
{
    AUTO_BUF text = {0};

    buf_printf(&text,
               "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n%s\n",
               row);
    expect_refused(text.bytes, votes, reason);
}

static void sorts_comments_by_id_and_trims_them(void **state)
{
    (void)state;
    struct polis polis;
    AUTO_BUF why = {0};

    assert_int_equal(parse(comments, votes, &polis, &why), OK);
    assert_int_equal(polis.comments_count, 2);
    assert_int_equal(polis.comments[0].id, 3);
    assert_true(polis.comments[0].is_rejected);
    assert_int_equal(polis.comments[0].agrees, 2);
    assert_int_equal(polis.comments[1].id, 7);
    assert_string_equal(polis.comments[1].text, "Second");
    assert_int_equal(polis.comments[1].at_ms, 2000);
    assert_string_equal(polis.topic, "$15/hour");
    polis_finish(&polis);
}

static void sorts_votes_by_time_and_then_as_in_the_file(void **state)
{
    (void)state;
    struct polis polis;
    AUTO_BUF why = {0};

    assert_int_equal(parse(comments, votes, &polis, &why), OK);
    assert_int_equal(polis.votes_count, 3);
    assert_int_equal(polis.votes[0].at_ms, 2500);
    assert_int_equal(polis.votes[0].idea, 2);
    assert_int_equal(polis.votes[0].choice, CHOICE_DISAGREE);
    assert_int_equal(polis.votes[1].idea, 1);
    assert_int_equal(polis.votes[1].choice, CHOICE_AGREE);
    assert_int_equal(polis.votes[2].idea, 2);
    assert_int_equal(polis.votes[2].choice, CHOICE_PASS);
    polis_finish(&polis);
}

static void finds_columns_by_name_and_ignores_others(void **state)
{
    (void)state;
    struct polis polis;
    AUTO_BUF why = {0};

    assert_int_equal(
        parse("is-seed,comment-body,moderated,disagrees,agrees,author-id,comment-id,"
              "timestamp\r\ntrue,\"Caf\x65\xCC\x81, oui\r\nnon\",0,4,5,6,3,1000\r\n",
              "vote,voter-id,comment-id,timestamp\r\n", &polis, &why),
        OK);
    assert_string_equal(polis.comments[0].text, "Caf\xC3\xA9, oui\nnon");
    assert_int_equal(polis.comments[0].author, 6);
    assert_false(polis.comments[0].is_rejected);
    assert_int_equal(polis.votes_count, 0);
    polis_finish(&polis);
}

static void refuses_a_table_without_its_columns(void **state)
{
    (void)state;
    expect_refused("", votes, "comments.csv:1: the file is empty");
    expect_refused("timestamp,comment-id\n", votes,
                   "comments.csv:1: there is no column author-id");
    expect_refused(comments, "timestamp,comment-id,vote\n",
                   "votes.csv:1: there is no column voter-id");
}

static void refuses_a_row_that_is_none(void **state)
{
    (void)state;
    expect_comment_refused("1000,3,1,0,0,1",
                           "comments.csv:2: 6 fields where the first line has 7");
    expect_comment_refused("1000,3,1,0,0,2,x",
                           "comments.csv:2: moderated is neither -1, 0 nor 1");
    expect_comment_refused("1000,x,1,0,0,1,x",
                           "comments.csv:2: \"x\" is not a number that can stand there");
    expect_comment_refused("1000,-3,1,0,0,1,x",
                           "comments.csv:2: \"-3\" is not a number that can stand there");
    expect_comment_refused("0,3,1,0,0,1,x", "comments.csv:2: a time of 0");
    expect_comment_refused("1000,3,1,0,0,1,a\n1001,3,1,0,0,1,b",
                           "comments.csv:3: a comment-id that was there before");
    expect_comment_refused("1000,3,1,0,0,1,\"a",
                           "comments.csv:2: a quote that opens here is never "
                           "closed");
}

static void refuses_a_text_that_cannot_be_shown(void **state)
{
    (void)state;
    AUTO_BUF row = {0};

    expect_comment_refused("1000,3,1,0,0,1,", "comments.csv:2: the text is empty");
    expect_comment_refused("1000,3,1,0,0,1,a\x01",
                           "comments.csv:2: the text has a control character or one that hides "
                           "others");
    expect_comment_refused("1000,3,1,0,0,1,a\xFF", "comments.csv:2: the text is not UTF-8");
    buf_add_text(&row, "1000,3,1,0,0,1,");
    for (int i = 0; i <= LIMIT_TEXT_MAX_GRAPHEMES; i++) {
        buf_add_char(&row, 'a');
    }
    expect_comment_refused(row.bytes, "comments.csv:2: the text is longer than an idea may be");
}

static void refuses_a_vote_that_is_none(void **state)
{
    (void)state;
    expect_refused(comments, "timestamp,comment-id,voter-id,vote\n1,3,1,1\n1,4,1,1\n",
                   "votes.csv:3: a comment-id that comments.csv does not have");
    expect_refused(comments, "timestamp,comment-id,voter-id,vote\n1,3,1,2\n",
                   "votes.csv:2: vote is neither -1, 0 nor 1");
    expect_refused(comments, "timestamp,comment-id,voter-id,vote\n1,3,,1\n",
                   "votes.csv:2: \"\" is not a number that can stand there");
}

static void says_which_file_is_not_there(void **state)
{
    (void)state;
    struct polis polis;
    AUTO_BUF why = {0};

    assert_int_equal(polis_read("/nowhere", &polis, &why), ERR_PARSE);
    assert_string_equal(why.bytes, "/nowhere/comments.csv: No such file or directory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorts_comments_by_id_and_trims_them),
        cmocka_unit_test(sorts_votes_by_time_and_then_as_in_the_file),
        cmocka_unit_test(finds_columns_by_name_and_ignores_others),
        cmocka_unit_test(refuses_a_table_without_its_columns),
        cmocka_unit_test(refuses_a_row_that_is_none),
        cmocka_unit_test(refuses_a_text_that_cannot_be_shown),
        cmocka_unit_test(refuses_a_vote_that_is_none),
        cmocka_unit_test(says_which_file_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
