/* hands — board.proxy: staff count the hands in a room, for an idea. */
#include "app/call.h"

/* A show of hands: {agree,disagree,pass}, each 0 unless given. */
static void read_hands(struct call *call, struct hands *out)
{
    json_t *counts = params_any(&call->params, "counts");
    struct params inner;

    params_init(&inner, json_is_object(counts) ? counts : NULL);
    out->agree = (uint32_t)params_uint(&inner, "agree", 0, LIMIT_HANDS, OPTIONAL);
    out->disagree = (uint32_t)params_uint(&inner, "disagree", 0, LIMIT_HANDS, OPTIONAL);
    out->pass = (uint32_t)params_uint(&inner, "pass", 0, LIMIT_HANDS, OPTIONAL);
    if (!json_is_object(counts) || params_done(&inner)) {
        params_wrong(&call->params, "counts");
    }
}

void method_board_proxy(struct client *client, struct rpc_request *request,
                        struct app_board *board)
{
    struct call call;
    struct hands hands;

    call_begin(&call, request);
    uint32_t idea = (uint32_t)params_uint(&call.params, "idea", 1, LIMIT_IDEAS, REQUIRED);

    read_hands(&call, &hands);
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (act) {
        act->staff = true;
        act->command.kind = CMD_HANDS;
        act->command.idea = idea;
        act->command.hands = hands;
        act_run(act);
    }
}
