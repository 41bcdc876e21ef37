/* session — who is at the other end: in memory while they are there, in the store once they
   have acted. */
#include "app/state.h"

#include "base/time.h"
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

bool session_has_ticket(const struct session *session, const struct app_board *board)
{
    return strcmp(session->ticket.id, board->key.id) == 0;
}

static bool knows_code(const struct session *session, const struct app_board *board)
{
    return map_find(&session->entered, (uint64_t)(uintptr_t)board);
}

bool session_may_enter(const struct session *session, const struct app_board *board)
{
    enum entry_rule rule = board->fold->definition.entry;
    bool staff = board_viewer(board, session).role >= ROLE_MODERATOR;

    return rule == ENTRY_OPEN || staff || session_has_ticket(session, board) ||
           (rule == ENTRY_CODE && knows_code(session, board));
}

bool session_may_read(const struct session *session, const struct app_board *board)
{
    struct viewer viewer = board_viewer(board, session);

    if (board->fold->state == BOARD_DRAFT) {
        return viewer.role >= ROLE_MODERATOR;
    }
    return board->fold->definition.visibility != VISIBILITY_PRIVATE || viewer.person ||
           viewer.role >= ROLE_MODERATOR ||
           (session && (session_has_ticket(session, board) || knows_code(session, board)));
}

bool session_is_same_account(const struct session *a, const struct session *b)
{
    return memcmp(a->account, b->account, ACCOUNT_BYTES) == 0;
}

struct session *session_find(const struct app *app, const struct token_hash *hash)
{
    return map_find_ptr(&app->sessions, map_key(hash));
}

struct session *session_create(struct app *app, const struct token_hash *hash)
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

void session_read_key(struct view text, struct board_key *out)
{
    if (text.len && text.len < sizeof out->id) {
        memcpy(out->id, text.ptr, text.len);
    }
}

/* What the store keeps of one; false: it is none. */
static bool read_value(struct session *session, struct view value)
{
    json_auto_t *json = json_loadb(value.ptr, value.len, JSON_REJECT_DUPLICATES, NULL);
    struct view account = json_view(json_object_get(json, "account"));

    session_read_key(json_view(json_object_get(json, "ticket")), &session->ticket);

    if (!view_to_bytes(account, session->account, ACCOUNT_BYTES)) {
        return false;
    }
    session->durable = true;
    session->role = ROLE_VISITOR;
    role_of_name(json_view(json_object_get(json, "role")), &session->role);
    return true;
}

/* The one that the store tells of, now in memory; NULL: it tells of none. */
static struct session *session_from(struct app *app, const struct token_hash *hash,
                                    struct view value)
{
    struct session *session = value.len ? session_create(app, hash) : NULL;

    if (session && !read_value(session, value)) {
        session_forget(app, session);
        session = NULL;
    }
    return session;
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
