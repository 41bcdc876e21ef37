/* client — a connection: its messages become calls of the table below. */
#include "app/state.h"

#include "base/time.h"
#include "wire/names.h"

#include <string.h>

/* Every method: who may call it, and what it needs. In the order of the alphabet. */
static const struct method methods[] = {
    {"board.alerts", ROLE_LEAD, false, true, method_board_alerts},
    {"board.announce", ROLE_MODERATOR, false, true, method_board_announce},
    {"board.archive", ROLE_LEAD, false, true, method_board_archive},
    {"board.create", ROLE_LEAD, false, false, method_board_create},
    {"board.edit", ROLE_LEAD, false, true, method_board_edit},
    {"board.freeze", ROLE_MODERATOR, false, true, method_board_freeze},
    {"board.history", ROLE_VISITOR, false, true, method_board_history},
    {"board.join", ROLE_VISITOR, false, false, method_board_join},
    {"board.leave", ROLE_VISITOR, false, true, method_board_leave},
    {"board.list", ROLE_VISITOR, false, false, method_board_list},
    {"board.participation", ROLE_LEAD, false, true, method_board_participation},
    {"board.plan", ROLE_LEAD, false, true, method_board_plan},
    {"board.premoderate", ROLE_MODERATOR, false, true, method_board_premoderate},
    {"board.proxy", ROLE_MODERATOR, false, true, method_board_proxy},
    {"board.rehearse", ROLE_LEAD, false, true, method_board_rehearse},
    {"idea.appeal", ROLE_PARTICIPANT, false, true, method_idea_appeal},
    {"idea.build", ROLE_PARTICIPANT, false, true, method_idea_build},
    {"idea.edit", ROLE_PARTICIPANT, false, true, method_idea_edit},
    {"idea.follow", ROLE_PARTICIPANT, false, true, method_idea_follow},
    {"idea.list", ROLE_VISITOR, false, true, method_idea_list},
    {"idea.post", ROLE_PARTICIPANT, false, true, method_idea_post},
    {"idea.seed", ROLE_MODERATOR, false, true, method_idea_seed},
    {"idea.similar", ROLE_VISITOR, false, true, method_idea_similar},
    {"idea.status", ROLE_LEAD, false, true, method_idea_status},
    {"idea.withdraw", ROLE_PARTICIPANT, false, true, method_idea_withdraw},
    {"import.undo", ROLE_LEAD, false, true, method_import_undo},
    {"judge.next", ROLE_PARTICIPANT, false, true, method_judge_next},
    {"judge.skip", ROLE_PARTICIPANT, false, true, method_judge_skip},
    {"mod.approve", ROLE_MODERATOR, false, true, method_mod_approve},
    {"mod.duplicates", ROLE_MODERATOR, false, true, method_mod_duplicates},
    {"mod.hide", ROLE_MODERATOR, false, true, method_mod_hide},
    {"mod.list", ROLE_MODERATOR, false, true, method_mod_list},
    {"mod.log", ROLE_VISITOR, false, true, method_mod_log},
    {"mod.merge", ROLE_MODERATOR, false, true, method_mod_merge},
    {"mod.next", ROLE_MODERATOR, false, true, method_mod_next},
    {"mod.people", ROLE_MODERATOR, false, true, method_mod_people},
    {"mod.redact", ROLE_MODERATOR, false, true, method_mod_redact},
    {"mod.restore", ROLE_MODERATOR, false, true, method_mod_restore},
    {"mod.retheme", ROLE_MODERATOR, false, true, method_mod_retheme},
    {"mod.undo", ROLE_MODERATOR, false, true, method_mod_undo},
    {"mod.union", ROLE_MODERATOR, false, true, method_mod_union},
    {"mod.unmerge", ROLE_MODERATOR, false, true, method_mod_unmerge},
    {"person.declare", ROLE_PARTICIPANT, false, true, method_person_declare},
    {"person.done", ROLE_PARTICIPANT, false, true, method_person_done},
    {"person.erase", ROLE_PARTICIPANT, false, true, method_person_erase},
    {"person.export", ROLE_VISITOR, false, false, method_person_export},
    {"person.rename", ROLE_PARTICIPANT, false, true, method_person_rename},
    {"person.restore", ROLE_MODERATOR, false, true, method_person_restore},
    {"person.suspend", ROLE_MODERATOR, false, true, method_person_suspend},
    {"person.unname", ROLE_MODERATOR, false, true, method_person_unname},
    {"report.file", ROLE_PARTICIPANT, false, true, method_report_file},
    {"report.resolve", ROLE_MODERATOR, false, true, method_report_resolve},
    {"round.close", ROLE_LEAD, false, true, method_round_close},
    {"round.edit", ROLE_LEAD, false, true, method_round_edit},
    {"round.extend", ROLE_LEAD, false, true, method_round_extend},
    {"round.open", ROLE_LEAD, false, true, method_round_open},
    {"round.pause", ROLE_LEAD, false, true, method_round_pause},
    {"round.preview", ROLE_LEAD, false, true, method_round_preview},
    {"round.reopen", ROLE_LEAD, false, true, method_round_reopen},
    {"round.result", ROLE_VISITOR, false, true, method_round_result},
    {"round.reveal", ROLE_LEAD, false, true, method_round_reveal},
    {"session.open", ROLE_VISITOR, true, false, method_session_open},
    {"session.transfer", ROLE_VISITOR, false, false, method_session_transfer},
    {"staff.invite", ROLE_LEAD, false, true, method_staff_invite},
    {"staff.list", ROLE_LEAD, false, true, method_staff_list},
    {"staff.revoke", ROLE_LEAD, false, true, method_staff_revoke},
    {"vote.cast", ROLE_PARTICIPANT, false, true, method_vote_cast},
    {"vote.withdraw", ROLE_PARTICIPANT, false, true, method_vote_withdraw},
};

static const struct rate command_rate = {LIMIT_COMMAND_BURST, LIMIT_COMMAND_EACH_MS * 1000.0};
static const struct rate address_rate = {LIMIT_ADDRESS_BURST, LIMIT_ADDRESS_EACH_US};

void app_write_methods(struct buf *to)
{
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        buf_printf(to, "%s{\"method\":\"%s\",\"role\":\"%s\",\"board\":%s}", i ? ",\n" : "[",
                   methods[i].name, name_of_role(methods[i].role),
                   methods[i].on_board ? "true" : "false");
    }
    buf_add_char(to, ']');
}

static const struct method *method_find(struct view name)
{
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        if (view_is(name, methods[i].name)) {
            return &methods[i];
        }
    }
    return NULL;
}

/* Addresses are personal data: what is remembered of one is a hash with a key of this process.
 */
static uint64_t hash_address(const struct app *app, const char *address)
{
    struct view key = {(const char *)app->address_key, sizeof app->address_key};
    struct digest digest = hash_keyed(key, view_of(address));
    uint64_t hash = 0;

    memcpy(&hash, digest.bytes, sizeof hash);
    return hash;
}

struct client *client_open(struct app *app, struct peer *peer, const struct peer_vtable *calls,
                           const struct client_origin *origin)
{
    struct client *client = mem_alloc(sizeof *client);

    peer_init(peer, &app->hub, calls);
    peer->owner = client;
    client->app = app;
    client->id = ++app->last_client_id;
    client->peer = peer;
    memcpy(client->address, origin->address.ptr ? origin->address.ptr : "",
           origin->address.len < ADDRESS_BYTES ? origin->address.len : ADDRESS_BYTES - 1);
    client->base = mem_copy_text(origin->base.ptr, origin->base.len);
    if (token_is(origin->cookie)) {
        memcpy(client->cookie.text, origin->cookie.ptr, TOKEN_CHARS);
    }
    client->address_hash = hash_address(app, client->address);
    list_add(&app->clients, &client->link);
    list_init(&client->of_session);
    list_init(&client->acts);
    map_put_ptr(&app->clients_by_id, client->id, client);
    return client;
}

struct client *client_find(const struct app *app, uint64_t id)
{
    return map_find_ptr(&app->clients_by_id, id);
}

struct joined *client_joined(struct client *client, const struct app_board *board)
{
    for (size_t i = 0; i < client->joined_count; i++) {
        if (client->joined[i].board == board) {
            return &client->joined[i];
        }
    }
    return NULL;
}

void client_leave(struct client *client, struct app_board *board)
{
    struct joined *joined = client_joined(client, board);

    if (joined) {
        room_remove(&board->room, joined->watcher);
        *joined = client->joined[--client->joined_count];
    }
}

void client_close(struct client *client)
{
    while (client->joined_count) {
        client_leave(client, client->joined[0].board);
    }
    acts_forget_client(client);
    list_remove(&client->of_session);
    if (client->session) {
        session_release(client->app, client->session);
    }
    peer_finish(client->peer);
    map_remove(&client->app->clients_by_id, client->id);
    list_remove(&client->link);
    mem_free(client->base);
    mem_free(client);
}

void client_reply(struct client *client, struct view id, struct view result)
{
    AUTO_BUF text = {0};

    rpc_write_result(&text, id, result);
    peer_send_text(client->peer, buf_view(&text));
    client->in_flight--;
}

static void refuse(struct client *client, struct view id, enum err err, const char *field,
                   uint64_t retry_ms)
{
    AUTO_BUF text = {0};

    rpc_write_error(&text, id, err, field, retry_ms);
    peer_send_text(client->peer, buf_view(&text));
}

void client_refuse(struct client *client, struct view id, enum err err, const char *field)
{
    refuse(client, id, err, field, 0);
    client->in_flight--;
}

void client_hold(struct client *client, struct view id, uint64_t retry_ms)
{
    refuse(client, id, ERR_TOO_FAST, NULL, retry_ms);
    client->in_flight--;
}

/* Twenty bad messages in ten seconds are not a mistake any more. */
static void count_bad(struct client *client)
{
    uint64_t now_us = time_monotonic_us();

    if (now_us - client->bad_since_us > LIMIT_BAD_WINDOW_MS * UINT64_C(1000)) {
        client->bad_since_us = now_us;
        client->bad_count = 0;
    }
    if (++client->bad_count >= LIMIT_BAD_MESSAGES) {
        client->peer->calls->close(client->peer, CLOSE_POLICY);
    }
}

/* How long the client has to wait; 0: it may go on. Reading a board is not rationed by
   session: it costs nobody anything but the address' share. */
static uint64_t wait_ms(struct client *client, const struct method *method)
{
    double factor = client->app->config.limits_factor;
    uint64_t now_us = time_monotonic_us();
    uint64_t wait = 0;

    if (client->address[0]) {
        wait = bucket_take(bucket_get(&client->app->addresses, client->address_hash),
                           rate_scaled(address_rate, factor), now_us);
    }
    if (!wait && client->session && method->role >= ROLE_PARTICIPANT) {
        wait =
            bucket_take(&client->session->commands, rate_scaled(command_rate, factor), now_us);
    }
    return wait;
}

/* The board that the parameters name, when this method is called on one. */
static enum err find_board(struct client *client, const struct method *method,
                           const struct rpc_request *request, struct app_board **out)
{
    const json_t *name = json_object_get(request->params, "board");
    struct app *app = client->app;

    if (!method->on_board) {
        return OK;
    }
    if (!json_is_string(name)) {
        return ERR_PARAMS;
    }
    struct view slug = {json_string_value(name), json_string_length(name)};

    *out = app_board_find(app, slug);
    if (!*out) {
        return app->index_read && app->available ? ERR_UNKNOWN_BOARD : ERR_UNAVAILABLE;
    }
    if (!(*out)->live) {
        return ERR_UNAVAILABLE;
    }
    /* That a draft is being prepared is no secret: who asks for what staff do learns why not.
     */
    bool told = method->role >= ROLE_MODERATOR &&
                (*out)->fold->definition.visibility != VISIBILITY_PRIVATE;

    return told || session_may_read(client->session, *out) ? OK : ERR_UNKNOWN_BOARD;
}

static enum err may_call(struct client *client, const struct method *method,
                         const struct rpc_request *request, struct app_board **board)
{
    if (!client->session && !method->before_open) {
        return ERR_NOT_OPEN;
    }
    enum err err = find_board(client, method, request, board);

    if (err) {
        return err;
    }
    enum role role = client->session ? client->session->role : ROLE_VISITOR;

    if (*board) {
        role = board_viewer(*board, client->session).role;
    }
    return role < method->role ? ERR_FORBIDDEN : OK;
}

/* A call that waits until it is known who its session is on the board. */
struct learning {
    struct app *app;
    struct app_board *board;
    uint64_t client_id;
    struct rpc_request request; /* owned */
};

static void call(struct client *client, struct rpc_request *request, bool learned);

static void on_learned(void *user, enum err err, uint64_t key)
{
    struct learning *learning = user;
    struct client *client = client_find(learning->app, learning->client_id);

    learning->app->owed--;
    if (client && err) {
        client_refuse(client, buf_view(&learning->request.id), err, NULL);
    } else if (client) {
        if (key && client->session && !board_has_erased(learning->board, key)) {
            map_put(&client->session->person_keys, (uint64_t)(uintptr_t)learning->board, key);
        }
        call(client, &learning->request, true);
    }
    rpc_finish(&learning->request);
    mem_free(learning);
}

/* Whoever acted before this server began may be somebody on a board that they have not joined
   since: what nobody may do is only refused once that has been looked up. */
static bool has_to_learn(const struct client *client, const struct app_board *board)
{
    const struct session *session = client->session;

    return board && board->live && session && session->durable && client->app->available &&
           !session_person_key(session, board);
}

static void learn(struct client *client, struct rpc_request *request, struct app_board *board)
{
    struct learning *learning = mem_alloc(sizeof *learning);
    struct digest account = session_account(client->session);

    *learning = (struct learning){.app = client->app,
                                  .board = board,
                                  .client_id = client->id,
                                  .request = {.root = json_incref(request->root),
                                              .method = request->method,
                                              .params = request->params}};
    buf_add_view(&learning->request.id, buf_view(&request->id));
    client->app->owed++;
    store_person(client->app->store, board->key, &account, 0, on_learned, learning);
}

static void call(struct client *client, struct rpc_request *request, bool learned)
{
    const struct method *method = method_find(request->method);
    struct app_board *board = NULL;

    if (!method) {
        count_bad(client);
        client_refuse(client, buf_view(&request->id), ERR_METHOD, NULL);
        return;
    }
    enum err err = may_call(client, method, request, &board);

    if (err && !learned && has_to_learn(client, board)) {
        learn(client, request, board);
        return;
    }
    if (err) {
        if (err == ERR_PARAMS) {
            count_bad(client);
        }
        client_refuse(client, buf_view(&request->id), err, err == ERR_PARAMS ? "board" : NULL);
        return;
    }
    uint64_t wait = wait_ms(client, method);

    if (wait) {
        client_hold(client, buf_view(&request->id), wait);
        return;
    }
    client->least = method->role;
    method->run(client, request, board);
}

void client_message(struct client *client, struct view text)
{
    struct rpc_request request;
    enum err err = rpc_parse(text, &request);

    if (err) {
        count_bad(client);
        refuse(client, buf_view(&request.id), err, NULL, 0);
    } else if (client->in_flight >= LIMIT_IN_FLIGHT) {
        refuse(client, buf_view(&request.id), ERR_TOO_FAST, NULL, LIMIT_COMMAND_EACH_MS);
    } else {
        client->in_flight++;
        call(client, &request, false);
    }
    rpc_finish(&request);
}
