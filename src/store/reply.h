/*
 * reply — reading what Redis answered without trusting its shape. Pure.
 *
 * Everything is borrowed from the reply. NULL is allowed everywhere and is like nil.
 */
#ifndef STORE_REPLY_H
#define STORE_REPLY_H

#include "core/command.h"
#include "pinson/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct redisReply;

/* OK, or what an error reply means to a caller. */
enum err reply_error(const struct redisReply *reply);
bool reply_is_error(const struct redisReply *reply, const char *code); /* as in "NOSCRIPT" */

size_t reply_count(const struct redisReply *reply); /* elements; 0: not an array */
struct redisReply *reply_at(const struct redisReply *reply, size_t index); /* or NULL */

bool reply_is_text(const struct redisReply *reply);
struct view reply_view(const struct redisReply *reply);         /* empty when it is not text */
bool reply_uint(const struct redisReply *reply, uint64_t *out); /* a number, or digits */
bool reply_id(const struct redisReply *reply, struct entry_id *out);

/* Id of the last entry in the answer of XREVRANGE … COUNT 1; zero for an empty log. */
struct entry_id reply_last_id(const struct redisReply *reply);

#endif
