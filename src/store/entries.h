/*
 * entries — what XRANGE and XREAD answer of one log, as stored entries with their texts.
 *
 * Pure. Init takes the reply, finish releases it; entries and texts borrow from the replies.
 */
#ifndef STORE_ENTRIES_H
#define STORE_ENTRIES_H

#include "store/request.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>

struct redisReply;

struct entries {
    struct board_key board;
    struct stored_entry *items; /* owned, with the commands in them */
    size_t count;
    struct stored_text *texts; /* owned: of all items, in their order */
    size_t texts_count;
    struct redisReply *texts_reply; /* owned */
};

/* reply, an array of [id, [field, value]], is borrowed until entries_finish. ERR_PARSE: it
   is something else. */
MUST_USE enum err entries_init(struct entries *entries, struct board_key board,
                               const struct redisReply *reply);
void entries_finish(struct entries *entries);

/* Asks for the texts that the entries name. false: they name none, nothing is asked. */
bool entries_ask_texts(const struct entries *entries, struct request *request);
/* Takes the answer. One that is not there is an erased one. */
void entries_take_texts(struct entries *entries, struct redisReply *reply);

#endif
