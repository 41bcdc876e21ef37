/*
 * staff — who leads and moderates a board: invitations, the list, and taking a role away.
 *
 * A role is an entry of the log, given or taken; what depends on it is asked of the fold at
 * every call, so that an open connection has at once what its person has.
 */
#include "app/call.h"
#include "app/invitation.h"

#include "base/time.h"
#include "export/qr.h"
#include "wire/member.h"
#include "wire/names.h"

#include <string.h>

enum {
    DRAWN_MAX = 30 /* links in an answer that shows their QR codes, too */
};

void staff_changed(struct app_board *board, uint64_t key)
{
    struct app *app = board->app;

    if (!board->live) {
        return;
    }
    for (size_t i = 0; i < app->sessions.room; i++) {
        struct session *session = app->sessions.slots[i].used
                                      ? map_find_ptr(&app->sessions, app->sessions.slots[i].key)
                                      : NULL;

        if (session && session_person_key(session, board) == key) {
            session_tell_roles(app, session);
        }
    }
    /* What they may see of the board is another now. */
    for (struct list *at = app->clients.next; at != &app->clients; at = at->next) {
        struct client *client = LIST_ITEM(at, struct client, link);

        if (client->session && client->session->role < ROLE_LEAD &&
            session_person_key(client->session, board) == key &&
            client_joined(client, board)) {
            client_resync(client, board, "role");
        }
    }
}

/* What is asked for. */
struct invite_call {
    enum role role;
    uint64_t count;
    bool draws; /* QR codes, too */
    struct op op;
};

/* Links that are on their way into the store. */
struct inviting {
    struct app *app;
    uint64_t client_id;
    struct app_board *board;
    struct buf id;    /* of the request */
    struct buf links; /* of the answer: JSON */
    struct buf drawn; /* likewise, their QR codes; or empty */
    uint64_t waiting; /* for so many answers of the store */
    enum err err;
};

static void inviting_finish(struct inviting *inviting)
{
    inviting->app->owed--;
    buf_finish(&inviting->id);
    buf_finish(&inviting->links);
    buf_finish(&inviting->drawn);
    mem_free(inviting);
}

static void on_put(void *user, enum err err)
{
    struct inviting *inviting = user;
    struct client *client = client_find(inviting->app, inviting->client_id);
    AUTO_BUF result = {0};

    inviting->err = inviting->err ? inviting->err : err;
    if (--inviting->waiting) {
        return;
    }
    /* Nobody is shown a link who would not be given it now. */
    if (!inviting->err && client &&
        board_viewer(inviting->board, client->session).role < ROLE_LEAD) {
        inviting->err = ERR_FORBIDDEN;
    }
    if (client && inviting->err) {
        client_refuse(client, buf_view(&inviting->id), inviting->err, NULL);
    } else if (client) {
        buf_add_text(&result, "{\"links\":[");
        buf_add_view(&result, buf_view(&inviting->links));
        buf_add_char(&result, ']');
        if (inviting->drawn.len) {
            buf_add_text(&result, ",\"qr\":[");
            buf_add_view(&result, buf_view(&inviting->drawn));
            buf_add_char(&result, ']');
        }
        buf_add_char(&result, '}');
        client_reply(client, buf_view(&inviting->id), buf_view(&result));
    }
    inviting_finish(inviting);
}

/* What the gesture's n-th link comes of: the same when it is sent again, and known to nobody
   who does not know what the session's account is. */
static struct digest secret_of(const struct session *session, const struct app_board *board,
                               const struct invite_call *call, uint64_t n)
{
    struct view key = {(const char *)session->account, ACCOUNT_BYTES};
    AUTO_BUF message = {0};

    buf_printf(&message, "invite %s %s %llx-%llx %llu", board->key.id, name_of_role(call->role),
               (unsigned long long)call->op.high, (unsigned long long)call->op.low,
               (unsigned long long)n);
    return hash_keyed(key, buf_view(&message));
}

static void add_link(struct inviting *inviting, const struct client *client,
                     const struct invitation *invitation, bool draws)
{
    struct token token = invitation_token(invitation);
    struct view title = texts_find(&inviting->board->texts,
                                   inviting->board->fold->definition.title.ref);
    AUTO_BUF link = {0};
    AUTO_BUF svg = {0};

    buf_printf(&link, "%s/#invite=%s", client->base, token.text);
    buf_add_text(&inviting->links, inviting->links.len ? "," : "");
    json_write_string(&inviting->links, buf_view(&link));
    if (draws) {
        enum err err = qr_write_svg(buf_view(&link), title, &svg);

        buf_add_text(&inviting->drawn, inviting->drawn.len ? "," : "");
        json_write_text_or_null(&inviting->drawn,
                                err ? (struct view){NULL, 0} : buf_view(&svg));
    }
}

static void invite(struct client *client, const struct rpc_request *request,
                   struct app_board *board, const struct invite_call *call)
{
    struct inviting *inviting = mem_alloc(sizeof *inviting);

    *inviting = (struct inviting){
        .app = client->app, .client_id = client->id, .board = board, .waiting = call->count};
    inviting->app->owed++;
    buf_add_view(&inviting->id, buf_view(&request->id));
    for (uint64_t i = 0; i < call->count; i++) {
        struct invitation invitation = {.role = call->role, .board = &board->key};
        AUTO_BUF name = {0};
        AUTO_BUF value = {0};

        invitation.secret = secret_of(client->session, board, call, i);
        invitation_write(&invitation, &name, &value);
        add_link(inviting, client, &invitation, call->draws);
        store_put(client->app->store, buf_view(&name), buf_view(&value),
                  invitation_ttl_ms(&invitation), on_put, inviting);
    }
}

void method_staff_invite(struct client *client, struct rpc_request *request,
                         struct app_board *board)
{
    struct params params;
    struct invite_call call = {.role = ROLE_VISITOR};

    params_init(&params, request->params);
    (void)params_string(&params, "board", REQUIRED);
    call.op = params_op(&params);
    call.draws = params_bool(&params, "qr");
    call.count = params_uint(&params, "count", 1, LIMIT_INVITATIONS, OPTIONAL);
    call.count = call.count ? call.count : 1;
    if (!role_of_name(params_string(&params, "role", REQUIRED), &call.role) ||
        call.role < ROLE_PARTICIPANT || call.role > ROLE_LEAD) {
        params_wrong(&params, "role");
    }
    if (call.draws && call.count > DRAWN_MAX) {
        params_wrong(&params, "count");
    }
    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
    } else if (client->app->draining || !client->app->available) {
        client_refuse(client, buf_view(&request->id), ERR_UNAVAILABLE, NULL);
    } else {
        session_keep(client->app, client->session);
        invite(client, request, board, &call);
    }
}

static void write_one(struct buf *to, const struct viewer *viewer, const struct person *person)
{
    buf_printf(to, "{\"person\":%u,\"name\":", person->number);
    person_write_name(to, viewer, person->number);
    member_text(to, "role", view_of(name_of_role(person->role)));
    member_time_or_null(to, "since", person->role_ms);
    buf_add_char(to, '}');
}

void method_staff_list(struct client *client, struct rpc_request *request,
                       struct app_board *board)
{
    struct params params;
    struct viewer viewer = board_viewer(board, client->session);
    const char *comma = "";
    AUTO_BUF result = {0};

    params_init(&params, request->params);
    (void)params_string(&params, "board", REQUIRED);
    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
        return;
    }
    buf_add_text(&result, "{\"staff\":[");
    for (size_t i = 0; i < board->fold->people_count; i++) {
        const struct person *person = &board->fold->people[i];

        if (person->role >= ROLE_MODERATOR) {
            buf_add_text(&result, comma);
            write_one(&result, &viewer, person);
            comma = ",";
        }
    }
    buf_add_text(&result, "]}");
    client_reply(client, buf_view(&request->id), buf_view(&result));
}

void method_staff_revoke(struct client *client, struct rpc_request *request,
                         struct app_board *board)
{
    struct call call;

    call_begin(&call, request);
    uint64_t number = params_uint(&call.params, "person", 1, LIMIT_PEOPLE, REQUIRED);
    const struct person *person = board_person(board->fold, number);
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (act && (!person || person->erased)) {
        act_refuse(act, ERR_UNKNOWN_PERSON, 0);
    } else if (act) {
        act->staff = true;
        act->command.kind = CMD_ROLE;
        act->command.target = person->key;
        act->command.role = ROLE_PARTICIPANT;
        act_run(act);
    }
}
