/*
 * rpc — JSON-RPC 2.0 requests, answers and notifications. Pure.
 *
 * A request is checked before it is parsed (size, depth) and after (version, members, no
 * duplicate key, few keys); its parameters are taken one by one, and what nobody took is
 * refused by name.
 */
#ifndef WIRE_RPC_H
#define WIRE_RPC_H

#include "base/buf.h"
#include "core/command.h"
#include "pinson/error.h"
#include "pinson/limits.h"
#include "pinson/protocol.h"

#include <jansson.h>
#include <stdbool.h>

struct rpc_request {
    json_t *root; /* owned */
    struct view method;
    json_t *params; /* an object; borrowed from root */
    struct buf id;  /* JSON text of the id; owned */
};

/* ERR_PARSE, ERR_REQUEST. On failure out->id holds the id if there was one, "null" if not,
   and rpc_finish releases it. A notification (no id) is ERR_REQUEST: every method answers. */
MUST_USE enum err rpc_parse(struct view text, struct rpc_request *out);
void rpc_finish(struct rpc_request *request);

/* {"jsonrpc":"2.0","id":…,"result":…}; result is JSON text. */
void rpc_write_result(struct buf *to, struct view id, struct view result);
/* field: for ERR_PARAMS, which parameter; NULL: none. retry_ms: for ERR_TOO_FAST; 0: none. */
void rpc_write_error(struct buf *to, struct view id, enum err err, const char *field,
                     uint64_t retry_ms);
/* {"jsonrpc":"2.0","method":…,"params":…}; params is JSON text. */
void rpc_write_notification(struct buf *to, const char *method, struct view params);

/*
 * Parameters. The first that is missing or wrong is named in field, and everything read
 * after it is empty; params_done then says ERR_PARAMS.
 */
struct params {
    json_t *object;
    const char *field; /* what is wrong; NULL: nothing so far; lives as long as object */
    const char *names[LIMIT_JSON_KEYS]; /* that were taken, of those that stand there */
    size_t taken;
};

enum need {
    OPTIONAL,
    REQUIRED
};

void params_init(struct params *params, json_t *object);
/* Does it stand there, and is it not null? */
bool params_has(const struct params *params, const char *name);
struct view params_string(struct params *params, const char *name, enum need need);
uint64_t params_uint(struct params *params, const char *name, uint64_t min, uint64_t max,
                     enum need need);
bool params_bool(struct params *params, const char *name, enum need need);
json_t *params_any(struct params *params, const char *name); /* or NULL */
struct op params_op(struct params *params);
void params_wrong(struct params *params, const char *name);
/* OK when all were right and none is left over. */
MUST_USE enum err params_done(struct params *params);

#endif
