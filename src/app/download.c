/* download — what a board gives away as files: to everybody, and more to who leads it. */
#include "app/exchange.h"
#include "app/export.h"
#include "app/query.h"

#include "core/round.h"
#include "export/calendar.h"
#include "export/catalog.h"
#include "export/feed.h"
#include "export/record.h"

#include <string.h>

enum {
    WAITED_MAX = 100 /* ticks for what a report says beside the fold */
};

/* One that is made by the exporter. */
struct download {
    const char *name;
    const char *type;
    enum export_kind kind;
    bool of_ballots; /* while scores are closed it ends where the round was opened */
    bool for_leads;  /* and for nobody else */
    bool opens;      /* is shown, and not saved */
};

static const struct download downloads[] = {
    {.name = "archive.tar", .type = TYPE_TAR, .kind = EXPORT_ARCHIVE, .for_leads = true},
    {.name = "audit.tar", .type = TYPE_TAR, .kind = EXPORT_AUDIT, .for_leads = true},
    {.name = "ballots.csv", .type = TYPE_CSV, .kind = EXPORT_BALLOTS_CSV, .of_ballots = true},
    {.name = "board.xlsx", .type = TYPE_XLSX, .kind = EXPORT_XLSX},
    {.name = "decidim.csv", .type = TYPE_CSV, .kind = EXPORT_DECIDIM_CSV},
    {.name = "ideas.csv", .type = TYPE_CSV, .kind = EXPORT_IDEAS_CSV},
    {.name = "ideas.json", .type = TYPE_JSON, .kind = EXPORT_IDEAS_JSON, .opens = true},
    {.name = "laureats", .type = TYPE_HTML, .kind = EXPORT_DOSSIERS, .opens = true},
    {.name = "log.ndjson", .type = TYPE_NDJSON, .kind = EXPORT_LOG, .of_ballots = true},
    {.name = "rapport", .type = TYPE_HTML, .kind = EXPORT_REPORT, .opens = true},
};

static const struct download *find(struct view name)
{
    for (size_t i = 0; i < sizeof downloads / sizeof *downloads; i++) {
        if (view_is(name, downloads[i].name)) {
            return &downloads[i];
        }
    }
    return NULL;
}

/* The entry that opened the round whose scores are closed. */
static struct entry_id closed_since(const struct board *board)
{
    return board->rounds[board->round - 1].opened_id;
}

void download_record(struct exchange *exchange)
{
    export_record_csv(exchange->board->fold, &exchange->body);
    exchange->file_name = "moderation.csv";
    http_end(exchange, 200, TYPE_CSV);
}

static void on_exported(void *user, enum err err, const struct spool *spool)
{
    struct exchange *exchange = user;

    if (err) {
        exchange->etag[0] = '\0';
        http_refuse(exchange, 503, err);
        return;
    }
    http_end_file(exchange, spool, exchange->download->type);
}

/* Of the same board at the same version the same is said, to those with the same rights. */
static void set_etag(struct exchange *exchange, const struct export_asked *asked)
{
    const struct board *board = exchange->board->fold;
    AUTO_BUF of = {0};

    buf_printf(&of, "%s %d %llx %llu %llu-%llu %d%d%d ", exchange->board->key.id, asked->kind,
               (unsigned long long)board->epoch, (unsigned long long)board->version,
               (unsigned long long)asked->until.ms, (unsigned long long)asked->until.seq,
               asked->options.staff, asked->options.everybody, asked->options.closed);
    buf_add_view(&of, asked->base);
    http_set_etag(exchange, buf_view(&of));
}

/* Whether the result of a final holds is read out of the log first, if there is one to tell of;
   false: it is being read. A report is no worse without it than not at all. */
static bool knows_holds(struct exchange *exchange, const struct holds **out)
{
    struct app_board *board = exchange->board;
    uint32_t number = board->fold->round;
    bool final = number && board->fold->definition.rounds[number - 1].final &&
                 board->fold->rounds[number - 1].state == ROUND_REVEALED;

    *out = final ? result_holds(board, number) : NULL;
    return !final || *out || board->app->draining || ++exchange->waited > WAITED_MAX;
}

static void begin(struct exchange *exchange)
{
    const struct download *download = exchange->download;
    struct viewer viewer = board_viewer(exchange->board, NULL);
    bool closed = !exchange->staff && !view_shows_scores(&viewer);
    struct export_asked asked = {
        .kind = download->kind,
        .until =
            closed && download->of_ballots ? closed_since(viewer.board) : viewer.board->last,
        .options = {.staff = exchange->staff, .everybody = !exchange->staff, .closed = closed},
        .base = buf_view(&exchange->base),
        .role = exchange->staff ? exchange->role : ROLE_VISITOR};

    if (download->kind == EXPORT_REPORT && !knows_holds(exchange, &asked.holds)) {
        list_add(&exchange->app->reports, &exchange->waiting);
        return;
    }

    exchange->file_name = download->opens ? NULL : download->name;
    set_etag(exchange, &asked);
    if (view_is(buf_view(&exchange->match), exchange->etag)) {
        http_end(exchange, 200, download->type); /* nothing new: it is not made again */
        return;
    }
    export_start(exchange->board, &asked, on_exported, exchange);
}

void reports_tick(struct app *app)
{
    struct list waiting;

    list_init(&waiting);
    while (!list_is_empty(&app->reports)) {
        struct list *at = app->reports.next;

        list_remove(at);
        list_add(&waiting, at);
    }
    while (!list_is_empty(&waiting)) {
        struct exchange *exchange = LIST_ITEM(waiting.next, struct exchange, waiting);

        list_remove(&exchange->waiting);
        begin(exchange);
    }
}

static void begin_as_staff(struct exchange *exchange)
{
    if (exchange->role >= ROLE_LEAD) {
        exchange->staff = exchange->secret = true;
        exchange->cors = false;
        begin(exchange);
    } else if (http_is_open(exchange->board)) {
        http_refuse(exchange, 403, ERR_FORBIDDEN);
    } else {
        http_refuse(exchange, 404, ERR_UNKNOWN_BOARD);
    }
}

bool download_is_for_leads(struct view name, struct view query)
{
    const struct download *download = find(name);

    return download && (download->for_leads || view_is(query_value(query, "staff"), "1"));
}

bool download_file(struct exchange *exchange, struct view name, struct view query)
{
    exchange->download = find(name);
    if (!exchange->download) {
        return false;
    }
    if (exchange->download->kind == EXPORT_LOG &&
        !exchange->board->fold->definition.publish_log) {
        http_missing(exchange); /* to leads too: it was promised when the board was made */
    } else if (download_is_for_leads(name, query)) {
        staff_ask(exchange, begin_as_staff);
    } else {
        begin(exchange);
    }
    return true;
}

void download_package(struct exchange *exchange)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);

    catalog_write_package(&exchange->body, &viewer);
    http_end(exchange, 200, TYPE_JSON);
}

void download_catalog(struct exchange *exchange)
{
    const struct app *app = exchange->app;
    struct catalog_site site = {.base = buf_view(&exchange->base),
                                .publisher = view_of(app->config.responsible),
                                .french = exchange->tongue == FRENCH};
    bool first = true;

    catalog_begin(&exchange->body, &site);
    for (size_t i = 0; i < app->boards_count; i++) {
        if (http_is_public(app->boards[i])) {
            struct viewer viewer = board_viewer(app->boards[i], NULL);

            catalog_add(&exchange->body, &site, &viewer, first);
            first = false;
        }
    }
    catalog_end(&exchange->body);
    exchange->cors = true;
    http_end(exchange, 200, TYPE_LD_JSON);
}

void download_calendar(struct exchange *exchange)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);

    calendar_write(&exchange->body, &viewer, buf_view(&exchange->base));
    exchange->cors = true;
    exchange->file_name = "agenda.ics";
    http_end(exchange, 200, TYPE_CALENDAR);
}

void download_feed(struct exchange *exchange)
{
    struct viewer viewer = board_viewer(exchange->board, NULL);

    feed_write(&exchange->body, &viewer, buf_view(&exchange->base));
    exchange->cors = true;
    http_end(exchange, 200, TYPE_ATOM);
}
