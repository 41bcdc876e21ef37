/* Goal: a command line is read as written, and a misuse ends with status 2. */
#include "cli/config.h"

#include "cli/listen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum {
    OPTION_COUNT = 1,
    OPTION_FACTOR,
    ARGUMENTS = 8
};

static const struct option own[] = {{"count", required_argument, NULL, OPTION_COUNT},
                                    {"factor", required_argument, NULL, OPTION_FACTOR},
                                    {0}};

/* getopt keeps its place in a global: 0 starts it anew. */
static void start(struct config *config, char **argv)
{
    int argc = 0;

    while (argv[argc]) {
        argc++;
    }
    optind = 0;
    config_init(config, argc, argv);
    config->command = "test";
    config->help = "";
}

static void reads_own_options_common_ones_and_words(void **state)
{
    (void)state;
    char *argv[ARGUMENTS] = {(char[]){"test"},  (char[]){"--data"},  (char[]){"/d"},
                             (char[]){"word"},  (char[]){"--count"}, (char[]){"3"},
                             (char[]){"--json"}};
    struct config config;
    uint64_t count = 0;

    start(&config, argv);
    assert_int_equal(config_next(&config, own), OPTION_COUNT);
    assert_true(config_number(&config, "count", 1, 9, &count));
    assert_int_equal(config_next(&config, own), 0);
    assert_int_equal(count, 3);
    assert_string_equal(config.data, "/d");
    assert_true(config.json);
    assert_string_equal(config_word(&config, "a word"), "word");
    assert_true(config_finish(&config));
}

static void an_unknown_option_is_a_misuse(void **state)
{
    (void)state;
    char *argv[ARGUMENTS] = {(char[]){"test"}, (char[]){"--colour"}};
    struct config config;

    start(&config, argv);
    assert_int_equal(config_next(&config, own), 0);
    assert_true(config.ended);
    assert_int_equal(config.status, STATUS_USAGE);
    assert_null(config_word(&config, "a word"));
}

static void help_ends_well(void **state)
{
    (void)state;
    char *argv[ARGUMENTS] = {(char[]){"test"}, (char[]){"--help"}};
    struct config config;

    start(&config, argv);
    assert_int_equal(config_next(&config, own), 0);
    assert_true(config.ended);
    assert_int_equal(config.status, STATUS_DONE);
}

static void a_missing_word_and_one_too_many_are_misuses(void **state)
{
    (void)state;
    char *argv[ARGUMENTS] = {(char[]){"test"}, (char[]){"one"}, (char[]){"two"}};
    struct config config;

    start(&config, argv);
    assert_int_equal(config_next(&config, own), 0);
    assert_string_equal(config_word(&config, "a word"), "one");
    assert_false(config_finish(&config));
    assert_int_equal(config.status, STATUS_USAGE);
    argv[1] = NULL;
    start(&config, argv);
    assert_int_equal(config_next(&config, own), 0);
    assert_null(config_word(&config, "a word"));
    assert_int_equal(config.status, STATUS_USAGE);
}

static bool millionths(const char *text, uint64_t max, uint64_t *out)
{
    char *argv[ARGUMENTS] = {(char[]){"test"}};
    struct config config;
    char copy[32] = "";

    start(&config, argv);
    memcpy(copy, text, strlen(text));
    optarg = copy;
    return config_millionths(&config, "factor", max, out);
}

static void factors_are_exact(void **state)
{
    (void)state;
    uint64_t value = 0;

    assert_true(millionths("0.5", 1, &value));
    assert_int_equal(value, 500000);
    assert_true(millionths("2", 10, &value));
    assert_int_equal(value, 2000000);
    assert_true(millionths("0.000001", 1, &value));
    assert_int_equal(value, 1);
    assert_false(millionths("1.1", 1, &value));
    assert_false(millionths(".5", 1, &value));
    assert_false(millionths("-1", 1, &value));
    assert_false(millionths("0.1234567", 1, &value));
}

static void addresses_to_listen_on_are_read(void **state)
{
    (void)state;
    struct listen_address address;

    assert_true(listen_address_parse(":8080", &address));
    assert_string_equal(address.host, "");
    assert_int_equal(address.port, 8080);
    assert_true(listen_address_parse("[::]:0", &address));
    assert_string_equal(address.host, "::");
    assert_true(listen_address_parse("10.0.0.1:80", &address));
    assert_string_equal(address.host, "10.0.0.1");
    assert_false(listen_address_parse("10.0.0.1", &address));
    assert_false(listen_address_parse("::1:80", &address));
    assert_false(listen_address_parse("localhost:65536", &address));
    assert_false(listen_address_parse("localhost:", &address));
    assert_true(listen_is_any("0.0.0.0"));
    assert_false(listen_is_any("127.0.0.1"));
    assert_in_range(listen_free_port("127.0.0.1"), 1, 65535);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_own_options_common_ones_and_words),
        cmocka_unit_test(an_unknown_option_is_a_misuse),
        cmocka_unit_test(help_ends_well),
        cmocka_unit_test(a_missing_word_and_one_too_many_are_misuses),
        cmocka_unit_test(factors_are_exact),
        cmocka_unit_test(addresses_to_listen_on_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
