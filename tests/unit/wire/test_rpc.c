/* Goal: what is not a JSON-RPC 2.0 request with known, right parameters is refused by name and
   answered under its id. */
#include "wire/rpc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pinson/limits.h"

#define expect_parse(text, expected, id_text) check_parse(view_of(text), expected, id_text)

static void check_parse(struct view text, enum err expected, const char *id)
{
    struct rpc_request request;
    enum err err = rpc_parse(text, &request);

    if (err != expected || !view_is(buf_view(&request.id), id)) {
        fail_msg("%.*s: %s, id %s", (int)(text.len < 300 ? text.len : 300), text.ptr,
                 err_name(err), request.id.bytes);
    }
    rpc_finish(&request);
}

static void takes_a_request_apart(void **state)
{
    (void)state;
    struct rpc_request request;

    assert_int_equal(rpc_parse(view_of("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"vote.cast\","
                                       "\"params\":{\"idea\":3}}"),
                               &request),
                     OK);
    assert_true(view_is(request.method, "vote.cast"));
    assert_string_equal(request.id.bytes, "7");
    assert_int_equal(json_integer_value(json_object_get(request.params, "idea")), 3);
    rpc_finish(&request);
}

static void gives_back_the_id_as_it_came(void **state)
{
    (void)state;

    expect_parse("{\"jsonrpc\":\"2.0\",\"id\":\"a\\\"b\",\"method\":\"m\"}", OK, "\"a\\\"b\"");
    expect_parse("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"m\",\"params\":{}}", OK, "0");
    expect_parse("{\"jsonrpc\":\"2.0\",\"id\":-1,\"method\":\"m\"}", OK, "-1");
    expect_parse("{\"jsonrpc\":\"2.0\",\"id\":9007199254740991,\"method\":\"m\"}", OK,
                 "9007199254740991");
    expect_parse(" {\"method\":\"m\",\"id\":\"\",\"jsonrpc\":\"2.0\"}\n", OK, "\"\"");
}

static void refuses_what_is_not_json(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        " ",
        "{",
        "nul",
        "\xef\xbb\xbf{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"} x",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}{}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,/* */\"method\":\"m\"}",
        "{'jsonrpc':'2.0','id':1,'method':'m'}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"m\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":1,\"a\":1}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":\"\\u0000\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":\"\\ud800\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":\"\\udc00\\ud800\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":\"\xff\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":\"\xed\xa0\x80\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":1e999999}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\",\"params\":{\"a\":9223372036854775808}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":01}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":NaN}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":\"\n\"}}",
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_parse(cases[i], ERR_PARSE, "null");
    }
    check_parse((struct view){NULL, 0}, ERR_PARSE, "null");
    check_parse((struct view){"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}\0", 39},
                ERR_PARSE, "null");
}

static void refuses_json_that_is_no_request(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *id;
    } cases[] = {
        {"[]", "null"},
        {"null", "null"},
        {"7", "null"},
        {"\"text\"", "null"},
        {"{}", "null"},
        {"[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}]", "null"}, /* a batch */
        {"{\"jsonrpc\":\"2.0\",\"method\":\"m\"}", "null"},            /* a notification */
        {"{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"m\"}", "null"},
        {"{\"jsonrpc\":\"2.0\",\"id\":1.0,\"method\":\"m\"}", "null"},
        {"{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"m\"}", "null"},
        {"{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"m\"}", "null"},
        {"{\"jsonrpc\":\"2.0\",\"id\":9007199254740992,\"method\":\"m\"}", "null"},
        {"{\"jsonrpc\":\"2.0\",\"id\":-9007199254740992,\"method\":\"m\"}", "null"},
        {"{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"m\"}", "1"},
        {"{\"jsonrpc\":2.0,\"id\":1,\"method\":\"m\"}", "1"},
        {"{\"id\":1,\"method\":\"m\"}", "1"},
        {"{\"jsonrpc\":\"2.0\",\"id\":1}", "1"},
        {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":3}", "1"},
        {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[]}", "1"},
        {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":null}", "1"},
        {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":\"\"}", "1"},
        {"{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"m\",\"extra\":1}", "\"x\""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_parse(cases[i].text, ERR_REQUEST, cases[i].id);
    }
}

static void an_id_has_at_most_64_bytes(void **state)
{
    (void)state;

    for (int len = 64; len <= 65; len++) {
        AUTO_BUF text = {0};
        AUTO_BUF id = {0};

        buf_printf(&id, "\"%0*d\"", len, 0);
        buf_printf(&text, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"m\"}", id.bytes);
        expect_parse(text.bytes, len == 64 ? OK : ERR_REQUEST, len == 64 ? id.bytes : "null");
    }
}

static void nest(struct buf *to, int depth)
{
    buf_add_text(to, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":");
    for (int i = 2; i < depth; i++) {
        buf_add_char(to, '[');
    }
    for (int i = 2; i < depth; i++) {
        buf_add_char(to, ']');
    }
    buf_add_text(to, "}}");
}

static void refuses_what_is_nested_too_deep(void **state)
{
    (void)state;
    static const int depths[] = {LIMIT_JSON_DEPTH + 1, 100, 10000};
    AUTO_BUF deepest = {0};

    nest(&deepest, LIMIT_JSON_DEPTH);
    expect_parse(deepest.bytes, OK, "1");
    for (size_t i = 0; i < sizeof depths / sizeof *depths; i++) {
        AUTO_BUF text = {0};

        nest(&text, depths[i]);
        expect_parse(text.bytes, ERR_PARSE, "null");
    }
    /* Brackets in a string are no depth, nor does an escaped quote end one. */
    expect_parse("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"[[[[[[[[[[[\\\"[[[[\"}", OK, "1");
    expect_parse("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"[[[[[[[[[[[\\\\\"}", OK, "1");
}

static void refuses_too_many_parameters(void **state)
{
    (void)state;

    for (int count = LIMIT_JSON_KEYS; count <= LIMIT_JSON_KEYS + 1; count++) {
        AUTO_BUF text = {0};

        buf_add_text(&text, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{");
        for (int i = 0; i < count; i++) {
            buf_printf(&text, "%s\"k%d\":0", i ? "," : "", i);
        }
        buf_add_text(&text, "}}");
        expect_parse(text.bytes, count <= LIMIT_JSON_KEYS ? OK : ERR_REQUEST, "1");
    }
}

static void writes_results_errors_and_notifications(void **state)
{
    (void)state;
    AUTO_BUF to = {0};

    rpc_write_result(&to, view_of("\"7\""), view_of("{\"a\":1}"));
    assert_string_equal(to.bytes, "{\"jsonrpc\":\"2.0\",\"id\":\"7\",\"result\":{\"a\":1}}");
    buf_clear(&to);
    rpc_write_notification(&to, "board.me", view_of("{}"));
    assert_string_equal(to.bytes,
                        "{\"jsonrpc\":\"2.0\",\"method\":\"board.me\",\"params\":{}}");
    buf_clear(&to);
    rpc_write_error(&to, view_of("1"), ERR_TOO_FAST, NULL, 250);
    assert_string_equal(to.bytes,
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,\"message\":"
                        "\"That was a little fast. Try again in a moment.\",\"data\":{"
                        "\"error\":\"too-fast\",\"retry_ms\":250}}}");
    buf_clear(&to);
    rpc_write_error(&to, view_of("null"), ERR_PARAMS, "a\"b", 0);
    assert_string_equal(to.bytes, "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32602,"
                                  "\"message\":\"A parameter is missing or wrong.\",\"data\":{"
                                  "\"error\":\"params\",\"field\":\"a\\\"b\"}}}");
}

static void every_error_is_valid_json_with_its_code(void **state)
{
    (void)state;

    for (int err = ERR_PARSE; err <= ERR_UNAVAILABLE; err++) {
        AUTO_BUF to = {0};

        rpc_write_error(&to, view_of("1"), (enum err)err, NULL, 0);
        json_auto_t *json = json_loadb(to.bytes, to.len, 0, NULL);
        const json_t *error = json_object_get(json, "error");
        json_int_t code = json_integer_value(json_object_get(error, "code"));
        json_int_t expected = err == ERR_PARSE     ? -32700
                              : err == ERR_REQUEST ? -32600
                              : err == ERR_METHOD  ? -32601
                              : err == ERR_PARAMS  ? -32602
                                                   : -32000;

        assert_int_equal(code, expected);
        assert_string_equal(
            json_string_value(json_object_get(json_object_get(error, "data"), "error")),
            err_name((enum err)err));
    }
}

/* The parameters of one request, for a test to take. */
#define AUTO_JSON(name, text) json_auto_t *name = json_loads(text, 0, NULL)

static void takes_parameters_of_each_type(void **state)
{
    (void)state;
    AUTO_JSON(json, "{\"s\":\"x\",\"u\":5,\"b\":true,\"any\":[1],\"none\":null,"
                    "\"op\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"}");
    struct params params;

    params_init(&params, json);
    assert_true(params_has(&params, "s"));
    assert_false(params_has(&params, "none"));
    assert_false(params_has(&params, "absent"));
    assert_true(view_is(params_string(&params, "s", REQUIRED), "x"));
    assert_int_equal(params_uint(&params, "u", 5, 5, REQUIRED), 5);
    assert_true(params_bool(&params, "b", OPTIONAL));
    assert_int_equal(json_array_size(params_any(&params, "any")), 1);
    assert_null(params_string(&params, "none", OPTIONAL).ptr);
    assert_int_equal(params_op(&params).high, 0x01563E3AB5D3D676);
    assert_null(params_string(&params, "absent", OPTIONAL).ptr);
    assert_int_equal(params_uint(&params, "absent", 1, 5, OPTIONAL), 0);
    assert_false(params_bool(&params, "absent", OPTIONAL));
    assert_null(params_any(&params, "absent"));
    assert_int_equal(params_done(&params), OK);
}

static void refuses_a_parameter_that_nobody_took(void **state)
{
    (void)state;
    AUTO_JSON(json, "{\"a\":1,\"b\":2}");
    struct params params;

    params_init(&params, json);
    params_uint(&params, "a", 0, 9, REQUIRED);
    assert_int_equal(params_done(&params), ERR_PARAMS);
    assert_non_null(params.field);
}

static void names_the_first_parameter_that_is_wrong(void **state)
{
    (void)state;
    AUTO_JSON(json, "{\"a\":1,\"b\":2}");
    struct params params;

    params_init(&params, json);
    params_uint(&params, "a", 0, 9, REQUIRED);
    params_string(&params, "b", OPTIONAL);
    params_string(&params, "c", REQUIRED);
    params_wrong(&params, "d");
    assert_int_equal(params_done(&params), ERR_PARAMS);
    assert_string_equal(params.field, "b");
}

static void refuses_parameters_of_the_wrong_type_or_range(void **state)
{
    (void)state;
    static const char *const numbers[] = {"0",
                                          "11",
                                          "-1",
                                          "1.0",
                                          "1e1",
                                          "\"1\"",
                                          "true",
                                          "[]",
                                          "{}",
                                          "9007199254740992",
                                          "9223372036854775807"};
    static const char *const ops[] = {"1", "\"\"", "\"00000000000000000000000000\"", "null"};
    struct params params;

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        AUTO_BUF text = {0};
        buf_printf(&text, "{\"u\":%s}", numbers[i]);
        AUTO_JSON(json, text.bytes);

        params_init(&params, json);
        params_uint(&params, "u", 1, i < 9 ? 10 : UINT64_MAX, REQUIRED);
        assert_int_equal(params_done(&params), ERR_PARAMS);
        assert_string_equal(params.field, "u");
    }
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        AUTO_BUF text = {0};
        buf_printf(&text, "{\"op\":%s}", ops[i]);
        AUTO_JSON(json, text.bytes);

        params_init(&params, json);
        params_op(&params);
        assert_int_equal(params_done(&params), ERR_PARAMS);
        assert_string_equal(params.field, "op");
    }
    AUTO_JSON(json, "{\"b\":1,\"s\":2}");

    params_init(&params, json);
    params_bool(&params, "b", OPTIONAL);
    assert_string_equal(params.field, "b");
    params_init(&params, json);
    params_string(&params, "s", OPTIONAL);
    assert_string_equal(params.field, "s");
}

static void a_request_without_parameters_misses_those_it_needs(void **state)
{
    (void)state;
    struct params params;

    params_init(&params, NULL);
    assert_false(params_has(&params, "a"));
    assert_int_equal(params_done(&params), OK);
    params_uint(&params, "a", 0, 9, REQUIRED);
    assert_int_equal(params_done(&params), ERR_PARAMS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_a_request_apart),
        cmocka_unit_test(gives_back_the_id_as_it_came),
        cmocka_unit_test(refuses_what_is_not_json),
        cmocka_unit_test(refuses_json_that_is_no_request),
        cmocka_unit_test(an_id_has_at_most_64_bytes),
        cmocka_unit_test(refuses_what_is_nested_too_deep),
        cmocka_unit_test(refuses_too_many_parameters),
        cmocka_unit_test(writes_results_errors_and_notifications),
        cmocka_unit_test(every_error_is_valid_json_with_its_code),
        cmocka_unit_test(takes_parameters_of_each_type),
        cmocka_unit_test(refuses_a_parameter_that_nobody_took),
        cmocka_unit_test(names_the_first_parameter_that_is_wrong),
        cmocka_unit_test(refuses_parameters_of_the_wrong_type_or_range),
        cmocka_unit_test(a_request_without_parameters_misses_those_it_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
