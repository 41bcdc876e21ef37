/*
 * request — one command, or a transaction of several, as the bytes that Redis reads.
 *
 * Every argument goes with its length (the Redis protocol's arrays of bulk strings), so no
 * value can be read as anything but a value. Arguments are copied. Pure.
 */
#ifndef STORE_REQUEST_H
#define STORE_REQUEST_H

#include "base/buf.h"
#include "store/keys.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct request {
    struct buf bytes;
    unsigned replies; /* that Redis will give to it */
    size_t missing;   /* arguments of the latest command that are still to come */
    uint64_t timeout_ms;
    bool is_large; /* it does not count among what the link may hold back */
};

enum {
    REQUEST_TIMEOUT_MS = 2000,
    REQUEST_LARGE_TIMEOUT_MS = 20000
};

void request_finish(struct request *request);
void request_clear(struct request *request); /* empty, with the usual timeout */

/* Starts a command of that many arguments, its name included. */
void request_command(struct request *request, const char *name, size_t arguments);
/* Starts arguments that are to follow a command: request_add puts them there. */
void request_arguments(struct request *request, size_t arguments);
void request_add(struct request *request, const struct request *arguments, size_t count);

void request_text(struct request *request, const char *text);
void request_view(struct request *request, struct view view);
void request_bytes(struct request *request, const void *bytes, size_t len); /* as hex */
void request_uint(struct request *request, uint64_t value);
void request_hex64(struct request *request, uint64_t value);
void request_id(struct request *request, struct entry_id id);
void request_key(struct request *request, struct board_key board, const char *part);
void request_round_key(struct request *request, struct board_key board, const char *part,
                       uint32_t round);
void request_name_key(struct request *request, struct view name);

#define AUTO_REQUEST __attribute__((cleanup(request_finish))) struct request

#endif
