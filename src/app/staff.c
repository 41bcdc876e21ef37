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
            session_person_key(client->session, board) == key && client_joined(client, board)) {
            client_resync(client, board, "role");
        }
    }
}

/* What the gesture's n-th link comes of: the same when it is sent again, and known to nobody
   who does not know what the session's account is. */
static struct invitation invitation_of(const struct act *act, uint32_t n)
{
    const struct command *command = &act->command;
    struct view key = {(const char *)act->session->account, ACCOUNT_BYTES};
    AUTO_BUF message = {0};

    buf_printf(&message, "invite %s %s %llx-%llx %u", act->board->key.id,
               name_of_role(command->role), (unsigned long long)command->op.high,
               (unsigned long long)command->op.low, n);
    return (struct invitation){.role = command->role,
                               .board = &act->board->key,
                               .by = command->person,
                               .secret = hash_keyed(key, buf_view(&message))};
}

static void on_put(void *user, enum err err)
{
    (void)user;
    (void)err; /* the entry that follows it on the same connection fares alike */
}

/* The links are in the store before anybody is shown them, once: a repeat makes none anew. */
static enum err invite_prepare(struct act *act, struct buf *result)
{
    enum err err = board_check(act->board->fold, &act->command);

    (void)result;
    for (uint32_t n = 0; !err && n < act->command.count; n++) {
        struct invitation invitation = invitation_of(act, n);
        AUTO_BUF name = {0};
        AUTO_BUF value = {0};

        invitation_write(&invitation, &name, &value);
        store_put(act->app->store, buf_view(&name), buf_view(&value),
                  invitation_ttl_ms(&invitation), on_put, NULL);
    }
    return err;
}

static void write_qr(struct buf *to, const struct app_board *board, struct view link)
{
    struct view title = texts_find(&board->texts, board->fold->definition.title.ref);
    AUTO_BUF svg = {0};
    enum err err = qr_write_svg(link, title, &svg);

    json_write_text_or_null(to, err ? (struct view){NULL, 0} : buf_view(&svg));
}

/* {"links":[…]}, and "qr":[…] where they are drawn. */
static void answer_links(const struct act *act, uint64_t version, struct buf *result)
{
    AUTO_BUF drawn = {0};

    (void)version;
    buf_add_text(result, "{\"links\":[");
    for (uint32_t n = 0; act->client && n < act->command.count; n++) {
        struct invitation invitation = invitation_of(act, n);
        struct token token = invitation_token(&invitation);
        AUTO_BUF link = {0};

        buf_printf(&link, "%s/#invite=%s", act->client->base, token.text);
        buf_add_text(result, n ? "," : "");
        json_write_string(result, buf_view(&link));
        if (act->draws) {
            buf_add_text(&drawn, n ? "," : ",\"qr\":[");
            write_qr(&drawn, act->board, buf_view(&link));
        }
    }
    buf_add_char(result, ']');
    if (drawn.len) {
        buf_add_view(result, buf_view(&drawn));
        buf_add_char(result, ']');
    }
    buf_add_char(result, '}');
}

void method_staff_invite(struct client *client, struct rpc_request *request,
                         struct app_board *board)
{
    struct call call;
    enum role role = ROLE_VISITOR;

    call_begin(&call, request);
    bool draws = params_bool(&call.params, "qr", OPTIONAL);
    bool several = params_has(&call.params, "count");
    uint64_t most = draws ? DRAWN_MAX : LIMIT_INVITATIONS;
    uint64_t count = params_uint(&call.params, "count", 1, most, OPTIONAL);

    if (!role_of_name(params_string(&call.params, "role", REQUIRED), &role) ||
        role < ROLE_PARTICIPANT || role > ROLE_LEAD) {
        params_wrong(&call.params, "role");
    }
    struct act *act = call_end(&call, client, request, board, answer_links);

    if (act) {
        act->staff = true;
        act->draws = draws;
        act->prepare = invite_prepare;
        act->command.kind = CMD_INVITE;
        act->command.role = role;
        act->command.count = several ? (uint32_t)count : 1;
        act_run(act);
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
