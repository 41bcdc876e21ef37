/* read — the methods that change nothing: which boards there are, and lists of ideas. */
#include "app/state.h"

#include "wire/json.h"
#include "wire/names.h"

#include <stdlib.h>
#include <string.h>

static bool is_listed(const struct app_board *board, bool drafts)
{
    return board->live && board->fold->definition.visibility == VISIBILITY_PUBLIC &&
           (drafts || board->fold->state != BOARD_DRAFT);
}

static void write_board_line(struct buf *to, const struct app_board *board)
{
    struct viewer viewer = board_viewer(board, NULL);
    const struct board *fold = board->fold;

    buf_printf(to, "{\"slug\":\"%s\",\"title\":", board->slug);
    json_write_text_or_null(to, texts_find(&board->texts, fold->definition.title.ref));
    buf_add_text(to, ",\"question\":");
    json_write_text_or_null(to, texts_find(&board->texts, fold->definition.question.ref));
    buf_printf(to, ",\"state\":\"%s\",\"round\":", name_of_board_state(fold->state));
    if (fold->round) {
        round_write(to, &viewer, fold->round);
    } else {
        buf_add_text(to, "null");
    }
    buf_printf(to, ",\"ideas\":%zu,\"people\":%zu,\"ballots\":", fold->ideas_count,
               fold->active_people);
    if (view_shows_scores(&viewer)) {
        buf_add_uint(to, fold->ballots);
    } else {
        buf_add_text(to, "null");
    }
    buf_add_char(to, '}');
}

void boards_write(struct buf *to, struct app *app, bool drafts)
{
    const char *comma = "";

    buf_add_text(to, "{\"boards\":[");
    for (size_t i = 0; i < app->boards_count; i++) {
        if (is_listed(app->boards[i], drafts)) {
            buf_add_text(to, comma);
            write_board_line(to, app->boards[i]);
            comma = ",";
        }
    }
    buf_add_text(to, "]}");
}

void method_board_list(struct client *client, struct rpc_request *request,
                       struct app_board *board)
{
    struct params params;
    AUTO_BUF result = {0};

    (void)board;
    params_init(&params, request->params);
    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
    } else if (!client->app->index_read) {
        client_refuse(client, buf_view(&request->id), ERR_UNAVAILABLE, NULL);
    } else {
        boards_write(&result, client->app,
                     client->session && client->session->role >= ROLE_LEAD);
        client_reply(client, buf_view(&request->id), buf_view(&result));
    }
}

/* How a list is asked for. */
struct listing {
    struct viewer viewer;
    struct view sort;
    char *query; /* folded; owned; NULL: any */
    uint32_t theme;
    uint32_t after;
    size_t count;
};

static uint32_t *order_newest(const struct viewer *viewer, size_t *count)
{
    const struct board *board = viewer->board;
    uint32_t *order = mem_array(board->ideas_count, sizeof *order);

    for (size_t i = 0; i < board->ideas_count; i++) {
        order[i] = board->ideas[board->ideas_count - 1 - i].number;
    }
    *count = board->ideas_count;
    return order;
}

static uint32_t *order_mine(const struct viewer *viewer, size_t *count)
{
    const struct person *person = viewer->person;
    uint32_t *order = mem_array(person ? person->own_count : 0, sizeof *order);

    *count = person ? person->own_count : 0;
    for (size_t i = 0; i < *count; i++) {
        order[i] = person->own[*count - 1 - i];
    }
    return order;
}

struct active {
    uint32_t idea;
    uint32_t replies;
    uint64_t latest;
};

static int compare_active(const void *a, const void *b)
{
    const struct active *left = a;
    const struct active *right = b;

    if (left->replies != right->replies) {
        return left->replies > right->replies ? -1 : 1;
    }
    if (left->latest != right->latest) {
        return left->latest > right->latest ? -1 : 1;
    }
    return left->idea < right->idea ? -1 : 1;
}

/* Threads with the most replies first: what is said about an idea, not how it is judged. */
static uint32_t *order_by_activity(const struct viewer *viewer, size_t *count)
{
    const struct board *board = viewer->board;
    struct active *items = mem_array(board->ideas_count, sizeof *items);
    uint32_t *order = mem_array(board->ideas_count, sizeof *order);

    for (size_t i = 0; i < board->ideas_count; i++) {
        items[i].idea = board->ideas[i].number;
        for (const struct idea *at = &board->ideas[i]; at->parent;) {
            at = board_idea(board, at->parent);
            items[at->number - 1].replies += board->ideas[i].state == IDEA_SHOWN;
            items[at->number - 1].latest = board->ideas[i].created_version;
        }
    }
    qsort(items, board->ideas_count, sizeof *items, compare_active);
    for (size_t i = 0; i < board->ideas_count; i++) {
        order[i] = items[i].idea;
    }
    *count = board->ideas_count;
    mem_free(items);
    return order;
}

static uint32_t *order_of(const struct listing *listing, size_t *count)
{
    if (view_is(listing->sort, "newest")) {
        return order_newest(&listing->viewer, count);
    }
    if (view_is(listing->sort, "mine")) {
        return order_mine(&listing->viewer, count);
    }
    return view_is(listing->sort, "active") ? order_by_activity(&listing->viewer, count)
                                            : view_order(&listing->viewer, count);
}

static bool matches(const struct listing *listing, const struct idea *idea)
{
    if (listing->theme && idea->theme != listing->theme) {
        return false;
    }
    if (!view_shows_text(&listing->viewer, idea)) {
        return false;
    }
    if (!listing->query) {
        return true;
    }
    char *text = text_folded(texts_find(listing->viewer.texts, idea->text));
    bool found = text && strstr(text, listing->query);

    mem_free(text);
    return found;
}

static void write_list(struct buf *to, const struct listing *listing)
{
    const struct board *board = listing->viewer.board;
    size_t count = 0;
    uint32_t *order = order_of(listing, &count);
    AUTO_BUF scores = {0};
    size_t written = 0;
    size_t more = 0;
    bool past = !listing->after;

    buf_add_text(to, "{\"ideas\":[");
    for (size_t i = 0; i < count; i++) {
        const struct idea *idea = board_idea(board, order[i]);
        bool counts = past && matches(listing, idea);

        past = past || order[i] == listing->after;
        if (!counts) {
            continue;
        }
        if (written == listing->count) {
            more++;
            continue;
        }
        if (written++) {
            buf_add_char(to, ',');
            buf_add_char(&scores, ',');
        }
        idea_write(to, &listing->viewer, idea);
        score_write(&scores, board, idea);
    }
    buf_add_text(to, "],\"scores\":[");
    if (view_shows_scores(&listing->viewer)) {
        buf_add_view(to, buf_view(&scores));
    }
    buf_printf(to, "],\"more\":%zu}", more);
    mem_free(order);
}

static bool is_sort(struct view sort)
{
    return view_is(sort, "strongest") || view_is(sort, "newest") || view_is(sort, "mine") ||
           view_is(sort, "active");
}

void method_idea_list(struct client *client, struct rpc_request *request,
                      struct app_board *board)
{
    struct params params;
    struct listing listing = {.viewer = board_viewer(board, client->session)};
    AUTO_BUF result = {0};

    params_init(&params, request->params);
    (void)params_string(&params, "board", REQUIRED);
    listing.sort = params_string(&params, "sort", REQUIRED);
    struct view query = view_trim(params_string(&params, "query", OPTIONAL));
    struct view theme = params_string(&params, "theme", OPTIONAL);

    listing.after = (uint32_t)params_uint(&params, "after", 1, LIMIT_IDEAS, OPTIONAL);
    listing.count = params_uint(&params, "count", 1, LIMIT_LIST_COUNT, REQUIRED);
    listing.theme = definition_theme(&board->fold->definition, theme);
    if (!is_sort(listing.sort)) {
        params_wrong(&params, "sort");
    }
    if (theme.len && !listing.theme) {
        params_wrong(&params, "theme");
    }
    if (query.len > LIMIT_QUERY_MAX_BYTES) {
        params_wrong(&params, "query");
    }
    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
        return;
    }
    listing.query = query.len ? text_folded(query) : NULL;
    write_list(&result, &listing);
    mem_free(listing.query);
    client_reply(client, buf_view(&request->id), buf_view(&result));
}
