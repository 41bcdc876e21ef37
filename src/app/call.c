#include "app/call.h"

/* A text as it will be kept: trimmed, in normal form, clean. ERR_EMPTY is the fold's to say. */
static enum err clean_text(struct view given, bool name, char **out, struct view *text)
{
    struct view trimmed = view_trim(given);
    size_t len = 0;

    if (trimmed.len > LIMIT_TEXT_MAX_BYTES) {
        return ERR_TOO_LONG;
    }
    if (!(name ? text_is_clean_name(trimmed) : text_is_clean(trimmed))) {
        return ERR_BAD_TEXT;
    }
    *out = text_normal(trimmed, &len);
    *text = (struct view){*out, *out ? len : 0};
    return *out ? OK : ERR_BAD_TEXT;
}

bool call_add_text(struct act *act, struct view given, bool name, struct text_use *use)
{
    char *owned = NULL;
    struct view text = {NULL, 0};
    enum err err = clean_text(given, name, &owned, &text);

    if (!err && !text.len) {
        err = ERR_EMPTY;
    }
    if (!err) {
        act_add_text(act, text, use);
    }
    mem_free(owned);
    if (err) {
        act_refuse(act, err, 0);
    }
    return !err;
}

void call_begin(struct call *call, const struct rpc_request *request)
{
    *call = (struct call){0};
    params_init(&call->params, request->params);
    (void)params_string(&call->params, "board", REQUIRED);
    call->op = params_op(&call->params);
}

struct act *call_end(struct call *call, struct client *client, struct rpc_request *request,
                     struct app_board *board, act_answer *answer)
{
    if (params_done(&call->params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, call->params.field);
        return NULL;
    }
    struct act *act = act_create(client, request, board, CMD_POST, answer);

    act->command.op = call->op;
    return act;
}

void answer_version(const struct act *act, uint64_t version, struct buf *result)
{
    (void)act;
    buf_printf(result, "{\"version\":%llu}", (unsigned long long)version);
}
