/*
 * person — what a person may ask of their own data: all of it, and that it be erased.
 *
 * Erasing takes an entry of the log; every node that folds it forgets who the person was, and
 * that their account was ever here. Their sessions go on, as those of a reader.
 */
#include "app/call.h"

#include "export/person.h"
#include "wire/names.h"

#include <string.h>

bool board_has_erased(const struct app_board *board, uint64_t key)
{
    const struct person *person =
        board_person(board->fold, board_person_number(board->fold, key));

    return person && person->erased;
}

static void forget_in_session(struct app_board *board, struct session *session, uint64_t key)
{
    struct app *app = board->app;
    struct digest account = session_account(session);

    map_remove(&session->person_keys, (uint64_t)(uintptr_t)board);
    if (board->effects.defined) { /* they had a role */
        session_tell_roles(app, session);
    }
    if (!session_has_ticket(session, board)) { /* that one stays used */
        store_forget_person(app->store, board->key, &account, key, NULL, NULL);
    }
    for (struct list *at = app->clients.next; at != &app->clients; at = at->next) {
        struct client *client = LIST_ITEM(at, struct client, link);
        struct joined *joined =
            client->session == session ? client_joined(client, board) : NULL;

        if (joined) {
            room_set_person(&board->room, joined->watcher, 0);
            client_resync(client, board, "erased");
        }
    }
}

void board_forget_person(struct app_board *board, uint64_t key)
{
    const struct map *sessions = &board->app->sessions;

    for (size_t i = 0; i < sessions->room; i++) {
        struct session *session =
            sessions->slots[i].used ? map_find_ptr(sessions, sessions->slots[i].key) : NULL;

        if (session && session_person_key(session, board) == key) {
            forget_in_session(board, session, key);
        }
    }
    if (board->live && board->leased) {
        words_compact_soon(board->app);
    }
}

/* Erasing. */

/* Who is nobody here has nothing that could be erased; a repeat comes to this too. */
static void answer_nothing(struct act *act)
{
    AUTO_BUF result = {0};

    answer_version(act, act->board->fold->version, &result);
    act_reply(act, buf_view(&result));
}

static bool is_arriving(const struct act *act)
{
    const struct list *arriving = &act->session->arriving;

    for (struct list *at = arriving->next; at != arriving; at = at->next) {
        if (LIST_ITEM(at, struct act, arriving)->board == act->board) {
            return true;
        }
    }
    return false;
}

static bool is_somebody(const struct act *act)
{
    return session_person_key(act->session, act->board) || is_arriving(act);
}

static void on_erase_person(void *user, enum err err, uint64_t key)
{
    struct act *act = user;

    if (err) {
        act_refuse(act, err, 0);
        return;
    }
    if (key && !board_has_erased(act->board, key)) {
        map_put(&act->session->person_keys, (uint64_t)(uintptr_t)act->board, key);
    }
    if (is_somebody(act)) {
        act_run(act);
    } else {
        answer_nothing(act);
    }
}

void method_person_erase(struct client *client, struct rpc_request *request,
                         struct app_board *board)
{
    struct call call;
    enum erasure erasure = ERASURE_TEXTS;

    call_begin(&call, request);
    if (!erasure_of_name(params_string(&call.params, "texts", REQUIRED), &erasure)) {
        params_wrong(&call.params, "texts");
    }
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (!act) {
        return;
    }
    act->command.kind = CMD_ERASE;
    act->command.erasure = erasure;
    if (is_somebody(act)) {
        act_run(act);
    } else if (!act->session->durable) {
        answer_nothing(act);
    } else {
        struct digest account = session_account(act->session);

        store_person(board->app->store, board->key, &account, 0, on_erase_person, act);
    }
}

/* Exporting. */

struct asking {
    struct app *app;
    uint64_t client_id;
    struct session *session;
    struct app_board *board; /* NULL: all where the session is known */
    struct buf id;
};

static void write_one(struct buf *to, const struct asking *asking, struct app_board *board,
                      const char **comma)
{
    struct viewer viewer = board_viewer(board, asking->session);

    if (board->live && viewer.person) {
        buf_add_text(to, *comma);
        export_person(&viewer, to);
        *comma = ",";
    }
}

static void answer_asking(struct asking *asking)
{
    struct client *client = client_find(asking->app, asking->client_id);
    const char *comma = "";
    AUTO_BUF result = {0};

    buf_add_text(&result, "{\"boards\":[");
    for (size_t i = 0; i < asking->app->boards_count; i++) {
        if (!asking->board || asking->board == asking->app->boards[i]) {
            write_one(&result, asking, asking->app->boards[i], &comma);
        }
    }
    buf_add_text(&result, "],\"log\":");
    export_person_note(strncmp(asking->session->lang, "fr", 2) == 0, &result);
    buf_add_char(&result, '}');
    if (client) {
        client_reply(client, buf_view(&asking->id), buf_view(&result));
    }
    session_release(asking->app, asking->session);
    asking->app->owed--;
    buf_finish(&asking->id);
    mem_free(asking);
}

static void on_export_person(void *user, enum err err, uint64_t key)
{
    struct asking *asking = user;

    if (!err && key && !board_has_erased(asking->board, key)) {
        map_put(&asking->session->person_keys, (uint64_t)(uintptr_t)asking->board, key);
    }
    answer_asking(asking);
}

static void ask(struct client *client, const struct rpc_request *request,
                struct app_board *board)
{
    struct asking *asking = mem_alloc(sizeof *asking);
    struct session *session = client->session;

    *asking = (struct asking){
        .app = client->app, .client_id = client->id, .session = session, .board = board};
    session->holders++;
    asking->app->owed++;
    buf_add_view(&asking->id, buf_view(&request->id));
    if (!board || !session->durable || session_person_key(session, board)) {
        answer_asking(asking);
        return;
    }
    struct digest account = session_account(session);

    store_person(asking->app->store, board->key, &account, 0, on_export_person, asking);
}

void method_person_export(struct client *client, struct rpc_request *request,
                          struct app_board *none)
{
    struct params params;

    (void)none;
    params_init(&params, request->params);
    struct view name = params_string(&params, "board", OPTIONAL);
    struct app_board *board = name.ptr ? app_board_find(client->app, name) : NULL;
    bool known = client->app->index_read && client->app->available;

    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
    } else if (name.ptr && !board) {
        client_refuse(client, buf_view(&request->id),
                      known ? ERR_UNKNOWN_BOARD : ERR_UNAVAILABLE, NULL);
    } else if (board && (!board->live || !client->app->available)) {
        client_refuse(client, buf_view(&request->id), ERR_UNAVAILABLE, NULL);
    } else {
        ask(client, request, board);
    }
}
