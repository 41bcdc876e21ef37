/* http — what is read without a WebSocket: pages and the API. */
#include "app/exchange.h"
#include "app/query.h"

#include "base/log.h"
#include "export/qr.h"
#include "wire/json.h"

#include <string.h>
#include <unistd.h>

static void on_idle_closed(uv_handle_t *handle)
{
    struct exchange *exchange = handle->data;

    exchange->app->owed--;
    buf_finish(&exchange->body);
    buf_finish(&exchange->match);
    buf_finish(&exchange->cookie);
    buf_finish(&exchange->base);
    buf_finish(&exchange->location);
    buf_finish(&exchange->token);
    buf_finish(&exchange->code);
    spool_close(&exchange->spool);
    mem_free(exchange);
}

static void on_later(uv_idle_t *idle)
{
    struct exchange *exchange = idle->data;
    bool same = exchange->etag[0] && exchange->status == 200 &&
                view_is(buf_view(&exchange->match), exchange->etag);
    struct http_file file = {.descriptor = exchange->spool.file, .size = exchange->spool.size};
    struct http_response response = {
        .status = same ? 304 : exchange->status,
        .type = exchange->type,
        .body = same ? (struct view){NULL, 0} : buf_view(&exchange->body),
        .file = same || file.descriptor < 0 ? NULL : &file,
        .etag = exchange->etag[0] ? exchange->etag : NULL,
        .cors = exchange->cors,
        .cache = exchange->etag[0] && !exchange->secret,
        .file_name = exchange->file_name,
        .cookie = exchange->cookie.bytes,
        .location = exchange->location.len ? exchange->location.bytes : NULL,
    };

    uv_idle_stop(idle);
    exchange->done(exchange->user, &response);
    uv_close((uv_handle_t *)idle, on_idle_closed);
}

/* Same bytes, same tag. */
void http_set_etag(struct exchange *exchange, struct view of)
{
    struct view none = {NULL, 0};
    struct digest digest = hash_blake2b(of, none, none);
    AUTO_BUF etag = {0};

    buf_add_char(&etag, '"');
    buf_add_hex(&etag, digest.bytes, ETAG_BYTES / 2 - 2);
    buf_add_char(&etag, '"');
    memcpy(exchange->etag, etag.bytes, etag.len + 1);
}

void http_end(struct exchange *exchange, int status, const char *type)
{
    exchange->status = status;
    exchange->type = type;
    if (status == 200 && !exchange->etag[0]) {
        http_set_etag(exchange, buf_view(&exchange->body));
    }
    uv_idle_init(exchange->app->config.loop, &exchange->later);
    exchange->later.data = exchange;
    uv_idle_start(&exchange->later, on_later);
}

void http_end_file(struct exchange *exchange, const struct spool *spool, const char *type)
{
    exchange->spool.file = dup(spool->file);
    exchange->spool.size = spool->size;
    if (exchange->spool.file < 0) {
        exchange->etag[0] = '\0';
        http_refuse(exchange, 503, ERR_FULL);
    } else {
        http_end(exchange, 200, type);
    }
}

static void write_error(struct buf *to, enum err err)
{
    buf_clear(to);
    buf_printf(to, "{\"error\":\"%s\",\"message\":\"%s\"}\n", err_name(err), err_sentence(err));
}

void http_refuse(struct exchange *exchange, int status, enum err err)
{
    write_error(&exchange->body, err);
    http_end(exchange, status, TYPE_JSON);
}

void http_page(struct exchange *exchange, struct page *page, int status)
{
    page_write(&exchange->body, exchange->app->shell, page);
    page_finish(page);
    http_end(exchange, status, TYPE_HTML);
}

void http_redirect(struct exchange *exchange)
{
    http_end(exchange, 303, TYPE_HTML);
}

bool http_is_open(const struct app_board *board)
{
    return board->live && board->fold->definition.visibility != VISIBILITY_PRIVATE &&
           board->fold->state != BOARD_DRAFT;
}

bool http_is_public(const struct app_board *board)
{
    return http_is_open(board) && board->fold->definition.visibility == VISIBILITY_PUBLIC;
}

void http_missing(struct exchange *exchange)
{
    struct page page = {.tongue = exchange->tongue};

    page_missing(&page);
    http_page(exchange, &page, 404);
}

/* Where a hall joins, as its cameras read it. */
static void serve_qr(struct exchange *exchange)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);
    const struct definition *definition = &viewer.board->definition;
    struct view name = texts_find(viewer.texts, definition->title.ref);
    AUTO_BUF title = {0};
    AUTO_BUF link = {0};

    buf_add_text(&title, strcmp(definition->lang, "en") == 0 ? "Join: " : "Rejoindre : ");
    buf_add_view(&title, name);
    buf_add_view(&link, buf_view(&exchange->base));
    buf_printf(&link, "/join/%s", exchange->board->code);
    if (!view_shows_code(&viewer) ||
        qr_write_svg(buf_view(&link), buf_view(&title), &exchange->body)) {
        http_missing(exchange);
    } else {
        http_end(exchange, 200, TYPE_SVG);
    }
}

static void serve_ready(struct exchange *exchange)
{
    bool ready = app_is_ready(exchange->app);

    buf_printf(&exchange->body, "{\"ready\":%s,\"durable\":%s}\n", ready ? "true" : "false",
               exchange->app->config.durable ? "true" : "false");
    http_end(exchange, ready ? 200 : 503, TYPE_JSON);
}

static void serve_boards(struct exchange *exchange)
{
    boards_write(&exchange->body, exchange->app, false);
    exchange->cors = true;
    http_end(exchange, 200, TYPE_JSON);
}

static void serve_board_json(struct exchange *exchange)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);

    buf_add_char(&exchange->body, '{');
    board_write_head(&exchange->body, &viewer);
    board_write_ideas(&exchange->body, &viewer, LIMIT_SNAPSHOT_IDEAS);
    buf_printf(&exchange->body, ",\"watching\":%zu}", exchange->board->room.count);
    http_end(exchange, 200, TYPE_JSON);
}

/* What follows prefix in path; ptr NULL when it does not begin so. */
static struct view after(struct view path, const char *prefix)
{
    size_t len = strlen(prefix);

    if (path.len < len || memcmp(path.ptr, prefix, len) != 0) {
        return (struct view){NULL, 0};
    }
    return (struct view){path.ptr + len, path.len - len};
}

/* The part before the next '/', and the rest with it. */
static struct view segment(struct view *rest)
{
    const char *slash = rest->len ? memchr(rest->ptr, '/', rest->len) : NULL;
    struct view first = {rest->ptr, slash ? (size_t)(slash - rest->ptr) : rest->len};

    rest->ptr += first.len;
    rest->len -= first.len;
    return first;
}

/* The name of a file that follows a board in the path, without the slash before it. */
static struct view file_name(struct view rest)
{
    return rest.len ? (struct view){rest.ptr + 1, rest.len - 1} : rest;
}

static void route_api(struct exchange *exchange, const struct http_request *request,
                      struct view rest)
{
    exchange->cors = http_is_public(exchange->board);
    if (rest.len == 0) {
        serve_board_json(exchange);
    } else if (view_is(rest, "/ranking")) {
        ranking_serve(exchange, request);
    } else if (view_is(rest, "/datapackage.json")) {
        download_package(exchange);
    } else if (view_is(rest, "/moderation.csv")) {
        download_record(exchange);
    } else if (view_is(rest, "/rapport") || view_is(rest, "/laureats") ||
               !download_file(exchange, file_name(rest), request->query)) {
        http_refuse(exchange, 404, ERR_METHOD);
    }
}

/* The board that the path names, or an answer that there is none. any: also one that is not
   public, where who asks is looked at before anything is told of it. */
static bool find_board(struct exchange *exchange, struct view slug, bool api, bool any)
{
    struct app *app = exchange->app;
    struct app_board *board = app_board_find(app, slug);

    if (board && (http_is_open(board) || (any && board->live))) {
        exchange->board = board;
        return true;
    }
    if (!app->index_read || (board && !board->live)) {
        http_refuse(exchange, 503, ERR_UNAVAILABLE);
    } else if (api) {
        http_refuse(exchange, 404, ERR_UNKNOWN_BOARD);
    } else {
        http_missing(exchange);
    }
    return false;
}

/* A draft's own people come back to it; for others there is nothing at its address. */
static void serve_unopened(struct exchange *exchange)
{
    if (exchange->role >= ROLE_MODERATOR) {
        pages_unopened(exchange);
    } else {
        http_missing(exchange);
    }
}

static void route_board(struct exchange *exchange, const struct http_request *request,
                        struct view rest)
{
    struct view number = after(rest, "/i/");

    if (rest.len == 0 || view_is(rest, "/")) {
        pages_board(exchange, request->query);
    } else if (view_is(rest, "/qr.svg")) {
        serve_qr(exchange);
    } else if (number.ptr) {
        pages_idea(exchange, number);
    } else if (view_is(rest, "/ecran")) {
        pages_presenter(exchange);
    } else if (view_is(rest, "/borne")) {
        pages_kiosk(exchange);
    } else if (view_is(rest, "/agenda.ics")) {
        download_calendar(exchange);
    } else if (view_is(rest, "/feed.atom")) {
        download_feed(exchange);
    } else if (view_is(rest, "/rapport") || view_is(rest, "/laureats")) {
        (void)download_file(exchange, file_name(rest), request->query);
    } else {
        http_missing(exchange);
    }
}

static void route_other(struct exchange *exchange, const struct http_request *request)
{
    struct view code = after(request->path, "/join/");
    struct view content = after(request->path, "/pages/");

    if (view_is(request->path, "/")) {
        pages_home(exchange);
    } else if (view_is(request->path, "/nouveau")) {
        pages_new(exchange);
    } else if (view_is(request->path, "/catalog.jsonld")) {
        download_catalog(exchange);
    } else if (view_is(request->path, "/join")) {
        pages_join_form(exchange, request->query);
    } else if (code.ptr) {
        pages_join(exchange, code);
    } else if (content.ptr) {
        pages_content(exchange, content);
    } else {
        http_missing(exchange);
    }
}

static void route_post(struct exchange *exchange, const struct http_request *request)
{
    struct view rest = after(request->path, "/api/boards/");

    if (rest.ptr) {
        import_post(exchange, request, segment(&rest));
    } else {
        cookie_post(exchange, request->body);
    }
}

/* What stands below /api/boards/ or, as pages, below /b/. */
static void route_below(struct exchange *exchange, const struct http_request *request,
                        struct view rest, bool api)
{
    struct view slug = segment(&rest);
    bool for_leads = download_is_for_leads(file_name(rest), request->query);

    if (!find_board(exchange, slug, api, for_leads || !api)) {
        return;
    }
    if (!for_leads && !http_is_open(exchange->board)) {
        exchange->secret = true;
        staff_ask(exchange, serve_unopened);
    } else if (api) {
        route_api(exchange, request, rest);
    } else {
        route_board(exchange, request, rest);
    }
}

static void route(struct exchange *exchange, const struct http_request *request)
{
    struct view api = after(request->path, "/api/boards");
    struct view page = after(request->path, "/b/");

    if (request->is_post) {
        route_post(exchange, request);
    } else if (view_is(request->path, "/readyz")) {
        serve_ready(exchange);
    } else if (api.ptr && api.len == 0) {
        serve_boards(exchange);
    } else if (api.ptr && api.len > 1 && api.ptr[0] == '/') {
        route_below(exchange, request, (struct view){api.ptr + 1, api.len - 1}, true);
    } else if (page.ptr) {
        route_below(exchange, request, page, false);
    } else {
        route_other(exchange, request);
    }
}

/* French or English, whichever the reader prefers; French for who wants neither. */
static enum tongue tongue_asked(const struct http_request *request)
{
    struct view lang = query_value(request->query, "lang");
    struct view rest = request->lang;

    if (view_is(lang, "fr") || view_is(lang, "en")) {
        return tongue_of(lang);
    }
    while (rest.len) {
        const char *comma = memchr(rest.ptr, ',', rest.len);
        struct view one = {rest.ptr, comma ? (size_t)(comma - rest.ptr) : rest.len};
        struct view tag = view_trim(one);
        size_t used = one.len + (comma != NULL);

        tag.len = tag.len > 2 ? 2 : tag.len;
        if (view_is(tag, "fr") || view_is(tag, "en")) {
            return tongue_of(tag);
        }
        rest = (struct view){rest.ptr + used, rest.len - used};
    }
    return FRENCH;
}

void app_http(struct app *app, const struct http_request *request, http_done *done, void *user)
{
    struct exchange *exchange = mem_alloc(sizeof *exchange);

    exchange->app = app;
    exchange->done = done;
    exchange->user = user;
    buf_add_view(&exchange->match, request->if_none_match);
    buf_add_view(&exchange->base, request->base);
    buf_add_view(&exchange->token, request->cookie);
    exchange->spool.file = -1;
    list_init(&exchange->waiting);
    exchange->tongue = tongue_asked(request);
    app->owed++;
    route(exchange, request);
}
