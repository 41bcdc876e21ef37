/*
 * import — a lead brings ideas from a file: what would come in is shown first; then all of it
 * goes into the log together. import.undo takes it out again.
 *
 * The file is read beside the loop. Until the entries are folded here nothing is answered; the
 * op of the gesture names the import, so that asking again does not bring it twice.
 */
#include "app/background.h"
#include "app/call.h"
#include "app/exchange.h"
#include "app/intake.h"
#include "app/query.h"

#include "auth/random.h"
#include "base/time.h"
#include "wire/entry.h"

#include <stdio.h>
#include <string.h>

enum {
    AT_ONCE = 3, /* files that are read or brought: each takes a lot of memory */
    TRIES = 5    /* while others post in between what replies are numbered by */
};

#define PATIENCE_US UINT64_C(20000000)

struct bringing {
    struct list link; /* in app->bringings, from the append on */
    struct exchange *exchange;
    struct app *app;
    struct app_board *board;
    struct session *session; /* held */
    struct view body;        /* of the request, which lasts as long as its answer is owed */
    struct buf map;
    struct buf themes;
    struct import_options options;
    bool preview;
    struct op op;
    struct source source;

    struct import_target target;
    struct import_plan plan;
    struct import_bringing how;
    struct import_entries entries;
    bool planned;
    unsigned tries;
    uv_work_t work;

    bool appended;
    struct entry_id last; /* of its entries */
    uint64_t deadline_us;
};

static void bringing_finish(struct bringing *bringing)
{
    list_remove(&bringing->link);
    bringing->app->bringing--;
    if (bringing->session) {
        session_release(bringing->app, bringing->session);
    }
    import_target_finish(&bringing->target);
    import_plan_finish(&bringing->plan);
    import_entries_finish(&bringing->entries);
    buf_finish(&bringing->map);
    buf_finish(&bringing->themes);
    mem_free(bringing);
}

static void refuse(struct bringing *bringing, int status, enum err err)
{
    http_refuse(bringing->exchange, status, err);
    bringing_finish(bringing);
}

static void answer_plan(struct bringing *bringing)
{
    import_plan_write(&bringing->exchange->body, &bringing->plan, &bringing->target);
    http_end(bringing->exchange, bringing->preview ? 200 : 422, TYPE_JSON);
    bringing_finish(bringing);
}

static void answer_import(struct bringing *bringing, const struct import *import)
{
    struct buf *body = &bringing->exchange->body;

    buf_printf(body, "{\"import\":\"%s\",\"system\":\"%s\",\"first\":%u,\"ideas\":%u}",
               import->source.id, import->source.system, import->first, import->ideas);
    http_end(bringing->exchange, 200, TYPE_JSON);
    bringing_finish(bringing);
}

/* Appending */

/* What became of the entries is known to the fold. */
static void settle(struct bringing *bringing)
{
    const struct import *import = board_import(bringing->board->fold, &bringing->source);

    if (import && import->complete) {
        answer_import(bringing, import);
    } else {
        refuse(bringing, 409, ERR_CONFLICT);
    }
}

void bringings_settle(struct app *app)
{
    struct list *next = NULL;

    for (struct list *at = app->bringings.next; at != &app->bringings; at = next) {
        struct bringing *bringing = LIST_ITEM(at, struct bringing, link);

        next = at->next;
        if (bringing->appended &&
            entry_id_compare(bringing->last, bringing->board->fold->last) <= 0) {
            settle(bringing);
        }
    }
}

void bringings_expire(struct app *app)
{
    uint64_t now_us = time_monotonic_us();
    struct list *next = NULL;

    for (struct list *at = app->bringings.next; at != &app->bringings; at = next) {
        struct bringing *bringing = LIST_ITEM(at, struct bringing, link);

        next = at->next;
        if (bringing->appended && bringing->deadline_us < now_us) {
            refuse(bringing, 503, ERR_UNAVAILABLE);
        }
    }
}

static void on_appended(void *user, enum err err, struct entry_id id)
{
    struct bringing *bringing = user;

    if (err) {
        refuse(bringing, 503, err);
        return;
    }
    bringing->appended = true;
    bringing->last = id;
    bringing->deadline_us = time_monotonic_us() + PATIENCE_US;
    bringings_settle(bringing->app);
}

static enum err may_bring(const struct bringing *bringing)
{
    struct command command = {.kind = CMD_INTAKE,
                              .epoch = bringing->board->fold->epoch,
                              .source = bringing->source,
                              .rows = (uint32_t)bringing->plan.count};

    /* As the system: that it is a lead who asks was seen. */
    return bringing->app->draining || !bringing->app->available || bringing->board->poisoned
               ? ERR_UNAVAILABLE
               : board_check(bringing->board->fold, &command);
}

/* Reading, beside the loop */

/* Now that it is known what the file is of. */
static void set_system(struct bringing *bringing)
{
    snprintf(bringing->source.system, sizeof bringing->source.system, "%s",
             format_system(bringing->plan.mapping.format));
    bringing->how.source = bringing->source;
}

static void work(uv_work_t *work)
{
    struct bringing *bringing = work->data;

    background_give_way();
    if (!bringing->planned) {
        import_plan_make(&bringing->plan, bringing->body, &bringing->target,
                         &bringing->options);
        bringing->planned = true;
        set_system(bringing);
    }
    import_entries_finish(&bringing->entries);
    if (!bringing->preview && import_plan_may_go(&bringing->plan)) {
        import_entries_make(&bringing->entries, &bringing->plan, &bringing->how);
    }
}

static void begin_work(struct bringing *bringing);

static bool has_moved(const struct bringing *bringing)
{
    const struct board *fold = bringing->board->fold;

    return bringing->how.epoch != fold->epoch ||
           (bringing->plan.has_replies && bringing->how.ideas != fold->ideas_count);
}

static void after_work(uv_work_t *work, int status)
{
    struct bringing *bringing = work->data;

    (void)status;
    bringing->app->working--;
    if (bringing->preview || !import_plan_may_go(&bringing->plan)) {
        answer_plan(bringing);
        return;
    }
    enum err err = may_bring(bringing);

    if (err) {
        refuse(bringing, err == ERR_UNAVAILABLE ? 503 : 409, err);
    } else if (has_moved(bringing) && ++bringing->tries < TRIES) {
        begin_work(bringing);
    } else {
        list_add(&bringing->app->bringings, &bringing->link);
        intake_append(bringing->app->store, bringing->board->key, &bringing->entries,
                      on_appended, bringing);
    }
}

static void begin_work(struct bringing *bringing)
{
    const struct board *fold = bringing->board->fold;

    bringing->how.epoch = fold->epoch;
    bringing->how.ideas = (uint32_t)fold->ideas_count;
    bringing->work.data = bringing;
    bringing->app->working++;
    uv_queue_work(bringing->app->config.loop, &bringing->work, work, after_work);
}

/* Who asks */

/* It was asked before, and is done. */
static bool answer_known(struct bringing *bringing)
{
    const struct board *fold = bringing->board->fold;

    for (size_t i = 0; !bringing->preview && i < fold->imports_count; i++) {
        if (fold->imports[i].complete &&
            strcmp(fold->imports[i].source.id, bringing->source.id) == 0) {
            answer_import(bringing, &fold->imports[i]);
            return true;
        }
    }
    return false;
}

static void begin(struct bringing *bringing)
{
    if (!answer_known(bringing)) {
        import_target_init(&bringing->target, bringing->board->fold);
        begin_work(bringing);
    }
}

/* Who leads the installation leads the board from this act on, and its log says so. */
static void on_lead_key(void *user, enum err err, uint64_t key)
{
    struct bringing *bringing = user;

    if (err) {
        refuse(bringing, 503, err);
        return;
    }
    const struct board *fold = bringing->board->fold;
    const struct person *person = board_person(fold, board_person_number(fold, key));

    map_put(&bringing->session->person_keys, (uint64_t)(uintptr_t)bringing->board, key);
    bringing->how.person = key;
    bringing->how.made_lead = person && person->role >= ROLE_LEAD ? 0 : key;
    begin(bringing);
}

static void check_role(struct bringing *bringing)
{
    struct session *session = bringing->session;
    struct viewer viewer = board_viewer(bringing->board, session);

    if (viewer.role < ROLE_LEAD) {
        refuse(bringing, 403, ERR_FORBIDDEN);
    } else if (bringing->preview) {
        begin(bringing);
    } else if (viewer.person && viewer.person->role >= ROLE_LEAD) {
        bringing->how.person = session_person_key(session, bringing->board);
        begin(bringing);
    } else {
        struct digest account = session_account(session);

        store_person(bringing->app->store, bringing->board->key, &account, random_u64(),
                     on_lead_key, bringing);
    }
}

static void on_person(void *user, enum err err, uint64_t key)
{
    struct bringing *bringing = user;

    if (err) {
        refuse(bringing, 503, err);
        return;
    }
    if (key && !board_has_erased(bringing->board, key)) {
        map_put(&bringing->session->person_keys, (uint64_t)(uintptr_t)bringing->board, key);
    }
    check_role(bringing);
}

static void on_session(void *user, enum err err, struct session *session)
{
    struct bringing *bringing = user;

    if (err) {
        refuse(bringing, err == ERR_SIGNED_OUT ? 403 : 503, err);
        return;
    }
    bringing->session = session;
    session->holders++;
    if (session_person_key(session, bringing->board)) {
        check_role(bringing);
        return;
    }
    struct digest account = session_account(session);

    store_person(bringing->app->store, bringing->board->key, &account, 0, on_person, bringing);
}

/* How it is asked */

static bool is_set(struct view query, const char *name)
{
    return view_is(query_value(query, name), "1");
}

static bool read_query(struct bringing *bringing, struct view query)
{
    struct view op = query_value(query, "op");

    query_text(query, "map", &bringing->map);
    query_text(query, "themes", &bringing->themes);
    bringing->preview = is_set(query, "preview");
    bringing->options = (struct import_options){.map = buf_view(&bringing->map),
                                                .themes = buf_view(&bringing->themes),
                                                .seed = is_set(query, "seed"),
                                                .skip = is_set(query, "skip"),
                                                .rows_max = LIMIT_IMPORT_WEB_ROWS,
                                                .now_ms = time_now_ms()};
    if (bringing->preview) {
        return true;
    }
    if (op_parse(op, &bringing->op) || op_is_none(bringing->op)) {
        return false;
    }
    memcpy(bringing->source.id, op.ptr, op.len);
    bringing->how = (struct import_bringing){.op = bringing->op, .random = random_bytes};
    return text_is_utf8(buf_view(&bringing->map)) && text_is_utf8(buf_view(&bringing->themes));
}

void import_post(struct exchange *exchange, const struct http_request *request,
                 struct view slug)
{
    struct app *app = exchange->app;
    struct app_board *board = app_board_find(app, slug);

    if (!token_is(request->token)) {
        http_refuse(exchange, 403, ERR_FORBIDDEN);
    } else if (!board && app->index_read) {
        http_refuse(exchange, 404, ERR_UNKNOWN_BOARD);
    } else if (!board || !board->live || !app->available || app->draining) {
        http_refuse(exchange, 503, ERR_UNAVAILABLE);
    } else if (app->bringing >= AT_ONCE) {
        http_refuse(exchange, 429, ERR_TOO_FAST);
    } else {
        struct bringing *bringing = mem_alloc(sizeof *bringing);

        *bringing = (struct bringing){
            .exchange = exchange, .app = app, .board = board, .body = request->body};
        list_init(&bringing->link);
        app->bringing++;
        if (read_query(bringing, request->query)) {
            session_load(app, request->token, on_session, bringing);
        } else {
            refuse(bringing, 400, ERR_PARAMS);
        }
    }
}

void method_import_undo(struct client *client, struct rpc_request *request,
                        struct app_board *board)
{
    struct call call;

    call_begin(&call, request);
    struct view id = params_string(&call.params, "import", REQUIRED);
    const struct import *found = NULL;

    for (size_t i = 0; i < board->fold->imports_count; i++) {
        if (view_is(id, board->fold->imports[i].source.id)) {
            found = &board->fold->imports[i];
        }
    }
    if (!found) {
        params_wrong(&call.params, "import");
    }
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (act && found) {
        act->staff = true;
        act->field = "import";
        act->command.kind = CMD_UNIMPORT;
        act->command.source = found->source;
        act_run(act);
    }
}
