#include "wire/rpc.h"

#include "pinson/limits.h"
#include "wire/entry.h"
#include "wire/json.h"

#include <string.h>

enum {
    SAFE_INTEGER_BITS = 53
};

/* jansson would recurse as deep as it is told to: the bound is checked on the bytes. */
static bool is_too_deep(struct view text)
{
    int depth = 0;
    bool quoted = false;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (quoted && c == '\\') {
            i++;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '{' || c == '[')) {
            depth++;
        } else if (!quoted && (c == '}' || c == ']')) {
            depth--;
        }
        if (depth > LIMIT_JSON_DEPTH) {
            return true;
        }
    }
    return false;
}

static bool is_id(const json_t *id)
{
    const json_int_t bound = (json_int_t)1 << SAFE_INTEGER_BITS;
    json_int_t number = json_integer_value(id);

    /* Beyond the bound a client's double would not be given back as it was meant. */
    return json_is_string(id) ? json_string_length(id) <= 64
                              : json_is_integer(id) && number > -bound && number < bound;
}

static bool knows_members(json_t *root)
{
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach(root, key, value)
    {
        struct view name = view_of(key);

        if (!view_is(name, "jsonrpc") && !view_is(name, "id") && !view_is(name, "method") &&
            !view_is(name, "params")) {
            return false;
        }
    }
    return true;
}

enum err rpc_parse(struct view text, struct rpc_request *out)
{
    *out = (struct rpc_request){0};
    if (!is_too_deep(text)) {
        out->root =
            json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
    }
    const json_t *id = json_object_get(out->root, "id");

    if (is_id(id)) {
        json_write_value(&out->id, id);
    } else {
        buf_add_text(&out->id, "null");
    }
    if (!out->root) {
        return ERR_PARSE;
    }
    out->method = json_view(json_object_get(out->root, "method"));
    out->params = json_object_get(out->root, "params");
    bool ok = is_id(id) && knows_members(out->root) &&
              view_is(json_view(json_object_get(out->root, "jsonrpc")), "2.0") &&
              out->method.ptr && (!out->params || json_is_object(out->params)) &&
              json_object_size(out->params) <= LIMIT_JSON_KEYS;

    return ok ? OK : ERR_REQUEST;
}

void rpc_finish(struct rpc_request *request)
{
    json_decref(request->root);
    buf_finish(&request->id);
}

static void write_head(struct buf *to, struct view id)
{
    buf_add_text(to, "{\"jsonrpc\":\"2.0\",\"id\":");
    buf_add_view(to, id);
}

void rpc_write_result(struct buf *to, struct view id, struct view result)
{
    write_head(to, id);
    buf_add_text(to, ",\"result\":");
    buf_add_view(to, result);
    buf_add_char(to, '}');
}

static enum rpc_code code_of(enum err err)
{
    if (err == ERR_PARSE) {
        return RPC_PARSE;
    }
    if (err == ERR_REQUEST) {
        return RPC_REQUEST;
    }
    if (err == ERR_METHOD) {
        return RPC_METHOD;
    }
    return err == ERR_PARAMS ? RPC_PARAMS : RPC_REFUSED;
}

void rpc_write_error(struct buf *to, struct view id, enum err err, const char *field,
                     uint64_t retry_ms)
{
    write_head(to, id);
    buf_printf(to, ",\"error\":{\"code\":%d,\"message\":\"%s\",\"data\":{\"error\":\"%s\"",
               code_of(err), err_sentence(err), err_name(err));
    if (field) {
        buf_add_text(to, ",\"field\":");
        json_write_string(to, view_of(field));
    }
    if (retry_ms) {
        buf_add_text(to, ",\"retry_ms\":");
        buf_add_uint(to, retry_ms);
    }
    buf_add_text(to, "}}}");
}

void rpc_write_notification(struct buf *to, const char *method, struct view params)
{
    buf_printf(to, "{\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":", method);
    buf_add_view(to, params);
    buf_add_char(to, '}');
}

void params_init(struct params *params, json_t *object)
{
    *params = (struct params){.object = object};
}

bool params_has(const struct params *params, const char *name)
{
    json_t *value = json_object_get(params->object, name);

    return value && !json_is_null(value);
}

void params_wrong(struct params *params, const char *name)
{
    if (!params->field) {
        params->field = name;
    }
}

/* The value, when there is one to be read. */
static json_t *take(struct params *params, const char *name, enum need need)
{
    json_t *value = json_object_get(params->object, name);

    if (value && params->taken < LIMIT_JSON_KEYS) {
        params->names[params->taken++] = name;
    }
    if (json_is_null(value)) {
        value = NULL;
    }
    if (!value && need == REQUIRED) {
        params_wrong(params, name);
    }
    return value;
}

struct view params_string(struct params *params, const char *name, enum need need)
{
    const json_t *value = take(params, name, need);

    if (value && !json_is_string(value)) {
        params_wrong(params, name);
    }
    return json_view(value);
}

uint64_t params_uint(struct params *params, const char *name, uint64_t min, uint64_t max,
                     enum need need)
{
    const json_t *value = take(params, name, need);
    json_int_t number = json_integer_value(value);

    if (!value) {
        return 0;
    }
    if (!json_is_integer(value) || number < 0 || (uint64_t)number < min ||
        (uint64_t)number > max || (uint64_t)number >> SAFE_INTEGER_BITS) {
        params_wrong(params, name);
        return min;
    }
    return (uint64_t)number;
}

bool params_bool(struct params *params, const char *name, enum need need)
{
    const json_t *value = take(params, name, need);

    if (value && !json_is_boolean(value)) {
        params_wrong(params, name);
    }
    return json_is_true(value);
}

json_t *params_any(struct params *params, const char *name)
{
    return take(params, name, OPTIONAL);
}

struct op params_op(struct params *params)
{
    struct op op = {0, 0};
    struct view text = params_string(params, "op", REQUIRED);

    if (op_parse(text, &op) || op_is_none(op)) {
        params_wrong(params, "op");
    }
    return op;
}

/* The first that nobody took; NULL: there is none. */
static const char *find_unknown(const struct params *params)
{
    void *at = json_object_iter(params->object);
    const char *unknown = NULL;

    for (; at && !unknown; at = json_object_iter_next(params->object, at)) {
        unknown = json_object_iter_key(at);
        for (size_t i = 0; i < params->taken && unknown; i++) {
            unknown = strcmp(unknown, params->names[i]) == 0 ? NULL : unknown;
        }
    }
    return unknown;
}

enum err params_done(struct params *params)
{
    if (!params->field) {
        params->field = find_unknown(params);
    }
    return params->field ? ERR_PARAMS : OK;
}
