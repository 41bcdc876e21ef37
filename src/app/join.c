/* join — board.join and board.leave: who watches a board, and what they are told first. */
#include "app/state.h"

#include "base/time.h"
#include "wire/events.h"
#include "wire/moderation.h"

#include <string.h>

enum {
    DELTA_MAX = 2000 /* changed ideas; more: a snapshot is shorter */
};

/* A board.join that waits for the store: for a code, or for who the person is there. */
struct join {
    struct app *app;
    uint64_t client_id;
    struct session *session;
    struct app_board *board;
    struct buf id;
    bool resumes;
    uint64_t epoch;
    uint64_t version;
};

static void join_finish(struct join *join)
{
    session_release(join->app, join->session);
    join->app->owed--;
    buf_finish(&join->id);
    mem_free(join);
}

static void join_refused(struct join *join, enum err err)
{
    struct client *client = client_find(join->app, join->client_id);

    if (client) {
        client_refuse(client, buf_view(&join->id), err, NULL);
    }
    join_finish(join);
}

static void write_head_of(struct buf *to, const struct viewer *viewer)
{
    buf_add_text(to, ",\"epoch\":");
    epoch_write(to, viewer->board->epoch);
    buf_printf(to, ",\"version\":%llu,\"head\":", (unsigned long long)viewer->board->version);
    if (view_shows_scores(viewer)) {
        head_write(to, &viewer->board->head);
    } else {
        buf_add_text(to, "null");
    }
    buf_printf(to, ",\"now\":%llu}", (unsigned long long)time_now_ms());
}

/* ,"moderation":{waiting,taken}, for staff. */
static void write_moderation(struct buf *to, const struct viewer *viewer)
{
    if (viewer->role < ROLE_MODERATOR) {
        return;
    }
    buf_add_text(to, ",\"moderation\":{\"waiting\":");
    waiting_write(to, viewer->board);
    buf_add_text(to, ",\"taken\":");
    leases_write(to, viewer, time_now_ms());
    buf_add_char(to, '}');
}

static void write_snapshot(struct buf *to, const struct app_board *board,
                           const struct viewer *viewer)
{
    buf_add_text(to, "{\"snapshot\":{");
    board_write_head(to, viewer);
    board_write_ideas(to, viewer, LIMIT_SNAPSHOT_IDEAS);
    buf_add_text(to, ",\"me\":");
    me_write(to, viewer);
    write_moderation(to, viewer);
    buf_printf(to, ",\"watching\":%zu}", board->room.count);
    write_head_of(to, viewer);
}

static void write_delta(struct buf *to, const struct viewer *viewer, uint64_t since)
{
    buf_add_text(to, "{\"events\":");
    events_write(to, viewer, since, NULL);
    buf_add_text(to, ",\"scores\":");
    scores_write(to, viewer, since);
    buf_add_text(to, ",\"pool\":");
    pool_write(to, viewer);
    buf_add_text(to, ",\"me\":");
    me_write(to, viewer);
    write_moderation(to, viewer);
    write_head_of(to, viewer);
}

static bool can_resume(const struct join *join)
{
    const struct board *fold = join->board->fold;
    size_t changed = 0;

    if (!join->resumes || join->epoch != fold->epoch || join->version > fold->version) {
        return false;
    }
    for (size_t i = 0; i < fold->ideas_count; i++) {
        changed += fold->ideas[i].changed_version > join->version;
    }
    return changed <= DELTA_MAX;
}

static bool watch(struct client *client, struct app_board *board, uint32_t person)
{
    client_leave(client, board); /* joining again starts afresh */
    if (client->joined_count == LIMIT_BOARDS_JOINED) {
        return false;
    }
    client->joined[client->joined_count++] = (struct joined){
        .board = board, .watcher = room_add(&board->room, client->peer, person)};
    return true;
}

static void join_done(struct join *join)
{
    struct client *client = client_find(join->app, join->client_id);
    struct viewer viewer = board_viewer(join->board, join->session);
    AUTO_BUF result = {0};

    viewer.outside = !viewer.person && !session_may_enter(join->session, join->board);
    if (!client) {
        join_finish(join);
        return;
    }
    if (!session_may_read(join->session, join->board)) {
        join_refused(join, ERR_UNKNOWN_BOARD); /* it is still being prepared, or not for them */
        return;
    }
    if (!watch(client, join->board, viewer.person ? viewer.person->number : 0)) {
        join_refused(join, ERR_FULL);
        return;
    }
    if (can_resume(join)) {
        write_delta(&result, &viewer, join->version);
    } else {
        write_snapshot(&result, join->board, &viewer);
    }
    client_reply(client, buf_view(&join->id), buf_view(&result));
    join_finish(join);
}

static void on_join_person(void *user, enum err err, uint64_t key)
{
    struct join *join = user;

    if (!err && key && !board_has_erased(join->board, key)) {
        map_put(&join->session->person_keys, (uint64_t)(uintptr_t)join->board, key);
    }
    join_done(join); /* the board can be read all the same */
}

/* Reading creates no person: one is only looked for where the session has acted before. */
static void join_board(struct join *join)
{
    if (!join->board->live) {
        join_refused(join, ERR_UNAVAILABLE);
        return;
    }
    if (!join->session->durable || session_person_key(join->session, join->board) ||
        !join->app->available) {
        join_done(join);
        return;
    }
    struct digest account = session_account(join->session);

    store_person(join->app->store, join->board->key, &account, 0, on_join_person, join);
}

static void on_code(void *user, enum err err, struct view value)
{
    struct join *join = user;
    struct board_key key = {""};

    if (err || !value.len || value.len >= sizeof key.id) {
        join_refused(join, err && err != ERR_GONE ? err : ERR_UNKNOWN_BOARD);
        return;
    }
    memcpy(key.id, value.ptr, value.len);
    join->board = app_board_by_key(join->app, key);
    if (join->board) {
        map_put(&join->session->entered, (uint64_t)(uintptr_t)join->board, 1);
        join_board(join);
    } else {
        join_refused(join, ERR_UNKNOWN_BOARD);
    }
}

static void find_by_code(struct join *join, struct view code)
{
    AUTO_BUF name = {0};

    buf_add_text(&name, "code:");
    buf_add_view(&name, code);
    store_get(join->app->store, buf_view(&name), on_code, join);
}

static struct join *join_create(struct client *client, const struct rpc_request *request)
{
    struct join *join = mem_alloc(sizeof *join);

    join->app = client->app;
    join->client_id = client->id;
    join->session = client->session;
    join->session->holders++;
    join->app->owed++;
    buf_add_view(&join->id, buf_view(&request->id));
    return join;
}

static bool read_since(struct params *params, uint64_t *epoch, uint64_t *version)
{
    json_t *since = params_any(params, "since");
    struct params inner;

    if (!since) {
        return false;
    }
    params_init(&inner, json_is_object(since) ? since : NULL);
    bool ok = view_to_hex64(params_string(&inner, "epoch", REQUIRED), epoch);

    *version = params_uint(&inner, "version", 0, UINT32_MAX, REQUIRED);
    if (!ok || params_done(&inner)) {
        params_wrong(params, "since");
    }
    return true;
}

void method_board_join(struct client *client, struct rpc_request *request,
                       struct app_board *board)
{
    struct params params;
    uint64_t epoch = 0;
    uint64_t version = 0;

    (void)board;
    params_init(&params, request->params);
    struct view name = params_string(&params, "board", REQUIRED);
    bool resumes = read_since(&params, &epoch, &version);

    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
        return;
    }
    struct join *join = join_create(client, request);

    join->resumes = resumes;
    join->epoch = epoch;
    join->version = version;
    join->board = app_board_find(client->app, name);
    if (join->board) {
        join_board(join);
    } else if (!client->app->index_read || !client->app->available) {
        join_refused(join, ERR_UNAVAILABLE);
    } else if (join_code_is(name)) {
        find_by_code(join, name);
    } else {
        join_refused(join, ERR_UNKNOWN_BOARD);
    }
}

void method_board_leave(struct client *client, struct rpc_request *request,
                        struct app_board *board)
{
    struct params params;

    params_init(&params, request->params);
    (void)params_string(&params, "board", REQUIRED);
    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
        return;
    }
    client_leave(client, board);
    client_reply(client, buf_view(&request->id), view_of("{}"));
}
