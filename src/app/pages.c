/* pages — what is read without a script: which board, in whose language, from which address. */
#include "app/exchange.h"
#include "app/query.h"
#include "base/time.h"

#include <string.h>

enum {
    PARTS_MAX = LIMIT_IDEAS / 100,
    CODE_MAX = 16 /* digits that are worth looking up */
};

static struct page page_in(const struct exchange *exchange, enum tongue tongue)
{
    size_t statement = content_find(view_of("accessibility"));

    return (struct page){
        .tongue = tongue,
        .today = time_day_here(time_now_ms()),
        .base = buf_view(&exchange->base),
        .accessibility = buf_view(&exchange->app->contents[statement][tongue].title),
    };
}

/* In the board's language where we speak it, otherwise in the reader's. */
static struct page page_on(const struct exchange *exchange)
{
    struct view lang = view_of(exchange->board->fold->definition.lang);
    bool ours =
        lang.len >= 2 && (memcmp(lang.ptr, "fr", 2) == 0 || memcmp(lang.ptr, "en", 2) == 0);

    return page_in(exchange, ours ? tongue_of(lang) : exchange->tongue);
}

void pages_home(struct exchange *exchange)
{
    struct app *app = exchange->app;
    struct page page = page_in(exchange, exchange->tongue);
    struct page_board *boards = mem_array(app->boards_count, sizeof *boards);
    size_t count = 0;

    for (size_t i = 0; i < app->boards_count; i++) {
        if (http_is_public(app->boards[i])) {
            boards[count++] = (struct page_board){.viewer = board_viewer(app->boards[i], NULL),
                                                  .slug = app->boards[i]->slug};
        }
    }
    page_home(&page, boards, count);
    mem_free(boards);
    http_page(exchange, &page, 200);
}

void pages_new(struct exchange *exchange)
{
    struct page page = page_in(exchange, exchange->tongue);

    page_new(&page);
    http_page(exchange, &page, 200);
}

static void show_result(struct exchange *exchange, struct view query)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);
    struct page page = page_on(exchange);
    uint64_t asked = 0;

    (void)view_to_uint(query_value(query, "round"), LIMIT_ROUNDS, &asked);
    struct page_result result = {.round = page_result_round(&viewer, (uint32_t)asked)};

    if (result.round && view_shows_result(&viewer, result.round)) {
        result.replayed =
            result_first_place(exchange->board, result.round, &result.first_place);
        result.holds = result_holds(exchange->board, result.round);
    }
    page_result(&page, &viewer, &result);
    http_page(exchange, &page, 200);
}

static struct page_list list_asked(const struct viewer *viewer, struct view query)
{
    struct page_list list = {0};
    uint64_t part = 0;
    AUTO_BUF theme = {0};

    list.sorted = page_sort_of_name(query_value(query, "sort"), &list.sort);
    query_text(query, "theme", &theme);
    if (theme.len) {
        list.theme = definition_theme(&viewer->board->definition, buf_view(&theme));
    }
    if (view_to_uint(query_value(query, "page"), PARTS_MAX, &part) && part) {
        list.part = (uint32_t)part - 1;
    }
    return list;
}

void pages_board(struct exchange *exchange, struct view query)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);
    struct page_list list = list_asked(&viewer, query);
    struct view mode = query_value(query, "mode");

    if (view_is(mode, "result")) {
        show_result(exchange, query);
        return;
    }
    struct page page = page_on(exchange);

    page.screen = mode;
    page_board(&page, &viewer, &list);
    http_page(exchange, &page, 200);
}

void pages_idea(struct exchange *exchange, struct view number)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);
    uint64_t n = 0;
    const struct idea *idea =
        view_to_uint(number, LIMIT_IDEAS, &n) ? board_idea(viewer.board, n) : NULL;
    struct page page = page_on(exchange);

    if (!idea) {
        http_missing(exchange);
        return;
    }
    page_idea(&page, &viewer, idea);
    http_page(exchange, &page, 200);
}

void pages_presenter(struct exchange *exchange)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);
    struct page page = page_on(exchange);

    page_presenter(&page, &viewer);
    http_page(exchange, &page, 200);
}

void pages_unopened(struct exchange *exchange)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);
    struct page page = page_on(exchange);

    page_unopened(&page, &viewer);
    http_page(exchange, &page, 200);
}

void pages_content(struct exchange *exchange, struct view name)
{
    size_t i = content_find(name);
    struct page page = page_in(exchange, exchange->tongue);

    if (i == CONTENT_PAGES) {
        http_missing(exchange);
        return;
    }
    const struct content *content = &exchange->app->contents[i][exchange->tongue];

    page_text(&page, content_name(i), buf_view(&content->title), buf_view(&content->html));
    http_page(exchange, &page, 200);
}

/* Joining */

/* Only the client can open what is not public, and only by its code: whether such a board
   has this code is not told here, where nothing limits how often one asks. */
static void show_no_code(struct exchange *exchange)
{
    struct page page = page_in(exchange, exchange->tongue);

    page_no_code(&page, buf_view(&exchange->code));
    http_page(exchange, &page, exchange->code.len ? 200 : 404);
}

static void lead_to(struct exchange *exchange, const char *path, const char *name)
{
    buf_add_text(&exchange->location, path);
    buf_add_text(&exchange->location, name);
    http_redirect(exchange);
}

static struct app_board *public_board_of(struct app *app, enum err err, struct view value)
{
    struct board_key key = {""};

    if (err || !value.len || value.len >= sizeof key.id) {
        return NULL;
    }
    memcpy(key.id, value.ptr, value.len);
    struct app_board *board = app_board_by_key(app, key);

    return board && http_is_open(board) ? board : NULL;
}

static void on_code(void *user, enum err err, struct view value)
{
    struct exchange *exchange = user;

    exchange->board = public_board_of(exchange->app, err, value);
    if (err && err != ERR_GONE) {
        pages_home(exchange); /* the store is away: the client tries again by itself */
    } else if (exchange->board && exchange->goes_on) {
        lead_to(exchange, "/b/", exchange->board->slug);
    } else if (exchange->board) {
        pages_board(exchange, (struct view){NULL, 0});
    } else if (exchange->goes_on) {
        lead_to(exchange, "/join/", exchange->code.bytes);
    } else {
        show_no_code(exchange);
    }
}

static void look_up(struct exchange *exchange)
{
    AUTO_BUF name = {0};

    if (!exchange->code.len) {
        show_no_code(exchange);
        return;
    }
    buf_add_text(&name, "code:");
    buf_add_view(&name, buf_view(&exchange->code));
    store_get(exchange->app->store, buf_view(&name), on_code, exchange);
}

/* The client makes a kiosk of the board. */
void pages_kiosk(struct exchange *exchange)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);
    struct page_list list = list_asked(&viewer, (struct view){NULL, 0});
    struct page page = page_on(exchange);

    page.screen = view_of("kiosk");
    page_board(&page, &viewer, &list);
    http_page(exchange, &page, 200);
}

void pages_join_form(struct exchange *exchange, struct view query)
{
    if (!query_digits(query, "code", CODE_MAX, &exchange->code)) {
        buf_clear(&exchange->code);
    }
    exchange->goes_on = true;
    look_up(exchange);
}

void pages_join(struct exchange *exchange, struct view code)
{
    uint64_t number = 0;

    if (code.len <= CODE_MAX && view_to_uint(code, UINT64_MAX, &number)) {
        buf_add_view(&exchange->code, code);
    }
    look_up(exchange);
}
