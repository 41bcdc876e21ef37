/* call — what the methods that change a board have in common. Private to app/. */
#ifndef APP_CALL_H
#define APP_CALL_H

#include "app/state.h"
#include "wire/json.h"

/* Parameters that every act has; the act is made when all were right. */
struct call {
    struct params params;
    struct op op;
    struct command command; /* what a method has read of it before there is an act */
};

void call_begin(struct call *call, const struct rpc_request *request); /* board and op */
/* NULL: something was wrong, and it was said. */
struct act *call_end(struct call *call, struct client *client, struct rpc_request *request,
                     struct app_board *board, act_answer *answer);

void answer_version(const struct act *act, uint64_t version, struct buf *result);

/* A text as it will be kept, put into the act: trimmed, in normal form, clean. false: the
   act was refused, and is gone. */
bool call_add_text(struct act *act, struct view given, bool name, struct text_use *use);

#endif
