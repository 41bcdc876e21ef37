/* redefine — board.edit and board.archive: a lead changes what a board says of itself, closes
   it, opens it again, puts it away. */
#include "app/call.h"
#include "app/create.h"

#include "wire/names.h"

#include <string.h>

/* A board as it would be. Words are borrowed from the request. */
struct redefinition {
    struct new_board board;
    struct op op;
    json_t *rounds; /* that its words are borrowed from; a reference; NULL: they stay */
    bool has_title;
    bool has_question;
    bool has_about;
};

/* What is not among the parameters stays as it is. */
static void read_redefinition(struct params *params, struct redefinition *out,
                              struct field *field)
{
    struct definition *definition = &out->board.definition;

    (void)params_string(params, "board", REQUIRED);
    out->op = params_op(params);
    out->has_title = params_has(params, "title");
    out->has_question = params_has(params, "question");
    out->has_about = params_has(params, "about");
    create_read_title(params, "title", out->has_title ? REQUIRED : OPTIONAL, &out->board.title);
    create_read_title(params, "question", OPTIONAL, &out->board.question);
    create_read_title(params, "about", OPTIONAL, &out->board.about);
    create_read_names(params, "themes", definition->themes, LIMIT_THEMES,
                      &definition->themes_count);
    create_read_names(params, "groups", definition->groups, LIMIT_GROUPS,
                      &definition->groups_count);
    create_read_rounds(params, &out->board, &out->rounds, field);
    if (!params->field && rounds_check(definition, field)) {
        params_wrong(params, "rounds");
    }
}

/* An empty text is none. false: the act was refused, and is gone. */
static bool put_text(struct act *act, bool given, struct view text, struct text_use *use)
{
    if (!given) {
        return true;
    }
    *use = (struct text_use){0};
    return !text.len || call_add_text(act, text, false, use);
}

static bool put_rounds(struct act *act, const struct redefinition *from, struct definition *to)
{
    for (uint32_t i = 0; from->rounds && i < to->rounds_count; i++) {
        const struct round_words *words = &from->board.round_words[i];

        if (!put_text(act, true, words->title, &to->rounds[i].title) ||
            !put_text(act, true, words->prompt, &to->rounds[i].prompt)) {
            return false;
        }
    }
    return true;
}

/* Takes the act, like act_run. */
static void run_redefinition(struct act *act, const struct redefinition *from)
{
    struct definition *to = mem_alloc(sizeof *to);

    *to = from->board.definition;
    act->command.definition = to;
    if (put_text(act, from->has_title, from->board.title, &to->title) &&
        put_text(act, from->has_question, from->board.question, &to->question) &&
        put_text(act, from->has_about, from->board.about, &to->about) &&
        put_rounds(act, from, to)) {
        act_run(act);
    }
}

void method_board_edit(struct client *client, struct rpc_request *request,
                       struct app_board *board)
{
    struct redefinition *given = mem_alloc(sizeof *given);
    struct params params;
    struct field field;

    given->board.definition = board->fold->definition;
    params_init(&params, request->params);
    read_redefinition(&params, given, &field);
    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
    } else if (given->rounds && board->fold->round) {
        /* they stand as they were published */
        client_refuse(client, buf_view(&request->id), ERR_NOT_ALLOWED_NOW, NULL);
    } else {
        struct act *act = act_create(client, request, board, CMD_DEFINE, answer_version);

        act->staff = true;
        act->command.op = given->op;
        run_redefinition(act, given);
    }
    json_decref(given->rounds);
    mem_free(given);
}

void method_board_archive(struct client *client, struct rpc_request *request,
                          struct app_board *board)
{
    struct call call;
    enum board_state state = BOARD_ARCHIVED;

    call_begin(&call, request);
    struct view name = params_string(&call.params, "state", OPTIONAL);

    if (name.ptr && (!board_state_of_name(name, &state) || state == BOARD_DRAFT)) {
        params_wrong(&call.params, "state");
    }
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (act) {
        act->staff = true;
        act->command.kind = CMD_STATE;
        act->command.board_state = state;
        act_run(act);
    }
}
