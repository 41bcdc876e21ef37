/* session_open — how a session begins: anew, where it was left, or by an invitation; and what
   its holder is told of it. */
#include "app/state.h"

#include "auth/random.h"
#include "base/time.h"
#include "pinson/limits.h"
#include "wire/entry.h"
#include "wire/json.h"
#include "wire/member.h"
#include "wire/names.h"

#include <string.h>

static void write_limits(struct buf *to)
{
    buf_printf(to,
               "{\"idea_min\":%d,\"idea_max\":%d,\"name_max\":%d,\"note_max\":%d,"
               "\"message_max_bytes\":%d,\"in_flight\":%d,\"list_max\":%d,\"serve_max\":%d}",
               LIMIT_IDEA_MIN_DEFAULT, LIMIT_IDEA_MAX_DEFAULT, LIMIT_NAME_MAX_GRAPHEMES,
               LIMIT_NOTE_MAX_GRAPHEMES, LIMIT_MESSAGE_MAX_BYTES, LIMIT_IN_FLIGHT,
               LIMIT_LIST_COUNT, LIMIT_SERVE_COUNT);
}

static void write_roles(struct buf *to, struct app *app, const struct session *session)
{
    const char *comma = "";

    buf_add_char(to, '{');
    if (session->role > ROLE_PARTICIPANT) {
        buf_printf(to, "\"*\":\"%s\"", name_of_role(session->role));
        comma = ",";
    }
    for (size_t i = 0; i < app->boards_count; i++) {
        struct viewer viewer = board_viewer(app->boards[i], session);

        if (viewer.person && viewer.person->role > ROLE_PARTICIPANT) {
            buf_printf(to, "%s\"%s\":\"%s\"", comma, app->boards[i]->slug,
                       name_of_role(viewer.person->role));
            comma = ",";
        }
    }
    buf_add_char(to, '}');
}

void session_tell_roles(struct app *app, const struct session *session)
{
    AUTO_BUF params = {0};
    AUTO_BUF text = {0};

    buf_add_text(&params, "{\"roles\":");
    write_roles(&params, app, session);
    buf_add_char(&params, '}');
    rpc_write_notification(&text, "session.changed", buf_view(&params));
    AUTO(frame) struct frame *frame = frame_create(buf_view(&text));

    for (struct list *at = app->clients.next; at != &app->clients; at = at->next) {
        struct client *client = LIST_ITEM(at, struct client, link);

        if (client->session == session) {
            peer_send(client->peer, frame);
        }
    }
}

/* Who answers for the site, as its operator said. */
static void write_site(struct buf *to, const struct app_config *config)
{
    buf_add_text(to, "{\"responsible\":");
    json_write_text_or_null(to, view_of(config->responsible));
    buf_add_text(to, ",\"contact\":");
    json_write_text_or_null(to, view_of(config->contact));
    member_uint_or_null(to, "keep_months", config->keep_months);
    buf_add_char(to, '}');
}

/* What a request that waits for the store needs to be answered. */
struct open_request {
    struct app *app;
    uint64_t client_id; /* it may have closed while the store was asked */
    struct buf id;
    struct token token;    /* shown to its holder */
    bool by_cookie;        /* nobody chose it: one that has ended is no news */
    char lang[LANG_BYTES]; /* for a new session */
    struct session *session;
    enum role role;          /* of an invitation */
    struct app_board *board; /* of an invitation; NULL: the installation */
    bool carries_on;         /* the invitation is its holder's own, for account */
    unsigned char account[ACCOUNT_BYTES];
    struct board_key ticket; /* that its holder has, too; "": none */
    bool guessed;            /* a code, of which a wrong one counts */
};

static void open_finish(struct open_request *open)
{
    if (open->session) {
        session_release(open->app, open->session);
    }
    open->app->owed--;
    buf_finish(&open->id);
    mem_free(open);
}

static void open_refused(struct open_request *open, enum err err)
{
    struct client *client = client_find(open->app, open->client_id);

    if (client) {
        client->opening = false;
        client_refuse(client, buf_view(&open->id), err, NULL);
    }
    open_finish(open);
}

static void open_done(struct open_request *open)
{
    struct client *client = client_find(open->app, open->client_id);
    AUTO_BUF result = {0};

    if (client) {
        client->opening = false;
        client->session = open->session;
        client->session->holders++;
        buf_printf(&result,
                   "{\"token\":\"%s\",\"person_name\":null,\"roles\":", open->token.text);
        write_roles(&result, open->app, client->session);
        buf_printf(&result,
                   ",\"now\":%llu,\"server\":{\"name\":\"pinson\",\"version\":\"%s\","
                   "\"protocol\":\"%s\"},\"limits\":",
                   (unsigned long long)time_now_ms(), PINSON_VERSION, PINSON_PROTOCOL);
        write_limits(&result);
        buf_add_text(&result, ",\"site\":");
        write_site(&result, &open->app->config);
        member_text(&result, "board", view_of(open->board ? open->board->slug : NULL));
        buf_add_char(&result, '}');
        client_reply(client, buf_view(&open->id), buf_view(&result));
    }
    open_finish(open);
}

static void open_as(struct open_request *open, struct session *session)
{
    open->session = session;
    session->holders++;
}

static struct session *new_guest(struct open_request *open)
{
    open->token = token_create();
    struct token_hash hash = token_hash(view_of(open->token.text));
    struct session *session = session_create(open->app, &hash);

    random_bytes(session->account, ACCOUNT_BYTES);
    if (open->lang[0]) {
        memcpy(session->lang, open->lang, sizeof session->lang);
    }
    return session;
}

static void open_guest(struct open_request *open)
{
    open_as(open, new_guest(open));
    open_done(open);
}

static void open_unknown(struct open_request *open)
{
    if (open->by_cookie) {
        open_guest(open);
    } else {
        open_refused(open, ERR_SIGNED_OUT);
    }
}

static void on_session(void *user, enum err err, struct session *session)
{
    struct open_request *open = user;

    if (err == ERR_SIGNED_OUT) {
        open_unknown(open);
    } else if (err) {
        open_refused(open, err);
    } else {
        open_as(open, session);
        open_done(open);
    }
}

static void on_role_appended(void *user, enum err err, struct entry_id id)
{
    (void)id;
    if (err) {
        open_refused(user, err);
    } else {
        open_done(user);
    }
}

/* Staff of a board are made by its log, so that what they do comes after it. */
static void on_staff_key(void *user, enum err err, uint64_t key)
{
    struct open_request *open = user;
    struct command command = {.kind = CMD_ROLE, .role = open->role, .target = key};
    AUTO_BUF bytes = {0};

    if (err) {
        open_refused(open, err);
        return;
    }
    map_put(&open->session->person_keys, (uint64_t)(uintptr_t)open->board, key);
    command.epoch = open->board->fold->epoch;
    entry_write(&bytes, &command);
    store_append(open->app->store, open->board->key, buf_view(&bytes), NULL, 0,
                 on_role_appended, open);
}

/* {"account","role","lang","ticket"}: of session.transfer. */
static bool read_transfer(struct open_request *open, const json_t *json)
{
    struct view lang = json_view(json_object_get(json, "lang"));

    role_of_name(json_view(json_object_get(json, "role")), &open->role);
    if (!open->lang[0] && lang.len < LANG_BYTES) {
        memcpy(open->lang, lang.ptr ? lang.ptr : "", lang.len);
    }
    session_read_key(json_view(json_object_get(json, "ticket")), &open->ticket);
    open->carries_on = view_to_bytes(json_view(json_object_get(json, "account")), open->account,
                                     ACCOUNT_BYTES);
    return open->carries_on;
}

/* Whoever made it may still give roles; whose role was taken has no link left to come back by.
 */
static bool is_given(const struct app_board *board, const json_t *json)
{
    uint64_t by = 0;

    if (!view_to_hex64(json_view(json_object_get(json, "by")), &by)) {
        return true;
    }
    const struct person *person =
        board_person(board->fold, board_person_number(board->fold, by));

    return person && person->role >= ROLE_LEAD;
}

static bool read_invitation(struct open_request *open, struct view value)
{
    json_auto_t *json = json_loadb(value.ptr, value.len, JSON_REJECT_DUPLICATES, NULL);
    struct view b = json_view(json_object_get(json, "board"));
    struct board_key key = {""};

    if (json_object_get(json, "account")) {
        return read_transfer(open, json);
    }
    if (!role_of_name(json_view(json_object_get(json, "role")), &open->role) ||
        b.len >= sizeof key.id) {
        return false;
    }
    if (!b.len) {
        return true;
    }
    memcpy(key.id, b.ptr, b.len);
    open->board = app_board_by_key(open->app, key);
    if (json_object_get(json, "ticket")) {
        open->ticket = key;
        open->carries_on = view_to_bytes(json_view(json_object_get(json, "ticket")),
                                         open->account, ACCOUNT_BYTES);
    }
    return open->board && is_given(open->board, json) &&
           open->carries_on == (json_object_get(json, "ticket") != NULL);
}

/* The guess was none: what was taken for it is given back. */
static void forgive(struct open_request *open)
{
    const struct client *client = client_find(open->app, open->client_id);

    if (open->guessed && client) {
        bucket_give(bucket_get(&open->app->guessers, client->address_hash));
    }
}

static void on_invitation(void *user, enum err err, struct view value)
{
    struct open_request *open = user;

    if (err || !value.len || !read_invitation(open, value)) {
        open_refused(open, err && err != ERR_GONE ? err : ERR_GONE);
        return;
    }
    forgive(open);
    open_as(open, new_guest(open));
    open->session->ticket = open->ticket;
    if (open->carries_on) {
        memcpy(open->session->account, open->account, ACCOUNT_BYTES);
    }
    if (!open->board) {
        open->session->role = open->role;
    }
    session_keep(open->app, open->session);
    if (open->board && open->role > ROLE_PARTICIPANT) {
        struct digest account = session_account(open->session);

        store_person(open->app->store, open->board->key, &account, random_u64(), on_staff_key,
                     open);
    } else {
        open_done(open);
    }
}

static struct open_request *open_create(struct client *client,
                                        const struct rpc_request *request, struct view lang)
{
    struct open_request *open = mem_alloc(sizeof *open);

    open->app = client->app;
    open->client_id = client->id;
    buf_add_view(&open->id, buf_view(&request->id));
    if (lang.len && lang.len < LANG_BYTES) {
        memcpy(open->lang, lang.ptr, lang.len);
    }
    client->opening = true;
    client->app->owed++;
    return open;
}

static void open_token(struct open_request *open, struct view token)
{
    memcpy(open->token.text, token.ptr, token.len);
    session_load(open->app, token, on_session, open);
}

/* How long a guess has to wait: right ones, which cost nothing, wait behind wrong ones. */
static uint64_t guess_wait_ms(struct client *client)
{
    static const struct rate guess_rate = {LIMIT_GUESS_BURST, LIMIT_GUESS_EACH_MS * 1000.0};
    struct app *app = client->app;

    return client->address[0] ? bucket_take(bucket_get(&app->guessers, client->address_hash),
                                            rate_scaled(guess_rate, app->config.limits_factor),
                                            time_monotonic_us())
                              : 0;
}

/* A link is opened once; a ticket's code again and again. Found by their hash: how long that
   takes tells nothing of how right a wrong one was. */
static void open_invited(struct open_request *open, struct view invite)
{
    struct token code;
    bool is_code = token_code_parse(invite, &code);
    AUTO_BUF name = {0};

    if (!is_code && !token_is(invite)) {
        open_refused(open, ERR_GONE);
        return;
    }
    if (!open->app->index_read) {
        open_refused(open, ERR_UNAVAILABLE); /* its board may not be known yet */
        return;
    }
    struct token_hash hash = token_hash(is_code ? view_of(code.text) : invite);

    open->guessed = is_code;
    session_key_name(&name, "invite", &hash);
    if (is_code) {
        store_get(open->app->store, buf_view(&name), on_invitation, open);
    } else {
        store_take(open->app->store, buf_view(&name), on_invitation, open);
    }
}

void method_session_open(struct client *client, struct rpc_request *request,
                         struct app_board *board)
{
    struct params params;

    (void)board;
    params_init(&params, request->params);
    struct view token = params_string(&params, "token", OPTIONAL);
    struct view invite = params_string(&params, "invite", OPTIONAL);
    struct view lang = params_string(&params, "lang", OPTIONAL);

    (void)params_string(&params, "name", OPTIONAL);
    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
        return;
    }
    if (client->session || client->opening) {
        client_refuse(client, buf_view(&request->id), ERR_CONFLICT, NULL);
        return;
    }
    struct token code;
    uint64_t wait = invite.ptr && token_code_parse(invite, &code) ? guess_wait_ms(client) : 0;

    if (wait) {
        client_hold(client, buf_view(&request->id), wait);
        return;
    }
    struct open_request *open = open_create(client, request, lang);

    if (invite.ptr) {
        open_invited(open, invite);
    } else if (token.ptr && token_is(token)) {
        open_token(open, token);
    } else if (token.ptr) {
        open_refused(open, ERR_SIGNED_OUT);
    } else if (client->cookie.text[0]) {
        open->by_cookie = true;
        open_token(open, view_of(client->cookie.text));
    } else {
        open_guest(open);
    }
}
