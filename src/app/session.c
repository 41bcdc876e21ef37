/* session — who is at the other end: guests, and those who hold an invitation. */
#include "app/state.h"

#include "auth/random.h"
#include "base/time.h"
#include "pinson/limits.h"
#include "wire/entry.h"
#include "wire/json.h"
#include "wire/member.h"
#include "wire/names.h"

#include <string.h>

enum {
    READERS_MAX = 100000 /* sessions kept for readers who may come back */
};

#define READER_LINGERS_US (UINT64_C(600) * 1000 * 1000)

static uint64_t map_key(const struct token_hash *hash)
{
    uint64_t key = 0;

    view_to_hex64((struct view){hash->text, 16}, &key);
    return key;
}

struct digest session_account(const struct session *session)
{
    struct view none = {NULL, 0};

    return hash_blake2b((struct view){(const char *)session->account, ACCOUNT_BYTES}, none,
                        none);
}

bool session_may_enter(const struct session *session, const struct app_board *board)
{
    enum entry_rule rule = board->fold->definition.entry;
    bool staff = board_viewer(board, session).role >= ROLE_MODERATOR;
    bool ticket = strcmp(session->ticket.id, board->key.id) == 0;

    if (rule == ENTRY_OPEN || staff || ticket) {
        return true;
    }
    return rule == ENTRY_CODE && map_find(&session->entered, (uint64_t)(uintptr_t)board);
}

bool session_may_read(const struct session *session, const struct app_board *board)
{
    if (board->fold->definition.visibility != VISIBILITY_PRIVATE) {
        return true;
    }
    struct viewer viewer = board_viewer(board, session);

    return viewer.person || viewer.role >= ROLE_MODERATOR ||
           (session && (strcmp(session->ticket.id, board->key.id) == 0 ||
                        map_find(&session->entered, (uint64_t)(uintptr_t)board)));
}

bool session_is_same_account(const struct session *a, const struct session *b)
{
    return memcmp(a->account, b->account, ACCOUNT_BYTES) == 0;
}

struct session *session_find(const struct app *app, const struct token_hash *hash)
{
    return map_find_ptr(&app->sessions, map_key(hash));
}

static struct session *session_create(struct app *app, const struct token_hash *hash)
{
    struct session *session = mem_alloc(sizeof *session);

    session->hash = *hash;
    memcpy(session->lang, "fr", 3);
    list_init(&session->clients);
    list_init(&session->arriving);
    map_put_ptr(&app->sessions, map_key(hash), session);
    return session;
}

static void session_destroy(struct session *session)
{
    map_finish(&session->person_keys);
    map_finish(&session->entered);
    mem_free(session);
}

static void session_forget(struct app *app, struct session *session)
{
    map_remove(&app->sessions, map_key(&session->hash));
    session_destroy(session);
}

/* A reader's session is nowhere else: it outlives a reload of the page. */
void session_release(struct app *app, struct session *session)
{
    if (--session->holders > 0) {
        return;
    }
    session->left_us = time_monotonic_us();
    if (session->durable || app->sessions.count > READERS_MAX) {
        session_forget(app, session);
    }
}

void sessions_expire(struct app *app)
{
    uint64_t now_us = time_monotonic_us();

    for (size_t i = 0; i < app->sessions.room; i++) {
        struct session *session = app->sessions.slots[i].used
                                      ? map_find_ptr(&app->sessions, app->sessions.slots[i].key)
                                      : NULL;

        if (session && !session->holders && now_us - session->left_us > READER_LINGERS_US) {
            session_forget(app, session); /* what moves into this slot is seen next time */
        }
    }
}

void sessions_destroy(struct app *app)
{
    for (size_t i = 0; i < app->sessions.room; i++) {
        if (app->sessions.slots[i].used) {
            session_destroy(map_find_ptr(&app->sessions, app->sessions.slots[i].key));
        }
    }
    map_finish(&app->sessions);
}

void session_key_name(struct buf *to, const char *kind, const struct token_hash *hash)
{
    buf_printf(to, "%s:%s", kind, hash->text);
}

static void on_kept(void *user, enum err err)
{
    (void)user;
    (void)err; /* what follows it on the same connection fares alike */
}

void session_keep(struct app *app, struct session *session)
{
    AUTO_BUF name = {0};
    AUTO_BUF value = {0};

    if (session->durable) {
        return;
    }
    session_key_name(&name, "session", &session->hash);
    buf_add_text(&value, "{\"account\":\"");
    buf_add_hex(&value, session->account, ACCOUNT_BYTES);
    buf_add_text(&value, "\",\"role\":");
    json_write_text_or_null(
        &value, view_of(session->role > ROLE_VISITOR ? name_of_role(session->role) : NULL));
    buf_add_text(&value, ",\"lang\":");
    json_write_string(&value, view_of(session->lang));
    member_text(&value, "ticket", view_of(session->ticket.id[0] ? session->ticket.id : NULL));
    buf_printf(&value, ",\"at\":%llu}", (unsigned long long)time_now_ms());
    session->durable = true;
    store_put(app->store, buf_view(&name), buf_view(&value), SESSION_TTL_MS, on_kept, NULL);
}

static void read_key(struct view text, struct board_key *out)
{
    if (text.len && text.len < sizeof out->id) {
        memcpy(out->id, text.ptr, text.len);
    }
}

bool session_read(struct session *session, struct view value)
{
    json_auto_t *json = json_loadb(value.ptr, value.len, JSON_REJECT_DUPLICATES, NULL);
    struct view account = json_view(json_object_get(json, "account"));

    read_key(json_view(json_object_get(json, "ticket")), &session->ticket);

    if (!view_to_bytes(account, session->account, ACCOUNT_BYTES)) {
        return false;
    }
    session->durable = true;
    session->role = ROLE_VISITOR;
    role_of_name(json_view(json_object_get(json, "role")), &session->role);
    return true;
}

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

/* The session that the store tells of, now in memory; NULL: it tells of none. */
static struct session *session_from(struct app *app, const struct token_hash *hash,
                                    struct view value)
{
    struct session *session = value.len ? session_create(app, hash) : NULL;

    if (session && !session_read(session, value)) {
        session_forget(app, session);
        session = NULL;
    }
    return session;
}

static void on_session_read(void *user, enum err err, struct view value)
{
    struct open_request *open = user;
    struct token_hash hash = token_hash(view_of(open->token.text));
    struct session *session = session_find(open->app, &hash);

    if (err && err != ERR_GONE) {
        open_refused(open, err);
        return;
    }
    session = session ? session : session_from(open->app, &hash, value);
    if (!session) {
        open_unknown(open);
        return;
    }
    open_as(open, session);
    open_done(open);
}

/* A token that came with a request of HTTP. */
struct loading {
    struct app *app;
    struct token_hash hash;
    session_loaded *done;
    void *user;
};

static void on_loaded(void *user, enum err err, struct view value)
{
    struct loading *loading = user;
    struct session *session = session_find(loading->app, &loading->hash);

    if (!session && !err) {
        session = session_from(loading->app, &loading->hash, value);
    }
    err = err == ERR_GONE ? OK : err;
    loading->done(loading->user, session ? OK : (err ? err : ERR_SIGNED_OUT), session);
    mem_free(loading);
}

void session_load(struct app *app, struct view token, session_loaded *done, void *user)
{
    struct token_hash hash = token_hash(token);
    struct session *known = session_find(app, &hash);
    AUTO_BUF name = {0};

    if (known) {
        done(user, OK, known);
        return;
    }
    struct loading *loading = mem_alloc(sizeof *loading);

    *loading = (struct loading){.app = app, .hash = hash, .done = done, .user = user};
    session_key_name(&name, "session", &hash);
    store_get(app->store, buf_view(&name), on_loaded, loading);
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
    read_key(json_view(json_object_get(json, "ticket")), &open->ticket);
    open->carries_on = view_to_bytes(json_view(json_object_get(json, "account")), open->account,
                                     ACCOUNT_BYTES);
    return open->carries_on;
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
    return open->board && open->carries_on == (json_object_get(json, "ticket") != NULL);
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
    AUTO_BUF name = {0};

    memcpy(open->token.text, token.ptr, token.len);
    struct token_hash hash = token_hash(token);
    struct session *known = session_find(open->app, &hash);

    if (known) {
        open_as(open, known);
        open_done(open);
        return;
    }
    session_key_name(&name, "session", &hash);
    store_get(open->app->store, buf_view(&name), on_session_read, open);
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
